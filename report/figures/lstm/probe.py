"""Accuracy in the probe by the distance of what decides."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from report.figures.bands import Band, band_of, draw_band, in_logs
from report.figures.base import Source
from report.figures.checks import Level
from report.figures.labels import key, label_curves, label_levels, level_mm, seed_marks
from report.figures.room import Room
from report.figures.style import (
    BLUE,
    DASHES,
    DOTS,
    FOOT_MM,
    HEAD_MM,
    INK,
    ORANGE,
    WIDTH_MM,
    Curve,
    heading,
    new_figure,
    panel,
    widen,
)
from report.findings.chance import CHANCE
from report.findings.lstm.probe import Probe
from report.findings.probed import Network

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "sonda.svg"

PANEL_MM = 30.0


@dataclass(frozen=True)
class Labels:
    """Titles of the panel and of its axis, names of the two networks and of what guessing gives, and
    the key: ``each`` seed, their ``mean``."""

    accuracy: str
    distance: str
    cell: str
    control: str
    chance: str
    each: str
    mean: str


@dataclass(frozen=True, eq=False)
class ByProbe:
    """Accuracy in [0, 1] of the cells that learn the task, if any, and of their control by distance in
    words > 0; ``chance`` is what guessing gives."""

    cell: Band | None
    control: Band
    chance: Level
    words: Labels
    decimal: str = "."


def prepare(source: Source, labels: Labels) -> ByProbe:
    places = source.findings[Probe].places
    distance = np.array([place.distance.value for place in places], dtype=float)
    cells = [place.cell for place in places if place.cell]
    return ByProbe(
        cell=network_band(distance, cells) if cells else None,
        control=network_band(distance, [place.control for place in places]),
        chance=Level(CHANCE, labels.chance),
        words=labels,
        decimal=source.decimal,
    )


def network_band(distance: np.ndarray, places: Sequence[Network]) -> Band:
    return band_of(distance, [place.accuracy.each for place in places], [place.band for place in places])


def draw(data: ByProbe) -> Figure:
    """Both networks by distance: each seed, their mean and its interval."""
    from matplotlib.ticker import FixedLocator

    from report.figures.scales import DecimalFormatter, log_scale

    words = data.words
    networks = [(Curve(words.control, ORANGE, DASHES), data.control)]
    if data.cell:
        networks.insert(0, (Curve(words.cell, BLUE, "-"), data.cell))
    marks = seed_marks(max(len(band.seeds) for _, band in networks), words.each, words.mean)
    bottom = FOOT_MM if marks else FOOT_MM - 5
    figure = new_figure(bottom + PANEL_MM + HEAD_MM)
    axes = panel(figure, 7, bottom, WIDTH_MM - 7 - level_mm(data.chance.label), PANEL_MM)
    axes.axhline(data.chance.value, color=INK, linestyle=DOTS, linewidth=0.9)
    named = [draw_band(axes, curve, in_logs(band), marker="o") for curve, band in networks]
    lowest = min(float(low.min()) for curve in named for _, low, _ in curve.bands)
    axes.set_ylim(min(0.4, lowest - 0.1), 1.14)
    axes.yaxis.set_major_locator(FixedLocator([0, 0.2, 0.4, 0.6, 0.8, 1]))
    axes.yaxis.set_major_formatter(DecimalFormatter(data.decimal))
    axes.set_xlim(widen(math.log10(data.control.x[0]), math.log10(data.control.x[-1]), 0.04))
    log_scale(axes.xaxis, data.control.x.tolist())
    axes.set_xlabel(words.distance)
    heading(axes, words.accuracy)
    label_levels(axes, [(data.chance.value, data.chance.label)])
    label_curves(Room(axes, named, [data.chance.value]))
    key(figure, 1.2, marks, left=7)
    return figure
