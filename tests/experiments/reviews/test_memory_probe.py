"""Both networks, trained once on a corpus that is learned in seconds."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from experiments.data.probe_reviews import ProbeReviews, make_probe
from experiments.kinds.base import Job
from experiments.kinds.probe import CELL, CONTROL, ProbeConfig, ProbeEpoch, ProbeResults, contradictions
from experiments.reviews import memory_probe
from experiments.reviews.memory_probe import (
    Corpus,
    Encoded,
    best,
    build_cell,
    build_control,
    read,
    run,
    train,
)

EASY = ProbeConfig(
    distances=(2, 12),
    train_reviews=640,
    validation_reviews=60,
    test_reviews=100,
    sequence_length=32,
    embedding_dim=16,
    units=16,
    learning_rate=2e-2,
    batch_size=32,
    epochs=2,
    control_seeds=1,
)


@pytest.fixture(scope="module", autouse=True)
def _uncompiled() -> Iterator[None]:
    """XLA takes several times as long as the few steps of a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keras.Model, "jit_compile", property(lambda model: False, lambda model, value: None))
        yield


@dataclass
class Training:
    """A run of seed 1, and what was seen of it: how many reviews were read at each time, in order, in
    inference mode."""

    results: ProbeResults
    networks: dict[str, keras.Model]
    readings: list[int]
    events: list[dict[str, Any]]


@pytest.fixture(scope="module")
def data() -> ProbeReviews:
    return make_probe(EASY)


@pytest.fixture(scope="module")
def training(data: ProbeReviews) -> Training:
    networks: dict[str, keras.Model] = {}
    readings: list[int] = []
    events: list[dict[str, Any]] = []
    probabilities = memory_probe.probabilities

    def keep(role: str, build: memory_probe.Build) -> memory_probe.Build:
        return lambda *settings: networks.setdefault(role, build(*settings))

    def watched(model: keras.Model, tokens: np.ndarray) -> np.ndarray:
        readings.append(len(tokens))
        return probabilities(model, tokens)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory_probe, "build_cell", keep(CELL, build_cell))
        patch.setattr(memory_probe, "build_control", keep(CONTROL, build_control))
        patch.setattr(memory_probe, "probabilities", watched)
        results, arrays = run(EASY, 1, data, Job(Path(), lambda **event: events.append(event)))
    assert arrays == {}
    return Training(results, networks, readings, events)


# --- what is learned ---------------------------------------------------------------------


def test_the_control_reads_the_clause_wherever_it_is(training: Training) -> None:
    assert training.results.control is not None
    rows = training.results.control.rows
    assert [(row.distance, row.n) for row in rows] == [(2, 100), (12, 100)]
    assert all(row.correct > 95 for row in rows)


@pytest.mark.parametrize("role", [CELL, CONTROL])
def test_without_a_clause_neither_network_can_tell(role: str, training: Training, data: ProbeReviews) -> None:
    test = data.test
    texts = [text.replace(clause, " ") for text, clause in zip(test.texts, test.clauses, strict=True)]
    blind = read(replace(data, test=replace(test, texts=texts)), EASY.sequence_length).test
    probability = memory_probe.probabilities(training.networks[role], blind.tokens)
    right = int(((probability > 0.5) == (blind.label == 1)).sum())
    assert abs(right - 100) < 3 * np.sqrt(200 * 0.25)  # three standard deviations of a coin


# --- how it is measured ------------------------------------------------------------------


def test_the_test_part_is_read_once_by_each_network_after_its_last_epoch(training: Training) -> None:
    assert training.readings == [60, 60, 200] * 2


def test_the_results_are_those_of_the_selected_weights(training: Training, data: ProbeReviews) -> None:
    corpus = read(data, EASY.sequence_length)
    assert training.results.control is not None
    for role, network in ((CELL, training.results.cell), (CONTROL, training.results.control)):
        assert [epoch.epoch for epoch in network.epochs] == [1, 2]
        assert network.val_n == 60
        selected = network.epochs[network.selected_epoch - 1]
        assert selected.val_loss == min(epoch.val_loss for epoch in network.epochs)
        probability = memory_probe.probabilities(training.networks[role], corpus.validation.tokens)
        given = np.where(corpus.validation.label == 1, probability, 1 - probability).astype(np.float64)
        assert -np.log(given).mean() == pytest.approx(selected.val_loss, rel=1e-4)  # cross-entropy in nats
        assert (given > 0.5).sum() == selected.val_correct


@dataclass
class Scripted:
    """A network that answers 1 with a probability that its epochs set, one batch each."""

    probabilities: list[float]
    epoch: int = 0
    batches: list[np.ndarray] = field(default_factory=list)

    def train_on_batch(self, tokens: np.ndarray, label: np.ndarray) -> None:
        self.batches.append(tokens[:, 0])
        self.epoch += 1

    def predict(self, tokens: np.ndarray, batch_size: int, verbose: int) -> np.ndarray:
        return np.full((len(tokens), 1), self.probabilities[self.epoch - 1], np.float32)

    def get_weights(self) -> list[int]:
        return [self.epoch]

    def set_weights(self, weights: list[int]) -> None:
        (self.epoch,) = weights


def test_the_weights_of_the_lowest_validation_loss_come_back() -> None:
    config = EASY.model_copy(update={"batch_size": 3, "epochs": 4})
    train_part = Encoded(np.arange(5, dtype=np.int32)[:, None], np.zeros((5, 1), np.float32))
    validation = Encoded(np.zeros((4, 1), np.int32), np.ones((4, 1), np.float32))
    model = Scripted([0.4, 0.8, 0.6, 0.8])
    told: list[ProbeEpoch] = []
    corpus = Corpus(train_part, validation, test=validation, vocabulary=2)
    epochs = train(model, config, 1, corpus, told.append)
    assert model.epoch == 2
    assert best(epochs) is epochs[1]  # the first of two alike
    assert [epoch.val_correct for epoch in epochs] == [0, 4, 4, 4]
    assert [epoch.val_loss for epoch in epochs] == pytest.approx(
        [0.91629, 0.22314, 0.51083, 0.22314],
        abs=1e-5,  # -log p
    )
    assert told == list(epochs)
    # whole batches of different reviews, others in each epoch
    assert all(len(set(batch.tolist())) == 3 for batch in model.batches)
    assert len({tuple(batch) for batch in model.batches}) > 1


def test_both_networks_of_a_seed_see_the_same_batches_and_another_seed_others() -> None:
    config = EASY.model_copy(update={"batch_size": 8, "epochs": 1})
    part = Encoded(np.arange(9, dtype=np.int32)[:, None], np.zeros((9, 1), np.float32))
    corpus = Corpus(part, part, part, vocabulary=2)
    seen = []
    for seed in (1, 1, 2):
        model = Scripted([0.5])
        train(model, config, seed, corpus, lambda epoch: None)
        seen.append(model.batches[0].tolist())
    assert seen[0] == seen[1] != seen[2]


def test_only_the_first_seeds_train_the_control(
    training: Training, data: ProbeReviews, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the network that is trained already."""
    epoch = ProbeEpoch(epoch=2, val_loss=0.5, val_correct=30)

    def trained(model: keras.Model, *settings: Any) -> tuple[ProbeEpoch, ...]:
        settings[-1](epoch)
        return (epoch,)

    monkeypatch.setattr(memory_probe, "build_cell", lambda *settings: training.networks[CELL])
    monkeypatch.setattr(memory_probe, "train", trained)
    events: list[dict[str, Any]] = []
    results, _ = run(EASY, 2, data, Job(Path(), lambda **event: events.append(event)))
    assert results.control is None
    assert results.cell.rows == training.results.cell.rows
    assert [(event["phase"], event["done"]) for event in events] == [("celda, época 2/2", 1.0)]


def test_progress_goes_from_the_cell_to_the_control(training: Training) -> None:
    phases = [event["phase"] for event in training.events]
    assert phases == [f"{name}, época {epoch}/2" for name in ("celda", "control") for epoch in (1, 2)]
    done = [event["done"] for event in training.events]
    assert done == pytest.approx([1 / 6, 1 / 3, 2 / 3, 1])
    assert training.results.control is not None
    epochs = training.results.cell.epochs + training.results.control.epochs
    assert [event["loss"] for event in training.events] == [epoch.val_loss for epoch in epochs]


# --- the networks ------------------------------------------------------------------------


def test_the_networks_that_are_built_are_those_of_the_settings(training: Training) -> None:
    assert training.results.control is not None
    assert contradictions(EASY, training.results.cell.model, CELL) == []
    assert contradictions(EASY, training.results.control.model, CONTROL) == []
    assert [layer.kind for layer in training.results.cell.model.layers] == ["Embedding", "LSTM", "Dense"]
    assert [layer.kind for layer in training.results.control.model.layers] == [
        "Embedding",
        "Bidirectional",
        "GlobalMaxPooling1D",
        "Dense",
    ]


def test_the_cell_answers_after_the_last_word_and_does_not_see_padding(training: Training) -> None:
    model = training.networks[CELL]
    tokens = np.zeros((2, 32), np.int32)
    tokens[0, -3:] = (7, 8, 9)
    tokens[1, -6:] = (0, 0, 0, 7, 8, 9)
    other = tokens[:1].copy()
    other[0, -1] = 10
    first, second, third = memory_probe.probabilities(model, np.concatenate([tokens, other]))[:, 0]
    assert first == second != third


def test_the_seed_decides_the_first_weights() -> None:
    weights = []
    for seed in (1, 1, 2):
        keras.utils.set_random_seed(seed)
        weights.append(build_cell(EASY, 50).get_weights()[0])
    assert np.array_equal(weights[0], weights[1])
    assert not np.array_equal(weights[0], weights[2])
