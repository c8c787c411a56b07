"""How long a text is in the type of tables, to the thousandth of an em, without laying it out."""

from functools import cache

from report.fonts import SANS, faces

_UNKNOWN = 0.5  # a letter of somebody else's font


def em(text: str, bold: bool = False) -> float:
    """In the size of its own type."""
    widths = _widths(600 if bold else 400)
    return sum(widths.get(character, _UNKNOWN) for character in text)


@cache
def _widths(weight: int) -> dict[str, float]:
    from fontTools.ttLib import TTFont  # here, because it takes a while to load

    style = (SANS, weight, False)
    (path,) = (face.path for face in faces() if (face.family, face.weight, face.italic) == style)
    with TTFont(path, lazy=True) as font:
        advances, per_em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {chr(code): advances[glyph][0] / per_em for code, glyph in font.getBestCmap().items()}
