"""The author's own words on their way into the document: which Markdown they may be written in, and how
they get past the law of numbers.

Nobody traces the numbers of a person. So that exactly these words, and nothing else, may say any, the
templates never hold them: they write one private-use character in their place, and the words follow once
every digit around it is known to be traced.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from report import fonts
from report.errors import RenderError
from report.settings import Reflection

PLACE = "\ue007"

MAY = "se esperaban párrafos, énfasis, listas, citas, títulos, código dentro de la línea y enlaces"
REFUSED = {
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "una imagen",
    "table_open": "una tabla",
    "fence": "código en bloque",
    "code_block": "código en bloque",
    "hr": "una línea horizontal",
}
UNPRINTABLE = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")  # categories of characters
TOP, LOWEST = 4, 6  # levels of the headings: those of the words stand below that of their section
_ADDRESS = re.compile(r"https?://")


@dataclass(frozen=True)
class Words:
    """The same words as the page has them, as the Markdown has them, and as they read."""

    html: str
    markdown: str
    plain: str


def words_of(reflection: Reflection) -> Words:
    """
    Raises:
        RenderError: with the line of the first thing that may not stand in such words.
    """
    lines = reflection.text.split("\n")
    parser, environment = (
        MarkdownIt("commonmark").enable("table"),
        dict[str, dict[str, dict[str, list[int]]]](),
    )
    tokens = parser.parse(reflection.text, environment)
    found = [*_unprintable(lines), *_refused(tokens)]
    found += [
        (place["map"][0], "la definición de un enlace")
        for place in environment.get("references", {}).values()
    ]
    if found:
        line, what = min(found)
        raise RenderError(f"{reflection.file}, línea {line + 1}: {MAY}, se encontró {what}; quítelo.")
    _lower_headings(tokens, lines)
    html = parser.renderer.render(tokens, parser.options, environment)
    plain = " ".join(child.content for token in tokens for child in token.children or ())
    return Words(f'<div class="author">\n{html}</div>', "\n".join(lines).strip("\n"), plain)


def _unprintable(lines: list[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines):
        for char in line.replace("\t", " "):
            if unicodedata.category(char) in UNPRINTABLE:
                yield number, f"el carácter U+{ord(char):04X}, que no se imprime"
            elif ord(char) not in fonts.characters():
                yield number, f"«{char}» (U+{ord(char):04X}), que no está en las fuentes del documento"


def _refused(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """Lines, from 0, of what may not be there, and its name."""
    line = 0
    for token in tokens:
        if token.map:
            line = token.map[0]
        if token.type in REFUSED:
            yield line, REFUSED[token.type]
        if token.type == "heading_open" and token.level:
            yield line, "un título dentro de una lista o de una cita"
        for child in token.children or ():
            if child.type in REFUSED:
                yield line, REFUSED[child.type]
            if child.type == "link_open" and not _ADDRESS.match(str(child.attrs["href"])):
                yield line, "un enlace que no es de http ni https"
            if child.type == "text" and "[^" in child.content:
                yield line, "una nota"
            line += child.type in ("softbreak", "hardbreak")


def _lower_headings(tokens: list[Token], lines: list[str]) -> None:
    """Both in ``tokens`` and in ``lines``; none is more than one level below the one before."""
    headings = [
        (token, tokens[place + 1]) for place, token in enumerate(tokens) if token.type == "heading_open"
    ]
    closings = [token for token in tokens if token.type == "heading_close"]
    highest = min((int(opening.tag[1]) for opening, _ in headings), default=0)
    level = TOP - 1
    for (opening, inline), closing in zip(headings, closings, strict=True):
        level = min(int(opening.tag[1]) - highest + TOP, level + 1, LOWEST)
        opening.tag = closing.tag = f"h{level}"
        assert opening.map is not None
        first, end = opening.map
        lines[first:end] = [f"{'#' * level} {inline.content}".replace("\n", " "), *[""] * (end - first - 1)]
