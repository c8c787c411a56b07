"""How much of what a generator draws can be read, by iteration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.records.base import Run
from report.figures.base import Source
from report.figures.checks import Level, check_numbers
from report.figures.labels import band_mark, key, label_curves, label_levels, seed_marks
from report.figures.room import Named, Room
from report.figures.style import (
    BLUE,
    DASHES,
    DOTS,
    INK,
    ORANGE,
    THICK,
    THIN,
    WIDTH_MM,
    Curve,
    heading,
    new_figure,
    panel,
)
from report.figures.words import constant
from report.findings.gan.recognisable_from import RecognisableFrom
from report.findings.measures import wilson_interval
from report.findings.readability import readability_record
from report.ledger.ledger import Number
from report.study.study import dense

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "legibilidad.svg"

MIN_TOP = 0.1  # of the scale, where nothing is read and nothing is to be reached


@dataclass(frozen=True)
class Words:
    """Title and scale, names of both curves, what the ``rungs`` are parts of, and the key."""

    share: str
    iteration: str
    convolutional: str
    dense: str
    rungs: str
    band: str
    each_seed: str
    mean: str


@dataclass(frozen=True)
class Labels(Words):
    """``rung`` names one by its share."""

    rung: Callable[[Number], str]


@dataclass(frozen=True, eq=False)
class Readable:
    """All seeds of one architecture: ``share`` float[seeds, t] of the images, and the band of all
    seeds together, ``low`` and ``high`` float[t]; everything in [0, 1]."""

    share: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def __post_init__(self) -> None:
        check_numbers("share", self.share)
        for name in ("low", "high"):
            check_numbers(name, getattr(self, name), self.share.shape[1:])


@dataclass(frozen=True, eq=False)
class ReadableCurves:
    """One architecture or, after it, the dense one, at the same ``iterations`` int[t]; the rungs to
    be reached."""

    iterations: np.ndarray
    curves: tuple[Readable, ...]
    rungs: tuple[Level, ...]
    words: Words
    decimal: str = "."

    def __post_init__(self) -> None:
        for curve in self.curves:
            check_numbers("iterations", self.iterations, curve.share.shape[1:])


def prepare(source: Source, labels: Labels) -> ReadableCurves:
    """Of one architecture or both, and the rungs as shares of all images."""
    study, finding = source.study, source.findings[RecognisableFrom]
    steps = readability_record(study.readability[0]).steps
    groups = [runs for runs in (study.readability, dense(study).readability) if runs]
    real = finding.real.value
    return ReadableCurves(
        iterations=np.array([step.iteration for step in steps]),
        curves=tuple(map(readable, groups)),
        rungs=tuple(Level(rung.share.value * real, labels.rung(rung.share)) for rung in finding.rungs),
        words=constant(labels, Words),
        decimal=source.decimal,
    )


def readable(runs: Sequence[Run]) -> Readable:
    """Wilson's band is that of the images of all seeds together."""
    steps = [readability_record(run).steps for run in runs]
    counts = np.array([[step.readable for step in each] for each in steps])
    sizes = np.array([[step.n for step in each] for each in steps])
    band = [
        wilson_interval(int(k), int(n)) for k, n in zip(counts.sum(axis=0), sizes.sum(axis=0), strict=True)
    ]
    return Readable(counts / sizes, np.array([low for low, _ in band]), np.array([high for _, high in band]))


def draw(data: ReadableCurves) -> Figure:
    """Each seed thin, the mean thick, Wilson's band of all images; dots at the rungs in reach."""
    from report.figures.scales import PercentFormatter, number_scale

    figure = new_figure(64)
    axes, words = panel(figure, 10, 17, WIDTH_MM - 10 - 21, 40), data.words
    lowest = data.rungs[0].value if data.rungs else MIN_TOP
    top = max(lowest, *(float(curve.high.max()) for curve in data.curves))
    reach = [rung for rung in data.rungs if rung.value <= 1.15 * top]
    axes.set_ylim(0, 1.22 * max([top, *(rung.value for rung in reach)]))
    last = float(data.iterations[-1])
    axes.set_xlim(-0.015 * last, 1.015 * last)
    for rung in reach:
        axes.axhline(rung.value, color=INK, linestyle=DOTS, linewidth=0.9)
    looks = (Curve(words.convolutional, BLUE, "-"), Curve(words.dense, ORANGE, DASHES))
    named = []
    for curve, read in zip(looks, data.curves, strict=False):  # there may be one alone
        look: dict[str, Any] = {"color": curve.color, "linestyle": curve.dashes}
        axes.fill_between(data.iterations, read.low, read.high, color=curve.color, alpha=0.18, linewidth=0)
        if len(read.share) > 1:
            for seed in read.share:
                axes.plot(data.iterations, seed, linewidth=THIN, alpha=0.7, **look)
        axes.plot(data.iterations, read.share.mean(axis=0), linewidth=THICK, **look)
        lines = [(data.iterations, seed) for seed in read.share]
        named.append(Named(curve, lines, [(data.iterations, read.low, read.high)]))
    number_scale(axes.yaxis, data.decimal, ticks=6, form=PercentFormatter)
    number_scale(axes.xaxis, ".", ticks=6)
    axes.set_xlabel(words.iteration)
    heading(axes, words.share)
    if len(named) > 1:
        label_curves(Room(axes, named, [rung.value for rung in reach]))
    label_levels(axes, [(rung.value, rung.label) for rung in reach])
    if reach:  # they are no shares of all images, as the scale is
        axes.annotate(
            words.rungs, (1, 1), (0, 5), ha="right",
            xycoords=("figure fraction", "axes fraction"), textcoords="offset points",
        )  # fmt: skip
    band = band_mark(words.band)
    key(figure, 1.5, [band, *seed_marks(len(data.curves[0].share), words.each_seed, words.mean)], left=10)
    return figure
