"""On which pages each number stands: the marked HTML and the laid-out pages, side by side.

Both hold the same characters element by element, so that counting them is enough: nothing is
searched for, and the same figure printed twice cannot be mistaken.
"""

import html as html_module
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

import tinyhtml5

from report.errors import RenderError
from report.html.images import image_file
from report.ledger.ledger import MARK_CLOSE, MARK_MIDDLE, MARK_OPEN, MARKED, Ledger
from report.pdf.layout import Piece

# The layout drops spaces at the ends of lines and adds hyphens.
_IGNORED = "-\u2010\u00ad"

_LABEL = re.compile(r"<text\b[^>]*>([^<]+)</text>")

Pages = dict[int, set[int]]  # id in the ledger -> pages, counted from 1


def parse(html: str) -> Element:
    """The tree as WeasyPrint makes it."""
    root: Element = tinyhtml5.parse(html, namespace_html_elements=False)
    return root


def pages_of_numbers(marked: Element, pieces: Iterable[Piece]) -> Pages:
    """The pages on which each traced number of ``marked`` is printed or, for those of an
    alternative text, on which its image stands.

    Raises:
        RenderError: an element does not hold the same characters on the pages and in the HTML.
    """
    owners = _Owners()
    owners.visit(marked)
    printed: dict[int, list[int]] = {}
    for piece in pieces:
        printed.setdefault(piece.element, []).extend([piece.page] * (_count(piece.text) if piece.text else 1))
    found: Pages = {}
    for place, element in enumerate(marked.iter()):
        pages = printed.get(place, [])
        for number in MARKED.findall(element.get("alt", "")):
            found.setdefault(int(number[0]), set()).update(pages)
        ids = owners.ids.get(element, [])
        if not pages or not any(owner is not None for owner in ids):
            continue
        if len(pages) % len(ids):  # a table's header is repeated on each of its pages
            raise RenderError(
                f"Se esperaban {len(ids)} caracteres de un <{element.tag}> en las páginas, se encontraron "
                f"{len(pages)}; revise la hoja de estilo."
            )
        for index, page in enumerate(pages):
            owner = ids[index % len(ids)]
            if owner is not None:
                found.setdefault(owner, set()).add(page)
    return found


def pages_of_labels(ledger: Ledger, pages: Pages, drawings: Mapping[int, str]) -> Pages:
    """``pages`` and, for the numbers that only a figure prints, the page of the first drawing in
    whose labels they stand. ``drawings`` gives the labels by page."""
    found = dict(pages)
    for entry in ledger.entries:
        if entry.id not in pages:
            printed = "|".join(map(re.escape, entry.printed))
            pattern = re.compile(rf"(?<![\d.,])(?:{printed})(?![.,]?\d)")
            found[entry.id] = {page for page, labels in drawings.items() if pattern.search(labels)}
    return found


def labels_of_drawings(tree: Element, pieces: Iterable[Piece], folder: Path) -> dict[int, str]:
    """The labels of the drawings on each page; ``folder`` is what their addresses are relative to."""
    elements = list(tree.iter())
    labels: dict[int, str] = {}
    for piece in pieces:
        address = elements[piece.element].get("src", "")
        if address.endswith(".svg"):
            texts = _LABEL.findall(image_file(folder, address).read_text(encoding="utf-8"))
            labels[piece.page] = "\n".join([labels.get(piece.page, ""), *map(html_module.unescape, texts)])
    return labels


class _Owners:
    """For each element the ids of the numbers that its own characters belong to, or None."""

    def __init__(self) -> None:
        self.ids: dict[Element, list[int | None]] = {}
        self._owner: int | None = None
        self._name: str | None = None

    def visit(self, element: Element) -> None:
        self._feed(element, element.text)
        for child in element:
            self.visit(child)
            self._feed(element, child.tail)

    def _feed(self, element: Element, text: str | None) -> None:
        ids = self.ids.setdefault(element, [])
        for character in text or "":
            if character == MARK_OPEN:
                self._name = ""
            elif character == MARK_MIDDLE:
                self._owner, self._name = int(self._name or 0), None
            elif character == MARK_CLOSE:
                self._owner = None
            elif self._name is not None:
                self._name += character
            elif _count(character):
                ids.append(self._owner)


def _count(text: str) -> int:
    """How many characters of ``text`` are on the page whatever the line breaks."""
    return sum(not character.isspace() and character not in _IGNORED for character in text)
