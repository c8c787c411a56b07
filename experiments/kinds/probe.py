"""A controlled probe of memory: synthetic reviews whose decisive clause lies at a set distance from
the end, read by the classifier's cell and, as control, by a pooled bidirectional one."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from experiments.kinds.base import Kind, Tolerance
from experiments.records.base import Arrays, Count, Loss, Positive, PositiveFloat, RunRecord, Strict
from experiments.records.built import BuiltModel


class ProbeConfig(Strict):
    """The corpus, and the two networks that read it."""

    distances: tuple[Count, ...] = (10, 25, 50, 100, 200, 400)  # words after the clause
    train_reviews: Positive = 4_000  # a mixture of all distances
    validation_reviews: Positive = 600  # a mixture too: it chooses the epoch
    test_reviews: Positive = 500  # at each distance
    sequence_length: Positive = 420  # holds the longest review whole
    embedding_dim: Positive = 32
    units: Positive = 64  # as in the classifier
    learning_rate: PositiveFloat = 1e-3
    batch_size: Positive = 64
    epochs: Positive = 4
    seeds: Positive = 10  # whatever seeds the rest has: this question needs more
    control_seeds: Positive = 3  # the first ones train the control as well


class ProbeEpoch(Strict):
    """After one epoch, on the validation part in inference mode."""

    epoch: Positive
    val_loss: Loss
    val_correct: Count


class ProbeRow(Strict):
    distance: Count
    n: Positive
    correct: Count


class ProbeNetwork(Strict):
    """One network: ``selected_epoch`` has the lowest validation loss; ``rows`` are its answers on
    the test part, by distance."""

    model: BuiltModel
    val_n: Positive
    epochs: Annotated[tuple[ProbeEpoch, ...], Field(min_length=1)]
    selected_epoch: Positive
    rows: Annotated[tuple[ProbeRow, ...], Field(min_length=1)]

    @property
    def share_correct(self) -> float:
        return sum(row.correct for row in self.rows) / sum(row.n for row in self.rows)


class ProbeResults(Strict):
    cell: ProbeNetwork
    control: ProbeNetwork | None  # not every seed trains one


class ProbeRecord(RunRecord, ProbeResults):
    """One seed of the probe. No arrays."""

    kind: Literal["probe"] = "probe"
    config: ProbeConfig


def seeds(config: ProbeConfig, asked: Sequence[int]) -> Sequence[int]:
    """Its own number of them, from 1."""
    return range(1, config.seeds + 1)


def _control(record: ProbeRecord, arrays: Arrays) -> float:
    return record.control.share_correct if record.control else 0.0


KIND = Kind(
    name="probe",
    title="Sonda de memoria",
    config=ProbeConfig,
    record=ProbeRecord,
    arrays=(),
    experiment="experiments.memory_probe",
    data="experiments.data.probe_reviews",
    seeds=seeds,
    profiles={
        "full": ProbeConfig(),
        "quick": ProbeConfig(
            distances=(10, 30, 60),
            train_reviews=2_000,
            validation_reviews=300,
            test_reviews=200,
            sequence_length=80,  # cuts the longest in front, never the clause
            epochs=5,
            seeds=1,
            control_seeds=1,
        ),
        "test": ProbeConfig(
            distances=(5, 20),
            train_reviews=64,
            validation_reviews=20,
            test_reviews=20,
            sequence_length=40,
            embedding_dim=8,
            units=8,
            batch_size=32,
            epochs=1,
            seeds=1,
            control_seeds=1,
        ),
    },
    tolerances=(
        Tolerance[ProbeRecord](
            "exactitud de la celda en la sonda", lambda record, arrays: record.cell.share_correct, 0.15, 3
        ),
        Tolerance[ProbeRecord]("exactitud del control en la sonda", _control, 0.05, 3),
    ),
)
