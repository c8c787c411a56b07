"""The records of Part B: the GAN, the judge of digits and what it reads."""

from typing import Annotated, Literal

from pydantic import Field

from experiments.records.base import Count, DerivedRecord, Positive, Rate, RunRecord, Strict
from experiments.records.configs import GanConfig, JudgeConfig, ReadabilityConfig


class GanSizes(Strict):
    train: Positive
    generator_parameters: Positive
    discriminator_parameters: Positive


class GanRecord(RunRecord):
    """One seed of the MNIST GAN.

    Arrays, one row per iteration: ``discriminator_loss`` float32[t] (sum of the real and the
    fake half), ``generator_loss`` float32[t] (non-saturating), ``d_real`` and ``d_fake``
    float32[t] (mean discriminator output in [0, 1]), ``accuracy_real`` and ``accuracy_fake``
    float32[t]. One row per step of ``sampled_steps``: ``grid`` uint8[s, grid_size, 28, 28]
    from one fixed z, ``samples`` uint8[s, samples_kept, 28, 28] from fresh z; ink bright.
    """

    kind: Literal["gan"] = "gan"
    config: GanConfig
    sizes: GanSizes
    sampled_steps: Annotated[tuple[Count, ...], Field(min_length=1)]


ControlName = Literal[
    "real",
    "salt_and_pepper",
    "blur",
    "low_contrast",
    "uniform_noise",
    "gaussian_noise",
    "untrained_generator",
    "shuffled_pixels",
    "mean_image",
    "inverted",
    "patches",
    "blends",
]


class Control(Strict):
    """Images whose answer is known beforehand: at least (``readable_expected``) or less than
    ``limit`` of them must be called readable."""

    name: ControlName
    readable_expected: bool
    limit: Rate
    n: Positive
    readable: Count


class JudgeRecord(RunRecord):
    """The judge and the controls that it passed or failed on held-out images.

    Arrays: ``weights`` float16[p], those of all members one after the other; ``shown``
    uint8[c, k, 28, 28], some images of each control in the order of ``controls``.
    """

    kind: Literal["judge"] = "judge"
    config: JudgeConfig
    parameters: Positive
    n_test: Positive
    correct: Count  # digits of the test part read rightly, readable or not
    ece: Rate  # expected calibration error, 15 bins (Guo et al., 2017)
    brier: Annotated[float, Field(ge=0, le=2)]
    controls: Annotated[tuple[Control, ...], Field(min_length=1)]


class ReadableStep(Strict):
    """Images from fresh z at one stored step; ``by_digit``: the readable ones by digit read."""

    iteration: Count
    n: Positive
    readable: Count
    by_digit: Annotated[tuple[Count, ...], Field(min_length=10, max_length=10)]
    mnist_score: float = Field(ge=1, le=10)  # analogue of Salimans et al. (2016) on the judge
    frechet: float = Field(ge=0)  # distance to real training digits on the judge's features


class Memorisation(Strict):
    """Euclidean distance (pixels in [0, 1]) to the nearest training image, of generated and of
    real test images. ``auc``: probability that a generated image is nearer than a real one;
    ``p`` of the two-sided Mann-Whitney test."""

    n: Positive
    median_generated: float = Field(ge=0)
    median_real: float = Field(ge=0)
    auc: Rate
    p: Rate


class ReadabilityRecord(DerivedRecord):
    """What the judge says of one GAN.

    Arrays: ``grid_digit`` int8[s, grid_size] the digit read in each image of the GAN's grids and
    ``grid_readable`` bool[s, grid_size]; at the last step, ``above`` and ``below``
    uint8[shown, 28, 28] the images nearest to the threshold on either side and ``pairs``
    uint8[shown, 2, 28, 28] the generated images nearest to a training image, each with it.
    """

    kind: Literal["readability"] = "readability"
    config: ReadabilityConfig
    architecture: Literal["convolutional", "dense"]
    steps: Annotated[tuple[ReadableStep, ...], Field(min_length=1)]
    frechet_floor: float = Field(ge=0)  # real test digits against real training digits, same n
    variance_ratio: float | None = Field(ge=0)  # mean within-class variance, generated / real, last step
    memorisation: Memorisation
