"""How wide the columns of a table are to be, by what stands in them.

Numbers are never broken; words are, between one another. Word lays tables out anew in each of its versions
and LaTeX lets them run over the margin, so neither is left to find out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from report.html.lengths import em
from report.sheet import FULL_WIDTH_MM, POINTS_PER_MM

SIZES = (9.0, 8.0)  # points
MARGIN_MM = 1.2  # at either side of a cell

_ROOM = 1.12  # other typefaces are wider than the one that is measured here
_LONGEST_WORD = 12.0  # em: what is longer, a digest or a path, may be broken anywhere


@dataclass(frozen=True)
class Columns:
    """The ``shares`` of the page's width that they take, margins included, the ``size`` of type in points,
    and how many ``lines`` the table has in it."""

    shares: list[float]
    size: float
    lines: int


def fit(rows: Sequence[Sequence[str]], whole: Sequence[bool]) -> Columns:
    """Columns in the largest of ``SIZES`` in which all words have room. The first of ``rows`` are the titles;
    the cells of a column that is ``whole`` are never broken.

    What is left goes to the columns that want more, in proportion to that, as a browser does it. In the
    smallest size a table may have too little room: then its columns share what there is.
    """
    head, *body = rows
    lengths = [[_em(cell) for cell in row] for row in body]
    lengths.insert(0, [_em(cell, bold=True) for cell in head])
    columns = range(len(head))
    wanted = [max(row[j] for row in lengths) for j in columns]
    least = [
        max(
            _longest_word(head[j], bold=True),
            *(lengths[i + 1][j] if whole[j] else _longest_word(row[j]) for i, row in enumerate(body)),
        )
        for j in columns
    ]
    for size in SIZES:
        em_mm = size / POINTS_PER_MM
        room = FULL_WIDTH_MM / em_mm - len(head) * 2 * MARGIN_MM / em_mm
        if sum(least) <= room:
            break
    spare, more = room - sum(least), sum(wanted) - sum(least)
    if spare < 0:
        widths = [room * width / sum(least) for width in least]
    else:
        part = min(1.0, spare / more) if more else 0.0
        widths = [low + part * (high - low) for low, high in zip(least, wanted, strict=True)]
    lines = sum(max(ceil(cell / width) for cell, width in zip(row, widths, strict=True)) for row in lengths)
    return Columns([(width * em_mm + 2 * MARGIN_MM) / FULL_WIDTH_MM for width in widths], size, lines)


def _longest_word(text: str, bold: bool = False) -> float:
    return min(max((_em(word, bold) for word in text.split(" ")), default=0.0), _LONGEST_WORD)


def _em(text: str, bold: bool = False) -> float:
    """How long ``text`` is, in the size of its own type."""
    return em(text, bold) * _ROOM
