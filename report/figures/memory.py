"""The figures on the memory of the LSTM: by length, by distance to the end, and the probe."""

import math
from collections.abc import Sequence

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedFormatter, FixedLocator

from report.figures.data import Band, ByDistance, ByLength, ByProbe, Level
from report.figures.labels import key, label_ends, label_levels, seed_marks
from report.figures.style import (
    BLUE,
    DASHES,
    DOTS,
    INK,
    ORANGE,
    STYLE,
    THICK,
    THIN,
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
CELL = Curve("la celda", BLUE, "-")
POOLED = Curve("control bidireccional", ORANGE, DASHES)
SELECTED = Curve("época elegida", BLUE, "-")
INITIAL = Curve("al empezar", ORANGE, DASHES)

LOWEST = 1e-4  # of the largest gradient: what is less leaves the panel

Drawn = tuple[np.ndarray, np.ndarray]


# --- by length ---------------------------------------------------------------------------


@rc_context(STYLE)
def draw_by_length(data: ByLength, decimal: str = ".") -> Figure:
    """The LSTM, with Wilson's band, and the control: by decile of length and by stars."""
    figure = new_figure(66)
    starred = data.lstm_stars is not None and data.control_stars is not None
    lengths = panel(figure, 9, 17, 60 if starred else WIDTH_MM - 9, 42)
    logs = Level(math.log10(data.window.value), data.window.label)
    lengths.axvline(logs.value, color=INK, linestyle=DOTS, linewidth=0.9)
    _draw_pair(lengths, _in_logs(data.lstm), _in_logs(data.control), decimal)
    limits = lengths.get_xlim()
    lengths.set_xlim(min(limits[0], logs.value), max(limits[1], logs.value))
    _word_scale(lengths.xaxis, _round_numbers(*lengths.get_xlim()))
    lengths.set_xlabel("Palabras de la reseña (escala logarítmica)")
    heading(lengths, "Exactitud según la longitud")
    _label(lengths, LSTM, CONTROL, _in_logs(data.lstm), _in_logs(data.control))
    if data.lstm_stars is not None and data.control_stars is not None:
        stars = panel(figure, WIDTH_MM - 60, 17, 60, 42)
        _draw_pair(stars, data.lstm_stars, data.control_stars, decimal)
        stars.xaxis.set_major_locator(FixedLocator(data.lstm_stars.x.tolist()))
        stars.xaxis.set_major_formatter(DecimalFormatter("."))
        stars.set_xlabel("Estrellas de la reseña")
        heading(stars, "Exactitud según las estrellas")
        _label(stars, LSTM, CONTROL, data.lstm_stars, data.control_stars)
    items = [
        *seed_marks(len(data.lstm.seeds)),
        (Line2D([], [], color=INK, linestyle=DOTS, linewidth=0.9), logs.label),
    ]
    key(figure, 1.5, items, left=9)
    return figure


def _draw_pair(axes: Axes, lstm: Band, control: Band, decimal: str) -> None:
    """Two models at the same places, as points on lines."""
    axes.grid(axis="y")
    for curve, band in ((LSTM, lstm), (CONTROL, control)):
        _draw_band(axes, curve, band, marker="o")
    ends = [np.concatenate([band.seeds.ravel(), band.low, band.high]) for band in (lstm, control)]
    axes.set_ylim(widen(min(map(np.min, ends)), max(map(np.max, ends))))
    axes.set_xlim(widen(lstm.x.min(), lstm.x.max(), 0.04))
    number_scale(axes.yaxis, decimal)


# --- by distance -------------------------------------------------------------------------


@rc_context(STYLE)
def draw_by_distance(data: ByDistance, decimal: str = ".") -> Figure:
    """Influence with its bootstrap bands, and the gradient before and after training."""
    figure = new_figure(66)
    influences = panel(figure, 9, 17, 56, 42)
    influences.grid(axis="y")
    for curve, band in ((LSTM, data.lstm), (CONTROL, data.control)):
        _draw_band(influences, curve, band)
    both = (data.lstm, data.control)
    highest = max(float(np.max([band.seeds.max(), band.high.max()])) for band in both)
    lowest = min(float(np.min([band.seeds.min(), band.low.min()])) for band in both)
    influences.set_ylim(make_room(0, highest or 1, lowest, highest))
    _distance_scale(influences, max(float(band.x.max()) for band in both))
    number_scale(influences.yaxis, decimal)
    heading(influences, "Influencia (cambio del logit)")
    _label(influences, LSTM, CONTROL, data.lstm, data.control)
    gradients = panel(figure, 78, 17, 56, 42)
    _draw_gradients(gradients, data, decimal)
    key(figure, 1.5, seed_marks(len(data.lstm.seeds)), left=9)
    # Not at their ends: a curve may leave the panel anywhere.
    named = [
        (Line2D([], [], color=curve.color, linestyle=curve.dashes, linewidth=THICK), curve.name)
        for curve in (SELECTED, INITIAL)
    ]
    key(figure, 1.5, named, left=82)
    return figure


def _draw_gradients(axes: Axes, data: ByDistance, decimal: str) -> None:
    floor = math.log10(LOWEST)
    axes.axhline(math.log10(data.reach.value), color=INK, linestyle=DOTS, linewidth=0.9)
    for curve, seeds in ((SELECTED, data.gradients.selected), (INITIAL, data.gradients.initial)):
        logs = np.log10(np.maximum(seeds, LOWEST / 10))  # what is less is out of sight anyway
        mean = np.log10(np.maximum(seeds.mean(axis=0), LOWEST / 10))
        x = np.arange(seeds.shape[1])
        look: dict = {"color": curve.color, "linestyle": curve.dashes}
        if len(seeds) > 1:
            for values in logs:
                axes.plot(x, values, linewidth=THIN, alpha=0.6, **look)
        axes.plot(x, mean, linewidth=THICK, **look)
    axes.set_ylim(floor, 0.6)
    _distance_scale(axes, float(data.gradients.selected.shape[1] - 1))
    powers = range(round(floor), 1)
    axes.yaxis.set_major_locator(FixedLocator(list(powers)))
    axes.yaxis.set_major_formatter(FixedFormatter([_power(power, decimal) for power in powers]))
    heading(axes, "Gradiente relativo a su máximo")
    label_levels(axes, [(math.log10(data.reach.value), data.reach.label)])


def _distance_scale(axes: Axes, last: float) -> None:
    number_scale(axes.xaxis, ".", ticks=5)
    axes.set_xlim(widen(0, max(last, 1), 0.03))
    axes.set_xlabel("Palabras hasta el final")


# --- the probe ---------------------------------------------------------------------------


@rc_context(STYLE)
def draw_by_probe(data: ByProbe, decimal: str = ".") -> Figure:
    figure = new_figure(60)
    axes = panel(figure, 9, 17, WIDTH_MM - 22, 37)
    for level in (data.enough, data.chance):
        axes.axhline(level.value, color=INK, linestyle=DOTS, linewidth=0.9)
    cell, control = _in_logs(data.cell), _in_logs(data.control)
    for curve, band in ((CELL, cell), (POOLED, control)):
        if data.alike:
            _draw_band(axes, curve, band, marker="o")
        else:
            _draw_each(axes, curve, band)
    lowest = min(float(band.low.min()) for band in (cell, control))
    axes.set_ylim(min(0.4, lowest - 0.1), 1.12)
    axes.yaxis.set_major_locator(FixedLocator([0, 0.2, 0.4, 0.6, 0.8, 1]))
    axes.yaxis.set_major_formatter(DecimalFormatter(decimal))
    axes.set_xlim(widen(cell.x.min(), cell.x.max(), 0.04))
    _word_scale(axes.xaxis, data.cell.x.tolist())
    axes.set_xlabel("Palabras entre la cláusula decisiva y el final (escala logarítmica)")
    heading(axes, "Exactitud en la sonda")
    levels = (data.enough, data.chance)
    label_levels(axes, [(level.value, level.label) for level in levels])
    _label(axes, CELL, POOLED, cell, control, [level.value for level in levels])
    if data.alike:
        key(figure, 1.5, seed_marks(len(data.cell.seeds)), left=9)
    return figure


# --- what they share ---------------------------------------------------------------------


def _draw_band(axes: Axes, curve: Curve, band: Band, marker: str = "") -> None:
    """Each seed thin, their mean thick, the interval as a band."""
    look: dict = {"color": curve.color, "linestyle": curve.dashes}
    axes.fill_between(band.x, band.low, band.high, color=curve.color, alpha=0.18, linewidth=0)
    if len(band.seeds) > 1:
        for values in band.seeds:
            axes.plot(band.x, values, linewidth=THIN, alpha=0.6, **look)
    only = "o" if len(band.x) == 1 else ""
    axes.plot(band.x, band.seeds.mean(axis=0), linewidth=THICK, marker=marker or only, markersize=3, **look)


def _draw_each(axes: Axes, curve: Curve, band: Band) -> None:
    """A line for each seed, where a mean would describe none of them."""
    for values in band.seeds:
        axes.plot(
            band.x,
            values,
            color=curve.color,
            linestyle=curve.dashes,
            linewidth=1.1,
            marker="o",
            markersize=2.4,
        )


def _label(
    axes: Axes, first: Curve, second: Curve, ours: Band, theirs: Band, levels: Sequence[float] = ()
) -> None:
    """Name both curves at their right end, clear of lines and bands."""
    above = ours.seeds.mean(axis=0)[-1] >= theirs.seeds.mean(axis=0)[-1]
    upper, lower = (first, second) if above else (second, first)
    curves = [(band.x, y) for band in (ours, theirs) for y in (*band.seeds, band.low, band.high)]
    label_ends(axes, upper, lower, [x for x, _ in curves], [y for _, y in curves], levels)


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
