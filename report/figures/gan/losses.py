"""Losses, and how often the discriminator is right, by iteration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from report.figures.base import Source
from report.figures.checks import Level, check_numbers
from report.figures.equilibria import Equilibria, equilibria
from report.figures.labels import (
    band_mark,
    ends_mm,
    key,
    label_curves,
    label_ends,
    label_levels,
    seed_marks,
)
from report.figures.room import Named, Room
from report.figures.style import (
    BLUE,
    DASHES,
    DOTS,
    FOOT_MM,
    HEAD_MM,
    INK,
    ORANGE,
    THICK,
    THIN,
    WIDTH_MM,
    Curve,
    heading,
    make_room,
    new_figure,
    panel,
)
from report.figures.words import constant
from report.findings.gan.losses import Losses, Unit, window_of
from report.ledger.ledger import Number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILE = "perdidas.svg"

PANEL_MM = 40.0
SCALE_MM, BETWEEN_MM, LEVEL_MM = 9.0, 13.0, 9.0  # room for a scale, also between panels; for «50 %»
POINTS = 160  # per drawn line: a third of a millimetre each
BANDS = (0.3, 0.14)  # opacity: in grey too, one is darker than the other
SETTLED = 0.02  # of the iterations: until then a loss may be anything
CURVES = ("discriminator_loss", "generator_loss", "accuracy_real", "accuracy_fake")
MAX_STRETCH = 1.6  # of the running means, for the sake of the raw values


@dataclass(frozen=True)
class Words:
    """Titles of the two panels, names of their curves, and the key."""

    loss: str
    accuracy: str
    discriminator: str
    generator: str
    real: str
    fake: str
    iteration: str
    stretches: str
    each_seed: str
    epoch: str


@dataclass(frozen=True)
class Labels(Words):
    """``window`` names a running mean of as many iterations; ``logged`` what is drawn where so many were
    not logged that one could be taken."""

    window: Callable[[Number], str]
    logged: str


@dataclass(frozen=True, eq=False)
class Seed:
    """One seed, one value per logged iteration, float[t]: losses in nats, and the shares of real and of
    generated images that the discriminator tells rightly, where anybody counted them."""

    discriminator_loss: np.ndarray
    generator_loss: np.ndarray
    accuracy_real: np.ndarray | None = None
    accuracy_fake: np.ndarray | None = None

    def __post_init__(self) -> None:
        shape = (len(self.discriminator_loss),)
        for name in CURVES:
            if (values := getattr(self, name)) is not None:
                check_numbers(name, values, shape)


@dataclass(frozen=True, eq=False)
class LossCurves:
    """All seeds, logged at the same ``iterations`` int[t] (ascending, from 1 on; None: at each of them).
    ``window`` is that of the running mean, odd, and ``window_text`` says so («media móvil de ...»).
    ``decides``: whether its discriminator does, and so may be right, and all have accuracies."""

    seeds: tuple[Seed, ...]
    window: int
    window_text: str
    equilibria: Equilibria
    words: Words
    decides: bool = True
    iterations: np.ndarray | None = None
    by_epoch: bool = False
    decimal: str = "."

    def __post_init__(self) -> None:
        lengths = np.array([len(seed.discriminator_loss) for seed in self.seeds])
        check_numbers("seeds", lengths)
        if np.ptp(lengths):
            raise ValueError(
                f"seeds: se esperaba el mismo número de iteraciones en todas, se encontró "
                f"{lengths.tolist()}; vuelva a entrenar las que faltan."
            )
        if self.iterations is not None:
            check_numbers("iterations", self.iterations, (int(lengths[0]),))

    @property
    def places(self) -> np.ndarray:
        """int[t], the iterations of the values."""
        n = len(self.seeds[0].discriminator_loss)
        return np.arange(1, n + 1) if self.iterations is None else self.iterations


def prepare(source: Source, labels: Labels) -> LossCurves:
    runs = source.study.gan_losses
    iterations = runs[0].arrays.get("iteration")
    found = source.findings[Losses]
    decides = found.accuracy is not None
    names = CURVES if decides else CURVES[:2]
    return LossCurves(
        seeds=tuple(Seed(**{name: run.arrays[name] for name in names}) for run in runs),
        window=window_of(iterations)[0],
        window_text=labels.window(found.window) if found.window else labels.logged,
        equilibria=equilibria(source),
        words=constant(labels, Words),
        decides=decides,
        iterations=iterations,
        by_epoch=found.unit is Unit.EPOCH,
        decimal=source.decimal,
    )


def running_mean(values: np.ndarray, window: int) -> np.ndarray:
    """The mean of ``window`` values around each one, of those that exist at the ends: float64[t].

    Raises:
        ValueError: ``window`` is not odd and positive.
    """
    if window < 1 or window % 2 == 0:
        raise ValueError(f"window: se esperaba un número impar y positivo, se encontró {window}; cámbielo.")
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    index = np.arange(len(values))
    first = np.maximum(index - window // 2, 0)
    last = np.minimum(index + window // 2 + 1, len(values))
    means: np.ndarray = (sums[last] - sums[first]) / (last - first)
    return means


def draw(data: LossCurves) -> Figure:
    """Losses, and how often the discriminator is right, with their values at equilibrium.

    The band holds all raw losses; one may leave the panel at the start, or where it would flatten the
    running means. Raw accuracies are all over theirs: those of a batch come in steps.
    """
    from matplotlib.lines import Line2D

    from report.figures.scales import PercentFormatter, number_scale

    words, seeds = data.words, data.seeds
    discriminator, generator = data.equilibria.discriminator, data.equilibria.generator
    levels = [level for level in (discriminator, generator) if level]
    figure = new_figure(FOOT_MM + PANEL_MM + HEAD_MM)
    named = ends_mm([words.discriminator, words.generator, *(level.label for level in levels)])
    rest = WIDTH_MM - SCALE_MM - named
    width = (rest - BETWEEN_MM - LEVEL_MM) / 2 if data.decides else rest
    losses = panel(figure, SCALE_MM, FOOT_MM, width, PANEL_MM)
    curves = _draw_pair(
        losses,
        data,
        (Curve(words.discriminator, BLUE, "-"), [seed.discriminator_loss for seed in seeds], discriminator),
        (Curve(words.generator, ORANGE, DASHES), [seed.generator_loss for seed in seeds], generator),
        bands=BANDS,
    )
    lowest, highest = _range(curves)
    highest = max([highest, *(level.value for level in levels)])
    low, high = _settled(curves)
    top = max(highest, min(high, MAX_STRETCH * highest))
    bottom = min([lowest, low, *(level.value for level in levels)])
    losses.set_ylim(bottom, top)
    number_scale(losses.yaxis, data.decimal)
    heading(losses, words.loss)
    ends = [(named.curve, float(named.lines[-1][1][-1])) for named in curves]  # of the mean
    label_ends(losses, ends, [(level.value, level.label) for level in levels])
    if data.decides:
        accuracies = panel(figure, WIDTH_MM - LEVEL_MM - width, FOOT_MM, width, PANEL_MM)
        real, fake = (
            [values for seed in seeds if (values := getattr(seed, name)) is not None] for name in CURVES[2:]
        )
        curves = _draw_pair(
            accuracies,
            data,
            (
                Curve(words.real, BLUE, "-"),
                real,
                data.equilibria.accuracy,
            ),
            (Curve(words.fake, ORANGE, DASHES), fake, None),
        )
        accuracies.set_ylim(make_room(0, 1, *_range(curves)))
        number_scale(accuracies.yaxis, data.decimal, form=PercentFormatter)
        heading(accuracies, words.accuracy)
        level = data.equilibria.accuracy
        label_curves(Room(accuracies, curves, [level.value]))
        label_levels(accuracies, [(level.value, level.label)])
    smooth = [(Line2D([], [], color=INK, linewidth=THICK), data.window_text)]
    lines = seed_marks(len(seeds), words.each_seed, data.window_text) or smooth
    key(figure, 1.2, [band_mark(words.stretches), *lines], left=SCALE_MM)
    return figure


def _draw_pair(
    axes: Axes,
    data: LossCurves,
    *curves: tuple[Curve, list[np.ndarray], Level | None],
    bands: tuple[float, ...] = (),
) -> list[Named]:
    """Draw two quantities of all seeds: their running means and the mean of these over the seeds, and
    bands of all values where there are opacities for them."""
    from report.figures.scales import number_scale

    places = data.places
    rows = np.unique(np.linspace(0, len(places) - 1, POINTS).round().astype(int))
    x, iterations = places[rows], int(places[-1])
    drawn: list[Named] = []
    for curve, seeds, level in curves:
        if level is not None:
            axes.axhline(level.value, color=INK, linestyle=DOTS, linewidth=0.9)
        starts, low, high = _envelope(np.stack(seeds), places)
        if bands:
            axes.fill_between(starts, low, high, color=curve.color, alpha=bands[len(drawn)], linewidth=0)
        look: dict[str, Any] = {"color": curve.color, "linestyle": curve.dashes}
        if len(places) == 1:
            look |= {"marker": "o", "markersize": 3}
        smooth = [running_mean(values, data.window)[rows] for values in seeds]
        if len(seeds) > 1:
            for y in smooth:
                axes.plot(x, y, linewidth=THIN, **look)
        mean = np.mean(smooth, axis=0)
        axes.plot(x, mean, linewidth=THICK, **look)
        drawn.append(Named(curve, [(x, y) for y in (*smooth, mean)], [(starts, low, high)] if bands else []))
    margin = max(0.5, 0.015 * iterations)
    axes.set_xlim(1 - margin, iterations + margin)
    number_scale(axes.xaxis, ".", ticks=4)
    axes.set_xlabel(data.words.epoch if data.by_epoch else data.words.iteration)
    return drawn


def _range(curves: list[Named]) -> tuple[float, float]:
    every = [y for named in curves for _, y in named.lines]
    return min(float(y.min()) for y in every), max(float(y.max()) for y in every)


def _settled(curves: list[Named]) -> tuple[float, float]:
    """Lowest and highest of the raw values, without those of the start."""
    bands = [(x >= SETTLED * x[-1], low, high) for named in curves for x, low, high in named.bands]
    return (
        min(float(low[later].min()) for later, low, _ in bands),
        max(float(high[later].max()) for later, _, high in bands),
    )


def _envelope(values: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lowest and highest of float[seeds, t] in ``POINTS`` // 2 runs of the iterations int[t], and the
    middle of each."""
    edges = np.unique(np.linspace(0, values.shape[1], POINTS // 2 + 1).round().astype(int))
    low = np.minimum.reduceat(values.min(axis=0), edges[:-1])
    high = np.maximum.reduceat(values.max(axis=0), edges[:-1])
    return (places[edges[:-1]] + places[edges[1:] - 1]) / 2, low, high
