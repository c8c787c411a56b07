"""How much of what a generator draws can be read, and rows of images that a reader can judge."""

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from report.figures.data import CONVOLUTIONAL, DENSE, ImageRows, ReadableCurves
from report.figures.images import grid_image, place_grid
from report.figures.labels import band_mark, key, label_curves, label_levels, seed_marks
from report.figures.room import Named, Room
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
    PercentFormatter,
    heading,
    new_figure,
    number_scale,
    panel,
    sheet,
)

CURVES = {CONVOLUTIONAL: Curve(CONVOLUTIONAL, BLUE, "-"), DENSE: Curve(DENSE, ORANGE, DASHES)}

MIN_TOP = 0.1  # of the scale, where nothing is read and nothing is to be reached


@rc_context(STYLE)
def draw_readable_curves(data: ReadableCurves, decimal: str = ".") -> Figure:
    """Each seed thin, the mean thick, Wilson's band of all images; dots at the rungs in reach."""
    figure = new_figure(64)
    axes = panel(figure, 10, 17, WIDTH_MM - 10 - 21, 40)
    lowest = data.rungs[0].value if data.rungs else MIN_TOP
    top = max(lowest, *(float(curve.high.max()) for curve in data.curves))
    reach = [rung for rung in data.rungs if rung.value <= 1.15 * top]
    axes.set_ylim(0, 1.22 * max([top, *(rung.value for rung in reach)]))
    last = float(data.iterations[-1])
    axes.set_xlim(-0.015 * last, 1.015 * last)
    for rung in reach:
        axes.axhline(rung.value, color=INK, linestyle=DOTS, linewidth=0.9)
    named = []
    for readable in data.curves:
        curve = CURVES[readable.architecture]
        look: dict = {"color": curve.color, "linestyle": curve.dashes}
        axes.fill_between(
            data.iterations, readable.low, readable.high, color=curve.color, alpha=0.18, linewidth=0
        )
        if len(readable.share) > 1:
            for seed in readable.share:
                axes.plot(data.iterations, seed, linewidth=THIN, alpha=0.7, **look)
        axes.plot(data.iterations, readable.share.mean(axis=0), linewidth=THICK, **look)
        lines = [(data.iterations, seed) for seed in readable.share]
        named.append(Named(curve, lines, [(data.iterations, readable.low, readable.high)]))
    number_scale(axes.yaxis, decimal, ticks=6, form=PercentFormatter)
    number_scale(axes.xaxis, ".", ticks=6)
    axes.set_xlabel("Iteración")
    heading(axes, "Parte de las imágenes que el juez lee")
    if len(named) > 1:
        label_curves(Room(axes, named, [rung.value for rung in reach]))
    label_levels(axes, [(rung.value, f"peldaño {rung.label}") for rung in reach])
    if reach:  # they are no shares of all images, as the scale is
        axes.annotate(
            "Peldaños: parte de lo que lee en dígitos reales", (1, 1), (0, 5), ha="right",
            xycoords=("figure fraction", "axes fraction"), textcoords="offset points",
        )  # fmt: skip
    band = band_mark("intervalo de Wilson de todas las imágenes")
    key(figure, 1.5, [band, *seed_marks(len(data.curves[0].share), "media")], left=10)
    return figure


# --- images to judge by ------------------------------------------------------------------


NAME_MM, GAP_MM = 30.0, 1.5
SHAPE = (28, 28)  # of an image, in pixels


@rc_context(STYLE)
def draw_image_rows(data: ImageRows) -> Figure:
    """A name and its images on each row, those of a column one under the other."""
    rows, columns = len(data.images), max(1, *map(len, data.images))
    side = min(row_side(WIDTH_MM - NAME_MM, columns), 15)
    figure = new_figure(rows * (side + GAP_MM))
    axes = sheet(figure)
    for row, name in enumerate(data.names):
        bottom = (rows - 1 - row) * (side + GAP_MM) + GAP_MM / 2
        axes.text(0, bottom + side / 2, name, va="center_baseline")
        place_row(axes, data.images[row], NAME_MM, bottom, side)
        if not len(data.images[row]):
            axes.text(NAME_MM, bottom + side / 2, "ninguna", va="center_baseline")
    return figure


COLUMNS, COLUMN_GAP_MM = 4, 4.0


@rc_context(STYLE)
def draw_image_groups(data: ImageRows) -> Figure:
    """The same rows as groups, ``COLUMNS`` across the page, each over its name."""
    groups, n = len(data.images), max(1, *map(len, data.images))
    width = (WIDTH_MM + COLUMN_GAP_MM) / COLUMNS
    side = row_side(width - COLUMN_GAP_MM, n)
    height = side + 7.5
    lines = -(-groups // COLUMNS)
    figure = new_figure(lines * height)
    axes = sheet(figure)
    for index, name in enumerate(data.names):
        line, column = divmod(index, COLUMNS)
        left, bottom = column * width, (lines - 1 - line) * height
        place_row(axes, data.images[index], left, bottom + 5.5, side)
        axes.text(left, bottom + 1.6, name)
    return figure


def row_side(width: float, n: int) -> float:
    """The height of a row of ``n`` square images that is as wide as ``width``, lines included."""
    high, wide = grid_image(np.zeros((n, *SHAPE), np.uint8), columns=n).shape
    return width * high / wide


def place_row(axes: Axes, images: np.ndarray, left: float, bottom: float, side: float) -> None:
    """As one picture: a page draws few pictures sooner than many."""
    if len(images):
        place_grid(axes, images, left, bottom, side, columns=len(images))
