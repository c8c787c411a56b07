"""Influence by position on tables that can be worked out by hand."""

import numpy as np
import pytest

from experiments.reviews.influence import curve, decay, decay_difference, distances, to_table

NAN = np.nan


@pytest.mark.parametrize(
    ("length", "afters"),
    [(35, [0, 10, 20]), (30, [0, 10, 20]), (29, [0, 10]), (9, []), (500, [0, 10, 20, 30])],
)
def test_windows_are_whole_and_within_the_span(length: int, afters: list[int]) -> None:
    assert list(distances(length, window=10, span=40)) == afters


def test_a_review_that_does_not_reach_is_left_out_of_the_mean() -> None:
    table = to_table([np.array([3.0, 1.0]), np.array([5.0])])
    np.testing.assert_array_equal(table, [[3, 1], [5, NAN]])
    assert table.dtype == np.float32
    near, far = curve(table, window=10, samples=500)
    assert (near.distance, near.n, near.mean) == (0, 2, 4)
    assert (near.low, near.high) == (3, 5)  # either review twice in a quarter of the draws
    assert (far.distance, far.n, far.mean, far.low, far.high) == (10, 1, 1, 1, 1)


def test_the_band_of_equal_reviews_has_no_width() -> None:
    table = np.tile([4.0, 2.0, 1.0], (6, 1))
    assert [(point.mean, point.low, point.high) for point in curve(table, 5, 50)] == [
        (4, 4, 4),
        (2, 2, 2),
        (1, 1, 1),
    ]
    ratio = decay(table, window=5, near=5, far=10, samples=50)
    assert (ratio.ratio, ratio.low, ratio.high) == (0.25, 0.25, 0.25)


def test_the_band_is_that_of_the_normal_approximation() -> None:
    values = np.random.default_rng(3).normal(10, 2, size=400)
    (point,) = curve(values[:, None], window=10, samples=4_000)
    error = 1.96 * values.std() / 20
    assert point.mean == pytest.approx(values.mean())
    assert (point.low, point.high) == pytest.approx((values.mean() - error, values.mean() + error), abs=0.02)


def test_decay_compares_windows_of_the_same_reviews() -> None:
    # the short review, whose near windows weigh ten times as much, has no far ones
    table = np.array([[2.0, 2.0, 1.0, 1.0], [4.0, 4.0, 2.0, 2.0], [90.0, 90.0, NAN, NAN]])
    found = decay(table, window=10, near=20, far=20, samples=200)
    assert (found.ratio, found.low, found.high) == (0.5, 0.5, 0.5)


def test_windows_between_near_and_far_do_not_count() -> None:
    found = decay(np.array([[1.0, 7.0, 3.0]] * 2), window=10, near=10, far=20, samples=10)
    assert found.ratio == 3


def test_without_a_far_window_there_is_no_decay() -> None:
    assert decay(np.ones((3, 5)), window=10, near=50, far=150, samples=10) is None
    assert decay_difference(np.ones((3, 5)), np.ones((3, 5)), 10, 50, 150, samples=10) is None
    assert curve(np.ones((3, 0)), window=10, samples=10) == ()


# --- two models --------------------------------------------------------------------------

COMPARISON = {"window": 10, "near": 10, "far": 10, "samples": 2_000}


def noisy(ratio: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Reviews whose far window weighs ``ratio`` times what the near one does."""
    return np.stack([near, ratio * near], axis=1)


def test_what_both_models_have_in_common_does_not_widen_the_difference() -> None:
    rng = np.random.default_rng(1)
    each, near = rng.uniform(0.2, 1.2, 50), rng.uniform(1, 5, 50)
    one, other = noisy(each, near), noisy(each + 0.1, near)
    first, second = decay(one, **COMPARISON), decay(other, **COMPARISON)
    assert first.high > second.low  # each by itself, they overlap
    assert decay_difference(other, one, **COMPARISON) == pytest.approx((0.1, 0.1))
    assert decay_difference(one, other, **COMPARISON) == pytest.approx((-0.1, -0.1))
    assert decay_difference(one, one, **COMPARISON) == (0, 0)


def test_the_interval_of_the_difference_is_that_of_the_normal_approximation() -> None:
    rng = np.random.default_rng(2)
    one, other = rng.normal(0.5, 0.1, 400), rng.normal(0.8, 0.2, 400)
    ones = np.ones(400)  # the near windows: the ratio is the mean of the far ones
    low, high = decay_difference(noisy(other, ones), noisy(one, ones), **COMPARISON)
    error = 1.96 * (other - one).std() / 20
    mean = (other - one).mean()
    assert (low, high) == pytest.approx((mean - error, mean + error), abs=0.003)


def test_windows_of_other_reviews_are_not_compared() -> None:
    table = np.ones((3, 2))
    shorter = table.copy()
    shorter[1, 1] = NAN
    for other in (shorter, table[:2], np.ones((3, 3))):
        with pytest.raises(ValueError, match="expected the same windows of the same reviews in both"):
            decay_difference(table, other, **COMPARISON)
