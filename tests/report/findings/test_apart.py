"""Intervals of differences, against published examples and arithmetic by hand."""

import pytest

from report.findings.apart import paired_interval, unpaired_interval


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        # Newcombe (1998), table II, method 10: contrasts (a) and (b)
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
    ],
)
def test_two_shares_of_different_examples(counts, low, high):
    assert unpaired_interval(*counts) == pytest.approx((low, high), abs=5e-5)


def test_it_turns_around_with_the_shares():
    low, high = unpaired_interval(56, 70, 48, 80)
    assert unpaired_interval(48, 80, 56, 70) == pytest.approx((-high, -low))


def test_the_same_examples_by_the_standard_error_of_the_difference():
    """30 that the first alone gets right and 10 that the second does, of 400: a difference of 20, with an
    error of √(40 - 20² / 400) = √39."""
    half = 1.959964 * 39**0.5
    assert paired_interval(30, 10, 400) == pytest.approx(((20 - half) / 400, (20 + half) / 400))


def test_without_a_difference_in_any_example_there_is_none():
    assert paired_interval(0, 0, 400) == (0.0, 0.0)
