"""Differences between epochs on the same reviews, by hand.

Three reviews, two epochs: losses 1, 2, 3 and then 2, 3, 4.3. Their differences are 1, 1 and 1.3, of mean
1.1 and variance 0.03, so that the standard error of the mean is 0.1, though each epoch varies a lot.
"""

import numpy as np
import pytest

from report.findings.epoch_losses import Losses, simultaneous_bound
from report.study.reduction import difference_variances

REVIEWS = np.array([[1.0, 2.0, 3.0], [2.0, 3.0, 4.3]])


def losses(values: np.ndarray, bound: float = 2.0) -> Losses:
    variances = np.var(values[:, None] - values, axis=2, ddof=1)
    return Losses(values.mean(axis=1), variances, values.shape[1], bound)


def made(*means: float, error: float = 0.01, bound: float = 2.0) -> Losses:
    """Epochs whose paired difference has the standard ``error``: the noise of each is its own."""
    return Losses(np.array(means), (1 - np.eye(len(means))) * error**2 * 100, 100, bound)


def test_the_error_is_that_of_the_paired_difference():
    difference, half = losses(REVIEWS).above([1], 0)
    assert difference == pytest.approx(1.1)
    assert half == pytest.approx(2 * 0.1)
    assert losses(REVIEWS).surely_above([1], 0) == pytest.approx(0.9)
    assert losses(REVIEWS[::-1]).above([1], 0)[0] == pytest.approx(-1.1)


def test_a_stretch_is_measured_by_its_mean():
    """Review by review, the mean of the last two epochs less the first: 1.5, 1.5, 2.1."""
    values = np.array([*REVIEWS, [3.0, 4.0, 5.9]])
    difference, half = losses(values).above([1, 2], 0)
    assert difference == pytest.approx(1.7)
    assert half == pytest.approx(2 * np.std([1.5, 1.5, 2.1], ddof=1) / np.sqrt(3))


def test_without_an_epoch_the_others_stay():
    values = np.array([*REVIEWS, [3.0, 4.0, 5.9]])
    assert losses(values).without(1).above([1], 0) == pytest.approx(losses(values).above([2], 0))


def test_equal_reviews_have_no_error():
    flat = losses(np.array([[0.5] * 4, [0.75] * 4, [0.5] * 4]))
    assert flat.above([1], 0) == (0.25, 0.0)
    assert flat.surely_above([2], 0) == 0
    assert flat.swings


@pytest.mark.parametrize(
    ("means", "swings"),
    [
        ((0.6, 0.5, 0.4), False),
        ((0.4, 0.5, 0.6), False),
        ((0.6, 0.5, 0.55, 0.5), True),
        ((0.6, 0.5, 0.515, 0.5), False),  # within the error
        ((0.5, 0.515, 0.53, 0.515, 0.5), True),  # no step is real, their sums are
        ((0.5, 0.4, 0.5), False),  # a fall and then a rise
    ],
)
def test_a_real_fall_after_a_real_rise(means, swings):
    assert made(*means).swings is swings


def test_a_difference_equal_to_the_bound_is_not_real():
    """In eighths, which binary numbers hold exactly."""
    assert made(0.5, 0.75, error=0.125).surely_above([1], 0) == 0
    assert made(0.5, 0.75, error=0.124).surely_above([1], 0) > 0


@pytest.mark.parametrize(
    ("epochs", "reviews", "bound"),
    [
        (2, 10**7, 1.959964),  # a single pair: the usual bound
        (3, 10**7, 2.393980),  # 3 pairs: the normal quantile of 1 - 0.05 / 6
        (10, 10**7, 3.260767),  # 45 pairs: of 1 - 0.05 / 90
        (2, 11, 2.228139),  # Student's with 10 degrees of freedom
        (1, 10**7, 1.959964),  # no pair at all
    ],
)
def test_the_bound_is_that_of_tables(epochs, reviews, bound):
    assert simultaneous_bound(epochs, reviews) == pytest.approx(bound, abs=2e-6)


def test_the_variances_are_those_of_numpy():
    values = np.random.default_rng(0).gamma(0.5, size=(4, 500)).astype(np.float16)
    exact = values.astype(np.float64)
    found = difference_variances(values)
    np.testing.assert_allclose(found, np.var(exact[:, None] - exact, axis=2, ddof=1), rtol=1e-6)
    assert found.dtype == np.float32
    assert difference_variances(values[:, :1]).tolist() == [[0.0] * 4] * 4


def test_the_variances_do_not_depend_on_the_order_of_the_reviews():
    """So that no machine adds up otherwise than another."""
    values = np.random.default_rng(0).gamma(0.5, size=(4, 500)).astype(np.float16)
    assert np.array_equal(difference_variances(values), difference_variances(values[:, ::-1]))


@pytest.mark.parametrize(
    ("means", "epochs"),
    [
        ((0.6, 0.5, 0.4), []),  # it never rises
        ((0.6, 0.5, 0.6, 0.6, 0.55), [4]),
        ((0.5, 0.6, 0.5, 0.6, 0.5), [2, 4]),
    ],
)
def test_where_it_falls_back(means, epochs):
    assert made(*means).falls_back == epochs
