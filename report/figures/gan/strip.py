"""What one and the same noise becomes: a row for each noise vector, a column for each sampled step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.figures.base import Source
from report.figures.images import Samples, place_columns
from report.figures.labels import text_width_mm
from report.figures.readings import read_in_step
from report.figures.style import EDGE_MM, WIDTH_MM, new_figure, sheet
from report.findings.gan.readings import STRIP
from report.findings.gan.steps import Steps
from report.study.study import shown_gan

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "tira.svg"

SIDE_MM = 8.4  # of an image: the digit in it is six millimetres high
COLUMNS = 7
NAME_MM, WIDEST_MM = 0.9, 15.0  # from an image to what is read in it, and the most that takes
HEADS_MM = 8.6  # over the images: what the numbers are, and the numbers


@dataclass(frozen=True)
class Labels:
    iteration: str


@dataclass(frozen=True, eq=False)
class Strip:
    """Of each step the images of the same noise vectors, its printed iteration and what is ``read`` in
    each image, empty where nothing is."""

    samples: Samples
    read: tuple[tuple[str, ...], ...]
    words: Labels


def prepare(source: Source, labels: Labels) -> Strip:
    """The first vectors, at the steps that are shown."""
    steps = source.findings[Steps]
    grids = shown_gan(source.study).arrays["grid"][list(steps.places), :STRIP]
    return Strip(
        samples=Samples(grids, tuple(source.plain(steps.steps[i].step) for i in steps.places)),
        read=tuple(read_in_step(source, place, grids.shape[1]) for place in steps.places),
        words=labels,
    )


def pitch(data: Strip) -> float:
    """From a column to the next, in mm: what stands in or beside the last ends where the page does."""
    names = [name for names in data.read for name in names if name]
    beside = NAME_MM + max(map(text_width_mm, names)) + EDGE_MM if names else EDGE_MM
    return (WIDTH_MM - SIDE_MM - min(beside, WIDEST_MM)) / (COLUMNS - 1)


def draw(data: Strip) -> Figure:
    """Over each column its iteration, beside each image what is read."""
    height = SIDE_MM * data.samples.grids.shape[1]
    figure = new_figure(height + HEADS_MM)
    axes = sheet(figure)
    axes.text(0, height + HEADS_MM - 3.4, data.words.iteration, weight=600)
    place_columns(axes, data.samples, data.read, SIDE_MM, pitch(data))
    return figure
