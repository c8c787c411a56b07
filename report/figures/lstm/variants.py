"""The accuracy of what was tried beside that of the base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.figures.base import Source
from report.figures.differences import DifferenceLabels, Differences, draw_differences, prepare_differences
from report.findings.lstm.variants import Variants

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "variantes-lstm.svg"


@dataclass(frozen=True)
class Labels(DifferenceLabels):
    pass


@dataclass(frozen=True, eq=False)
class Tried:
    differences: Differences


def prepare(source: Source, labels: Labels) -> Tried:
    return Tried(prepare_differences(source, labels, source.findings[Variants].drawn))


def draw(data: Tried) -> Figure:
    return draw_differences(data.differences)
