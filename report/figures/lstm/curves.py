"""Loss and accuracy by epoch, training against validation; between both, how far the validation loss is
above its minimum after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.records.base import Run
from report.figures.base import Source
from report.figures.checks import check_numbers
from report.figures.epoch_panels import RING, RING_PT, draw_epochs
from report.figures.labels import NAME_MM, key, seed_marks, text_width_mm
from report.figures.style import (
    BLUE,
    DASHES,
    EDGE_MM,
    FOOT_MM,
    HEAD_MM,
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

PANEL_MM, SCALE_MM, BETWEEN_MM = 36.0, 9.0, 13.0  # height of the panels; room for a scale, and between them
ZOOM_MM = 49.0  # of the panel between the others, the means at its end included
MEAN_MM, APART_MM = 3.2, 2.0  # of each mean there, and from the epochs to them
_CUT: dict[str, Any] = {"marker": 7, "markersize": 5.0, "color": INK}  # its tip on the point
SCALE_NAME_MM = 7.7  # from the panels to the names of their scales there
OVER_PT = 1.5  # from what marks the last epoch of a seed to its name
GROUP = 0.56  # epochs: how far the outermost seeds of the same epoch stand from each other


@dataclass(frozen=True)
class Labels:
    """Titles of the panels, of the axis of epochs and of that of those ``after`` the selected one, with
    ``stretch`` for their mean; names of the curves; and the key: ``selected`` for the rings, ``cut`` where
    the learning rate was lowered, ``each`` seed, their ``mean``."""

    loss: str
    accuracy: str
    above: str
    epoch: str
    after: str
    stretch: str
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
    width of its interval; both empty where nothing is said of them. ``rise`` is the mean of ``above`` and
    the half width of its own interval."""

    name: str
    train_loss: np.ndarray
    val_loss: np.ndarray
    train_accuracy: np.ndarray
    val_accuracy: np.ndarray
    selected_epoch: int
    cuts: tuple[int, ...] = ()
    above: np.ndarray = field(default_factory=lambda: np.empty(0))
    half: np.ndarray = field(default_factory=lambda: np.empty(0))
    rise: tuple[float, float] | None = None

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
            check_numbers("rise", np.array(self.rise or ()), (2,))


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
    above, rise = (shape.above, shape.rise) if shape else ((), None)

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
        rise=(rise.value.value, rise.high.value - rise.value.value) if rise else None,
    )


def draw(data: Curves) -> Figure:
    """Each seed thin, with its name at the end of its validation, the mean over seeds thick as far as
    all seeds reach, a ring on each seed's selected epoch and a mark where its learning rate was lowered.
    Between both panels, where any seed goes on after its selected epoch, how far above it."""
    from matplotlib.lines import Line2D

    figure, words = new_figure(FOOT_MM + PANEL_MM + HEAD_MM), data.words
    names = [seed.name for seed in data.seeds] if data.named else []
    beside = max((NAME_MM + text_width_mm(name) for name in names), default=0) + EDGE_MM
    zoom = ZOOM_MM + BETWEEN_MM if any(len(seed.above) for seed in data.seeds) else 0.0
    width = (WIDTH_MM - SCALE_MM - beside - BETWEEN_MM - zoom - beside) / 2
    losses = panel(figure, SCALE_MM, FOOT_MM, width, PANEL_MM)
    _draw_pair(losses, data, "train_loss", "val_loss", names)
    _draw_cuts(losses, data)
    heading(losses, words.loss)
    if zoom:
        _draw_above(figure, SCALE_MM + width + beside + BETWEEN_MM, data)
    accuracies = panel(figure, WIDTH_MM - beside - width, FOOT_MM, width, PANEL_MM)
    _draw_pair(accuracies, data, "train_accuracy", "val_accuracy", names)
    heading(accuracies, words.accuracy)
    marks = [(Line2D([], [], linestyle="none", markersize=RING_PT, **RING), words.selected)]
    if any(seed.cuts for seed in data.seeds):
        marks.append((Line2D([], [], linestyle="none", **_CUT), words.cut))
    key(figure, 1.2, [*seed_marks(len(data.seeds), words.each, words.mean), *marks], left=SCALE_MM)
    return figure


def _draw_cuts(axes: Axes, data: Curves) -> None:
    """On the validation loss, over the epochs that began with a lower learning rate; those that the
    panel beside it shows are left to that."""
    for own in data.seeds:
        for epoch in own.cuts:
            if len(own.above) and epoch > own.selected_epoch:
                continue
            axes.plot([epoch], [own.val_loss[epoch - 1]], linestyle="none", zorder=3, **_CUT)


def _draw_above(figure: Figure, left: float, data: Curves) -> None:
    """Each seed from its selected epoch on, all of which begin at the same place, a little aside of the
    others, with the intervals of the difference and its name over the last; at the end the mean of these
    epochs, seed by seed."""
    from report.figures.scales import epoch_scale, number_scale

    shown = [own for own in data.seeds if len(own.above)]
    means = MEAN_MM * len(shown)
    axes = panel(figure, left, FOOT_MM, ZOOM_MM - means - APART_MM, PANEL_MM)
    beside = panel(figure, left + ZOOM_MM - means, FOOT_MM, means, PANEL_MM)
    for each in (axes, beside):
        each.axhline(0, color=INK, linewidth=0.6)
    axes.plot([0], [0], linestyle="none", zorder=3, markersize=RING_PT, **RING)
    bar: dict[str, Any] = {"linestyle": "none", "color": BLUE, "linewidth": 1.0}
    aside = np.linspace(-GROUP / 2, GROUP / 2, len(shown)) if len(shown) > 1 else np.zeros(1)
    for place, (own, shift) in enumerate(zip(shown, aside, strict=True)):
        x = np.arange(1, len(own.above) + 1) + shift
        axes.plot([0, *x], [0, *own.above], color=BLUE, linewidth=THIN)
        axes.errorbar(x, own.above, own.half, marker="o", markersize=2.6, **bar)
        tops = own.above + own.half
        cut = [epoch - own.selected_epoch - 1 for epoch in own.cuts if epoch > own.selected_epoch]
        axes.plot(x[cut], tops[cut], linestyle="none", zorder=3, **_CUT)
        if data.named:
            over = OVER_PT + (_CUT["markersize"] if len(x) - 1 in cut else 0)
            axes.annotate(
                own.name, (x[-1], tops[-1]), (0, over), textcoords="offset points", ha="center", va="bottom"
            )
        assert own.rise is not None
        beside.errorbar([place], [own.rise[0]], [own.rise[1]], marker="D", markersize=3.4, **bar)
        if data.named:  # over its interval as in the panel, not at its foot, where epochs are
            top = (place, own.rise[0] + own.rise[1])
            beside.annotate(own.name, top, (0, OVER_PT), textcoords="offset points", ha="center", va="bottom")
    epoch_scale(axes, max(len(own.above) for own in shown), first=0)
    axes.set_xlabel(data.words.after)
    edges = [edge for own in shown for edge in (*(own.above - own.half), *(own.above + own.half))]
    for each in (axes, beside):
        each.set_ylim(widen(min(0, *edges), max(0, *edges), 0.1))
    number_scale(axes.yaxis, data.decimal)
    beside.set_yticks([])
    beside.spines["left"].set_visible(False)
    beside.set_xlim(-0.5, len(shown) - 0.5)
    beside.set_xlabel(data.words.stretch)
    for each in (axes, beside):  # on one line, capitals or not
        each.xaxis.label.set_verticalalignment("baseline")
        each.xaxis.set_label_coords(0.5, -SCALE_NAME_MM / PANEL_MM)
    beside.set_xticks([])
    heading(axes, data.words.above)


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
        percent=validated == "val_accuracy",
    )
