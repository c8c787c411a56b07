"""How fast a share changes: one slope for several seeds, from counts."""

import math
from dataclasses import dataclass

import numpy as np

from report.findings import measures


@dataclass(frozen=True)
class Slope:
    """Per unit of x, with the ends of its interval."""

    value: float
    low: float
    high: float


def common_slope(x: np.ndarray, readable: np.ndarray, n: np.ndarray) -> Slope | None:
    """The slope that the shares ``readable`` / ``n``, int[seeds, t] each, have in common along ``x``,
    float[t], each seed with a level of its own; None where no degree of freedom is left.

    Weighted least squares with the binomial variance of each seed's mean share; Student's interval, with
    the dispersion that the residuals show where it exceeds that of binomial counts (McCullagh and Nelder,
    1989, section 4.5): a network changes from one checkpoint to the next, too.
    """
    from scipy import special

    seeds, t = readable.shape
    freedom = seeds * t - seeds - 1
    along = x - x.mean()
    if t < 2 or freedom < 1:
        return None
    share = readable / n
    mean = (readable.sum(axis=1) + 0.5) / (n.sum(axis=1) + 1)  # with none of them read, no variance of 0
    weight = n / (mean * (1 - mean))[:, None]
    centred = share - share.mean(axis=1, keepdims=True)
    spread = float((weight * along**2).sum())
    value = float((weight * along * centred).sum()) / spread
    dispersion = float((weight * (centred - value * along) ** 2).sum()) / freedom
    half = float(special.stdtrit(freedom, (1 + measures.CONFIDENCE) / 2))
    half *= math.sqrt(max(1.0, dispersion) / spread)
    return Slope(value, value - half, value + half)
