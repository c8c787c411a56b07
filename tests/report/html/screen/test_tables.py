"""Tables on the screen: named, copied, downloaded."""

import re
from urllib.parse import unquote

import pytest

from report.html.screen.tables import as_csv, with_tables

TABLE = (
    '<table class="wide" id="tab-datos">\n<caption><strong>Tabla 2.</strong> Los datos.</caption>'
    '<thead><tr><th scope="col">Cosa</th><th scope="col">Valor</th></tr></thead>'
    '<tbody><tr><th scope="row">A &amp; B</th>'
    '<td class="num">\ue0004\ue0010.25\ue002</td></tr></tbody></table>'
)


def test_a_table_stands_in_a_box_that_knows_its_name_and_keeps_its_anchor_and_class(parts):
    html = with_tables(TABLE, ".", parts)
    assert '<div class="table" id="tab-datos">' in html
    assert '<div class="scroll" data-name="Tabla 2"><table class="wide">' in html
    assert html.count("tab-datos") == 1
    assert "\ue0004\ue0010.25\ue002" in html


BESIDE = (
    '<table class="named" id="tab-a"><caption><strong>Tabla 6.</strong> Ajustes.</caption>'
    '<thead>\n<tr>\n<th scope="col">Ajuste</th>\n<th class="num" scope="col">Valor</th>\n'
    '<th scope="col">Ajuste</th>\n<th class="num" scope="col">Valor</th>\n</tr>\n</thead>\n<tbody>\n'
    '<tr><th scope="row">uno</th><td class="num">\ue0004\ue0011\ue002</td>'
    '<th scope="row">tres</th><td class="num">&lt; 3</td></tr>\n'
    '<tr><th scope="row">dos</th><td class="num">2</td><td></td><td class="num"></td></tr>\n'
    "</tbody></table>"
)


def test_what_paper_has_in_two_halves_has_one_name_a_row(parts):
    html = with_tables(BESIDE, ".", parts)
    rows = re.findall("<tr>(.*?)</tr>", html.replace("\n", ""))
    assert rows == [
        '<th scope="col">Ajuste</th><th class="num" scope="col">Valor</th>',
        '<th scope="row">uno</th><td class="num">\ue0004\ue0011\ue002</td>',
        '<th scope="row">dos</th><td class="num">2</td>',
        '<th scope="row">tres</th><td class="num">&lt; 3</td>',
    ]
    address = html.partition('href="data:text/csv;charset=utf-8,')[2].partition('"')[0]
    assert unquote(address) == "\ufeffAjuste,Valor\r\nuno,1\r\ndos,2\r\ntres,< 3\r\n"


def test_its_csv_is_inside_the_page(parts):
    html = with_tables(TABLE, ".", parts)
    assert 'download="tabla-2.csv"' in html
    address = html.partition('href="data:text/csv;charset=utf-8,')[2].partition('"')[0]
    assert unquote(address) == "\ufeffCosa,Valor\r\nA & B,0.25\r\n"


@pytest.mark.parametrize(
    ("decimal", "printed", "cell"),
    [
        (".", "0.25", "0.25"),
        (",", "0,25", "0,25"),
        (".", "\u221212\u00a0345.5", "-12345.5"),  # minus sign, space between thousands
        (".", "5000", "5000"),
        (".", "0.25 ± 0.01", "0.25 ± 0.01"),
        (".", "65\u202f%", "65\u202f%"),
        (".", "1, 2, 3", '"1, 2, 3"'),
        (",", "1, 2, 3", "1, 2, 3"),
        (".", "—", "—"),
        (".", "2026-11-27", "2026-11-27"),
    ],
)
def test_a_lone_number_is_written_for_a_program(decimal, printed, cell):
    sign = ";" if decimal == "," else ","
    row = f"<table><tr><th>x</th><td>{printed}</td></tr></table>"
    assert as_csv(row, decimal) == f"x{sign}{cell}\r\n"
