"""The document as LaTeX has it: figures, tables and headings that it numbers itself, references to their
labels, and the preamble of ``templates/es/office/latex.tex``."""

import re
from typing import Any

from report.office.columns import fit
from report.office.structure import Structure
from report.office.tree import (
    Node,
    attributes,
    changed,
    element,
    pairs,
    raw,
    raw_block,
    rows_of,
    text_of,
)
from report.paths import TEMPLATES
from report.sheet import FULL_WIDTH_MM, POINTS_PER_MM

TEMPLATE = TEMPLATES / "office" / "latex.tex"

_SIZES = {9.0: "footnotesize", 8.0: "scriptsize"}  # of a document in 11 points
_GAP_MM = 8.0 / POINTS_PER_MM  # between two columns, as in the template
_LONG_CODE = re.compile(r"[\w./-]{24,}")  # a digest or a path: it has no place to break a line


def blocks_for_latex(structure: Structure) -> list[Node]:
    """All blocks of the document but its title and what stands under that; its contents follow the first
    section."""
    blocks: list[Node] = changed(structure.blocks, _changed)
    headings = [index for index, block in enumerate(structure.blocks) if block["t"] == "Header"]
    of_appendices = [index for index in headings if "appendix" in structure.blocks[index]["c"][1][1]]
    sections = [index for index in headings if structure.blocks[index]["c"][0] == 2]
    inserted = {index: [raw_block("latex", r"\appendix")] for index in of_appendices[:1]}
    for index in sections[1:2]:
        inserted.setdefault(index, []).insert(0, raw_block("latex", r"\tableofcontents"))
    out: list[Node] = []
    for index, block in enumerate(blocks):
        out += [*inserted.get(index, []), *_at_its_size(block)]
    return out


def _changed(node: Node) -> Node | list[Node]:
    match node["t"]:
        case "Header":
            level, its_attributes, inlines = node["c"]
            numbered = bool(its_attributes[1])
            classes = () if numbered else ("unnumbered",)
            return element("Header", level - 1, attributes(its_attributes[0], classes), inlines)
        case "Plain" if node["c"] and _is_label(node["c"][0]):
            return element("Plain", node["c"][2:])  # nor the space after it
        case "Link" if "ref" in node["c"][0][1]:
            return _reference(node)
        case "Code" if _LONG_CODE.fullmatch(node["c"][1]):
            return raw("latex", rf"\nolinkurl{{{node['c'][1]}}}")
    return node


def _is_label(node: Node) -> bool:
    return node["t"] == "Span" and "label" in node["c"][0][1]


def _reference(node: Node) -> Node:
    """The words before the number, and whatever number LaTeX gives to what they lead to."""
    its_attributes, inlines, (target, _) = node["c"]
    before = text_of(inlines).removesuffix(pairs(its_attributes)["number"]).replace("\u00a0", "~")
    return raw("latex", rf"\hyperref[{target[1:]}]{{{before}\ref*{{{target[1:]}}}}}")


def _at_its_size(block: Node) -> list[Node]:
    """A table in a size of type at which it has room; others as they are."""
    if block["t"] != "Table":
        return [block]
    columns = block["c"][2]
    mm = FULL_WIDTH_MM - _GAP_MM * (len(columns) - 1)
    texts = [[text_of(cell[-1]) for cell in row] for row in rows_of(block)]
    fitted = fit(texts, [column[0]["t"] == "AlignRight" for column in columns], list(_SIZES), mm)
    if not fitted.natural:
        for column, width in zip(columns, fitted.widths_mm, strict=True):
            column[1] = element("ColWidth", width / mm)
    size = raw_block("latex", rf"\begingroup\{_SIZES[fitted.size]}")
    return [size, block, raw_block("latex", r"\endgroup")]


def metadata(structure: Structure, notice: list[Node], contents: str) -> dict[str, Any]:
    """What the template asks for besides what any format does."""
    under = [element("MetaInlines", block["c"]) for block in structure.byline]
    return {
        "byline": element("MetaList", under),
        "notice": element("MetaInlines", notice),
        "contents": element("MetaString", contents),
    }
