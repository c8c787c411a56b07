"""What all figures share: size, type, colours, axes in millimetres, and the checks on their data.

A figure is ``WIDTH_MM`` wide, as far as text and notes reach, or narrower where that is enough; all its
type is ``FONT_SIZE`` pt, that of the captions. ``Figure`` is used without pyplot: no global state,
nothing to close.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from report.fonts import SANS, faces
from report.sheet import FULL_WIDTH_MM, MM_PER_INCH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH_MM = FULL_WIDTH_MM
FONT_SIZE = 8.6
TITLE_PT = 11.0  # from a title to the line below it
EDGE_MM = 0.6  # what a word keeps from the edge of its figure, which may be cut there
FOOT_MM, HEAD_MM = 15.5, 6.0  # below a panel its scale, what it is of and the key; above it its title

INK = "#1c1c1c"  # no other colour may be equal: the SVG writes it as currentColor
# Two pairs, each with a dark and a pale one, which no kind of colour blindness makes alike. All of them
# have a contrast of 3:1 with white paper and with a dark page (WCAG 2.2, 1.4.11), which leaves little room.
BLUE = "#0072b2"  # of Okabe and Ito (2008)
ORANGE = "#cc7a00"  # theirs, #e69f00, is too pale for white paper
PURPLE = "#8a4fb5"
GREEN = "#1f9e77"

THIN, THICK = 0.6, 1.6
DASHES = (0.0, (3.2, 1.3))
DOTS = (0.0, (1.0, 1.6))

# Every ``draw`` works under it, and so does saving, which makes the ticks.
STYLE: dict = {
    "font.family": [SANS],
    "font.size": FONT_SIZE,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.labelpad": 2.0,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.labelsize": FONT_SIZE,
    "axes.axisbelow": True,
    "grid.color": INK,
    "grid.alpha": 0.14,  # ink, not grey: it must also be seen on a dark page
    "grid.linewidth": 0.5,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": FONT_SIZE,
    "ytick.labelsize": FONT_SIZE,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.major.pad": 2.0,
    "ytick.major.pad": 2.0,
}


@dataclass(frozen=True)
class Curve:
    """How one of two curves looks; both line style and colour tell it from the other."""

    name: str
    color: str
    dashes: Literal["-"] | tuple[float, tuple[float, ...]]


# --- figures and axes --------------------------------------------------------------------


def new_figure(height_mm: float, width_mm: float = WIDTH_MM) -> Figure:
    """An empty, transparent figure."""
    from matplotlib.figure import Figure

    register_fonts()
    return Figure(figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH), dpi=72, frameon=False)


def across(*gaps: float, width: float = WIDTH_MM) -> list[tuple[float, float]]:
    """Left end and width, in mm, of equal panels that share what the ``gaps`` leave: before the first,
    between them, after the last."""
    each = (width - sum(gaps)) / (len(gaps) - 1)
    return [(sum(gaps[: place + 1]) + place * each, each) for place in range(len(gaps) - 1)]


def panel(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Transparent axes at a place in millimetres from the lower left corner."""
    total_width, total_height = figure.get_size_inches() * MM_PER_INCH
    axes = figure.add_axes(
        (left / total_width, bottom / total_height, width / total_width, height / total_height)
    )
    axes.patch.set_visible(False)
    return axes


def sheet(figure: Figure) -> Axes:
    """Invisible axes over the whole figure, in millimetres from the lower left corner."""
    width, height = figure.get_size_inches() * MM_PER_INCH
    axes = panel(figure, 0, 0, width, height)
    axes.set_axis_off()
    axes.set(xlim=(0, width), ylim=(0, height), autoscale_on=False)
    return axes


def heading(axes: Axes, text: str, below: str = "") -> None:
    """The panel's title, flush with the vertical axis, and under it what the panel shows."""
    _write(axes, (0, 1), "axes fraction", text, below)


def write_heading(page: Axes, left: float, bottom: float, text: str, below: str = "") -> None:
    """The same on a ``sheet``, over what stands at ``left`` up to ``bottom``."""
    _write(page, (left, bottom), "data", text, below)


def _write(axes: Axes, place: tuple[float, float], coordinates: str, text: str, below: str) -> None:
    lines = [(text, 600), (below, 400)] if below else [(text, 600)]
    for height, (line, weight) in zip((5 + TITLE_PT, 5) if below else (5,), lines, strict=True):
        axes.annotate(
            line, place, (0, height), xycoords=coordinates, textcoords="offset points", weight=weight
        )


# --- scales ------------------------------------------------------------------------------


def make_room(low: float, high: float, lowest: float, highest: float) -> tuple[float, float]:
    """The limits ``low`` and ``high``, beyond which nothing lies, with room for one line of type
    at an end that a curve (from ``lowest`` to ``highest``) comes near."""
    margin = 0.17 * (high - low)
    return (
        low - margin if lowest < low + margin else low,
        high + margin if highest > high - margin else high,
    )


def widen(low: float, high: float, share: float = 0.17) -> tuple[float, float]:
    """Limits with room for one line of type above and below; equal values get room too."""
    margin = share * max(high - low, 0.1 * abs(high), 1e-3)
    return low - margin, high + margin


@cache
def register_fonts() -> None:
    """So that Matplotlib knows the faces of the page."""
    from matplotlib.font_manager import fontManager

    for face in faces():
        if face.family == SANS:
            fontManager.addfont(face.path)
