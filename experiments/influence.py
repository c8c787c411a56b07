"""How much each part of a review weighs in a classifier's verdict, by its distance to the end:
words are hidden a window at a time (occlusion; Zeiler & Fergus, 2014) and the logit compared."""

import numpy as np
from sklearn.model_selection import train_test_split

from experiments.records import Decay, Influence

LEVEL = (2.5, 97.5)  # percentiles of a 95 % bootstrap interval


def choose_reviews(label: np.ndarray, n: int) -> np.ndarray:
    """int[k]: indices of ``n`` reviews, always the same ones, in the classes' proportions; all
    of them where there are no more."""
    rows = np.arange(len(label))
    if n >= len(rows):
        return rows
    chosen, _ = train_test_split(rows, train_size=n, stratify=label, random_state=0)
    return np.sort(chosen)


def distances(length: int, window: int, span: int) -> range:
    """Words after each whole window of a review of ``length`` words, within its last ``span``."""
    return range(0, min(length, span) - window + 1, window)


def to_table(changes: list[np.ndarray]) -> np.ndarray:
    """float64[n, w] from the changes of each review, nearest to the end first; NaN where a
    review does not reach."""
    table = np.full((len(changes), max(map(len, changes))), np.nan)
    for row, change in zip(table, changes, strict=True):
        row[: len(change)] = change
    return table


def curve(table: np.ndarray, window: int, samples: int) -> tuple[Influence, ...]:
    """Mean of each column of ``table`` (see ``to_table``) with its bootstrap band."""
    reached = np.isfinite(table)
    means = _resampled_means(np.where(reached, table, 0), reached, samples)
    low, high = np.nanpercentile(means, LEVEL, axis=0)  # NaN: none of the drawn reviews reaches
    return tuple(
        Influence(
            distance=column * window,
            n=int(reached[:, column].sum()),
            mean=float(np.nanmean(table[:, column])),
            low=float(low[column]),
            high=float(high[column]),
        )
        for column in range(table.shape[1])
    )


def decay(table: np.ndarray, window: int, near: int, far: int, samples: int) -> Decay:
    """Mean of the windows at ``far`` words or more from the end over that of those nearer than
    ``near``, within the same reviews: those that reach ``far``. Without that, the many short
    reviews, where each word weighs more, would stand among the near windows alone.

    Raises:
        ValueError: no review reaches ``far``.
    """
    at = np.arange(table.shape[1]) * window
    table = table[np.isfinite(table[:, at >= far]).any(axis=1)]
    if not len(table):
        raise ValueError(f"table: expected a review of {far + window} words or more, found none")
    reached = np.isfinite(table)
    pair = (at < near, at >= far)
    total = np.stack([np.where(reached, table, 0)[:, part].sum(axis=1) for part in pair], axis=1)
    count = np.stack([reached[:, part].sum(axis=1) for part in pair], axis=1)
    near_mean, far_mean = total.sum(axis=0) / count.sum(axis=0)
    means = _resampled_means(total, count, samples)
    low, high = np.percentile(means[:, 1] / means[:, 0], LEVEL)
    return Decay(ratio=float(far_mean / near_mean), low=float(low), high=float(high))


def _resampled_means(total: np.ndarray, count: np.ndarray, samples: int) -> np.ndarray:
    """float64[samples, columns]: mean of each column over reviews drawn with replacement."""
    n = len(total)
    draws = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), size=samples)
    with np.errstate(invalid="ignore"):  # 0 / 0 is NaN
        return (draws @ total) / (draws @ count)
