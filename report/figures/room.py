"""Where in a panel a word has room, beside what it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from report.figures.style import Curve
from report.sheet import MM_PER_INCH

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MM_PER_POINT = MM_PER_INCH / 72
CLEAR_MM = 2.4  # from a line to the middle of the type beside it
BEFORE_MM = 1.8  # a word, or the sample of its line, and after it, where nothing else stands: as much as an x
MERGED_MM = 0.8  # two lines no farther apart look like one
APART_MM = 5.0  # two words at the same height
HALF_MM = 1.7  # of a line of type, with the air that it needs
DOTS_MM = 0.3  # more of it beside a level, whose dots look like part of a letter
START_MM = 1.6  # from the left edge, where a scale may stand
END_MM = 1.2  # from the right edge of a panel: a band ends there, and its edge would cross a word

STEP_MM = 0.5  # between the places where a line is looked at
NOBODY = -1  # owns a line that is no curve's
FAR_MM = 1e6  # outside any panel
OFFSETS_MM = np.arange(0, 16, 0.5)  # from the nearest place beside a curve to farther ones

# What is bad about a place, as millimetres more from the curve. The first three are never worth
# it: they decide only where no place is free.
OUTSIDE, TOUCHES, CUT_OFF = 4000.0, 1000.0, 300.0
MERGED = 100.0  # where another line cannot be told from the curve, its name would be for both
ON_GRID, ON_BAND = 5.0, 10.0
NEAR_ANOTHER, NEAR_MM = 0.8, 5.0  # for each millimetre nearer than that to another curve
FROM_END = 0.06  # for each millimetre away from the right end of the curve


@dataclass(frozen=True)
class Named:
    """All that is drawn of one curve, in data: its lines (x, y) and its bands (x, low, high)."""

    curve: Curve
    lines: Sequence[tuple[np.ndarray, np.ndarray]]
    bands: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]] = ()


class Room:
    """A panel in millimetres and what stands in it: curves, horizontal ``levels``, vertical
    ``uprights``, the lines of a ``grid``, and the words placed so far. The limits of ``axes`` must
    be final."""

    def __init__(
        self,
        axes: Axes,
        curves: Sequence[Named],
        levels: Sequence[float] | np.ndarray = (),
        grid: Sequence[float] | np.ndarray = (),
        uprights: Sequence[float] = (),
    ) -> None:
        self.axes, self.curves = axes, curves
        self._x, self._y = axes.get_xlim(), axes.get_ylim()
        self.width, self.height = axes.bbox.width * MM_PER_POINT, axes.bbox.height * MM_PER_POINT  # at 72 dpi
        self._places = np.arange(0, self.width + STEP_MM, STEP_MM)
        self._owner = np.array([index for index, named in enumerate(curves) for _ in named.lines])
        lines = [line for named in curves for line in named.lines]
        bands = [band for named in curves for band in named.bands]
        self._lines = self._sampled(lines)
        self._lows = self._sampled([(x, low) for x, low, _ in bands])
        self._highs = self._sampled([(x, high) for x, _, high in bands])
        self._levels, self._grid = self.up(np.array(levels)), self.up(np.array(grid))
        self._uprights = self.across(np.array(uprights))
        self._taken = np.empty((0, 3))  # left, right and middle of each word

    def across(self, x: Any) -> Any:
        """In mm: numbers or arrays of them."""
        return (x - self._x[0]) / (self._x[1] - self._x[0]) * self.width

    def up(self, y: Any) -> Any:
        return (y - self._y[0]) / (self._y[1] - self._y[0]) * self.height

    def add_mark(self, own: int, x: float, y: float, radius: float) -> None:
        """A mark on a curve, ``radius`` mm around a point of it in data."""
        under = np.abs(self._places - self.across(x)) < radius + STEP_MM
        for end in (-radius, radius):
            self._add(own, np.where(under, self.up(y) + end, np.nan))

    def add_hairline(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """What joins a word to its point, both in mm."""
        (x, y), (last_x, last_y) = sorted((start, end))
        inside = (self._places > x - STEP_MM) & (self._places < last_x + STEP_MM)
        self._add(NOBODY, np.where(inside, np.interp(self._places, [x, last_x], [y, last_y]), np.nan))

    def beside_curve(self, own: int, length: float) -> tuple[float, float]:
        """Left end and middle of a word, ``length`` mm long, that names the curve ``own``: as near
        to it as there is room, by preference at its right end, with no other line between; if
        possible off the bands and the grid. Nothing else is put there from now on."""
        lefts = np.arange(max(self.width - length - END_MM, START_MM), START_MM - 0.5, -1.0)
        low, high = _extent(self._lines, self._lines, lefts, length)
        mine = self._owner == own
        end = float(self._places[np.isfinite(self._lines[mine]).any(axis=0)].max(initial=0))
        centre = (high[mine].max(axis=0) + low[mine].min(axis=0)) / 2  # a level may cross the curve
        found = []
        for sign, edge in ((1, high[mine].max(axis=0)), (-1, low[mine].min(axis=0))):
            middle = edge[:, None] + sign * (CLEAR_MM + OFFSETS_MM)
            cost = OFFSETS_MM + FROM_END * np.abs(end - lefts - length)[:, None]
            cost = cost + OUTSIDE * ((edge < 0) | (edge > self.height))[:, None]
            cost += self._cost(lefts, length, middle, low, high)
            cost += CUT_OFF * _between(self._levels[:, None], self._levels[:, None], centre, middle)
            for start, price in ((MERGED_MM, CUT_OFF - MERGED), (-MERGED_MM, MERGED)):
                cost += price * _between(low[~mine], high[~mine], edge + sign * start, middle)
            gaps = np.maximum(low[~mine][..., None] - middle, middle - high[~mine][..., None])
            cost += NEAR_ANOTHER * np.clip(NEAR_MM - gaps, 0, NEAR_MM).max(axis=0, initial=0)
            found.append((cost, middle))
        costs, middles = (np.concatenate(pair) for pair in zip(*found, strict=True))
        return self._take(np.tile(lefts, 2), length, middles, costs)

    def near_point(self, x: float, y: float, length: float) -> tuple[float, float]:
        """The same of a word that belongs to a point in the panel, in mm."""
        aside = np.concatenate([np.arange(0, 5, 0.5), -np.arange(0.5, 5, 0.5)])
        lefts = np.clip(x - length / 2 + aside, 0, self.width - length)
        middle = y + np.concatenate([CLEAR_MM + OFFSETS_MM, -CLEAR_MM - OFFSETS_MM])
        middle = np.tile(middle, (len(lefts), 1))
        low, high = _extent(self._lines, self._lines, lefts, length)
        cost = np.abs(middle - y) + 0.5 * np.abs(aside)[:, None]
        cost += self._cost(lefts, length, middle, low, high)
        return self._take(lefts, length, middle, cost)

    def _sampled(self, lines: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
        """float[lines, places] in mm, NaN where a line is not."""
        if not lines:
            return np.empty((0, len(self._places)))
        across = [self.across(np.asarray(x, float)) for x, _ in lines]
        return np.stack(
            [
                # A point alone is as wide as its mark.
                np.where(
                    (self._places >= x[0] - STEP_MM) & (self._places <= x[-1] + STEP_MM),
                    np.interp(self._places, x, self.up(np.asarray(y, float))),
                    np.nan,
                )
                for x, (_, y) in zip(across, lines, strict=True)
            ]
        )

    def _add(self, own: int, sampled: np.ndarray) -> None:
        self._lines = np.vstack([self._lines, sampled])
        self._owner = np.append(self._owner, own)

    def _cost(
        self, lefts: np.ndarray, length: float, middle: np.ndarray, low: np.ndarray, high: np.ndarray
    ) -> np.ndarray:
        """Of words at ``lefts`` float[n], ``middle`` float[n, k], for what is under them; ``low`` and
        ``high`` are the extent of the lines there."""
        cost = OUTSIDE * ((middle < HALF_MM) | (middle > self.height - HALF_MM))
        cost = cost + TOUCHES * _covered(low, high, middle)
        levels = self._levels[:, None]
        cost += TOUCHES * _covered(levels - DOTS_MM, levels + DOTS_MM, middle)
        crossed = np.abs(self._uprights - (lefts[:, None] + length / 2)) < length / 2 + BEFORE_MM
        cost += TOUCHES * crossed.sum(axis=1)[:, None]
        for left, right, height in self._taken:
            beside = (lefts < right + APART_MM) & (lefts + length > left - APART_MM)
            cost += TOUCHES * (beside[:, None] & (np.abs(middle - height) < 2 * HALF_MM))
        cost += ON_GRID * _covered(*(self._grid[:, None],) * 2, middle)
        return cost + ON_BAND * _covered(*_extent(self._lows, self._highs, lefts, length), middle)

    def _take(
        self, lefts: np.ndarray, length: float, middles: np.ndarray, costs: np.ndarray
    ) -> tuple[float, float]:
        row, column = np.unravel_index(np.argmin(costs), costs.shape)
        left = float(lefts[row])
        # Where no place is free at all, at least inside.
        middle = float(np.clip(middles[row, column], HALF_MM, self.height - HALF_MM))
        self._taken = np.append(self._taken, [[left, left + length, middle]], axis=0)
        return left, middle


def _extent(
    lows: np.ndarray, highs: np.ndarray, lefts: np.ndarray, length: float
) -> tuple[np.ndarray, np.ndarray]:
    """float[lines, n]: the lowest and highest of each line over ``length`` mm from ``lefts``
    float[n] on; far away, and the wrong way round, where it is not."""
    cells = round((length + 2 * BEFORE_MM) / STEP_MM) + 1
    first = np.round((lefts - BEFORE_MM) / STEP_MM).astype(int)
    places = np.clip(first[:, None] + np.arange(cells), 0, lows.shape[1] - 1)
    low, high = np.where(np.isnan(lows), FAR_MM, lows), np.where(np.isnan(highs), -FAR_MM, highs)
    return low[:, places].min(axis=2), high[:, places].max(axis=2)


def _covered(low: np.ndarray, high: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """int[n, k]: how many of the stretches ``low`` to ``high``, float[lines, n], a line of type with
    its ``middle``, float[n, k], lies on."""
    near = (low[..., None] < middle + HALF_MM) & (high[..., None] > middle - HALF_MM)
    return near.sum(axis=0)


def _between(low: np.ndarray, high: np.ndarray, start: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """The same of what lies between ``start``, float[n], and the words."""
    first, last = np.minimum(start[:, None], middle), np.maximum(start[:, None], middle)
    return ((low[..., None] < last) & (high[..., None] > first)).sum(axis=0)
