"""What follows from the probabilities that a classifier gave."""

from collections.abc import Sequence

import numpy as np

from experiments.records.coherence.complaints import Complaints, expect, expect_near
from experiments.records.parts import Confusion

# In nats: as Keras, all networks here clip probabilities at 1e-7.
CLIP = 1e-7
MOST_CLIPPED = 16.2
MOST = 1e6  # of a loss that is not clipped: what nobody prints
WHY = "lo que dan las probabilidades guardadas"


def cross_entropies(probability: np.ndarray, label: np.ndarray, clip: float = CLIP) -> np.ndarray:
    """float64[n] in nats of float32[n]."""
    p = np.clip(probability.astype(np.float64), clip, 1 - clip)
    return -np.where(label == 1, np.log(p), np.log1p(-p))


def expect_confusion(field: str, found: Confusion, probability: np.ndarray, label: np.ndarray) -> Complaints:
    """A half is no positive answer."""
    said, positive = probability > 0.5, label == 1
    cells = {
        "true_negative": ~said & ~positive,
        "false_positive": said & ~positive,
        "false_negative": ~said & positive,
        "true_positive": said & positive,
    }
    for name, rows in cells.items():
        yield from expect(f"{field}.{name}", int(rows.sum()), getattr(found, name), WHY)


def expect_buckets(
    field: str,
    value: np.ndarray,
    right: np.ndarray,
    buckets: Sequence[tuple[int, int, int, int]],
    correct: str = "lstm_correct",
) -> Complaints:
    """Of int[n] and bool[n]: that of each of ``buckets``, which are (low, high, n, correct), the counts are
    those of the reviews between its limits, which occur."""
    for place, (low, high, n, hits) in enumerate(buckets):
        inside = (value >= low) & (value <= high)
        yield from expect(f"{field}[{place}].n", int(inside.sum()), n, f"las reseñas de {low} a {high}")
        yield from expect(f"{field}[{place}].{correct}", int((inside & right).sum()), hits, WHY)
        for name, limit in (("low", low), ("high", high)):
            if not (value == limit).any():
                yield from expect(f"{field}[{place}].{name}", "un valor de alguna reseña", limit)


def expect_logit_loss(field: str, found: float, probability: np.ndarray, label: np.ndarray) -> Complaints:
    """Of a loss that was worked out from logits, of which float32[n] is all that is left: where it is near
    0 or 1, it no longer tells how near."""
    given = np.where(label == 1, probability, 1 - probability).astype(np.float64)
    if (given > 0).all():
        blur = float(np.mean(2.0**-23 / given))
        yield from expect_near(field, float(-np.log(given).mean()), found, WHY, absolute=blur + 1e-6)
