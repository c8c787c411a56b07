"""What a training logged at each epoch: losses and accuracies, of training as it ran and of validation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.figures.base import Source
from report.figures.checks import check_numbers
from report.figures.epoch_panels import RING, RING_PT, Values, draw_epochs, values_of
from report.figures.labels import NAME_MM, key, seed_marks, text_width_mm
from report.figures.style import (
    BLUE,
    DASHES,
    EDGE_MM,
    FOOT_MM,
    HEAD_MM,
    ORANGE,
    Curve,
    across,
    heading,
    new_figure,
    panel,
)
from report.findings.base import seed
from report.findings.epochs import selected_index
from report.findings.lstm.selected_epoch import MAX_NAMED
from report.study.study import AnyRun

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILE = "registro.svg"

PANEL_MM = 36.0
PANELS = (("val_loss", "running_loss"), ("val_accuracy", "running_accuracy"))


@dataclass(frozen=True)
class Labels:
    """Titles of the panels and of the axis of epochs, names of the curves, and the key: ``lowest`` for the
    rings, ``each`` seed, their ``mean``."""

    loss: str
    accuracy: str
    epoch: str
    training: str
    validation: str
    lowest: str
    each: str
    mean: str


@dataclass(frozen=True, eq=False)
class Panel:
    """One quantity of all seeds: on the validation part and as the training ran; one of both may be
    missing."""

    validation: Values | None
    training: Values | None

    def __post_init__(self) -> None:
        for values in (*(self.validation or ()), *(self.training or ())):
            check_numbers("values", values)
        if not self.validation and not self.training:
            raise ValueError("panel: se esperaba alguna curva, no se encontró ninguna; revise los registros.")


@dataclass(frozen=True, eq=False)
class Log:
    """``lowest``: of each seed the epoch (from 1) of its lowest validation loss, none where that was not
    logged. ``names`` of the seeds, none where they could not be told apart or there is one."""

    losses: Panel | None
    accuracies: Panel | None
    lowest: tuple[int, ...]
    n_seeds: int
    names: tuple[str, ...]
    words: Labels
    decimal: str = "."


def prepare(source: Source, labels: Labels) -> Log:
    runs = source.study.histories
    losses, accuracies = (panel_of(runs, *names) for names in PANELS)
    named = 1 < len(runs) <= MAX_NAMED
    return Log(
        losses=losses,
        accuracies=accuracies,
        lowest=tuple(selected_index(run) + 1 for run in source.study.val_losses),
        n_seeds=len(runs),
        names=tuple(source.plain(seed(run)) for run in runs) if named else (),
        words=labels,
        decimal=source.decimal,
    )


def panel_of(runs: tuple[AnyRun, ...], validated: str, trained: str) -> Panel | None:
    validation, training = values_of(runs, validated), values_of(runs, trained)
    return Panel(validation, training) if validation or training else None


def draw(data: Log) -> Figure:
    """Each seed thin, the mean thick; a ring on the lowest validation loss."""
    from matplotlib.lines import Line2D

    figure, words = new_figure(FOOT_MM + PANEL_MM + HEAD_MM), data.words
    shown = [
        (values, title)
        for values, title in ((data.losses, words.loss), (data.accuracies, words.accuracy))
        if values
    ]
    beside = max((NAME_MM + text_width_mm(name) for name in data.names), default=0) + EDGE_MM
    gaps = [9.0, *(16 + beside for _ in shown[1:]), beside]
    for (left, width), (values, title) in zip(across(*gaps), shown, strict=True):
        axes = panel(figure, left, FOOT_MM, width, PANEL_MM)
        _draw_panel(axes, values, data, percent=values is data.accuracies)
        heading(axes, title)
    marks = seed_marks(data.n_seeds, words.each, words.mean)
    if data.lowest:
        marks = [*marks, (Line2D([], [], linestyle="none", markersize=RING_PT, **RING), words.lowest)]
    if marks:
        key(figure, 1.2, marks, left=9)
    return figure


def _draw_panel(axes: Axes, values: Panel, data: Log, percent: bool) -> None:
    curves = (
        (Curve(data.words.validation, BLUE, "-"), values.validation),
        (Curve(data.words.training, ORANGE, DASHES), values.training),
    )
    ringed = data.lowest if values.validation else ()
    draw_epochs(
        axes,
        [(curve, each) for curve, each in curves if each],
        data.words.epoch,
        data.decimal,
        ringed,
        data.names,
        percent,
    )
