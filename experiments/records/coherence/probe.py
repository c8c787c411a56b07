"""The controlled probe of memory."""

from experiments.kinds.probe import ProbeConfig, ProbeNetwork, ProbeRecord
from experiments.records.base import Arrays
from experiments.records.coherence import common
from experiments.records.coherence.answers import MOST_CLIPPED
from experiments.records.coherence.complaints import (
    Complaints,
    expect,
    expect_at_most,
    expect_counted,
    expect_within,
)
from experiments.records.coherence.lstm import expect_selected


def of_record(record: ProbeRecord) -> Complaints:
    config = record.config
    yield from expect_within("seed", 1, config.seeds, record.seed, "las de los ajustes")
    yield from expect("data.n_train", config.train_reviews, record.data.n_train, "train_reviews")
    tested = config.test_reviews * len(config.distances)
    yield from expect("data.n_test", tested, record.data.n_test, "test_reviews a cada distancia")
    yield from _network("cell", record.cell, config)
    if record.control is not None:
        yield from _network("control", record.control, config)


def of_arrays(record: ProbeRecord, arrays: Arrays) -> Complaints:
    """It has none."""
    yield from ()


def _network(field: str, network: ProbeNetwork, config: ProbeConfig) -> Complaints:
    yield from common.of_model(f"{field}.model", network.model)
    yield from expect(f"{field}.val_n", config.validation_reviews, network.val_n, "validation_reviews")
    yield from expect_counted(f"{field}.epochs[*].epoch", [epoch.epoch for epoch in network.epochs])
    yield from expect(f"{field}.epochs", config.epochs, len(network.epochs), "las de los ajustes")
    losses = [epoch.val_loss for epoch in network.epochs]
    yield from expect_selected(f"{field}.selected_epoch", losses, network.selected_epoch)
    for place, epoch in enumerate(network.epochs):
        one = f"{field}.epochs[{place}]"
        yield from expect_at_most(f"{one}.val_loss", MOST_CLIPPED, epoch.val_loss)
        yield from expect_at_most(f"{one}.val_correct", network.val_n, epoch.val_correct, "su «val_n»")
    distances = [row.distance for row in network.rows]
    yield from expect(f"{field}.rows[*].distance", list(config.distances), distances, "las de los ajustes")
    for place, row in enumerate(network.rows):
        yield from expect(f"{field}.rows[{place}].n", config.test_reviews, row.n, "test_reviews")
        yield from expect_at_most(f"{field}.rows[{place}].correct", row.n, row.correct, "su «n»")
