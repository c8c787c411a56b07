"""The judge's networks, its decision, and what its record says of it."""

import datetime
import os
from pathlib import Path

import numpy as np
import pytest
import studies

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from judges import judge_run

from experiments import datasets, digit_judge
from experiments.digit_judge import (
    Judge,
    brier_score,
    build_members,
    calibration_error,
    decide,
    digit_distribution,
    flat_weights,
    measure_controls,
    set_flat_weights,
)
from experiments.records import JudgeConfig, JudgeRecord, Run, arrays_digest

CONFIG = JudgeConfig(epochs=2, control_images=200)


@pytest.fixture(scope="module")
def data() -> datasets.Digits:
    """The built-in sample, whose text takes seconds to read."""
    return datasets.load_mnist(None)


@pytest.fixture(scope="module")
def trained(data: datasets.Digits) -> tuple[Run, list[dict]]:
    """A judge that has seen the built-in sample twice, and the events of its training."""
    events: list[dict] = []
    results, arrays = digit_judge.run(CONFIG, 1, data, Path(), lambda **event: events.append(event))
    record = JudgeRecord(
        seed=1,
        profile="test",
        data=data.info,
        environment=studies.ENVIRONMENT,
        code_digest="0" * 64,
        finished_on=datetime.date(2026, 1, 1),
        arrays_digest=arrays_digest(arrays),
        config=CONFIG,
        **results,
    )
    return Run("judge", record, arrays), events


def noise(n: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (n, 28, 28), np.uint8)


# --- networks ----------------------------------------------------------------------------


def test_the_parameters_by_hand() -> None:
    pooled, strided, third = build_members(JudgeConfig(members=3), 0)
    convolutions = (9 * 1 + 1) * 16 + (9 * 16 + 1) * 32 + (9 * 32 + 1) * 64
    head = 97 * 11
    assert pooled.count_params() == convolutions + (7 * 7 * 64 + 1) * 96 + head == 325_515
    convolutions = 25 * 1 * 24 + 4 * 24 + 25 * 24 * 48 + 4 * 48
    assert strided.count_params() == convolutions + (7 * 7 * 48 + 1) * 96 + head == 256_643
    assert third.name == pooled.name  # by turns
    assert (third.get_weights()[0] != pooled.get_weights()[0]).any()


def test_the_stored_weights_stay_under_three_megabytes() -> None:
    weights = flat_weights(build_members(JudgeConfig(), 0))
    assert weights.dtype == np.float16
    assert weights.nbytes < 3_000_000


def test_flat_weights_bring_every_member_back() -> None:
    one, other = (build_members(JudgeConfig(), seed) for seed in (1, 2))
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
        set_flat_weights(build_members(JudgeConfig(), 0), np.zeros(3, np.float16))
    with pytest.raises(ValueError, match="expected a judge, found gan"):
        Judge.load(studies.gan_run())


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


# --- the decision ------------------------------------------------------------------------


def answers(**probability: float) -> np.ndarray:
    """float64[11]: what is named (``d3`` the digit 3, ``none`` the non-digit), else 0."""
    row = np.zeros(11)
    for name, value in probability.items():
        row[10 if name == "none" else int(name[1:])] = value
    return row


@pytest.mark.parametrize(
    ("first", "second", "digit", "confidence", "readable"),
    [
        (answers(d3=0.9, none=0.1), answers(d3=0.8, d8=0.2), 3, 0.8, True),  # equal to the threshold
        (answers(d3=0.9, none=0.1), answers(d3=0.79, d8=0.21), 3, 0.79, False),
        (answers(d3=0.95, d5=0.05), answers(d5=0.9, d3=0.1), 3, 0.1, False),  # 1.05 against 0.95
        (answers(none=0.9, d1=0.1), answers(none=0.95, d1=0.05), 1, 0.05, False),
        (answers(d7=1.0), answers(none=0.6, d7=0.4), 7, 0.4, False),
    ],
)
def test_readable_is_what_all_read_alike(first, second, digit, confidence, readable) -> None:
    reading = decide(np.stack([first, second])[:, None], 0.8)
    assert (reading.digit.dtype, reading.readable.dtype) == (np.int8, bool)
    assert (reading.digit[0], reading.readable[0]) == (digit, readable)
    assert reading.confidence[0] == pytest.approx(confidence)


def test_a_low_threshold_still_asks_for_agreement() -> None:
    probabilities = np.stack([answers(d3=0.6, d5=0.4), answers(d5=0.55, d3=0.45)])[:, None]
    assert not decide(probabilities, 0.3).readable[0]


def test_the_distribution_is_over_the_digits_alone() -> None:
    """Means of 0.3 and 0.1 on two digits, and 0.6 on none: three to one."""
    probabilities = np.stack([answers(d2=0.4, d4=0.2, none=0.4), answers(d2=0.2, none=0.8)])[:, None]
    expected = answers(d2=0.75, d4=0.25)[:10]
    np.testing.assert_allclose(digit_distribution(probabilities)[0], expected)


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


def test_training_tells_digits_apart_and_from_noise(trained, data) -> None:
    record = trained[0].record
    assert record.n_test == 1_000
    assert record.correct > 850
    assert {control.n for control in record.controls} == {200}
    judge = Judge.load(trained[0])
    assert judge.read(data.x_test).confidence.mean() > 0.3
    assert judge.read(noise(200)).confidence.max() < 0.1


def test_training_reports_every_epoch(trained) -> None:
    first, last = trained[1]
    assert (first["epoch"], first["done"], last["epoch"], last["done"]) == (1, 0.5, 2, 1)
    assert last["loss"] < first["loss"]


def test_the_loaded_judge_decides_as_recorded(trained, data) -> None:
    """The record was made with the very weights that it stores."""
    run = trained[0]
    judge = Judge.load(run)
    kept = np.random.default_rng(1).permutation(1_000)[:200]
    controls, shown = measure_controls(judge, data.x_test[kept], data.y_test[kept], 1)
    assert controls == run.record.controls
    np.testing.assert_array_equal(shown, run.arrays["shown"])
    assert shown.shape == (12, 8, 28, 28)
    distribution = digit_distribution(judge.probabilities(data.x_test))
    assert (distribution.argmax(axis=1) == data.y_test).sum() == run.record.correct


def test_training_repeats_by_seed(data) -> None:
    """Of few images: nearly all of the time goes into building the graphs of the networks."""
    few = datasets.Digits(data.x_train[:40], data.y_train[:40], data.x_test[:20], data.y_test[:20], data.info)

    def weights(seed: int, members: int = 2) -> np.ndarray:
        config = JudgeConfig(epochs=1, batch_size=16, control_images=5, members=members)
        return digit_judge.run(config, seed, few, Path(), lambda **event: None)[1]["weights"]

    first, again, other = weights(1), weights(1), weights(2, members=1)
    np.testing.assert_array_equal(first, again)
    assert (first[: len(other)] != other).any()
