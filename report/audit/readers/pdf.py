"""A PDF by position: lines that stand side by side are a table's row, or captions, the others are text."""

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTPage, LTTextContainer, LTTextLine
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from report.audit.blocks import Block, Notice, Place, Table, UnreadableError, join
from report.proof.carried.confinement import confined
from report.proof.carried.opening import (
    MAX_CONTENT,
    MAX_STREAM,
    PACKED,
    FileError,
    filters,
    inflated_size,
    limit_qpdf,
    refuse_many,
    streams,
    too_large,
)
from report.proof.carried.painting import BoundedAnalyzer

MAX_PAGES = 200
MAX_LISTED = 10_000  # that a PDF may have: the others are not read
RAISED = 0.9  # of the line's size: smaller digits are marks of notes, or powers
_LAYOUT = LAParams(char_margin=1.2, boxes_flow=None)
_LETTER = re.compile(r"[^\W\d_]")
_CAPTION = re.compile(r"(?:figura|figure|fig\.|tabla|table)\s+\d+\s*[.:]", re.IGNORECASE)
_MARK = re.compile(r"[•◦▪‣·–-]|\d{1,2}[.)]")
_DIGITS = re.compile(r"\d+")
_VALUE = re.compile(r"\d[.,]\d|: ")
_BULLET = re.compile(r"^\s*[•◦▪‣–·-]\s+")


class Line(NamedTuple):
    """A line of text with its box, in points from the lower left corner of its page."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    page: int
    words: tuple[tuple[float, float, str], ...]  # left, right and text of each


def read(data: bytes) -> list[Block]:
    """The blocks of a PDF; the place is the page. It is read in a process of its own.

    Raises:
        UnreadableError: damaged, encrypted or larger than any report.
    """
    try:
        with confined(read_here, data) as blocks:
            return blocks()
    except FileError as error:
        raise UnreadableError(str(error)) from error


def read_here(data: bytes) -> list[Block]:
    """As ``read``, by this process.

    Raises:
        FileError: as there.
    """
    rows: list[list[Line]] = []
    notices: list[Block] = []
    try:
        plain, total = _plain(data)
        if total > MAX_PAGES:
            notices.append(Notice(f"el PDF tiene {total} páginas: solo se leen las {MAX_PAGES} primeras."))
        for number, page in enumerate(_pages(plain), 1):
            rows += _rows(_lines(page, number))
    except (FileError, MemoryError, RecursionError):
        raise
    except Exception as error:  # pdfminer raises whatever a damaged file makes it stumble over
        raise FileError(
            f"se esperaba un PDF legible, se encontró uno que no lo es ({type(error).__name__})"
        ) from error
    blocks = notices
    for is_table, group in itertools.groupby(_without_heads(rows), key=lambda row: len(row) > 1):
        run = list(group)
        blocks += _side_by_side(run) if is_table else _paragraphs([row[0] for row in run])
    return blocks


def _side_by_side(rows: list[list[Line]]) -> list[Block]:
    """A table, or captions from the first row on that has nothing else."""
    first = next((i for i, row in enumerate(rows) if all(_CAPTION.match(line.text) for line in row)), None)
    if first is None:
        return _table(rows)
    return [*(_table(rows[:first]) if first else ()), *_captions(rows[first:])]


def _pages(plain: bytes) -> Iterator[LTPage]:
    manager = PDFResourceManager()
    analyzer = _Aggregator(manager, laparams=_LAYOUT)
    interpreter = PDFPageInterpreter(manager, analyzer)
    for page in PDFPage.get_pages(io.BytesIO(plain), maxpages=MAX_PAGES):
        interpreter.process_page(page)
        yield analyzer.get_result()


class _Aggregator(BoundedAnalyzer, PDFPageAggregator):
    """Text alone."""

    def paint_path(self, *arguments: Any, **named: Any) -> None:
        pass


def _words(line: LTTextLine) -> tuple[tuple[float, float, str], ...]:
    """The line's words without the small raised digits that mark notes; a power keeps them."""
    size = max((char.size for char in line if isinstance(char, LTChar)), default=0)
    words: list[tuple[float, float, str]] = []
    left, right, text = 0.0, 0.0, ""
    for char in line:
        if not isinstance(char, LTChar) or char.get_text().isspace():
            if text:
                words.append((left, right, text))
            text = ""
            continue
        if char.size < RAISED * size and char.get_text().isdigit():
            if not text.endswith("10") and "10^" not in text[-6:]:
                continue
            text += "^" if text.endswith("10") else ""
        left, right = (left if text else char.x0), char.x1
        text += char.get_text()
    return (*words, (left, right, text)) if text else tuple(words)


def _rows(lines: list[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and _beside(line, rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_without_bullet(row) for row in rows]


def _without_heads(rows: list[list[Line]]) -> list[list[Line]]:
    """Running heads and page numbers part what goes on over a page: without lines that stand at
    one height on several pages, digits apart."""
    seen = Counter((round(row[0].y0), _DIGITS.sub("", row[0].text)) for row in rows)
    return [row for row in rows if seen[round(row[0].y0), _DIGITS.sub("", row[0].text)] < 3 or len(row) > 2]


def _plain(data: bytes) -> tuple[bytes, int]:
    """The PDF that pdfminer can read, and its number of pages: without pictures, and with nothing
    left to decompress.

    Fonts with an embedded character map (WeasyPrint makes them) are lost on pdfminer, which
    knows only named ones; such maps extend the identity, which therefore stands in for them.
    """
    limit_qpdf()
    with pikepdf.open(io.BytesIO(data), inherit_page_attributes=False) as pdf:
        refuse_many(pdf, MAX_LISTED)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _drop_pictures(pdf)
        for page in pdf.pages[:MAX_PAGES]:
            for font in (
                page.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary()).values()
            ):
                if isinstance(font.get("/Encoding"), pikepdf.Stream):
                    font["/Encoding"] = pikepdf.Name("/Identity-H")
        total = len(pdf.pages)
        plain = io.BytesIO()
        pdf.save(
            plain,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            fix_metadata_version=False,
        )
        return plain.getvalue(), total


def _drop_pictures(pdf: pikepdf.Pdf) -> None:
    """And whatever else is no text, or cannot be decompressed by qpdf, which knows when to stop.

    Raises:
        FileError: what is left is larger than any report.
    """
    total = 0
    for stream in streams(pdf):
        if stream.get("/Subtype") == "/Image":
            stream.write(b"")
        elif packed := filters(stream):
            # also where it is damaged: pdfminer would take what it can get
            if packed[0] == PACKED and inflated_size(stream.read_raw_bytes(), MAX_STREAM) > MAX_STREAM:
                raise too_large(MAX_STREAM)
            try:
                total += len(stream.read_bytes())
            except pikepdf.PdfError:
                stream.write(b"")
            if total > MAX_CONTENT:
                raise too_large(MAX_CONTENT)


def _lines(page: Any, number: int) -> list[Line]:
    found = []
    for box in page:
        if isinstance(box, LTTextContainer):
            for line in box:
                if isinstance(line, LTTextLine) and (words := _words(line)):
                    text = " ".join(word for _, _, word in words)
                    found.append(Line(line.x0, line.y0, line.x1, line.y1, text, number, words))
    return sorted(found, key=lambda line: (-line.y1, line.x0))


def _without_bullet(row: list[Line]) -> list[Line]:
    """A bullet stands beside its text, but makes no table of it."""
    row = sorted(row)
    if len(row) > 1 and _MARK.fullmatch(row[0].text):
        first, second, *rest = row
        return [second._replace(x0=first.x0, text=f"• {second.text}"), *rest]
    return row


def _beside(line: Line, row: list[Line]) -> bool:
    """Whether ``line`` overlaps the row's height by at least two fifths of its own."""
    low, high = min(x.y0 for x in row), max(x.y1 for x in row)
    overlap = min(line.y1, high) - max(line.y0, low)
    return overlap > 0.4 * (line.y1 - line.y0)


def _table(rows: list[list[Line]]) -> list[Block]:
    if not any(_LETTER.search(cell.text) for row in rows for cell in row):
        return []  # the labels of an axis
    columns = _all_columns(rows)
    table = []
    for row in rows:
        cells = [""] * len(columns)
        for cell in sorted(row, key=lambda line: (-line.y1, line.x0)):
            for left, right, text in _parts(cell, columns):
                index = max(range(len(columns)), key=lambda i: _shared(left, right, columns[i]))
                cells[index] = f"{cells[index]} {text}".strip()
        table.append(tuple(cells))
    if len(table) < 2:
        return _paragraphs([line for row in rows for line in row])
    return [Table(tuple(table), tuple(Place("pagina", row[0].page) for row in rows))]


def _captions(rows: list[list[Line]]) -> list[Block]:
    """Captions that stand side by side under their figures, each read to its end."""
    lefts = [line.x0 for line in sorted(rows[0])]
    columns: list[list[Line]] = [[] for _ in lefts]
    for row in rows:
        for line in row:
            columns[min(range(len(lefts)), key=lambda i: abs(lefts[i] - line.x0))].append(line)
    return [block for column in columns for block in _paragraphs(column)]


def _all_columns(rows: list[list[Line]]) -> list[tuple[float, float]]:
    """The spans of the table's columns, as the rows with the most cells have them."""
    each = [_columns(row) for row in rows]
    most = max(map(len, each))
    full = [columns for columns in each if len(columns) == most]
    return [(min(c[i][0] for c in full), max(c[i][1] for c in full)) for i in range(most)]


def _parts(cell: Line, columns: list[tuple[float, float]]) -> list[tuple[float, float, str]]:
    """A cell in one, or its words where it runs over columns: narrow gaps join neighbouring cells."""
    middles = [(left + right) / 2 for left, right, _ in cell.words]
    over = [any(low <= middle <= high for middle in middles) for low, high in columns]
    return list(cell.words) if sum(over) > 1 else [(cell.x0, cell.x1, cell.text)]


def _columns(row: list[Line]) -> list[tuple[float, float]]:
    """The spans of a row's cells; cells one above the other share a column."""
    columns: list[tuple[float, float]] = []
    for line in sorted(row):
        if columns and line.x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(line.x1, columns[-1][1]))
        else:
            columns.append((line.x0, line.x1))
    return columns


def _shared(left: float, right: float, column: tuple[float, float]) -> float:
    """Overlap with a column, negative as distance where there is none."""
    return min(right, column[1]) - max(left, column[0])


def _paragraphs(lines: list[Line]) -> list[Block]:
    groups: list[list[Line]] = []
    for line in lines:
        goes_on = bool(groups) and _follows(line, groups[-1][-1])
        if not goes_on and not _LETTER.search(line.text):
            continue  # a page number or the labels of an axis
        if goes_on and not _BULLET.match(line.text) and not _CAPTION.match(line.text):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group) for group in groups]


def _block(group: list[Line]) -> Block:
    pieces: list[tuple[str, Place]] = []
    for line in group:
        text = _BULLET.sub("", line.text)
        place = Place("pagina", line.page)
        if pieces and pieces[-1][0].endswith("-") and text[:1].islower():  # a word parted at the line's end
            head, before = pieces.pop()
            start, _, rest = text.partition(" ")
            pieces += [(head[:-1] + start, before), *([(rest, place)] if rest else [])]
        else:
            pieces.append((text, place))
    text = group[0].text
    if _CAPTION.match(text):
        return join(pieces, "caption")
    if _BULLET.match(text):
        return join(pieces, "item")
    is_title = len(group) == 1 and len(text) < 80 and text[-1] not in ".:;," and not _VALUE.search(text)
    return join(pieces, "heading" if is_title else "paragraph")


def _follows(line: Line, before: Line) -> bool:
    """Whether ``line`` continues the text above: little space and similar size, or, at the top of
    the next page, a sentence that has not ended."""
    height = before.y1 - before.y0
    size = (line.y1 - line.y0) / height if height else 0
    if line.page != before.page:
        return before.text[-1] not in ".:;!?" and line.text[:1].islower() and len(before.text) > 40
    return before.y0 - line.y1 < 0.6 * height and 0.8 < size < 1.25
