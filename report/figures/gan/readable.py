"""How much of what a generator draws can be read, by iteration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from report.figures.base import Source
from report.figures.checks import Level, check_numbers
from report.figures.labels import band_mark, key, label_levels, seed_marks
from report.figures.style import (
    BLUE,
    DOTS,
    FOOT_MM,
    HEAD_MM,
    INK,
    THICK,
    THIN,
    WIDTH_MM,
    heading,
    new_figure,
    panel,
)
from report.figures.words import constant
from report.findings.gan.recognisable_from import RecognisableFrom
from report.findings.measures import wilson_interval
from report.findings.readability import readability_record
from report.ledger.ledger import Number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "legibilidad.svg"

PANEL_MM = 36.0
MIN_TOP = 0.1  # of the scale, where nothing is read and nothing is to be reached


@dataclass(frozen=True)
class Words:
    """Title and scale, what the ``rungs`` are parts of, and the key."""

    share: str
    iteration: str
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
    """At each of ``iterations`` int[t], ``share`` float[seeds, t] of the images, and the band of all
    seeds together, ``low`` and ``high`` float[t], all in [0, 1]; the rungs to be reached."""

    iterations: np.ndarray
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    rungs: tuple[Level, ...]
    words: Words
    decimal: str = "."

    def __post_init__(self) -> None:
        check_numbers("share", self.share)
        for name in ("iterations", "low", "high"):
            check_numbers(name, getattr(self, name), self.share.shape[1:])


def prepare(source: Source, labels: Labels) -> Readable:
    """The rungs are shares of all images; Wilson's band is that of the images of all seeds together."""
    finding = source.findings[RecognisableFrom]
    steps = [readability_record(run).steps for run in source.study.readability]
    counts = np.array([[step.readable for step in each] for each in steps])
    sizes = np.array([[step.n for step in each] for each in steps])
    band = [
        wilson_interval(int(k), int(n)) for k, n in zip(counts.sum(axis=0), sizes.sum(axis=0), strict=True)
    ]
    real = finding.real.value
    return Readable(
        iterations=np.array([step.iteration for step in steps[0]]),
        share=counts / sizes,
        low=np.array([low for low, _ in band]),
        high=np.array([high for _, high in band]),
        rungs=tuple(Level(rung.share.value * real, labels.rung(rung.share)) for rung in finding.rungs),
        words=constant(labels, Words),
        decimal=source.decimal,
    )


def draw(data: Readable) -> Figure:
    """Each seed thin, the mean thick, Wilson's band of all images; dots at the rungs in reach."""
    from report.figures.scales import PercentFormatter, number_scale

    figure, words = new_figure(FOOT_MM + PANEL_MM + HEAD_MM), data.words
    axes = panel(figure, 10, FOOT_MM, WIDTH_MM - 10 - 21, PANEL_MM)
    lowest = data.rungs[0].value if data.rungs else MIN_TOP
    top = max(lowest, float(data.high.max()))
    reach = [rung for rung in data.rungs if rung.value <= 1.15 * top]
    axes.set_ylim(0, 1.22 * max([top, *(rung.value for rung in reach)]))
    last = float(data.iterations[-1])
    axes.set_xlim(-0.015 * last, 1.015 * last)
    for rung in reach:
        axes.axhline(rung.value, color=INK, linestyle=DOTS, linewidth=0.9)
    axes.fill_between(data.iterations, data.low, data.high, color=BLUE, alpha=0.18, linewidth=0)
    if len(data.share) > 1:
        for seed in data.share:
            axes.plot(data.iterations, seed, color=BLUE, linewidth=THIN)
    axes.plot(data.iterations, data.share.mean(axis=0), color=BLUE, linewidth=THICK)
    number_scale(axes.yaxis, data.decimal, ticks=6, form=PercentFormatter)
    number_scale(axes.xaxis, ".", ticks=6)
    axes.set_xlabel(words.iteration)
    heading(axes, words.share)
    label_levels(axes, [(rung.value, rung.label) for rung in reach])
    if reach:  # they are no shares of all images, as the scale is
        axes.annotate(
            words.rungs, (1, 1), (0, 5), ha="right",
            xycoords=("figure fraction", "axes fraction"), textcoords="offset points",
        )  # fmt: skip
    band = band_mark(words.band, BLUE)
    key(figure, 1.2, [band, *seed_marks(len(data.share), words.each_seed, words.mean)], left=10)
    return figure
