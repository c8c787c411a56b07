"""The judge's networks, its decision, and what its record says of it."""

import os
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import load_digits

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

import tensorflow as tf
from judges import ENVIRONMENT, judge_run, own_images

from experiments.data.sets import ImageData
from experiments.images import digit_judge
from experiments.images.digit_controls import applicable
from experiments.images.digit_judge import (
    Judge,
    brier_score,
    build_members,
    calibration_error,
    class_distribution,
    decide,
    flat_weights,
    measure_controls,
    set_flat_weights,
)
from experiments.kinds.base import Job
from experiments.kinds.gan import KIND as GAN
from experiments.kinds.judge import JudgeConfig, JudgeRecord
from experiments.records.base import Run
from experiments.records.storage import arrays_digest

CONFIG = JudgeConfig(epochs=3, batch_size=36, control_images=40)


@pytest.fixture(scope="module")
def data() -> ImageData:
    """Zeros, ones and fours that scikit-learn has, three times as large."""
    small, labels = load_digits(return_X_y=True)
    kept = np.isin(labels, [0, 1, 4])
    images = (small[kept].reshape(-1, 8, 8) * 255 / 16).round().astype(np.uint8)
    images = np.pad(np.kron(images, np.ones((1, 3, 3), np.uint8)), ((0, 0), (2, 2), (2, 2)))
    y = np.searchsorted([0, 1, 4], labels[kept]).astype(np.uint8)
    info = own_images("cero", "uno", "cuatro")
    return ImageData(images[:240], y[:240], images[240:340], y[240:340], 3, info)


@pytest.fixture(scope="module")
def trained(data: ImageData) -> tuple[Run, list[dict]]:
    """A judge that has seen few images, and the events of its training."""
    events: list[dict] = []
    job = Job(Path(), lambda **event: events.append(event))
    results, arrays = digit_judge.run(CONFIG, 1, data, job)
    record = JudgeRecord(
        seed=1,
        profile="test",
        data=data.info,
        environment=ENVIRONMENT,
        code_digest="0" * 64,
        finished_on="2026-01-01",
        duration_s=1,
        processor_s=1,
        arrays_digest=arrays_digest(arrays),
        config=CONFIG,
        **dict(results),
    )
    return Run("judge", record, arrays), events


def noise(n: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (n, 28, 28), np.uint8)


# --- networks ----------------------------------------------------------------------------


def test_the_parameters_by_hand() -> None:
    pooled, strided, third = build_members(3, 10, 0)
    convolutions = (9 * 1 + 1) * 16 + (9 * 16 + 1) * 32 + (9 * 32 + 1) * 64
    head = 97 * 11
    assert pooled.count_params() == convolutions + (7 * 7 * 64 + 1) * 96 + head == 325_515
    convolutions = 25 * 1 * 24 + 4 * 24 + 25 * 24 * 48 + 4 * 48
    assert strided.count_params() == convolutions + (7 * 7 * 48 + 1) * 96 + head == 256_643
    two_classes = build_members(1, 2, 0)[0]
    assert pooled.count_params() - two_classes.count_params() == 97 * 8
    assert third.name == pooled.name  # by turns
    assert (third.get_weights()[0] != pooled.get_weights()[0]).any()


def test_the_stored_weights_stay_under_three_megabytes() -> None:
    weights = flat_weights(build_members(2, 10, 0))
    assert weights.dtype == np.float16
    assert weights.nbytes < 3_000_000


def test_flat_weights_bring_every_member_back() -> None:
    one, other = (build_members(2, 10, seed) for seed in (1, 2))
    flat = flat_weights(one)
    assert (flat != flat_weights(other)).any()
    set_flat_weights(one, flat)  # rounded to half precision
    set_flat_weights(other, flat)
    for a, b in zip(one, other, strict=True):
        for left, right in zip(a.get_weights(), b.get_weights(), strict=True):
            np.testing.assert_array_equal(left, right)
    images = noise(20)
    np.testing.assert_array_equal(
        Judge(one, 0.8).probabilities(images), Judge(other, 0.8).probabilities(images)
    )


def test_other_weights_are_refused() -> None:
    with pytest.raises(ValueError, match=r"expected shape \(582158,\), found \(3,\)"):
        set_flat_weights(build_members(2, 10, 0), np.zeros(3, np.float16))
    with pytest.raises(ValueError, match="expected a judge, found gan"):
        Judge.load(Run("gan", GAN.record.model_construct(kind="gan"), {}))


def test_images_are_read_in_parts_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge.load(judge_run())
    images = noise(7)
    whole = judge.probabilities(images), judge.features(images)
    monkeypatch.setattr(digit_judge, "CHUNK", 3)
    assert whole[0].shape == (2, 7, 11)
    assert whole[1].shape == (7, 2 * 96)
    np.testing.assert_allclose(judge.probabilities(images), whole[0], atol=1e-6)
    np.testing.assert_allclose(judge.features(images), whole[1], atol=1e-4)
    np.testing.assert_allclose(whole[0].sum(axis=2), 1, atol=1e-5)
    assert judge.read(images[:0]).readable.shape == (0,)


def test_a_judge_of_own_classes_has_as_many_answers_and_one_more() -> None:
    judge = Judge.load(judge_run(data=own_images("bota", "bolso", "falda")))
    assert judge.n_classes == 3
    assert judge.probabilities(noise(2)).shape == (2, 2, 4)


# --- the decision ------------------------------------------------------------------------


def test_the_last_of_three_classes_is_not_taken_for_none() -> None:
    certain = np.array([[0, 0, 1, 0], [0.01, 0, 0, 0.99]])
    reading = decide(np.stack([certain, certain]), 0.8)  # two members of one mind
    assert reading.readable.tolist() == [True, False]
    assert reading.label.tolist() == [2, 0]


def answers(**probability: float) -> np.ndarray:
    """float64[11]: what is named (``d3`` the digit 3, ``none`` the non-digit), else 0."""
    row = np.zeros(11)
    for name, value in probability.items():
        row[10 if name == "none" else int(name[1:])] = value
    return row


@pytest.mark.parametrize(
    ("first", "second", "label", "confidence", "readable"),
    [
        (answers(d3=0.9, none=0.1), answers(d3=0.8, d8=0.2), 3, 0.8, True),  # equal to the threshold
        (answers(d3=0.9, none=0.1), answers(d3=0.79, d8=0.21), 3, 0.79, False),
        (answers(d3=0.95, d5=0.05), answers(d5=0.9, d3=0.1), 3, 0.1, False),  # 1.05 against 0.95
        (answers(none=0.9, d1=0.1), answers(none=0.95, d1=0.05), 1, 0.05, False),
        (answers(d7=1.0), answers(none=0.6, d7=0.4), 7, 0.4, False),
    ],
)
def test_readable_is_what_all_read_alike(first, second, label, confidence, readable) -> None:
    reading = decide(np.stack([first, second])[:, None], 0.8)
    assert (reading.label.dtype, reading.readable.dtype) == (np.uint8, bool)
    assert (reading.label[0], reading.readable[0]) == (label, readable)
    assert reading.confidence[0] == pytest.approx(confidence)


def test_a_low_threshold_still_asks_for_agreement() -> None:
    probabilities = np.stack([answers(d3=0.6, d5=0.4), answers(d5=0.55, d3=0.45)])[:, None]
    assert not decide(probabilities, 0.3).readable[0]


def test_the_distribution_is_over_the_classes_alone() -> None:
    """Means of 0.3 and 0.1 on two classes, and 0.6 on none: three to one."""
    probabilities = np.stack([answers(d2=0.4, d4=0.2, none=0.4), answers(d2=0.2, none=0.8)])[:, None]
    expected = answers(d2=0.75, d4=0.25)[:10]
    np.testing.assert_allclose(class_distribution(probabilities)[0], expected)


# --- calibration -------------------------------------------------------------------------


def test_calibration_error_by_hand() -> None:
    """Four at 0.8 of which two are right, and one right at 1: (4 · |0.5 - 0.8| + 0) / 5."""
    sure, likely = answers(d0=1.0)[:10], answers(d0=0.8, d1=0.2)[:10]
    distribution = np.stack([likely, likely, likely, likely, sure])
    labels = np.array([0, 0, 1, 1, 0], np.uint8)
    assert calibration_error(distribution, labels) == pytest.approx(0.24)
    assert calibration_error(distribution[4:], labels[4:]) == 0


def test_brier_score_by_hand() -> None:
    labels = np.array([0], np.uint8)
    assert brier_score(np.full((1, 10), 0.1), labels) == pytest.approx(0.9**2 + 9 * 0.1**2)
    assert brier_score(answers(d0=1.0)[None, :10], labels) == 0
    assert brier_score(answers(d1=1.0)[None, :10], labels) == 2


# --- the experiment ----------------------------------------------------------------------


def test_training_tells_classes_apart_and_from_noise(trained, data) -> None:
    record = trained[0].record
    assert record.n_test == 100
    assert record.correct > 85
    assert {control.n for control in record.controls} == {40}
    assert [control.name for control in record.controls] == applicable(data.info)
    judge = Judge.load(trained[0])
    assert judge.read(data.x_test).confidence.mean() > 0.3
    assert judge.read(noise(200)).confidence.max() < 0.2


def test_training_reports_every_epoch(trained) -> None:
    *epochs, controls = trained[1]
    assert [event["epoch"] for event in epochs] == [1, 2, 3]
    assert [event["done"] for event in epochs] == [1 / 3, 2 / 3, 1]
    assert epochs[-1]["loss"] < epochs[0]["loss"]
    assert controls["phase"] == "controles"


def test_the_members_are_described_as_they_were_trained(trained) -> None:
    first, second = trained[0].record.members
    assert (first.role, second.role) == ("pooled-1", "strided-2")
    assert first.layers[-1].shape == (4,)
    assert (first.loss, first.optimizer.kind) == ("sparse_categorical_crossentropy", "Adam")
    # 240 images and half as many of no class, in batches of 36, three times
    assert first.optimizer.settings["learning_rate.decay_steps"] == 3 * 10


def test_the_loaded_judge_decides_as_recorded(trained, data) -> None:
    """The record was made with the very weights that it stores."""
    run = trained[0]
    judge = Judge.load(run)
    kept = np.random.default_rng(1).permutation(100)[:40]
    controls, shown = measure_controls(judge, applicable(data.info), data.x_test[kept], data.y_test[kept], 1)
    assert controls == run.record.controls
    np.testing.assert_array_equal(shown, run.arrays["shown"])
    assert shown.shape == (12, 8, 28, 28)
    distribution = class_distribution(judge.probabilities(data.x_test))
    assert (distribution.argmax(axis=1) == data.y_test).sum() == run.record.correct


def test_controls_say_what_they_are(data) -> None:
    judge = Judge.load(judge_run())
    controls, _ = measure_controls(judge, ["real", "letters"], data.x_test[:8], data.y_test[:8], 1)
    assert [(each.family, each.readable_expected, each.limit) for each in controls] == [
        ("trained", True, 0.9),
        ("unseen", False, 0.1),
    ]


@pytest.mark.filterwarnings("ignore:Even though the")  # TensorFlow, of its own reading of the batches
def test_training_repeats_by_seed(data, eager) -> None:
    few = ImageData(data.x_train[:20], data.y_train[:20], data.x_test[:8], data.y_test[:8], 3, data.info)

    def weights(seed: int, members: int = 2) -> np.ndarray:
        config = JudgeConfig(epochs=1, batch_size=16, members=members)
        return flat_weights(digit_judge.train(config, seed, few, lambda **event: None))

    first, again, other = weights(1), weights(1), weights(2, members=1)
    np.testing.assert_array_equal(first, again)
    assert (first[: len(other)] != other).any()


@pytest.fixture
def eager():
    """Nearly all of the time of a few steps goes into building the graphs of the networks."""
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)
