"""What the judge says of one GAN's images."""

from typing import Annotated, Literal

from pydantic import Field

from experiments.kinds.base import Kind, Tolerance
from experiments.records.base import Arrays, Count, DerivedRecord, NonNegative, Positive, Rate, Strict


class ReadabilityConfig(Strict):
    """How one GAN's images are measured with the judge."""

    weights: Literal["last", "average"] = "last"  # the generator's own, or their average (``gan.ema``)
    images: Positive = 1_000  # fresh, at each stored step
    compared_images: Positive = 1_000  # nearest training image of generated and of real ones
    shown: Positive = 8  # images in each strip


class ReadableStep(Strict):
    """Images from fresh z at one stored step; ``by_class``: the readable ones by class read."""

    iteration: Count
    n: Positive
    readable: Count
    by_class: Annotated[tuple[Count, ...], Field(min_length=2)]
    score: float = Field(ge=1)  # analogue of Salimans et al. (2016) on the judge; at most the classes
    frechet: NonNegative  # distance to real training images on the judge's features


class ClassDistances(Strict):
    """Readable images of one class at the last step: Euclidean distance (pixels in [0, 1]) to the
    nearest training image of the class. ``auc``: probability that a generated image is nearer than
    a real test image of the class. None where either are too few to tell."""

    label: Count
    n_generated: Count
    n_real: Count
    median_generated: float | None = Field(ge=0)
    median_real: float | None = Field(ge=0)
    auc: Rate | None


class Copies(Strict):
    """Whether generated images are copies of training images, within each class. An image counts
    as a copy if it is nearer to its nearest training image than ``limit`` times the real test
    images' of its class are (their ``limit_quantile``). ``caught`` of ``n_control`` training images,
    slightly deformed, are recognised as copies: whoever finds none of these finds nothing."""

    limit_quantile: Rate
    by_class: tuple[ClassDistances, ...]
    n_generated: Count  # readable, of classes with enough of both
    copies: Count  # of them
    auc: Rate | None  # over classes, weighted by generated images
    p: Rate | None  # two-sided, stratified by class
    n_control: Positive
    caught: Count


class ReadabilityResults(Strict):
    steps: Annotated[tuple[ReadableStep, ...], Field(min_length=1)]
    frechet_floor: NonNegative  # real test images against real training images, same n
    variance_ratio: float | None = Field(ge=0)  # mean within-class variance, generated / real, last step
    copies: Copies


class ReadabilityRecord(DerivedRecord, ReadabilityResults):
    """What the judge says of one GAN.

    Arrays, a row per stored step t: ``grid`` uint8[t, g, 28, 28] drawn from the fixed z of the GAN,
    ``grid_class`` int8[t, g] the class read in each of its images and ``grid_readable`` bool[t, g];
    ``fresh_class`` int8[t, images] and ``fresh_readable`` bool[t, images], the same of the fresh images
    (the class is read whether readable or not). At the last step, ``above`` and ``below``
    uint8[shown, 28, 28], the images nearest to the threshold on either side, with ``above_class`` and
    ``below_class`` int8[shown], and ``pairs`` uint8[k, 2, 28, 28], the readable image of each class that is
    nearest to a training image, with it.
    """

    kind: Literal["readability"] = "readability"
    config: ReadabilityConfig


def _readable(record: ReadabilityRecord, arrays: Arrays) -> float:
    last = max(record.steps, key=lambda step: step.iteration)
    return last.readable / last.n


KIND = Kind(
    name="readability",
    title="Legibilidad",
    config=ReadabilityConfig,
    record=ReadabilityRecord,
    arrays=(
        *("grid", "grid_class", "grid_readable", "fresh_class", "fresh_readable"),
        *("above", "above_class", "below", "below_class", "pairs"),
    ),
    experiment="experiments.gan_readability",
    data="experiments.data.images",
    needs=("gan", "judge"),
    follows=("gan",),
    profiles={
        "full": ReadabilityConfig(),
        "quick": ReadabilityConfig(images=200, compared_images=200),
        "test": ReadabilityConfig(images=40, compared_images=40),
    },
    tolerances=(Tolerance[ReadabilityRecord]("imágenes legibles en el último paso", _readable, 0.15, 3),),
)
