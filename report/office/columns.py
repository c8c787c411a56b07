"""How wide the columns of a table are to be, by what stands in them.

Numbers are never broken; words are, between one another. Word lays tables out anew in each of its versions
and LaTeX lets them run over the margin, so neither is left to find out.
"""

from collections.abc import Sequence
from functools import cache

from PIL import ImageFont

from report.fonts import SANS, faces
from report.sheet import FULL_WIDTH_MM, POINTS_PER_MM

SIZES = (9.0, 8.0)  # points
MARGIN_MM = 1.2  # at either side of a cell

_MEASURED_AT = 100  # points
_ROOM = 1.12  # other typefaces are wider than the one that is measured here
_LONGEST_WORD = 12.0  # em: what is longer, a digest or a path, may be broken anywhere


def fit(rows: Sequence[Sequence[str]], whole: Sequence[bool]) -> tuple[list[float], float]:
    """The share of the page's width that each column takes, margins included, and the largest of ``SIZES``
    in which all words have room. The first of ``rows`` are the titles; the cells of a column that is
    ``whole`` are never broken.

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
    widths, em = [], 0.0
    for size in SIZES:
        em = size / POINTS_PER_MM
        room = FULL_WIDTH_MM / em - len(head) * 2 * MARGIN_MM / em
        if sum(least) <= room:
            widths = _shared(least, wanted, room)
            break
    else:
        widths = [room * width / sum(least) for width in least]
    return [(width * em + 2 * MARGIN_MM) / FULL_WIDTH_MM for width in widths], size


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
    style = (SANS, 600 if bold else 400, False)
    (path,) = (face.path for face in faces() if (face.family, face.weight, face.italic) == style)
    return ImageFont.truetype(str(path), _MEASURED_AT)
