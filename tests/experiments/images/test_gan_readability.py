"""Measures of generated images on numbers worked out by hand, and a whole run on tiny networks."""

import os
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from judges import ENVIRONMENT, judge_run, own_images

from experiments.data.sets import ImageData
from experiments.images import gan_mnist, gan_readability
from experiments.images.digit_judge import Judge, Reading
from experiments.images.gan_mnist import GRID_NOISE, Gan, weights_path
from experiments.images.gan_readability import (
    frechet_distance,
    nearest_to_threshold,
    score,
    variance_ratio,
)
from experiments.kinds.base import Job, Needed
from experiments.kinds.gan import GanConfig, GanRecord
from experiments.kinds.readability import ReadabilityConfig, ReadabilityRecord, ReadabilityResults
from experiments.records.base import WORK, Arrays, DataInfo, RecordError, Run
from experiments.records.storage import arrays_digest

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
CONFIG = ReadabilityConfig(images=30, control_images=20, shown=3)
COMMON = {
    "profile": "test",
    "environment": ENVIRONMENT,
    "code_digest": "0" * 64,
    "finished_on": "2026-01-01",
    "duration_s": 1,
    "processor_s": 1,
}


def noise(n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (n, 28, 28), np.uint8)


DATA = ImageData(
    noise(60, 1),
    np.arange(60).astype(np.uint8) % 10,
    noise(40, 2),
    np.arange(40).astype(np.uint8) % 10,
    10,
    DataInfo(name="mnist", digest="d" * 64, n_train=60, n_test=40),
)


def reading(labels: list[int], readable: list[bool], confidence: list[float] | None = None) -> Reading:
    return Reading(
        np.array(labels, np.uint8),
        np.array(confidence or [0.9 if each else 0.1 for each in readable]),
        np.array(readable),
    )


# --- scores ------------------------------------------------------------------------------


def test_the_score_counts_the_classes_that_are_certain() -> None:
    assert score(np.full((50, 10), 0.1)) == pytest.approx(1)
    assert score(np.eye(10)[np.arange(50) % 10]) == pytest.approx(10)
    assert score(np.eye(10)[np.arange(50) % 2]) == pytest.approx(2)
    assert score(np.eye(10)[np.zeros(50, int)]) == pytest.approx(1)
    assert score(np.eye(3)[np.arange(51) % 3]) == pytest.approx(3)
    assert score(np.eye(300)[np.arange(300)]) == pytest.approx(300)


def test_the_score_of_a_doubtful_pair() -> None:
    """(0.8, 0.2) and (0.2, 0.8) around (0.5, 0.5): 0.8 ln 1.6 + 0.2 ln 0.4 nats."""
    distribution = np.zeros((2, 10))
    distribution[:, :2] = [[0.8, 0.2], [0.2, 0.8]]
    assert score(distribution) == pytest.approx(1.6**0.8 * 0.4**0.2)


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


def test_variance_ratio_is_of_the_same_class() -> None:
    """Levels 10 apart against 20 apart: a quarter of the variance, whatever the classes' levels."""
    generated = np.concatenate([pairs(0, 10), pairs(100, 110)])
    real = np.concatenate([pairs(50, 70), pairs(200, 220)])
    read = reading([1] * 10 + [2] * 10, [True] * 20)
    assert variance_ratio(generated, read, real, read) == pytest.approx(0.25)


def test_variance_ratio_of_copies_is_zero() -> None:
    read = reading([4] * 10, [True] * 10)
    assert variance_ratio(pairs(7, 7), read, pairs(0, 9), read) == 0


def test_variance_ratio_leaves_out_what_cannot_be_compared() -> None:
    """The class 2 has nine readable images: only the class 1 counts, and without it there is no ratio."""
    generated = np.concatenate([pairs(0, 10), pairs(0, 200)])
    read = reading([1] * 10 + [2] * 10, [True] * 19 + [False])
    assert variance_ratio(generated, read, np.concatenate([pairs(0, 10)] * 2), read) == pytest.approx(1)
    only = reading([1] * 10 + [2] * 10, [False] * 10 + [True] * 10)
    assert variance_ratio(generated, read, generated, only) is None


# --- strips ------------------------------------------------------------------------------


def test_strips_show_the_nearest_to_the_threshold() -> None:
    images = np.tile(np.arange(5, dtype=np.uint8)[:, None, None], (1, 28, 28))
    read = reading([5, 6, 7, 8, 9], [True, True, True, False, False], [0.9, 0.99, 0.85, 0.2, 0.7])
    strips = nearest_to_threshold(images, read, 2)
    assert strips["above"][:, 0, 0].tolist() == [2, 0]
    assert strips["above_class"].tolist() == [7, 5]
    assert strips["below"][:, 0, 0].tolist() == [4, 3]
    assert strips["below_class"].tolist() == [9, 8]
    assert nearest_to_threshold(images, read, 9)["above"].shape == (3, 28, 28)


# --- a whole run -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gan(tmp_path_factory: pytest.TempPathFactory) -> Needed:
    folder = tmp_path_factory.mktemp("gan")
    (folder / WORK).mkdir()
    results, arrays = gan_mnist.run(GAN, 3, DATA, Job(folder, lambda **event: None))
    record = GanRecord(
        seed=3, config=GAN, data=DATA.info, arrays_digest=arrays_digest(arrays), **COMMON, **dict(results)
    )
    return Needed(Run("gan/seed-3", record, arrays), folder)


Measured = tuple[ReadabilityResults, Arrays, list[dict]]
# untrained members seldom agree; with no threshold some images are readable
JUDGE = judge_run(threshold=0.0)


def measure(gan: Needed, seed: int = 3, config: ReadabilityConfig = CONFIG) -> Measured:
    """Results, arrays and events."""
    events: list[dict] = []
    needs = {"gan": gan, "judge": Needed(JUDGE, Path())}
    job = Job(Path(), lambda **event: events.append(event), needs)
    results, arrays = gan_readability.run(config, seed, DATA, job)
    return results, arrays, events


@pytest.fixture(scope="module")
def measured(gan) -> Measured:
    return measure(gan)


def images_of(gan: Needed, iteration: int, average: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Fresh images and the grid, drawn anew from the stored weights."""
    drawer = Gan(GAN, 3)
    drawer.generator.load_weights(weights_path(gan.folder, iteration, average))
    fresh = drawer.images(drawer.noise(30, gan_readability.MEASURING_NOISE, iteration))
    return fresh, drawer.images(drawer.noise(5, GRID_NOISE, 0))


def test_a_run_is_a_record(measured) -> None:
    results, arrays, events = measured
    record = ReadabilityRecord(
        seed=3,
        data=DATA.info,
        arrays_digest=arrays_digest(arrays),
        upstream={"gan/seed-3": "1" * 64, "judge": "2" * 64},
        config=CONFIG,
        **COMMON,
        **dict(results),
    )
    assert [(step.iteration, step.n) for step in record.steps] == [(0, 30), (2, 30), (4, 30)]
    assert all(sum(step.by_class) == step.readable for step in record.steps)
    assert [each.label for each in record.copies.by_class] == list(range(10))
    assert arrays["grid"].shape == (3, 5, 28, 28)
    assert arrays["grid_class"].shape == arrays["grid_readable"].shape == (3, 5)
    assert arrays["fresh_class"].shape == arrays["fresh_readable"].shape == (3, 30)
    for name in ("grid", "fresh"):
        assert (arrays[f"{name}_class"].dtype, arrays[f"{name}_readable"].dtype) == (np.uint8, bool)
    assert len(arrays["pairs"]) == sum(count > 0 for count in record.steps[-1].by_class)
    assert [event["done"] for event in events] == [pytest.approx(i / 4) for i in (1, 2, 3, 3)]
    assert [event.get("iteration") for event in events] == [0, 2, 4, None]


def test_what_is_measured_are_fresh_images_of_the_stored_generators(gan, measured) -> None:
    """By the judge itself on images drawn anew from the stored weights."""
    judge = Judge.load(JUDGE)
    results, arrays, _ = measured
    for place, iteration in enumerate((0, 2, 4)):
        fresh, grid = images_of(gan, iteration)
        read, in_grid = judge.read(fresh), judge.read(grid)
        assert results.steps[place].readable == read.readable.sum()
        np.testing.assert_array_equal(arrays["fresh_class"][place], read.label)
        np.testing.assert_array_equal(arrays["fresh_readable"][place], read.readable)
        np.testing.assert_array_equal(arrays["grid"][place], grid)
        np.testing.assert_array_equal(arrays["grid_class"][place], in_grid.label)
        np.testing.assert_array_equal(arrays["grid_readable"][place], in_grid.readable)
    assert len(arrays["above"]) == min(3, read.readable.sum())
    sampled = gan.run.arrays["samples"][-1]
    assert not (fresh[:6, None] == sampled[None]).all(axis=(2, 3)).any()


def test_the_grid_is_that_of_the_gan_where_both_drew_it(gan, measured) -> None:
    np.testing.assert_array_equal(measured[1]["grid"], gan.run.arrays["grid"])  # at 0, 2 and 4


def test_the_averaged_generators_are_measured_if_asked_for(gan, measured) -> None:
    results, arrays, _ = measure(gan, config=CONFIG.model_copy(update={"weights": "average"}))
    np.testing.assert_array_equal(arrays["grid"][-1], images_of(gan, 4, average=True)[1])
    assert (arrays["grid"][-1] != measured[1]["grid"][-1]).any()
    assert results.steps[-1].frechet != measured[0].steps[-1].frechet


def test_a_gan_without_an_average_is_refused(gan) -> None:
    without = gan.run.record.model_copy(update={"config": GAN.model_copy(update={"ema": None})})
    needed = Needed(Run("gan/seed-3", without, gan.run.arrays), gan.folder)
    with pytest.raises(RecordError) as error:
        measure(needed, config=CONFIG.model_copy(update={"weights": "average"}))
    assert str(error.value) == (
        "gan/seed-3: se esperaba una GAN con la media de los pesos de G (weights = average), se encontró "
        "una entrenada sin ella; indique gan.ema o elija weights = last."
    )


def test_a_run_repeats_and_the_seed_chooses_the_real_images(gan, measured) -> None:
    first, again, other = measured, measure(gan), measure(gan, seed=4)
    assert first[0] == again[0]
    for name, array in first[1].items():
        np.testing.assert_array_equal(array, again[1][name])
    assert first[0].frechet_floor != other[0].frechet_floor


def test_a_judge_of_two_classes_counts_two(gan) -> None:
    info = own_images("perro", "gato")
    run = judge_run(threshold=0.0, data=info)
    step, read = gan_readability.measure(Judge.load(run), noise(12, 5), np.zeros((3, 192)), 7)
    assert len(step.by_class) == 2
    assert set(read.label) <= {0, 1}
    assert 1 <= step.score <= 2


def test_only_a_gan_is_measured() -> None:
    judge = Needed(JUDGE, Path())
    job = Job(Path(), lambda **event: None, {"gan": judge, "judge": judge})
    with pytest.raises(ValueError, match="expected a GAN, found judge"):
        gan_readability.run(CONFIG, 1, DATA, job)
