"""The gate: what a finished PDF must be before it is handed in.

``check`` reads the structure with pikepdf and the painted page with pdfminer, and returns
everything that is wrong. Of the program that wrote the file it knows the sheet and the fonts.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pikepdf

from report import fonts
from report.proof.carried.confinement import confined
from report.proof.carried.opening import attached_files, open_pdf, read_pdf
from report.proof.carried.packing import LEDGER_FILE, RESULTS_FILE
from report.proof.carried.unpacking import own_words
from report.proof.checks.parts import canonical
from report.proof.checks.reading import Item, Page, Place, Structure, by_place, joined, painted, reading
from report.proof.checks.texts import whole_words
from report.sheet import TEXT_BOX

_TOLERANCE = 1.5  # points
_LEADING = 30  # points: a gap up to this belongs to the text around it
_FULL_ENOUGH = 1 / 3
_OVERLAP = 0.4  # of the smaller character: kerning and accents stay below
_CELL = 12.0  # points: characters that overlap lie in the same or in adjoining cells
_WORD = re.compile(r"\w+")
_CONTENTS_PAGE = re.compile(r"(\d+)$")
_BREAK = re.compile(r"Parte\s[B-Z]\b|Apéndice\s1\b")  # what always begins a page
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


def check_apart(data: bytes) -> list[Problem]:
    """As ``check``, confined, for a PDF that may come from anybody."""
    with confined(check, data) as problems:
        return problems()


def check(source: bytes | Path) -> list[Problem]:
    """Everything wrong with a PDF, empty if it may be handed in.

    Raises:
        FileError: ``source`` cannot be read as a PDF, or is larger than any document.
    """
    data = source if isinstance(source, bytes) else read_pdf(source)
    with open_pdf(data) as pdf:
        structure, words = Structure(pdf), own_words(attached_files(data, (RESULTS_FILE, LEDGER_FILE)))
        problems = [
            *_check_document(pdf),
            *_check_fonts(pdf),
            *_check_elements(structure),
        ]
        pages = list(painted(canonical(data)))  # with nothing left to decompress
        divided = False
        for page in pages:
            body = reading(page, structure, notes=False).strip()
            rest = _WORD.match(body) if divided else None
            problems += _check_text(page, rest[0] if rest else "", words)
            divided = body.endswith("-")
            problems += _check_tagged(page)
            problems += _check_frame(page, structure)
            problems += _check_overlaps(page, structure)
            problems += _check_headings(page, structure)
        problems += _check_fullness(pages, structure)
        placed = by_place(pages)
        problems += _check_notes(placed, structure)
        problems += _check_contents(placed, structure)
    return problems


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
    allowed = [family.replace(" ", "-") for family in fonts.ALLOWED]
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


def _check_elements(structure: Structure) -> Iterator[Problem]:
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


def _check_text(page: Page, rest: str, words: str) -> Iterator[Problem]:
    """``rest`` of a word that the page before has begun: «relle-nan» holds no missing number. What stands
    in the author's own ``words`` is theirs."""
    text = whole_words(joined(page.items)).replace(rest, "", 1)
    for rule, pattern, message in _TEXT_RULES:
        for found in dict.fromkeys(pattern.findall(text)):
            if found in words:
                continue
            yield Problem(page.number, rule, f"{message} «{found}»; corrija la plantilla o la figura.")


def _check_tagged(page: Page) -> Iterator[Problem]:
    loose = [item for item in page.items if item.mcid is None and not item.artifact]
    if loose:
        text = "".join(item.text for item in loose)[:40]
        yield Problem(
            page.number,
            "sin etiqueta",
            f"se esperaba todo etiquetado o marcado como adorno, se encontró «{text or 'un trazo'}» suelto.",
        )


def _check_frame(page: Page, structure: Structure) -> Iterator[Problem]:
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


def _check_overlaps(page: Page, structure: Structure) -> Iterator[Problem]:
    """Characters of different elements, one over the other. Figures have labels of their own."""
    cells: defaultdict[tuple[int, int], list[Item]] = defaultdict(list)
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


def _content_boxes(page: Page, structure: Structure) -> Iterator[tuple[str, tuple[float, ...]]]:
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


def _check_headings(page: Page, structure: Structure) -> Iterator[Problem]:
    body = [(tag, box) for tag, box in _content_boxes(page, structure) if tag != "/Note"]
    if body and min(body, key=lambda entry: entry[1][1])[0] in _HEADINGS:
        yield Problem(
            page.number,
            "título al pie",
            "se esperaba texto tras el título que cierra la página, no se encontró.",
        )


def _check_fullness(pages: list[Page], structure: Structure) -> Iterator[Problem]:
    for page, following in pairwise(pages):
        share = fullness(page, structure)
        if share < _FULL_ENOUGH and not begins_anew(following, structure):
            yield Problem(
                page.number,
                "página vacía",
                f"se esperaba ocupado al menos un tercio, se encontró el {100 * share:.0f}\u00a0%; "
                "acorte o cambie de sitio la figura o la tabla siguiente.",
            )


def fullness(page: Page, structure: Structure) -> float:
    """How much of the height between the margins is taken, notes left out: 1 for all of it."""
    _, bottom, _, top = TEXT_BOX
    spans = sorted((box[1], box[3]) for tag, box in _content_boxes(page, structure) if tag != "/Note")
    covered, reached = 0.0, bottom
    for low, high in spans:
        if high > reached:
            start = reached if reached > bottom and low - reached <= _LEADING else max(low, reached)
            covered += high - start
            reached = high
    return covered / (top - bottom)


def begins_anew(page: Page, structure: Structure) -> bool:
    """Whether a part after the first begins there, or the first appendix: the page before ends where its
    text does."""
    is_heading = any("/H2" in structure.tags[page.number, mcid] for mcid in structure.order[page.number][:1])
    return is_heading and _BREAK.match(reading(page, structure)) is not None


def _check_notes(items: Mapping[Place, list[Item]], structure: Structure) -> Iterator[Problem]:
    seen: set[str] = set()
    for places in structure.notes:
        text = joined(item for place in places for item in items[place])
        if text in seen:
            yield Problem(
                places[0][0],
                "nota repetida",
                f"se esperaba cada nota una vez, se encontró dos veces «{text[:40]}…»; "
                "revise la hoja de estilo.",
            )
        seen.add(text)


def _check_contents(items: Mapping[Place, list[Item]], structure: Structure) -> Iterator[Problem]:
    """Each line of the contents says the page that it leads to."""
    for link in structure.links:
        text = " ".join(joined(item for place in link.places for item in items[place]).split())
        said = _CONTENTS_PAGE.search(text) if link.in_contents else None
        if link.page is not None and said is not None and int(said[1]) != link.page:
            yield Problem(
                link.places[0][0],
                "página equivocada",
                f"se esperaba la página {link.page}, a la que lleva, se encontró «{text}»; "
                "componga de nuevo el documento.",
            )
