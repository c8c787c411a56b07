"""The figures of Part B. Everything is computed elsewhere; numbers to be read come printed."""

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from report.figures.data import Dots, GanGlance, GanLosses, Level
from report.figures.images import place_grid
from report.figures.labels import band_mark, key, label_curves, label_levels, seed_marks
from report.figures.room import Named, Room
from report.figures.style import (
    BLUE,
    DASHES,
    DOTS,
    INK,
    ORANGE,
    STYLE,
    THICK,
    THIN,
    Curve,
    heading,
    make_room,
    new_figure,
    number_scale,
    panel,
    sheet,
    widen,
)

DISCRIMINATOR = Curve("discriminador", BLUE, "-")
GENERATOR = Curve("generador", ORANGE, DASHES)
REAL = Curve("imágenes reales", BLUE, "-")
FAKE = Curve("imágenes generadas", ORANGE, DASHES)

POINTS = 160  # per drawn line: a third of a millimetre each
BANDS = (0.3, 0.14)  # opacity: in grey too, one is darker than the other


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

    The band holds all raw values; a raw loss may leave the panel at the start, or where it would
    flatten the running means.
    """
    figure = new_figure(70)
    losses, outputs = panel(figure, 9, 17, 51, 46), panel(figure, 81, 17, 51, 46)
    curves = _draw_pair(
        losses,
        data,
        (DISCRIMINATOR, [seed.discriminator_loss for seed in data.seeds], data.discriminator_equilibrium),
        (GENERATOR, [seed.generator_loss for seed in data.seeds], data.generator_equilibrium),
    )
    levels = (data.discriminator_equilibrium, data.generator_equilibrium)
    lowest, highest = _range(curves)
    highest = max(highest, *(level.value for level in levels))
    low, high = _settled(curves)
    top = max(highest, min(high, MAX_STRETCH * highest))
    bottom = min(lowest, low, *(level.value for level in levels))
    losses.set_ylim(make_room(bottom, top, lowest, highest))
    number_scale(losses.yaxis, decimal)
    heading(losses, "Pérdida (nats)")
    _name(losses, curves, levels)
    curves = _draw_pair(
        outputs,
        data,
        (REAL, [seed.d_real for seed in data.seeds], data.output_equilibrium),
        (FAKE, [seed.d_fake for seed in data.seeds], None),
    )
    outputs.set_ylim(make_room(0, 1, *_range(curves)))
    number_scale(outputs.yaxis, decimal)
    heading(outputs, "Salida media del discriminador")
    _name(outputs, curves, (data.output_equilibrium,))
    smooth = [(Line2D([], [], color=INK, linewidth=THICK), data.window_text)]
    lines = seed_marks(len(data.seeds), data.window_text) or smooth
    key(figure, 1.5, [band_mark("valores de cada tramo"), *lines], left=9)
    return figure


SETTLED = 0.02  # of the iterations: until then a loss may be anything
MAX_STRETCH = 1.6  # of the running means, for the sake of the raw values


def _draw_pair(
    axes: Axes, data: GanLosses, *curves: tuple[Curve, list[np.ndarray], Level | None]
) -> list[Named]:
    """Draw two quantities of all seeds: their running means and the mean of these over the seeds."""
    iterations = len(curves[0][1][0])
    x = np.unique(np.linspace(0, iterations - 1, POINTS).round().astype(int))
    drawn: list[Named] = []
    for curve, seeds, level in curves:
        if level is not None:
            axes.axhline(level.value, color=INK, linestyle=DOTS, linewidth=0.9)
        starts, low, high = _envelope(np.stack(seeds))
        axes.fill_between(starts, low, high, color=curve.color, alpha=BANDS[len(drawn)], linewidth=0)
        look: dict = {"color": curve.color, "linestyle": curve.dashes}
        if iterations == 1:
            look |= {"marker": "o", "markersize": 3}
        smooth = [running_mean(values, data.window)[x] for values in seeds]
        if len(seeds) > 1:
            for y in smooth:
                axes.plot(x + 1, y, linewidth=THIN, alpha=0.7, **look)
        mean = np.mean(smooth, axis=0)
        axes.plot(x + 1, mean, linewidth=THICK, **look)
        drawn.append(Named(curve, [(x + 1, y) for y in (*smooth, mean)], [(starts, low, high)]))
    margin = max(0.5, 0.015 * iterations)
    axes.set_xlim(1 - margin, iterations + margin)
    number_scale(axes.xaxis, ".", ticks=4)
    axes.set_xlabel("Iteración")
    return drawn


def _name(axes: Axes, curves: list[Named], levels: tuple[Level, ...]) -> None:
    label_curves(Room(axes, curves, [level.value for level in levels]))
    label_levels(axes, [(level.value, level.label) for level in levels])


def _range(curves: list[Named]) -> tuple[float, float]:
    every = [y for named in curves for _, y in named.lines]
    return min(float(y.min()) for y in every), max(float(y.max()) for y in every)


def _settled(curves: list[Named]) -> tuple[float, float]:
    """Lowest and highest of the raw values, without those of the start."""
    bands = [(x >= SETTLED * x[-1], low, high) for named in curves for x, low, high in named.bands]
    return (
        min(float(low[later].min()) for later, low, _ in bands),
        max(float(high[later].max()) for later, _, high in bands),
    )


def _envelope(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lowest and highest of float[seeds, t] in ``POINTS`` // 2 runs of iterations (from 1)."""
    edges = np.unique(np.linspace(0, values.shape[1], POINTS // 2 + 1).round().astype(int))
    low = np.minimum.reduceat(values.min(axis=0), edges[:-1])
    high = np.maximum.reduceat(values.max(axis=0), edges[:-1])
    return (edges[:-1] + edges[1:] + 1) / 2, low, high


# --- at a glance -------------------------------------------------------------------------


ROW_MM, DOT_MM = 10.0, 4.4  # height of a line of dots, with its own scale and without
_DOTS_MM = (23.0, 34.0)  # left and width of the dots
_MEAN_MM, _LEVEL_MM = 80.5, 97.0  # right
_SAMPLES_MM = 104.0  # left


@rc_context(STYLE)
def draw_gan_glance(data: GanGlance, decimal: str = ".") -> Figure:
    """A dot for each seed and a stroke at the equilibrium, on a scale that parts them; beside it,
    what the generator draws."""
    height = 55.0
    figure = new_figure(height)
    page = sheet(figure)
    line = height - 3.6
    for right, text in ((_MEAN_MM, "media"), (_LEVEL_MM, "equilibrio")):
        page.text(right, line, text, ha="right")
    losses = [(DISCRIMINATOR.name, data.discriminator_loss), (GENERATOR.name, data.generator_loss)]
    _draw_dots(figure, page, line, "Pérdida, último tercio (nats)", losses, decimal)
    outputs = [("ante reales", data.d_real), ("ante generadas", data.d_fake)]
    title = "Salida, último tercio (probabilidad de ser real)"
    _draw_dots(figure, page, line - 2 * ROW_MM - 7, title, outputs, decimal)
    page.text(_SAMPLES_MM, line, "Muestras del generador", weight=600)
    gap = 2.0
    side = (line - 2) / max(len(data.samples.grids), 3) - gap
    for index, (grid, label) in enumerate(zip(data.samples.grids, data.samples.labels, strict=True)):
        bottom = line - 2 - side - index * (side + gap)
        place_grid(page, grid, _SAMPLES_MM, bottom, side)
        page.text(_SAMPLES_MM + side + 2, bottom + side / 2, f"iteración {label}", va="center_baseline")
    return figure


def _draw_dots(
    figure: Figure, page: Axes, line: float, title: str, rows: list[tuple[str, Dots]], decimal: str
) -> None:
    """Under a title at the height ``line``, in mm, a row for each quantity with a scale of its own:
    on a common one, seeds that agree would be one dot."""
    left, width = _DOTS_MM
    page.text(0, line, title, weight=600)
    for index, (name, dots) in enumerate(rows):
        bottom = line - 1.2 - index * ROW_MM - DOT_MM
        middle = bottom + DOT_MM / 2
        page.text(0, middle, name, va="center_baseline")
        page.text(_MEAN_MM, middle, dots.text, ha="right", va="center_baseline")
        page.text(_LEVEL_MM, middle, dots.equilibrium.label, ha="right", va="center_baseline")
        axes = panel(figure, left, bottom, width, DOT_MM)
        axes.set_ylim(-1, 1)
        axes.spines["left"].set_visible(False)
        axes.set_yticks([])
        values = np.asarray(dots.values)
        axes.vlines(dots.equilibrium.value, -0.8, 0.8, color=INK, linewidth=1.2)
        axes.plot(
            values, np.zeros(len(values)), linestyle="none", marker="o", markersize=4.2,
            markerfacecolor=(BLUE, 0.3), markeredgecolor=BLUE,
        )  # fmt: skip
        every = [*values, dots.equilibrium.value]
        axes.set_xlim(widen(min(every), max(every), 0.1))
        number_scale(axes.xaxis, decimal, ticks=3)
