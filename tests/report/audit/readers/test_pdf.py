"""PDF: lines that stand side by side are rows of a table."""

import pytest
from weasyprint import HTML

from report.audit.blocks import Notice, Table, Text, UnreadableError
from report.audit.readers import pdf

STYLE = """<style>
td { padding: 2px 20px }
.close td { padding: 0 1px; text-align: right }
td + td + td { text-align: left !important }
</style>"""


def read(body):
    return pdf.read_here(HTML(string=STYLE + body).write_pdf())


def test_titles_items_and_paragraphs():
    blocks = read(
        "<h2>Métricas</h2><ul><li>Exactitud: 0.9<li>Pérdida: 0.3</ul><p>Una frase que acaba aquí.</p>"
    )

    assert [(block.kind, block.text) for block in blocks if isinstance(block, Text)] == [
        ("heading", "Métricas"),
        ("item", "Exactitud: 0.9"),
        ("item", "Pérdida: 0.3"),
        ("paragraph", "Una frase que acaba aquí."),
    ]
    assert str(blocks[0].place(0)) == "página 1"


def test_cells_that_stand_close_are_parted_by_the_other_rows():
    rows = [("Asunto", "Margen", "Veredicto"), ("Sesgo", "0.0117", "moderado"), ("Brecha", "0.1", "leve")]
    marks = ["<tr>", "<tr class=close>", "<tr>"]
    lines = [mark + "".join(f"<td>{cell}" for cell in row) for mark, row in zip(marks, rows, strict=True)]
    (table,) = read(f"<table>{''.join(lines)}</table>")

    assert isinstance(table, Table)
    assert table.rows == tuple(rows)


def test_captions_side_by_side_are_read_one_after_the_other():
    captions = ["Figura 1. De la iteración 500, con semilla.", "Figura 2. De la iteración 1000, con otra."]
    cells = "".join(f"<td style='width: 4cm; vertical-align: top'>{text}" for text in captions)

    assert [(block.kind, block.text) for block in read(f"<table><tr>{cells}</table>")] == [
        ("caption", text) for text in captions
    ]
    above = "<tr><td>Resultados<td>de todas"  # as a running head and its page's number
    assert [block.text for block in read(f"<table>{above}<tr>{cells}</table>")[-2:]] == captions


def test_a_note_mark_is_no_digit_but_a_power_is():
    found = read("<p>La exactitud es 0.9<sup>3</sup> y la tasa, 2·10<sup>4</sup> aquí.</p>")

    assert found[0].text == "La exactitud es 0.9 y la tasa, 2·10^4 aquí."


def test_more_pages_than_are_read_are_announced(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    blocks = read("<p>Uno.</p><p style='break-before:page'>Dos.</p>")

    assert blocks[0] == Notice("el PDF tiene 2 páginas: solo se leen las 1 primeras.")
    assert [block.text for block in blocks[1:]] == ["Uno."]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 garbage", b"hola"])
def test_a_damaged_file_is_refused(data):
    with pytest.raises(UnreadableError, match="se esperaba un PDF legible"):
        pdf.read(data)
