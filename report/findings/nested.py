"""Intervals for means over seeds each of which has images of its own: seeds are resampled, and then the
images of each. As in ``two_way``, one seed less is drawn than there are, and nothing but integers."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from report.findings.two_way import RANDOM_SEED, SAMPLES, Replicates, ends, two_way

Ends = tuple[float, float]


def interval(hits: Sequence[int], n: Sequence[int]) -> Ends:
    """Of the mean over seeds of the shares ``hits`` / ``n``."""
    return _over_seeds(_shares(hits, n, 0))


def interval_of_difference(
    hits: Sequence[int], n: Sequence[int], base_hits: Sequence[int], base_n: Sequence[int]
) -> Ends:
    """Of the mean over seeds of how much the shares of ``hits`` are above those of ``base_hits``: both of
    a seed are drawn together, and the images of each by themselves."""
    return _over_seeds(_shares(hits, n, len(hits)) - _shares(base_hits, base_n, 0))


def _over_seeds(replicates: Replicates) -> Ends:
    return ends(two_way(1, replicates.shape[1]).over_seeds(replicates))


def _shares(hits: Sequence[int], n: Sequence[int], first: int) -> Replicates:
    """Of each seed; ``first`` is the number of its images among all that are drawn."""
    drawn = [
        _drawn(size, first + place)[:, k] / size for place, (k, size) in enumerate(zip(hits, n, strict=True))
    ]
    return np.stack(drawn, axis=1)


@lru_cache(maxsize=32)
def _drawn(n: int, place: int) -> np.ndarray:
    """int32[SAMPLES, n + 1]: how many of ``n`` images drawn among as many are before each of them."""
    rng = np.random.Generator(np.random.PCG64([RANDOM_SEED, place]))
    images = rng.integers(0, n, (SAMPLES, n), dtype=np.uint32).astype(np.int64)
    rows = images + n * np.arange(SAMPLES)[:, None]
    times = np.bincount(rows.ravel(), minlength=SAMPLES * n).reshape(SAMPLES, n)
    return np.concatenate(
        [np.zeros((SAMPLES, 1), np.int32), np.cumsum(times, axis=1, dtype=np.int32)], axis=1
    )
