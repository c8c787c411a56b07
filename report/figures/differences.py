"""By how much variants differ from the base: a dot with its interval for each, from the largest
difference to the smallest, a line where there is none, and beside them what each costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from report.figures.base import Source
from report.figures.checks import check_numbers
from report.figures.labels import key, text_width_mm
from report.figures.room import MM_PER_POINT
from report.figures.style import BLUE, EDGE_MM, HEAD_MM, INK, WIDTH_MM, heading, new_figure, panel, widen
from report.figures.tiles import ROWS
from report.figures.words import constant
from report.findings.variants import Effect, Own, Proposal
from report.ledger.ledger import Number, derive
from report.ledger.quantities import TEXT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW_MM = 5.4
LONGEST = 30  # characters of a name; what is longer is cut
GAP_MM = 3.5
SHOWN = (Effect.IMPROVES, Effect.WORSENS)


@dataclass(frozen=True)
class Words:
    """Title and scale in one, the title of the costs, and the key: what full and hollow dots are."""

    title: str
    minutes: str
    shown: str
    unclear: str


@dataclass(frozen=True)
class DifferenceLabels(Words):
    """``name`` says what was tried, ``cost`` its minutes."""

    name: Callable[[Number | Own], str]
    cost: Callable[[Number], str]


@dataclass(frozen=True, eq=False)
class Differences:
    """In points, float[n] each, from the largest to the smallest, and whether each is ``shown``, bool[n];
    ``names`` and ``costs`` are drawn."""

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    shown: np.ndarray
    names: tuple[str, ...]
    costs: tuple[str, ...]
    words: Words
    decimal: str = "."

    def __post_init__(self) -> None:
        shape = (len(self.names),)
        for name in ("value", "low", "high"):
            check_numbers(name, getattr(self, name), shape)


def prepare_differences(
    source: Source, labels: DifferenceLabels, proposals: Sequence[Proposal]
) -> Differences:
    """Of ``proposals`` that have a difference, in their order."""
    estimates = [each.compared.difference for each in proposals if each.compared.difference]
    return Differences(
        value=np.array([estimate.value.value for estimate in estimates]),
        low=np.array([estimate.low.value for estimate in estimates]),
        high=np.array([estimate.high.value for estimate in estimates]),
        shown=np.array([each.compared.effect in SHOWN for each in proposals]),
        names=tuple(labels.name(shortened(each.name)) for each in proposals),
        costs=tuple(labels.cost(each.cost.minutes) for each in proposals),
        words=constant(labels, Words),
        decimal=source.decimal,
    )


def shortened(name: Number | Own) -> Number | Own:
    """One that leaves room for what is drawn."""
    if isinstance(name, Own) or len(name.value) <= LONGEST:
        return name
    return TEXT(derive("abreviado", lambda text: f"{text[: LONGEST - 1]}…", name.leaf))


def draw_differences(data: Differences) -> Figure:
    """Full dots where a difference is shown, hollow ones where it is not."""
    from matplotlib.lines import Line2D

    from report.figures.scales import number_scale

    n, words = len(data.names), data.words
    rows = np.arange(n)
    left = max(map(text_width_mm, data.names)) + GAP_MM
    right = max(map(text_width_mm, (*data.costs, words.minutes))) + GAP_MM + EDGE_MM
    end = text_offset(right - EDGE_MM)
    figure = new_figure(10.5 + ROW_MM * n + HEAD_MM)
    axes = panel(figure, left, 10.5, WIDTH_MM - left - right, ROW_MM * n)
    axes.set_label(ROWS)
    axes.set_ylim(n - 0.5, -0.5)
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    axes.hlines(rows, 0, 1, transform=axes.get_yaxis_transform(), color=INK, alpha=0.14, linewidth=0.5)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.hlines(rows, data.low, data.high, color=BLUE, linewidth=1.2)
    full: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 4.6, "color": BLUE}
    hollow = full | {"markerfacecolor": "none", "markersize": 5.4}
    for look, members in ((full, data.shown), (hollow, ~data.shown)):
        axes.plot(data.value[members], rows[members], **look)
    axes.set_xlim(widen(min(0.0, data.low.min()), max(0.0, data.high.max()), 0.05))
    number_scale(axes.xaxis, data.decimal, ticks=6)
    for row, (name, cost) in enumerate(zip(data.names, data.costs, strict=True)):
        beside: dict[str, Any] = {"textcoords": "offset points", "va": "center_baseline"}
        beside["xycoords"] = axes.get_yaxis_transform()
        axes.annotate(name, (0, row), (-6, 0), ha="right", **beside)
        axes.annotate(cost, (1, row), (end, 0), ha="right", **beside)
    axes.annotate(
        words.minutes, (1, 1), (end, 5), ha="right",
        xycoords="axes fraction", textcoords="offset points",
    )  # fmt: skip
    heading(axes, words.title)
    marks = [(Line2D([], [], **full), words.shown), (Line2D([], [], **hollow), words.unclear)]
    key(
        figure,
        1.2,
        [mark for mark, there in zip(marks, (data.shown.any(), (~data.shown).any()), strict=True) if there],
        left=left,
    )
    return figure


def text_offset(mm: float) -> float:
    """In points."""
    return mm / MM_PER_POINT
