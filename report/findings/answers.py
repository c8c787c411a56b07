"""How well probabilities order and how well they are calibrated: pure functions, each with its source.

``level`` int[n] is the level of each probability as of ``report.study.answers``, ``positive`` bool[n]
the real class.
"""

import numpy as np

from report.findings.two_way import Replicates, TwoWay
from report.study.answers import LEVELS, middles

BINS = 15  # Guo et al. (2017)


# --- order -------------------------------------------------------------------------------


def placements(level: np.ndarray, positive: np.ndarray) -> np.ndarray:
    """float64[n]: of each review, the share of those of the other class that stand on the right side of
    it, ties counted half (DeLong et al., 1988). Their mean over the reviews of one class is the area."""
    of_class = [np.bincount(level[positive == each], minlength=LEVELS) for each in (False, True)]
    negatives, positives = of_class
    above = positives.sum() - np.cumsum(positives) + positives / 2
    below = np.cumsum(negatives) - negatives / 2
    return np.where(positive, below[level] / negatives.sum(), above[level] / positives.sum())


def area(level: np.ndarray, positive: np.ndarray) -> float:
    """Under the ROC curve: the probability that a positive review is given more than a negative one
    (Hanley and McNeil, 1982)."""
    return float(placements(level, positive)[positive].mean())


def area_samples(levels: np.ndarray, positive: np.ndarray, samples: TwoWay) -> Replicates:
    """For ``levels`` int[S, n], to first order (DeLong et al., 1988): each class varies by itself."""
    placed = np.stack([placements(level, positive) for level in levels])
    areas = placed[:, positive].mean(axis=1)
    return samples.means(placed, positive) + samples.means(placed, ~positive) - areas


def roc(level: np.ndarray, positive: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """float64[LEVELS + 1] each, from (0, 0) to (1, 1): the share of the negative and of the positive
    reviews that stand at or above each level, from the highest to the lowest."""
    shares = [
        np.cumsum(np.bincount(level[positive == each], minlength=LEVELS)[::-1]) / np.sum(positive == each)
        for each in (False, True)
    ]
    return np.append(0.0, shares[0]), np.append(0.0, shares[1])


# --- calibration -------------------------------------------------------------------------


def squared_errors(level: np.ndarray, positive: np.ndarray) -> np.ndarray:
    """Brier (1950), of the positive class alone: in [0, 1], half of his sum over both classes."""
    return (middles(level) - positive) ** 2


def surplus_of(level: np.ndarray, positive: np.ndarray) -> np.ndarray:
    """Of each review, the probability of the class that is answered less whether it is right: its mean is
    positive where a model is surer than it is right."""
    said = middles(level)
    return np.maximum(said, 1 - said) - ((said > 0.5) == positive)


def bins(level: np.ndarray) -> np.ndarray:
    """int64[n]: in which of ``BINS`` bins of equal width each probability is."""
    return level * BINS // LEVELS


def by_bin(level: np.ndarray, values: np.ndarray) -> np.ndarray:
    """float64[BINS]: sums of ``values`` [n]."""
    return np.bincount(bins(level), values, BINS)


def calibration_error(level: np.ndarray, positive: np.ndarray) -> float:
    """Expected calibration error (Guo et al., 2017), of the positive class: over bins, the mean distance
    between the share of positive reviews and the mean probability."""
    return float(np.abs(by_bin(level, positive - middles(level))).sum() / len(level))


def calibration_samples(levels: np.ndarray, positive: np.ndarray, samples: TwoWay) -> Replicates:
    """For ``levels`` int[S, n]."""
    apart = [samples.sums_by(positive - middles(level), bins(level), BINS) for level in levels]
    return np.stack([np.abs(each).sum(axis=1) / samples.sizes for each in apart], axis=1)


def error_by_chance(level: np.ndarray) -> float:
    """The calibration error that sampling alone gives to a model that is perfectly calibrated, on
    average: a bin's sum of Bernoulli deviations is nearly normal, and E|Z| = √(2 / π)."""
    said = middles(level)
    return float(np.sqrt(2 / np.pi * by_bin(level, said * (1 - said))).sum() / len(level))


# --- threshold ---------------------------------------------------------------------------


def hits_by_threshold(counts: np.ndarray) -> np.ndarray:
    """int64[LEVELS + 1]: how many are right where all from level ``k`` on are answered positive, for
    int64[2, LEVELS], how many negative and positive reviews stand at each level."""
    negatives, positives = counts
    below = np.append(0, np.cumsum(negatives))
    above = positives.sum() - np.append(0, np.cumsum(positives))
    return below + above


def best_threshold(counts: np.ndarray) -> int:
    """The level with most hits; of equals the one nearest to one half, the lower of two."""
    hits = hits_by_threshold(counts)
    best = np.flatnonzero(hits == hits.max())
    return int(min(best, key=lambda level: (abs(level - LEVELS // 2), level)))


def wrong_by_threshold(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int64[LEVELS + 1] each: how many negative and how many positive reviews are wrong where all from level
    ``k`` on are answered positive."""
    negatives, positives = counts
    return negatives.sum() - np.append(0, np.cumsum(negatives)), np.append(0, np.cumsum(positives))


def balanced_threshold(counts: np.ndarray) -> int:
    """The level at which the shares of both classes that are wrong differ least; of equals the one nearest
    to one half, the lower of two. In whole numbers: every machine finds the same."""
    negatives, positives = wrong_by_threshold(counts)
    apart = np.abs(negatives * counts[1].sum() - positives * counts[0].sum())
    best = np.flatnonzero(apart == apart.min())
    return int(min(best, key=lambda level: (abs(level - LEVELS // 2), level)))
