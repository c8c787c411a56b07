"""The definitions behind the findings: pure functions of plain numbers, each with its source.

SciPy is imported where it counts: the process that draws has no use for it. And only ``special``:
``stats`` takes longer to import than a report to write.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CONFIDENCE = 0.95
SIGNIFICANCE = 0.05


def mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def standard_deviation(values: Sequence[float]) -> float | None:
    """With n - 1; None for a single value, which has no spread."""
    return float(np.std(values, ddof=1)) if len(values) > 1 else None


def t_interval(values: Sequence[float], confidence: float = CONFIDENCE) -> tuple[float, float] | None:
    """Student's interval for the mean; None for a single value."""
    if len(values) < 2:
        return None
    from scipy import special

    n = len(values)
    half = special.stdtrit(n - 1, (1 + confidence) / 2) * np.std(values, ddof=1) / np.sqrt(n)
    return float(np.mean(values) - half), float(np.mean(values) + half)


def seeds_interval(
    values: Sequence[float],
    intervals: Sequence[tuple[float, float]],
    confidence: float = CONFIDENCE,
) -> tuple[float, float]:
    """Of the mean of what several seeds estimate on the same examples, each with its interval; for one
    seed, its own.

    Both sources are in it, added in squares on either side (Zou and Donner, 2008): between seeds,
    Student's t; within them the mean distance to the end of the intervals, as if what the examples do
    were the same in all seeds, which is the widest that it can be.
    """
    between = t_interval(values, confidence)
    if between is None:
        return intervals[0]
    middle = mean(values)
    sides = zip(between, zip(*intervals, strict=True), strict=True)
    low, high = (
        math.hypot(end - middle, mean([each - value for each, value in zip(ends, values, strict=True)]))
        for end, ends in sides
    )
    return middle - low, middle + high


def geometric_mean(values: Sequence[float]) -> float:
    """Of values above 0."""
    return math.exp(mean([math.log(value) for value in values]))


def ratio_interval(values: Sequence[float], intervals: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """``seeds_interval`` for the geometric mean of ratios above 0, on their logarithms (Bland and Altman,
    1996): no end of it is below 0."""
    logs = [(math.log(low), math.log(high)) for low, high in intervals]
    low, high = seeds_interval([math.log(value) for value in values], logs)
    return math.exp(low), math.exp(high)


def wilson_interval(successes: int, n: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson (1927), equation 5, for a proportion; exactly 0 and 1 at the ends that it touches."""
    from scipy import special

    z = special.ndtri((1 + confidence) / 2)
    rate = successes / n
    centre = (rate + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(rate * (1 - rate) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return float(centre - half) if successes else 0.0, float(centre + half) if successes < n else 1.0


def binomial_p(a: int, b: int, share: float = 0.5) -> float:
    """Two-sided exact test that each of ``a`` and ``b`` is one of ``a`` with the probability ``share``:
    twice the smaller tail; 1 when there are none."""
    from scipy import special

    lower = float(special.bdtr(a, a + b, share))
    return min(1.0, 2 * min(lower, upper_tail(a, a + b, share))) if a + b else 1.0


def paired_interval(only_first: int, only_second: int, n: int) -> tuple[float, float]:
    """Of the difference of two shares of the same ``n`` examples, of which one alone of both has
    ``only_first`` and ``only_second``: Agresti and Min (2005), half an example added to each of the four
    counts; widened to hold the difference itself."""
    from scipy import special

    larger, first, second = n + 2, only_first + 0.5, only_second + 0.5
    middle, difference = (first - second) / larger, (only_first - only_second) / n
    error = math.sqrt(first + second - (first - second) ** 2 / larger) / larger
    half = float(special.ndtri((1 + CONFIDENCE) / 2)) * error
    return min(difference, middle - half), max(difference, middle + half)


def difference_interval(
    share: float, interval: tuple[float, float], other: float, other_interval: tuple[float, float]
) -> tuple[float, float]:
    """Of ``share`` - ``other``, of different examples, from Wilson's interval of each: Newcombe (1998),
    method 10."""
    difference = share - other
    return (
        difference - math.hypot(share - interval[0], other_interval[1] - other),
        difference + math.hypot(interval[1] - share, other - other_interval[0]),
    )


def upper_tail(k: int, n: int, probability: float) -> float:
    """That of the binomial distribution from ``k`` on: one-sided exact test."""
    from scipy import special

    return float(special.bdtrc(k - 1, n, probability)) if k else 1.0


def above_chance_p(hits: int, n: int) -> float:
    """One-sided exact test that each of ``n`` answers is right with a probability of one half."""
    return upper_tail(hits, n, 0.5)


def from_significance(p: float) -> float:
    """How far a p value is from the bound, on either side of it."""
    return abs(SIGNIFICANCE - p)


def increments(values: Sequence[float]) -> list[float]:
    return [after - before for before, after in itertools.pairwise(values)]


def rises(values: Sequence[float]) -> int:
    """How many values are above the one before."""
    return sum(step > 0 for step in increments(values))


def sign_changes(values: Sequence[float]) -> int:
    """How often a rise follows a fall or a fall a rise; flat steps are passed over."""
    signs = [step > 0 for step in increments(values) if step != 0]
    return sum(a != b for a, b in itertools.pairwise(signs))


def generalization_loss(values: Sequence[float]) -> list[float]:
    """Prechelt (1998): GL(t) = E(t) / lowest E up to t, minus 1; here as a rate, not in percent."""
    lowest = np.minimum.accumulate(values)
    return [relative_rise(value, float(low)) for value, low in zip(values, lowest, strict=True)]


def relative_rise(value: float, low: float) -> float:
    """Above a lowest loss of 0, without bound."""
    if low:
        return value / low - 1
    return math.inf if value else 0.0


def onset(values: Sequence[float], threshold: float, held: int) -> int | None:
    """First epoch (from 1) after the minimum whose GL exceeds ``threshold``, there and
    in the following epochs, ``held`` in all; None if there is none."""
    loss = generalization_loss(values)
    first = int(np.argmin(values)) + 1
    for start in range(first, len(values) - held + 1):
        if all(value > threshold for value in loss[start : start + held]):
            return start + 1
    return None


@dataclass(frozen=True)
class ClassScores:
    """Of one class; a rate whose denominator is zero is None."""

    precision: float | None
    recall: float | None
    f1: float | None


def class_scores(hits: int, false_alarms: int, misses: int) -> ClassScores:
    """Precision, recall and their harmonic mean (van Rijsbergen, 1979)."""
    predicted, actual, both = hits + false_alarms, hits + misses, 2 * hits + false_alarms + misses
    return ClassScores(
        hits / predicted if predicted else None,
        hits / actual if actual else None,
        2 * hits / both if both else None,
    )
