"""The confusion matrix of one seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from report.figures.base import Source
from report.figures.checks import check_numbers
from report.figures.room import MM_PER_POINT
from report.figures.style import BLUE, INK, WIDTH_MM, new_figure, sheet
from report.findings.lstm.confusion import Confusion
from report.ledger.ledger import Number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "confusion.svg"

Square = tuple[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True)
class Labels:
    """What rows and columns are, the names of the classes, and of the last column."""

    predicted: str
    real: str
    negative: str
    positive: str
    total: str


@dataclass(frozen=True, eq=False)
class Matrix:
    """Rows: the real class, negative and positive; columns: the predicted one, likewise.

    ``share`` float[2, 2] in [0, 1] is the part of its row that a cell holds (0 in an empty row);
    ``counts``, ``shares`` and ``totals`` (of the rows) are printed numbers.
    """

    share: np.ndarray
    counts: Square
    shares: Square
    totals: tuple[str, str]
    words: Labels

    def __post_init__(self) -> None:
        check_numbers("share", self.share, (2, 2))
        if np.min(self.share) < 0 or np.max(self.share) > 1:
            raise ValueError(
                f"share: se esperaban proporciones entre 0 y 1, se encontró "
                f"{np.asarray(self.share).tolist()}; revise los recuentos."
            )


def prepare(source: Source, labels: Labels) -> Matrix:
    row = source.findings[Confusion].shown
    shares = row.row_shares

    def printed(rows: tuple[tuple[Number, Number], tuple[Number, Number]]) -> Square:
        (a, b), (c, d) = rows
        return (source.plain(a), source.plain(b)), (source.plain(c), source.plain(d))

    counts = (row.true_negative, row.false_positive), (row.false_negative, row.true_positive)
    parts = (shares.true_negative, shares.false_positive), (shares.false_negative, shares.true_positive)
    return Matrix(
        share=np.array([[number.value for number in line] for line in parts]),
        counts=printed(counts),
        shares=printed(parts),
        totals=(source.plain(row.negatives), source.plain(row.positives)),
        words=labels,
    )


def draw(data: Matrix) -> Figure:
    """Counts and row percentages; the shade is the row's share, hits are in semibold."""
    from matplotlib.patches import Rectangle

    figure, words = new_figure(40.5), data.words
    axes = sheet(figure)
    left, width, height, top = 34.0, 54.0, 14.0, 29.0
    gap = 0.8  # between cells, and from them to the rules
    axes.text(left + width, 38.0, words.predicted, ha="center", va="center_baseline", weight=600)
    axes.text(0, 32.9, words.real, va="center_baseline", weight=600)
    for column, name in enumerate((words.negative, words.positive)):
        axes.text(left + (column + 0.5) * width, 32.9, name, ha="center", va="center_baseline")
    right = left + 2 * width
    axes.text(WIDTH_MM, 32.9, words.total, ha="right", va="center_baseline")
    for row, name in enumerate((words.negative, words.positive)):
        middle = top - (row + 0.5) * height
        axes.text(0, middle, name, va="center_baseline")
        axes.text(WIDTH_MM, middle, data.totals[row], ha="right", va="center_baseline")
        for column in range(2):
            axes.add_patch(
                Rectangle(
                    (left + column * width + gap / 2, middle - height / 2 + gap / 2),
                    width - gap,
                    height - gap,
                    facecolor=(BLUE, 0.55 * float(data.share[row][column])),
                    edgecolor="none",
                )
            )
            x = left + (column + 0.5) * width
            weight = 600 if row == column else 400
            look: dict[str, Any] = {"ha": "center", "va": "center_baseline", "weight": weight}
            axes.text(x, middle + 2.3, data.counts[row][column], **look)
            axes.text(x, middle - 2.3, data.shares[row][column], **look)
    for start, end, y, weight_pt in (
        (left, right, 35.6, 0.45),
        (0, WIDTH_MM, top + gap / 2 + 0.45 * MM_PER_POINT / 2, 0.45),
        (0, WIDTH_MM, top - 2 * height - gap / 2 - 0.9 * MM_PER_POINT / 2, 0.9),
    ):
        axes.plot([start, end], [y, y], color=INK, linewidth=weight_pt)
    return figure
