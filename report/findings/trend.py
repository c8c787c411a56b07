"""Whether something changes from one place to another in every seed, by intervals that part."""

from collections.abc import Sequence
from enum import auto

from report.findings.base import Code
from report.findings.intervals import Interval
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import DIFFERENCE

Pair = tuple[Interval, Interval]  # here and there


class Trend(Code):
    FALLS = auto()
    RISES = auto()
    NOT_SHOWN = auto()


def falls(pair: Pair) -> bool:
    """From here to there, without their intervals touching."""
    first, last = pair
    return bool(last[1].value < first[0].value)


def rises(pair: Pair) -> bool:
    first, last = pair
    return bool(last[0].value > first[1].value)


def trend_of(pairs: Sequence[Pair]) -> Trend:
    """Of all seeds: a change is said only where each of them changes, and all the same way."""
    if all(map(falls, pairs)):
        return Trend.FALLS
    return Trend.RISES if all(map(rises, pairs)) else Trend.NOT_SHOWN


def margin(pairs: Sequence[Pair]) -> Number:
    """How far the seed that decides is from the other verdict: the gap between both intervals,
    or how much they overlap."""

    def gap(upper: Number, lower: Number) -> Leaf:
        return derive("separación de los intervalos", lambda a, b: a - b, lower.leaf, upper.leaf)

    falls = min((gap(last[1], first[0]) for first, last in pairs), key=lambda leaf: leaf.value)
    rises = min((gap(first[1], last[0]) for first, last in pairs), key=lambda leaf: leaf.value)
    nearest = min((falls, rises), key=lambda leaf: abs(leaf.value))
    return DIFFERENCE(derive("valor absoluto", abs, nearest))
