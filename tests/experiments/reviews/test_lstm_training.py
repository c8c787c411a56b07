"""The parts of a training, on numbers that can be worked out by hand."""

import os
from math import log
from types import SimpleNamespace

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from experiments.records.base import RecordError
from experiments.reviews import lstm_training
from experiments.reviews.lstm_training import Batches, Measure, Ticker, accuracy, cross_entropy

# --- batches -----------------------------------------------------------------------------


def make_batches(seed: int = 1, epoch: int = 0) -> Batches:
    batches = Batches(np.arange(10)[:, None] * 10, np.arange(10) % 2, batch_size=4, seed=seed)
    batches.epoch = epoch
    return batches


def order(batches: Batches) -> list[int]:
    return [int(row) // 10 for tokens, _ in batches() for row in tokens[:, 0]]


def test_an_epoch_has_every_review_once_with_its_label() -> None:
    batches = make_batches()
    parts = list(batches())
    assert len(batches) == len(parts) == 3
    assert [len(label) for _, label in parts] == [4, 4, 2]
    for tokens, label in parts:
        assert label.shape == (len(tokens), 1)
        np.testing.assert_array_equal(label[:, 0], tokens[:, 0] // 10 % 2)
    assert sorted(order(batches)) == list(range(10))


def test_the_order_depends_on_seed_and_epoch_alone() -> None:
    assert order(make_batches(seed=1, epoch=3)) == order(make_batches(seed=1, epoch=3))
    orders = [order(make_batches(seed, epoch)) for seed, epoch in ((1, 0), (1, 1), (2, 0), (2, 1))]
    assert len({tuple(each) for each in orders}) == 4
    assert list(range(10)) not in orders


# --- metrics -----------------------------------------------------------------------------


def test_cross_entropy_by_hand() -> None:
    losses = cross_entropy(np.array([0.25, 0.25, 0.5], np.float32), np.array([1, 0, 1]))
    assert losses.dtype == np.float64
    np.testing.assert_allclose(losses, [log(4), log(4 / 3), log(2)], rtol=1e-7)


def test_cross_entropy_of_a_certain_mistake_is_finite() -> None:
    worst = -log(1e-7)  # about 16.1
    np.testing.assert_allclose(cross_entropy(np.array([0.0, 1.0]), np.array([1, 0])), [worst, worst])
    assert np.all(cross_entropy(np.array([0.0, 1.0]), np.array([0, 1])) < 1.1e-7)


def test_accuracy_by_hand() -> None:
    # a half is no positive answer
    assert accuracy(np.array([0.9, 0.2, 0.6, 0.5]), np.array([1, 0, 0, 1])) == 0.5


def measured(monkeypatch: pytest.MonkeyPatch, answers: list[float]) -> tuple[Measure, list[list[int]]]:
    """What measures an epoch of a network that gives these answers, and the tokens that it is asked."""
    train = (np.array([[1], [2]]), np.array([1, 0]))
    validation = (np.array([[3], [4], [5], [6]]), np.array([1, 1, 0, 0]))
    seen: list[list[int]] = []

    def predict(model: object, tokens: np.ndarray) -> np.ndarray:
        seen.append(tokens[:, 0].tolist())
        return np.array(answers)

    monkeypatch.setattr(lstm_training, "predict", predict)
    measure = Measure(train, validation)
    measure.set_model(SimpleNamespace(optimizer=SimpleNamespace(learning_rate=0.25)))
    measure.on_epoch_begin(0)
    return measure, seen


def test_an_epoch_is_measured_in_inference_mode_on_both_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    measure, seen = measured(monkeypatch, [0.5, 0.75, 0.25, 0.5, 0.75, 0.5])
    logs = {"loss": 0.9}
    measure.on_epoch_end(0, logs)
    assert seen == [[1, 2, 3, 4, 5, 6]]
    assert measure.val_probability.tolist() == [0.25, 0.5, 0.75, 0.5]
    assert logs.pop("duration_s") >= 0
    # losses of training: ln 2, ln 4; of validation: ln 4, ln 2, ln 4, ln 2
    assert logs == {
        "loss": 0.9,
        "train_loss": pytest.approx(1.5 * log(2)),
        "train_accuracy": 0.0,
        "val_loss": pytest.approx(1.5 * log(2)),
        "val_accuracy": 0.25,
        # each is ln 2 / 2 from the mean: variance 4 (ln 2 / 2)² / 3, of the mean a fourth of it
        "val_loss_se": pytest.approx(log(2) / 2 / 3**0.5),
        "learning_rate": 0.25,
    }


@pytest.mark.parametrize(("loss", "answer"), [(float("inf"), 0.5), (0.5, float("nan"))])
def test_a_training_that_diverges_ends_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, loss: float, answer: float
) -> None:
    measure, _ = measured(monkeypatch, [answer] * 6)
    with pytest.raises(RecordError, match="Época 3: se esperaba una pérdida finita, se encontró que"):
        measure.on_epoch_end(2, {"loss": loss})


def test_the_user_is_told_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[dict] = []
    ticker = Ticker(lambda **event: events.append(event), steps=40, max_epochs=4)
    ticker.on_epoch_begin(1)
    for batch in range(40):
        ticker.on_train_batch_end(batch, {"loss": 0.5})
    ticker.on_epoch_end(1, {"val_loss": 0.25})
    assert events == [
        {"epoch": 2, "loss": 0.5, "done": 0.375},
        {"epoch": 2, "loss": 0.5, "done": 0.5},
        {"epoch": 2, "loss": 0.25, "done": 0.5, "unit_done": True},
    ]
