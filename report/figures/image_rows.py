"""Rows of images that a reader can judge, each with its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from report.figures.images import grid_image, place_grid
from report.figures.labels import cut_to
from report.figures.style import WIDTH_MM, new_figure, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME_MM, GAP_MM = 28.0, 1.5
SAID_MM = 4.2  # under a row, for what is said of each of its images
MAX_SIDE_MM, GROUP_SIDE_MM = 17.8, 9.9  # of eight in a row, and of four
SHAPE = (28, 28)  # of an image, in pixels


@dataclass(frozen=True, eq=False)
class ImageRows:
    """Rows of images, uint8[n, 28, 28] each, n from 0, and the name of each row; ``said``, where there is
    any, has what stands under each image of each."""

    images: tuple[np.ndarray, ...]
    names: tuple[str, ...]
    said: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        if self.said and [len(each) for each in self.said] != [len(each) for each in self.images]:
            raise ValueError("said: se esperaba un texto para cada imagen; revise los registros.")
        if len(self.names) != len(self.images):
            raise ValueError(
                f"names: se esperaba un nombre para cada una de las {len(self.images)} filas, se "
                f"encontraron {len(self.names)}; revise los registros."
            )


def draw_rows(data: ImageRows, none: str) -> Figure:
    """A name and its images on each row, those of a column one under the other, each over what is said of
    it; ``none`` says that a row has none."""
    rows, columns = len(data.images), max(1, *map(len, data.images))
    side = min(row_side(WIDTH_MM - NAME_MM, columns), MAX_SIDE_MM)
    under = SAID_MM if data.said else 0.0
    line = side + under + GAP_MM
    figure = new_figure(rows * line)
    axes = sheet(figure)
    for row, name in enumerate(data.names):
        bottom = (rows - 1 - row) * line + GAP_MM / 2 + under
        axes.text(0, bottom + side / 2, name, va="center_baseline")
        place_row(axes, data.images[row], NAME_MM, bottom, side)
        for place, said in enumerate(data.said[row] if data.said else ()):
            pitch = row_width(side, 2) - row_width(side, 1)
            middle = NAME_MM + row_width(side, 1) / 2 + place * pitch
            axes.text(middle, bottom - 3.3, cut_to(said, pitch - 1), ha="center", weight=600)
        if not len(data.images[row]):
            axes.text(NAME_MM, bottom + side / 2, none, va="center_baseline")
    return figure


COLUMNS, COLUMN_GAP_MM = 4, 4.0


def draw_groups(data: ImageRows) -> Figure:
    """The same rows as groups, ``COLUMNS`` across the page, each over its name; in its
    own tones, which some of them are about."""
    groups, n = len(data.images), max(1, *map(len, data.images))
    width = (WIDTH_MM + COLUMN_GAP_MM) / COLUMNS
    side = min(row_side(width - COLUMN_GAP_MM, n), GROUP_SIDE_MM)
    height = side + 6.0
    lines = -(-groups // COLUMNS)
    figure = new_figure(lines * height)
    axes = sheet(figure)
    for index, name in enumerate(data.names):
        line, column = divmod(index, COLUMNS)
        left, bottom = column * width, (lines - 1 - line) * height
        place_row(axes, data.images[index], left, bottom + 4.8, side, tones=True)
        axes.text(left, bottom + 1.3, name)
    return figure


def row_side(width: float, n: int) -> float:
    """The height of a row of ``n`` square images that is as wide as ``width``, lines included."""
    high, wide = grid_image(np.zeros((n, *SHAPE), np.uint8), columns=n).shape
    return width * high / wide


def row_width(side: float, n: int) -> float:
    """Of a row of ``n`` images that is ``side`` high, lines included."""
    high, wide = grid_image(np.zeros((n, *SHAPE), np.uint8), columns=n).shape
    return side * wide / high


def place_row(
    axes: Axes, images: np.ndarray, left: float, bottom: float, side: float, *, tones: bool = False
) -> None:
    """As one picture: a page draws few pictures sooner than many."""
    if len(images):
        place_grid(axes, images, left, bottom, side, columns=len(images), tones=tones)
