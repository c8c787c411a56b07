"""A PDF by position: lines that stand side by side are a table's row, the others are text."""

import io
import itertools
import re
from typing import Any

import pikepdf
from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTTextContainer, LTTextLine

from report.audit.blocks import Block, Place, Table, UnreadableError, join

MAX_PAGES = 200
_LAYOUT = LAParams(char_margin=1.2, boxes_flow=None)
_LETTER = re.compile(r"[^\W\d_]")
_CAPTION = re.compile(r"(?:figura|figure|fig\.|tabla|table)\s+\d+\s*[.:]", re.IGNORECASE)
_MARK = re.compile(r"[•◦▪‣·–-]|\d{1,2}[.)]")
_BULLET = re.compile(r"^\s*[•◦▪‣–·-]\s+")

Line = tuple[float, float, float, float, str]  # x0, y0, x1, y1, text


def read(data: bytes) -> list[Block]:
    """The blocks of a PDF; the place is the page.

    Raises:
        UnreadableError: damaged, encrypted or without text.
    """
    blocks: list[Block] = []
    try:
        for number, page in enumerate(extract_pages(io.BytesIO(_plain_encodings(data)), maxpages=MAX_PAGES, laparams=_LAYOUT), 1):
            blocks += _read_page(_lines(page), Place("pagina", number))
    except Exception as error:  # pdfminer raises whatever a damaged file makes it stumble over
        raise UnreadableError(
            f"se esperaba un PDF legible, se encontró uno que no lo es ({type(error).__name__})"
        ) from error
    return blocks


def _plain_encodings(data: bytes) -> bytes:
    """Fonts with an embedded character map (WeasyPrint makes them) are lost on pdfminer, which
    knows only named ones; such maps extend the identity, which therefore stands in for them."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        changed = False
        for page in pdf.pages[:MAX_PAGES]:
            for font in page.get("/Resources", {}).get("/Font", {}).values():
                if isinstance(font.get("/Encoding"), pikepdf.Stream):
                    font["/Encoding"] = pikepdf.Name("/Identity-H")
                    changed = True
        if not changed:
            return data
        plain = io.BytesIO()
        pdf.save(plain)
        return plain.getvalue()


def _lines(page: Any) -> list[Line]:
    found = []
    for box in page:
        if isinstance(box, LTTextContainer):
            for line in box:
                if isinstance(line, LTTextLine) and line.get_text().strip():
                    text = " ".join(line.get_text().split())
                    found.append((line.x0, line.y0, line.x1, line.y1, text))
    return sorted(found, key=lambda line: (-line[3], line[0]))


def _read_page(lines: list[Line], place: Place) -> list[Block]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and _beside(line, rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    rows = [_without_bullet(row) for row in rows]
    blocks: list[Block] = []
    for is_table, run in itertools.groupby(rows, key=lambda row: len(row) > 1):
        blocks += _table(list(run), place) if is_table else _paragraphs([row[0] for row in run], place)
    return blocks


def _without_bullet(row: list[Line]) -> list[Line]:
    """A bullet stands beside its text, but makes no table of it."""
    row = sorted(row)
    if len(row) > 1 and _MARK.fullmatch(row[0][4]):
        first, second, *rest = row
        return [(first[0], *second[1:4], f"• {second[4]}"), *rest]
    return row


def _beside(line: Line, row: list[Line]) -> bool:
    """Whether ``line`` overlaps the row's height by at least two fifths of its own."""
    low, high = min(x[1] for x in row), max(x[3] for x in row)
    overlap = min(line[3], high) - max(line[1], low)
    return overlap > 0.4 * (line[3] - line[1])


def _table(rows: list[list[Line]], place: Place) -> list[Block]:
    if not any(_LETTER.search(cell[4]) for row in rows for cell in row):
        return []  # the labels of an axis
    columns = _columns(max(rows, key=lambda row: len(_columns(row))))
    table = []
    for row in rows:
        cells = [""] * len(columns)
        for cell in sorted(row, key=lambda line: (-line[3], line[0])):
            index = max(range(len(columns)), key=lambda i: _shared(cell, columns[i]))
            cells[index] = f"{cells[index]} {cell[4]}".strip()
        table.append(tuple(cells))
    if len(table) < 2:
        return list(_paragraphs([line for row in rows for line in row], place))
    return [Table(tuple(table), (place,) * len(table))]


def _columns(row: list[Line]) -> list[tuple[float, float]]:
    """The spans of a row's cells; cells one above the other share a column."""
    columns: list[tuple[float, float]] = []
    for x0, _, x1, _, _ in sorted(row):
        if columns and x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(x1, columns[-1][1]))
        else:
            columns.append((x0, x1))
    return columns


def _shared(cell: Line, column: tuple[float, float]) -> float:
    """Overlap of a cell with a column, negative as distance where there is none."""
    return min(cell[2], column[1]) - max(cell[0], column[0])


def _paragraphs(lines: list[Line], place: Place) -> list[Block]:
    groups: list[list[Line]] = []
    for line in lines:
        if not _LETTER.search(line[4]):
            if not (groups and _follows(line, groups[-1][-1])):
                continue  # a page number or the labels of an axis
        new = not groups or not _follows(line, groups[-1][-1])
        if new or _BULLET.match(line[4]) or _CAPTION.match(line[4]):
            groups.append([line])
        else:
            groups[-1].append(line)
    blocks: list[Block] = []
    for group in groups:
        text = ""
        for line in group:
            piece = line[4]
            if text.endswith("-") and piece[:1].islower():
                text = text[:-1] + piece
            else:
                text = f"{text} {piece}" if text else piece
        kind = "caption" if _CAPTION.match(text) else "item" if _BULLET.match(text) else "paragraph"
        if kind == "paragraph" and len(group) == 1 and len(text) < 80 and text[-1] not in ".:;," :
            kind = "heading" if not re.search(r"\d[.,]\d|: ", text) else kind
        blocks.append(join([(_BULLET.sub("", text), place)], kind))  # type: ignore[arg-type]
    return blocks


def _follows(line: Line, before: Line) -> bool:
    """Whether ``line`` continues the text of the line above: little space, similar size."""
    height = before[3] - before[1]
    size = (line[3] - line[1]) / height if height else 0
    return before[1] - line[3] < 0.6 * height and 0.8 < size < 1.25
