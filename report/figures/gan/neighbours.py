"""The generated images that come nearest to one of training, each over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.figures.base import Source
from report.figures.image_rows import ImageRows, draw_rows

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "vecinas.svg"


@dataclass(frozen=True)
class Labels:
    """``none`` stands on a row without images."""

    generated: str
    training: str
    none: str


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Two rows, of the same length: generated and of training."""

    rows: ImageRows
    none: str


def prepare(source: Source, labels: Labels) -> Neighbours:
    """Of the first seed, which is shown everywhere: ``readability`` stands in the order of ``gan``."""
    pairs = source.study.readability[0].arrays["pairs"]
    names = (labels.generated, labels.training)
    return Neighbours(ImageRows((pairs[:, 0], pairs[:, 1]), names), labels.none)


def draw(data: Neighbours) -> Figure:
    return draw_rows(data.rows, data.none)
