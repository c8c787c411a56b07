"""The looks of the Word file: pandoc's own file of styles, with the page and the type of this document.

What a filter or pandoc names a style is its name there (https://pandoc.org/MANUAL.html#option--reference-doc);
the elements are those of ISO/IEC 29500-1.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from report.office.columns import MARGIN_MM, SIZES
from report.sheet import (
    MARGIN_BOTTOM_MM,
    MARGIN_LEFT_MM,
    MARGIN_RIGHT_MM,
    MARGIN_TOP_MM,
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    POINTS_PER_MM,
)

SERIF, SANS = "Cambria", "Calibri"
INK, ACCENT, QUIET = "1C1C1C", "0B4F7A", "444B54"

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FOOT = "foot.xml"


@dataclass(frozen=True)
class Style:
    """Of paragraphs. Sizes and spaces are in points; ``kept`` is with the next paragraph."""

    name: str
    size: float
    before: float = 0
    after: float = 0
    font: str = SANS
    color: str = INK
    bold: bool = False
    kept: bool = False
    line: float = 1.0
    indent: float = 0
    side: str = "left"
    ruled: bool = False  # a line at its left
    outline: int | None = None  # a heading, from 0


STYLES = (
    Style("Normal", 11, font=SERIF, line=1.15),
    Style("Body Text", 11, 0, 6, font=SERIF, line=1.15),
    Style("Text After Table", 11, 10, 6, font=SERIF, line=1.15),
    Style("Compact", 11, 0, 3, font=SERIF, line=1.1),
    Style("Title", 24, 0, 4, bold=True, kept=True),
    Style("Author", 11, 0, 1, color=QUIET, bold=True),
    Style("Date", 11, 0, 1, color=QUIET),
    Style("Notice", 9.5, 8, 6, indent=10, ruled=True),
    Style("heading 1", 18, 24, 6, bold=True, kept=True, outline=0),
    Style("heading 2", 13, 17, 4, bold=True, kept=True, outline=1),
    Style("heading 3", 11, 12, 3, bold=True, kept=True, outline=2),
    Style("TOC Heading", 13, 18, 4, bold=True, kept=True),
    Style("toc 1", 10, 4, bold=True),
    Style("toc 2", 10, indent=12),
    Style("Footnote Text", 9, 0, 2, font=SERIF),
    Style("footer", 8.5, side="right"),
    Style("Captioned Figure", 11, 10, kept=True),
    Style("Image Caption", 9, 3, 13),
    Style("Table Caption", 9, 13, 4, kept=True),
    *(
        Style(f"{kept}Table Text{ending}", size, 1.5, 1.5, kept=bool(kept))
        for size, ending in zip(SIZES, ("", " Small"), strict=True)
        for kept in ("", "Kept ")
    ),
)


def reference(default: bytes) -> bytes:
    """``default``, which is pandoc's, with ``STYLES``, a page of this document's size and a foot with its
    number."""
    with zipfile.ZipFile(io.BytesIO(default)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/styles.xml"] = _changed(parts["word/styles.xml"], _restyle)
    parts["word/document.xml"] = _changed(parts["word/document.xml"], _set_page)
    parts["word/_rels/document.xml.rels"] = _changed(parts["word/_rels/document.xml.rels"], _relate_foot)
    parts["[Content_Types].xml"] = _changed(parts["[Content_Types].xml"], _declare_foot)
    parts[f"word/{_FOOT}"] = _foot()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)  # of no date: equal bytes
    return buffer.getvalue()


def _changed(part: bytes, change: Callable[[Element], None]) -> bytes:
    for _, (prefix, address) in ElementTree.iterparse(io.BytesIO(part), events=["start-ns"]):
        ElementTree.register_namespace(prefix, address)
    root = ElementTree.fromstring(part)
    change(root)
    return ElementTree.tostring(root, "utf-8", xml_declaration=True)


def _add(parent: Element, name: str, **values: object) -> Element:
    """An element of Word's with attributes of Word's."""
    return SubElement(parent, _name(name), {_name(key): str(value) for key, value in values.items()})


def _name(name: str) -> str:
    return f"{{{_WORD}}}{name}"


def _twentieths(points: float) -> int:
    return round(points * 20)


# --- styles ------------------------------------------------------------------------------


def _restyle(styles: Element) -> None:
    by_name = {
        style.find(_name("name")).get(_name("val")).lower(): style  # type: ignore[union-attr]
        for style in styles.iter(_name("style"))
    }
    for style in STYLES:
        element = by_name.get(style.name.lower())
        if element is None:
            own = {} if style.name.islower() else {"customStyle": 1}  # Word's own begin in lower case
            name = style.name.title().replace(" ", "")
            element = _add(styles, "style", type="paragraph", styleId=name, **own)
            _add(element, "name", val=style.name)
            _add(element, "basedOn")
        for base in element.findall(_name("basedOn")):
            base.set(_name("val"), "Normal")  # what pandoc's bases are like is no concern here
        _set_paragraphs(element, style)
    for name in ("section number", "hyperlink"):
        _set_type(by_name[name], color=ACCENT)
    _set_table(by_name["table"])


def _emptied(style: Element, name: str) -> Element:
    for old in style.findall(_name(name)):
        style.remove(old)
    return _add(style, name)


def _set_paragraphs(element: Element, style: Style) -> None:
    paragraphs = _emptied(element, "pPr")
    _add(paragraphs, "keepNext", val=int(style.kept))
    if style.ruled:
        _add(_add(paragraphs, "pBdr"), "left", val="single", sz=24, space=8, color="C9A227")
    space = {"before": _twentieths(style.before), "after": _twentieths(style.after)}
    _add(paragraphs, "spacing", **space, line=round(240 * style.line), lineRule="auto")
    if style.indent:
        _add(paragraphs, "ind", left=_twentieths(style.indent))
    _add(paragraphs, "jc", val=style.side)
    if style.outline is not None:
        _add(paragraphs, "outlineLvl", val=style.outline)
    fonts = dict.fromkeys(("ascii", "hAnsi", "cs"), style.font)
    _set_type(element, fonts, style.color, style.bold, style.size)


def _set_type(
    element: Element,
    fonts: dict[str, str] | None = None,
    color: str = INK,
    bold: bool = False,
    size: float | None = None,
) -> None:
    run = _emptied(element, "rPr")
    if fonts:
        _add(run, "rFonts", **fonts)
        if bold:  # not a plain «no»: the style of a table makes its titles bold
            _add(run, "b")
    _add(run, "color", val=color)
    if size:
        _add(run, "sz", val=round(2 * size))


def _set_table(element: Element) -> None:
    """Lines above, below and under the titles, which are bold."""
    table = _emptied(element, "tblPr")
    borders = _add(table, "tblBorders")
    for side in ("top", "bottom"):
        _add(borders, side, val="single", sz=8, space=0, color=INK)
    margins = _add(table, "tblCellMar")
    for side in ("left", "right"):
        _add(margins, side, w=_twentieths(MARGIN_MM * POINTS_PER_MM), type="dxa")
    for old in element.findall(_name("tblStylePr")):
        element.remove(old)
    titles = _add(element, "tblStylePr", type="firstRow")
    _add(_add(titles, "rPr"), "b")
    cells = _add(titles, "tcPr")
    _add(_add(cells, "tcBorders"), "bottom", val="single", sz=4, space=0, color=INK)
    _add(cells, "vAlign", val="bottom")


# --- page and foot -----------------------------------------------------------------------


def _set_page(document: Element) -> None:
    section = document.find(f"{_name('body')}/{_name('sectPr')}")
    assert section is not None, "pandoc's file has one"
    foot = Element(_name("footerReference"), {_name("type"): "default", f"{{{_RELATED}}}id": "rIdFoot"})
    section.insert(0, foot)

    def mm(length: float) -> int:
        return _twentieths(length * POINTS_PER_MM)

    _add(section, "pgSz", w=mm(PAGE_WIDTH_MM), h=mm(PAGE_HEIGHT_MM))
    sides = {"left": mm(MARGIN_LEFT_MM), "right": mm(MARGIN_RIGHT_MM)}
    ends = {"top": mm(MARGIN_TOP_MM), "bottom": mm(MARGIN_BOTTOM_MM), "header": mm(12), "footer": mm(12)}
    _add(section, "pgMar", **sides, **ends, gutter=0)


def _relate_foot(relations: Element) -> None:
    kind = f"{_RELATED}/footer"
    SubElement(relations, relations[0].tag, Id="rIdFoot", Type=kind, Target=_FOOT)


def _declare_foot(types: Element) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
    address = types.tag.partition("}")[0]
    SubElement(types, f"{address}}}Override", PartName=f"/word/{_FOOT}", ContentType=kind)


def _foot() -> bytes:
    foot = Element(_name("ftr"))
    paragraph = _add(foot, "p")
    _add(_add(paragraph, "pPr"), "pStyle", val="Footer")
    _add(_add(_add(paragraph, "fldSimple", instr=" PAGE "), "r"), "t").text = "1"
    return ElementTree.tostring(foot, "utf-8", xml_declaration=True)
