"""The figures of Part A. Everything is computed elsewhere; numbers to be read come printed."""

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from report.figures.data import MAX_NAMED, ConfusionTable, Level, LstmCurves, LstmGlance, LstmSeed, are_named
from report.figures.labels import NAME_MM, key, label_curves, label_seeds, seed_marks, text_width_mm
from report.figures.room import MM_PER_POINT, Named, Room
from report.figures.style import (
    BLUE,
    DASHES,
    DOTS,
    INK,
    ORANGE,
    STYLE,
    THICK,
    THIN,
    WIDTH_MM,
    Curve,
    epoch_scale,
    heading,
    new_figure,
    number_scale,
    panel,
    sheet,
    widen,
)

TRAINING = Curve("entrenamiento", ORANGE, DASHES)
VALIDATION = Curve("validación", BLUE, "-")


# --- curves ------------------------------------------------------------------------------


@rc_context(STYLE)
def draw_lstm_curves(data: LstmCurves, decimal: str = ".") -> Figure:
    """Loss and accuracy by epoch, training against validation: each seed thin, with its name at the
    end of its validation, the mean over seeds thick as far as all seeds reach, a ring on each seed's
    selected epoch."""
    figure = new_figure(66)
    names = [seed.name for seed in data.seeds] if are_named(len(data.seeds)) else []
    width = 60 - max((NAME_MM + text_width_mm(name) for name in names), default=0)
    losses = panel(figure, 9, 17, width, 42)
    _draw_curves(losses, data.seeds, "train_loss", "val_loss", names, decimal)
    heading(losses, "Pérdida (entropía cruzada, nats)")
    accuracies = panel(figure, WIDTH_MM - 60, 17, width, 42)
    _draw_curves(accuracies, data.seeds, "train_accuracy", "val_accuracy", names, decimal)
    heading(accuracies, "Exactitud")
    chosen = (Line2D([], [], linestyle="none", markersize=RING_PT, **_RING), "época elegida")
    key(figure, 1.5, [*seed_marks(len(data.seeds)), chosen], left=9)
    return figure


RING_PT = 4.6
_RING: dict = {"marker": "o", "markerfacecolor": "none", "markeredgecolor": INK}


def _draw_curves(
    axes: Axes, seeds: tuple[LstmSeed, ...], trained: str, validated: str, names: list[str], decimal: str
) -> None:
    training = [np.asarray(getattr(seed, trained)) for seed in seeds]
    validation = [np.asarray(getattr(seed, validated)) for seed in seeds]
    every = [*training, *validation]
    common = min(len(values) for values in every)
    axes.grid(axis="y")
    named = []
    for curve, each in ((VALIDATION, validation), (TRAINING, training)):  # dashes over a full line show both
        look: dict = {"color": curve.color, "linestyle": curve.dashes}
        if common == 1:
            look |= {"marker": "o", "markersize": 3}
        lines = [(np.arange(1, len(values) + 1), values) for values in each]
        if len(seeds) > 1:
            for x, y in lines:
                axes.plot(x, y, linewidth=THIN, alpha=0.6, **look)
        mean = np.mean([values[:common] for values in each], axis=0)
        axes.plot(np.arange(1, common + 1), mean, linewidth=THICK, **look)
        named.append(Named(curve, lines))
    epoch_scale(axes, max(len(values) for values in every))
    axes.set_xlabel("Época")
    number_scale(axes.yaxis, decimal)
    axes.set_ylim(widen(min(v.min() for v in every), max(v.max() for v in every)))
    room = Room(axes, named, grid=axes.get_yticks())
    chosen = [
        (seed.selected_epoch, values[seed.selected_epoch - 1])
        for seed, values in zip(seeds, validation, strict=True)
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


# --- confusion matrix --------------------------------------------------------------------


@rc_context(STYLE)
def draw_confusion_table(data: ConfusionTable) -> Figure:
    """Counts and row percentages; the shade is the row's share, hits are in semibold."""
    figure = new_figure(45.5)
    axes = sheet(figure)
    left, width, height, top = 34.0, 42.0, 16.0, 33.2
    gap = 0.8  # between cells, and from them to the rules
    axes.text(left + width, 42.5, "Clase predicha", ha="center", va="center_baseline", weight=600)
    axes.text(0, 37.2, "Clase real", va="center_baseline", weight=600)
    for column, name in enumerate(("negativa", "positiva")):
        axes.text(left + (column + 0.5) * width, 37.2, name, ha="center", va="center_baseline")
    right = left + 2 * width
    axes.text(WIDTH_MM, 37.2, "total", ha="right", va="center_baseline")
    for row, name in enumerate(("negativa", "positiva")):
        middle = top - (row + 0.5) * height
        axes.text(0, middle, name, va="center_baseline")
        axes.text(WIDTH_MM, middle, data.totals[row], ha="right", va="center_baseline")
        for column in range(2):
            axes.add_patch(
                Rectangle(
                    (left + column * width + gap / 2, middle - height / 2 + gap / 2),
                    width - gap,
                    height - gap,
                    facecolor=(BLUE, 0.55 * float(data.share[row][column])),
                    edgecolor="none",
                )
            )
            x = left + (column + 0.5) * width
            look: dict = {"ha": "center", "va": "center_baseline", "weight": 600 if row == column else 400}
            axes.text(x, middle + 2.3, data.counts[row][column], **look)
            axes.text(x, middle - 2.3, data.shares[row][column], **look)
    for start, end, y, weight_pt in (
        (left, right, 40.0, 0.45),
        (0, WIDTH_MM, top + gap / 2 + 0.45 * MM_PER_POINT / 2, 0.45),
        (0, WIDTH_MM, top - 2 * height - gap / 2 - 0.9 * MM_PER_POINT / 2, 0.9),
    ):
        axes.plot([start, end], [y, y], color=INK, linewidth=weight_pt)
    return figure


# --- at a glance -------------------------------------------------------------------------


ROW_MM = 6.0


_PANELS_MM = ((19.0, 39.5), (64.5, 45.5), (115.0, 27.0))  # left and width of each


@rc_context(STYLE)
def draw_lstm_glance(data: LstmGlance, decimal: str = ".") -> Figure:
    """Three small multiples that share their rows, one row per seed; over them, what is beside the
    dots: the published accuracy, and the degrees of the gap."""
    n = len(data.seeds)
    rows = np.arange(n)
    figure = new_figure(23 + ROW_MM * n)
    panels = [panel(figure, left, 6, width, ROW_MM * n) for left, width in _PANELS_MM]
    titles = ("Exactitud en la prueba", "Brecha", "Época elegida")
    for axes, title, text in zip(
        panels, titles, (data.accuracy_text, data.gap_text, data.epoch_text), strict=True
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
            (-19 / 25.4 * 72, 0),
            xycoords=accuracies.get_yaxis_transform(),
            textcoords="offset points",
            va="center_baseline",
        )
    dot: dict = {"linestyle": "none", "marker": "o", "markersize": 4.6, "color": BLUE}
    low, high = np.asarray(data.accuracy_low), np.asarray(data.accuracy_high)
    accuracies.hlines(rows, low, high, color=BLUE, linewidth=1.2)
    accuracies.plot(np.asarray(data.accuracy), rows, **dot)
    reference = [] if data.reference is None else [data.reference.value]
    accuracies.set_xlim(widen(min([low.min(), *reference]), max([high.max(), *reference]), 0.06))
    number_scale(accuracies.xaxis, decimal)
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
    number_scale(gaps.xaxis, decimal, ticks=4)
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
