"""The panel of page one: accuracies by epoch, how much of what is drawn can be read, and what some noise
becomes. What was not measured is left out, and the others share the page."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from report.figures.base import Source
from report.figures.checks import Level, check_numbers
from report.figures.epoch_panels import Values, draw_epochs, values_of
from report.figures.images import Samples, place_columns
from report.figures.labels import label_curves, text_width_mm
from report.figures.room import Named, Room
from report.figures.style import (
    BLUE,
    DASHES,
    DOTS,
    EDGE_MM,
    INK,
    ORANGE,
    THICK,
    THIN,
    WIDTH_MM,
    Curve,
    new_figure,
    panel,
    sheet,
    write_heading,
)
from report.figures.words import constant
from report.findings.epochs import selected_index
from report.findings.gan.grid_readings import GridReadings
from report.findings.gan.recognisable_from import RecognisableFrom
from report.findings.gan.steps import Steps
from report.findings.measures import wilson_interval
from report.findings.readability import readability_record
from report.ledger.ledger import Number
from report.study.study import Study, brought_gan_record, shown_gan

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "portada.svg"

FOOT_MM, PANEL_MM, HEAD_MM = 9.5, 30.0, 10.3  # scale and what it is of; two lines over each panel
TITLES_MM = FOOT_MM + PANEL_MM + 0.8  # over the highest number of a scale
SCALE_MM, BETWEEN_MM = 10.0, 6.0  # room for a scale, and more between panels
VECTORS = 4
NARROWEST_MM, STEP_MM = 0.5, 4.4  # the least between two images, and what stands over them
MOST = 7  # steps
ALONE_MM = 100.0  # a panel that is wider has larger images of half the vectors


@dataclass(frozen=True)
class Words:
    """Of each panel its title, which says what was found, and what it shows; what stands beside the axes,
    and the names of the curves."""

    accuracy: str
    accuracy_of: str
    epoch: str
    training: str
    validation: str
    legible: str
    legible_of: str
    iteration: str
    noise: str
    noise_of: str


@dataclass(frozen=True)
class Labels(Words):
    """``rung`` names the share that must be exceeded."""

    rung: Callable[[Number], str]


@dataclass(frozen=True, eq=False)
class Accuracies:
    """Of each seed, float[epochs] in [0, 1]; one of both may be missing. ``ringed`` epochs, from 1: of each
    seed that with the lowest validation loss, none where that is not known."""

    validation: Values | None
    training: Values | None
    ringed: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Legible:
    """At each of ``iterations`` int[t], ``share`` float[seeds, t] of the images and the interval of those
    of all seeds together, ``low`` and ``high`` float[t]. ``rung`` is to be exceeded; ``begins``: from where
    to where the seeds do so, None where none does."""

    iterations: np.ndarray
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    rung: Level
    begins: tuple[float, float] | None

    def __post_init__(self) -> None:
        check_numbers("share", self.share)
        for name in ("iterations", "low", "high"):
            check_numbers(name, getattr(self, name), self.share.shape[1:])


@dataclass(frozen=True, eq=False)
class Front:
    """``noise``: of each step what the same noise vectors become, and its printed iteration."""

    accuracies: Accuracies | None
    legible: Legible | None
    noise: Samples | None
    words: Words
    decimal: str = "."


# --- what is there -----------------------------------------------------------------------


def prepare(source: Source, labels: Labels) -> Front:
    return Front(
        accuracies=accuracies_of(source.study),
        legible=legible_of(source, labels),
        noise=noise_of(source),
        words=constant(labels, Words),
        decimal=source.decimal,
    )


def accuracies_of(study: Study) -> Accuracies | None:
    """Those of training as they were measured where they were, else as the training ran."""
    runs = study.accuracies
    if not runs:
        return None
    return Accuracies(
        validation=values_of(runs, "val_accuracy"),
        training=values_of(runs, "train_accuracy") or values_of(runs, "running_accuracy"),
        ringed=tuple(selected_index(run) + 1 for run in study.val_losses),
    )


def legible_of(source: Source, labels: Labels) -> Legible | None:
    found, in_grids = source.findings.get(RecognisableFrom), source.findings.get(GridReadings)
    if found:
        steps = [readability_record(run).steps for run in source.study.readability]
        first = found.first_rung
        rung = Level(first.share.value * found.real.value, labels.rung(first.share))
        counts = [[(step.iteration, step.readable, step.n) for step in each] for each in steps]
        return shares(counts, rung, (first.first, first.last))
    if in_grids:
        read = [brought_gan_record(run).readings for run in source.study.gan_readings]
        counts = [[(step.iteration, step.readable, step.n) for step in each] for each in read]
        rung = Level(in_grids.bound.value, labels.rung(in_grids.thresholds.rung))
        return shares(counts, rung, (in_grids.first, in_grids.first))
    return None


def shares(
    counts: Sequence[Sequence[tuple[int, int, int]]], rung: Level, begins: tuple[Number | None, Number | None]
) -> Legible:
    """Of each seed, the iteration of each step, how many images are read there and how many there are."""
    numbers = np.array(counts)  # int[seeds, t, 3]
    read, n = numbers[..., 1], numbers[..., 2]
    ends = [wilson_interval(int(k), int(of)) for k, of in zip(read.sum(axis=0), n.sum(axis=0), strict=True)]
    first, last = begins
    return Legible(
        iterations=numbers[0, :, 0],
        share=read / n,
        low=np.array([low for low, _ in ends]),
        high=np.array([high for _, high in ends]),
        rung=rung,
        begins=(first.value, last.value) if first and last else None,
    )


def noise_of(source: Source) -> Samples | None:
    steps = source.findings.get(Steps)
    if steps is None:
        return None
    places = steps.grids or steps.places  # not what is drawn before training, if there is more
    grids = shown_gan(source.study).arrays["grid"][list(places), :VECTORS]
    return Samples(grids, tuple(source.plain(steps.steps[place].step) for place in places))


# --- the drawing -------------------------------------------------------------------------


def draw(data: Front) -> Figure:
    """Side by side, each under a title that says what was found."""
    figure = new_figure(FOOT_MM + PANEL_MM + HEAD_MM)
    drawers = [
        (scale, drawer)
        for scale, drawer, there in (
            (SCALE_MM, _draw_accuracies, data.accuracies),
            (SCALE_MM, _draw_legible, data.legible),
            (0.0, _draw_noise, data.noise),
        )
        if there
    ]
    scales = sum(scale for scale, _ in drawers)
    width = (WIDTH_MM - EDGE_MM - scales - BETWEEN_MM * (len(drawers) - 1)) / len(drawers)
    left = 0.0
    for scale, drawer in drawers:
        drawer(figure, left + scale, width, data)
        left += scale + width + BETWEEN_MM
    return figure


def _draw_accuracies(figure: Figure, left: float, width: float, data: Front) -> None:
    axes, words, shown = panel(figure, left, FOOT_MM, width, PANEL_MM), data.words, data.accuracies
    assert shown is not None
    curves = (
        (Curve(words.validation, BLUE, "-"), shown.validation),
        (Curve(words.training, ORANGE, DASHES), shown.training),
    )
    ringed = shown.ringed if shown.validation else ()
    there = [(curve, values) for curve, values in curves if values]
    draw_epochs(axes, there, words.epoch, data.decimal, ringed, percent=True)
    write_heading(sheet(figure), left - SCALE_MM, TITLES_MM, words.accuracy, words.accuracy_of)


def _draw_legible(figure: Figure, left: float, width: float, data: Front) -> None:
    """Each seed thin, their mean thick, the interval of the images of all behind them; across, a band from
    where the first seed exceeds the rung to where the last does."""
    from report.figures.scales import PercentFormatter, number_scale

    axes, words, shown = panel(figure, left, FOOT_MM, width, PANEL_MM), data.words, data.legible
    assert shown is not None
    x = shown.iterations
    if shown.begins:
        axes.axvspan(*shown.begins, color=INK, alpha=0.12, linewidth=0)
        if shown.begins[0] == shown.begins[1]:
            axes.axvline(shown.begins[0], color=INK, linewidth=0.9)
    rung = Named(Curve(shown.rung.label, INK, DOTS), [(x, np.full(len(x), shown.rung.value))])
    axes.axhline(shown.rung.value, color=INK, linestyle=DOTS, linewidth=0.9)
    axes.fill_between(x, shown.low, shown.high, color=BLUE, alpha=0.18, linewidth=0)
    if len(shown.share) > 1:
        for share in shown.share:
            axes.plot(x, share, color=BLUE, linewidth=THIN)
    mark = "o" if len(x) == 1 else ""
    axes.plot(x, shown.share.mean(axis=0), color=BLUE, linewidth=THICK, marker=mark, markersize=3)
    axes.set_ylim(0, 1.08 * max(float(shown.high.max()), shown.rung.value))
    span = max(float(x[-1] - x[0]), 1.0)
    axes.set_xlim(x[0] - 0.02 * span, x[-1] + 0.02 * span)
    number_scale(axes.yaxis, data.decimal, ticks=4, form=PercentFormatter)
    number_scale(axes.xaxis, ".", ticks=4)
    axes.set_xlabel(words.iteration)
    write_heading(sheet(figure), left - SCALE_MM, TITLES_MM, words.legible, words.legible_of)
    drawn = Named(Curve("", BLUE, "-"), [(x, share) for share in shown.share], [(x, shown.low, shown.high)])
    label_curves(Room(axes, [rung, drawn], uprights=shown.begins or ()))


def _draw_noise(figure: Figure, left: float, width: float, data: Front) -> None:
    """As many steps, as far apart as can be, as have room for their iterations."""
    page, words, samples = sheet(figure), data.words, data.noise
    assert samples is not None
    widest = max(map(text_width_mm, samples.labels)) + 1.2
    rows = -(-samples.grids.shape[1] // (2 if width > ALONE_MM else 1))
    n = min(len(samples.labels), MOST, max(2, math.floor((width + 1.2) / max(widest, 7))))
    chosen = np.unique(np.linspace(0, len(samples.labels) - 1, n).round().astype(int)).tolist()
    shown = Samples(samples.grids[chosen, :rows], tuple(samples.labels[place] for place in chosen))
    side = min((PANEL_MM - STEP_MM) / rows, width / len(chosen) - NARROWEST_MM)
    pitch = min(width / len(chosen), max(side + 2.4, widest))
    bottom = FOOT_MM + PANEL_MM - STEP_MM - side * rows  # the iterations where the other panels begin
    write_heading(page, left, TITLES_MM, words.noise, words.noise_of)
    place_columns(page, shown, [()] * len(chosen), side, pitch, left, bottom)
