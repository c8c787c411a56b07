"""The conventions of the document's Markdown (see ``report.html.body``), as pandoc's tree has them.

Pandoc's own reader of Markdown drops the anchors, and its reader of HTML the alignment of columns and the
notes; this takes the tree of the Markdown, in which all is still there, and gathers what belongs together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markdown.extensions.toc import slugify, unique

from report.errors import RenderError
from report.office.tree import Node, attributes, changed, element, elements, pairs, text_of

_ANCHOR = re.compile(r'<a id="([\w-]+)">')
_FOREIGN = re.compile(r'<span lang="([a-z]{2})">')
_CLOSING = ("</a>", "</span>")
_CAPTION = re.compile(r"(Figura|Tabla)\s(\d+)\.")
_HEADINGS = {
    "part": re.compile(r"Parte\s([A-Z])\. (?=\S)"),
    "appendix": re.compile(r"Apéndice\s(\d+)\. (?=\S)"),
    "section": re.compile(r"((?:[A-Z]\.)?\d+)\u00a0(?=\S)"),
}


@dataclass(frozen=True)
class Structure:
    """A document: the inline elements of its ``title``, the blocks of its ``byline``, which stand under it,
    and the others.

    What is numbered has its number apart from its words: a heading in its attributes, where ``label`` is
    all that stands before the words, and one of the classes «part», «section» and «appendix»; a caption in
    a ``Span`` of the class «label». A link that says the number of what it leads to has the class «ref» and
    that ``number``.
    """

    title: list[Node]
    byline: list[Node]
    blocks: list[Node]


def structured(tree: dict[str, Any]) -> Structure:
    """The structure of a document's Markdown.

    Raises:
        RenderError: HTML other than anchors and languages, or a link that leads nowhere.
    """
    blocks = _labelled_headings(_captioned(_without_html(tree["blocks"])))
    first = next((index for index, block in enumerate(blocks) if _is_heading(block, 2)), len(blocks))
    opening = blocks[:first]
    title = next((block["c"][2] for block in opening if _is_heading(block, 1)), [])
    byline = [block for block in opening if not _is_heading(block, 1)]
    return Structure(title, byline, _referring(blocks[first:]))


def _is_heading(block: Node, level: int) -> bool:
    return block["t"] == "Header" and block["c"][0] == level


# --- HTML --------------------------------------------------------------------------------


def _without_html(value: Any) -> Any:
    """Anchors and languages as elements of their own."""
    if isinstance(value, dict):
        if value.get("t") == "RawBlock":
            _refuse(value["c"][1])
        return {key: _without_html(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    out: list[Any] = []
    opened: list[tuple[list[Any], list[Any]]] = []  # what surrounds an open tag, and its attributes
    for item in value:
        if not (isinstance(item, dict) and item.get("t") == "RawInline"):
            out.append(_without_html(item))
        elif match := _ANCHOR.fullmatch(item["c"][1]):
            opened.append((out, attributes(match[1])))
            out = []
        elif match := _FOREIGN.fullmatch(item["c"][1]):
            opened.append((out, attributes(lang=match[1])))
            out = []
        elif item["c"][1] in _CLOSING and opened:
            around, its_attributes = opened.pop()
            out = [*around, element("Span", its_attributes, out)]
        else:
            _refuse(item["c"][1])
    if opened:
        _refuse(text_of(out))
    return out


def _refuse(html: str) -> None:
    raise RenderError(
        f"Se esperaba Markdown sin HTML salvo anclas e idiomas, se encontró «{html}»; escríbalo en Markdown."
    )


# --- figures, tables, headings -----------------------------------------------------------


def _captioned(blocks: list[Node]) -> list[Node]:
    """Gather anchor, images and caption into figures, anchor, caption and table into tables; give its
    anchor to a heading."""
    out: list[Node] = []
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        anchor, rest = _anchor(block)
        if anchor and not rest and waiting and waiting[0]["t"] == "Header":
            heading = waiting.pop(0)
            heading["c"][1][0] = anchor
            out.append(heading)
            continue
        if anchor and not rest and waiting and _images(waiting[0]):
            rest = waiting.pop(0)["c"]
        images = [node for node in rest if node["t"] == "Image"]
        if anchor and images and waiting and (caption := _caption(waiting[0], anchor)):
            waiting.pop(0)
            out.append(element("Figure", attributes(anchor), caption, [element("Plain", images)]))
        elif anchor and len(waiting) > 1 and waiting[1]["t"] == "Table" and (caption := _caption(waiting[0], anchor)):
            waiting.pop(0)
            table = waiting.pop(0)
            table["c"][0], table["c"][1] = attributes(anchor), caption
            out.append(table)
        else:
            out.append(block)
    return out


def _anchor(block: Node) -> tuple[str, list[Node]]:
    """The name of the anchor with which a paragraph begins, and what follows it."""
    if block["t"] != "Para" or not block["c"] or block["c"][0]["t"] != "Span":
        return "", []
    span, *rest = block["c"]
    return span["c"][0][0], [node for node in rest if node["t"] not in ("Space", "SoftBreak")]


def _images(block: Node) -> bool:
    return block["t"] == "Para" and all(node["t"] in ("Image", "Space", "SoftBreak") for node in block["c"])


def _caption(block: Node, anchor: str) -> list[Any] | None:
    """As a figure or a table has it, if the paragraph is one."""
    match = _CAPTION.fullmatch(text_of(block["c"][0])) if block["t"] == "Para" and block["c"] else None
    if match is None or block["c"][0]["t"] != "Strong":
        return None
    label = element("Span", attributes("", ["label"], kind=match[1], number=match[2], anchor=anchor), [block["c"][0]])
    return [None, [element("Plain", [label, *block["c"][1:]])]]


def _labelled_headings(blocks: list[Node]) -> list[Node]:
    """Each heading with a name, and its label apart from its words."""
    used: set[str] = set()
    for block in blocks:
        if block["t"] != "Header":
            continue
        _, its_attributes, inlines = block["c"]
        text = text_of(inlines)
        its_attributes[0] = its_attributes[0] or unique(slugify(text, "-") or "seccion", used)
        its_attributes[1:] = [[], []]
        for kind, pattern in _HEADINGS.items():
            if match := pattern.match(text):
                its_attributes[1:] = [[kind], [["number", match[1]], ["label", match[0].strip()]]]
                block["c"][2] = _from(inlines, match.end())
                break
    return blocks


def _from(inlines: list[Node], start: int) -> list[Node]:
    """What follows the first ``start`` characters, which are words and spaces."""
    rest = list(inlines)
    while start:
        length = len(text_of([rest[0]]))
        if length > start:
            rest[0] = element("Str", rest[0]["c"][start:])
            break
        rest.pop(0)
        start -= length
    return rest


# --- references --------------------------------------------------------------------------


def _referring(blocks: list[Node]) -> list[Node]:
    """Links to what has a number know it.

    Raises:
        RenderError: a link to nothing.
    """
    numbers = dict(_numbers(blocks))
    names = {name for node in elements(blocks) for name in _names(node)}

    def refer(node: Node) -> Node:
        if node["t"] != "Link" or not node["c"][2][0].startswith("#"):
            return node
        target = node["c"][2][0][1:]
        if target not in names:
            raise RenderError(
                f"Se esperaba el ancla «{target}» del enlace «{text_of(node['c'][1])}», no existe; corríjalo."
            )
        number = numbers.get(target)
        if number and re.search(rf"(?<![\w.]){re.escape(number)}$", text_of(node["c"][1])):
            node["c"][0] = attributes("", ["ref"], number=number)
        return node

    found: list[Node] = changed(blocks, refer)
    return found


def _names(node: Node) -> Iterator[str]:
    """The names by which links lead to an element."""
    place = {"Figure": 0, "Table": 0, "Span": 0, "Header": 1}.get(node["t"])
    if place is not None and node["c"][place][0]:
        yield node["c"][place][0]


def _numbers(blocks: list[Node]) -> Iterator[tuple[str, str]]:
    """Names and numbers of headings, figures and tables."""
    for node in elements(blocks):
        if node["t"] == "Header" and node["c"][1][1]:
            yield node["c"][1][0], pairs(node["c"][1])["number"]
        elif node["t"] == "Span" and "label" in node["c"][0][1]:
            yield pairs(node["c"][0])["anchor"], pairs(node["c"][0])["number"]

