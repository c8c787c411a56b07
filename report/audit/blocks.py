"""What every reader makes of a document: text and tables, each with its place."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: a line, a page, a paragraph, or a line in a cell of a notebook; from 1."""

    unit: Literal["linea", "pagina", "celda", "parrafo"]
    number: int
    line: int | None = None  # within the cell

    @staticmethod
    def at(line: int, cell: int | None = None) -> "Place":
        return Place("celda", cell, line) if cell else Place("linea", line)

    @property
    def name(self) -> str:
        names = {"linea": "línea", "pagina": "página", "celda": "celda", "parrafo": "párrafo"}
        return names[self.unit]

    def __str__(self) -> str:
        return f"{self.name} {self.number}" + (f", línea {self.line}" if self.line else "")


# «lead»: a line of a paragraph that is the title of those below it, which are items
Kind = Literal["heading", "paragraph", "lead", "item", "caption"]


@dataclass(frozen=True)
class Text:
    """A heading, paragraph, list item or caption, on one line, without markup."""

    text: str
    places: tuple[tuple[int, Place], ...]  # (offset from which it holds, place), ascending
    kind: Kind = "paragraph"
    level: int = 2  # of a heading
    printed: bool = False  # by a program: evidence, and no claim of the author's

    def place(self, offset: int) -> Place:
        index = bisect_right(self.places, offset, key=lambda pair: pair[0])
        return self.places[max(0, index - 1)][1]


@dataclass(frozen=True)
class Table:
    """Cells without markup; the first row is the header."""

    rows: tuple[tuple[str, ...], ...]
    places: tuple[Place, ...]  # one for each row
    printed: bool = False


@dataclass(frozen=True)
class Printed:
    """Preformatted lines: what a program printed, or code; ``code`` is that of the cell that printed them."""

    lines: tuple[str, ...]
    places: tuple[Place, ...]
    code: str = ""


@dataclass(frozen=True)
class Ran:
    """The only model that the code of a cell uses."""

    place: Place
    model: str


@dataclass(frozen=True)
class Notice:
    """A limit that was reached: what was not read as the author may expect, in a Spanish sentence."""

    text: str


Block = Text | Table | Printed | Notice | Ran


class UnreadableError(Exception):
    """A document that cannot be read; the message is one Spanish sentence for the user."""


def join(lines: list[tuple[str, Place]], kind: Kind, level: int = 2) -> Text:
    """One text of several lines."""
    text, places = "", []
    for line, place in lines:
        places.append((len(text), place))
        text += line.strip() + " "
    return Text(text.rstrip(), tuple(places), kind, level)


def printed(text: str, first: int, cell: int | None, code: str = "") -> list[Block]:
    """Preformatted text that begins at the line ``first``, as a block; nothing if it is blank."""
    lines = text.split("\n")
    places = tuple(Place.at(first + i, cell) for i in range(len(lines)))
    return [Printed(tuple(lines), places, code)] if text.strip() else []
