"""Accuracy by the length of the reviews, and by their stars."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from report.figures.bands import Band, band_of, draw_band, in_logs
from report.figures.base import Source
from report.figures.checks import Level
from report.figures.labels import key, label_curves, seed_marks
from report.figures.room import Named, Room
from report.figures.style import (
    BLUE,
    DASHES,
    DOTS,
    EDGE_MM,
    FOOT_MM,
    HEAD_MM,
    INK,
    ORANGE,
    WIDTH_MM,
    Curve,
    across,
    heading,
    new_figure,
    panel,
    widen,
)
from report.figures.words import constant
from report.findings.lstm.length import Bucket, Length
from report.ledger.ledger import Number
from report.ledger.quantities import COUNT
from report.study.study import at

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILE = "longitud.svg"

PANEL_MM = 36.0


@dataclass(frozen=True)
class Words:
    """Titles of both panels and of their axes, names of the curves, and the key: ``each`` seed, their
    ``mean``."""

    lengths: str
    words: str
    by_stars: str
    stars: str
    lstm: str
    control: str
    each: str
    mean: str


@dataclass(frozen=True)
class Labels(Words):
    """``window`` names the length beyond which the LSTM does not see the whole review."""

    window: Callable[[Number], str]


@dataclass(frozen=True, eq=False)
class ByLength:
    """Accuracy in [0, 1] by length in words, and by stars unless the data have none; ``window``
    is the length beyond which the LSTM does not see the whole review."""

    lstm: Band
    control: Band
    lstm_stars: Band | None
    control_stars: Band | None
    window: Level
    words: Words
    decimal: str = "."


def prepare(source: Source, labels: Labels) -> ByLength:
    """Each bucket of lengths stands at the geometric mean of its limits."""
    finding = source.findings[Length]
    deciles, stars = finding.deciles, finding.stars
    places = np.sqrt([max(bucket.low.value, 1) * bucket.high.value for bucket in deciles])
    ratings = np.array([bucket.low.value for bucket in stars], dtype=float)
    window = COUNT(at(source.study.lstm[0], "config.sequence_length"))

    def lstm(x: np.ndarray, buckets: tuple[Bucket, ...]) -> Band:
        return band_of(x, [bucket.lstm.each for bucket in buckets], [bucket.band for bucket in buckets])

    def control(x: np.ndarray, buckets: tuple[Bucket, ...]) -> Band:
        intervals = [bucket.linear_band for bucket in buckets]
        return band_of(x, [bucket.linear.each for bucket in buckets], intervals)

    return ByLength(
        lstm=lstm(places, deciles),
        control=control(places, deciles),
        lstm_stars=lstm(ratings, stars) if stars else None,
        control_stars=control(ratings, stars) if stars else None,
        window=Level(window.value, labels.window(window)),
        words=constant(labels, Words),
        decimal=source.decimal,
    )


def draw(data: ByLength) -> Figure:
    """The LSTM, with Wilson's band, and the control: by decile of length and by stars."""
    from matplotlib.lines import Line2D
    from matplotlib.ticker import FixedLocator

    from report.figures.scales import DecimalFormatter, log_scale

    figure, words = new_figure(FOOT_MM + PANEL_MM + HEAD_MM), data.words
    starred = data.lstm_stars is not None and data.control_stars is not None
    (left, width), (right, _) = across(9, 16, EDGE_MM)
    lengths = panel(figure, left, FOOT_MM, width if starred else WIDTH_MM - 9 - EDGE_MM, PANEL_MM)
    window = math.log10(data.window.value)
    lengths.axvline(window, color=INK, linestyle=DOTS, linewidth=0.9)
    named = _draw_pair(lengths, data, in_logs(data.lstm), in_logs(data.control))
    limits = lengths.get_xlim()
    lengths.set_xlim(min(limits[0], window), max(limits[1], window))
    log_scale(lengths.xaxis, _round_numbers(*lengths.get_xlim()))
    lengths.set_xlabel(words.words)
    heading(lengths, words.lengths)
    label_curves(Room(lengths, named, grid=lengths.get_yticks(), uprights=[window]))
    if data.lstm_stars is not None and data.control_stars is not None:
        stars = panel(figure, right, FOOT_MM, width, PANEL_MM)
        named = _draw_pair(stars, data, data.lstm_stars, data.control_stars, consecutive=True)
        stars.xaxis.set_major_locator(FixedLocator(data.lstm_stars.x.tolist()))
        stars.xaxis.set_major_formatter(DecimalFormatter("."))
        stars.set_xlabel(words.stars)
        heading(stars, words.by_stars)
        label_curves(Room(stars, named, grid=stars.get_yticks()))
    items = [
        *seed_marks(len(data.lstm.seeds), words.each, words.mean),
        (Line2D([], [], color=INK, linestyle=DOTS, linewidth=0.9), data.window.label),
    ]
    key(figure, 1.2, items, left=9)
    return figure


def _draw_pair(
    axes: Axes, data: ByLength, lstm: Band, control: Band, consecutive: bool = False
) -> list[Named]:
    """Two models at the same places, as points on lines; at whole numbers, joined only if they are
    ``consecutive``."""
    from report.figures.scales import number_scale

    axes.grid(axis="y")
    curves = (Curve(data.words.lstm, BLUE, "-"), Curve(data.words.control, ORANGE, DASHES))
    named = [
        draw_band(axes, curve, band, marker="o", reach=1 if consecutive else math.inf)
        for curve, band in zip(curves, (lstm, control), strict=True)
    ]
    ends = [np.concatenate([band.seeds.ravel(), band.low, band.high]) for band in (lstm, control)]
    axes.set_ylim(widen(min(map(np.min, ends)), max(map(np.max, ends))))
    axes.set_xlim(widen(lstm.x.min(), lstm.x.max(), 0.04))
    number_scale(axes.yaxis, data.decimal)
    return named


def _round_numbers(low: float, high: float) -> list[float]:
    """1, 2 and 5 times the powers of ten between two decimal logarithms."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    every = [digit * 10.0**power for power in powers for digit in (1, 2, 5)]
    return [value for value in every if low <= math.log10(value) <= high]
