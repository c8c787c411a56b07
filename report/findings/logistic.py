"""Whether one model loses ground to another as reviews grow longer: the logistic regression of the records
of memory (``experiments.kinds.memory.Regression``), from counts alone, so that it can be worked out again
from what travels in the PDF.

``table`` is float64[k, 5], a row for each length: the words, and how many reviews of so many words both
models answer rightly, the first alone, the other alone, and neither.
"""

import numpy as np

from report.findings.measures import CONFIDENCE

STEPS = 35  # of Newton's method
SETTLED = 1e-9  # of a step, in logits
ENDLESS = 30.0  # logits: answers that are all right, or all wrong, have no finite estimate

Interval = tuple[float, float, float]  # the estimate and the ends of its interval


def interaction(table: np.ndarray, window: int) -> Interval | None:
    """Of length and model: below 0 where the first loses more than the other with length. Correct answers
    by the standardised logarithm of the length, by whether a review is longer than ``window``, by the
    model, and by the interactions of both with the model; a covariance clustered by review (Cameron and
    Miller, 2015). None where the answers do not tell, or not apart from what longer reviews do."""
    known = np.asarray(table, float)
    words, counts = known[:, 0], known[:, 1:]
    n = counts.sum(axis=1)
    logs = np.log(np.maximum(words, 1))
    middle = np.average(logs, weights=n)
    spread = np.sqrt(np.average((logs - middle) ** 2, weights=n))
    if spread == 0:
        return None
    longer = (words > window).astype(float)
    columns = [np.ones(len(words)), (logs - middle) / spread, *([longer] if longer.any() else [])]
    common = np.column_stack(columns)
    first = np.column_stack([common, common])
    other = np.column_stack([common, np.zeros_like(common)])
    return fit(first, other, counts, place=common.shape[1] + 1)


def fit(first: np.ndarray, other: np.ndarray, counts: np.ndarray, place: int) -> Interval | None:
    """The coefficient at ``place``. ``first`` and ``other`` float64[k, p] are what is known of each row for
    both models, ``counts`` float64[k, 4] as in ``table``."""
    from scipy import special

    design = np.vstack([first, other])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    n = counts.sum(axis=1)
    right = (counts[:, 0] + counts[:, 1], counts[:, 0] + counts[:, 2])
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        logits = (first @ weights, other @ weights)
        if max(np.abs(each).max() for each in logits) > ENDLESS:
            return None
        p = [special.expit(each) for each in logits]
        slope = sum(x.T @ (hits - n * each) for x, hits, each in zip((first, other), right, p, strict=True))
        curve = sum(
            x.T @ (x * (n * each * (1 - each))[:, None]) for x, each in zip((first, other), p, strict=True)
        )
        try:
            step = np.linalg.solve(curve, slope)
        except np.linalg.LinAlgError:
            return None
        weights = weights + step
        if np.abs(step).max() < SETTLED:
            return with_interval(first, other, counts, p, curve, weights, place)
    return None


def with_interval(
    first: np.ndarray,
    other: np.ndarray,
    counts: np.ndarray,
    p: list[np.ndarray],
    curve: np.ndarray,
    weights: np.ndarray,
    place: int,
) -> Interval:
    """Of weights that are the likeliest: both answers to a review count as one."""
    from scipy import special

    meat = np.zeros_like(curve)
    for column, (a, b) in enumerate(((1, 1), (1, 0), (0, 1), (0, 0))):
        score = first * (a - p[0])[:, None] + other * (b - p[1])[:, None]
        meat += score.T @ (score * counts[:, [column]])
    inverse = np.linalg.inv(curve)
    reviews, terms = counts.sum(), len(weights)
    few = reviews / (reviews - 1) * (2 * reviews - 1) / (2 * reviews - terms)
    error = np.sqrt(few * (inverse @ meat @ inverse)[place, place])
    half = float(special.ndtri((1 + CONFIDENCE) / 2)) * float(error)
    return float(weights[place]), float(weights[place]) - half, float(weights[place]) + half
