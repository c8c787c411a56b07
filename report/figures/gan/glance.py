"""The GAN at a glance: where its training ended, and what it draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from report.figures.base import Source
from report.figures.checks import Level, check_numbers
from report.figures.equilibria import equilibria
from report.figures.images import Samples, place_grid
from report.figures.style import BLUE, INK, new_figure, panel, sheet, widen
from report.figures.words import constant
from report.findings.base import Summary
from report.findings.gan.losses import Losses
from report.findings.gan.steps import Steps
from report.ledger.ledger import Number
from report.study.study import shown_gan

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILE = "vistazo-gan.svg"

IMAGES = 9  # of each sample

HEIGHT_MM = 55.0
ROW_MM, DOT_MM = 10.0, 4.4  # height of a line of dots, with its own scale and without
_DOTS_MM = (23.0, 34.0)  # left and width of the dots
_MEAN_MM, _LEVEL_MM = 80.5, 97.0  # right
_SAMPLES_MM = 104.0  # left


@dataclass(frozen=True)
class Words:
    """Heads of the columns ``mean`` and ``equilibrium``; titles of the two groups of rows and their
    names; the title of the ``samples``."""

    mean: str
    equilibrium: str
    loss: str
    discriminator: str
    generator: str
    output: str
    real: str
    fake: str
    samples: str


@dataclass(frozen=True)
class Labels(Words):
    """``sample`` names the iteration of one."""

    sample: Callable[[Number], str]


@dataclass(frozen=True, eq=False)
class Dots:
    """One value per seed, float[n]; their printed mean and spread; the level at equilibrium."""

    values: np.ndarray
    text: str
    equilibrium: Level

    def __post_init__(self) -> None:
        check_numbers("values", self.values)


@dataclass(frozen=True, eq=False)
class Glance:
    """The end of training, and three grids on the way there."""

    discriminator_loss: Dots
    generator_loss: Dots
    d_real: Dots
    d_fake: Dots
    samples: Samples
    words: Words
    decimal: str = "."


def prepare(source: Source, labels: Labels) -> Glance:
    """The end of training, and the first, middle and last samples."""
    losses, steps, levels = source.findings[Losses], source.findings[Steps].steps, equilibria(source)

    def dots(summary: Summary, level: Level) -> Dots:
        return Dots(np.array([number.value for number in summary.each]), source.mean(summary), level)

    last = len(steps) - 1
    chosen = sorted({0, last // 2, last})
    return Glance(
        discriminator_loss=dots(losses.discriminator, levels.discriminator),
        generator_loss=dots(losses.generator, levels.generator),
        d_real=dots(losses.d_real, levels.output),
        d_fake=dots(losses.d_fake, levels.output),
        samples=Samples(
            shown_gan(source.study).arrays["grid"][chosen][:, :IMAGES],
            tuple(labels.sample(steps[index].step) for index in chosen),
        ),
        words=constant(labels, Words),
        decimal=source.decimal,
    )


def draw(data: Glance) -> Figure:
    """A dot for each seed and a stroke at the equilibrium, on a scale that parts them; beside it,
    what the generator draws."""
    figure = new_figure(HEIGHT_MM)
    page, words = sheet(figure), data.words
    line = HEIGHT_MM - 3.6
    for right, text in ((_MEAN_MM, words.mean), (_LEVEL_MM, words.equilibrium)):
        page.text(right, line, text, ha="right")
    losses = [(words.discriminator, data.discriminator_loss), (words.generator, data.generator_loss)]
    _draw_dots(figure, page, line, words.loss, losses, data.decimal)
    outputs = [(words.real, data.d_real), (words.fake, data.d_fake)]
    _draw_dots(figure, page, line - 2 * ROW_MM - 7, words.output, outputs, data.decimal)
    page.text(_SAMPLES_MM, line, words.samples, weight=600)
    gap = 2.0
    side = (line - 2) / max(len(data.samples.grids), 3) - gap
    for index, (grid, label) in enumerate(zip(data.samples.grids, data.samples.labels, strict=True)):
        bottom = line - 2 - side - index * (side + gap)
        place_grid(page, grid, _SAMPLES_MM, bottom, side)
        page.text(_SAMPLES_MM + side + 2, bottom + side / 2, label, va="center_baseline")
    return figure


def _draw_dots(
    figure: Figure, page: Axes, line: float, title: str, rows: Sequence[tuple[str, Dots]], decimal: str
) -> None:
    """Under a title at the height ``line``, in mm, a row for each quantity with a scale of its own:
    on a common one, seeds that agree would be one dot."""
    from report.figures.scales import number_scale

    left, width = _DOTS_MM
    page.text(0, line, title, weight=600)
    for index, (name, dots) in enumerate(rows):
        bottom = line - 1.2 - index * ROW_MM - DOT_MM
        middle = bottom + DOT_MM / 2
        page.text(0, middle, name, va="center_baseline")
        page.text(_MEAN_MM, middle, dots.text, ha="right", va="center_baseline")
        page.text(_LEVEL_MM, middle, dots.equilibrium.label, ha="right", va="center_baseline")
        axes = panel(figure, left, bottom, width, DOT_MM)
        axes.set_ylim(-1, 1)
        axes.spines["left"].set_visible(False)
        axes.set_yticks([])
        values = np.asarray(dots.values)
        axes.vlines(dots.equilibrium.value, -0.8, 0.8, color=INK, linewidth=1.2)
        axes.plot(
            values, np.zeros(len(values)), linestyle="none", marker="o", markersize=4.2,
            markerfacecolor=(BLUE, 0.3), markeredgecolor=BLUE,
        )  # fmt: skip
        every = [*values, dots.equilibrium.value]
        axes.set_xlim(widen(min(every), max(every), 0.1))
        number_scale(axes.xaxis, decimal, ticks=3)
