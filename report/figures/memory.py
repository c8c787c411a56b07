"""The figures on the memory of the LSTM: by length, by distance to the end, and the probe."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedFormatter, FixedLocator

from report.figures.data import Band, ByDistance, ByLength, ByProbe, Level, SeedLines
from report.figures.labels import key, label_curves, label_levels, seed_marks
from report.figures.room import Named, Room
from report.figures.style import (
    BLUE,
    DASHES,
    DOTS,
    INK,
    ORANGE,
    SKY,
    STYLE,
    THICK,
    THIN,
    VERMILLION,
    WIDTH_MM,
    Curve,
    DecimalFormatter,
    heading,
    make_room,
    new_figure,
    number_scale,
    panel,
    widen,
)

LSTM = Curve("LSTM", BLUE, "-")
CONTROL = Curve("control", ORANGE, DASHES)
CELL = Curve("celda", BLUE, "-")
POOLED = Curve("control bidireccional", ORANGE, DASHES)
# Not the colours of the panel beside them, which tell models apart.
SELECTED = Curve("época elegida", VERMILLION, "-")
INITIAL = Curve("al empezar", SKY, DASHES)

LOWEST = 1e-4  # of the largest gradient: what is less leaves the panel


# --- by length ---------------------------------------------------------------------------


@rc_context(STYLE)
def draw_by_length(data: ByLength, decimal: str = ".") -> Figure:
    """The LSTM, with Wilson's band, and the control: by decile of length and by stars."""
    figure = new_figure(66)
    starred = data.lstm_stars is not None and data.control_stars is not None
    lengths = panel(figure, 9, 17, 60 if starred else WIDTH_MM - 9, 42)
    logs = Level(math.log10(data.window.value), data.window.label)
    lengths.axvline(logs.value, color=INK, linestyle=DOTS, linewidth=0.9)
    named = _draw_pair(lengths, _in_logs(data.lstm), _in_logs(data.control), decimal)
    limits = lengths.get_xlim()
    lengths.set_xlim(min(limits[0], logs.value), max(limits[1], logs.value))
    _word_scale(lengths.xaxis, _round_numbers(*lengths.get_xlim()))
    lengths.set_xlabel("Palabras de la reseña (escala logarítmica)")
    heading(lengths, "Exactitud según la longitud")
    label_curves(Room(lengths, named, grid=lengths.get_yticks(), uprights=[logs.value]))
    if data.lstm_stars is not None and data.control_stars is not None:
        stars = panel(figure, WIDTH_MM - 60, 17, 60, 42)
        named = _draw_pair(stars, data.lstm_stars, data.control_stars, decimal, consecutive=True)
        stars.xaxis.set_major_locator(FixedLocator(data.lstm_stars.x.tolist()))
        stars.xaxis.set_major_formatter(DecimalFormatter("."))
        stars.set_xlabel("Estrellas de la reseña")
        heading(stars, "Exactitud según las estrellas")
        label_curves(Room(stars, named, grid=stars.get_yticks()))
    items = [
        *seed_marks(len(data.lstm.seeds)),
        (Line2D([], [], color=INK, linestyle=DOTS, linewidth=0.9), logs.label),
    ]
    key(figure, 1.5, items, left=9)
    return figure


def _draw_pair(axes: Axes, lstm: Band, control: Band, decimal: str, consecutive: bool = False) -> list[Named]:
    """Two models at the same places, as points on lines; at whole numbers, joined only if they are
    ``consecutive``."""
    axes.grid(axis="y")
    named = [
        _draw_band(axes, curve, band, marker="o", reach=1 if consecutive else math.inf)
        for curve, band in ((LSTM, lstm), (CONTROL, control))
    ]
    ends = [np.concatenate([band.seeds.ravel(), band.low, band.high]) for band in (lstm, control)]
    axes.set_ylim(widen(min(map(np.min, ends)), max(map(np.max, ends))))
    axes.set_xlim(widen(lstm.x.min(), lstm.x.max(), 0.04))
    number_scale(axes.yaxis, decimal)
    return named


# --- by distance -------------------------------------------------------------------------


@rc_context(STYLE)
def draw_by_distance(data: ByDistance, decimal: str = ".") -> Figure:
    """Influence with its bootstrap bands, and the gradient before and after training."""
    figure = new_figure(66)
    influences = panel(figure, 9, 17, 56, 42)
    influences.grid(axis="y")
    named = [_draw_band(influences, LSTM, data.lstm), _draw_band(influences, CONTROL, data.control)]
    both = (data.lstm, data.control)
    highest = max(float(np.max([band.seeds.max(), band.high.max()])) for band in both)
    lowest = min(float(np.min([band.seeds.min(), band.low.min()])) for band in both)
    influences.set_ylim(make_room(0, highest or 1, lowest, highest))
    _distance_scale(influences, max(float(band.x.max()) for band in both))
    number_scale(influences.yaxis, decimal)
    heading(influences, "Influencia (cambio del logit)")
    label_curves(Room(influences, named, grid=influences.get_yticks()))
    gradients = panel(figure, 78, 17, 56, 42)
    _draw_gradients(gradients, data, decimal)
    key(figure, 1.5, seed_marks(len(data.lstm.seeds)), left=9)
    return figure


def _draw_gradients(axes: Axes, data: ByDistance, decimal: str) -> None:
    floor, reach = math.log10(LOWEST), math.log10(data.reach.value)
    axes.axhline(reach, color=INK, linestyle=DOTS, linewidth=0.9)
    named = []
    for curve, seeds in ((SELECTED, data.gradients.selected), (INITIAL, data.gradients.initial)):
        logs = np.log10(np.maximum(seeds, LOWEST / 10))  # what is less is out of sight anyway
        mean = np.log10(np.maximum(seeds.mean(axis=0), LOWEST / 10))
        x = np.arange(seeds.shape[1])
        if len(seeds) > 1:
            for values in logs:  # full lines: dashes would fill the gaps of the mean's
                axes.plot(x, values, linewidth=THIN, alpha=0.6, color=curve.color)
        axes.plot(x, mean, linewidth=THICK, color=curve.color, linestyle=curve.dashes)
        named.append(Named(curve, [(x, values) for values in logs]))
    axes.set_ylim(floor, 0.6)
    _distance_scale(axes, float(data.gradients.selected.shape[1] - 1))
    powers = range(round(floor), 1)
    axes.yaxis.set_major_locator(FixedLocator(list(powers)))
    axes.yaxis.set_major_formatter(FixedFormatter([_power(power, decimal) for power in powers]))
    heading(axes, "Gradiente relativo a su máximo")
    label_levels(axes, [(reach, data.reach.label)])
    label_curves(Room(axes, named, [reach]))


def _distance_scale(axes: Axes, last: float) -> None:
    number_scale(axes.xaxis, ".", ticks=5)
    axes.set_xlim(widen(0, max(last, 1), 0.03))
    axes.set_xlabel("Palabras hasta el final")


# --- the probe ---------------------------------------------------------------------------


@rc_context(STYLE)
def draw_by_probe(data: ByProbe, decimal: str = ".") -> Figure:
    """Both networks by distance: the mean of the seeds, or each where they do not behave alike."""
    marks = seed_marks(len(data.cell.seeds)) if data.apart is None else []
    bottom = 17 if marks else 11
    figure = new_figure(bottom + 43)
    axes = panel(figure, 9, bottom, WIDTH_MM - 22, 37)
    levels = (data.enough, data.chance)
    for level in levels:
        axes.axhline(level.value, color=INK, linestyle=DOTS, linewidth=0.9)
    if data.apart is None:
        named = [
            _draw_band(axes, CELL, _in_logs(data.cell), marker="o"),
            _draw_band(axes, POOLED, _in_logs(data.control), marker="o"),
        ]
    else:
        x = np.log10(data.cell.x)
        named = [_draw_each(axes, CELL, x, group) for group in data.apart.cell]
        named.append(_draw_each(axes, POOLED, x, data.apart.control, hollow=True))
    lowest = min(float(low.min()) for curve in named for _, low, _ in curve.bands)
    axes.set_ylim(min(0.4, lowest - 0.1), 1.14)
    axes.yaxis.set_major_locator(FixedLocator([0, 0.2, 0.4, 0.6, 0.8, 1]))
    axes.yaxis.set_major_formatter(DecimalFormatter(decimal))
    axes.set_xlim(widen(math.log10(data.cell.x[0]), math.log10(data.cell.x[-1]), 0.04))
    _word_scale(axes.xaxis, data.cell.x.tolist())
    axes.set_xlabel("Palabras entre la cláusula decisiva y el final (escala logarítmica)")
    heading(axes, "Exactitud en la sonda")
    label_levels(axes, [(level.value, level.label) for level in levels])
    label_curves(Room(axes, named, [level.value for level in levels]))
    key(figure, 1.5, marks, left=9)
    return figure


# --- what they share ---------------------------------------------------------------------


def _draw_band(axes: Axes, curve: Curve, band: Band, marker: str = "", reach: float = math.inf) -> Named:
    """Each seed thin, their mean thick, the interval as a band; broken between places farther apart
    than ``reach``, where nothing was measured."""
    look: dict = {"color": curve.color, "linestyle": curve.dashes}
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
                axes.plot(x, values, linewidth=THIN, alpha=0.6, **look)
        axes.plot(x, seeds.mean(axis=0), linewidth=THICK, marker=marker or only, markersize=3, **look)
        lines += [(x, values) for values in seeds]
        bands.append((x, low, high))
    return Named(curve, lines, bands)


def _draw_each(axes: Axes, curve: Curve, x: np.ndarray, group: SeedLines, hollow: bool = False) -> Named:
    """A line for each seed with its intervals, where a mean would describe none of them; ``hollow``
    marks leave those under them in sight."""
    look: dict = {"color": curve.color, "linestyle": curve.dashes, "linewidth": 1.1, "marker": "o"}
    look |= {"markersize": 4.4, "markerfacecolor": "none"} if hollow else {"markersize": 2.2}
    for values, low, high in zip(group.values, group.low, group.high, strict=True):
        axes.vlines(x, low, high, color=curve.color, linewidth=0.8)
        axes.plot(x, values, **look)
    bands = [(x, low, high) for low, high in zip(group.low, group.high, strict=True)]
    return Named(replace(curve, name=group.name), [(x, values) for values in group.values], bands)


def _in_logs(band: Band) -> Band:
    return Band(np.log10(band.x), band.seeds, band.low, band.high)


def _round_numbers(low: float, high: float) -> list[float]:
    """1, 2 and 5 times the powers of ten between two decimal logarithms."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    every = [digit * 10.0**power for power in powers for digit in (1, 2, 5)]
    return [value for value in every if low <= math.log10(value) <= high]


def _word_scale(axis: Axis, words: Sequence[float]) -> None:
    """Ticks at whole numbers of ``words`` on an axis of decimal logarithms."""
    formatter = DecimalFormatter(".")
    formatter.set_locs(words)
    axis.set_major_locator(FixedLocator([math.log10(value) for value in words]))
    axis.set_major_formatter(FixedFormatter([formatter(value) for value in words]))


def _power(power: int, decimal: str) -> str:
    """10 to a ``power`` of at most 0, written out."""
    return f"{10.0**power:.{-power}f}".replace(".", decimal)
