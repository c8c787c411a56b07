"""On which page each number is printed."""

import pytest

from report.errors import RenderError
from report.ledger.ledger import Leaf, Ledger, unmark
from report.ledger.quantities import COUNT, TEXT
from report.ledger.spanish import Style
from report.pdf.layout import Piece, lay_out
from report.proof.carried.placement import labels_of_drawings, pages_of_labels, pages_of_numbers, parse

FONT = '"Source Serif Pro"'


def mark(number, text):
    return f"\ue000{number}\ue001{text}\ue002"


def page(body):
    return (
        "<html lang=es><head><title>Prueba</title><style>"
        f"@page {{ size: 100mm 60mm }} html {{ font: 12pt {FONT}; hyphens: auto }}"
        "</style></head><body>"
        f"{body}</body></html>"
    )


def laid_out(body, folder):
    """The pieces of a page that is really typeset."""
    return lay_out(unmark(page(body)), folder).pieces


def pages(body, folder):
    return pages_of_numbers(parse(page(body)), laid_out(body, folder))


def test_a_number_stands_on_the_page_of_its_characters(tmp_path):
    filler = '<p style="break-before: page">Una página sin cifras.</p>' * 2
    body = f"<p>Son {mark(0, '0.5400')} y luego:</p>{filler}<p>{mark(1, '0.5400')}</p>"

    assert pages(body, tmp_path) == {0: {1}, 1: {3}}


def test_one_number_on_two_pages(tmp_path):
    body = f'<p>{mark(4, "12")}</p><p style="break-before: page">Otra vez {mark(4, "12")}.</p>'

    assert pages(body, tmp_path) == {4: {1, 2}}


def test_a_divided_paragraph_tells_its_numbers_apart(tmp_path):
    words = "extraordinariamente " * 60

    assert pages(f"<p>{mark(0, '1')} {words} {mark(1, '2')}</p>", tmp_path)[0] == {1}
    assert max(pages(f"<p>{mark(0, '1')} {words} {mark(1, '2')}</p>", tmp_path)[1]) > 1


def test_a_mark_may_hold_emphasis(tmp_path):
    assert pages("<p>Véase \ue0007\ue001Autor, <em>Título</em>, 1998\ue002.</p>", tmp_path) == {7: {1}}


def test_a_space_between_two_elements_is_no_character(tmp_path):
    assert pages(f"<p>{mark(7, '9')} <em>a</em> <em>b</em> fin</p>", tmp_path) == {7: {1}}


def test_the_header_of_a_divided_table_counts_on_each_page(tmp_path):
    rows = "<tr><td>fila</td></tr>" * 20
    table = f"<table><thead><tr><th>Semilla {mark(3, '1')}</th></tr></thead><tbody>{rows}</tbody></table>"

    assert len(pages(table, tmp_path)[3]) > 1


def test_an_alternative_text_stands_where_its_image_does(tmp_path):
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"/>')
    body = f'<p>Nada</p><p style="break-before: page"><img src="a.svg" alt="Vale {mark(2, "9")}."></p>'

    assert pages(body, tmp_path) == {2: {2}}


def test_characters_that_do_not_fit_are_refused():
    with pytest.raises(RenderError, match="Se esperaban 3 caracteres de un <p> en las páginas"):
        pages_of_numbers(parse(f"<p>{mark(0, '123')}</p>"), [Piece(1, 3, "12")])


def test_numbers_that_only_a_figure_prints_stand_on_its_page(tmp_path):
    (tmp_path / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="9">250 &lt; 1</text></svg>'
    )
    body = '<p>Nada</p><p style="break-before: page"><img src="a.svg" alt="Un dibujo."></p>'
    labels = labels_of_drawings(parse(page(body)), laid_out(body, tmp_path), tmp_path)
    ledger = Ledger(Style())
    for value in (250, 25, 1):
        ledger.print(COUNT(Leaf(value, f"x{value}")))
    ledger.print(TEXT(Leaf("2·ln 2", "nombre")))

    assert labels == {2: "\n250 < 1"}
    assert pages_of_labels(ledger, {2: {7}}, labels) == {0: {2}, 1: set(), 2: {7}, 3: set()}
