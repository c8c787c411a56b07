"""Pandoc's tree of a document, as its JSON has it: what is needed to read and to change one.

An element is a ``dict`` with its type under ``t`` and what it holds under ``c``; see pandoc-types.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

Node = dict[str, Any]

_SPACES = ("Space", "SoftBreak", "LineBreak")


def element(kind: str, *content: Any) -> Node:
    return {"t": kind, "c": content[0] if len(content) == 1 else list(content)}


def attributes(name: str = "", classes: Iterable[str] = (), **pairs: str) -> list[Any]:
    """``custom_style`` is pandoc's «custom-style»."""
    return [name, list(classes), [[key.replace("_", "-"), value] for key, value in pairs.items()]]


def pairs(its_attributes: list[Any]) -> dict[str, str]:
    """The keys and values among an element's attributes."""
    return dict(its_attributes[2])


def raw(format_: str, text: str) -> Node:
    return element("RawInline", format_, text)


def raw_block(format_: str, text: str) -> Node:
    return element("RawBlock", format_, text)


def styled(style: str, blocks: list[Node]) -> Node:
    """``blocks`` in a style of Word's."""
    return element("Div", attributes(custom_style=style), blocks)


def words(text: str) -> list[Node]:
    """Inline elements that say ``text``."""
    found: list[Node] = []
    for index, word in enumerate(text.split(" ")):
        found += [{"t": "Space"}] if index else []
        found += [element("Str", word)] if word else []
    return found


def rows_of(table: Node) -> list[list[Any]]:
    """The rows of a table as lists of cells, of each of which the last item are its blocks; its titles
    are the first row."""
    _, _, _, head, bodies, _ = table["c"]
    return [row[1] for row in (*head[1], *(row for body in bodies for row in body[3]))]


def elements(value: Any) -> Iterator[Node]:
    """Every element in ``value``, outer ones first, in reading order."""
    if isinstance(value, dict):
        if "t" in value:
            yield value
        for item in value.values():
            yield from elements(item)
    elif isinstance(value, list):
        for item in value:
            yield from elements(item)


def text_of(value: Any) -> str:
    """What is read, notes and alternative texts included; no mark of structure."""
    return "".join(_pieces(value))


def _pieces(value: Any) -> Iterator[str]:
    for node in elements(value):
        if node["t"] == "Str":
            yield node["c"]
        elif node["t"] == "Code":
            yield node["c"][1]
        elif node["t"] in _SPACES:
            yield " "


def changed(value: Any, change: Callable[[Node], Node | list[Node]]) -> Any:
    """``value`` with each element of its lists as ``change`` wants it, inner ones first; of one may
    become several, or none."""
    if isinstance(value, dict):
        return {key: changed(item, change) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    out: list[Any] = []
    for item in value:
        new = changed(item, change)
        if isinstance(new, dict) and "t" in new:
            replaced = change(new)
            out += replaced if isinstance(replaced, list) else [replaced]
        else:
            out.append(new)
    return out
