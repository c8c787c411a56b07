"""HTML with the standard parser: what a reader sees, as blocks with the line where they begin."""

import re
from html.parser import HTMLParser

from report.audit.blocks import Block, Notice, Place, Table, Text, printed
from report.audit.lexicon import word_set
from report.audit.readers import latex

_SKIPPED = word_set("script style svg math nav head title template noscript")
_BLOCKS = word_set(
    "p li div section article blockquote dd dt figure body ul ol main header footer aside details summary"
    " hr td th tr table"
)
_FOR_EARS = {"said", "unseen"}
_HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
_TAG = re.compile(r"</?[A-Za-z]|<![dD]")
_NAME = re.compile(r"</?[A-Za-z][\w-]{0,30}|<![A-Za-z]{0,30}")
_CLASS = re.compile(r"\sclass=\"[^\"]{0,500}\"")
_SPACE = re.compile(r"[ \t\r\n\f]+")
MAX_TAG = 20_000  # characters: of a longer one, an image inside it mostly, only name and class are read
MAX_DEPTH = 20  # of tables: beyond it nobody reads them


class _Reader(HTMLParser):
    def __init__(self, cell: int | None, before: int) -> None:
        super().__init__(convert_charrefs=True)
        self.cell, self.before = cell, before
        self.blocks: list[Block] = []
        self.skipping: list[str] = []
        self.pieces: list[str] = []
        self.length = 0
        self.places: list[tuple[int, Place]] = []
        self.kind = "paragraph"
        self.level = 2
        self.tables: list[tuple[list[list[str]], list[Place]]] = []
        self.ignored = 0  # open tables beyond the limit
        self.too_deep = False
        self.pre: int | None = None  # the line at which preformatted text begins

    def here(self) -> Place:
        return Place.at(self.before + self.getpos()[0], self.cell)

    def close_text(self) -> str:
        text = latex.plain(_SPACE.sub(" ", "".join(self.pieces)).strip())
        places, self.pieces, self.places, self.length = self.places, [], [], 0
        if text and not self.tables:
            self.blocks.append(Text(text, tuple(places), self.kind, self.level))  # type: ignore[arg-type]
        self.kind = "paragraph"
        return text

    def close_pre(self) -> None:
        self.blocks += printed("".join(self.pieces), self.before + (self.pre or 1), self.cell)
        self.pieces, self.places, self.length, self.pre = [], [], 0, None

    def close_cell(self) -> None:
        text = self.close_text()
        if self.tables and self.tables[-1][0] and text:
            row = self.tables[-1][0][-1]
            if row:
                row[-1] = f"{row[-1]} {text}".strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipping:
            if tag == self.skipping[0]:
                self.skipping.append(tag)
            return
        if tag == "sup" and "".join(self.pieces[-1:]).rstrip().endswith("10"):
            self.pieces.append("^")  # a power, not the mark of a note
        elif tag in _SKIPPED or tag == "sup" or _is_for_ears(dict(attrs)):
            self.skipping.append(tag)
        elif tag == "table":
            self.close_cell()
            if len(self.tables) < MAX_DEPTH:
                self.tables.append(([], []))
            else:
                self.ignored += 1
                self.too_deep = True
        elif tag == "tr" and self.tables:
            self.close_cell()
            self.tables[-1][0].append([])
            self.tables[-1][1].append(self.here())
        elif tag in ("td", "th") and self.tables and self.tables[-1][0]:
            self.close_cell()
            self.tables[-1][0][-1].append("")
        elif tag == "pre" and not self.tables:
            self.close_cell()
            self.pre = self.getpos()[0]
        elif tag in _HEADINGS:
            self.close_cell()
            self.kind, self.level = "heading", int(tag[1])
        elif tag in ("figcaption", "caption"):
            self.close_cell()
            self.kind = "caption"
        elif tag in _BLOCKS:
            self.close_cell()
            self.kind = "item" if tag == "li" else "paragraph"
        elif tag == "br":
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            if tag == self.skipping[0]:
                self.skipping.pop()
            return
        if tag == "pre" and self.pre is not None:
            self.close_pre()
        elif tag == "table" and self.ignored:
            self.ignored -= 1
        elif tag == "table" and self.tables:
            self.close_cell()
            rows, places = self.tables.pop()
            full = [(tuple(row), place) for row, place in zip(rows, places, strict=True) if row]
            if full:
                self.blocks.append(Table(tuple(row for row, _ in full), tuple(place for _, place in full)))
        elif tag == "caption" and self.tables:
            held, self.tables = self.tables, []  # a caption stands before its table, not in a cell
            self.kind = "caption"
            self.close_text()
            self.tables = held
        elif tag in _BLOCKS or tag in _HEADINGS or tag == "figcaption":
            self.close_cell()

    def handle_data(self, data: str) -> None:
        if self.skipping or not data:
            return
        if data.strip():
            self.places.append((self.length, self.here()))
        self.pieces.append(data)
        self.length += len(_SPACE.sub(" ", data))


def _is_for_ears(attributes: dict[str, str | None]) -> bool:
    """Whether it is what our page says to a voice in place of what is printed."""
    return bool(_FOR_EARS.intersection((attributes.get("class") or "").split()))


def _tame(text: str) -> str:
    """Without comments, and with every «<» that opens no tag as text: on either, if never closed,
    the standard parser begins again and again."""
    pieces, start = [], 0
    while (found := text.find("<!--", start)) >= 0:
        end = text.find("-->", found)
        end = len(text) if end < 0 else end + 3
        pieces += [text[start:found], "\n" * text.count("\n", found, end)]  # lines keep their numbers
        start = end
    text = "".join([*pieces, text[start:]])
    pieces, start, close = [], 0, -1
    opened = text.find("<")
    while opened >= 0:
        following = text.find("<", opened + 1)
        if close < opened and close != len(text):
            close = text.find(">", opened)
            close = len(text) if close < 0 else close
        is_tag = close < (len(text) if following < 0 else following) and _TAG.match(text, opened)
        if not is_tag:
            pieces += [text[start:opened], "&lt;"]
            start = opened + 1
        elif close - opened > MAX_TAG:
            pieces += [text[start:opened], _short(text[opened:close])]
            start = close
        opened = following
    return "".join([*pieces, text[start:]])


def _short(tag: str) -> str:
    """What is read of a tag: its name and, of what stands at its beginning, its class. A million attributes
    would be a million objects."""
    read = [found[0] for found in (_NAME.match(tag), _CLASS.search(tag, 0, MAX_TAG)) if found]
    return "".join(read) + "\n" * tag.count("\n")  # lines keep their numbers


def read(text: str, cell: int | None = None, before: int = 0) -> list[Block]:
    """The blocks of an HTML text, which begins after so many lines."""
    reader = _Reader(cell, before)
    reader.feed(_tame(text))
    reader.close()
    reader.ignored = 0
    if reader.pre is not None:
        reader.close_pre()
    while reader.tables:  # never closed
        reader.handle_endtag("table")
    reader.close_text()
    if reader.too_deep:
        reader.blocks.append(
            Notice(f"hay tablas anidadas a más de {MAX_DEPTH} niveles: se leen como texto de la exterior.")
        )
    return reader.blocks
