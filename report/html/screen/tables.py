"""Tables that scroll on their own, can be copied, and are downloaded as CSV; what stands on paper beside the
first half of a table stands here below it: a browser gives a value all names of its row, the other half's
too."""

import csv
import io
import re
from urllib.parse import quote
from xml.etree import ElementTree

from jinja2.environment import TemplateModule
from markupsafe import Markup

from report.html.body import NEXT, is_side_by_side
from report.html.screen.labels import label_of
from report.ledger.ledger import unmark

_TABLE = re.compile(r"<table\b([^>]*)>\s*<caption>(.*?)</caption>(.*?)</table>", re.S)
_ID = re.compile(r'\s*\bid="([^"]+)"')
_FOR_PAPER = re.compile(r' data-(?:divided|lines)="[^"]*"')
_RUNNING = 120  # characters: more than two lines of a phone
_ROW, _CELL, _TAG = re.compile(r"<tr\b.*?</tr>", re.S), re.compile(r"<(t[dh])\b"), re.compile(r"<[^>]*>")
_ROLES = {"td": "cell", "th": "rowheader"}
_SPACES = "\u00a0\u202f "
_NUMBER = re.compile(rf"[−+]?\d{{1,3}}(?:[{_SPACES}]\d{{3}})*(?:[.,]\d+)?|[−+]?\d+(?:[.,]\d+)?")
_PLAIN = str.maketrans({"−": "-"} | dict.fromkeys(_SPACES))
_BYTE_ORDER_MARK = "\ufeff"  # spreadsheets take it as the sign of UTF-8


def with_tables(text: str, decimal: str, parts: TemplateModule) -> str:
    def table(match: re.Match[str]) -> str:
        attributes, caption, rows = match.groups()
        rows = one_below_the_other(_FOR_PAPER.sub("", rows))
        name = label_of(caption)
        anchor = _ID.search(attributes)
        assert anchor is not None, name
        file = "-".join(name.lower().split()) + ".csv"
        content = _BYTE_ORDER_MARK + as_csv(f"<table>{rows}</table>", decimal)
        if _has_running_text(rows):
            attributes, rows = _told(attributes), _with_labels(rows)
        return str(
            parts.table(  # type: ignore[attr-defined]
                id=anchor[1],
                attributes=Markup(_ID.sub("", attributes)),
                caption=Markup(caption),
                rows=Markup(rows),
                name=name,
                file=file,
                address=f"data:text/csv;charset=utf-8,{quote(content)}",
            )
        )

    return _TABLE.sub(table, text)


def one_below_the_other(rows: str) -> str:
    """The rows of a table whose second half stands beside the first, in half the columns; others as they
    are."""
    table = ElementTree.fromstring(f"<table>{rows}</table>")
    if not is_side_by_side(table):
        return rows
    for head in table.iterfind("thead/tr"):
        del head[NEXT:]
    body = table.find("tbody")
    assert body is not None
    beside = [row[NEXT:] for row in body]
    for row, cells in zip(list(body), beside, strict=True):
        del row[NEXT:]
        if cells[0].tag == "th":  # the last of an odd number of rows has nothing beside it
            below = ElementTree.SubElement(body, "tr")
            below.extend(cells)
            below.tail = row.tail
    return "".join(ElementTree.tostring(part, "unicode", "html") for part in table)


def _has_running_text(rows: str) -> bool:
    """Beside the names of its rows and what is last of each, which may be as long as it likes."""
    found = ElementTree.fromstring(unmark(f"<table>{rows}</table>")).iterfind("tbody/tr")
    return any(len("".join(cell.itertext())) > _RUNNING for row in found for cell in row[1:-1])


def _told(attributes: str) -> str:
    """Roles, because what a style sheet does not show as a table is none to a voice."""
    return re.sub(r'(class="[^"]*)"', r'\1 told"', attributes) + ' role="table"'


def _with_labels(rows: str) -> str:
    """Each cell with the title of its column."""
    titles = re.findall(r"<th\b[^>]*>(.*?)</th>", rows.partition("<tbody>")[0], re.S)
    names = [unmark(_TAG.sub("", title)) for title in titles]

    def row(match: re.Match[str]) -> str:
        places = iter(names)
        return _CELL.sub(
            lambda cell: f'{cell[0]} role="{_ROLES[cell[1]]}" data-label="{next(places)}"', match[0]
        )

    head, body, foot = rows.partition("<tbody>")
    foot = re.sub(r"<tr\b", r'\g<0> role="row"', _ROW.sub(row, foot))
    return head + body.replace("<tbody", '<tbody role="rowgroup"') + foot


def as_csv(table: str, decimal: str) -> str:
    """The cells of an HTML table as it prints them, except that a lone number has the signs that a program
    reads: no spaces between thousands, a hyphen for minus. A comma parts them unless it is the decimal
    sign."""
    rows = ElementTree.fromstring(unmark(table)).iter("tr")
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";" if decimal == "," else ",")
    writer.writerows([_plain("".join(cell.itertext()).strip()) for cell in row] for row in rows)
    return buffer.getvalue()


def _plain(cell: str) -> str:
    return cell.translate(_PLAIN) if _NUMBER.fullmatch(cell) else cell
