"""What an author brings of a training that this program did not run: what is known of it, no more.

Whatever a full record has and these may have stands under the same name, so that a finding reads
either. What was not brought is None or empty, and no finding is drawn from it.
"""

import datetime
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from experiments.kinds.gan import GAN_CURVES
from experiments.records.base import (
    Arrays,
    Count,
    Loss,
    NonNegative,
    Positive,
    Rate,
    Sha256,
    Strict,
)
from experiments.records.built import BuiltLayer, BuiltOptimizer, Setting
from experiments.records.parts import Confusion

Gives = Literal["history", "predictions", "confusion", "model", "gan_losses", "gan_samples", "real"]
LossForm = Literal["sum", "mean"]  # of the discriminator's halves, over real and over generated images
Unit = Literal["iteration", "epoch"]
Ink = Literal["dark", "bright"]


class BroughtFile(Strict):
    """What was read: ``name`` without its folder, or the pattern that several match; ``digest`` of its
    bytes, of several in the order of their steps."""

    gives: Gives
    name: str
    digest: Sha256


class TakenAs(Strict):
    """A name in a file that was brought, and what it was taken for."""

    file: str
    name: str
    meaning: str


class BroughtRecord(Strict):
    """``title`` is what the author calls the data; empty where they do not say. ``ARRAYS`` are the names
    of those that there may be."""

    ARRAYS: ClassVar[tuple[str, ...]]

    schema_version: Literal[2] = 2
    kind: str
    variant: Literal[""] = ""
    seed: Count
    imported_on: datetime.date  # UTC
    files: tuple[BroughtFile, ...]
    names: tuple[TakenAs, ...] = ()
    title: str = ""
    settings: dict[str, Setting] = Field(default={})  # typed by the author, by the names of the configuration
    arrays_digest: Sha256


class BroughtModel(Strict):
    """A network as its file has it, which need not say with what it was trained. ``loss`` is the name of
    the function."""

    layers: tuple[BuiltLayer, ...]
    parameters: Count
    optimizer: BuiltOptimizer | None = None
    loss: str | None = None

    def layers_of(self, kind: str) -> tuple[BuiltLayer, ...]:
        return tuple(layer for layer in self.layers if layer.kind == kind)


class BroughtEpoch(Strict):
    """As the training logged it: its own accuracy and loss are averages while it ran. ``epoch`` from 1."""

    epoch: Positive
    running_loss: Loss | None = None
    running_accuracy: Rate | None = None
    val_loss: Loss | None = None
    val_accuracy: Rate | None = None
    learning_rate: NonNegative | None = None


class BroughtBucket(Strict):
    """Test reviews of ``low`` to ``high`` words."""

    low: Count
    high: Count
    n: Positive
    lstm_correct: Count


class BroughtLstm(BroughtRecord):
    """One training of a classifier of reviews. ``decimals``: to how many the columns of ``epochs`` were
    rounded, by their names, where they were printed.

    Arrays, of the test part, where predictions were brought: ``probability`` float32[n] of the positive
    class, ``label`` int8[n] (0, 1), ``length`` int32[n] in words and ``review_id`` int32[n] if given.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("probability", "label", "length", "review_id")

    kind: Literal["brought_lstm"] = "brought_lstm"
    epochs: tuple[BroughtEpoch, ...] = ()
    decimals: dict[str, Count] = Field(default={})
    confusion: Confusion | None = None
    test_loss: Loss | None = None  # mean cross-entropy of the predictions
    deciles: tuple[BroughtBucket, ...] = ()
    model: BroughtModel | None = None


class GridReading(Strict):
    """What the judge reads in the grid of one step; ``by_class``: its readable images by class."""

    iteration: Count
    n: Positive
    readable: Count
    by_class: Annotated[tuple[Count, ...], Field(min_length=2)]


class BroughtGan(BroughtRecord):
    """One training of a GAN.

    Arrays, where they were brought. One row per logged iteration, or epoch if that is their ``unit``:
    ``iteration`` int64[t], its number from 1, ``discriminator_loss`` and ``generator_loss`` float32[t],
    and of ``GAN_CURVES`` any other.
    One row per step of ``sampled_steps``: ``grid`` uint8[s, g, h, w], ink bright.
    ``real`` uint8[r, h, w], images that the generator imitates. Where the judge has read them, ``grid_class``
    uint8[s, g] and ``grid_readable`` bool[s, g].
    """

    ARRAYS: ClassVar[tuple[str, ...]] = (
        *("iteration", *GAN_CURVES),
        *("grid", "grid_class", "grid_readable", "real"),
    )

    kind: Literal["brought_gan"] = "brought_gan"
    loss_form: LossForm | None = None
    unit: Unit | None = None  # of what the losses are logged by
    last: Positive | None = None  # the last one that is logged
    sampled_steps: tuple[Count, ...] = ()
    ink: Ink | None = None  # as the files have it
    rescaled_from: tuple[Positive, Positive] | None = None  # height and width of an image, where others
    readings: tuple[GridReading, ...] = ()
    real_reading: GridReading | None = None
    judge: Sha256 | None = None  # digest of the judge's arrays
    generator: BroughtModel | None = None
    discriminator: BroughtModel | None = None


BROUGHT: dict[str, type[BroughtRecord]] = {"brought_lstm": BroughtLstm, "brought_gan": BroughtGan}


@dataclass(frozen=True)
class Brought:
    """A record with its arrays; ``name`` is its folder within a set of results."""

    name: str
    record: BroughtRecord
    arrays: Arrays
