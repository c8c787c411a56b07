"""The document as HTML that pandoc reads without loss: that of ``report.html``, with in other words what
pandoc would drop. Notes stand at the end, alignments and widths of columns in ``style``, the names of
authors and what else stands under the title in the head, and pictures that any program shows instead of
drawings.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from xml.etree.ElementTree import Element, SubElement, tostring

import tinyhtml5
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from report.html.body import to_html
from report.ledger.ledger import unmark
from report.office.columns import SIZES, fit
from report.office.pictures import Picture
from report.paths import TEMPLATES

_KEPT_LINES = 40  # a table that is longer may be split between pages
_ALIGNED = {"num": "right", "mid": "center"}


def source(marked: str, pictures: Mapping[str, Picture], pdf: Path, words: str = "") -> str:
    """``marked`` is the Markdown with the ledger's marks; ``pictures`` stand in the place of drawings, by the
    file that these have in it; ``pdf`` is where the document that proves itself lies; ``words`` are as in
    ``to_html``."""
    root = tinyhtml5.parse(unmark(to_html(marked, words).html), namespace_html_elements=False)
    body = root.find("body")
    header = body.find("header")
    body.remove(header)
    author, rest = _byline(header.findall("p"))
    _move_notes(body)
    for table in body.iter("table"):
        _measure(table)
    for image in body.iter("img"):
        picture = pictures[PurePath(image.get("src", "")).name]
        image.set("src", picture.place)
        image.set("width", f"{picture.width_mm:.1f}mm")
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("office/source.html.j2").render(
        title="".join(header.find("h1").itertext()),
        author=author,
        byline=rest,
        pdf=pdf.as_posix(),
        body=Markup("".join(tostring(child, "unicode", "html") for child in body)),
    )


def _byline(lines: Iterable[Element]) -> tuple[str, str]:
    """Who wrote it, in bold, and whatever else stands under the title."""
    author, rest = "", []
    for line in lines:
        text, names = "".join(line.itertext()), line.findall("strong")
        if names:
            last = list(line).index(names[-1])
            after = (names[-1].tail or "") + "".join(
                f"{''.join(beside.itertext())}{beside.tail or ''}" for beside in list(line)[last + 1 :]
            )
            author, text = text.removesuffix(after), after
        rest.append(text.strip(" ·"))
    return author, " · ".join(filter(None, rest))


def _move_notes(body: Element) -> None:
    """To a list at the end, where pandoc looks for them."""
    notes = Element("ol")
    for parent in list(body.iter()):
        for beside in parent.findall("div[@class='notes']"):
            parent.remove(beside)
            for note in beside:
                back = note.find("a[@class='back']")
                assert back is not None, "as report.html.body makes it"
                note.text = (back.tail or "").lstrip()
                note.remove(back)
                item = SubElement(notes, "li", id=note.get("id", ""))
                note.tag, note.attrib = "p", {}
                item.append(note)
    if len(notes):
        SubElement(body, "section", role="doc-endnotes").append(notes)


def _measure(table: Element) -> None:
    """Give it the widths of its columns and, as classes, how it is to be set."""
    rows = [list(row) for row in table.iter("tr")]
    texts = [["".join(cell.itertext()) for cell in row] for row in rows]
    fitted = fit(texts, [cell.get("class") == "num" for cell in rows[0]])
    for row in rows:
        for cell in row:
            if side := _ALIGNED.get(cell.attrib.pop("class", "")):
                cell.set("style", f"text-align: {side}")
    columns = Element("colgroup")
    for share in fitted.shares:
        SubElement(columns, "col", style=f"width: {100 * share:.2f}%")
    table.insert(1, columns)  # after its caption
    table.set(
        "class",
        ("small " if fitted.size < max(SIZES) else "") + ("long" if fitted.lines > _KEPT_LINES else ""),
    )
    table.set("data-lines", str(fitted.lines))
