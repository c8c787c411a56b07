"""Tables that scroll on their own, can be copied, and are downloaded as CSV."""

import csv
import io
import re
from urllib.parse import quote
from xml.etree import ElementTree

from jinja2.environment import TemplateModule
from markupsafe import Markup

from report.html.screen.labels import label_of
from report.ledger.ledger import unmark

_TABLE = re.compile(r"<table\b([^>]*)>\s*<caption>(.*?)</caption>(.*?)</table>", re.S)
_ID = re.compile(r'\s*\bid="([^"]+)"')
_FOR_PAPER = re.compile(r' data-(?:divided|lines)="[^"]*"')
_SPACES = "\u00a0\u202f "
_NUMBER = re.compile(rf"[−+]?\d{{1,3}}(?:[{_SPACES}]\d{{3}})*(?:[.,]\d+)?|[−+]?\d+(?:[.,]\d+)?")
_PLAIN = str.maketrans({"−": "-"} | dict.fromkeys(_SPACES))
_BYTE_ORDER_MARK = "\ufeff"  # spreadsheets take it as the sign of UTF-8


def with_tables(text: str, decimal: str, parts: TemplateModule) -> str:
    def table(match: re.Match[str]) -> str:
        attributes, caption, rows = match.groups()
        rows = _FOR_PAPER.sub("", rows)
        name = label_of(caption)
        anchor = _ID.search(attributes)
        assert anchor is not None, name
        file = "-".join(name.lower().split()) + ".csv"
        content = _BYTE_ORDER_MARK + as_csv(f"<table>{rows}</table>", decimal)
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
