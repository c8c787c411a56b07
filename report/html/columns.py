"""How a table is set on paper: in which type, how wide, and where its titles are broken.

The style sheet says the sizes once more; a test compares the two.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from report.html.lengths import em
from report.ledger.ledger import MARK_OPEN, unmark
from report.sheet import FULL_WIDTH_MM, POINTS_PER_MM, TEXT_WIDTH_MM

SIZE, SMALLER = 9.1, 8.2  # points
GAP, CLOSER = 9.0, 6.0  # points between columns
AFTER_NUMBERS = 2  # gaps before a text that follows numbers

_FULL, _TEXT = FULL_WIDTH_MM * POINTS_PER_MM, TEXT_WIDTH_MM * POINTS_PER_MM
# What is almost as wide as the page, or as its text, is made as wide.
_NEAR_FULL, _NEAR_TEXT = 8 * POINTS_PER_MM, 4 * POINTS_PER_MM
TEXT_COLUMN = 9.5  # em: a column of running text wraps beyond this
_AFTER = re.compile(r"\s(?:\[|±).*")
# By how much more a title may open a column of numbers than these, in em; and where all do not fit the page.
_OPENED, _OPENED_IN_A_WIDE_ONE = 6.5, 2.0


@dataclass(frozen=True)
class Column:
    """``least`` and ``most`` of its width, in em, and the ``gaps`` before it."""

    least: float
    most: float
    gaps: int


def columns(table: Element) -> list[Column]:
    head, *rows = (list(row) for row in table.iter("tr"))
    found: list[Column] = []
    for place, title in enumerate(head):
        is_text = title.get("class") != "num"
        after_numbers = bool(place) and is_text and head[place - 1].get("class") == "num"
        cells = [plain(row[place]) for row in rows]
        short = pads(cells) if not is_text else [0.0] * len(cells)
        body = max((em(cell) + pad for cell, pad in zip(cells, short, strict=True)), default=0.0)
        halves = [plain(half) for half in title] if title.get("data-lines") == "2" else []
        word = max((em(part, bold=True) for part in halves or plain(title).split()), default=0.0)
        found.append(
            Column(
                max(word, min(body, TEXT_COLUMN) if is_text else body),
                max(word if halves else em(plain(title), bold=True), body),
                0 if not place else AFTER_NUMBERS if after_numbers else 1,
            )
        )
    return found


def setting(table: Element) -> tuple[list[str], float]:
    """Classes: ``wide``, its columns are closer to each other, ``wider``, in smaller type as well; ``text``
    and ``full``, as wide as the text, as the page. And what is left beside its columns, in em."""
    found = columns(table)

    def width(size: float, gap: float, *, is_least: bool = True) -> float:
        return sum((c.least if is_least else c.most) * size + c.gaps * gap for c in found)

    if width(SIZE, GAP) <= _FULL:
        name, size, gap = "", SIZE, GAP
    elif width(SIZE, CLOSER) <= _FULL:
        name, size, gap = "wide", SIZE, CLOSER
    else:
        name, size, gap = "wider", SMALLER, CLOSER
    whole = width(size, gap, is_least=False)
    measure = ""
    if _FULL - _NEAR_FULL <= whole <= _FULL:
        measure = "full"
    elif _TEXT - _NEAR_TEXT <= whole <= _TEXT:
        measure = "text"
    elif not name and width(size, CLOSER, is_least=False) <= _TEXT < whole <= _TEXT + _NEAR_TEXT:
        name, measure = "wide", "text"
    return [part for part in (name, measure) if part], (_FULL - width(size, gap)) / size


def break_titles(table: Element) -> None:
    """Divide a title that is much longer than the numbers below it between two lines, as even as may be."""
    whole = sum(column.most * SIZE + column.gaps * GAP for column in columns(table))
    opened = _OPENED_IN_A_WIDE_ONE if whole > _FULL else _OPENED
    head, *rows = (list(row) for row in table.iter("tr"))
    for place, title in enumerate(head):
        text = title.text or ""
        if title.get("class") != "num" or len(title) or MARK_OPEN in text:
            continue
        body = max((em(plain(row[place])) for row in rows), default=0.0)
        breaks = [match.start() for match in re.finditer(" ", text)]
        if not breaks or em(text, bold=True) <= body + opened:
            continue
        at = min(breaks, key=lambda at: max(em(text[:at], bold=True), em(text[at + 1 :], bold=True)))
        title.text = None
        title.set("data-lines", "2")
        for half in (text[:at], text[at + 1 :]):
            part = Element("span", {"class": "half"})
            part.text = half
            title.append(part)
        title[0].tail = " "


def align(table: Element) -> None:
    """Set the numbers of a column below each other where an interval or a deviation follows them."""
    head, *rows = (list(row) for row in table.iter("tr"))
    for place, title in enumerate(head):
        cells = [row[place] for row in rows]
        if title.get("class") == "num":
            for cell, pad in zip(cells, pads([plain(cell) for cell in cells]), strict=True):
                if pad:
                    cell.set("style", f"padding-right: {pad:g}em")


def pads(cells: Sequence[str]) -> list[float]:
    """In em, what is to stand after each so that all that have an interval or a deviation end their number,
    and begin it, at one place."""
    found = [_AFTER.search(cell) for cell in cells]
    widths = [em(match[0]) if match else None for match in found]
    widest = max((width for width in widths if width is not None), default=0.0)
    return [round(widest - width, 3) if width is not None else 0.0 for width in widths]


def plain(node: Element) -> str:
    return unmark("".join(node.itertext())).strip()
