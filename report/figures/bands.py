"""A model at several places: each seed thin, their mean thick, an interval as a band behind them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from report.figures.checks import check_numbers
from report.figures.room import Named
from report.figures.style import THICK, THIN, Curve
from report.findings.intervals import Interval
from report.ledger.ledger import Number

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class Band:
    """One model at the places ``x`` float[k]: each seed float[seeds, k], and an interval of their
    mean, ``low`` and ``high`` float[k]."""

    x: np.ndarray
    seeds: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def __post_init__(self) -> None:
        check_numbers("x", self.x)
        check_numbers("seeds", self.seeds, (len(self.seeds), len(self.x)))
        check_numbers("low", self.low, (len(self.x),))
        check_numbers("high", self.high, (len(self.x),))


def band_of(x: np.ndarray, values: Sequence[Sequence[Number]], intervals: Sequence[Interval]) -> Band:
    """At each of the places ``x``, the ``values`` of the seeds and the interval of their mean."""
    seeds = np.array([[number.value for number in each] for each in values]).T
    low, high = np.array([[end.value for end in interval] for interval in intervals]).T
    return Band(x, seeds, low, high)


def in_logs(band: Band) -> Band:
    """The same at the decimal logarithms of its places."""
    return Band(np.log10(band.x), band.seeds, band.low, band.high)


def draw_band(axes: Axes, curve: Curve, band: Band, marker: str = "", reach: float = math.inf) -> Named:
    """Each seed thin, their mean thick, the interval as a band; broken between places farther apart
    than ``reach``, where nothing was measured."""
    look: dict[str, Any] = {"color": curve.color, "linestyle": curve.dashes}
    only = "o" if len(band.x) == 1 else ""
    lines, bands = [], []
    for part in np.split(np.arange(len(band.x)), np.flatnonzero(np.diff(band.x) > reach) + 1):
        x, seeds, low, high = band.x[part], band.seeds[:, part], band.low[part], band.high[part]
        if len(part) == 1:  # a band would have no width
            axes.vlines(x, low, high, color=curve.color, alpha=0.18, linewidth=4)
        else:
            axes.fill_between(x, low, high, color=curve.color, alpha=0.18, linewidth=0)
        if len(seeds) > 1:
            for values in seeds:
                axes.plot(x, values, linewidth=THIN, **look)
        axes.plot(x, seeds.mean(axis=0), linewidth=THICK, marker=marker or only, markersize=3, **look)
        lines += [(x, values) for values in seeds]
        bands.append((x, low, high))
    return Named(curve, lines, bands)
