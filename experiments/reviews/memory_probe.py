"""A controlled probe of memory: synthetic reviews whose label one clause decides, with that clause
at a set distance from the end.

The classifier's cell, without its dropout and penalty, must carry the clause to the end. A
bidirectional one of the same size whose states are pooled over time (max) need not carry
anything: it is the positive control, which shows that the task can be learned from these data
in these epochs. All words around the clause are drawn without looking at the label.

The number of epochs is twice what the control needs, and it needs those after which it is right
in at least 95 % of the validation reviews at every distance: two, tried on other corpora. What
the cell does has no say in it. Validation chooses the epoch, and the test part is touched once.

Each batch mixes all distances, and so all lengths. Batches of reviews of like length would need
less padding, but they seem to change the question: on another corpus a cell learned from mixed
ones within three epochs, and from those, with twice the steps or three times the rate, not at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import keras
import numpy as np

from experiments.data.probe_reviews import ProbeReviews
from experiments.data.sample_reviews import SampleReviews
from experiments.describe import describe
from experiments.kinds.base import Job
from experiments.kinds.probe import (
    CELL,
    CONTROL,
    LOSS,
    ProbeConfig,
    ProbeEpoch,
    ProbeNetwork,
    ProbeResults,
    ProbeRow,
    trains_control,
)
from experiments.records.base import Arrays
from experiments.reviews.text import Vocabulary, build_vocabulary, encode, tokenize

VOCABULARY = 10_000  # more than the words of the grammar
READ_AT_ONCE = 300  # divides the validation and the test part, so that XLA compiles a single shape
NAMES = {CELL: "celda", CONTROL: "control"}

Build = Callable[[ProbeConfig, int], keras.Model]


# --- networks ----------------------------------------------------------------------------


def build_cell(config: ProbeConfig, vocabulary: int) -> keras.Model:
    """int32[b, sequence_length] -> float32[b, 1]: the verdict of the state after the last word.
    ``vocabulary`` counts padding and the unknown word."""
    embedding = keras.layers.Embedding(vocabulary, config.embedding_dim, mask_zero=True)
    # XLA takes a third off a step
    return _compiled(config, [embedding, keras.layers.LSTM(config.units)], jit=True)


def build_control(config: ProbeConfig, vocabulary: int) -> keras.Model:
    """As ``build_cell``, from the largest value of each unit along the review."""
    embedding = keras.layers.Embedding(vocabulary, config.embedding_dim)  # the pool knows no mask
    reader = keras.layers.Bidirectional(keras.layers.LSTM(config.units, return_sequences=True))
    # XLA makes a step twice as slow where all states are kept
    return _compiled(config, [embedding, reader, keras.layers.GlobalMaxPooling1D()], jit=False)


def _compiled(config: ProbeConfig, reader: list[keras.layers.Layer], jit: bool) -> keras.Model:
    model = keras.Sequential(
        [
            keras.Input((config.sequence_length,), dtype="int32"),
            *reader,
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(config.learning_rate, clipnorm=1.0), loss=LOSS, jit_compile=jit
    )
    return model


# --- data --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Encoded:
    """``tokens`` int32[n, sequence_length]; ``label`` float32[n, 1]: 0 or 1."""

    tokens: np.ndarray
    label: np.ndarray


@dataclass(frozen=True)
class Corpus:
    """``vocabulary`` counts padding and the unknown word."""

    train: Encoded
    validation: Encoded
    test: Encoded
    vocabulary: int


def read(data: ProbeReviews, length: int) -> Corpus:
    """Vocabulary from the training part alone."""
    words = build_vocabulary([tokenize(text) for text in data.train.texts], VOCABULARY)
    return Corpus(
        train=_encoded(data.train, words, length),
        validation=_encoded(data.validation, words, length),
        test=_encoded(data.test, words, length),
        vocabulary=len(words) + 2,
    )


def _encoded(part: SampleReviews, words: Vocabulary, length: int) -> Encoded:
    tokens = encode([tokenize(text) for text in part.texts], words, length)
    return Encoded(tokens, part.labels.astype(np.float32)[:, None])


# --- training and testing ----------------------------------------------------------------


def run(config: ProbeConfig, seed: int, data: ProbeReviews, job: Job) -> tuple[ProbeResults, Arrays]:
    """Train on the mixture of distances, and test at each distance, the cell and, if ``seed`` is one
    of the first ones, the control. No arrays."""
    corpus = read(data, config.sequence_length)

    def measure(role: str, build: Build, start: float, end: float) -> ProbeNetwork:
        def tell(measured: ProbeEpoch) -> None:
            job.progress(
                phase=f"{NAMES[role]}, época {measured.epoch}/{config.epochs}",
                loss=measured.val_loss,
                done=start + (end - start) * measured.epoch / config.epochs,
                unit_done=True,
            )

        keras.utils.set_random_seed(seed)
        model = build(config, corpus.vocabulary)
        epochs = train(model, config, seed, corpus, tell)
        return ProbeNetwork(
            model=describe(model, role, model.optimizer, LOSS),
            val_n=len(corpus.validation.label),
            epochs=epochs,
            selected_epoch=best(epochs).epoch,
            rows=_tested(model, config, corpus.test),
        )

    if not trains_control(config, seed):
        return ProbeResults(cell=measure(CELL, build_cell, 0, 1), control=None), {}
    cell = measure(CELL, build_cell, 0, 1 / 3)  # the control, which reads both ways, takes twice as long
    return ProbeResults(cell=cell, control=measure(CONTROL, build_control, 1 / 3, 1)), {}


def train(
    model: keras.Model, config: ProbeConfig, seed: int, corpus: Corpus, tell: Callable[[ProbeEpoch], None]
) -> tuple[ProbeEpoch, ...]:
    """Leaves in ``model`` the weights of the epoch with the lowest validation loss; both networks
    of a seed see the same batches."""
    rng = np.random.default_rng(seed)
    size, tokens, label = config.batch_size, corpus.train.tokens, corpus.train.label
    whole = len(tokens) - len(tokens) % size  # one shape, compiled once; others are left out each time
    epochs: list[ProbeEpoch] = []
    weights: list[np.ndarray] = []
    for epoch in range(1, config.epochs + 1):
        for rows in rng.permutation(len(tokens))[:whole].reshape(-1, size):
            model.train_on_batch(tokens[rows], label[rows])
        epochs.append(_validated(epoch, model, corpus.validation))
        if best(epochs) is epochs[-1]:
            weights = model.get_weights()
        tell(epochs[-1])
    model.set_weights(weights)
    return tuple(epochs)


def best(epochs: Sequence[ProbeEpoch]) -> ProbeEpoch:
    """The first one with the lowest validation loss."""
    return min(epochs, key=lambda epoch: epoch.val_loss)


def _tested(model: keras.Model, config: ProbeConfig, part: Encoded) -> tuple[ProbeRow, ...]:
    right = _right(probabilities(model, part.tokens), part.label).reshape(len(config.distances), -1)
    return tuple(
        ProbeRow(distance=distance, n=len(each), correct=int(each.sum()))
        for distance, each in zip(config.distances, right, strict=True)
    )


def _validated(epoch: int, model: keras.Model, part: Encoded) -> ProbeEpoch:
    probability = probabilities(model, part.tokens)
    loss = float(keras.losses.BinaryCrossentropy()(part.label, probability))
    return ProbeEpoch(epoch=epoch, val_loss=loss, val_correct=int(_right(probability, part.label).sum()))


def _right(probability: np.ndarray, label: np.ndarray) -> np.ndarray:
    """bool[n]."""
    return ((probability > 0.5) == (label == 1))[:, 0]


def probabilities(model: keras.Model, tokens: np.ndarray) -> np.ndarray:
    """float32[n, 1] of the positive class, in inference mode."""
    return model.predict(tokens, batch_size=READ_AT_ONCE, verbose=0)
