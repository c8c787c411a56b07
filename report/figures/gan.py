"""The figures of Part B. Everything is computed elsewhere; numbers to be read come printed."""

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from report.figures.data import Dots, GanGlance, GanLosses, Level
from report.figures.images import place_grid
from report.figures.labels import band_mark, key, label_ends, label_levels, seed_marks
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
    heading,
    make_room,
    new_figure,
    number_scale,
    panel,
    sheet,
)

DISCRIMINATOR = Curve("discriminador", BLUE, "-")
GENERATOR = Curve("generador", ORANGE, DASHES)
REAL = Curve("imágenes reales", BLUE, "-")
FAKE = Curve("imágenes generadas", ORANGE, DASHES)

POINTS = 160  # per drawn line: a third of a millimetre each


# --- losses ------------------------------------------------------------------------------


def running_mean(values: np.ndarray, window: int) -> np.ndarray:
    """The mean of ``window`` values around each one, of those that exist at the ends: float64[t].

    Raises:
        ValueError: ``window`` is not odd and positive.
    """
    if window < 1 or window % 2 == 0:
        raise ValueError(f"window: se esperaba un número impar y positivo, se encontró {window}; cámbielo.")
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    index = np.arange(len(values))
    first = np.maximum(index - window // 2, 0)
    last = np.minimum(index + window // 2 + 1, len(values))
    return (sums[last] - sums[first]) / (last - first)


@rc_context(STYLE)
def draw_gan_losses(data: GanLosses, decimal: str = ".") -> Figure:
    """Losses, and the discriminator's output, by iteration, with their values at equilibrium.

    The band holds all raw values; a raw loss beyond the running means may leave the panel.
    """
    figure = new_figure(66)
    losses, outputs = panel(figure, 9, 17, 51, 42), panel(figure, 81, 17, 51, 42)
    curves = _draw_pair(
        losses,
        data,
        (DISCRIMINATOR, [seed.discriminator_loss for seed in data.seeds], data.discriminator_equilibrium),
        (GENERATOR, [seed.generator_loss for seed in data.seeds], data.generator_equilibrium),
    )
    levels = (data.discriminator_equilibrium, data.generator_equilibrium)
    lowest, highest = _range(curves)
    highest = max(highest, *(level.value for level in levels))
    losses.set_ylim(make_room(0, highest, lowest, highest))
    number_scale(losses.yaxis, decimal)
    heading(losses, "Pérdida (nats)")
    _label_pair(losses, DISCRIMINATOR, GENERATOR, curves, levels)
    curves = _draw_pair(
        outputs,
        data,
        (REAL, [seed.d_real for seed in data.seeds], data.output_equilibrium),
        (FAKE, [seed.d_fake for seed in data.seeds], None),
    )
    outputs.set_ylim(make_room(0, 1, *_range(curves)))
    number_scale(outputs.yaxis, decimal)
    heading(outputs, "Salida media del discriminador")
    _label_pair(outputs, REAL, FAKE, curves, (data.output_equilibrium,))
    smooth = [(Line2D([], [], color=INK, linewidth=THICK), data.window_text)]
    lines = seed_marks(len(data.seeds), data.window_text) or smooth
    key(figure, 1.5, [band_mark("valores de cada iteración"), *lines], left=9)
    return figure


Drawn = tuple[np.ndarray, np.ndarray]


def _draw_pair(
    axes: Axes, data: GanLosses, *curves: tuple[Curve, list[np.ndarray], Level | None]
) -> list[Drawn]:
    """Draw two quantities of all seeds; the running means drawn, the mean over seeds last of each."""
    iterations = len(curves[0][1][0])
    x = np.unique(np.linspace(0, iterations - 1, POINTS).round().astype(int))
    drawn: list[Drawn] = []
    for curve, seeds, level in curves:
        if level is not None:
            axes.axhline(level.value, color=INK, linestyle=DOTS, linewidth=0.9)
        starts, low, high = _envelope(np.stack(seeds))
        axes.fill_between(starts, low, high, color=curve.color, alpha=0.18, linewidth=0)
        look: dict = {"color": curve.color, "linestyle": curve.dashes}
        if iterations == 1:
            look |= {"marker": "o", "markersize": 3}
        smooth = [running_mean(values, data.window)[x] for values in seeds]
        if len(seeds) > 1:
            for y in smooth:
                axes.plot(x + 1, y, linewidth=THIN, alpha=0.7, **look)
                drawn.append((x + 1, y))
        mean = np.mean(smooth, axis=0)
        axes.plot(x + 1, mean, linewidth=THICK, **look)
        drawn.append((x + 1, mean))
    margin = max(0.5, 0.015 * iterations)
    axes.set_xlim(1 - margin, iterations + margin)
    number_scale(axes.xaxis, ".", ticks=4)
    axes.set_xlabel("Iteración")
    return drawn


def _label_pair(
    axes: Axes, first: Curve, second: Curve, curves: list[Drawn], levels: tuple[Level, ...]
) -> None:
    means = curves[len(curves) // 2 - 1][1], curves[-1][1]
    upper, lower = (first, second) if means[0][-1] > means[1][-1] else (second, first)
    values = [level.value for level in levels]
    label_ends(axes, upper, lower, [x for x, _ in curves], [y for _, y in curves], values)
    label_levels(axes, [(level.value, level.label) for level in levels])


def _range(curves: list[Drawn]) -> tuple[float, float]:
    return min(float(y.min()) for _, y in curves), max(float(y.max()) for _, y in curves)


def _envelope(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lowest and highest of float[seeds, t] in ``POINTS`` // 2 runs of iterations (from 1)."""
    edges = np.unique(np.linspace(0, values.shape[1], POINTS // 2 + 1).round().astype(int))
    low = np.minimum.reduceat(values.min(axis=0), edges[:-1])
    high = np.maximum.reduceat(values.max(axis=0), edges[:-1])
    return (edges[:-1] + edges[1:] + 1) / 2, low, high


# --- at a glance -------------------------------------------------------------------------


ROW_MM = 5.5
_DOTS_MM = (23.0, 26.0)  # left and width of the dots
_MEAN_MM, _LEVEL_MM, _SAMPLES_MM = 61.0, 77.0, 83.0  # right, right, left


@rc_context(STYLE)
def draw_gan_glance(data: GanGlance, decimal: str = ".") -> Figure:
    """A dot for each seed and a stroke at the equilibrium; beside it, what the generator draws."""
    figure = new_figure(43)
    page = sheet(figure)
    losses = [(DISCRIMINATOR.name, data.discriminator_loss), (GENERATOR.name, data.generator_loss)]
    axes = _draw_dots(figure, page, 26.5, "Pérdida, último tercio (nats)", losses)
    highest = max(max(*dots.values, dots.equilibrium.value) for _, dots in losses)
    axes.set_xlim(-0.05 * highest, 1.08 * highest)
    number_scale(axes.xaxis, decimal, ticks=3)
    outputs = [("reales", data.d_real), ("generadas", data.d_fake)]
    axes = _draw_dots(figure, page, 5, "Salida ante imágenes", outputs)
    axes.set_xlim(-0.05, 1.05)
    number_scale(axes.xaxis, decimal, ticks=2)
    for right, text in ((_MEAN_MM, "media"), (_LEVEL_MM, "equilibrio")):
        page.text(right, 38, text, ha="right")
    page.text(_SAMPLES_MM, 38, "Muestras del generador", weight=600)
    gap = 2.0
    side = (WIDTH_MM - _SAMPLES_MM + gap) / max(len(data.samples.grids), 3) - gap
    for index, (grid, label) in enumerate(zip(data.samples.grids, data.samples.labels, strict=True)):
        left = _SAMPLES_MM + index * (side + gap)
        place_grid(page, grid, left, 36 - side, side)
        page.text(left + side / 2, 31.6 - side, label, ha="center")
    right = _SAMPLES_MM + len(data.samples.grids) * (side + gap) - gap
    page.text((_SAMPLES_MM + right) / 2, 27.2 - side, "Iteración", ha="center")
    return figure


def _draw_dots(figure: Figure, page: Axes, bottom: float, title: str, rows: list[tuple[str, Dots]]) -> Axes:
    top = bottom + ROW_MM * len(rows)
    left, width = _DOTS_MM
    page.text(0, top + 0.5, title, weight=600)
    axes = panel(figure, left, bottom, width, top - bottom)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    for row, (name, dots) in enumerate(rows):
        middle = top - (row + 0.5) * ROW_MM
        page.text(0, middle, name, va="center_baseline")
        page.text(_MEAN_MM, middle, dots.text, ha="right", va="center_baseline")
        page.text(_LEVEL_MM, middle, dots.equilibrium.label, ha="right", va="center_baseline")
        axes.axhline(row, color=INK, alpha=0.14, linewidth=0.5)
        axes.vlines(dots.equilibrium.value, row - 0.36, row + 0.36, color=INK, linewidth=1.2)
        values = np.asarray(dots.values)
        axes.plot(
            values, np.full(len(values), row), linestyle="none", marker="o", markersize=4.2,
            markerfacecolor=(BLUE, 0.3), markeredgecolor=BLUE,
        )  # fmt: skip
    return axes
