"""The figures of Part A. Everything is computed elsewhere; numbers to be read come printed."""

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from report.figures.data import ConfusionTable, LstmCurves, LstmGlance
from report.figures.labels import key, label_ends, seed_marks
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
    """Loss and accuracy by epoch, training against validation: each seed thin, the mean over
    seeds thick as far as all seeds reach, a ring on each seed's selected epoch."""
    figure = new_figure(66)
    selected = [seed.selected_epoch for seed in data.seeds]
    losses = panel(figure, 9, 17, 60, 42)
    _draw_curves(
        losses,
        [np.asarray(seed.train_loss) for seed in data.seeds],
        [np.asarray(seed.val_loss) for seed in data.seeds],
        selected,
        decimal,
    )
    heading(losses, "Pérdida (entropía cruzada, nats)")
    accuracies = panel(figure, WIDTH_MM - 60, 17, 60, 42)
    _draw_curves(
        accuracies,
        [np.asarray(seed.train_accuracy) for seed in data.seeds],
        [np.asarray(seed.val_accuracy) for seed in data.seeds],
        selected,
        decimal,
    )
    heading(accuracies, "Exactitud")
    chosen = (Line2D([], [], linestyle="none", **_RING), "época elegida")
    key(figure, 1.5, [*seed_marks(len(data.seeds)), chosen], left=9)
    return figure


_RING: dict = {"marker": "o", "markersize": 4.6, "markerfacecolor": "none", "markeredgecolor": INK}


def _draw_curves(
    axes: Axes, training: list[np.ndarray], validation: list[np.ndarray], selected: list[int], decimal: str
) -> None:
    every = [*training, *validation]
    common = min(len(values) for values in every)
    only_one = len(training) == 1
    axes.grid(axis="y")
    means = []
    for curve, seeds in ((VALIDATION, validation), (TRAINING, training)):  # dashes over a full line show both
        look: dict = {"color": curve.color, "linestyle": curve.dashes}
        if common == 1:
            look |= {"marker": "o", "markersize": 3}
        if not only_one:
            for values in seeds:
                axes.plot(np.arange(1, len(values) + 1), values, linewidth=THIN, alpha=0.6, **look)
        mean = np.mean([values[:common] for values in seeds], axis=0)
        means.append(mean)
        axes.plot(np.arange(1, common + 1), mean, linewidth=THICK, **look)
    for values, epoch in zip(validation, selected, strict=True):
        axes.plot([epoch], [values[epoch - 1]], linestyle="none", zorder=3, **_RING)
    epoch_scale(axes, max(len(values) for values in every))
    axes.set_xlabel("Época")
    number_scale(axes.yaxis, decimal)
    axes.set_ylim(widen(min(v.min() for v in every), max(v.max() for v in every)))
    upper, lower = (VALIDATION, TRAINING) if means[0][-1] > means[1][-1] else (TRAINING, VALIDATION)
    label_ends(axes, upper, lower, [np.arange(1, len(values) + 1) for values in every], every)


# --- confusion matrix --------------------------------------------------------------------


@rc_context(STYLE)
def draw_confusion_table(data: ConfusionTable) -> Figure:
    """Counts and row percentages; the shade is the row's share, hits are in semibold."""
    figure = new_figure(44)
    axes = sheet(figure)
    left, width, height, top = 34.0, 42.0, 16.0, 32.5
    axes.text(left + width, 41, "Clase predicha", ha="center", va="center_baseline", weight=600)
    axes.text(0, 35.7, "Clase real", va="center_baseline", weight=600)
    for column, name in enumerate(("negativa", "positiva")):
        axes.text(left + (column + 0.5) * width, 35.7, name, ha="center", va="center_baseline")
    right = left + 2 * width
    axes.text(WIDTH_MM, 35.7, "total", ha="right", va="center_baseline")
    for row, name in enumerate(("negativa", "positiva")):
        middle = top - (row + 0.5) * height
        axes.text(0, middle, name, va="center_baseline")
        axes.text(WIDTH_MM, middle, data.totals[row], ha="right", va="center_baseline")
        for column in range(2):
            axes.add_patch(
                Rectangle(
                    (left + column * width + 0.4, middle - height / 2 + 0.4),
                    width - 0.8,
                    height - 0.8,
                    facecolor=(BLUE, 0.55 * float(data.share[row][column])),
                    edgecolor="none",
                )
            )
            x = left + (column + 0.5) * width
            look: dict = {"ha": "center", "va": "center_baseline", "weight": 600 if row == column else 400}
            axes.text(x, middle + 2.3, data.counts[row][column], **look)
            axes.text(x, middle - 2.3, data.shares[row][column], **look)
    for start, end, y, weight_pt in (
        (left, right, 38.5, 0.45),
        (0, WIDTH_MM, top, 0.45),
        (0, WIDTH_MM, top - 2 * height, 0.9),
    ):
        axes.plot([start, end], [y, y], color=INK, linewidth=weight_pt)
    return figure


# --- at a glance -------------------------------------------------------------------------


ROW_MM = 6.0


@rc_context(STYLE)
def draw_lstm_glance(data: LstmGlance, decimal: str = ".") -> Figure:
    """Three small multiples that share their rows, one row per seed."""
    n = len(data.seeds)
    rows = np.arange(n)
    figure = new_figure(19 + ROW_MM * n)
    panels = [panel(figure, left, 6, width, ROW_MM * n) for left, width in ((19, 46), (71, 34), (111, 29))]
    titles = ("Exactitud en la prueba", "Brecha", "Época elegida")
    for axes, title, text in zip(
        panels, titles, (data.accuracy_text, data.gap_text, data.epoch_text), strict=True
    ):
        heading(axes, title, lines_below=1)
        axes.annotate(text, (0, 1), (0, 5), xycoords="axes fraction", textcoords="offset points")
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
    accuracies.set_xlim(widen(low.min(), high.max(), 0.06))
    number_scale(accuracies.xaxis, decimal)
    gap = np.asarray(data.gap)
    gaps.axvline(0, color=INK, linewidth=0.6)
    gaps.hlines(rows, 0, gap, color=BLUE, linewidth=1.2)
    gaps.plot(gap, rows, **dot)
    if n > 1:
        for axes, mean in ((accuracies, data.accuracy_mean), (gaps, data.gap_mean)):
            axes.axvline(mean, color=INK, linestyle=DOTS, linewidth=0.9, zorder=1)
    gaps.set_xlim(widen(min(0, gap.min()), max(0, gap.max()), 0.06))
    number_scale(gaps.xaxis, decimal, ticks=4)
    epochs.hlines(rows, 1, data.last_epoch, color=INK, linewidth=0.9, alpha=0.55)
    epochs.plot(data.selected_epoch, rows, **dot)
    epoch_scale(epochs, int(np.max(data.last_epoch)), ticks=5)
    return figure
