"""How much each part of a review weighs, by its distance to the end: what a control and the network both
record of it."""

from collections.abc import Sequence

import numpy as np

from experiments.records.coherence.complaints import (
    Complaints,
    expect,
    expect_at_most,
    expect_interval,
    expect_near,
)
from experiments.records.parts import Decay, Influence

WHY = "lo que da «occlusion»"


def of_curve(influence: Sequence[Influence], window: int, most: int) -> Complaints:
    """That it has each window once, the nearest to the end first, and is of no more than ``most`` reviews, of
    which fewer reach each one than the one before."""
    for place, row in enumerate(influence):
        field = f"influence[{place}]"
        yield from expect(f"{field}.distance", place * window, row.distance, "de ventana en ventana")
        reach = influence[place - 1].n if place else most
        yield from expect_at_most(f"{field}.n", reach, row.n, "las reseñas que llegan antes")
        yield from expect_interval(field, row.low, row.high)


def of_decay(field: str, decay: Decay | None) -> Complaints:
    if decay is not None:
        yield from expect_interval(field, decay.low, decay.high)


def from_table(
    influence: Sequence[Influence], decay: Decay | None, table: np.ndarray, window: int, near: int, far: int
) -> Complaints:
    """That they are what float32[k, w] gives, NaN where a review does not reach."""
    reached = np.isfinite(table)
    filled = np.where(reached, table, 0).astype(np.float64)
    yield from expect("influence", table.shape[1] if table.size else 0, len(influence), "sus ventanas")
    for place, row in enumerate(influence[: table.shape[1]]):
        n = int(reached[:, place].sum())
        yield from expect(f"influence[{place}].n", n, row.n, WHY)
        mean = float(filled[:, place].sum() / max(n, 1))
        yield from expect_near(f"influence[{place}].mean", mean, row.mean, WHY)
    at = np.arange(table.shape[1]) * window
    long = reached[:, at >= far].any(axis=1)
    yield from expect("decay", bool(long.any()), decay is not None, "si alguna reseña llega a «far»")
    if decay is None or not long.any():
        return
    near_mean, far_mean = (
        filled[long][:, part].sum() / reached[long][:, part].sum() for part in (at < near, at >= far)
    )
    if near_mean > 0:
        yield from expect_near("decay.ratio", float(far_mean / near_mean), decay.ratio, WHY)
