"""Loss and accuracy by epoch, training against validation; below, how far the validation loss is above
its minimum after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.records.base import Run
from report.figures.base import Source
from report.figures.checks import check_numbers
from report.figures.epoch_panels import RING, RING_PT, draw_epochs
from report.figures.labels import NAME_MM, key, label_seeds, seed_marks, text_width_mm
from report.figures.room import Named, Room
from report.figures.style import (
    BLUE,
    DASHES,
    INK,
    ORANGE,
    THIN,
    WIDTH_MM,
    Curve,
    heading,
    new_figure,
    panel,
    widen,
)
from report.findings.base import seed
from report.findings.lstm.learning_rate import LearningRate, SeedCuts
from report.findings.lstm.selected_epoch import SelectedEpoch
from report.findings.lstm.val_loss_shape import SeedShape, ValLossShape
from report.study.study import lstm_record

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILE = "curvas.svg"

_CUT: dict[str, Any] = {"marker": 7, "markersize": 5.0, "color": INK}  # its tip on the point
ZOOM_MM = 52.0  # of the panel below, with its title and scale
ASIDE = 0.16  # epochs: the outermost seeds are drawn that far from where they belong


@dataclass(frozen=True)
class Labels:
    """Titles of the panels and of the axis of epochs, names of the curves, and the key: ``selected``
    for the rings, ``cut`` where the learning rate was lowered, ``each`` seed, their ``mean``."""

    loss: str
    accuracy: str
    above: str
    epoch: str
    training: str
    validation: str
    selected: str
    cut: str
    each: str
    mean: str


@dataclass(frozen=True, eq=False)
class Seed:
    """One seed, measured in inference mode after each epoch: four float[epochs], losses in nats,
    accuracies in [0, 1], and the epoch (from 1) whose weights were kept. ``name`` is short: its
    number, printed. ``cuts`` are the first epochs (from 1) with a lower learning rate; ``above`` is by how
    much each epoch after the selected one has a higher validation loss, float[k], and ``half`` the half
    width of its interval; both empty where nothing is said of them."""

    name: str
    train_loss: np.ndarray
    val_loss: np.ndarray
    train_accuracy: np.ndarray
    val_accuracy: np.ndarray
    selected_epoch: int
    cuts: tuple[int, ...] = ()
    above: np.ndarray = field(default_factory=lambda: np.empty(0))
    half: np.ndarray = field(default_factory=lambda: np.empty(0))

    def __post_init__(self) -> None:
        shape = (len(self.train_loss),)
        for name in ("train_loss", "val_loss", "train_accuracy", "val_accuracy"):
            check_numbers(name, getattr(self, name), shape)
        if not 1 <= self.selected_epoch <= shape[0]:
            raise ValueError(
                f"selected_epoch: se esperaba una época entre 1 y {shape[0]}, se encontró "
                f"{self.selected_epoch}; revise los registros."
            )
        if len(self.above):
            for name in ("above", "half"):
                check_numbers(name, getattr(self, name), (shape[0] - self.selected_epoch,))


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
    shape = source.findings.get(ValLossShape)
    cuts = source.findings[LearningRate].by_seed
    each: Sequence[SeedShape | None] = shape.by_seed if shape else [None] * len(cuts)
    return Curves(
        seeds=tuple(
            seed_curves(run, source.plain(seed(run)), cut, own)
            for run, cut, own in zip(source.study.lstm, cuts, each, strict=True)
        ),
        named=source.findings[SelectedEpoch].named,
        words=labels,
        decimal=source.decimal,
    )


def seed_curves(run: Run, name: str, cuts: SeedCuts, shape: SeedShape | None) -> Seed:
    record = lstm_record(run)
    above = shape.above if shape else ()

    def curve(name: str) -> np.ndarray:
        return np.array([getattr(epoch, name) for epoch in record.epochs])

    return Seed(
        name=name,
        train_loss=curve("train_loss"),
        val_loss=curve("val_loss"),
        train_accuracy=curve("train_accuracy"),
        val_accuracy=curve("val_accuracy"),
        selected_epoch=record.selected_epoch,
        cuts=tuple(epoch.value for epoch in cuts.epochs),
        above=np.array([each.value.value for each in above]),
        half=np.array([each.high.value - each.value.value for each in above]),
    )


def draw(data: Curves) -> Figure:
    """Each seed thin, with its name at the end of its validation, the mean over seeds thick as far as
    all seeds reach, a ring on each seed's selected epoch and a mark where its learning rate was lowered.
    Below, where any seed goes on after its selected epoch, how far above it."""
    from matplotlib.lines import Line2D

    zoomed = any(len(seed.above) for seed in data.seeds)
    figure, words = new_figure(66 + (ZOOM_MM if zoomed else 0)), data.words
    bottom = 17 + (ZOOM_MM if zoomed else 0)
    names = [seed.name for seed in data.seeds] if data.named else []
    beside = max((NAME_MM + text_width_mm(name) for name in names), default=0)
    losses = panel(figure, 9, bottom, 60 - beside, 42)
    _draw_pair(losses, data, "train_loss", "val_loss", names)
    _draw_cuts(losses, data)
    heading(losses, words.loss)
    accuracies = panel(figure, WIDTH_MM - 60, bottom, 60 - beside, 42)
    _draw_pair(accuracies, data, "train_accuracy", "val_accuracy", names)
    heading(accuracies, words.accuracy)
    if zoomed:
        above = panel(figure, 9, 17, WIDTH_MM - 9 - beside, ZOOM_MM - 18)
        _draw_above(above, data)
        heading(above, words.above)
    marks = [(Line2D([], [], linestyle="none", markersize=RING_PT, **RING), words.selected)]
    if any(seed.cuts for seed in data.seeds):
        marks.append((Line2D([], [], linestyle="none", **_CUT), words.cut))
    key(figure, 1.5, [*seed_marks(len(data.seeds), words.each, words.mean), *marks], left=9)
    return figure


def _draw_cuts(axes: Axes, data: Curves) -> None:
    """On the validation loss, over the epochs that began with a lower learning rate; those that the
    panel below shows are left to it."""
    for own in data.seeds:
        for epoch in own.cuts:
            if len(own.above) and epoch > own.selected_epoch:
                continue
            axes.plot([epoch], [own.val_loss[epoch - 1]], linestyle="none", zorder=3, **_CUT)


def _draw_above(axes: Axes, data: Curves) -> None:
    """Each seed from its selected epoch on, a little aside of the others, with the intervals of the
    difference."""
    from report.figures.scales import epoch_scale, number_scale

    axes.grid(axis="y")
    axes.axhline(0, color=INK, linewidth=0.6)
    shown = [own for own in data.seeds if len(own.above)]
    aside = np.linspace(-ASIDE, ASIDE, len(shown)) if len(shown) > 1 else [0.0]
    lines = []
    for own, shift in zip(shown, aside, strict=True):
        x = np.arange(own.selected_epoch, len(own.val_loss) + 1) + shift
        y, half = np.array([0, *own.above]), np.array([0, *own.half])
        axes.plot(x, y, color=BLUE, linewidth=THIN, alpha=0.6)
        axes.plot(x[:1], y[:1], linestyle="none", zorder=3, markersize=RING_PT, **RING)
        axes.errorbar(
            x[1:], y[1:], half[1:], linestyle="none", marker="o", markersize=2.6, color=BLUE, linewidth=1.0
        )
        for epoch in own.cuts:
            if epoch > own.selected_epoch:
                place = epoch - own.selected_epoch
                axes.plot([x[place]], [y[place] + half[place]], linestyle="none", zorder=3, **_CUT)
        lines.append((x, y))
    first, last = min(own.selected_epoch for own in shown), max(len(own.val_loss) for own in shown)
    epoch_scale(axes, last, first=first)
    axes.set_xlabel(data.words.epoch)
    number_scale(axes.yaxis, data.decimal)
    ends = [edge for own in shown for edge in (*(own.above - own.half), *(own.above + own.half))]
    axes.set_ylim(widen(min(0, *ends), max(0, *ends)))
    if data.named:
        curve = Curve(data.words.validation, BLUE, "-")
        room = Room(axes, [Named(curve, lines)], grid=axes.get_yticks())
        label_seeds(room, [(x[-1], y[-1]) for x, y in lines], [own.name for own in shown])


def _draw_pair(axes: Axes, data: Curves, trained: str, validated: str, names: list[str]) -> None:
    words = data.words
    draw_epochs(
        axes,
        [
            (Curve(words.validation, BLUE, "-"), [getattr(seed, validated) for seed in data.seeds]),
            (Curve(words.training, ORANGE, DASHES), [getattr(seed, trained) for seed in data.seeds]),
        ],
        words.epoch,
        data.decimal,
        [seed.selected_epoch for seed in data.seeds],
        names,
    )
