"""Networks layer by layer: a bar for each, the wider the more values it gives, beside it what it is, the
shape of what it gives and its parameters. Networks stand side by side; a deep one takes two columns."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.records.built import BuiltLayer
from report.figures.base import Source
from report.figures.labels import cut_to, text_width_mm
from report.figures.style import BLUE, EDGE_MM, HEAD_MM, INK, WIDTH_MM, new_figure, sheet, write_heading
from report.findings.base import Row
from report.findings.networks import Layer
from report.ledger.ledger import Number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW_MM, BAR_MM = 4.3, 2.9
BETWEEN_MM, GAP_MM = 5.0, 2.0  # between networks, and between what stands beside a bar
APART_MM = 6.0  # from the shapes to the parameters, which are no part of them: two ems
NARROWEST_MM = 6.5  # of the widest bar
ALONE_MM = 94.0  # a stack by itself: a phone shows all of it
# Layers: what has more takes two columns, and of what has still more the middle is left out.
DEEP, DEEPEST = 11, 24
LEFT_OUT = "…"


@dataclass(frozen=True)
class Bar:
    """One layer, or what enters the first: it gives ``size`` values; ``parameters`` is empty where it has
    none to learn. ``size`` is 0 for what stands for layers that are left out."""

    name: str
    shape: str
    parameters: str
    size: int
    learns: bool


@dataclass(frozen=True)
class Stack:
    """One network, from what enters it on; ``total`` says how many parameters it has."""

    title: str
    total: str
    bars: tuple[Bar, ...]


def bars_of(
    source: Source, name: Callable[[Layer | Number], str], rows: Sequence[Row], layers: Sequence[BuiltLayer]
) -> tuple[Bar, ...]:
    """``rows`` have of each of the ``layers`` its name, the shape of its output and its parameters."""
    return tuple(
        Bar(
            name=name(row[0]),  # type: ignore[arg-type]
            shape=source.plain(row[1]),  # type: ignore[arg-type]
            parameters=source.plain(row[2]) if layer.parameters else "",  # type: ignore[arg-type]
            size=size_of(layer.shape),
            learns=layer.parameters > 0,
        )
        for row, layer in zip(rows, layers, strict=True)
    )


def size_of(shape: Sequence[int | None]) -> int:
    """How many values; of what may have any length, those at one place."""
    return math.prod(size for size in shape if size is not None)


def draw_stacks(stacks: Sequence[Stack]) -> Figure:
    """Full bars where something is learned, hollow ones where nothing is; all on one scale."""
    columns = [part for stack in stacks for part in _columns(stack, alone=len(stacks) == 1)]
    most = max(len(part.bars) for part in columns)
    whole = ALONE_MM if len(columns) == 1 else WIDTH_MM
    figure = new_figure(HEAD_MM + ROW_MM * most, whole)
    page = sheet(figure)
    width = (whole - EDGE_MM - BETWEEN_MM * (len(columns) - 1)) / len(columns)
    largest = max(bar.size for part in columns for bar in part.bars)
    track = min(_track(part, width) for part in columns)
    for place, part in enumerate(columns):
        _draw(page, part, place * (width + BETWEEN_MM), ROW_MM * most, width, track, largest)
    return figure


def _columns(stack: Stack, alone: bool) -> list[Stack]:
    bars = stack.bars
    if len(bars) > DEEPEST:
        half = DEEPEST // 2
        bars = (*bars[: half - 1], Bar(LEFT_OUT, "", "", 0, False), *bars[-half:])
    if not alone or len(bars) <= DEEP:
        return [Stack(stack.title, stack.total, bars)]
    half = -(-len(bars) // 2)
    return [Stack(stack.title, "", bars[:half]), Stack("", stack.total, bars[half:])]


def _widest(texts: Iterable[str]) -> float:
    return max(map(text_width_mm, texts), default=0.0)


def _columns_of(stack: Stack, width: float) -> tuple[float, float, float]:
    """In mm: of the parameters, of the shapes, and what they leave of the ``width`` for bars and names."""
    counts, shapes = (
        _widest(bar.parameters for bar in stack.bars),
        _widest(bar.shape for bar in stack.bars),
    )
    return counts, shapes, width - counts - shapes - 2 * GAP_MM - APART_MM


def _track(stack: Stack, width: float) -> float:
    """How wide its widest bar may be."""
    room = _columns_of(stack, width)[2]
    return max(room - _widest(bar.name for bar in stack.bars) - EDGE_MM, NARROWEST_MM)


def _draw(
    page: Axes, stack: Stack, left: float, top: float, width: float, track: float, largest: int
) -> None:
    counts, shapes, room = _columns_of(stack, width)
    right = left + width
    if stack.title:
        write_heading(page, left, top, stack.title)
    if stack.total:
        page.annotate(stack.total, (right, top), (0, 5), textcoords="offset points", ha="right")
    middles = [top - (row + 0.5) * ROW_MM for row in range(len(stack.bars))]
    halves = [half_width(bar.size, largest, track - EDGE_MM) for bar in stack.bars]
    centre = left + track / 2
    for row, (bar, middle, half) in enumerate(zip(stack.bars, middles, halves, strict=True)):
        if row and half and halves[row - 1]:
            above, below = middles[row - 1] - BAR_MM / 2, middle + BAR_MM / 2
            corners = np.array([-halves[row - 1], halves[row - 1], half, -half]) + centre
            page.fill(corners, [above, above, below, below], color=INK, alpha=0.14, linewidth=0)
        if half:
            xs, ys = (
                np.array([-half, half, half, -half]) + centre,
                np.array([-1, -1, 1, 1]) * BAR_MM / 2 + middle,
            )
            page.fill(xs, ys, facecolor=BLUE if bar.learns else "none", edgecolor=BLUE, linewidth=0.8)
        words: dict[str, Any] = {"va": "center_baseline"}
        page.text(left + track + GAP_MM, middle, cut_to(bar.name, room - track), **words)
        page.text(right - counts - APART_MM - shapes, middle, bar.shape, **words)
        page.text(right, middle, bar.parameters, ha="right", **words)


def half_width(size: int, largest: int, track: float) -> float:
    """Half the width of a bar of ``size`` values where the ``largest`` is as wide as the ``track``; in
    logarithms, so that a single answer can still be seen beside thousands of values."""
    return track / 2 * math.log1p(size) / math.log1p(largest)
