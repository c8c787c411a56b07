"""A panel of what is measured or logged at each epoch, seed by seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from report.figures.labels import label_curves, label_seeds
from report.figures.room import MM_PER_POINT, Named, Room
from report.figures.style import INK, THICK, THIN, Curve, widen
from report.findings.epochs import has
from report.findings.lstm.selected_epoch import MAX_NAMED
from report.study.study import AnyRun, at

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Values = tuple[np.ndarray, ...]  # of each seed, float[epochs]

RING_PT = 4.6
RING: dict[str, Any] = {"marker": "o", "markerfacecolor": "none", "markeredgecolor": INK}


def values_of(runs: Sequence[AnyRun], name: str) -> Values | None:
    """What each epoch of each run has by that name; None where any lacks it."""
    if not all(has(run, name) for run in runs):
        return None
    return tuple(np.array(at(run, f"epochs[*].{name}").value) for run in runs)


def draw_epochs(
    axes: Axes,
    curves: Sequence[tuple[Curve, Sequence[np.ndarray]]],
    epoch: str,
    decimal: str,
    ringed: Sequence[int],
    names: Sequence[str] = (),
    percent: bool = False,
) -> None:
    """Each seed of each curve thin, float[epochs], and their mean thick as far as all seeds reach. On the
    first curve a ring at the epoch (from 1) of each seed that is ``ringed``, where any is, and its name at
    its end if there are ``names``. ``percent``: values are shares of one."""
    from report.figures.scales import DecimalFormatter, PercentFormatter, epoch_scale, number_scale

    every = [np.asarray(values) for _, each in curves for values in each]
    common = min(len(values) for values in every)
    axes.grid(axis="y")
    named = []
    for curve, each in curves:  # dashes over a full line show both
        look: dict[str, Any] = {"color": curve.color, "linestyle": curve.dashes}
        if common == 1:
            look |= {"marker": "o", "markersize": 3}
        lines = [(np.arange(1, len(values) + 1), np.asarray(values)) for values in each]
        if len(each) > 1:
            for x, y in lines:
                axes.plot(x, y, linewidth=THIN, **look)
        mean = np.mean([values[:common] for values in each], axis=0)
        axes.plot(np.arange(1, common + 1), mean, linewidth=THICK, **look)
        named.append(Named(curve, lines))
    epoch_scale(axes, max(len(values) for values in every))
    axes.set_xlabel(epoch)
    number_scale(axes.yaxis, decimal, form=PercentFormatter if percent else DecimalFormatter)
    axes.set_ylim(widen(min(v.min() for v in every), max(v.max() for v in every)))
    room = Room(axes, named, grid=axes.get_yticks())
    first = [np.asarray(values) for values in curves[0][1]]
    if ringed:
        draw_rings(room, [(place, values[place - 1]) for place, values in zip(ringed, first, strict=True)])
    if names:
        label_seeds(room, [(len(values), values[-1]) for values in first], names)
    label_curves(room)


def draw_rings(room: Room, points: Sequence[tuple[int, float]]) -> None:
    """On the first curve of a room; a ring that would lie on another goes around it, so that both
    are seen."""
    places = np.array([(room.across(x), room.up(y)) for x, y in points])
    for index, (x, y) in enumerate(points):
        under = int((np.hypot(*(places[:index] - places[index]).T) < RING_PT * MM_PER_POINT / 2).sum())
        size = RING_PT + 3 * min(under, MAX_NAMED - 1)
        room.axes.plot([x], [y], linestyle="none", zorder=3, markersize=size, **RING)
        room.add_mark(0, x, y, size * MM_PER_POINT / 2)
