"""The page's fonts inside it, reduced to the characters that it has."""

import base64
import html
import io
import re
from collections.abc import Sequence

from report.fonts import FAMILIES, Face, faces
from report.settings import Typeface


def font_faces(page: str) -> str:
    """The rules of CSS that bring each face along."""
    characters = _printed_characters(page)
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{'italic' if face.italic else 'normal'};font-display:swap;"
        f'src:url("data:font/woff2;base64,{_subset(face, characters)}") format("woff2")}}'
        for face in faces()
    )


def added_faces(typefaces: Sequence[Typeface]) -> str:
    """The rules by which the same families have the letters of the user's own fonts as well."""
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:400 600;font-display:swap;'
        f'src:url("data:font/ttf;base64,{typeface.data}");'
        f"unicode-range:{','.join(f'U+{ord(letter):X}' for letter in typeface.letters)}}}"
        for typeface in typefaces
        for family in FAMILIES
    )


def _printed_characters(page: str) -> str:
    without_data = re.sub(r'"data:[^"]*"', "", page)
    return "".join(sorted(set(html.unescape(without_data)) - {"\n"}))


def _subset(face: Face, characters: str) -> str:
    """Base64 of the face reduced to ``characters``, as WOFF2. Kerning and small capitals are
    left out: they would take four times as long as all else in this file."""
    from fontTools import subset  # here, because it takes a while to load
    from fontTools.ttLib import TTFont

    options = subset.Options(flavor="woff2", hinting=False, layout_features=[], name_IDs=["*"])
    buffer = io.BytesIO()
    with TTFont(face.path, recalcTimestamp=False, lazy=True) as font:
        for table in ("GSUB", "GPOS"):
            del font[table]
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(buffer)
    return base64.b64encode(buffer.getvalue()).decode()
