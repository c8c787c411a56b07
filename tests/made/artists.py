"""What a figure shows, found among its artists."""

from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from report.figures.collection import FIGURES
from report.figures.style import STYLE


def drawn(name: str, data: Any) -> Figure:
    """The figure of that name, under the style that all are drawn with."""
    with rc_context(STYLE):
        figure: Figure = FIGURES[name].draw(data)
    return figure


def lines(axes: Axes, width: float) -> list[Line2D]:
    """Those of a width, points alone left out."""
    return [line for line in axes.lines if line.get_linewidth() == width and len(line.get_xdata()) > 1]


def tick_labels(axis: Axis) -> list[str]:
    with rc_context(STYLE):
        axis.figure.draw_without_rendering()
    return [label.get_text() for label in axis.get_ticklabels()]


def shown_ticks(axis: Axis) -> list[str]:
    """Those inside the limits."""
    low, high = sorted(axis.get_view_interval())
    return [
        label
        for value, label in zip(axis.get_ticklocs(), tick_labels(axis), strict=True)
        if low <= value <= high
    ]


def text(figure: Figure, words: str) -> Any:
    return next(artist for artist in figure.findobj(Text) if artist.get_text() == words)
