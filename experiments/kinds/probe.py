"""A controlled probe of memory: synthetic reviews whose decisive clause lies at a set distance from
the end, read by the classifier's cell and, as control, by a pooled bidirectional one."""

import math
from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from experiments.data.sample_reviews import MAX_DISTANCE
from experiments.kinds.base import Kind, Tolerance
from experiments.records.base import Arrays, Count, Loss, Positive, PositiveFloat, RunRecord, Strict
from experiments.records.built import BuiltModel

CELL, CONTROL = "cell", "control"  # the roles of the networks
LOSS = "binary_crossentropy"
LONGEST_CLAUSE = 20  # words, and more than the grammar writes

Distance = Annotated[int, Field(ge=0, le=MAX_DISTANCE)]


class ProbeConfig(Strict):
    """The corpus, and the two networks that read it."""

    distances: tuple[Distance, ...] = (10, 25, 50, 100, 200, 400)  # words after the clause
    train_reviews: Positive = 4_000  # a mixture of all distances
    validation_reviews: Positive = 600  # a mixture too: it chooses the epoch
    test_reviews: Positive = 500  # at each distance
    sequence_length: Positive = 420  # holds the longest review whole
    embedding_dim: Positive = 32
    units: Positive = 64  # as in the classifier
    learning_rate: PositiveFloat = 1e-3  # Adam's own
    batch_size: Positive = 64  # as in the classifier
    epochs: Positive = 4  # twice what the control needs, tried on other corpora
    seeds: Positive = 10  # whatever seeds the rest has: this question needs more
    control_seeds: Positive = 3  # the first ones train the control as well

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not self.distances or list(self.distances) != sorted(set(self.distances)):
            raise ValueError("distances ha de tener alguna distancia, de menor a mayor y sin repetir")
        shortest = self.distances[-1] + LONGEST_CLAUSE
        if self.sequence_length < shortest:
            raise ValueError(
                f"sequence_length ha de ser al menos {shortest}, para que quepan la cláusula más larga y lo "
                "que la sigue a la mayor distancia"
            )
        if self.train_reviews < self.batch_size:
            raise ValueError("train_reviews ha de llenar al menos un lote (batch_size)")
        return self


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

    @model_validator(mode="after")
    def _is_built_as_configured(self) -> Self:
        complaints = contradictions(self.config, self.cell.model, CELL)
        if self.control is not None:
            complaints += contradictions(self.config, self.control.model, CONTROL)
        if (self.control is not None) != trains_control(self.config, self.seed):
            complaints.append("el control lo entrenan las primeras semillas, y solo ellas")
        if complaints:
            raise ValueError(f"las redes construidas no son las de la configuración: {'; '.join(complaints)}")
        return self


def trains_control(config: ProbeConfig, seed: int) -> bool:
    return seed <= config.control_seeds


def contradictions(config: ProbeConfig, model: BuiltModel, role: str) -> list[str]:
    """Where the network that was built is not what ``config`` says, in Spanish."""
    found = []

    def expect(what: str, expected: object, built: object) -> None:
        if expected != built:
            found.append(f"{what} ({role}): se esperaba {expected}, se encontró {built}")

    both_ways = role == CONTROL
    readers = [layer for layer in model.layers if layer.kind in ("LSTM", "Bidirectional")]
    settings = readers[0].settings if readers else {}
    prefix = "layer." if both_ways else ""
    pools = [layer.kind for layer in model.layers if "Pooling" in layer.kind]
    words = model.layers_of("Embedding")
    expect("papel", role, model.role)
    expect("capas recurrentes", ["Bidirectional" if both_ways else "LSTM"], [layer.kind for layer in readers])
    if both_ways:
        expect("celda", "LSTM", settings.get("layer"))
    expect("units", config.units, settings.get(f"{prefix}units"))
    for name in ("dropout", "recurrent_dropout"):
        expect(name, 0, settings.get(f"{prefix}{name}"))
    for name in ("kernel_regularizer", "recurrent_regularizer"):
        expect(name, None, settings.get(f"{prefix}{name}"))
    expect("máximo a lo largo del texto", ["GlobalMaxPooling1D"] if both_ways else [], pools)
    expect("embedding_dim", [config.embedding_dim], [layer.settings.get("output_dim") for layer in words])
    expect("optimizador", "Adam", model.optimizer.kind)
    rate = model.optimizer.settings.get("learning_rate")
    if not isinstance(rate, float) or not math.isclose(rate, config.learning_rate, rel_tol=1e-6):  # a float32
        expect("learning_rate", config.learning_rate, rate)
    expect("pérdida", LOSS, model.loss)
    return found


def seeds(config: ProbeConfig, asked: Sequence[int]) -> Sequence[int]:
    """Its own number of them, from 1."""
    return range(1, config.seeds + 1)


def work(config: ProbeConfig) -> float:
    """The words that a run reads in training, on average over the seeds; the control reads both ways."""
    controls = min(config.control_seeds, config.seeds) / config.seeds
    return config.epochs * config.train_reviews * config.sequence_length * (1 + 2 * controls)


def _control(record: ProbeRecord, arrays: Arrays) -> float:
    return record.control.share_correct if record.control else 0.0


KIND = Kind(
    name="probe",
    title="Sonda de memoria",
    config=ProbeConfig,
    record=ProbeRecord,
    arrays=(),
    experiment="experiments.reviews.memory_probe",
    data="experiments.data.probe_reviews",
    seeds=seeds,
    work=work,
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
