"""Rows as text, JSON, CSV, one page and what Gradescope reads."""

import csv
import io
import json
import re

import pytest

from report.handins.output import FORMATS, HEADER, to_csv, to_gradescope, to_html, to_json, to_text
from report.handins.row import Row, State

ROWS = [
    Row(
        "ana.pdf",
        State.PROVEN,
        90,
        90,
        origin="propios",
        seeds=(1, 2),
        digest="abc",
        same_as=("eva.pdf",),
        told=("Demostrado.",),
        seconds=2.25,
    ),
    Row("=luis<b>.md", State.CONTRADICTED, 12, 5, 2, 1, told=("Línea 3: contradicho",)),
    Row("roto\n.pdf", State.UNKNOWN, reason="se esperaba un PDF, se encontró otra cosa."),
]


def test_a_person_reads_a_line_for_each_and_a_summary():
    assert to_text(ROWS).splitlines() == [
        "ana.pdf: demostrado; 90 de 90 cifras comprobadas; resultados propios, semillas 1 2; los mismos "
        "datos que eva.pdf.",
        "=luis<b>.md: con contradicciones; 5 de 12 cifras comprobadas; contradicciones: 2; sin respaldo: 1.",
        "roto\\n.pdf: no comprobado; se esperaba un PDF, se encontró otra cosa.",
        "Ficheros: 3 (demostrado, 1; con contradicciones, 1; no comprobado, 1).",
    ]


def test_a_program_reads_values():
    first, second, third = json.loads(to_json(ROWS))
    assert (first["estado"], first["cifras leídas"], first["semillas"], first["dice"]) == (
        *("demostrado", 90, [1, 2], ["Demostrado."]),
    )
    assert (second["contradicciones"], third["motivo"]) == (2, ROWS[2].reason)


def test_a_spreadsheet_runs_nothing():
    header, *rows = csv.reader(io.StringIO(to_csv(ROWS)))
    assert header == list(HEADER)
    assert [row[0] for row in rows] == ["ana.pdf", "'=luis<b>.md", "roto\n.pdf"]
    assert rows[0][1:10] == ["demostrado", "90", "90", "0", "0", "propios", "1 2", "abc", "eva.pdf"]


def test_the_page_needs_nothing_and_has_the_findings_beneath():
    page = to_html(ROWS)
    assert re.findall(r"(?:src|href)=\"(?!#|data:)", page) == []
    assert page.count("<section") == 3
    assert "=luis&lt;b&gt;.md" in page
    assert "<b>" not in page
    assert re.search(r'href="#entrega2">=luis', page)
    assert re.search(r'id="entrega2" class="code1">\s*<h2>=luis', page)
    assert "<pre>Línea 3: contradicho</pre>" in page


def test_gradescope_reads_a_test_for_each():
    found = json.loads(to_gradescope(ROWS))
    assert [(test["name"], test["status"], test["score"]) for test in found["tests"]] == [
        ("ana.pdf", "passed", 1),
        ("=luis<b>.md", "failed", 0),
        ("roto\n.pdf", "failed", 0),
    ]
    assert found["tests"][1]["output"] == "con contradicciones.\nLínea 3: contradicho"


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_is_written_of_none_too(form):
    assert FORMATS[form]([])
