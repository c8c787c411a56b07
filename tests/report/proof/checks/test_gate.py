"""The gate: each failure is caused, and what only looks like one is let through."""

import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
import sample_document as sample

from report.html.body import to_html
from report.html.page import page
from report.pdf.layout import lay_out
from report.proof.carried.opening import FileError
from report.proof.checks.gate import Problem, check, fullness
from report.proof.checks.reading import Structure, painted, reading_text
from report.sheet import TEXT_BOX

PARAGRAPH = "La curva sube despacio y al final se detiene, como se esperaba de ella desde el principio. " * 3
GOOD = f"""# Título

Ana Ruiz

## Resumen

{PARAGRAPH * 9}

{PARAGRAPH * 9}[Figura 1](#fig-a) y [Tabla 1](#tab-a).

## Parte A. Una

### Curva

<a id="fig-a"></a>

![La curva sube despacio hasta el final.](a.svg)

**Figura 1.** La curva sube.

<a id="tab-a"></a>

**Tabla 1.** Un valor por fila.

| Época | Pérdida |
| ---: | ---: |
| 1 | 0.50 |
| **▶ 2** | **0.40** |

{PARAGRAPH}
"""
NOTED = f"{GOOD}\n\nLlamada.[^a]\n\n{PARAGRAPH}\n\n[^a]: Una nota al lado.\n"
# What stands close to a defect and is none: names of functions, glosses, Spanish words.
INNOCENT = (
    "Se usó `val_loss` y `restore_best_weights=None()`, la exactitud (*accuracy*) y la pérdida (*loss*). "
    "Ningún informe infinito; nanómetros; inferior; la p. 10 y la Tabla 2; EarlyStopping, 0.05."
)
BAD = [  # what the text says, and what the gate quotes of it
    ("{{ valor }}", "jinja", "{{"),
    ("{% if x %}", "jinja", "{%"),
    ("nan por", "valor", "nan"),
    ("NaN por", "valor", "NaN"),
    ("None por", "valor", "None"),
    ("inf por", "valor", "inf"),
    ("Figure 3", "inglés", "Figure 3"),
    ("Table 2", "inglés", "Table 2"),
    ("Epoch 7", "inglés", "Epoch"),
    ("Loss", "inglés", "Loss"),
    ("Accuracy", "inglés", "Accuracy"),
    ("Confusion matrix", "inglés", "Confusion matrix"),
    ("(Figura 3, p. 0)", "página 0", "p. 0"),
]


def typeset(text: str, base: Path, css: str = "", drawing: str = "subida") -> bytes:
    (base / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120">'
        f'<path d="M0 100L300 0" stroke="#0072b2"/><text y="90">{drawing}</text></svg>'
    )
    html = page(to_html(text), sample.META).replace("</style>", css + "</style>")
    return lay_out(html, base).write([], sample.META.created)


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> bytes:
    return typeset(GOOD, tmp_path_factory.mktemp("good"))


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(buffer)
    return buffer.getvalue()


def first(pdf: pikepdf.Pdf, key: str, value: str) -> pikepdf.Dictionary:
    return next(
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get(key) == value
    )


def rules(problems: list[Problem]) -> set[str]:
    return {problem.rule for problem in problems}


def test_good_document_has_no_problem(good):
    assert check(good) == []


def test_file_is_read_as_well_as_bytes(good, tmp_path):
    (tmp_path / "a.pdf").write_bytes(good)
    assert check(tmp_path / "a.pdf") == []


def test_what_is_no_pdf_cannot_be_checked():
    with pytest.raises(FileError, match="otra clase de fichero"):
        check(b"esto no es un PDF")


def test_innocent_text_passes(tmp_path):
    assert check(typeset(GOOD + INNOCENT, tmp_path)) == []


def test_a_divided_word_is_no_missing_value(tmp_path):
    """Where one paragraph divides «relle-nan», another does not."""
    text = "".join(f"\n\n{'x' * n} {'rellenan ' * 40}" for n in range(1, 9))
    built_pdf = typeset(GOOD + text, tmp_path)
    assert "-\nnan " in "".join(reading_text(built_pdf))
    assert check(built_pdf) == []


def test_a_word_divided_between_pages_is_no_missing_value(tmp_path):
    """One of these paragraphs ends its page with «relle-»; «nan» starts the next."""
    for n in range(1, 30):
        built_pdf = typeset(GOOD + f"\n\n{'x' * n} {'rellenan ' * 900}", tmp_path)
        pages = reading_text(built_pdf)
        if any(one.endswith("relle-") and two.startswith("nan ") for one, two in pairwise(pages)):
            assert check(built_pdf) == []
            return
    pytest.fail("no page ends with a divided word")


# --- the file ----------------------------------------------------------------------------


def _drop_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _english(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("en")


def _drop_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


def _drop_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def _drop_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


def _replace_metadata(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        content = pdf.Root.Metadata.read_bytes()
        assert old in content
        pdf.Root.Metadata.write(content.replace(old, new))

    return change


def _drop_alternative(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "/S", "/Figure")["/Alt"]


def _alternative(text: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        first(pdf, "/S", "/Figure").Alt = pikepdf.String(text)

    return change


def _drop_scope(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "/S", "/TH").A["/Scope"]


def _foreign_font(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/Subtype", "/Type0").BaseFont = pikepdf.Name("/ABCDEF+Helvetica")


def _drop_font_file(pdf: pikepdf.Pdf) -> None:
    descriptor = first(pdf, "/Type", "/FontDescriptor")
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


def _drop_character_table(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "/Subtype", "/Type0")["/ToUnicode"]


def _loose_stroke(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"q 100 300 50 50 re f Q")


def _private_use(pdf: pikepdf.Pdf) -> None:
    table = first(pdf, "/Subtype", "/Type0").ToUnicode
    content = table.read_bytes()
    assert b"<0061>" in content  # a
    table.write(content.replace(b"<0061>", b"<e001>"))


@pytest.mark.parametrize(
    ("change", "rule", "message"),
    [
        (_drop_language, "idioma", "se esperaba el idioma «es», se encontró «»"),
        (_english, "idioma", "se encontró «en»"),
        (_drop_title, "título", "se esperaba un título"),
        (_drop_tags, "etiquetas", "se esperaba un PDF etiquetado"),
        (_drop_bookmarks, "marcadores", "no se encontró ninguno"),
        (
            _replace_metadata(b'pdfaid:conformance="A"', b'pdfaid:conformance="B"'),
            "PDF/A",
            "se encontró «3B»",
        ),
        (_replace_metadata(b'pdfuaid:part="1"', b""), "PDF/UA", "declaración de PDF/UA-1"),
        (_drop_alternative, "texto alternativo", "se encontró «»"),
        (_alternative("fig-a.svg"), "texto alternativo", "se encontró «fig-a.svg»"),
        (_alternative("Curva sola."), "texto alternativo", "se encontró «Curva sola.»"),
        (_alternative("La curva sube"), "texto alternativo", "se encontró «La curva sube»"),
        (_drop_scope, "cabecera", "el alcance (fila o columna)"),
        (_foreign_font, "fuente ajena", "se encontró «ABCDEF+Helvetica»"),
        (_drop_font_file, "fuente sin incrustar", "dentro del PDF, no se encontró"),
        (_drop_character_table, "fuente sin texto", "la tabla de caracteres"),
        (_loose_stroke, "sin etiqueta", "se encontró «un trazo» suelto"),
        (_private_use, "uso privado", "un carácter de uso privado «\ue001»"),
    ],
)
def test_defect_of_the_file_is_found(good, change, rule, message):
    found = [problem for problem in check(changed(good, change)) if problem.rule == rule]
    assert found
    assert message in found[0].message


# --- the text ----------------------------------------------------------------------------


def test_defects_of_the_text_are_found(tmp_path):
    text = GOOD + "".join(f"\nAquí pone {snippet} y sigue.\n" for snippet, _, _ in BAD)
    problems = check(typeset(text, tmp_path))
    assert rules(problems) == {rule for _, rule, _ in BAD}
    for _, rule, quoted in BAD:
        assert any(problem.rule == rule and f"«{quoted}»" in problem.message for problem in problems), quoted


@pytest.mark.parametrize("label", ["Epoch", "Validation", "Learning rate"])
def test_english_inside_a_figure_is_found(tmp_path, label):
    problems = check(typeset(GOOD, tmp_path, drawing=label))
    assert rules(problems) == {"inglés"}
    assert f"«{label}»" in problems[0].message


def test_markdown_that_was_printed_is_found(tmp_path):
    assert rules(check(typeset(GOOD + "\n`un **dato** suelto`", tmp_path))) == {"markdown"}


# --- the page ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("css", "what"),
    [
        ("table{width:200mm}", "una tabla"),
        ("figure img{max-width:none;width:200mm}", "una figura"),
        ("figure img{max-width:none;height:240mm}", "una figura"),
        ("h3{white-space:nowrap;margin-left:160mm}", "un texto"),
        ("caption,td,th{white-space:nowrap}caption{width:400mm}table{margin-left:-20mm}", "una tabla"),
    ],
)
def test_overflow_is_found(tmp_path, css, what):
    problems = [problem for problem in check(typeset(GOOD, tmp_path, css)) if problem.rule == "desborde"]
    assert problems
    assert what in problems[0].message


LONGER = GOOD.replace("### Curva", f"{PARAGRAPH * 9}\n\n### Curva")


def test_page_with_little_on_it_is_found(tmp_path):
    problems = check(typeset(LONGER, tmp_path, "h3{break-before:page}figure{break-after:page}"))
    assert [(problem.page, problem.rule) for problem in problems] == [(3, "página vacía")]
    assert "se encontró el 18\u00a0%" in problems[0].message


def test_page_before_the_first_part_is_no_end_of_a_part(tmp_path):
    problems = check(typeset(LONGER, tmp_path, "section.part{break-before:page}"))
    assert [(problem.page, problem.rule) for problem in problems] == [(2, "página vacía")]


def test_note_does_not_hide_an_empty_page(tmp_path):
    css = ".noted{break-before:page;break-after:page}aside{line-height:60pt}"
    problems = check(typeset(NOTED.replace("## Parte A", "## Más"), tmp_path, css))
    assert [(problem.page, problem.rule) for problem in problems] == [(3, "página vacía")]


def test_last_page_may_be_short(tmp_path):
    assert check(typeset(LONGER, tmp_path, "h3{break-before:page}")) == []


def after(heading: str) -> str:
    """The good document, and pages of its own for little and for what stands under ``heading``."""
    return f"{GOOD}\n\n## Otra\n\nPoco.\n\n## {heading}\n\n{PARAGRAPH}"


PARTED = "section:nth-last-child(-n+2){break-before:page}"


@pytest.mark.parametrize("heading", ["Parte B. Dos", "Apéndice 1. Más", "Apéndice\u00a01. Más"])
def test_a_page_before_a_part_or_the_appendices_may_be_short(tmp_path, heading):
    data = typeset(after(heading), tmp_path, PARTED)
    assert reading_text(data)[-1].startswith(heading.partition(".")[0])
    assert check(data) == []


@pytest.mark.parametrize("heading", ["Límites", "Apéndice 2. Más", "Parte del resto", "Apéndice 10. Más"])
def test_a_page_before_another_section_may_not(tmp_path, heading):
    problems = check(typeset(after(heading), tmp_path, PARTED))
    assert [(problem.page, problem.rule) for problem in problems] == [(3, "página vacía")]


def test_words_like_those_of_a_part_begin_none(tmp_path):
    text = f"{GOOD}\n\n## Otra\n\nPoco.\n\n> Parte A de una cita.\n\n{PARAGRAPH}"
    css = "section:last-child,blockquote{break-before:page}"
    problems = check(typeset(text, tmp_path, css))
    assert [(problem.page, problem.rule) for problem in problems] == [(3, "página vacía")]


def test_fullness_is_the_part_of_the_height_between_first_and_last_line(good):
    with pikepdf.open(io.BytesIO(good)) as pdf:
        structure, pages = Structure(pdf), list(painted(good))
        heights = [fullness(page, structure) for page in pages]
    _, bottom, _, top = TEXT_BOX
    lowest = min(item.bbox[1] for item in pages[0].items if item.text.strip() and not item.artifact)
    assert heights[0] == pytest.approx((top - lowest) / (top - bottom), abs=0.02)


@pytest.mark.parametrize("css", ["section.part{margin-top:-30mm}", "h3{position:relative;top:-10mm}"])
def test_text_over_text_is_found(tmp_path, css):
    assert "texto encimado" in rules(check(typeset(GOOD, tmp_path, css)))


def test_heading_at_the_foot_of_a_page_is_found(tmp_path):
    text = GOOD.replace("### Curva", f"{PARAGRAPH * 3}\n\n### Curva")
    css = "h3{break-after:page}.summary{break-after:page;padding-bottom:0}nav{display:none}"
    problems = check(typeset(text, tmp_path, css))
    assert (2, "título al pie") in [(problem.page, problem.rule) for problem in problems]


def test_note_that_is_printed_twice_is_found(tmp_path):
    data = typeset(NOTED, tmp_path)
    assert check(data) == []

    def print_again(pdf: pikepdf.Pdf) -> None:
        note = next(
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Note"
        )
        note.P.K.append(note)

    (problem,) = check(changed(data, print_again))
    assert problem.rule == "nota repetida"
    assert "«1" in problem.message
    assert "Una nota al lado" in problem.message


@pytest.mark.parametrize(
    ("anchor", "quoted"),
    [
        ("curva", "se esperaba la página 1, a la que lleva, se encontró «Curva 2»"),
        ("parte-a-una", "se esperaba la página 1, a la que lleva, se encontró «Parte A Una 2»"),
    ],
)
def test_contents_that_say_another_page_are_found(tmp_path, anchor, quoted):
    data = typeset(GOOD, tmp_path)
    assert check(data) == []

    def move(pdf: pikepdf.Pdf) -> None:
        pikepdf.NameTree(pdf.Root.Names.Dests)[anchor][0] = pdf.pages[0].obj

    (problem,) = check(changed(data, move))
    assert (problem.page, problem.rule) == (2, "página equivocada")
    assert quoted in problem.message


def test_problem_reads_as_a_line():
    assert str(Problem(3, "desborde", "una tabla sobresale.")) == "página 3 · desborde: una tabla sobresale."
    assert str(Problem(None, "título", "falta.")) == "documento · título: falta."
