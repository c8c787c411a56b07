"""A change is said only where intervals part, in every seed and the same way."""

import pytest

from report.findings.trend import Trend, margin, trend_of
from report.ledger.ledger import Leaf
from report.ledger.quantities import ACCURACY


def interval(low: float, high: float):
    return ACCURACY(Leaf(low, "a")), ACCURACY(Leaf(high, "b"))


SHORT, LOWER, TOUCHING, HIGHER = (
    interval(*ends) for ends in ((0.8, 0.9), (0.6, 0.7), (0.7, 0.8), (0.92, 0.95))
)


@pytest.mark.parametrize(
    ("pairs", "trend", "distance"),
    [
        ([(SHORT, LOWER)], Trend.FALLS, 0.1),
        ([(SHORT, HIGHER)], Trend.RISES, 0.02),
        ([(SHORT, TOUCHING)], Trend.NOT_SHOWN, 0.0),
        ([(SHORT, SHORT)], Trend.NOT_SHOWN, 0.1),
        ([(SHORT, LOWER), (SHORT, LOWER)], Trend.FALLS, 0.1),
        ([(SHORT, LOWER), (SHORT, SHORT)], Trend.NOT_SHOWN, 0.1),
        ([(SHORT, LOWER), (SHORT, HIGHER)], Trend.NOT_SHOWN, 0.15),  # until the second falls too
    ],
)
def test_a_change_is_said_only_if_all_seeds_show_it(pairs, trend, distance):
    assert trend_of(pairs) == trend
    assert margin(pairs).value == pytest.approx(distance)


def test_turning_the_reviews_round_turns_the_trend_round():
    for pairs in ([(SHORT, LOWER)], [(SHORT, HIGHER)], [(SHORT, TOUCHING)]):
        back = [(last, first) for first, last in pairs]
        turned = {Trend.FALLS: Trend.RISES, Trend.RISES: Trend.FALLS}
        here = trend_of(pairs)
        assert trend_of(back) == turned.get(here, here)
        assert margin(back).value == margin(pairs).value
