"""Words beside the curves instead of a legend, and the list of all words in a figure."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from report.figures.style import FONT_SIZE, INK, THICK, THIN, Curve
from report.fonts import SANS

MM_PER_POINT = 25.4 / 72
SAMPLE_MM = 4.5  # a piece of a line, before its name
CLEAR_MM = 2.6  # from a line to the middle of the type beside it
LINE_MM = 3.8  # from one line of type to the next


def label_ends(
    axes: Axes,
    upper: Curve,
    lower: Curve,
    x: Sequence[np.ndarray],
    y: Sequence[np.ndarray],
    levels: Sequence[float] = (),
) -> None:
    """Name two curves at their right end, ``upper`` above and ``lower`` below all of ``x``, ``y``,
    and clear of the horizontal ``levels``. The limits of ``axes`` must be final.

    Each name follows a piece of its line, so that colour is not needed to tell them apart.
    """
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    width, height = axes.bbox.width * MM_PER_POINT, axes.bbox.height * MM_PER_POINT  # at 72 dpi
    end = max(float(values.max()) for values in x)
    for curve, sign in ((upper, 1), (lower, -1)):
        length = SAMPLE_MM + 1.5 + text_width_mm(curve.name)
        start = end - length * (right - left) / width
        covered = np.concatenate([_part(xs, ys, start) for xs, ys in zip(x, y, strict=True)])
        edge = covered.max() if sign > 0 else covered.min()
        middle = (edge - bottom) / (top - bottom) * height + sign * CLEAR_MM
        for level in sorted(levels, reverse=sign < 0):
            level_mm = (level - bottom) / (top - bottom) * height
            if abs(middle - level_mm) < CLEAR_MM:
                middle = level_mm + sign * CLEAR_MM
        middle = min(max(middle, 1.8), height - 1.8)
        from_left = (end - left) / (right - left) * width - length
        _sample(axes, curve, from_left / width, (from_left + SAMPLE_MM) / width, middle / height)
        axes.text(
            (from_left + SAMPLE_MM + 1.5) / width, middle / height, curve.name,
            va="center_baseline", transform=axes.transAxes,
        )  # fmt: skip


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


def _sample(axes: Axes, curve: Curve, start: float, end: float, height: float) -> None:
    """A piece of a line, in axes fractions; it is the figure's, so that ``axes`` holds only data."""
    line = Line2D(
        [start, end], [height, height],
        color=curve.color, linestyle=curve.dashes, linewidth=THICK, transform=axes.transAxes,
    )  # fmt: skip
    axes.figure.add_artist(line)


def key(figure: Figure, bottom: float, items: Sequence[tuple[Line2D, str]], left: float) -> None:
    """One line that explains the marks, ``bottom`` and ``left`` in mm."""
    width, height = figure.get_size_inches() * 25.4
    for mark, text in items:
        mark.set_data([left / width, (left + 2.5) / width, (left + 5) / width], [(bottom + 1.1) / height] * 3)
        mark.set_markevery([1])
        mark.set_transform(figure.transFigure)
        figure.add_artist(mark)
        figure.text((left + 6.5) / width, bottom / height, text)
        left += 6.5 + text_width_mm(text) + 6


def seed_marks(seeds: int, mean: str = "media de las semillas") -> list[tuple[Line2D, str]]:
    """For ``key``: the thin lines of each seed and the thick one of all; nothing if there is one."""
    if seeds == 1:
        return []
    return [
        (Line2D([], [], color=INK, linewidth=THIN, alpha=0.6), "cada semilla"),
        (Line2D([], [], color=INK, linewidth=THICK), mean),
    ]


def band_mark(text: str) -> tuple[Line2D, str]:
    """For ``key``: the pale area behind the lines."""
    return Line2D([], [], color=INK, linewidth=6, alpha=0.18, solid_capstyle="butt"), text


def text_width_mm(text: str) -> float:
    points, _, _ = text_to_path.get_text_width_height_descent(
        text, FontProperties(family=SANS, size=FONT_SIZE), ismath=False
    )
    return points * MM_PER_POINT


def texts(figure: Figure) -> list[str]:
    """All that the figure says except the numbers on its scales: each digit must be traced."""
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


def _part(x: np.ndarray, y: np.ndarray, start: float) -> np.ndarray:
    """The values from ``start`` on, and that of the line at ``start`` itself."""
    return np.append(y[x >= start], np.interp(start, x, y))
