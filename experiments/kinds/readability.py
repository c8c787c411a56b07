"""What the judge says of one GAN's images."""

from typing import Annotated, Literal

from pydantic import Field

from experiments.kinds.base import Kind, Tolerance
from experiments.records.base import (
    Arrays,
    Count,
    DerivedRecord,
    Fraction,
    NonNegative,
    Positive,
    Rate,
    Strict,
)


class ReadabilityConfig(Strict):
    """How one GAN's images are measured with the judge."""

    weights: Literal["last", "average"] = "last"  # the generator's own, or their average (``gan.ema``)
    images: Positive = 1_000  # fresh, at each stored step
    control_images: Positive = 1_000  # training images, deformed, that must be caught as copies
    shown: Positive = 8  # images in each strip


class ReadableStep(Strict):
    """Images from fresh z at one stored step; ``by_class``: the readable ones by class read."""

    iteration: Count
    n: Positive
    readable: Count
    by_class: Annotated[tuple[Count, ...], Field(min_length=2)]
    score: float = Field(ge=1)  # analogue of Salimans et al. (2016) on the judge; at most the classes
    frechet: NonNegative  # distance to real training images on the judge's features


class ClassCopies(Strict):
    """Readable images of one class at the last step beside real test images, read rightly: medians of
    how near they come to a training image of the class (see ``copies``), in [0, 1], 0 where it is the
    same. ``auc``: probability that a generated image comes nearer than a real one. ``copies``: how
    many of them count as such. Both are None where there are too few of either to tell. ``caught`` of
    ``n_control`` copies made on purpose are recognised: in a class whose images are all alike, such as
    the ones, none may be."""

    label: Count
    n_generated: Count
    n_real: Count
    median_generated: Rate | None
    median_real: Rate | None
    auc: Rate | None
    copies: Count | None
    n_control: Count
    caught: Count


DeformationName = Literal["shift", "rotation", "bend", "blur", "noise"]


class Deformation(Strict):
    """Training images, slightly deformed and still read rightly, and how many of them are caught as
    copies."""

    name: DeformationName
    n: Count
    caught: Count


class Copies(Strict):
    """Whether generated images are copies of training images, within each class. An image counts as a
    copy if it comes nearer to one than ``limit_quantile`` of the real test images of its class do. Of
    generated images that were no more copies than those, ``expected_share`` would count. ``control``:
    whoever finds none of these finds nothing."""

    limit_quantile: Fraction
    expected_share: Rate | None
    by_class: Annotated[tuple[ClassCopies, ...], Field(min_length=2)]  # all classes, in order
    auc: Rate | None  # over the classes that can tell, weighted as van Elteren (1960) does
    p: Rate | None  # two-sided, of van Elteren's test, stratified by class
    control: tuple[Deformation, ...]

    @property
    def n_generated(self) -> int:
        """Readable images of the classes that can tell."""
        return sum(each.n_generated for each in self.by_class if each.copies is not None)

    @property
    def copies(self) -> int:
        return sum(each.copies or 0 for each in self.by_class)

    @property
    def n_control(self) -> int:
        return sum(each.n for each in self.control)

    @property
    def caught(self) -> int:
        return sum(each.caught for each in self.control)


class ReadabilityResults(Strict):
    steps: Annotated[tuple[ReadableStep, ...], Field(min_length=1)]
    frechet_floor: NonNegative  # real test images against real training images, same n
    variance_ratio: float | None = Field(ge=0)  # mean within-class variance, generated / real, last step
    copies: Copies


class ReadabilityRecord(DerivedRecord, ReadabilityResults):
    """What the judge says of one GAN.

    Arrays, a row per stored step t: ``grid`` uint8[t, g, 28, 28] drawn from the fixed z of the GAN,
    ``grid_class`` uint8[t, g] the class read in each of its images and ``grid_readable`` bool[t, g];
    ``fresh_class`` uint8[t, images] and ``fresh_readable`` bool[t, images], the same of the fresh
    images (the class is read whether readable or not). At the last step, ``above`` and ``below``
    uint8[shown, 28, 28], the images nearest to the threshold on either side, with ``above_class``
    and ``below_class`` uint8[shown], and ``pairs`` uint8[k, 2, 28, 28], the readable image of each
    class that comes nearest to a training image, with it; classes without any left out.
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
    experiment="experiments.images.gan_readability",
    data="experiments.data.images",
    needs=("gan", "judge"),
    follows=("gan",),
    profiles={
        "full": ReadabilityConfig(),
        "quick": ReadabilityConfig(images=200, control_images=200),
        "test": ReadabilityConfig(images=40, control_images=40),
    },
    tolerances=(Tolerance[ReadabilityRecord]("imágenes legibles en el último paso", _readable, 0.15, 3),),
)
