"""Influence and gradient by the distance to the end of the review."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.kinds.linear import LinearRecord
from experiments.kinds.memory import MemoryRecord
from experiments.records.base import Run
from report.figures.bands import Band, draw_band
from report.figures.base import Source
from report.figures.checks import Level, check_numbers
from report.figures.labels import key, label_curves, label_levels, level_mm, seed_marks
from report.figures.room import Named, Room
from report.figures.style import (
    BLUE,
    DASHES,
    DOTS,
    FOOT_MM,
    GREEN,
    HEAD_MM,
    INK,
    ORANGE,
    PURPLE,
    THICK,
    THIN,
    Curve,
    across,
    heading,
    make_room,
    new_figure,
    panel,
    widen,
)
from report.findings.lstm.gradient import Gradient

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILE = "influencia.svg"

PANEL_MM = 36.0
LOWEST = 1e-4  # of the largest gradient: what is less leaves the panel


@dataclass(frozen=True)
class Labels:
    """Titles of both panels and of their axis, names of the curves of each, and the key: ``each`` seed,
    their ``mean``."""

    influence: str
    gradient: str
    distance: str
    lstm: str
    control: str
    selected: str
    initial: str
    each: str
    mean: str


@dataclass(frozen=True, eq=False)
class Gradients:
    """float[seeds, k] > 0 by distance to the end, 0 to k - 1, each relative to its largest."""

    initial: np.ndarray
    selected: np.ndarray

    def __post_init__(self) -> None:
        check_numbers("initial", self.initial)
        check_numbers("selected", self.selected, np.shape(self.initial))


@dataclass(frozen=True, eq=False)
class ByDistance:
    """Influence in logits, and gradients, by distance to the end in words; ``reach`` is the share
    of its largest value below which a gradient is taken not to arrive."""

    lstm: Band
    control: Band
    gradients: Gradients
    reach: Level
    words: Labels
    decimal: str = "."


def prepare(source: Source, labels: Labels) -> ByDistance:
    reach = source.findings[Gradient].thresholds.reach
    runs = source.study.memory
    return ByDistance(
        lstm=influence_band(runs),
        control=influence_band(source.study.linear),
        gradients=Gradients(relative(runs, "gradient_initial"), relative(runs, "gradient_selected")),
        reach=Level(reach.value, source.plain(reach)),
        words=labels,
        decimal=source.decimal,
    )


def influence_band(runs: Sequence[Run]) -> Band:
    """As far as all seeds reach; the band holds those of all."""
    measured = []
    for run in runs:
        assert isinstance(run.record, MemoryRecord | LinearRecord)
        measured.append(run.record.influence)
    common = min(map(len, measured))

    def values(name: str) -> np.ndarray:
        return np.array([[getattr(place, name) for place in places[:common]] for places in measured])

    return Band(values("distance")[0], values("mean"), values("low").min(axis=0), values("high").max(axis=0))


def relative(runs: Sequence[Run], name: str) -> np.ndarray:
    """float64[seeds, k], each norm by the seed's largest, as far as some review reaches."""
    norms = np.array([run.arrays[name] for run in runs], dtype=np.float64)
    reached = norms[:, np.isfinite(norms).all(axis=0)]
    return reached / np.maximum(reached.max(axis=1, keepdims=True), np.finfo(float).tiny)


def draw(data: ByDistance) -> Figure:
    """Influence with its bootstrap bands, and the gradient before and after training."""
    from report.figures.scales import number_scale

    figure, words = new_figure(FOOT_MM + PANEL_MM + HEAD_MM), data.words
    (left, width), (right, _) = across(9, 20, level_mm(data.reach.label))
    influences = panel(figure, left, FOOT_MM, width, PANEL_MM)
    influences.grid(axis="y")
    named = [
        draw_band(influences, Curve(words.lstm, BLUE, "-"), data.lstm),
        draw_band(influences, Curve(words.control, ORANGE, DASHES), data.control),
    ]
    both = (data.lstm, data.control)
    highest = max(float(np.max([band.seeds.max(), band.high.max()])) for band in both)
    lowest = min(float(np.min([band.seeds.min(), band.low.min()])) for band in both)
    influences.set_ylim(make_room(0, highest or 1, lowest, highest))
    _distance_scale(influences, max(float(band.x.max()) for band in both), words)
    number_scale(influences.yaxis, data.decimal)
    heading(influences, words.influence)
    label_curves(Room(influences, named, grid=influences.get_yticks()))
    _draw_gradients(panel(figure, right, FOOT_MM, width, PANEL_MM), data)
    key(figure, 1.2, seed_marks(len(data.lstm.seeds), words.each, words.mean), left=9)
    return figure


def _draw_gradients(axes: Axes, data: ByDistance) -> None:
    from matplotlib.ticker import FixedFormatter, FixedLocator

    floor, reach = math.log10(LOWEST), math.log10(data.reach.value)
    axes.axhline(reach, color=INK, linestyle=DOTS, linewidth=0.9)
    named = []
    for curve, seeds in (  # not the colours of the panel beside them, which tell models apart
        (Curve(data.words.selected, PURPLE, "-"), data.gradients.selected),
        (Curve(data.words.initial, GREEN, DASHES), data.gradients.initial),
    ):
        logs = np.log10(np.maximum(seeds, LOWEST / 10))  # what is less is out of sight anyway
        mean = np.log10(np.maximum(seeds.mean(axis=0), LOWEST / 10))
        x = np.arange(seeds.shape[1])
        if len(seeds) > 1:
            # Beside dashes full and pale: dashes, or a full colour, would fill the gaps of the mean's.
            alpha = 1 if curve.dashes == "-" else 0.6
            for values in logs:
                axes.plot(x, values, linewidth=THIN, alpha=alpha, color=curve.color)
        axes.plot(x, mean, linewidth=THICK, color=curve.color, linestyle=curve.dashes)
        named.append(Named(curve, [(x, values) for values in logs]))
    axes.set_ylim(floor, 0.6)
    _distance_scale(axes, float(data.gradients.selected.shape[1] - 1), data.words)
    powers = range(round(floor), 1)
    axes.yaxis.set_major_locator(FixedLocator(list(powers)))
    axes.yaxis.set_major_formatter(FixedFormatter([_power(power, data.decimal) for power in powers]))
    heading(axes, data.words.gradient)
    label_levels(axes, [(reach, data.reach.label)])
    label_curves(Room(axes, named, [reach]))


def _distance_scale(axes: Axes, last: float, words: Labels) -> None:
    from report.figures.scales import number_scale

    number_scale(axes.xaxis, ".", ticks=5)
    axes.set_xlim(widen(0, max(last, 1), 0.03))
    axes.set_xlabel(words.distance)


def _power(power: int, decimal: str) -> str:
    """10 to a ``power`` of at most 0, written out."""
    return f"{10.0**power:.{-power}f}".replace(".", decimal)
