"""Intervals for means over seeds that were all tested on the same reviews: both are resampled.

Seeds and reviews are crossed factors, which Owen (2007) resamples independently of each other. Of S
seeds S - 1 are drawn, as Rao and Wu (1988) do where a stratum has few units: drawing S would make the
part of the seeds (S - 1) / S times what it is. Many reviews are resampled in random groups (Wolter,
2007, chapter 2), as few as need be for a report to be written quickly; few of them, one by one.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from report.findings.measures import CONFIDENCE

SAMPLES = 2_000
GROUPS = 500
RANDOM_SEED = 20_070_101  # of the resampling itself, the same for every document

Replicates = np.ndarray  # float64[SAMPLES, S], one mean for each seed


@dataclass(frozen=True, eq=False)
class TwoWay:
    """The samples of ``n`` reviews and S seeds, the same whatever is measured, so that two quantities
    are compared within each of them.

    ``group`` int64[n]: that of each review. ``times`` float64[SAMPLES, groups] and ``drawn``
    float64[SAMPLES, S], whole numbers: how often each is in a sample. ``sizes`` float64[SAMPLES]: how many
    reviews are.
    """

    group: np.ndarray
    times: np.ndarray
    drawn: np.ndarray
    sizes: np.ndarray

    def sums(self, values: np.ndarray) -> np.ndarray:
        """float64[SAMPLES, k] for float64[k, n]: exact where the values are whole numbers."""
        groups = self.times.shape[1]
        return self.times @ np.stack([np.bincount(self.group, each, groups) for each in values], axis=1)

    def sums_by(self, values: np.ndarray, kind: np.ndarray, kinds: int) -> np.ndarray:
        """float64[SAMPLES, kinds] for float64[n]: the sum of those of each ``kind`` int64[n]."""
        groups = self.times.shape[1]
        by_group = np.bincount(self.group * kinds + kind, values, groups * kinds)
        return self.times @ by_group.reshape(groups, kinds)

    def means(self, values: np.ndarray, among: np.ndarray | None = None) -> Replicates:
        """Of each seed, for ``values`` [S, n], among all reviews or the bool[n] that are asked for; a
        sample without any of these has NaN."""
        if among is None:
            return self.sums(values) / self.sizes[:, None]
        sums = self.sums(np.vstack([values * among, among]))
        with np.errstate(invalid="ignore"):
            return sums[:, :-1] / sums[:, -1:]

    def over_seeds(self, replicates: Replicates) -> np.ndarray:
        """float64[SAMPLES]: the mean of the seeds that each sample has drawn."""
        return (self.drawn * replicates).sum(axis=1) / self.drawn.sum(axis=1)


@lru_cache(maxsize=4)
def two_way(n: int, seeds: int) -> TwoWay:
    """One seed has no other to be exchanged with: then only the reviews are resampled."""
    rng = np.random.Generator(np.random.PCG64(RANDOM_SEED))
    groups = min(n, GROUPS)
    group = np.arange(n) if n <= GROUPS else rng.permutation(n) % groups
    times = _counts(rng, groups, groups)
    drawn = _counts(rng, seeds, seeds - 1) if seeds > 1 else np.ones((SAMPLES, 1))
    return TwoWay(group, times, drawn, times @ np.bincount(group))


def _counts(rng: np.random.Generator, among: int, draws: int) -> np.ndarray:
    """float64[SAMPLES, among]: how often each comes in so many ``draws``. Only integers are drawn, which
    are the same on every machine."""
    drawn = rng.integers(0, among, (SAMPLES, draws), dtype=np.uint32).astype(np.int64)
    places = drawn + among * np.arange(SAMPLES)[:, None]
    return np.bincount(places.ravel(), minlength=SAMPLES * among).reshape(SAMPLES, among).astype(float)


def ends(replicates: np.ndarray) -> tuple[float, float]:
    """Percentile interval (Efron, 1979) of float64[SAMPLES]; samples that could not be measured left
    out."""
    tail = (1 - CONFIDENCE) / 2
    known = replicates[~np.isnan(replicates)]
    low, high = np.quantile(known, (tail, 1 - tail), method="inverted_cdf")
    return float(low), float(high)


def mean_ends(values: np.ndarray, among: np.ndarray | None = None) -> tuple[float, float]:
    """Of the mean over seeds and reviews of float64[S, n]."""
    samples = two_way(values.shape[-1], len(values))
    return ends(samples.over_seeds(samples.means(values, among)))
