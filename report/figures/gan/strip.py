"""What one and the same noise becomes: a row for each noise vector, a column for each sampled step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.figures.base import Source
from report.figures.images import Samples, grid_image, place_grid
from report.figures.style import WIDTH_MM, new_figure, sheet
from report.findings.gan.steps import Steps
from report.study.study import shown_gan

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "tira.svg"

VECTORS = 6
GAP_MM, MAX_SIDE_MM = 3.0, 12.0
WORDS_MM = 10.0


@dataclass(frozen=True)
class Labels:
    iteration: str


@dataclass(frozen=True, eq=False)
class Strip:
    """Of each step the images of the same noise vectors, and its printed iteration."""

    samples: Samples
    words: Labels


def prepare(source: Source, labels: Labels) -> Strip:
    """The first vectors, at the steps that are shown."""
    steps = source.findings[Steps]
    grids = shown_gan(source.study).arrays["grid"][list(steps.places), :VECTORS]
    return Strip(Samples(grids, tuple(source.plain(steps.steps[i].step) for i in steps.places)), labels)


def draw(data: Strip) -> Figure:
    """The columns across the page, each over its iteration."""
    grids = data.samples.grids
    width = min((WIDTH_MM + GAP_MM) / len(grids) - GAP_MM, MAX_SIDE_MM)
    high, wide = grid_image(grids[0], columns=1).shape
    height = width * high / wide
    figure = new_figure(height + WORDS_MM)
    axes = sheet(figure)
    for index, (grid, label) in enumerate(zip(grids, data.samples.labels, strict=True)):
        left = index * (width + GAP_MM)
        place_grid(axes, grid, left, WORDS_MM, height, columns=1)
        axes.text(left + width / 2, WORDS_MM - 4.4, label, ha="center")
    right = len(grids) * (width + GAP_MM) - GAP_MM
    axes.text(right / 2, 1.2, data.words.iteration, ha="center")
    return figure
