"""What all figures share: size, type, colours, axes in millimetres, and the checks on their data.

A figure is ``WIDTH_MM`` wide, the measure of the page, and all its type is ``FONT_SIZE`` pt, that
of the captions. ``Figure`` is used without pyplot: no global state, nothing to close.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.ticker import FixedFormatter, FixedLocator, Formatter, MaxNLocator

from report.fonts import SANS, faces

WIDTH_MM = 142.0
FONT_SIZE = 9.0

INK = "#1c1c1c"  # no other colour may be equal: the SVG writes it as currentColor
BLUE = "#0072b2"  # Okabe and Ito (2008); blue and orange are the pair furthest apart in grey
ORANGE = "#e69f00"
VERMILLION = "#d55e00"  # with sky blue, a second pair of theirs, as dark and as pale
SKY = "#56b4e9"

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


def new_figure(height_mm: float) -> Figure:
    """An empty, transparent figure of the page's width."""
    _register_fonts()
    return Figure(figsize=(WIDTH_MM / 25.4, height_mm / 25.4), dpi=72, frameon=False)


def panel(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Transparent axes at a place in millimetres from the lower left corner."""
    total_width, total_height = figure.get_size_inches() * 25.4
    axes = figure.add_axes(
        (left / total_width, bottom / total_height, width / total_width, height / total_height)
    )
    axes.patch.set_visible(False)
    return axes


def sheet(figure: Figure) -> Axes:
    """Invisible axes over the whole figure, in millimetres from the lower left corner."""
    width, height = figure.get_size_inches() * 25.4
    axes = panel(figure, 0, 0, width, height)
    axes.set_axis_off()
    axes.set(xlim=(0, width), ylim=(0, height), autoscale_on=False)
    return axes


def heading(axes: Axes, text: str, lines_below: int = 0) -> None:
    """The panel's title, flush with the vertical axis; ``lines_below`` leaves room under it."""
    axes.annotate(
        text,
        (0, 1),
        (0, 5 + 11 * lines_below),
        xycoords="axes fraction",
        textcoords="offset points",
        weight=600,
    )


# --- scales ------------------------------------------------------------------------------


class DecimalFormatter(Formatter):
    """Tick labels with as many decimals as the ticks need, ``sign`` between units and decimals,
    and groups of three digits parted by a no-break space from five digits on (RAE)."""

    def __init__(self, sign: str) -> None:
        self.sign = sign
        self.decimals = 0

    def set_locs(self, locs: Iterable[float]) -> None:
        ticks = list(locs)
        self.decimals = next(
            (d for d in range(6) if all(math.isclose(x, round(x, d), abs_tol=1e-9) for x in ticks)), 6
        )

    def __call__(self, x: float, pos: int | None = None) -> str:
        grouping = "," if abs(x) >= 10_000 else ""
        text = f"{x:{grouping}.{self.decimals}f}"
        if float(text.replace(",", "")) == 0:
            text = text.removeprefix("-")
        whole, _, decimals = text.partition(".")
        whole = whole.replace(",", "\N{NO-BREAK SPACE}").replace("-", "\N{MINUS SIGN}")
        return f"{whole}{self.sign}{decimals}" if decimals else whole


class PercentFormatter(DecimalFormatter):
    """The same of shares, 0 to 1, as percentages."""

    def set_locs(self, locs: Iterable[float]) -> None:
        super().set_locs([100 * share for share in locs])

    def __call__(self, x: float, pos: int | None = None) -> str:
        return f"{super().__call__(100 * x, pos)}\N{NO-BREAK SPACE}%"


def number_scale(
    axis: Axis, decimal: str, ticks: int = 5, form: type[DecimalFormatter] = DecimalFormatter
) -> None:
    """At most ``ticks`` + 1 round numbers, with ``decimal`` as the decimal sign."""
    axis.set_major_locator(MaxNLocator(nbins=ticks, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(form(decimal))


def log_scale(axis: Axis, values: Sequence[float]) -> None:
    """Ticks at whole numbers, the ``values``, on an axis of their decimal logarithms."""
    formatter = DecimalFormatter(".")
    formatter.set_locs(values)
    axis.set_major_locator(FixedLocator([math.log10(value) for value in values]))
    axis.set_major_formatter(FixedFormatter([formatter(value) for value in values]))


def epoch_scale(axes: Axes, last: int, ticks: int = 10) -> None:
    """Whole epochs from 1 to ``last``."""
    step = math.ceil(last / ticks)
    axes.xaxis.set_major_locator(FixedLocator([*range(1, last + 1, step)]))
    axes.xaxis.set_major_formatter(DecimalFormatter("."))
    margin = max(0.35, 0.035 * (last - 1))
    axes.set_xlim(1 - margin, last + margin)


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
def _register_fonts() -> None:
    for face in faces():
        if face.family == SANS:
            fontManager.addfont(face.path)
