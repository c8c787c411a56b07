"""What a finished PDF says: the structure tree, read with pikepdf, and what is painted on its pages,
read with pdfminer, brought together."""

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pdfminer.layout import LTChar, LTContainer, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from report.proof.carried.painting import BoundedAnalyzer

Place = tuple[int, int | None]  # a page, counted from 1, and the marked content on it

_BASELINE = 6  # points: a note's call stands higher than its line, but less than this
_WORD_GAP = 0.12  # of the type's height: figures are drawn without spaces
_LINE_START = 30  # points back to the left of what came before: a new line


def reading_text(source: bytes | Path) -> list[str]:
    """The text of each page in the order of the structure tree, as a screen reader says it;
    running heads are left out, a line of the page is a line of the text."""
    reader = Reader(source if isinstance(source, bytes) else source.read_bytes())
    return [reader.text(number) for number in reader.numbers]


class Reader:
    """A PDF whose structure is read once and whose pages are read one by one: one that cannot be
    read, whatever it raises, leaves the others readable."""

    def __init__(self, data: bytes) -> None:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            self._structure = Structure(pdf)
        self._pages = list(PDFPage.get_pages(io.BytesIO(data)))
        self._manager = PDFResourceManager()  # keeps the fonts that pages share
        self.numbers = range(1, len(self._pages) + 1)

    def text(self, number: int) -> str:
        """As ``reading_text`` gives the page ``number``, counted from 1."""
        items = _paint(self._pages[number - 1], self._manager)
        return reading(Page(number, items), self._structure)


# --- the structure tree ------------------------------------------------------------------


@dataclass(frozen=True)
class Element:
    """One element: ``tags`` from the root down to its own."""

    node: pikepdf.Object
    tags: tuple[str, ...]
    page: int | None

    @property
    def tag(self) -> str:
        return self.tags[-1]


@dataclass(frozen=True)
class Link:
    """A link inside the document: ``page`` is where it leads, if anywhere, ``places`` where its
    text lies."""

    in_contents: bool
    page: int | None
    places: list[Place]


class Structure:
    """The elements, the content of each page in reading order, the tags above it, and where the
    content of each note and of each link lies."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        names: Any = pdf.Root.get("/Names", pikepdf.Dictionary())
        self._destinations = pikepdf.NameTree(names.Dests) if "/Dests" in names else {}
        self.elements: list[Element] = []
        self.order: dict[int, list[int]] = {number: [] for number in self._pages.values()}
        self.tags: dict[tuple[int, int], tuple[str, ...]] = {}
        self.notes: list[list[Place]] = []
        self.links: list[Link] = []
        root = pdf.Root.get("/StructTreeRoot")
        for kid in _kids(root) if root is not None else ():
            self._walk(kid, ())

    def _walk(self, node: pikepdf.Object, above: tuple[str, ...]) -> None:
        tags = (*above, str(node.S))
        page = self._pages.get(node.Pg.objgen) if "/Pg" in node else None
        self.elements.append(Element(node, tags, page))
        if node.S == "/Note":
            self.notes.append([])
        if node.S == "/Link":
            self.links.append(Link("/TOCI" in above, self._destination(node), []))
        for kid in _kids(node):
            if isinstance(kid, int):
                assert page is not None
                self.order[page].append(kid)
                self.tags[page, kid] = tags
                if "/Note" in tags:
                    self.notes[-1].append((page, kid))
                if "/Link" in tags:
                    self.links[-1].places.append((page, kid))
            elif "/S" in kid:
                self._walk(kid, tags)

    def _destination(self, link: pikepdf.Object) -> int | None:
        annotations = (kid.Obj for kid in _kids(link) if not isinstance(kid, int) and "/Obj" in kid)
        names = [str(annotation.Dest) for annotation in annotations if "/Dest" in annotation]
        if not names or names[0] not in self._destinations:
            return None
        target: Any = self._destinations[names[0]]
        return self._pages.get(target[0].objgen)


def _kids(node: pikepdf.Object) -> Iterable[Any]:
    kids: Any = node.get("/K", [])
    return kids if isinstance(kids, pikepdf.Array) else [kids]


# --- what stands on the page -------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """A painted character, path or image; ``mcid`` None and ``artifact`` False: untagged."""

    text: str
    bbox: tuple[float, float, float, float]
    mcid: int | None
    artifact: bool


@dataclass(frozen=True)
class Page:
    number: int
    items: list[Item]


def painted(data: bytes) -> Iterator[Page]:
    """The pages of a PDF."""
    manager = PDFResourceManager()
    for number, page in enumerate(PDFPage.get_pages(io.BytesIO(data)), start=1):
        yield Page(number, _paint(page, manager))


def _paint(page: PDFPage, manager: PDFResourceManager) -> list[Item]:
    device = _Device(manager)
    PDFPageInterpreter(manager, device).process_page(page)
    return device.items


class _Device(BoundedAnalyzer):
    """Pairs each painted object with the marked content that it is painted in."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.items: list[Item] = []
        self._marks: list[tuple[int | None, bool]] = []
        self._seen = 0

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        self._collect()
        mcid = props.get("MCID") if isinstance(props, dict) else None
        inherited, artifact = self._marks[-1] if self._marks else (None, False)
        self._marks.append((mcid if mcid is not None else inherited, artifact or tag.name == "Artifact"))

    def end_tag(self) -> None:
        self._collect()
        self._marks.pop()

    def receive_layout(self, ltpage: LTPage) -> None:
        self._collect()
        self._marks, self._seen = [], 0

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        super().begin_page(page, ctm)
        self._seen = 0

    def _collect(self) -> None:
        container = self.cur_item
        if not isinstance(container, LTPage):  # inside a form, which counts as one object of its page
            return
        objects = list(container)
        mcid, artifact = self._marks[-1] if self._marks else (None, False)
        for item in objects[self._seen :]:
            self.items += [Item(_text(leaf), leaf.bbox, mcid, artifact) for leaf in _leaves(item)]
        self._seen = len(objects)


def by_place(pages: list[Page]) -> Mapping[Place, list[Item]]:
    """What is painted in each marked content."""
    items: defaultdict[Place, list[Item]] = defaultdict(list)
    for page in pages:
        for item in page.items:
            items[page.number, item.mcid].append(item)
    return items


def reading(page: Page, structure: Structure, notes: bool = True) -> str:
    """The text in the order of the structure tree, with or without its notes."""
    by_mcid: dict[int | None, list[Item]] = {}
    for item in page.items:
        by_mcid.setdefault(item.mcid, []).append(item)
    order = structure.order[page.number]
    told = [mcid for mcid in order if notes or "/Note" not in structure.tags[page.number, mcid]]
    return joined(item for mcid in told for item in by_mcid.get(mcid, ()))


def joined(items: Iterable[Item]) -> str:
    """The text of ``items``: a new line where the baseline moves, a space where words part."""
    parts: list[str] = []
    last: Item | None = None
    for item in items:
        if not item.text:
            continue
        if last is not None:
            gap = item.bbox[0] - last.bbox[2]
            word_gap = _WORD_GAP * (item.bbox[3] - item.bbox[1])
            if abs(item.bbox[1] - last.bbox[1]) >= _BASELINE or gap < -_LINE_START:
                parts.append("\n")
            elif gap > word_gap and not last.text.isspace():
                parts.append(" ")
        parts.append(item.text)
        last = item
    return "".join(parts)


def _leaves(item: Any) -> Iterator[Any]:
    if isinstance(item, LTContainer):
        for child in item:
            yield from _leaves(child)
    else:
        yield item


def _text(item: Any) -> str:
    return item.get_text() if isinstance(item, LTChar) else ""
