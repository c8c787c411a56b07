"""The settings and the record of the probe, without TensorFlow."""

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from experiments.kinds.probe import (
    CELL,
    CONTROL,
    KIND,
    LOSS,
    ProbeConfig,
    ProbeEpoch,
    ProbeNetwork,
    ProbeRecord,
    ProbeRow,
    seeds,
    work,
)
from experiments.records.base import DataInfo, Environment
from experiments.records.built import BuiltLayer, BuiltModel, BuiltOptimizer

CONFIG = ProbeConfig(
    distances=(2, 12),
    sequence_length=40,
    embedding_dim=3,
    units=5,
    learning_rate=1e-2,
    epochs=1,
    control_seeds=1,
)


def layer(kind: str, **settings: Any) -> BuiltLayer:
    return BuiltLayer(kind=kind, shape=(None, 1), parameters=1, settings=settings)


CELL_LAYERS = (
    layer("Embedding", input_dim=50, output_dim=3),
    layer("LSTM", units=5, dropout=0.0, recurrent_dropout=0.0, kernel_regularizer=None),
    layer("Dense", units=1),
)
BOTH_WAYS = layer(
    "Bidirectional",
    **{"layer": "LSTM", "layer.units": 5, "layer.dropout": 0.0, "layer.recurrent_dropout": 0.0},
)
CONTROL_LAYERS = (CELL_LAYERS[0], BOTH_WAYS, layer("GlobalMaxPooling1D"), CELL_LAYERS[2])


def network(role: str, layers: tuple[BuiltLayer, ...], optimizer: str = "Adam", rate: float = 0.01) -> Any:
    return ProbeNetwork(
        model=BuiltModel(
            role=role,
            layers=layers,
            optimizer=BuiltOptimizer(kind=optimizer, settings={"learning_rate": rate}),
            loss=LOSS,
            parameters=3,
        ),
        val_n=10,
        epochs=(ProbeEpoch(epoch=1, val_loss=0.5, val_correct=8),),
        selected_epoch=1,
        rows=(ProbeRow(distance=2, n=4, correct=4), ProbeRow(distance=12, n=4, correct=2)),
    )


GOOD_CELL, GOOD_CONTROL = network(CELL, CELL_LAYERS), network(CONTROL, CONTROL_LAYERS)


def record(cell: Any = GOOD_CELL, control: Any = GOOD_CONTROL, seed: int = 1) -> ProbeRecord:
    return ProbeRecord(
        config=CONFIG,
        seed=seed,
        profile="test",
        data=DataInfo(name="probe_reviews", digest="0" * 64, n_train=4_000, n_test=1_000),
        environment=Environment(
            python="3.11",
            platform="",
            processor="",
            cores=1,
            threads=1,
            device="cpu",
            gpu=None,
            libraries={},
            commit=None,
            dirty=False,
        ),
        code_digest="0" * 64,
        finished_on=datetime.date(2026, 1, 1),
        duration_s=1,
        processor_s=1,
        arrays_digest="0" * 64,
        cell=cell,
        control=control,
    )


def replaced(layers: tuple[BuiltLayer, ...], index: int, **settings: Any) -> tuple[BuiltLayer, ...]:
    changed = layers[index].model_copy(update={"settings": layers[index].settings | settings})
    return (*layers[:index], changed, *layers[index + 1 :])


def test_the_share_is_over_all_distances() -> None:
    assert record().cell.share_correct == 6 / 8


def test_a_rate_is_the_same_as_a_float32_and_as_a_float64() -> None:
    record(cell=network(CELL, CELL_LAYERS, rate=0.009999999776482582))


@pytest.mark.parametrize(
    ("cell", "complaint"),
    [
        (network(CONTROL, CELL_LAYERS), r"papel \(cell\): se esperaba cell, se encontró control"),
        (network(CELL, replaced(CELL_LAYERS, 1, units=6)), r"units \(cell\): se esperaba 5, se encontró 6"),
        (network(CELL, replaced(CELL_LAYERS, 1, dropout=0.5)), "dropout .* se esperaba 0, se encontró 0.5"),
        (network(CELL, replaced(CELL_LAYERS, 1, kernel_regularizer="L2")), "kernel_regularizer .* None"),
        (network(CELL, replaced(CELL_LAYERS, 0, output_dim=4)), r"embedding_dim .* \[3\], .* \[4\]"),
        (
            network(CELL, (CELL_LAYERS[0], layer("GRU", units=5), CELL_LAYERS[2])),
            r"recurrentes .* \['LSTM'\]",
        ),
        (network(CELL, CONTROL_LAYERS), r"\['LSTM'\], se encontró \['Bidirectional'\]"),
        (network(CELL, CELL_LAYERS, optimizer="SGD"), "optimizador .* Adam, se encontró SGD"),
        (network(CELL, CELL_LAYERS, rate=0.02), "learning_rate .* 0.01, se encontró 0.02"),
    ],
)
def test_a_cell_that_is_not_that_of_the_settings_is_refused(cell: ProbeNetwork, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        record(cell=cell)


@pytest.mark.parametrize(
    ("control", "complaint"),
    [
        (network(CONTROL, CELL_LAYERS), r"\['Bidirectional'\], se encontró \['LSTM'\]"),
        (network(CONTROL, replaced(CONTROL_LAYERS, 1, layer="GRU")), "celda .* LSTM, se encontró GRU"),
        (
            network(CONTROL, replaced(CONTROL_LAYERS, 1, **{"layer.units": 4})),
            "units .* se esperaba 5, se encontró 4",
        ),
        (network(CONTROL, (*CONTROL_LAYERS[:2], CONTROL_LAYERS[3])), "máximo a lo largo del texto"),
        (None, "el control lo entrenan las primeras semillas"),
    ],
)
def test_a_control_that_is_not_that_of_the_settings_is_refused(
    control: ProbeNetwork | None, complaint: str
) -> None:
    with pytest.raises(ValidationError, match=complaint):
        record(control=control)


def test_later_seeds_have_no_control() -> None:
    assert record(control=None, seed=2).control is None
    with pytest.raises(ValidationError, match="el control lo entrenan las primeras semillas"):
        record(seed=2)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"distances": ()}, "alguna distancia"),
        ({"distances": (50, 10)}, "de menor a mayor"),
        ({"distances": (10, 10)}, "sin repetir"),
        ({"distances": (401,)}, "less than or equal to 400"),  # the grammar writes no further
        ({"sequence_length": 419}, "sequence_length ha de ser al menos 420"),
        ({"train_reviews": 63}, "al menos un lote"),
    ],
)
def test_settings_that_would_measure_something_else_are_refused(
    settings: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ValidationError, match=complaint):
        ProbeConfig(**settings)


def test_it_has_its_own_number_of_seeds() -> None:
    assert list(seeds(ProbeConfig(), [7])) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_the_work_counts_the_control_twice_in_the_seeds_that_train_it() -> None:
    config = ProbeConfig(epochs=2, train_reviews=100, sequence_length=500, seeds=4, control_seeds=1)
    assert work(config) == 2 * 100 * 500 * (4 + 2) / 4
    assert work(config.model_copy(update={"control_seeds": 9})) == 2 * 100 * 500 * 3


def test_the_cell_is_as_large_as_the_classifier() -> None:
    from experiments.kinds.lstm import LstmConfig

    assert KIND.profiles["full"].units == LstmConfig().units
