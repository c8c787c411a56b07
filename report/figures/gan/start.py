"""The grid of the step at which digits begin to be read, with what is read in each image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from report.figures.base import Source
from report.figures.checks import check_numbers
from report.figures.images import place_grid
from report.figures.labels import cut_to
from report.figures.readings import read_in_grid
from report.figures.style import WIDTH_MM, new_figure, sheet
from report.findings.ladder import start
from report.study.reduction import GRID_OF

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "comienzo.svg"

COLUMNS, NAME_MM, GAP_MM = 13, 4.2, 3.2
ROW_GAP_MM = 1.6  # so that a name is nearer to its own image than to the one below
SIDE_MM = (WIDTH_MM + GAP_MM) / COLUMNS - GAP_MM


@dataclass(frozen=True)
class Labels:
    """All that it says is what is read."""


@dataclass(frozen=True, eq=False)
class Start:
    """uint8[n, 28, 28], and what is read in each; empty where nothing is."""

    images: np.ndarray
    read: tuple[str, ...]

    def __post_init__(self) -> None:
        check_numbers("images", self.images, (len(self.read), *self.images.shape[1:]))


def prepare(source: Source, labels: Labels) -> Start:
    """Of the first seed that begins.

    Raises:
        ValueError: none does.
    """
    found = start(source.study)
    if found is None:
        raise ValueError("comienzo: se esperaba una semilla en la que se lee algo; no pida esta figura.")
    _, run, place = found
    images = run.arrays[f"{GRID_OF}{place}"]
    return Start(images, read_in_grid(source, run, place, len(images)))


def draw(data: Start) -> Figure:
    """Each image over what is read in it."""
    rows = -(-len(data.read) // COLUMNS)
    line = SIDE_MM + NAME_MM + ROW_GAP_MM
    figure = new_figure(rows * line - ROW_GAP_MM)
    axes = sheet(figure)
    for index, (image, name) in enumerate(zip(data.images, data.read, strict=True)):
        row, column = divmod(index, COLUMNS)
        left, bottom = column * (SIDE_MM + GAP_MM), (rows - 1 - row) * line
        place_grid(axes, image[np.newaxis], left, bottom + NAME_MM, SIDE_MM)
        if name:
            axes.text(
                left + SIDE_MM / 2, bottom + 0.9, cut_to(name, SIDE_MM + GAP_MM - 1), ha="center", weight=600
            )
    return figure
