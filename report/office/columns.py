"""How wide the columns of a table are to be, by what stands in them.

Numbers are never broken; words are, between one another. Word and LaTeX could work widths out, but the
one lays tables out anew in each of its versions and the other lets them run over the margin.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PIL import ImageFont

from report.fonts import SANS, faces
from report.sheet import POINTS_PER_MM

_MEASURED_AT = 100  # points
_ROOM = 1.12  # other typefaces are wider than the one that is measured here
_LONGEST_WORD = 12.0  # em: what is longer, a digest or a path, may be broken anywhere


@dataclass(frozen=True)
class Columns:
    """The width of each in millimetres, and the size of type, in points, at which they fit; ``natural``
    if no line is broken."""

    widths_mm: tuple[float, ...]
    size: float
    natural: bool


def fit(rows: Sequence[Sequence[str]], whole: Sequence[bool], sizes: Sequence[float], mm: float) -> Columns:
    """Columns that take up to ``mm`` together, in the largest of ``sizes`` in which all words have room.
    The first of ``rows`` are the titles; the cells of a column that is ``whole`` are never broken.

    In the smallest size a table may have too little room: then its columns share what there is.
    """
    head, *body = rows
    columns = range(len(head))
    longest = [max((_em(row[j]) for row in body), default=0.0) for j in columns]
    wanted = [max(longest[j], _em(head[j], bold=True)) for j in columns]
    least = [
        max(
            _longest_word(head[j], bold=True),
            longest[j] if whole[j] else max((_longest_word(row[j]) for row in body), default=0.0),
        )
        for j in columns
    ]
    for size in sizes:
        em = size / POINTS_PER_MM
        room = mm / em
        if sum(wanted) <= room:
            return Columns(tuple(width * em for width in wanted), size, natural=True)
        if sum(least) <= room:
            widths = _shared(least, wanted, room)
            return Columns(tuple(width * em for width in widths), size, natural=False)
    return Columns(tuple(mm * width / sum(least) for width in least), sizes[-1], natural=False)


def _shared(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """Each column has ``least``; what is left of ``room`` goes round in equal parts, to each until it has
    what it ``wanted``."""
    widths, spare = list(least), room - sum(least)
    for rank, j in enumerate(sorted(range(len(least)), key=lambda j: wanted[j] - least[j])):
        given = min(wanted[j] - least[j], spare / (len(least) - rank))
        widths[j] += given
        spare -= given
    return widths


def _longest_word(text: str, bold: bool = False) -> float:
    return min(max((_em(word, bold) for word in text.split(" ")), default=0.0), _LONGEST_WORD)


def _em(text: str, bold: bool = False) -> float:
    """How long ``text`` is, in the size of its own type."""
    return _font(bold).getlength(text) / _MEASURED_AT * _ROOM


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    weight = 600 if bold else 400
    (path,) = (face.path for face in faces() if (face.family, face.weight, face.italic) == (SANS, weight, False))
    return ImageFont.truetype(str(path), _MEASURED_AT)
