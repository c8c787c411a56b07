"""Intervals over seeds that have images of their own."""

import pytest

from report.findings.nested import interval, interval_of_difference


def test_of_one_seed_its_images_alone_are_drawn():
    """A share of one half among 400: a standard error of 0.025."""
    assert interval([200], [400]) == pytest.approx((0.5 - 0.049, 0.5 + 0.049), abs=0.004)


def test_of_seeds_that_differ_they_are_drawn_too():
    """Of two, one is drawn: either everything is read or nothing is."""
    assert interval([0, 400], [400, 400]) == (0.0, 1.0)


def test_seeds_vary_as_much_as_their_standard_error_says():
    """Shares of 0.2, 0.5 and 0.8, a deviation of 0.3: of two seeds drawn, the means are 0.2 to 0.8 in nine
    equal ways, the extremes in one each, whatever the images add."""
    low, high = interval([2_000, 5_000, 8_000], [10_000] * 3)
    assert (low, high) == pytest.approx((0.2, 0.8), abs=0.01)


def test_a_difference_is_drawn_seed_by_seed():
    """Both shares are exact, and each seed gains three tenths."""
    assert interval_of_difference([1_000] * 3, [1_000] * 3, [0] * 3, [1_000] * 3) == (1.0, 1.0)
    low, high = interval_of_difference([350, 650], [500, 1_000], [200, 350], [500, 1_000])
    assert low < 0.3 < high
    assert high - low < 0.13


def test_equal_counts_of_both_are_not_the_same_images():
    low, high = interval_of_difference([200], [400], [200], [400])
    assert (low, high) == pytest.approx((-0.069, 0.069), abs=0.006)


def test_the_same_counts_give_the_same_interval():
    assert interval([3, 4], [10, 10]) == interval([3, 4], [10, 10])
