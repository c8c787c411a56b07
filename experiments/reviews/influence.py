"""How much each part of a review weighs in a classifier's verdict, by its distance to the end:
words are hidden a window at a time (occlusion; Zeiler & Fergus, 2014) and the logit compared.

A *table* is float32[n, w]: |change of the logit| for each window of each review, the nearest to
the end first, NaN where a review does not reach.
"""

from collections.abc import Sequence

import numpy as np

from experiments.records.parts import Decay, Influence

LEVEL = (2.5, 97.5)  # percentiles of a 95 % bootstrap interval


def distances(length: int, window: int, span: int) -> range:
    """Words after each whole window of a review of ``length`` words, within its last ``span``."""
    return range(0, min(length, span) - window + 1, window)


def to_table(changes: Sequence[np.ndarray]) -> np.ndarray:
    """A table from the changes of each review."""
    table = np.full((len(changes), max(map(len, changes), default=0)), np.nan, np.float32)
    for row, change in zip(table, changes, strict=True):
        row[: len(change)] = change
    return table


def curve(table: np.ndarray, window: int, samples: int) -> tuple[Influence, ...]:
    """Mean of each column of ``table`` with its bootstrap band; empty if it has none."""
    if not table.size:
        return ()
    reached = np.isfinite(table)
    total = np.where(reached, table, 0).astype(np.float64)
    means = _resampled_means(total, reached, samples)
    low, high = np.nanpercentile(means, LEVEL, axis=0)  # NaN: none of the drawn reviews reaches
    return tuple(
        Influence(
            distance=column * window,
            n=int(reached[:, column].sum()),
            mean=float(total[:, column].sum() / reached[:, column].sum()),
            low=float(low[column]),
            high=float(high[column]),
        )
        for column in range(table.shape[1])
    )


def decay(table: np.ndarray, window: int, near: int, far: int, samples: int) -> Decay | None:
    """Mean of the windows at ``far`` words or more from the end over that of those nearer than
    ``near``, within the same reviews: those that reach ``far``. Without that, the many short
    reviews, where each word weighs more, would stand among the near windows alone. None if no
    review does.
    """
    total, count = _near_and_far(table, window, near, far)
    if not len(total):
        return None
    near_mean, far_mean = total.sum(axis=0) / count.sum(axis=0)
    low, high = np.percentile(_resampled_ratios(total, count, samples), LEVEL)
    return Decay(ratio=float(far_mean / near_mean), low=float(low), high=float(high))


def decay_difference(
    table: np.ndarray, other: np.ndarray, window: int, near: int, far: int, samples: int
) -> tuple[float, float] | None:
    """95 % bootstrap interval of the ratio of ``decay`` in ``table`` minus that in ``other``, two
    models' tables of the same windows of the same reviews. Reviews are resampled for both at once:
    what is particular to the reviews drawn is in both ratios and does not widen the interval.
    None if no review reaches ``far``.

    Raises:
        ValueError: the tables are not of the same windows.
    """
    if not np.array_equal(np.isfinite(table), np.isfinite(other)):
        raise ValueError("tables: expected the same windows of the same reviews in both")
    sums = [_near_and_far(part, window, near, far) for part in (table, other)]
    if not len(sums[0][0]):
        return None
    one, two = (_resampled_ratios(*each, samples) for each in sums)
    low, high = np.percentile(one - two, LEVEL)
    return float(low), float(high)


def _near_and_far(table: np.ndarray, window: int, near: int, far: int) -> tuple[np.ndarray, np.ndarray]:
    """float64[k, 2] and int[k, 2]: sum and number of the near and of the far windows of each of
    the reviews that reach ``far``."""
    at = np.arange(table.shape[1]) * window
    table = table[np.isfinite(table[:, at >= far]).any(axis=1)]
    reached = np.isfinite(table)
    filled = np.where(reached, table, 0).astype(np.float64)
    pair = (at < near, at >= far)
    return (
        np.stack([filled[:, part].sum(axis=1) for part in pair], axis=1),
        np.stack([reached[:, part].sum(axis=1) for part in pair], axis=1),
    )


def _resampled_ratios(total: np.ndarray, count: np.ndarray, samples: int) -> np.ndarray:
    """float64[samples]: the far mean over the near mean."""
    means = _resampled_means(total, count, samples)
    return means[:, 1] / means[:, 0]


def _resampled_means(total: np.ndarray, count: np.ndarray, samples: int) -> np.ndarray:
    """float64[samples, columns]: mean of each column over reviews drawn with replacement, always
    the same draws for the same number of reviews."""
    n = len(total)
    draws = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), size=samples)
    with np.errstate(invalid="ignore"):  # 0 / 0 is NaN
        return (draws @ total) / (draws @ count)
