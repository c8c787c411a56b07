"""The measure and the test on numbers worked out by hand; copies that must be found, and none."""

import os
from typing import get_args

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from experiments.images import copies
from experiments.images.copies import (
    DEFORMATIONS,
    Limit,
    Sample,
    control,
    deformed,
    limit_of,
    look_for_copies,
    nearest,
    readable,
    stratified_auc,
)
from experiments.images.digit_judge import Reading
from experiments.kinds.readability import DeformationName
from experiments.records.coherence import readability as coherence


def strokes(n: int, seed: int, label: int = 0) -> np.ndarray:
    """Random figures, uint8[n, 28, 28], those of the class 1 with a bright corner."""
    rng = np.random.default_rng(seed)
    knots = np.kron(rng.random((n, 4, 7)) > 0.5, np.ones((1, 5, 3))) * 255
    images = np.pad(knots, ((0, 0), (4, 4), (3, 4))).astype(np.uint8)
    images[:, :6, :6] = 255 * label
    return images


class Reader:
    """A judge of two classes that reads the corner."""

    n_classes = 2

    def read(self, images: np.ndarray) -> Reading:
        n = len(images)
        label = images[:, 2:4, 2:4].reshape(n, 4).mean(axis=1) > 127
        return Reading(label.astype(np.uint8), np.ones(n), np.ones(n, bool))


class Sure:
    """A judge that reads the class 0 in everything."""

    n_classes = 2

    def read(self, images: np.ndarray) -> Reading:
        n = len(images)
        return Reading(np.zeros(n, np.uint8), np.ones(n), np.ones(n, bool))


def sample(images: np.ndarray, label: int = 0) -> Sample:
    return Sample(images, np.full(len(images), label, np.uint8))


# --- the measure -------------------------------------------------------------------------


def test_the_measure_by_hand() -> None:
    """Even images, which neither blur nor a shift changes: 10 levels from the nearest of three that
    are 10, 20 and 60 levels away."""
    train = np.stack([np.full((28, 28), level, np.uint8) for level in (40, 70, 110)])
    found = nearest(np.full((1, 28, 28), 50, np.uint8), train)
    assert found.measure[0] == pytest.approx(10 / 30, rel=1e-4)
    assert found.place.tolist() == [0]


def test_the_same_image_measures_nothing_wherever_it_was_moved_by_a_pixel() -> None:
    train = strokes(30, 1)
    for moved, tolerance in ((train, 1e-3), (np.roll(train, (1, -1), (1, 2)), 0.05)):
        found = nearest(moved, train)
        np.testing.assert_allclose(found.measure, 0, atol=tolerance)
        assert found.place.tolist() == list(range(30))
    assert (nearest(np.roll(train, 3, 1), train).measure > 0.2).all()


def test_among_images_all_alike_nothing_is_nearer() -> None:
    train = np.repeat(strokes(1, 1), 20, axis=0)
    np.testing.assert_allclose(nearest(strokes(3, 2), train).measure, 1, atol=1e-4)
    np.testing.assert_array_equal(nearest(train[:1], train).measure, 0)  # not 0 / 0


def test_fewer_training_images_than_neighbours_are_enough() -> None:
    assert nearest(strokes(2, 2), strokes(1, 1)).measure.tolist() == [1, 1]


def test_like_is_compared_with_like() -> None:
    images = strokes(4, 1)
    reading = Reading(np.array([0, 1, 1, 0], np.uint8), np.ones(4), np.array([True, True, False, True]))
    assert readable(images, reading).label.tolist() == [0, 1, 0]
    rightly = readable(images, reading, np.array([0, 0, 1, 0], np.uint8))
    np.testing.assert_array_equal(rightly.images, images[[0, 3]])
    assert len(rightly.of(1)) == 0


# --- the limit ---------------------------------------------------------------------------


def test_the_limit_by_hand() -> None:
    """0.02 · 150 = 3: the third smallest of 149, which a further one undercuts 3 times in 150."""
    real = np.random.default_rng(0).permutation(149) / 149
    assert limit_of(real) == Limit(2 / 149, pytest.approx(0.02))
    assert limit_of(real[:100]).share == pytest.approx(2 / 101)
    assert limit_of(np.arange(49.0)) == Limit(0.0, pytest.approx(0.02))
    assert limit_of(np.arange(48.0)) is None


def test_honest_images_undercut_the_limit_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    limits = [limit_of(rng.random(74)) for _ in range(4_000)]
    assert {limit.share for limit in limits} == {1 / 75}
    assert np.mean(rng.random(4_000) < [limit.value for limit in limits]) == pytest.approx(1 / 75, abs=0.006)


# --- the test ----------------------------------------------------------------------------


def test_one_stratum_is_the_test_of_wilcoxon() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(0.4, 1, 20).round(1), rng.normal(0, 1, 30).round(1)  # with ties
    expected = mannwhitneyu(a, b, use_continuity=False, method="asymptotic")
    auc, p = stratified_auc([(a, b)])
    assert auc == pytest.approx(1 - expected.statistic / 600)
    assert p == pytest.approx(expected.pvalue)


def test_two_strata_by_hand() -> None:
    """(1 2 | 3) and (2 | 1 3), weights 1/4 each: 2 + 1 of 4 pairs won. Variances n m (N + 1) / 12 =
    2/3 each, so z = (3 - 2) / 4 / sqrt(2 · 2/3 / 16) = 0.866, p = 0.386."""
    strata = [(np.array([1, 2]), np.array([3])), (np.array([2]), np.array([1, 3]))]
    assert stratified_auc(strata) == (pytest.approx(0.75), pytest.approx(0.3865, abs=1e-4))


def test_strata_are_never_compared_with_one_another() -> None:
    """Within each the generated are farther; thrown together they would seem nearer."""
    near, far = np.arange(10.0), 100 + np.arange(10.0)
    strata = [(near + 0.5, np.concatenate([near[:5], near[:5]])), (far[5:], far[:5])]
    assert stratified_auc(strata)[0] < 0.3


def test_measures_all_alike_tell_nothing() -> None:
    assert stratified_auc([(np.ones(5), np.ones(5))]) == (0.5, 1.0)


# --- copies made on purpose --------------------------------------------------------------


@pytest.mark.parametrize("name", DEFORMATIONS)
def test_a_deformation_is_slight_and_repeats(name) -> None:
    images = strokes(20, 1)
    made, again = (deformed(images, name, np.random.default_rng(5)) for _ in range(2))
    np.testing.assert_array_equal(made, again)
    assert (made.shape, made.dtype) == (images.shape, np.uint8)
    assert (made != images).any(axis=(1, 2)).all()
    likeness = [np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in zip(images, made, strict=True)]
    assert np.mean(likeness) > 0.6


def test_a_shift_is_of_one_pixel_in_all_directions() -> None:
    point = np.zeros((400, 28, 28), np.uint8)
    point[:, 10, 10] = 255
    made = deformed(point, "shift", np.random.default_rng(0))
    _, rows, columns = np.nonzero(made)
    places = set(zip(rows - 10, columns - 10, strict=True))
    assert places == {(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)} - {(0, 0)}


def test_a_rotation_is_of_a_few_degrees_either_way() -> None:
    """The end of a bar of 10 pixels moves by 10 · sin of the angle."""
    bar = np.zeros((200, 28, 28), np.uint8)
    bar[:, 13:15, 4:24] = 255
    made = deformed(bar, "rotation", np.random.default_rng(0)).astype(float)
    ends = made[:, :, 22:24].sum(axis=2)
    lifted = np.rad2deg(np.arcsin(((ends * np.arange(28)).sum(axis=1) / ends.sum(axis=1) - 13.5) / 9))
    assert np.abs(lifted).min() > 1.7
    assert np.abs(lifted).max() < 6.3
    assert 0.3 < (lifted > 0).mean() < 0.7


def test_the_control_catches_copies_of_training_images_and_counts_what_is_read() -> None:
    train = np.concatenate([strokes(60, 1), strokes(60, 2, label=1)])
    label = np.repeat([0, 1], 60).astype(np.uint8)
    found = control(train, label, [Limit(0.7, 0.02), None], Reader(), 50, np.random.default_rng(0))
    assert list(found) == list(DEFORMATIONS)
    for labels, caught in found.values():
        assert labels.tolist() == [0] * 10  # the other class has no limit
        assert caught.mean() >= 0.8
    blind = control(train, label, [Limit(0.0, 0.02), None], Reader(), 50, np.random.default_rng(0))
    assert not any(caught.any() for _, caught in blind.values())
    wrong = control(
        train, np.ones(120, np.uint8), [None, Limit(0.7, 0.02)], Sure(), 50, np.random.default_rng(0)
    )
    assert all(len(caught) == 0 for _, caught in wrong.values())  # none is read as the 1 that it is


# --- all together ------------------------------------------------------------------------

TRAIN = np.concatenate([strokes(150, 1), strokes(150, 2, label=1)])
LABEL = np.repeat([0, 1], 150).astype(np.uint8)
REAL = Sample(
    np.concatenate([strokes(60, 3), strokes(60, 4, label=1)]), np.repeat([0, 1], 60).astype(np.uint8)
)


def look(generated: Sample, real: Sample = REAL) -> tuple[copies.Copies, np.ndarray]:
    return look_for_copies(generated, real, TRAIN, LABEL, Reader(), 40, np.random.default_rng(0))


def test_copies_are_found_in_their_class() -> None:
    """Twenty new images of the class 0 and ten training images of the class 1, moved by a pixel."""
    moved = np.roll(TRAIN[200:210], 1, 2)
    generated = Sample(np.concatenate([strokes(20, 5), moved]), np.array([0] * 20 + [1] * 10, np.uint8))
    found, pairs = look(generated)
    first, second = found.by_class
    assert (first.n_generated, first.n_real, second.n_generated, second.n_real) == (20, 60, 10, 60)
    assert first.copies <= 2
    assert (second.copies, second.auc) == (10, pytest.approx(1))
    assert second.median_generated < 0.15
    assert second.median_real > 0.5
    assert (found.n_generated, found.copies) == (30, first.copies + 10)
    # 1 of 61 in both classes
    assert found.expected_share == pytest.approx(1 / 61)
    assert found.n_control == 40
    assert found.caught == first.caught + second.caught == sum(each.caught for each in found.control)
    assert found.caught > 30
    assert (pairs.shape, pairs.dtype) == ((2, 2, 28, 28), np.uint8)
    np.testing.assert_array_equal(np.roll(pairs[1, 1], 1, 1), pairs[1, 0])


def test_new_images_are_not_nearer_than_the_real_ones() -> None:
    generated = Sample(
        np.concatenate([strokes(40, 7), strokes(40, 8, label=1)]), np.repeat([0, 1], 40).astype(np.uint8)
    )
    found, _ = look(generated)
    assert found.copies <= 5
    assert 0.35 < found.auc < 0.65
    assert found.p > 0.05


def test_what_is_read_as_another_class_is_looked_for_there() -> None:
    """A training image of the class 0 that is read as a 1 has no copy among the ones."""
    found, pairs = look(sample(TRAIN[:12], 1))
    assert found.by_class[1].n_generated == 12
    assert found.copies == 0
    assert not (pairs[:, 0] == pairs[:, 1]).all()


def test_classes_with_too_few_images_tell_nothing() -> None:
    found, pairs = look(sample(TRAIN[:9]))
    assert [each.copies for each in found.by_class] == [None, None]
    assert (found.auc, found.p, found.expected_share, found.n_generated) == (None, None, None, 0)
    assert found.by_class[0].median_generated == pytest.approx(0, abs=1e-3)
    assert found.by_class[1].median_generated is None
    assert found.n_control == 40  # the criterion does not depend on what was generated
    assert pairs.shape == (1, 2, 28, 28)

    few, _ = look(sample(TRAIN[:12]), Sample(REAL.images[:40], REAL.label[:40]))
    assert [each.copies for each in few.by_class] == [None, None]
    assert (few.n_control, few.by_class[1].median_real) == (0, None)


def test_without_a_readable_image_there_are_no_pairs() -> None:
    found, pairs = look(sample(TRAIN[:0]))
    assert pairs.shape == (0, 2, 28, 28)
    assert (found.n_generated, found.copies) == (0, 0)


def test_records_are_asked_for_the_same_limits() -> None:
    assert (coherence.ENOUGH, coherence.LIMIT_QUANTILE) == (copies.ENOUGH, copies.LIMIT_QUANTILE)
    assert tuple(copies.DEFORMATIONS) == get_args(DeformationName)
