"""Accuracy in the probe by the distance of what decides."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from report.figures.bands import Band, band_of, draw_band, in_logs
from report.figures.base import Source
from report.figures.checks import Level, check_numbers
from report.figures.labels import key, label_curves, label_levels, seed_marks
from report.figures.room import Named, Room
from report.figures.style import (
    BLUE,
    DASHES,
    DOTS,
    INK,
    ORANGE,
    WIDTH_MM,
    Curve,
    heading,
    new_figure,
    panel,
    widen,
)
from report.figures.words import constant
from report.findings.chance import CHANCE
from report.findings.lstm.probe import Carries, Network, Probe
from report.ledger.ledger import Number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILE = "sonda.svg"


@dataclass(frozen=True)
class Words:
    """Titles of the panel and of its axis, names of the two networks and of what guessing gives, and
    the key: ``each`` seed, their ``mean``."""

    accuracy: str
    distance: str
    cell: str
    control: str
    chance: str
    each: str
    mean: str


@dataclass(frozen=True)
class Labels(Words):
    """``alike`` names the seeds of the cell that do the same."""

    alike: Callable[[Sequence[Number]], str]


@dataclass(frozen=True, eq=False)
class SeedLines:
    """Seeds of one network that do the same, float[seeds, k] each: accuracy in [0, 1] and the ends
    of its interval; ``name`` is drawn."""

    name: str
    values: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def __post_init__(self) -> None:
        for name in ("values", "low", "high"):
            check_numbers(name, getattr(self, name), np.shape(self.values))


@dataclass(frozen=True, eq=False)
class Apart:
    """The seeds one by one: those of the cell by what they do, and those of the control."""

    cell: tuple[SeedLines, ...]
    control: SeedLines


@dataclass(frozen=True, eq=False)
class ByProbe:
    """Accuracy in [0, 1] of the cells that learn the task, if any, and of their control by distance in
    words > 0; ``enough`` is what is asked of them and ``chance`` what guessing gives; ``apart`` where
    the seeds of the cell do not behave alike, so that their mean describes none."""

    cell: Band | None
    control: Band
    enough: Level
    chance: Level
    words: Words
    apart: Apart | None = None
    decimal: str = "."


def prepare(source: Source, labels: Labels) -> ByProbe:
    finding = source.findings[Probe]
    places, enough = finding.places, finding.thresholds.enough
    distance = np.array([place.distance.value for place in places], dtype=float)
    cells = [place.cell for place in places if place.cell]
    return ByProbe(
        cell=network_band(distance, cells) if cells else None,
        control=network_band(distance, [place.control for place in places]),
        enough=Level(enough.value, source.plain(enough)),
        chance=Level(CHANCE, labels.chance),
        words=constant(labels, Words),
        apart=apart(finding, labels) if finding.verdict is Carries.MIXED else None,
        decimal=source.decimal,
    )


def network_band(distance: np.ndarray, places: Sequence[Network]) -> Band:
    return band_of(distance, [place.accuracy.each for place in places], [place.band for place in places])


def apart(finding: Probe, labels: Labels) -> Apart:
    """The seeds of the cell that do the same share a name, with their numbers; those that learn
    nothing are left out."""
    place = {seed.value: index for index, seed in enumerate(finding.learned_seeds)}
    alike = (finding.holding_seeds, finding.failing_seeds, finding.weak_seeds)
    cells = [each.cell for each in finding.places if each.cell]
    controls = [each.control for each in finding.places]
    return Apart(
        tuple(
            seed_lines(labels.alike(seeds), cells, [place[seed.value] for seed in seeds])
            for seeds in sorted(filter(None, alike), key=lambda seeds: place[seeds[0].value])
        ),
        seed_lines(labels.control, controls, list(range(len(finding.control_seeds)))),
    )


def seed_lines(name: str, places: Sequence[Network], members: list[int]) -> SeedLines:
    """Of the seeds at the places ``members``; ``places`` has, for each distance, all of them."""
    values = [[place.accuracy.each[member].value for place in places] for member in members]
    ends = [[[end.value for end in place.bands[member]] for place in places] for member in members]
    return SeedLines(name, np.array(values), *np.moveaxis(np.array(ends), -1, 0))


def draw(data: ByProbe) -> Figure:
    """Both networks by distance: the mean of the seeds, or each where they do not behave alike."""
    from matplotlib.ticker import FixedLocator

    from report.figures.scales import DecimalFormatter, log_scale

    words = data.words
    most = max(len(band.seeds) for band in (data.cell, data.control) if band)
    marks = seed_marks(most, words.each, words.mean) if data.apart is None else []
    bottom = 17 if marks else 11
    figure = new_figure(bottom + 43)
    axes = panel(figure, 9, bottom, WIDTH_MM - 22, 37)
    levels = (data.enough, data.chance)
    for level in levels:
        axes.axhline(level.value, color=INK, linestyle=DOTS, linewidth=0.9)
    named = _draw_means(axes, data) if data.apart is None else _draw_apart(axes, data.control.x, data.apart)
    lowest = min(float(low.min()) for curve in named for _, low, _ in curve.bands)
    axes.set_ylim(min(0.4, lowest - 0.1), 1.14)
    axes.yaxis.set_major_locator(FixedLocator([0, 0.2, 0.4, 0.6, 0.8, 1]))
    axes.yaxis.set_major_formatter(DecimalFormatter(data.decimal))
    axes.set_xlim(widen(math.log10(data.control.x[0]), math.log10(data.control.x[-1]), 0.04))
    log_scale(axes.xaxis, data.control.x.tolist())
    axes.set_xlabel(words.distance)
    heading(axes, words.accuracy)
    label_levels(axes, [(level.value, level.label) for level in levels])
    label_curves(Room(axes, named, [level.value for level in levels]))
    key(figure, 1.5, marks, left=9)
    return figure


def _cell(name: str) -> Curve:
    return Curve(name, BLUE, "-")


def _control(name: str) -> Curve:
    return Curve(name, ORANGE, DASHES)


def _draw_means(axes: Axes, data: ByProbe) -> list[Named]:
    networks = ((_cell(data.words.cell), data.cell), (_control(data.words.control), data.control))
    return [draw_band(axes, curve, in_logs(band), marker="o") for curve, band in networks if band]


def _draw_apart(axes: Axes, distances: np.ndarray, apart: Apart) -> list[Named]:
    x = np.log10(distances)
    named = [_draw_each(axes, _cell(group.name), x, group) for group in apart.cell]
    return [*named, _draw_each(axes, _control(apart.control.name), x, apart.control, hollow=True)]


def _draw_each(axes: Axes, curve: Curve, x: np.ndarray, group: SeedLines, hollow: bool = False) -> Named:
    """A line for each seed with its intervals, where a mean would describe none of them; ``hollow``
    marks leave those under them in sight."""
    look: dict[str, Any] = {
        "color": curve.color,
        "linestyle": curve.dashes,
        "linewidth": 1.1,
        "marker": "o",
    }
    look |= {"markersize": 4.4, "markerfacecolor": "none"} if hollow else {"markersize": 2.2}
    for values, low, high in zip(group.values, group.low, group.high, strict=True):
        axes.vlines(x, low, high, color=curve.color, linewidth=0.8)
        axes.plot(x, values, **look)
    bands = [(x, low, high) for low, high in zip(group.low, group.high, strict=True)]
    return Named(curve, [(x, values) for values in group.values], bands)
