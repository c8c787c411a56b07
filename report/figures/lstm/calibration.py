"""How the models order the reviews, near the corner of the ROC curve, and how far their probabilities
can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from report.figures.base import Source
from report.figures.checks import check_numbers
from report.figures.labels import key, label_curves, seed_marks
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
    Curve,
    across,
    heading,
    new_figure,
    panel,
)
from report.findings.answers import BINS, by_bin, roc
from report.findings.lstm.ranking import CORNER, NEAR
from report.findings.said import answers, read
from report.study.answers import middles
from report.study.study import AnyRun

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILE = "calibracion.svg"

PANEL_MM, BARS_MM = 36.0, 10.0
LINE_MM = 4.0  # below the titles, what the panels measure
PLACES = 201  # of a curve, as many as the panel can show


@dataclass(frozen=True)
class Labels:
    """Titles of both panels and of their axes, the names of the models, and the key."""

    roc: str
    false_alarms: str
    found: str
    reliability: str
    given: str
    happens: str
    counts: str
    lstm: str
    control: str
    chance: str
    diagonal: str
    each: str
    mean: str


@dataclass(frozen=True, eq=False)
class Model:
    """``found`` float[S, PLACES]: of each seed, the share of positive reviews found, at as many equal
    steps of false alarms from 0 to 1. ``given`` and ``happens`` float[k], k up to ``BINS``: the mean
    probability in each bin that is not empty, and the share of positive reviews; ``share`` float[BINS] of
    all reviews in each bin, of all seeds together."""

    found: np.ndarray
    given: np.ndarray
    happens: np.ndarray
    share: np.ndarray

    def __post_init__(self) -> None:
        check_numbers("found", self.found, (len(self.found), PLACES))
        check_numbers("given", self.given)
        check_numbers("happens", self.happens, np.shape(self.given))
        check_numbers("share", self.share, (BINS,))


@dataclass(frozen=True, eq=False)
class Trusted:
    """``control`` is None where there is none."""

    lstm: Model
    control: Model | None
    words: Labels
    decimal: str = "."


def prepare(source: Source, labels: Labels) -> Trusted:
    study = source.study
    control = model_of(study.linear) if study.linear else None
    return Trusted(model_of(study.answers), control, labels, source.decimal)


def model_of(runs: Sequence[AnyRun]) -> Model:
    levels, positive = read(answers(runs).value)
    steps = np.linspace(0, 1, PLACES)
    found = np.stack([np.interp(steps, *roc(level, positive)) for level in levels])
    counts, given, happens = (
        np.sum([by_bin(level, values) for level, values in zip(levels, each, strict=True)], axis=0)
        for each in (np.ones(levels.shape), middles(levels), [positive.astype(float)] * len(levels))
    )
    some = counts > 0
    return Model(found, given[some] / counts[some], happens[some] / counts[some], counts / levels.size)


def draw(data: Trusted) -> Figure:
    """The corner of the ROC curves, and the share of positive reviews by the probability given, over
    bars that tell how many reviews are given it."""
    from matplotlib.lines import Line2D

    figure, words = new_figure(FOOT_MM + PANEL_MM + HEAD_MM + LINE_MM), data.words
    models = [(Curve(words.lstm, BLUE, "-"), data.lstm)]
    if data.control:
        models.append((Curve(words.control, ORANGE, DASHES), data.control))
    (left, width), (right, _) = across(8, 16, 2.5)
    _draw_roc(panel(figure, left, FOOT_MM, width, PANEL_MM), data, models)
    _draw_reliability(figure, right, width, data, models)
    diagonal = Line2D([], [], color=INK, linestyle=DOTS, linewidth=0.9)
    marks = seed_marks(len(data.lstm.found), words.each, words.mean)
    whole = not is_near([model for _, model in models])
    key(figure, 1.2, [*marks, *([(diagonal, words.chance)] if whole else [])], left=left)
    key(figure, 1.2, [(diagonal, words.diagonal)], left=right)
    return figure


def is_near(models: Sequence[Model]) -> bool:
    """Whether all bend near the corner, so that no more is drawn, and nothing of chance."""
    return all(model.found[:, PLACES // 2].min() >= NEAR for model in models)


def _draw_roc(axes: Axes, data: Trusted, models: Sequence[tuple[Curve, Model]]) -> None:
    """Whole, or where the curves bend if all of them do so near the corner."""
    from report.figures.scales import number_scale

    steps = np.linspace(0, 1, PLACES)
    axes.grid(axis="y")
    named = []
    for curve, model in models:
        look = {"color": curve.color, "linestyle": curve.dashes}
        if len(model.found) > 1:
            for found in model.found:
                axes.plot(steps, found, linewidth=THIN, **look)  # type: ignore[arg-type]
        mean = model.found.mean(axis=0)
        axes.plot(steps, mean, linewidth=THICK, **look)  # type: ignore[arg-type]
        named.append(Named(curve, [(steps, mean)]))
    axes.plot([0, 1], [0, 1], color=INK, linestyle=DOTS, linewidth=0.9)
    near = is_near([model for _, model in models])
    axes.set_xlim(0, CORNER if near else 1)
    axes.set_ylim(CORNER if near else 0, 1)
    for axis in (axes.xaxis, axes.yaxis):
        number_scale(axis, data.decimal)
    axes.set_xlabel(data.words.false_alarms)
    heading(axes, data.words.roc, data.words.found)
    label_curves(Room(axes, named, grid=axes.get_yticks()))


def _draw_reliability(
    figure: Figure, left: float, width: float, data: Trusted, models: Sequence[tuple[Curve, Model]]
) -> None:
    from matplotlib.ticker import NullLocator

    from report.figures.scales import number_scale

    words = data.words
    axes = panel(figure, left, FOOT_MM + BARS_MM + 2.5, width, PANEL_MM - BARS_MM - 2.5)
    axes.grid(axis="y")
    axes.plot([0, 1], [0, 1], color=INK, linestyle=DOTS, linewidth=0.9)
    named = []
    for curve, model in models:
        axes.plot(
            model.given, model.happens, color=curve.color, linestyle=curve.dashes, linewidth=THICK,
            marker="o", markersize=3,
        )  # fmt: skip
        named.append(Named(curve, [(model.given, model.happens)]))
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.xaxis.set_major_locator(NullLocator())  # the scale stands below the bars
    number_scale(axes.yaxis, data.decimal, ticks=2)
    heading(axes, words.reliability, words.happens)
    label_curves(Room(axes, named, grid=axes.get_yticks()))
    below = panel(figure, left, FOOT_MM, width, BARS_MM)
    bar = 1 / BINS / (len(models) + 1)
    for place, (curve, model) in enumerate(models):
        lefts = np.arange(BINS) / BINS + (place + 0.5) * bar
        below.bar(lefts, model.share, bar, align="edge", color=curve.color)
    below.set_xlim(0, 1)
    number_scale(below.xaxis, data.decimal)
    number_scale(below.yaxis, data.decimal, ticks=2)
    below.set_xlabel(words.given)
    below.annotate(
        words.counts, (0.5, 1), (0, -9), xycoords="axes fraction", textcoords="offset points", ha="center"
    )
