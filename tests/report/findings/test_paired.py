"""Two ways to answer the same reviews, in pairs."""

import numpy as np
import pytest

from report.findings.paired import Ahead, ahead, compare, only_first, points
from report.ledger.ledger import Leaf


def packed(*right):
    return Leaf(np.packbits(np.array(right, bool)), "r")


def seeds(*each, n):
    """Of each seed, how many of the first reviews are answered well."""
    return [packed(*[True] * hits, *[False] * (n - hits)) for hits in each]


@pytest.mark.parametrize(
    ("only_a", "only_b", "verdict"),
    [
        (0, 0, Ahead.NOT_SHOWN),
        # twice the tail of fair coins: 5 of 5 is 2/32 = 0.0625, 6 of 6 is 2/64 = 0.031
        (0, 5, Ahead.NOT_SHOWN),
        (0, 6, Ahead.SECOND),
        (6, 0, Ahead.FIRST),
        (1, 7, Ahead.NOT_SHOWN),  # 2 (1 + 8) / 256 = 0.070
        (1, 8, Ahead.SECOND),  # 2 (1 + 9) / 512 = 0.039
        (500, 500, Ahead.NOT_SHOWN),
        (450, 550, Ahead.SECOND),
    ],
)
def test_of_one_seed_what_only_one_gets_right_decides(only_a, only_b, verdict):
    assert ahead(only_a, only_b) == verdict


def test_swapping_both_turns_it_over():
    other = {Ahead.FIRST: Ahead.SECOND, Ahead.SECOND: Ahead.FIRST}
    for a in range(12):
        for b in range(12):
            here = ahead(a, b)
            assert ahead(b, a) == other.get(here, here)


def test_only_the_bits_of_the_first_are_counted_and_no_padding():
    """Ten reviews take two bytes; the six bits of padding are zero in both."""
    first = np.packbits([1, 1, 1, 0, 0, 0, 0, 0, 1, 1])
    second = np.packbits([1, 0, 0, 1, 0, 0, 0, 0, 0, 1])
    assert only_first(first, second) == 3
    assert only_first(second, first) == 1
    assert only_first(first, first) == 0


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ((60, 62), (40, 41), Ahead.FIRST),
        ((40, 41), (60, 62), Ahead.SECOND),
        ((50, 50), (50, 50), Ahead.NOT_SHOWN),
        ((60, 50), (40, 50), Ahead.MIXED),  # two seeds: both must show it
        ((60, 40), (40, 60), Ahead.MIXED),
        ((60, 60, 54), (40, 40, 50), Ahead.FIRST_ON_AVERAGE),  # 4 to none is not enough for the third
        ((40, 40, 50), (60, 60, 54), Ahead.SECOND_ON_AVERAGE),
        ((60, 60, 40), (40, 40, 60), Ahead.MIXED),
    ],
)
def test_all_seeds_decide_or_from_three_on_their_mean(first, second, verdict):
    assert compare(Leaf(100, "n"), seeds(*first, n=100), seeds(*second, n=100)).ahead == verdict


def test_the_difference_is_in_points_and_in_pairs():
    """60 and 40 of 100: 20 points, and among pairs that differ all do so one way: binomial of 0.2."""
    found = points(Leaf(100, "n"), seeds(60, n=100), seeds(40, n=100))
    assert found.value.value == 20
    assert (found.low.value, found.high.value) == pytest.approx((12, 28), abs=1)  # ± 1.96 · 4
    equal = points(Leaf(100, "n"), seeds(60, n=100), seeds(60, n=100))
    assert (equal.low.value, equal.value.value, equal.high.value) == (0, 0, 0)


def test_among_some_only_they_count():
    some = packed(*[False] * 40, *[True] * 20, *[False] * 40)
    found = points(Leaf(100, "n"), seeds(60, n=100), seeds(40, n=100), some)
    assert (found.low.value, found.value.value, found.high.value) == (100, 100, 100)
