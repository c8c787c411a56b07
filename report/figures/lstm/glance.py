"""The LSTM at a glance: test accuracy, gap and chosen epoch of each seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from report.figures.base import Source
from report.figures.checks import Level, check_numbers
from report.figures.labels import text_width_mm
from report.figures.room import MM_PER_POINT
from report.figures.style import BLUE, DOTS, INK, heading, new_figure, panel, widen
from report.figures.words import constant
from report.findings.lstm.overfitting import Overfitting
from report.findings.lstm.selected_epoch import SelectedEpoch
from report.findings.lstm.test_accuracy import Accuracy
from report.ledger.ledger import Number
from report.sheet import MM_PER_INCH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILE = "vistazo-lstm.svg"

ROW_MM = 6.0
_PANELS_MM = ((19.0, 39.5), (64.5, 45.5), (115.0, 27.0))  # left and width of each


@dataclass(frozen=True)
class Words:
    """Titles of the three panels, and what the last adds to its own."""

    accuracy: str
    gap: str
    epoch: str
    last_epoch: str


@dataclass(frozen=True)
class Labels(Words):
    """The degrees of the gap; ``seed`` names a row, ``reference`` the published accuracy."""

    mild: str
    moderate: str
    severe: str
    seed: Callable[[Number], str]
    reference: Callable[[Number], str]


@dataclass(frozen=True, eq=False)
class Glance:
    """One row per seed. ``accuracy``, its Wilson interval ``accuracy_low`` and ``accuracy_high``
    on the test part, and ``gap`` (training less validation accuracy) float[n] as rates;
    ``selected_epoch`` and ``last_epoch`` int[n]. ``*_text`` sum a column up, ready to print.
    ``reference`` is the published accuracy, if the verdict is about it; each of the ``degrees`` of
    the gap begins at its value, in ascending order."""

    seeds: tuple[str, ...]
    accuracy: np.ndarray
    accuracy_low: np.ndarray
    accuracy_high: np.ndarray
    accuracy_mean: float
    accuracy_text: str
    reference: Level | None
    gap: np.ndarray
    gap_mean: float
    gap_text: str
    degrees: tuple[Level, ...]
    selected_epoch: np.ndarray
    last_epoch: np.ndarray
    words: Words
    decimal: str = "."

    def __post_init__(self) -> None:
        shape = (len(self.seeds),)
        for name in ("accuracy", "accuracy_low", "accuracy_high", "gap", "selected_epoch", "last_epoch"):
            check_numbers(name, getattr(self, name), shape)
        check_numbers("mean", np.array([self.accuracy_mean, self.gap_mean]))


def prepare(source: Source, labels: Labels) -> Glance:
    test = source.findings[Accuracy]
    overfitting = source.findings[Overfitting]
    selected = source.findings[SelectedEpoch]
    published, bounds = test.thresholds.reference, overfitting.thresholds
    return Glance(
        seeds=tuple(labels.seed(seed) for seed in test.seeds),
        accuracy=np.array([number.value for number in test.accuracy.each]),
        accuracy_low=np.array([low.value for low, _ in test.wilson]),
        accuracy_high=np.array([high.value for _, high in test.wilson]),
        accuracy_mean=test.accuracy.mean.value,
        accuracy_text=source.mean(test.accuracy),
        reference=Level(published.value, labels.reference(published)) if test.compared else None,
        gap=np.array([number.value for number in overfitting.gap.each]),
        gap_mean=overfitting.gap.mean.value,
        gap_text=source.mean(overfitting.gap),
        degrees=(
            Level(bounds.mild.value, labels.mild),
            Level(bounds.moderate.value, labels.moderate),
            Level(bounds.severe.value, labels.severe),
        ),
        selected_epoch=np.array([number.value for number in selected.epochs]),
        last_epoch=np.array([number.value for number in selected.trained]),
        words=constant(labels, Words),
        decimal=source.decimal,
    )


def draw(data: Glance) -> Figure:
    """Three small multiples that share their rows, one row per seed; over them, what is beside the
    dots: the published accuracy, and the degrees of the gap."""
    from report.figures.scales import epoch_scale, number_scale

    n = len(data.seeds)
    rows = np.arange(n)
    figure, words = new_figure(23 + ROW_MM * n), data.words
    panels = [panel(figure, left, 6, width, ROW_MM * n) for left, width in _PANELS_MM]
    titles = (words.accuracy, words.gap, words.epoch)
    for axes, title, text in zip(
        panels, titles, (data.accuracy_text, data.gap_text, words.last_epoch), strict=True
    ):
        heading(axes, title, lines_below=2)
        axes.annotate(text, (0, 1), (0, 16), xycoords="axes fraction", textcoords="offset points")
        axes.set_ylim(n - 0.5, -0.5)
        axes.spines["left"].set_visible(False)
        axes.set_yticks([])
        axes.hlines(rows, 0, 1, transform=axes.get_yaxis_transform(), color=INK, alpha=0.14, linewidth=0.5)
    accuracies, gaps, epochs = panels
    for row, name in enumerate(data.seeds):
        accuracies.annotate(
            name,
            (0, row),
            (-19 / MM_PER_INCH * 72, 0),
            xycoords=accuracies.get_yaxis_transform(),
            textcoords="offset points",
            va="center_baseline",
        )
    dot: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 4.6, "color": BLUE}
    low, high = np.asarray(data.accuracy_low), np.asarray(data.accuracy_high)
    accuracies.hlines(rows, low, high, color=BLUE, linewidth=1.2)
    accuracies.plot(np.asarray(data.accuracy), rows, **dot)
    reference = [] if data.reference is None else [data.reference.value]
    accuracies.set_xlim(widen(min([low.min(), *reference]), max([high.max(), *reference]), 0.06))
    number_scale(accuracies.xaxis, data.decimal)
    if data.reference is not None:
        _draw_reference(accuracies, data.reference)
    gap = np.asarray(data.gap)
    gaps.axvline(0, color=INK, linewidth=0.6)
    gaps.hlines(rows, 0, gap, color=BLUE, linewidth=1.2)
    gaps.plot(gap, rows, **dot)
    if n > 1:
        for axes, mean in ((accuracies, data.accuracy_mean), (gaps, data.gap_mean)):
            axes.axvline(mean, color=INK, linestyle=DOTS, linewidth=0.9, zorder=1)
    severest = max(degree.value for degree in data.degrees)
    gaps.set_xlim(widen(min(0, gap.min()), max(1.28 * severest, gap.max()), 0.05))
    number_scale(gaps.xaxis, data.decimal, ticks=4)
    _draw_degrees(gaps, data.degrees)
    epochs.hlines(rows, 1, data.last_epoch, color=INK, linewidth=0.9, alpha=0.55)
    epochs.plot(data.selected_epoch, rows, **dot)
    epoch_scale(epochs, int(np.max(data.last_epoch)), ticks=5)
    return figure


def _draw_reference(axes: Axes, reference: Level) -> None:
    """A full line, as the mean is dotted, and its name over it, inside the panel."""
    axes.axvline(reference.value, color=INK, linewidth=0.9, zorder=1)
    low, high = axes.get_xlim()
    width = axes.bbox.width * MM_PER_POINT
    half = text_width_mm(reference.label) / 2
    middle = np.clip((reference.value - low) / (high - low) * width, half, width - half)
    _over(axes, middle / width, reference.label)


def _draw_degrees(axes: Axes, degrees: tuple[Level, ...]) -> None:
    """Light strokes part the degrees, and each has its name over it if there is room."""
    low, high = axes.get_xlim()
    width = axes.bbox.width * MM_PER_POINT
    bounds = [*(degree.value for degree in degrees), high]
    for degree, end in zip(degrees, bounds[1:], strict=True):
        axes.plot(
            [degree.value] * 2, [0, 1 + 4 / (axes.bbox.height * MM_PER_POINT)],
            transform=axes.get_xaxis_transform(), color=INK, linewidth=0.5, alpha=0.45, clip_on=False,
        )  # fmt: skip
        if text_width_mm(degree.label) + 0.4 < (end - degree.value) / (high - low) * width:
            _over(axes, ((degree.value + end) / 2 - low) / (high - low), degree.label)


def _over(axes: Axes, across: float, text: str) -> None:
    """A word over a panel, its middle ``across`` the panel from 0 to 1."""
    axes.annotate(
        text, (across, 1), (0, 3.5), xycoords="axes fraction", textcoords="offset points", ha="center"
    )
