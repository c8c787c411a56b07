"""One slope for several seeds, from counts."""

import numpy as np
import pytest

from report.findings.slopes import common_slope

X = np.array([0.0, 1.0, 2.0, 3.0])


def test_a_straight_line_has_its_slope_and_binomial_errors():
    """Of 100 each, 20, 30, 40, 50: the mean share is 140.5 / 401, the variance of each 0.22762 / 100; Σ of
    the squared distances from 1.5 is 5, so that the error is √(0.0022762 / 5) = 0.021336, and Student's
    quantile of two degrees of freedom 4.3027."""
    slope = common_slope(X, np.array([[20, 30, 40, 50]]), np.full((1, 4), 100))
    assert slope.value == pytest.approx(0.1)
    assert slope.high - slope.value == pytest.approx(4.3027 * 0.021336, rel=1e-3)


def test_seeds_may_have_other_levels():
    """The second is 0.3 above, and has the same slope: twice as much is known, with 5 degrees."""
    both = common_slope(X, np.array([[20, 30, 40, 50], [50, 60, 70, 80]]), np.full((2, 4), 100))
    assert both.value == pytest.approx(0.1)
    alone = common_slope(X, np.array([[20, 30, 40, 50]]), np.full((1, 4), 100))
    assert both.high - both.low < (alone.high - alone.low) / 2


def test_networks_that_vary_more_than_counts_widen_the_interval():
    calm = common_slope(X, np.array([[400, 410, 400, 410]]), np.full((1, 4), 1_000))
    wild = common_slope(X, np.array([[400, 500, 400, 500]]), np.full((1, 4), 1_000))
    assert wild.high - wild.low > 3 * (calm.high - calm.low)


def test_nothing_read_has_a_slope_of_zero_and_an_error():
    none = common_slope(X, np.zeros((2, 4), int), np.full((2, 4), 1_000))
    assert none.value == 0
    assert none.low < 0 < none.high


@pytest.mark.parametrize(("seeds", "t"), [(1, 1), (1, 2), (3, 1)])
def test_without_a_degree_of_freedom_there_is_none(seeds, t):
    assert common_slope(X[:t], np.full((seeds, t), 5), np.full((seeds, t), 10)) is None


def test_two_seeds_with_two_checkpoints_are_the_fewest():
    assert common_slope(X[:2], np.array([[5, 6], [5, 7]]), np.full((2, 2), 10)) is not None
