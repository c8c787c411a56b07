"""The document as Word has it: numbers as fields that count by themselves and can be brought up to date,
references as fields that follow them, contents, and the styles of ``templates/es/office/word``."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from report.office.columns import fit
from report.office.structure import Structure
from report.office.tree import (
    Node,
    attributes,
    changed,
    element,
    pairs,
    raw,
    rows_of,
    styled,
    text_of,
    words,
)
from report.paths import TEMPLATES
from report.sheet import FULL_WIDTH_MM

PARTS = TEMPLATES / "office" / "word"
TEMPLATE = TEMPLATES / "office" / "word.openxml"

_SIZES = {9.0: "", 7.5: " Small"}  # points, and what the names of the styles of that size end with
_CELL_MARGIN_MM = 1.2  # as in the styles
_KEPT_ROWS = 24  # a table that is longer may be split between pages
_ENTRIES = 2  # levels of headings in the contents
_BOOKMARK_IDS = 10_000  # and on: beyond those that pandoc gives


def blocks_for_word(structure: Structure, notice: list[Node], contents: str) -> list[Node]:
    """All blocks of the document but its title. ``notice`` are inline elements that stand before the text;
    ``contents`` is the title of the contents, which follow the first section."""
    numbers = iter(range(_BOOKMARK_IDS, 2 * _BOOKMARK_IDS))
    blocks: list[Node] = changed(structure.blocks, lambda node: _changed(node, numbers))
    starts = [index for index, block in enumerate(blocks) if block["t"] == "Header" and block["c"][0] == 1]
    end = starts[1] if len(starts) > 1 else len(blocks)
    byline = [styled("Byline", [block]) for block in structure.byline]
    before = [*byline, styled("Notice", [element("Para", notice)])]
    return [*before, *blocks[:end], *_contents(structure.blocks[end:], contents), *blocks[end:]]


def _changed(node: Node, bookmark_ids: Iterator[int]) -> Node | list[Node]:
    match node["t"]:
        case "Header":
            return _heading(node)
        case "Span" if "label" in node["c"][0][1]:
            return _counted(pairs(node["c"][0]), next(bookmark_ids))
        case "Link" if "ref" in node["c"][0][1]:
            return _reference(node)
        case "Table":
            return _table(node)
    return node


# --- headings and contents ---------------------------------------------------------------


def _heading(node: Node) -> Node:
    level, its_attributes, inlines = node["c"]
    return element("Header", level - 1, attributes(its_attributes[0]), _with_label(its_attributes, inlines))


def _with_label(its_attributes: list[Any], inlines: list[Node]) -> list[Node]:
    label = pairs(its_attributes).get("label")
    if label is None:
        return inlines
    return [element("Span", attributes(custom_style="Section Number"), words(label)), {"t": "Space"}, *inlines]


def _contents(blocks: list[Node], title: str) -> list[Node]:
    """A field that Word can bring up to date, with what it would find but for the pages, which nobody
    knows yet."""
    headings = [block["c"] for block in blocks if block["t"] == "Header" and block["c"][0] - 1 <= _ENTRIES]
    if not headings:
        return []
    entries: list[tuple[str, list[Node]]] = []
    for level, its_attributes, inlines in headings:
        text = [element("Str", text_of(_with_label(its_attributes, inlines)))]
        link = element("Link", attributes(), text, [f"#{its_attributes[0]}", ""])
        entries.append((f"toc {level - 1}", [link]))
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{_ENTRIES}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    entries[0][1].insert(0, raw("openxml", begin))
    entries[-1][1].append(raw("openxml", '<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
    return [
        styled("TOC Heading", [element("Para", words(title))]),
        *(styled(style, [element("Para", inlines)]) for style, inlines in entries),
    ]


# --- numbers and references --------------------------------------------------------------


def _counted(label: dict[str, str], bookmark_id: int) -> Node:
    """«Figura 3.», the number a field, and all before the full stop what references repeat."""
    bold = "<w:rPr><w:b/></w:rPr>"
    return raw(
        "openxml",
        f'<w:bookmarkStart w:id="{bookmark_id}" w:name={quoteattr(_bookmark(label["anchor"]))}/>'
        f'<w:r>{bold}<w:t xml:space="preserve">{label["kind"]}\u00a0</w:t></w:r>'
        f'<w:fldSimple w:instr=" SEQ {label["kind"]} \\* ARABIC ">'
        f"<w:r>{bold}<w:t>{label['number']}</w:t></w:r></w:fldSimple>"
        f'<w:bookmarkEnd w:id="{bookmark_id}"/><w:r>{bold}<w:t>.</w:t></w:r>',
    )


def _reference(node: Node) -> Node:
    """To a figure or a table, a field that repeats its label; to a heading, whose number is no field, the
    link as it is."""
    _, inlines, (target, _) = node["c"]
    text = text_of(inlines)
    if not text.startswith(("Figura", "Tabla")):
        return node
    return raw(
        "openxml",
        f'<w:fldSimple w:instr=" REF {_bookmark(target[1:])} \\h \\* MERGEFORMAT ">'
        f'<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:fldSimple>',
    )


def _bookmark(anchor: str) -> str:
    """A field takes no name with a hyphen."""
    return "ref_" + anchor.replace("-", "_")


# --- tables ------------------------------------------------------------------------------


def _table(node: Node) -> Node:
    """At its natural width, in type of one of two sizes; one that is not long stays on one page."""
    its_attributes, caption, columns, head, bodies, foot = node["c"]
    rows = rows_of(node)
    margins = 2 * _CELL_MARGIN_MM
    whole = [column[0]["t"] == "AlignRight" for column in columns]
    texts = [[text_of(cell[-1]) for cell in row] for row in rows]
    fitted = fit(texts, whole, list(_SIZES), FULL_WIDTH_MM - margins * len(columns))
    for column, width in zip(columns, fitted.widths_mm, strict=True):
        column[1] = element("ColWidth", (width + margins) / FULL_WIDTH_MM)
    ending, is_kept = _SIZES[fitted.size], len(rows) <= _KEPT_ROWS
    for index, row in enumerate(rows):
        kept = "Table Text" if is_kept and index < len(rows) - 1 else "Table Text Last"
        style = ("Table Heading" if index == 0 else kept) + ending
        for cell in row:
            # Not «Plain», which has a style of its own.
            cell[-1] = [styled(style, [element("Para", [item for block in cell[-1] for item in block["c"]])])]
    return element("Table", its_attributes, caption, columns, head, bodies, foot)


# --- styles ------------------------------------------------------------------------------


def reference_docx() -> bytes:
    """The document whose styles, page and foot pandoc takes over: the files of ``PARTS``, zipped."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in PARTS.rglob("*") if path.is_file()):
            archive.writestr(path.relative_to(PARTS).as_posix(), path.read_bytes())
    return buffer.getvalue()

