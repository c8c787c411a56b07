"""What one and the same noise becomes: the grids of all sampled steps side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.figures.base import Source
from report.figures.images import Samples, place_grid
from report.figures.style import WIDTH_MM, new_figure, sheet
from report.findings.gan.steps import Steps
from report.study.study import shown_gan

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "tira.svg"


@dataclass(frozen=True)
class Labels:
    iteration: str


@dataclass(frozen=True, eq=False)
class Strip:
    """The grids, and the printed iterations."""

    samples: Samples
    words: Labels


def prepare(source: Source, labels: Labels) -> Strip:
    steps = source.findings[Steps].steps
    iterations = tuple(source.plain(step.step) for step in steps)
    return Strip(Samples(shown_gan(source.study).arrays["grid"], iterations), labels)


def draw(data: Strip) -> Figure:
    """The grids across the page, each over its iteration."""
    gap = 2.0
    grids = data.samples.grids
    side = min((WIDTH_MM + gap) / len(grids) - gap, 34)
    figure = new_figure(side + 10)
    axes = sheet(figure)
    for index, (grid, label) in enumerate(zip(grids, data.samples.labels, strict=True)):
        left = index * (side + gap)
        place_grid(axes, grid, left, 10, side)
        axes.text(left + side / 2, 5.6, label, ha="center")
    right = len(grids) * (side + gap) - gap
    axes.text(right / 2, 1.2, data.words.iteration, ha="center")
    return figure
