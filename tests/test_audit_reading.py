"""Readers, numerals, output, exit codes and hostile input."""

import json
import random
import time

import pytest

from report.__main__ import main
from report.audit.blocks import Place, Table, UnreadableError
from report.audit.numerals import Interval, find
from report.audit.readers import html as read_html
from report.audit.readers import markdown as read_markdown
from report.audit.readers import notebook as read_notebook

STATEMENT = "Final val_accuracy: 0.70. "
TABLE = "\n\n| Epoch | val_accuracy |\n| --- | --- |\n| 1 | 0.60 |\n| 2 | 0.70 |\n"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("0,8638", 0.86375, 0.86385),
        ("0.8638", 0.86375, 0.86385),
        ("86,38 %", 0.86375, 0.86385),
        ("86.38%", 0.86375, 0.86385),
        ("≈86 %", 0.85, 0.87),
        ("~0.09", 0.08, 0.10),
        ("2e-4", 0.00015, 0.00025),
        ("1.3–1.4", 1.25, 1.45),
    ],
)
def test_a_number_stands_for_what_rounds_to_it(text, low, high):
    numerals, typos = find(text)
    interval = numerals[0].interval()

    assert (len(numerals), typos) == (1, [])
    assert (interval.low, interval.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize("text", ["25.000", "25,000", "25 000", "25\u00a0000", "25k", "25 mil", "25000"])
def test_thousands_in_every_form(text):
    assert find(text)[0][0].whole == 25000


def test_one_sign_two_readings():
    numeral = find("1.386")[0][0]

    assert (numeral.real, numeral.whole) == (1.386, 1386)


def test_neighbouring_roundings_do_not_agree():
    assert not Interval(0.88315, 0.88325).agrees(Interval(0.88325, 0.88335))
    assert Interval(0.885, 0.895).agrees(Interval(0.88315, 0.88525))


def test_markdown_keeps_lines_and_drops_code():
    blocks = read_markdown.read(
        "# A\n\n`x = 1` uno\ndos\n\n```\ntres\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )

    assert [getattr(block, "text", None) for block in blocks] == ["A", "uno dos", None]
    assert blocks[1].place(5) == Place("linea", 4)
    assert blocks[2] == Table((("a", "b"), ("1", "2")), (Place("linea", 10), Place("linea", 12)))


def test_html_reads_nested_tables_and_skips_scripts_and_notes():
    page = "<script>val 1</script><p>Uno<sup>3</sup></p>"
    page += "<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>"
    blocks = read_html.read(page)

    assert blocks[0].text == "Uno"
    assert [block.rows for block in blocks[1:]] == [(("b",),), (("a",),)]


def test_a_notebook_keeps_its_cells():
    cells = [
        {"cell_type": "code", "source": "acc = 0.1"},
        {"cell_type": "markdown", "source": ["Uno\n", "\n", "dos"]},
    ]
    blocks = read_notebook.read(json.dumps({"cells": cells}))

    assert [(b.text, str(b.place(0))) for b in blocks] == [
        ("Uno", "celda 2, línea 1"),
        ("dos", "celda 2, línea 3"),
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": 3}', '{"cells": [3]}', "[" * 100_000])
def test_what_is_no_notebook_is_refused(text):
    with pytest.raises(UnreadableError, match="se esperaba un cuaderno"):
        read_notebook.read(text)


def test_exit_codes(tmp_path, capsys):
    path = tmp_path / "informe.md"
    path.write_text(STATEMENT + TABLE)
    assert main(["audit", str(path)]) == 0
    path.write_text(STATEMENT.replace("0.70", "0.60") + TABLE)
    assert main(["audit", str(path)]) == 1
    path.write_text("Nada que comprobar.")
    assert main(["audit", str(path)]) == 2
    assert main(["audit", str(tmp_path / "no.md")]) == 2
    assert "revise la ruta" in capsys.readouterr().err


def test_json_says_place_and_verdict(tmp_path, capsys):
    path = tmp_path / "informe.md"
    path.write_text("\n\n" + STATEMENT.replace("0.70", "0.60") + TABLE)
    main(["audit", str(path), "--format", "json"])
    content = json.loads(capsys.readouterr().out)

    assert content["contradichos"] == 1
    (finding,) = content["hallazgos"]
    assert (finding["linea"], finding["veredicto"], finding["gravedad"]) == (3, "contradicho", "error")
    assert finding["dice"] == "Final val_accuracy: 0.60"
    assert "0.70" in finding["esperado"]


HOSTILE = {
    "digits.md": "9" * 10**6,
    "points.md": "1." * 300_000,
    "brackets.md": "[a](" * 100_000,
    "pipes.md": "|" * 500_000 + "\n" + "|-" * 250_000,
    "figures.md": "Figura 1, 2, " * 20_000,
    "nested.html": "<table><tr><td>accuracy 0.9" * 20_000,
    "comments.html": "<!--" * 200_000,
    "angles.html": "<" * 200_000,
    "broken.pdf": "%PDF-1.4 garbage",
}


@pytest.mark.parametrize("name", [*HOSTILE, "noise.md"])
def test_hostile_input_ends_in_bounded_time(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name].encode() if name in HOSTILE else random.Random(1).randbytes(300_000))
    started = time.process_time()

    assert main(["audit", str(path)]) in (0, 1, 2)
    assert time.process_time() - started < 10


def test_two_megabytes_in_five_seconds(tmp_path):
    path = tmp_path / "largo.md"
    filler = "La red lee la reseña palabra por palabra; la semana 3 fue lluviosa. " * 3 + "\n\n"
    path.write_text(STATEMENT + TABLE + filler * (2_000_000 // len(filler)))
    started = time.process_time()

    assert main(["audit", str(path)]) == 0
    assert time.process_time() - started < 5
