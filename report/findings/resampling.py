"""Intervals of means over seeds that hold both sources of chance, the seeds and what each was tested
on, by the bootstrap (Efron, 1979). Its numbers come from a generator of their own, whose state is
always the same: the same results give the same interval.

Seeds that share one test part are crossed with its examples, so both are drawn (Owen, 2007); seeds
with images of their own are drawn first, and then the images of each. One seed less is drawn than there
are: with so few, their variance would otherwise come out too small (McCarthy and Snowden, 1985).
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from report.findings.measures import CONFIDENCE

Ends = tuple[float, float]

SAMPLES = 4_000
STATE = 20_070
ENDS = ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)


def crossed_interval(values: np.ndarray) -> Ends:
    """Of the mean of int8[seeds, n] in {-1, 0, 1}: of one seed the examples alone are drawn.

    Examples with the same values in all seeds are drawn together, by their number.
    """
    return _crossed(np.ascontiguousarray(values, np.int8).tobytes(), *values.shape)


@lru_cache(maxsize=64)  # each is asked for by several findings
def _crossed(values: bytes, seeds: int, n: int) -> Ends:
    patterns, counts = np.unique(np.frombuffer(values, np.int8).reshape(seeds, n), axis=1, return_counts=True)
    random = _random()
    drawn = random.multinomial(n, counts / n, size=SAMPLES) @ patterns.T / n  # of each seed
    return _ends((drawn * _weights(random, seeds)).sum(axis=1))


def nested_interval(hits: Sequence[int], n: Sequence[int]) -> Ends:
    """Of the mean over seeds of the shares ``hits`` / ``n``."""
    random = _random()
    return _ends((_shares(random, hits, n) * _weights(random, len(hits))).sum(axis=1))


def nested_difference(
    hits: Sequence[int], n: Sequence[int], base_hits: Sequence[int], base_n: Sequence[int]
) -> Ends:
    """Of the mean over seeds of how much the shares of ``hits`` are above those of ``base_hits``; both of
    a seed are drawn together."""
    random = _random()
    apart = _shares(random, hits, n) - _shares(random, base_hits, base_n)
    return _ends((apart * _weights(random, len(hits))).sum(axis=1))


def _random() -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(STATE))


def _weights(random: np.random.Generator, seeds: int) -> np.ndarray:
    """float[samples, seeds]: how often each is drawn, as a share."""
    size = max(seeds - 1, 1)
    return random.multinomial(size, np.full(seeds, 1 / seeds), size=SAMPLES) / size


def _shares(random: np.random.Generator, hits: Sequence[int], n: Sequence[int]) -> np.ndarray:
    """float[samples, seeds], where each seed's examples are drawn anew."""
    sizes = np.asarray(n)
    return random.binomial(sizes, np.asarray(hits) / sizes, size=(SAMPLES, len(sizes))) / sizes


def _ends(means: np.ndarray) -> Ends:
    low, high = np.quantile(means, ENDS)
    return float(low), float(high)
