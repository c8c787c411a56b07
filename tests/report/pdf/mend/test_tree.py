"""The structure of a PDF is read without a break: paragraphs across pages, notes in their place."""

import io
from pathlib import Path

import pikepdf
import pytest
import sample_document as sample

from report.html.body import to_html
from report.html.page import page
from report.pdf.layout import lay_out
from report.proof.checks.reading import reading_text

LONG = "Una frase que se repite hasta que no cabe en la página. " * 90
LIST = "\n".join(
    f"- Punto {letter}: {'palabras y más palabras ' * 12}" for letter in "abcdefghijklmnopqrstuvwxyz"
)


def made(text: str, folder: Path, summary: str = "Hola.") -> pikepdf.Pdf:
    html = page(to_html(f"# Título\n\n## Resumen\n\n{summary}\n\n## Una\n\n{text}"), sample.META)
    return pikepdf.open(io.BytesIO(lay_out(html, folder).write([], sample.META.created)))


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [kid for kid in element.get("/K", []) if not isinstance(kid, int) and "/S" in kid]


def walk(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [element, *(below for kid in kids(element) for below in walk(kid))]


def elements(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Object]:
    return elements_below(pdf.Root.StructTreeRoot.K[0], tag)


def elements_below(element: pikepdf.Object, tag: str) -> list[pikepdf.Object]:
    return [below for below in walk(element) if str(below.S) == tag]


def pages_of(element: pikepdf.Object) -> int:
    return len({below.Pg.objgen for below in walk(element)})


def test_a_paragraph_divided_between_pages_is_one(tmp_path):
    pdf = made(f"{LONG}\n\nOtra.", tmp_path)

    assert [pages_of(paragraph) for paragraph in elements(pdf, "/P")[-2:]] == [2, 1]


def test_all_pages_make_one_part_and_a_section_of_each_heading(tmp_path):
    pdf = made(f"{LONG}\n\n## Otra\n\n{LONG}\n\n{LONG}", tmp_path)

    assert len(pdf.pages) > 3
    assert len(elements(pdf, "/Part")) == 1
    assert [pages_of(section) > 1 for section in elements(pdf, "/Sect")] == [False, True, True]


def test_a_list_divided_between_pages_is_one(tmp_path):
    pdf = made(f"{LONG}\n\n{LIST}", tmp_path)
    lists = elements(pdf, "/L")

    assert [pages_of(each) > 1 for each in lists] == [True]
    assert [item.S for item in kids(lists[0])] == ["/LI"] * 26


def test_a_table_divided_between_pages_is_one_and_its_cells_know_its_header(tmp_path):
    rows = "\n".join(f"| fila {number} | {number} |" for number in range(100))
    table = f'<a id="tab-a"></a>\n\n**Tabla 1.** Larga.\n\n| Nombre | Valor |\n| --- | ---: |\n{rows}'
    pdf = made(table, tmp_path)
    (whole,) = elements(pdf, "/Table")

    assert pages_of(whole) == len(pdf.pages) - 1 > 1
    assert [str(kid.S) for kid in kids(whole)] == ["/Caption", "/THead", "/TBody"]
    assert len(elements_below(whole, "/TR")) == 101
    names = [str(cell.ID) for cell in elements_below(whole, "/TH")]
    assert len(names) == len(set(names)) == 2 + 100
    heard = [[names.index(str(name)) for name in cell.A.Headers] for cell in elements_below(whole, "/TD")]
    assert heard == [[2 + number, 1] for number in range(100)]


def test_paragraphs_that_end_with_their_page_stay_apart(tmp_path):
    text = "\n\n".join(["Una frase sola."] * 120)

    assert len(elements(made(text, tmp_path), "/P")) == len(elements(made("Una sola.", tmp_path), "/P")) + 119


def test_every_element_knows_its_parent(tmp_path):
    pdf = made(f"{LONG}[^a]\n\n{LIST}\n\n[^a]: Una nota.", tmp_path)

    for element in walk(pdf.Root.StructTreeRoot.K[0]):
        assert all(kid.P.objgen == element.objgen for kid in kids(element))


NOTES = (
    "Dice esto[^a] y aquello.[^b] {}\n\nSigue otra cosa.\n\n[^a]: La primera nota.\n\n[^b]: La segunda nota."
)


@pytest.mark.parametrize("more", ["", LONG])
def test_notes_follow_the_paragraph_that_calls_them_in_their_order(tmp_path, more):
    pdf = made(NOTES.format(more), tmp_path)
    section = elements(pdf, "/Sect")[1]

    blocks = [str(below.S) for below in walk(section) if below.S in ("/P", "/Note")]
    assert blocks[-4:] == ["/P", "/Note", "/Note", "/P"]
    assert [str(note.ID) for note in elements(pdf, "/Note")] == ["note-1", "note-2"]


def test_what_is_set_like_a_table_is_no_more_than_it_is(tmp_path):
    """Boxes around a box of the page are none of its elements: neither lists of numbers and of answers,
    nor the contents in columns, nor a paragraph and its notes."""
    facts = "- **86 %** acierta una red\n- **91 %** acierta otra"
    answers = "- **¿Acierta?** Sí, y *mucho*.\n- **¿Oscila?** No."
    pdf = made(NOTES.format(""), tmp_path, summary=f"{facts}\n\nHola.\n\n{answers}")
    everything = walk(pdf.Root.StructTreeRoot.K[0])

    assert [[item.S for item in kids(each)] for each in elements(pdf, "/L")] == [["/LI"] * 2] * 2
    for item in elements(pdf, "/LI"):
        assert [kid.S for kid in kids(item)] == ["/LBody"]
    assert [str(kid.S) for kid in kids(elements(pdf, "/TOC")[0])] == ["/TOCI"]
    nested = [(str(e.S), str(kid.S)) for e in everything for kid in kids(e) if e.S == kid.S]
    assert {pair for pair in nested if pair[0] not in ("/Span", "/Div")} == set()
    assert nested.count(("/Div", "/Div")) == 1  # notes stand in a block of their own beside the paragraph


def test_a_page_is_read_with_its_notes_in_place(tmp_path):
    html = page(to_html(f"# Título\n\n## Resumen\n\nHola.\n\n## Una\n\n{NOTES.format('')}"), sample.META)
    _, text = reading_text(lay_out(html, tmp_path).write([], sample.META.created))

    marks = ["Dice esto", "La primera nota.", "La segunda nota.", "Sigue otra cosa."]
    positions = [text.index(mark) for mark in marks]
    assert positions == sorted(positions)
