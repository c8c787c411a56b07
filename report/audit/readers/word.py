"""A Word file: paragraphs, tables, captions and notes in their order. A place is the number of a paragraph
or of a row, counted from 1 over all that is not empty: where pages end only Word knows.

python-docx opens the package and knows its styles; what Word keeps around text (insertions, controls, boxes)
it leaves out, so that this is read off the tree.
"""

import io
import itertools
import re
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile, ZipFile

from report.audit.blocks import Block, Kind, Place, Printed, Table, Text, UnreadableError

MAX_CONTENT = 64 * 2**20  # bytes of all parts, decompressed
MAX_PARTS = 5_000
MAX_DEPTH = 20  # of tables in one another

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LETTERS = (f"{_W}t", f"{_M}t")
_SPACES = tuple(f"{_W}{name}" for name in ("tab", "br", "cr", "noBreakHyphen"))
# What is no text any more, or said twice.
_SKIPPED = tuple(
    f"{_W}{name}" for name in ("moveFrom", "del", "pPr", "rPr", "txbxContent", "drawing", "pict")
)
_OTHER_FORM = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FOOTNOTES = "/footnotes"
_CONTENTS = f"{_W}docPartGallery"
_CAPTION = re.compile(r"(?:Tabla|Figura|Cuadro|Table|Figure)\s+\d+\s*[.:–—-]")
_HEADING = re.compile(r"(?:heading|title|subtitle|título|subtítulo)\b", re.I)
_ITEM = re.compile(r"list\b|lista\b", re.I)
_TYPED = re.compile(r"html preformatted|source code|macro|plain text|verbatim|code\b", re.I)


def read(data: bytes) -> list[Block]:
    """The blocks of a Word file.

    Raises:
        UnreadableError: it is none, is damaged, or is larger than any report.
    """
    _refuse_large(data)
    from docx import Document  # here, because few documents are of Word's

    try:
        document = Document(io.BytesIO(data))
        reader = _Reader({str(style.style_id): str(style.name) for style in document.styles})
        reader.walk(document.element.body)
        reader.notes(document.part)
    except MemoryError:
        raise
    except Exception as error:  # a file from anywhere may break any library
        raise _unreadable(type(error).__name__) from error
    return reader.blocks


def _refuse_large(data: bytes) -> None:
    try:
        with ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise _unreadable("no es un fichero ZIP completo") from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_CONTENT:
        raise UnreadableError(
            f"se esperaba un documento de Word de como mucho {MAX_CONTENT >> 20} MiB de contenido "
            f"descomprimido y {MAX_PARTS} partes, se encontró uno mayor"
        )


def _unreadable(found: str) -> UnreadableError:
    return UnreadableError(f"se esperaba un documento de Word, .docx, se encontró otra cosa ({found})")


class _Reader:
    """``styles``: names, which are English in every language of Word, by their identifiers, which are not."""

    def __init__(self, styles: dict[str, str]) -> None:
        self.blocks: list[Block] = []
        self._styles = styles
        self._number = 0
        self._lines: list[tuple[str, Place]] = []  # preformatted, not yet a block

    def walk(self, container: Any, depth: int = 0) -> None:
        for node in container:
            if node.tag == f"{_W}p":
                self._paragraph(node, depth)
            elif node.tag == f"{_W}tbl":
                self._table(node, depth)
            elif node.tag == f"{_W}sdt":
                if next(node.iter(_CONTENTS), None) is None:  # a table of contents says nothing of its own
                    self.walk(node.iterchildren(f"{_W}sdtContent"), depth)
            elif node.tag in (f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
                self.walk(node, depth)

    def notes(self, part: Any) -> None:
        """Those at the foot of its pages."""
        from docx.oxml import parse_xml

        for relation in part.rels.values():
            if relation.reltype.endswith(_FOOTNOTES) and not relation.is_external:
                for note in parse_xml(relation.target_part.blob):
                    self.walk(note)
        self.close()

    def _add(self, block: Block) -> None:
        self.close()
        self.blocks.append(block)

    def close(self) -> None:
        """Preformatted paragraphs that follow each other are one block."""
        if self._lines:
            lines, places = zip(*self._lines, strict=True)
            self.blocks.append(Printed(lines, places))
            self._lines = []

    def _paragraph(self, node: Any, depth: int) -> None:
        style = self._style(node)
        if _TYPED.match(style):
            lines = "".join(_pieces(node, "\n")).split("\n")
            self._lines += [(line, self._place()) for line in lines if line.strip()]
        elif text := _text(node):
            self._add(Text(text, ((0, self._place()),), _kind(node, style, text), _level(style)))
        for box in _boxes(node):
            if depth < MAX_DEPTH:
                self.walk(box, depth + 1)

    def _place(self) -> Place:
        self._number += 1
        return Place("parrafo", self._number)

    def _style(self, node: Any) -> str:
        named = node.find(f"{_W}pPr/{_W}pStyle")
        return self._styles.get(named.get(f"{_W}val"), "") if named is not None else ""

    def _table(self, node: Any, depth: int) -> None:
        rows = list(node.iter(f"{_W}tr")) if depth >= MAX_DEPTH else list(_rows(node))
        if not any(len(list(_cells(row))) > 1 for row in rows):  # a frame around text
            for row in rows:
                for cell in _cells(row):
                    self.walk(cell, depth + 1)
            return
        table: list[tuple[str, ...]] = []
        for row in rows:
            table.append(_values(row, table[-1] if table else ()))
        full = [(row, self._place()) for row in table if any(row)]
        if full:
            self._add(Table(tuple(row for row, _ in full), tuple(place for _, place in full)))


def _kind(node: Any, style: str, text: str) -> Kind:
    if "caption" in style.lower() or _CAPTION.match(text):
        return "caption"
    if _HEADING.match(style):
        return "heading"
    is_item = _ITEM.match(style) or node.find(f"{_W}pPr/{_W}numPr") is not None
    return "item" if is_item else "paragraph"


def _level(style: str) -> int:
    """Of a heading: a title is above «heading 1»."""
    found = re.search(r"\d", style)
    return 1 + int(found[0]) if found else 1 if style.lower().startswith(("title", "título")) else 2


def _rows(table: Any) -> Iterator[Any]:
    """Those of the table itself, not of one within it."""
    for node in table:
        if node.tag == f"{_W}tr":
            yield node
        elif node.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _rows(node)


def _cells(row: Any) -> Iterator[Any]:
    for node in row:
        if node.tag == f"{_W}tc":
            yield node
        elif node.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _cells(node)


def _values(row: Any, above: tuple[str, ...]) -> tuple[str, ...]:
    """The texts of the cells: one that goes on from the row above has its text, one over several columns has
    it in the first."""
    found: list[str] = []
    for cell in _cells(row):
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        goes_on = merged is not None and merged.get(f"{_W}val") != "restart"
        if goes_on and len(found) < len(above):
            text = above[len(found)]
        else:
            text = " ".join(filter(None, map(_text, cell.iter(f"{_W}p"))))
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        columns = int(span.get(f"{_W}val") or 1) if span is not None else 1
        found += [text, *[""] * (min(columns, 100) - 1)]
    return tuple(found)


def _text(paragraph: Any) -> str:
    """What it says, without what was deleted in review and without boxes."""
    return " ".join("".join(_pieces(paragraph)).split())


def _pieces(node: Any, broken: str = " ") -> Iterator[str]:
    """``broken`` stands for what parts lines."""
    waiting = [node]
    last = ""
    while waiting:
        each = waiting.pop()
        if each.tag in _SKIPPED or each.tag == _OTHER_FORM:
            continue
        if each.tag in _LETTERS:
            last = each.text or ""
            yield last
        elif each.tag in _SPACES:
            yield "-" if each.tag.endswith("Hyphen") else " " if each.tag == f"{_W}tab" else broken
        elif each.tag == f"{_W}r" and _is_raised(each):
            if last.rstrip().endswith("10"):  # a power, not the mark of a note
                yield "^"
                waiting.extend(reversed(list(each)))
        else:
            waiting.extend(reversed(list(each)))


def _is_raised(run: Any) -> bool:
    align = run.find(f"{_W}rPr/{_W}vertAlign")
    return align is not None and align.get(f"{_W}val") == "superscript"


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Texts in frames of their own, each once, although Word keeps it in two forms."""
    kinds = (f"{_W}txbxContent", _OTHER_FORM)
    for box in paragraph.iter(f"{_W}txbxContent"):
        around = itertools.takewhile(lambda node: node is not paragraph, box.iterancestors())
        if not any(node.tag in kinds for node in around):
            yield box
