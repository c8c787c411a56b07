"""The gate: what a finished PDF must be before it is handed in.

``check`` reads the structure with pikepdf and the painted page with pdfminer, and returns
everything that is wrong. It knows nothing of the program that wrote the file.
"""

import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pikepdf
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTContainer, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from report import fonts
from report.check_text import whole_words

_POINTS_PER_MM = 72 / 25.4
# The page of templates/style.css: text box of an A4 page, in points from the bottom left.
TEXT_BOX = tuple(round(mm * _POINTS_PER_MM, 3) for mm in (34, 30, 210 - 34, 297 - 29))
_TOLERANCE = 1.5
_BASELINE = 6  # a note's call stands higher than its line, but less than this
_WORD_GAP = 0.12  # of the type's height: figures are drawn without spaces
_LEADING = 30  # a gap up to this belongs to the text around it
_FULL_ENOUGH = 1 / 3
_OVERLAP = 0.4  # of the smaller character: kerning and accents stay below
_CELL = 12.0  # points: characters that overlap lie in the same or in adjoining cells
_WORD = re.compile(r"\w+")
_PAGE_REFERENCE = re.compile(r"\bp\. (\d+)\)?$")
_CONTENTS_PAGE = re.compile(r"(\d+)$")
_HEADINGS = {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}

# A sentence: capital, figure or opening mark first, several words, a stop last.
_SENTENCE = re.compile(r"^[«¿¡A-ZÁÉÍÓÚÑ\d](?=\S*\s+\S+\s+\S+).*[.!?]»?$", re.S)

_TEXT_RULES = (
    (
        "jinja",
        re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}"),
        "se esperaba texto, se encontró una expresión de plantilla",
    ),
    (
        "markdown",
        re.compile(r"\*\*|\]\(#|\[\^|\|\s*-{3}"),
        "se esperaba texto, se encontró una marca de Markdown",
    ),
    (
        "valor",
        re.compile(r"(?<![\w.])(?:nan|NaN|None|inf|Infinity|null|undefined)(?![\w(])"),
        "se esperaba un valor, se encontró un hueco del programa",
    ),
    # Labels that Keras, Matplotlib, scikit-learn and Markdown tools print unasked. Capitals count:
    # «accuracy» in lower case may be a gloss, and val_loss is a name.
    (
        "inglés",
        re.compile(
            r"\b(?:Figure|Table|Section|Page|Chapter|Appendix|Step|Seed|Fold)\s\d"
            r"|\b(?:Epochs?|Loss|Accuracy|Iterations?|Training|Validation|Learning rate"
            r"|True label|Predicted label|Confusion matrix|Frequency|Contents|References|Footnotes"
            r"|Abstract|Summary)\b"
        ),
        "se esperaban rótulos en español, se encontró",
    ),
    ("página 0", re.compile(r"\bp\.\s0\b"), "se esperaba el número de una página, se encontró"),
    (
        "uso privado",
        re.compile("[\ue000-\uf8ff]"),
        "se esperaba texto, se encontró un carácter de uso privado",
    ),
    ("sin texto", re.compile("\ufffd|\\(cid:\\d+\\)"), "se esperaba texto que pueda copiarse, se encontró"),
)


@dataclass(frozen=True)
class Problem:
    """Something wrong: ``page`` counts from 1 (None: the whole file), ``rule`` names the check."""

    page: int | None
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{f'página {self.page}' if self.page else 'documento'} · {self.rule}: {self.message}"


def check(source: bytes | Path) -> list[Problem]:
    """Everything wrong with a PDF, empty if it may be handed in.

    Raises:
        pikepdf.PdfError, OSError: ``source`` cannot be read as a PDF.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        structure = _Structure(pdf)
        problems = [
            *_check_document(pdf),
            *_check_fonts(pdf),
            *_check_elements(structure),
        ]
        pages = list(_painted(data))
        divided = False
        for page in pages:
            body = _reading(page, structure, notes=False).strip()
            rest = _WORD.match(body) if divided else None
            problems += _check_text(page, rest[0] if rest else "")
            divided = body.endswith("-")
            problems += _check_tagged(page)
            problems += _check_frame(page, structure)
            problems += _check_overlaps(page, structure)
            problems += _check_headings(page, structure)
        problems += _check_fullness(pages, structure)
        placed = _by_place(pages)
        problems += _check_notes(placed, structure)
        problems += _check_references(placed, structure)
    return problems


def reading_text(source: bytes | Path, only: Collection[int] | None = None) -> list[str]:
    """The text of each page in the order of the structure tree, as a screen reader says it;
    running heads are left out, a line of the page is a line of the text. With ``only``, those
    pages (counted from 1) and no others."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        structure = _Structure(pdf)
    return [_reading(page, structure) for page in _painted(data, only)]


# --- the structure tree ------------------------------------------------------------------


@dataclass(frozen=True)
class _Element:
    """One element: ``tags`` from the root down to its own."""

    node: pikepdf.Object
    tags: tuple[str, ...]
    page: int | None

    @property
    def tag(self) -> str:
        return self.tags[-1]


_Place = tuple[int, int | None]  # page and marked content


@dataclass(frozen=True)
class _Link:
    """A link inside the document: ``page`` is where it leads, if anywhere, ``places`` where its
    text lies."""

    in_contents: bool
    page: int | None
    places: list[_Place]


class _Structure:
    """The elements, the content of each page in reading order, the tags above it, and where the
    content of each note and of each link lies."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        names: Any = pdf.Root.get("/Names", pikepdf.Dictionary())
        self._destinations = pikepdf.NameTree(names.Dests) if "/Dests" in names else {}
        self.elements: list[_Element] = []
        self.order: dict[int, list[int]] = {number: [] for number in self._pages.values()}
        self.tags: dict[tuple[int, int], tuple[str, ...]] = {}
        self.notes: list[list[_Place]] = []
        self.links: list[_Link] = []
        root = pdf.Root.get("/StructTreeRoot")
        for kid in _kids(root) if root is not None else ():
            self._walk(kid, ())

    def _walk(self, node: pikepdf.Object, above: tuple[str, ...]) -> None:
        tags = (*above, str(node.S))
        page = self._pages.get(node.Pg.objgen) if "/Pg" in node else None
        self.elements.append(_Element(node, tags, page))
        if node.S == "/Note":
            self.notes.append([])
        if node.S == "/Link":
            self.links.append(_Link("/TOCI" in above, self._destination(node), []))
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
class _Item:
    """A painted character, path or image; ``mcid`` None and ``artifact`` False: untagged."""

    text: str
    bbox: tuple[float, float, float, float]
    mcid: int | None
    artifact: bool


@dataclass(frozen=True)
class _Page:
    number: int
    items: list[_Item]


def _painted(data: bytes, only: Collection[int] | None = None) -> Iterator[_Page]:
    manager = PDFResourceManager()
    device = _Device(manager)
    interpreter = PDFPageInterpreter(manager, device)
    for number, page in enumerate(PDFPage.get_pages(io.BytesIO(data)), start=1):
        if only is not None and number not in only:
            continue
        device.items = []
        interpreter.process_page(page)
        yield _Page(number, device.items)


class _Device(PDFLayoutAnalyzer):
    """Pairs each painted object with the marked content that it is painted in."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.items: list[_Item] = []
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
            self.items += [_Item(_text(leaf), leaf.bbox, mcid, artifact) for leaf in _leaves(item)]
        self._seen = len(objects)


def _reading(page: _Page, structure: _Structure, notes: bool = True) -> str:
    """The text in the order of the structure tree, with or without its notes."""
    by_mcid: dict[int | None, list[_Item]] = {}
    for item in page.items:
        by_mcid.setdefault(item.mcid, []).append(item)
    order = structure.order[page.number]
    told = [mcid for mcid in order if notes or "/Note" not in structure.tags[page.number, mcid]]
    return _joined(item for mcid in told for item in by_mcid.get(mcid, ()))


def _joined(items: Iterable[_Item]) -> str:
    """The text of ``items``: a new line where the baseline moves, a space where words part."""
    parts: list[str] = []
    last: _Item | None = None
    for item in items:
        if not item.text:
            continue
        if last is not None:
            gap = item.bbox[0] - last.bbox[2]
            word_gap = _WORD_GAP * (item.bbox[3] - item.bbox[1])
            if abs(item.bbox[1] - last.bbox[1]) >= _BASELINE or gap < -_LEADING:
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


# --- checks of the file ------------------------------------------------------------------


def _check_document(pdf: pikepdf.Pdf) -> Iterator[Problem]:
    def problem(rule: str, expected: str) -> Problem:
        return Problem(None, rule, f"{expected}; componga de nuevo el documento.")

    root = pdf.Root
    if not str(root.get("/Lang", "")).lower().startswith("es"):
        yield problem("idioma", f"se esperaba el idioma «es», se encontró «{root.get('/Lang', '')}»")
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield problem("título", "se esperaba un título en las propiedades, no se encontró")
    if "/MarkInfo" not in root or not root.MarkInfo.get("/Marked") or "/StructTreeRoot" not in root:
        yield problem("etiquetas", "se esperaba un PDF etiquetado, no se encontró el árbol de estructura")
    with pdf.open_outline() as outline:
        if not outline.root:
            yield problem("marcadores", "se esperaban marcadores, no se encontró ninguno")
    with pdf.open_metadata() as metadata:
        if metadata.pdfa_status != "3A":
            yield problem("PDF/A", f"se esperaba PDF/A-3a, se encontró «{metadata.pdfa_status}»")
        if str(metadata.get("pdfuaid:part", "")) != "1":
            yield problem("PDF/UA", "se esperaba la declaración de PDF/UA-1, no se encontró")


def _check_fonts(pdf: pikepdf.Pdf) -> Iterator[Problem]:
    allowed = [family.replace(" ", "-") for family in fonts.FAMILIES]
    for item in pdf.objects:
        if (
            not isinstance(item, pikepdf.Dictionary)
            or item.get("/Type") != "/Font"
            or "/BaseFont" not in item
        ):
            continue
        if str(item.get("/Subtype")).startswith("/CIDFont"):
            continue
        name = str(item.BaseFont).lstrip("/")
        if not any(family in name for family in allowed):
            yield Problem(
                None,
                "fuente ajena",
                f"se esperaban solo {' y '.join(fonts.FAMILIES)}, se encontró «{name}»; cámbiela.",
            )
        holder = item.DescendantFonts[0] if "/DescendantFonts" in item else item
        descriptor: Any = holder.get("/FontDescriptor", {})
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield Problem(
                None, "fuente sin incrustar", f"se esperaba «{name}» dentro del PDF, no se encontró."
            )
        if "/ToUnicode" not in item:
            yield Problem(
                None, "fuente sin texto", f"se esperaba la tabla de caracteres de «{name}», no se encontró."
            )


def _check_elements(structure: _Structure) -> Iterator[Problem]:
    for element in structure.elements:
        if element.tag == "/Figure":
            alternative = str(element.node.get("/Alt", "")).strip()
            if not _SENTENCE.match(alternative):
                yield Problem(
                    element.page,
                    "texto alternativo",
                    f"se esperaba al menos una frase completa, se encontró «{alternative}»; descríbala.",
                )
        if element.tag == "/TH" and "/Scope" not in element.node.get("/A", {}):
            yield Problem(
                element.page,
                "cabecera",
                "se esperaba el alcance (fila o columna) de cada cabecera, falta en una.",
            )


# --- checks of a page --------------------------------------------------------------------


def _check_text(page: _Page, rest: str) -> Iterator[Problem]:
    """``rest`` of a word that the page before has begun: «relle-nan» holds no missing number."""
    text = whole_words(_joined(page.items)).replace(rest, "", 1)
    for rule, pattern, message in _TEXT_RULES:
        for found in dict.fromkeys(pattern.findall(text)):
            yield Problem(page.number, rule, f"{message} «{found}»; corrija la plantilla o la figura.")


def _check_tagged(page: _Page) -> Iterator[Problem]:
    loose = [item for item in page.items if item.mcid is None and not item.artifact]
    if loose:
        text = "".join(item.text for item in loose)[:40]
        yield Problem(
            page.number,
            "sin etiqueta",
            f"se esperaba todo etiquetado o marcado como adorno, se encontró «{text or 'un trazo'}» suelto.",
        )


def _check_frame(page: _Page, structure: _Structure) -> Iterator[Problem]:
    left, bottom, right, top = TEXT_BOX
    for tag, box in _content_boxes(page, structure):
        sideways = box[0] < left - _TOLERANCE or box[2] > right + _TOLERANCE
        upright = box[1] < bottom - _TOLERANCE or box[3] > top + _TOLERANCE
        if sideways or upright:
            what = "una figura" if tag == "/Figure" else "una tabla" if tag == "/Table" else "un texto"
            yield Problem(
                page.number,
                "desborde",
                f"se esperaba el contenido dentro de la caja de texto, {what} sobresale; redúzcalo.",
            )
            return
    for item in page.items:
        if item.artifact and (item.bbox[0] < left - _TOLERANCE or item.bbox[2] > right + _TOLERANCE):
            yield Problem(
                page.number,
                "desborde",
                "se esperaba todo entre los márgenes, un filete o un titulillo sobresale.",
            )
            return


def _check_overlaps(page: _Page, structure: _Structure) -> Iterator[Problem]:
    """Characters of different elements, one over the other. Figures have labels of their own."""
    cells: defaultdict[tuple[int, int], list[_Item]] = defaultdict(list)
    for item in page.items:
        tags = structure.tags.get((page.number, item.mcid), ()) if item.mcid is not None else ()
        if not item.text.strip() or "/Figure" in tags:
            continue
        column, row = int(item.bbox[0] // _CELL), int(item.bbox[1] // _CELL)
        for near in product((column - 1, column, column + 1), (row - 1, row, row + 1)):
            for other in cells.get(near, ()):
                if other.mcid != item.mcid and _share_under(item.bbox, other.bbox) > _OVERLAP:
                    yield Problem(
                        page.number,
                        "texto encimado",
                        f"se esperaba cada carácter en su sitio, se encontró «{item.text}» sobre "
                        f"«{other.text}»; revise la hoja de estilo.",
                    )
                    return
        cells[column, row].append(item)


def _share_under(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """What two boxes have in common, as a part of the smaller one."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))


def _content_boxes(page: _Page, structure: _Structure) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Tag and box of each visible character and of each figure. What is drawn inside a figure
    may be clipped: its own declared box counts."""
    for element in structure.elements:
        if element.tag == "/Figure" and element.page == page.number and "/A" in element.node:
            yield "/Figure", tuple(float(value) for value in element.node.A.BBox)
    for item in page.items:
        tags = structure.tags.get((page.number, item.mcid), ()) if item.mcid is not None else ()
        if item.artifact or "/Figure" in tags or not item.text.strip():
            continue
        tag = next((tag for tag in ("/Note", "/Table") if tag in tags), _heading(tags) or "")
        yield tag, item.bbox


def _heading(tags: tuple[str, ...]) -> str | None:
    return next((tag for tag in tags if tag in _HEADINGS), None)


def _check_headings(page: _Page, structure: _Structure) -> Iterator[Problem]:
    body = [(tag, box) for tag, box in _content_boxes(page, structure) if tag != "/Note"]
    if body and min(body, key=lambda entry: entry[1][1])[0] in _HEADINGS:
        yield Problem(
            page.number,
            "título al pie",
            "se esperaba texto tras el título que cierra la página, no se encontró.",
        )


def _check_fullness(pages: list[_Page], structure: _Structure) -> Iterator[Problem]:
    _, bottom, _, top = TEXT_BOX
    for page in pages[:-1]:
        spans = sorted((box[1], box[3]) for tag, box in _content_boxes(page, structure) if tag != "/Note")
        covered, reached = 0.0, bottom
        for low, high in spans:
            if high > reached:
                start = reached if reached > bottom and low - reached <= _LEADING else max(low, reached)
                covered += high - start
                reached = high
        share = covered / (top - bottom)
        if share < _FULL_ENOUGH:
            yield Problem(
                page.number,
                "página vacía",
                f"se esperaba ocupado al menos un tercio, se encontró el {100 * share:.0f}\u00a0%; "
                "acorte o cambie de sitio la figura o la tabla siguiente.",
            )


def _by_place(pages: list[_Page]) -> Mapping[_Place, list[_Item]]:
    items: defaultdict[_Place, list[_Item]] = defaultdict(list)
    for page in pages:
        for item in page.items:
            items[page.number, item.mcid].append(item)
    return items


def _check_notes(items: Mapping[_Place, list[_Item]], structure: _Structure) -> Iterator[Problem]:
    seen: set[str] = set()
    for places in structure.notes:
        text = _joined(item for place in places for item in items[place])
        if text in seen:
            yield Problem(
                places[0][0],
                "nota repetida",
                f"se esperaba cada nota una vez, se encontró dos veces «{text[:40]}…»; "
                "revise la hoja de estilo.",
            )
        seen.add(text)


def _check_references(items: Mapping[_Place, list[_Item]], structure: _Structure) -> Iterator[Problem]:
    """A reference that says a page leads to that page; so does each line of the contents."""
    for link in structure.links:
        text = " ".join(_joined(item for place in link.places for item in items[place]).split())
        said = (_CONTENTS_PAGE if link.in_contents else _PAGE_REFERENCE).search(text)
        if link.page is not None and said is not None and int(said[1]) != link.page:
            yield Problem(
                link.places[0][0],
                "página equivocada",
                f"se esperaba la página {link.page}, a la que lleva, se encontró «{text}»; "
                "componga de nuevo el documento.",
            )
