"""The settings of each experiment; their defaults are those of the full profile."""

from typing import Literal

from pydantic import Field

from experiments.records.base import Count, Positive, Rate, Strict


class LstmConfig(Strict):
    """Hyperparameters of the IMDb classifier: those of the report that this project replaces."""

    vocabulary_size: Positive = 30_000  # including padding (0) and the unknown token (1)
    sequence_length: Positive = 250  # padded and truncated at the front: the last tokens are kept
    embedding_dim: Positive = 128
    spatial_dropout: Rate = 0.3
    units: Positive = 64
    dropout: Rate = 0.5
    recurrent_dropout: Rate = 0.3
    l2: float = Field(1e-4, ge=0)  # on the kernel and on the recurrent kernel
    head_dropout: Rate = 0.2
    learning_rate: float = Field(2e-4, gt=0)
    clipnorm: float = Field(1.0, gt=0)
    batch_size: Positive = 64
    max_epochs: Positive = 10
    validation_fraction: float = Field(0.2, gt=0, lt=1)
    early_stopping_patience: Positive = 3
    reduce_lr_patience: Positive = 2  # one less than stopping, so that it can act before
    reduce_lr_factor: float = Field(0.5, gt=0, lt=1)
    train_eval_size: Positive = (
        5_000  # fixed subset measured in inference mode: the size of the validation part
    )
    max_reviews: Positive | None = None  # of each official part; None takes all


class GanConfig(Strict):
    """Hyperparameters of the MNIST GAN."""

    architecture: Literal["convolutional", "dense"] = "convolutional"
    latent_dim: Positive = 100
    batch_size: Positive = 128
    learning_rate: float = Field(2e-4, gt=0)
    beta_1: Rate = 0.5  # Radford et al. (2016): the default 0.9 makes a GAN oscillate
    leaky_slope: Rate = 0.2
    discriminator_dropout: Rate = 0.3
    iterations: Positive = 3_000
    sample_every: Positive = 500
    grid_size: Positive = 25  # images drawn from one fixed z
    samples_kept: Positive = 1_000  # images from fresh z, for measuring
    weights_every: Positive = 100


class LinearConfig(Strict):
    """Hyperparameters of the control: logistic regression on TF-IDF of words and word pairs."""

    min_documents: Positive = 2  # a word or pair seen in a single review says nothing of others
    candidates: tuple[float, ...] = (1.0, 4.0, 16.0, 64.0)  # inverse penalty; validation chooses
    validation_fraction: float = Field(0.2, gt=0, lt=1)
    occluded_reviews: Positive = 1_000
    window: Positive = 10  # words
    max_reviews: Positive | None = None  # of each official part; None takes all


class MemoryConfig(Strict):
    """What is asked of one trained LSTM."""

    budgets: tuple[Positive, ...] = (50, 100, 200, 400)  # tokens kept at test time
    truncated_reviews: Positive = 5_000  # fixed balanced subset of the test part
    occluded_reviews: Positive = 1_000  # the same reviews as in the control
    window: Positive = 10  # tokens replaced by the unknown token at once
    near: Positive = 50  # tokens to the end: windows nearer than this ...
    far: Positive = 150  # ... are compared with those at least this far
    gradient_reviews: Positive = 500
    bootstrap_samples: Positive = 2_000


class ProbeConfig(Strict):
    """The synthetic corpus with the decisive clause at a set distance from the end, and the two
    networks that read it: the classifier's cell, and a pooled bidirectional one as control."""

    distances: tuple[Count, ...] = (10, 25, 50, 100, 200, 400)  # words after the clause
    train_reviews: Positive = 4_000  # a mixture of all distances
    test_reviews: Positive = 500  # at each distance
    sequence_length: Positive = 420  # holds the longest review whole
    embedding_dim: Positive = 32
    units: Positive = 64  # as in the classifier
    learning_rate: float = Field(1e-3, gt=0)
    batch_size: Positive = 64
    epochs: Positive = 4  # twice as many as the control needs on other corpora


class JudgeConfig(Strict):
    """Who decides whether an image is a readable digit."""

    members: Positive = 2  # differently built networks that must agree
    epochs: Positive = 8
    batch_size: Positive = 128
    learning_rate: float = Field(2e-3, gt=0)  # the highest; it falls to 0 along half a cosine
    threshold: Rate = 0.8  # of each member's probability; see ``digit_judge``
    control_images: Positive = 1_000  # of each control


class ReadabilityConfig(Strict):
    """How one GAN's images are measured with the judge."""

    images: Positive = 1_000  # fresh, at each stored step
    compared_images: Positive = 1_000  # nearest training image of generated and of real ones
    shown: Positive = 8  # images in each strip
