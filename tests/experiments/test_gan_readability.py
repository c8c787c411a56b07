"""Measures of generated images on numbers worked out by hand, and a whole run on tiny networks."""

import datetime
import os
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
import studies

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from judges import judge_run

from experiments import gan_mnist, gan_readability
from experiments.datasets import Digits
from experiments.digit_judge import Judge, Reading
from experiments.gan_readability import (
    frechet_distance,
    memorised,
    mnist_score,
    nearest_to_threshold,
    variance_ratio,
)
from experiments.records import (
    DataInfo,
    GanConfig,
    ReadabilityConfig,
    ReadabilityRecord,
    Run,
    arrays_digest,
)

# Keras, of NumPy, when it saves weights.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

GAN = GanConfig(
    architecture="dense",
    iterations=4,
    sample_every=2,
    grid_size=5,
    samples_kept=6,
    weights_every=2,
    batch_size=8,
    latent_dim=6,
)
CONFIG = ReadabilityConfig(images=30, compared_images=20, shown=3)


def noise(n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (n, 28, 28), np.uint8)


DATA = Digits(
    noise(60, 1),
    np.arange(60).astype(np.uint8) % 10,
    noise(40, 2),
    np.arange(40).astype(np.uint8) % 10,
    DataInfo(name="mnist", digest="d" * 64, n_train=60, n_test=40),
)


def reading(digits: list[int], readable: list[bool], confidence: list[float] | None = None) -> Reading:
    return Reading(
        np.array(digits, np.int8),
        np.array(confidence or [0.9 if each else 0.1 for each in readable]),
        np.array(readable),
    )


# --- scores ------------------------------------------------------------------------------


def test_mnist_score_counts_the_classes_that_are_certain() -> None:
    assert mnist_score(np.full((50, 10), 0.1)) == pytest.approx(1)
    assert mnist_score(np.eye(10)[np.arange(50) % 10]) == pytest.approx(10)
    assert mnist_score(np.eye(10)[np.arange(50) % 2]) == pytest.approx(2)
    assert mnist_score(np.eye(10)[np.zeros(50, int)]) == pytest.approx(1)


def test_mnist_score_of_a_doubtful_pair() -> None:
    """(0.8, 0.2) and (0.2, 0.8) around (0.5, 0.5): 0.8 ln 1.6 + 0.2 ln 0.4 nats."""
    distribution = np.zeros((2, 10))
    distribution[:, :2] = [[0.8, 0.2], [0.2, 0.8]]
    assert mnist_score(distribution) == pytest.approx(1.6**0.8 * 0.4**0.2)


def test_frechet_distance_by_hand() -> None:
    """In one dimension: (difference of means)² + (difference of deviations)² = 9 + 1."""
    a = np.array([[-sqrt(2)], [sqrt(2)]])  # mean 0, variance 4
    b = 3 + np.array([[-sqrt(4.5)], [sqrt(4.5)]])  # mean 3, variance 9
    assert frechet_distance(a, b) == pytest.approx(10)
    assert frechet_distance(a, a) == pytest.approx(0, abs=1e-9)


def test_frechet_distance_of_two_dimensions_by_hand() -> None:
    """Covariances diag(4, 1) and diag(1, 4): each axis gives (2 - 1)²; turned alike, the same."""
    cross = np.array([[1, 0], [-1, 0], [0, 1], [0, -1]]) * sqrt(1.5)  # covariance 1, without the scale
    a, b = cross * [2, 1], cross * [1, 2]
    assert frechet_distance(a, b) == pytest.approx(2)
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    assert frechet_distance(a @ turn, b @ turn) == pytest.approx(2)


def test_frechet_distance_with_more_features_than_images() -> None:
    a, b = np.random.default_rng(0).normal(size=(2, 10, 50))
    assert frechet_distance(a, a) == pytest.approx(0, abs=1e-6)
    assert frechet_distance(a, b) == pytest.approx(frechet_distance(b, a))
    assert frechet_distance(a, b + 1) - frechet_distance(a, b) == pytest.approx(
        50 + 2 * (b.mean(0) - a.mean(0)).sum()
    )


# --- collapse ----------------------------------------------------------------------------


def pairs(low: int, high: int) -> np.ndarray:
    """Ten even images, half of each level."""
    return np.tile(np.array([low, high] * 5, np.uint8)[:, None, None], (1, 28, 28))


def test_variance_ratio_is_of_the_same_digit() -> None:
    """Levels 10 apart against 20 apart: a quarter of the variance, whatever the digits' levels."""
    generated = np.concatenate([pairs(0, 10), pairs(100, 110)])
    real = np.concatenate([pairs(50, 70), pairs(200, 220)])
    read = reading([1] * 10 + [2] * 10, [True] * 20)
    assert variance_ratio(generated, read, real, read) == pytest.approx(0.25)


def test_variance_ratio_of_copies_is_zero() -> None:
    read = reading([4] * 10, [True] * 10)
    assert variance_ratio(pairs(7, 7), read, pairs(0, 9), read) == 0


def test_variance_ratio_leaves_out_what_cannot_be_compared() -> None:
    """Digit 2 has nine readable images: only digit 1 counts, and without it there is no ratio."""
    generated = np.concatenate([pairs(0, 10), pairs(0, 200)])
    read = reading([1] * 10 + [2] * 10, [True] * 19 + [False])
    assert variance_ratio(generated, read, np.concatenate([pairs(0, 10)] * 2), read) == pytest.approx(1)
    only = reading([1] * 10 + [2] * 10, [False] * 10 + [True] * 10)
    assert variance_ratio(generated, read, generated, only) is None


# --- memorisation ------------------------------------------------------------------------


def test_copies_of_the_training_images_are_always_nearer() -> None:
    train, real = noise(30, 1), noise(10, 2)
    found, shown = memorised(real, train[5:15], train, 4)
    assert (found.n, found.auc) == (10, 1)
    assert found.median_generated == pytest.approx(0, abs=1e-3)
    assert found.median_real > 5
    assert found.p < 0.001
    assert (shown.shape, shown.dtype) == ((4, 2, 28, 28), np.uint8)
    np.testing.assert_array_equal(shown[:, 0], shown[:, 1])


def test_distances_by_hand() -> None:
    """Even images: a difference of 51 levels is 0.2 in each of 784 pixels, 0.2 · 28 in all."""
    levels = np.array([0, 51, 153, 204], np.uint8)
    train, real, generated = (
        np.tile(each[:, None, None], (1, 28, 28)) for each in (levels[[0, 3]], levels[[1]], levels[[2, 3]])
    )
    found, shown = memorised(np.concatenate([real, real]), generated, train, 1)
    assert found.median_real == pytest.approx(5.6, rel=1e-5)
    assert found.median_generated == pytest.approx(2.8, abs=1e-3)  # 5.6 and 0
    assert found.auc == pytest.approx(0.75, abs=0.26)
    assert shown[0, :, 0, 0].tolist() == [204, 204]


def test_real_images_that_are_copies_turn_it_round() -> None:
    train = noise(30, 1)
    assert memorised(train[:10], noise(10, 2), train, 2)[0].auc == 0


# --- strips ------------------------------------------------------------------------------


def test_strips_show_the_nearest_to_the_threshold() -> None:
    images = np.tile(np.arange(5, dtype=np.uint8)[:, None, None], (1, 28, 28))
    read = reading([0] * 5, [True, True, True, False, False], [0.9, 0.99, 0.85, 0.2, 0.7])
    strips = nearest_to_threshold(images, read, 2)
    assert strips["above"][:, 0, 0].tolist() == [2, 0]
    assert strips["below"][:, 0, 0].tolist() == [4, 3]
    assert nearest_to_threshold(images, read, 9)["above"].shape == (3, 28, 28)


# --- a whole run -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    folder = tmp_path_factory.mktemp("gan")
    (folder / "weights").mkdir()
    (folder / "work").mkdir()
    results, arrays = gan_mnist.run(GAN, 3, DATA, folder, lambda **event: None)
    made = studies.gan_run().record.model_copy(update={"seed": 3, "config": GAN, **results})
    return Run("gan/seed-3", made, arrays), folder


Measured = tuple[dict, dict, list[dict]]


def measure(gan: tuple[Run, Path], seed: int = 3) -> Measured:
    """Results, arrays and events."""
    events: list[dict] = []
    # untrained members seldom agree; with no threshold some images are readable
    judge = judge_run(threshold=0.0)
    results, arrays = gan_readability.run(
        CONFIG, seed, DATA, gan[0], gan[1], judge, lambda **event: events.append(event)
    )
    return results, arrays, events


@pytest.fixture(scope="module")
def measured(gan) -> Measured:
    return measure(gan)


def test_a_run_is_a_record(measured) -> None:
    results, arrays, events = measured
    record = ReadabilityRecord(
        seed=3,
        profile="test",
        data=DATA.info,
        environment=studies.ENVIRONMENT,
        code_digest="0" * 64,
        finished_on=datetime.date(2026, 1, 1),
        arrays_digest=arrays_digest(arrays),
        upstream={"gan/seed-3": "1" * 64, "judge": "2" * 64},
        config=CONFIG,
        **results,
    )
    assert record.architecture == "dense"
    assert [(step.iteration, step.n) for step in record.steps] == [(0, 30), (2, 30), (4, 30)]
    assert all(sum(step.by_digit) == step.readable for step in record.steps)
    assert record.memorisation.n == 20
    assert arrays["grid_digit"].shape == arrays["grid_readable"].shape == (3, 5)
    assert (arrays["grid_digit"].dtype, arrays["grid_readable"].dtype) == (np.int8, bool)
    assert arrays["pairs"].shape == (3, 2, 28, 28)
    assert [event["done"] for event in events] == [pytest.approx(i / 3) for i in (1, 2, 3)]


def test_what_is_measured_are_fresh_images_of_the_stored_generators(gan, measured) -> None:
    """By the judge itself on images drawn anew from the stored weights."""
    run, folder = gan
    drawer = gan_mnist.Gan(GAN, 3)
    drawer.generator.load_weights(gan_mnist.weights_path(folder, 4))
    images = drawer.images(drawer.noise(30, gan_readability.MEASURING_NOISE, 4))
    judge = Judge.load(judge_run(threshold=0.0))
    results, arrays, _ = measured
    read = judge.read(images)
    assert results["steps"][-1].readable == read.readable.sum()
    assert len(arrays["above"]) == min(3, read.readable.sum())
    assert not (images[:6, None] == run.arrays["samples"][-1][None]).all(axis=(2, 3)).any()
    grid = judge.read(run.arrays["grid"][1])
    np.testing.assert_array_equal(arrays["grid_digit"][1], grid.digit)
    np.testing.assert_array_equal(arrays["grid_readable"][1], grid.readable)


def test_a_run_repeats_and_the_seed_chooses_the_real_images(gan, measured) -> None:
    first, again, other = measured, measure(gan), measure(gan, seed=4)
    assert first[0] | {"duration_s": 0} == again[0] | {"duration_s": 0}
    for name, array in first[1].items():
        np.testing.assert_array_equal(array, again[1][name])
    assert first[0]["frechet_floor"] != other[0]["frechet_floor"]


def test_only_a_gan_is_measured(gan) -> None:
    with pytest.raises(ValueError, match="expected a GAN, found judge"):
        gan_readability.run(CONFIG, 1, DATA, judge_run(), gan[1], judge_run(), lambda **event: None)
