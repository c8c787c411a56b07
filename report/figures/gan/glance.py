"""The GAN at a glance: where its training ended, and what it draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from report.figures.base import Source
from report.figures.checks import Level, check_numbers
from report.figures.equilibria import equilibria
from report.figures.images import Samples, place_grid
from report.figures.style import BLUE, INK, new_figure, panel, sheet
from report.findings.base import Summary
from report.findings.gan.losses import Losses
from report.findings.gan.recognisable_from import RecognisableFrom
from report.findings.gan.steps import Steps
from report.ledger.ledger import Number
from report.study.study import shown_gan

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILE = "vistazo-gan.svg"

IMAGES = 9  # of each sample

HEIGHT_MM = 57.0
ROW_MM, DOT_MM = 12.0, 4.4  # height of a line of dots, with its own scale and without
_DOTS_MM = (38.0, 34.0)  # left and width of the dots
_MEAN_MM = 95.0  # right
_SAMPLES_MM = 102.0  # left


@dataclass(frozen=True)
class Labels:
    """Heads of the columns ``end`` and ``samples``; names of the rows; ``sample`` names the iteration of
    a sample."""

    end: str
    mean: str
    accuracy: str
    discriminator: str
    generator: str
    readable: str
    samples: str
    sample: Callable[[Number], str]


@dataclass(frozen=True, eq=False)
class Dots:
    """One value per seed, float[n]; what they are, their printed mean and spread; the level at
    equilibrium, if there is one. ``share``: in [0, 1], and drawn on a scale of all of it; others, on one
    that has 0."""

    name: str
    values: np.ndarray
    text: str
    level: Level | None
    share: bool

    def __post_init__(self) -> None:
        check_numbers("values", self.values)

    @property
    def limits(self) -> tuple[float, float]:
        if self.share:
            return 0.0, 1.0
        every = [0.0, *self.values, *([self.level.value] if self.level else [])]
        margin = 0.1 * ((max(every) - min(every)) or 1.0)
        return min(every) - (margin if min(every) < 0 else 0), max(every) + margin


@dataclass(frozen=True, eq=False)
class Glance:
    """The end of training, and three grids on the way there."""

    rows: tuple[Dots, ...]
    samples: Samples
    end: str
    mean: str
    title: str
    decimal: str = "."


def prepare(source: Source, labels: Labels) -> Glance:
    """The end of training, and the first, middle and last samples."""
    losses, steps, levels = source.findings[Losses], source.findings[Steps].steps, equilibria(source)
    read = source.findings.get(RecognisableFrom)

    def dots(name: str, summary: Summary, level: Level | None, share: bool = False) -> Dots:
        values = np.array([number.value for number in summary.each])
        return Dots(name, values, source.mean(summary), level, share)

    rows = [dots(labels.accuracy, losses.accuracy, levels.accuracy, True)] if losses.accuracy else []
    rows.append(dots(labels.discriminator, losses.discriminator, levels.discriminator))
    rows.append(dots(labels.generator, losses.generator, levels.generator))
    if read and read.holds:
        rows.append(dots(labels.readable, read.last, None, True))
    last = len(steps) - 1
    chosen = sorted({0, last // 2, last})
    return Glance(
        rows=tuple(rows),
        samples=Samples(
            shown_gan(source.study).arrays["grid"][chosen][:, :IMAGES],
            tuple(labels.sample(steps[index].step) for index in chosen),
        ),
        end=labels.end,
        mean=labels.mean,
        title=labels.samples,
        decimal=source.decimal,
    )


def draw(data: Glance) -> Figure:
    """A dot for each seed and a stroke at the equilibrium; beside it, what the generator draws."""
    figure = new_figure(HEIGHT_MM)
    page = sheet(figure)
    line = HEIGHT_MM - 3.6
    page.text(0, line, data.end, weight=600)
    page.text(_MEAN_MM, line, data.mean, ha="right")
    for index, dots in enumerate(data.rows):
        _draw_dots(figure, page, line - 2.4 - index * ROW_MM - DOT_MM, dots, data.decimal)
    page.text(_SAMPLES_MM, line, data.title, weight=600)
    gap = 2.0
    side = (line - 2) / max(len(data.samples.grids), 3) - gap
    for index, (grid, label) in enumerate(zip(data.samples.grids, data.samples.labels, strict=True)):
        bottom = line - 2 - side - index * (side + gap)
        place_grid(page, grid, _SAMPLES_MM, bottom, side)
        page.text(_SAMPLES_MM + side + 2, bottom + side / 2, label, va="center_baseline")
    return figure


def _draw_dots(figure: Figure, page: Axes, bottom: float, dots: Dots, decimal: str) -> None:
    """A row, ``bottom`` in mm, with a scale of its own."""
    from report.figures.scales import DecimalFormatter, PercentFormatter, number_scale

    left, width = _DOTS_MM
    middle = bottom + DOT_MM / 2
    page.text(0, middle, dots.name, va="center_baseline")
    page.text(_MEAN_MM, middle, dots.text, ha="right", va="center_baseline")
    axes = panel(figure, left, bottom, width, DOT_MM)
    axes.set_ylim(-1, 1)
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    axes.set_xlim(*dots.limits)
    if dots.level:
        axes.vlines(dots.level.value, -0.8, 0.8, color=INK, linewidth=1.2)
    axes.plot(
        dots.values, np.zeros(len(dots.values)), linestyle="none", marker="o", markersize=4.2,
        markerfacecolor=(BLUE, 0.3), markeredgecolor=BLUE, clip_on=False,
    )  # fmt: skip
    number_scale(axes.xaxis, decimal, ticks=3, form=PercentFormatter if dots.share else DecimalFormatter)
