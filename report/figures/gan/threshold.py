"""Generated images just above and just below what the judge asks for, so that a reader judges it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.figures.base import Source
from report.figures.image_rows import ImageRows, draw_rows
from report.findings.gan.recognisable_from import RecognisableFrom

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "umbral.svg"


@dataclass(frozen=True)
class Labels:
    """``none`` stands on a row without images."""

    above: str
    below: str
    none: str


@dataclass(frozen=True, eq=False)
class Threshold:
    """Two rows, above and below, each image over what the judge sees in it."""

    rows: ImageRows
    none: str


def prepare(source: Source, labels: Labels) -> Threshold:
    """Of the first seed, which is shown everywhere: ``readability`` stands in the order of ``gan``."""
    arrays = source.study.readability[0].arrays
    nearest = source.findings[RecognisableFrom].nearest
    rows = ImageRows(
        (arrays["above"], arrays["below"]),
        (labels.above, labels.below),
        tuple(tuple(map(source.plain, seen)) for seen in (nearest.read, nearest.unread)),
    )
    return Threshold(rows, labels.none)


def draw(data: Threshold) -> Figure:
    return draw_rows(data.rows, data.none)
