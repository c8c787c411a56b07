"""The structure tree of a PDF in the making, put in the order in which it is to be read.

WeasyPrint tags each page by itself: what goes on overleaf is a second paragraph; and it tags each box:
a list that is set like a table is a list in a list in a list.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

# What may be divided between pages and is one thing all the same.
_DIVIDED = {
    *("/Part", "/Sect", "/P", "/Div", "/Note", "/L", "/LI", "/LBody", "/BlockQuote"),
    *("/Table", "/THead", "/TBody"),
}


class Tree:
    """Elements by reference; each has as ``source`` the element of the page that it was made from."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        dictionaries: list[Any] = [item for item in pdf.objects if isinstance(item, dict)]
        self.objects = {item.reference: item for item in dictionaries}
        self.elements = {item.reference: item for item in dictionaries if item.get("Type") == "/StructElem"}
        self.pages = {item.reference: item for item in dictionaries if item.get("Type") == "/Page"}
        self.root = next(item for item in dictionaries if item.get("Type") == "/StructTreeRoot")
        self.document = self.elements[self.root["K"][0]]
        self.parents: list[Any] = self.objects[self.root["ParentTree"]]["Nums"]

    def children(self, element: Any) -> list[Any]:
        return [self.elements[kid] for kid in element["K"] if kid in self.elements]

    def reachable(self) -> Iterator[Any]:
        return self.below(self.document)

    def below(self, element: Any) -> Iterator[Any]:
        """``element`` and all that it holds, as it is read."""
        stack = [element]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(self.children(element)))

    def is_inside(self, element: Any, tag: str) -> bool:
        parent = self.elements.get(element["P"])
        return parent is not None and (parent["S"] == tag or self.is_inside(parent, tag))

    def page_height(self, element: Any) -> float:
        return float(self.pages[element["Pg"]]["MediaBox"][3])

    def remove(self, element: Any) -> None:
        del self.elements[element.reference]
        element.clear()  # not freed: pydyf 0.13 then miscounts the objects that it packs


def drop_repeats(tree: Tree) -> None:
    """Make one element of those that stand inside each other, are called the same, or nothing, and come
    from the same element of the page: only the first is a thing, the others are boxes around it."""
    _drop_repeats(tree, tree.document, [])


def _drop_repeats(tree: Tree, element: Any, above: list[Any]) -> None:
    """``above``: those from the root down to ``element``, that one left out."""
    kids: list[Any] = []
    for kid in element["K"]:
        child = tree.elements.get(kid)
        if child is None:
            kids.append(kid)
            continue
        _drop_repeats(tree, child, [*above, element])
        if _is_repeated(tree, child, [*above, element]):
            kids += child["K"]
            for grandchild in tree.children(child):
                grandchild["P"] = element.reference
            tree.remove(child)
        else:
            kids.append(kid)
    element["K"] = pydyf.Array(kids)


def _is_repeated(tree: Tree, element: Any, above: list[Any]) -> bool:
    source = getattr(element, "source", None)  # runs of text have none
    if source is None or not all(kid in tree.elements for kid in element["K"]):
        return False
    same = {other["S"] for other in above if getattr(other, "source", None) is source}
    return element["S"] in same or (element["S"] == "/NonStruct" and bool(same))


def join_fragments(tree: Tree) -> None:
    """Make one of each paragraph, list, table or section that is divided between pages."""
    parts = [element for element in tree.children(tree.document) if element["S"] == "/Part"]
    for part in parts[1:]:
        tree.document["K"].remove(part.reference)
        _join(tree, parts[0], part)


def _join(tree: Tree, whole: Any, fragment: Any) -> None:
    """Cells of a row go on overleaf side by side: what a kid continues need not be the last one."""
    for kid in fragment["K"]:
        element = tree.elements[kid]
        begun = next((other for other in reversed(tree.children(whole)) if _is_one(other, element)), None)
        if begun is not None and element["S"] == "/THead":
            _leave_out(tree, begun, element, fragment)
        elif begun is not None:
            _join(tree, begun, element)
        else:
            element["P"] = whole.reference
            whole["K"].append(kid)
    tree.remove(fragment)


def _leave_out(tree: Tree, header: Any, again: Any, table: Any) -> None:
    """The header of a table that is printed ``again`` overleaf is left outside the tree; the cells of
    ``table``, what is overleaf, point to those of the ``header`` that was said."""
    names = {
        other["ID"].string: cell["ID"]
        for cell, other in zip(_header_cells(tree, header), _header_cells(tree, again), strict=True)
    }
    for cell in tree.below(table):
        if "Headers" in cell.get("A", {}):
            cell["A"]["Headers"] = pydyf.Array(names.get(name.string, name) for name in cell["A"]["Headers"])


def _header_cells(tree: Tree, header: Any) -> list[Any]:
    return [element for element in tree.below(header) if element["S"] == "/TH"]


def _is_one(element: Any, other: Any) -> bool:
    return element["S"] == other["S"] in _DIVIDED and element.source is other.source
