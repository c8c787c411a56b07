"""Words beside the curves instead of a legend, and the list of all words in a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from report.figures.room import MM_PER_POINT, Room
from report.figures.style import DOTS, EDGE_MM, FONT_SIZE, INK, THICK, THIN, Curve, register_fonts
from report.fonts import SANS
from report.sheet import MM_PER_INCH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

SAMPLE_MM = 4.5  # a piece of a line, before its name
SAMPLE_GAP_MM = 1.5
NAME_MM = 1.2  # from a panel to the names beside it
LINE_MM = 3.8  # from one line of type to the next


def label_curves(room: Room) -> None:
    """Name each curve of a ``room`` that has a name beside it.

    Each name follows a piece of its line, so that colour is not needed to tell them apart.
    """
    for index, named in enumerate(room.curves):
        name = named.curve.name
        if not name:
            continue
        left, middle = room.beside_curve(index, SAMPLE_MM + SAMPLE_GAP_MM + text_width_mm(name))
        _sample(
            room.axes, named.curve, left / room.width, (left + SAMPLE_MM) / room.width, middle / room.height
        )
        _word(room, left + SAMPLE_MM + SAMPLE_GAP_MM, middle, name)


def label_seeds(room: Room, ends: Sequence[tuple[float, float]], names: Sequence[str]) -> None:
    """Name thin lines at their ends, given in data, each joined to its name by a hair-line: beside
    the panel those that go as far as any, to the same whole number, the others where there is room near
    their end."""
    last = round(max(x for x, _ in ends))
    places = [(float(room.across(x)), float(room.up(y))) for x, y in ends]
    aside = [index for index, (x, _) in enumerate(ends) if round(x) == last]
    heights = spread([places[index][1] for index in aside], LINE_MM - 0.3)
    for index, height in zip(aside, heights, strict=True):
        left = room.width + NAME_MM
        _hairline(room, places[index], (left - 0.4, height))
        _word(room, left, height, names[index])
    for index, place in enumerate(places):
        if index not in aside:
            length = text_width_mm(names[index])
            left, middle = room.near_point(*place, length)
            _hairline(room, place, (left + length / 2, middle - np.sign(middle - place[1]) * 1.5))
            _word(room, left, middle, names[index])


def spread(heights: Sequence[float], apart: float) -> list[float]:
    """The heights, moved as little as possible so that none are nearer than ``apart``: those that
    would be share the places around their mean."""
    groups: list[list[int]] = []

    def first(group: list[int]) -> float:
        """Where the lowest of a group goes."""
        return float(np.mean([heights[index] for index in group])) - (len(group) - 1) / 2 * apart

    for index in np.argsort(heights, kind="stable").tolist():
        groups.append([index])
        while len(groups) > 1 and first(groups[-1]) < first(groups[-2]) + len(groups[-2]) * apart:
            groups[-2:] = [groups[-2] + groups[-1]]
    moved = {index: first(group) + place * apart for group in groups for place, index in enumerate(group)}
    return [moved[index] for index in range(len(heights))]


def between(heights: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Those that are no nearer than ``apart`` and lie outside moved in, and others out of their way."""
    moved = list(heights)
    order = np.argsort(heights, kind="stable").tolist()
    for place, index in enumerate(order):
        moved[index] = max(moved[index], low + place * apart)
    for place, index in enumerate(reversed(order)):
        moved[index] = min(moved[index], high - place * apart)
    return moved


def _hairline(room: Room, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From a dot at ``start``, which tells the line that ends there from those that go by."""
    from matplotlib.lines import Line2D

    line = Line2D(
        [start[0] / room.width, end[0] / room.width], [start[1] / room.height, end[1] / room.height],
        color=INK, linewidth=0.35, alpha=0.7, transform=room.axes.transAxes,
        marker="o", markersize=1.6, markevery=[0],
    )  # fmt: skip
    room.axes.figure.add_artist(line)
    room.add_hairline(start, end)


def _word(room: Room, left: float, middle: float, name: str) -> None:
    room.axes.text(
        left / room.width, middle / room.height, name,
        va="center_baseline", transform=room.axes.transAxes,
    )  # fmt: skip


def label_ends(
    axes: Axes, curves: Sequence[tuple[Curve, float]], levels: Sequence[tuple[float, str]] = ()
) -> None:
    """Name curves beside the panel where they end, and horizontal lines where they do, each after a piece
    of its line: where bands fill the panel, and a name inside it could belong to either of two curves.
    The limits of ``axes`` must be final."""
    bottom, top = axes.get_ylim()
    width, height = axes.bbox.width * MM_PER_POINT, axes.bbox.height * MM_PER_POINT
    lines = [*curves, *((Curve(name, INK, DOTS), value) for value, name in levels)]
    heights = [(value - bottom) / (top - bottom) * height for _, value in lines]
    heights = between(spread(heights, LINE_MM), LINE_MM, LINE_MM / 2, height - LINE_MM / 2)
    start = width + NAME_MM
    for (curve, _), middle in zip(lines, heights, strict=True):
        _sample(axes, curve, start / width, (start + SAMPLE_MM) / width, middle / height)
        axes.text(
            (start + SAMPLE_MM + NAME_MM) / width, middle / height, curve.name,
            va="center_baseline", transform=axes.transAxes,
        )  # fmt: skip


def ends_mm(names: Sequence[str]) -> float:
    """What ``label_ends`` needs beside a panel."""
    return 2 * NAME_MM + SAMPLE_MM + max(map(text_width_mm, names), default=0) + EDGE_MM


def label_levels(axes: Axes, levels: Sequence[tuple[float, str]]) -> None:
    """Name horizontal lines at the right edge, a name above another moved up if they would touch.
    The limits of ``axes`` must be final."""
    bottom, top = axes.get_ylim()
    height = axes.bbox.height * MM_PER_POINT
    below = -LINE_MM
    for value, name in sorted(levels):
        below = max((value - bottom) / (top - bottom) * height, below + LINE_MM)
        axes.annotate(
            name, (1, below / height), (3, 0),
            xycoords="axes fraction", textcoords="offset points", va="center_baseline",
        )  # fmt: skip


def level_mm(name: str) -> float:
    """What the name of a level needs beside a panel."""
    return NAME_MM + text_width_mm(name) + EDGE_MM


def _sample(axes: Axes, curve: Curve, start: float, end: float, height: float) -> None:
    """A piece of a line, in axes fractions; it is the figure's, so that ``axes`` holds only data."""
    from matplotlib.lines import Line2D

    line = Line2D(
        [start, end], [height, height],
        color=curve.color, linestyle=curve.dashes, linewidth=0.9 if curve.dashes == DOTS else THICK,
        transform=axes.transAxes,
    )  # fmt: skip
    axes.figure.add_artist(line)


def key(figure: Figure, bottom: float, items: Sequence[tuple[Line2D, str]], left: float) -> None:
    """One line that explains the marks, ``bottom`` and ``left`` in mm."""
    width, height = figure.get_size_inches() * MM_PER_INCH
    for mark, text in items:
        mark.set_data([left / width, (left + 2.5) / width, (left + 5) / width], [(bottom + 1.1) / height] * 3)
        mark.set_markevery([1])
        mark.set_transform(figure.transFigure)
        figure.add_artist(mark)
        figure.text((left + 6.5) / width, bottom / height, text)
        left += 6.5 + text_width_mm(text) + 6


def seed_marks(seeds: int, each: str, mean: str) -> list[tuple[Line2D, str]]:
    """For ``key``: the thin lines of ``each`` seed and the thick one, their ``mean``; nothing if
    there is one seed."""
    from matplotlib.lines import Line2D

    if seeds == 1:
        return []
    return [
        (Line2D([], [], color=INK, linewidth=THIN), each),
        (Line2D([], [], color=INK, linewidth=THICK), mean),
    ]


def band_mark(text: str, color: str = INK) -> tuple[Line2D, str]:
    """For ``key``: the pale area behind the lines, in their ``color`` where all have the same."""
    from matplotlib.lines import Line2D

    return Line2D([], [], color=color, linewidth=6, alpha=0.18, solid_capstyle="butt"), text


def text_width_mm(text: str) -> float:
    """Also before there is any figure."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    register_fonts()
    points, _, _ = text_to_path.get_text_width_height_descent(
        text, FontProperties(family=SANS, size=FONT_SIZE), ismath=False
    )
    return points * MM_PER_POINT


def cut_to(text: str, mm: float) -> str:
    """As much of it as has room, and a sign that there is more."""
    if text_width_mm(text) <= mm:
        return text
    while text and text_width_mm(f"{text}…") > mm:
        text = text[:-1].rstrip()
    return f"{text}…"


def texts(figure: Figure) -> list[str]:
    """All that the figure says except the numbers on its scales: each digit must be traced."""
    from matplotlib.text import Text

    scales = {
        id(label)
        for axes in figure.axes
        if axes.axison  # to ask for the ticks of others would make them
        for axis in (axes.xaxis, axes.yaxis)
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks())
        for label in (tick.label1, tick.label2)
    }
    found = (artist for artist in figure.findobj(Text) if id(artist) not in scales)
    return [artist.get_text() for artist in found if artist.get_text() and artist.get_visible()]
