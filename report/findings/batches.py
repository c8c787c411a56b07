"""Means over a stretch of iterations, with errors that respect that each iteration resembles the one
before: its values are averaged in a few long batches, and these are taken as independent."""

from collections.abc import Sequence

import numpy as np

from report.findings import measures

TAIL = 1 / 3  # of the iterations: the stretch that says how a training ends
# Schmeiser (1982): from ten to thirty; more give hardly a narrower interval, and shorter batches that
# resemble each other.
BATCHES = 10
MIN_BATCH = 5  # iterations

Interval = tuple[float, float]


def tail(curve: np.ndarray) -> np.ndarray:
    """The last third, at least one iteration."""
    return curve[-tail_length(len(curve)) :]


def tail_length(n: int) -> int:
    """How many of ``n`` values are in it."""
    return max(1, round(n * TAIL))


def tail_mean(curve: np.ndarray) -> float:
    return float(np.mean(tail(curve), dtype=np.float64))


def earlier_means(curve: np.ndarray) -> tuple[float, float]:
    """Over the first third and over the second, which are what comes before the last, halved."""
    before = len(curve) - tail_length(len(curve))
    return float(curve[: before // 2].mean()), float(curve[before // 2 : before].mean())


def tail_start(iterations: int) -> int:
    """The iteration, from 1, at which it begins."""
    return iterations - tail_length(iterations) + 1


def batch_means(values: np.ndarray) -> np.ndarray | None:
    """float64[BATCHES], of consecutive batches of the same size; the first values are left out where
    they would be too many. None where there are too few."""
    size = len(values) // BATCHES
    if size < MIN_BATCH:
        return None
    kept = values[len(values) - size * BATCHES :]
    means: np.ndarray = kept.astype(np.float64).reshape(BATCHES, size).mean(axis=1)
    return means


def swing(means: Sequence[float]) -> float:
    """How much the means of batches go up and down: their standard deviation, or 0 where they only rise
    or only fall, which is a trend."""
    deviation = measures.standard_deviation(means) or 0.0
    return deviation if measures.sign_changes(means) else 0.0


def slope_interval(means: Sequence[float], step: float) -> tuple[float, Interval]:
    """Least squares: the slope of means that lie ``step`` apart, and Student's interval of it."""
    from scipy import special

    y = np.asarray(means, np.float64)
    x = step * np.arange(len(y))
    x = x - x.mean()
    slope = float(x @ y / (x @ x))
    residual = y - y.mean() - slope * x
    error = float(np.sqrt(residual @ residual / (len(y) - 2) / (x @ x)))
    half = float(special.stdtrit(len(y) - 2, (1 + measures.CONFIDENCE) / 2)) * error
    return slope, (slope - half, slope + half)
