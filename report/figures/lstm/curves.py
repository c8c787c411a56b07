"""Loss and accuracy by epoch, training against validation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.records.base import Run
from report.figures.base import Source
from report.figures.checks import check_numbers
from report.figures.labels import NAME_MM, key, label_curves, label_seeds, seed_marks, text_width_mm
from report.figures.room import MM_PER_POINT, Named, Room
from report.figures.style import (
    BLUE,
    DASHES,
    INK,
    ORANGE,
    THICK,
    THIN,
    WIDTH_MM,
    Curve,
    heading,
    new_figure,
    panel,
    widen,
)
from report.findings.base import seed
from report.findings.lstm.selected_epoch import MAX_NAMED, SelectedEpoch
from report.study.study import lstm_record

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILE = "curvas.svg"

RING_PT = 4.6
_RING: dict[str, Any] = {"marker": "o", "markerfacecolor": "none", "markeredgecolor": INK}


@dataclass(frozen=True)
class Labels:
    """Titles of both panels and of the axis of epochs, names of the curves, and the key: ``selected``
    for the rings, ``each`` seed, their ``mean``."""

    loss: str
    accuracy: str
    epoch: str
    training: str
    validation: str
    selected: str
    each: str
    mean: str


@dataclass(frozen=True, eq=False)
class Seed:
    """One seed, measured in inference mode after each epoch: four float[epochs], losses in nats,
    accuracies in [0, 1], and the epoch (from 1) whose weights were kept. ``name`` is short: its
    number, printed."""

    name: str
    train_loss: np.ndarray
    val_loss: np.ndarray
    train_accuracy: np.ndarray
    val_accuracy: np.ndarray
    selected_epoch: int

    def __post_init__(self) -> None:
        shape = (len(self.train_loss),)
        for name in ("train_loss", "val_loss", "train_accuracy", "val_accuracy"):
            check_numbers(name, getattr(self, name), shape)
        if not 1 <= self.selected_epoch <= shape[0]:
            raise ValueError(
                f"selected_epoch: se esperaba una época entre 1 y {shape[0]}, se encontró "
                f"{self.selected_epoch}; revise los registros."
            )


@dataclass(frozen=True, eq=False)
class Curves:
    """All seeds, whose numbers of epochs may differ; ``named`` if they have their names beside their
    curves."""

    seeds: tuple[Seed, ...]
    named: bool
    words: Labels
    decimal: str = "."

    def __post_init__(self) -> None:
        check_numbers("selected_epoch", np.array([seed.selected_epoch for seed in self.seeds]))


def prepare(source: Source, labels: Labels) -> Curves:
    return Curves(
        seeds=tuple(seed_curves(run, source.plain(seed(run))) for run in source.study.lstm),
        named=source.findings[SelectedEpoch].named,
        words=labels,
        decimal=source.decimal,
    )


def seed_curves(run: Run, name: str) -> Seed:
    record = lstm_record(run)

    def curve(name: str) -> np.ndarray:
        return np.array([getattr(epoch, name) for epoch in record.epochs])

    return Seed(
        name=name,
        train_loss=curve("train_loss"),
        val_loss=curve("val_loss"),
        train_accuracy=curve("train_accuracy"),
        val_accuracy=curve("val_accuracy"),
        selected_epoch=record.selected_epoch,
    )


def draw(data: Curves) -> Figure:
    """Each seed thin, with its name at the end of its validation, the mean over seeds thick as far as
    all seeds reach, a ring on each seed's selected epoch."""
    from matplotlib.lines import Line2D

    figure, words = new_figure(66), data.words
    names = [seed.name for seed in data.seeds] if data.named else []
    width = 60 - max((NAME_MM + text_width_mm(name) for name in names), default=0)
    losses = panel(figure, 9, 17, width, 42)
    _draw_curves(losses, data, "train_loss", "val_loss", names)
    heading(losses, words.loss)
    accuracies = panel(figure, WIDTH_MM - 60, 17, width, 42)
    _draw_curves(accuracies, data, "train_accuracy", "val_accuracy", names)
    heading(accuracies, words.accuracy)
    chosen = (Line2D([], [], linestyle="none", markersize=RING_PT, **_RING), words.selected)
    key(figure, 1.5, [*seed_marks(len(data.seeds), words.each, words.mean), chosen], left=9)
    return figure


def _draw_curves(axes: Axes, data: Curves, trained: str, validated: str, names: list[str]) -> None:
    from report.figures.scales import epoch_scale, number_scale

    training = [np.asarray(getattr(seed, trained)) for seed in data.seeds]
    validation = [np.asarray(getattr(seed, validated)) for seed in data.seeds]
    every = [*training, *validation]
    common = min(len(values) for values in every)
    axes.grid(axis="y")
    named = []
    for curve, each in (  # dashes over a full line show both
        (Curve(data.words.validation, BLUE, "-"), validation),
        (Curve(data.words.training, ORANGE, DASHES), training),
    ):
        look: dict[str, Any] = {"color": curve.color, "linestyle": curve.dashes}
        if common == 1:
            look |= {"marker": "o", "markersize": 3}
        lines = [(np.arange(1, len(values) + 1), values) for values in each]
        if len(each) > 1:
            for x, y in lines:
                axes.plot(x, y, linewidth=THIN, alpha=0.6, **look)
        mean = np.mean([values[:common] for values in each], axis=0)
        axes.plot(np.arange(1, common + 1), mean, linewidth=THICK, **look)
        named.append(Named(curve, lines))
    epoch_scale(axes, max(len(values) for values in every))
    axes.set_xlabel(data.words.epoch)
    number_scale(axes.yaxis, data.decimal)
    axes.set_ylim(widen(min(v.min() for v in every), max(v.max() for v in every)))
    room = Room(axes, named, grid=axes.get_yticks())
    chosen = [
        (seed.selected_epoch, values[seed.selected_epoch - 1])
        for seed, values in zip(data.seeds, validation, strict=True)
    ]
    _draw_rings(room, chosen)
    if names:
        label_seeds(room, [(len(values), values[-1]) for values in validation], names)
    label_curves(room)


def _draw_rings(room: Room, points: list[tuple[int, float]]) -> None:
    """On the first curve of a room; a ring that would lie on another goes around it, so that both
    are seen."""
    places = np.array([(room.across(x), room.up(y)) for x, y in points])
    for index, (x, y) in enumerate(points):
        under = int((np.hypot(*(places[:index] - places[index]).T) < RING_PT * MM_PER_POINT / 2).sum())
        size = RING_PT + 3 * min(under, MAX_NAMED - 1)
        room.axes.plot([x], [y], linestyle="none", zorder=3, markersize=size, **_RING)
        room.add_mark(0, x, y, size * MM_PER_POINT / 2)
