"""Notebooks: Markdown cells and what code showed."""

import json

import pytest

from report.audit.blocks import Notice, Place, Table, Text, UnreadableError
from report.audit.readers import markdown, notebook


def test_cells_and_lines():
    cells = [
        {"cell_type": "code", "source": "acc = 0.1"},
        {"cell_type": "markdown", "source": ["Uno\n", "\n", "dos"]},
    ]
    blocks = notebook.read(json.dumps({"cells": cells}))

    assert [(b.text, str(b.place(0))) for b in blocks] == [
        ("Uno", "celda 2, línea 1"),
        ("dos", "celda 2, línea 3"),
    ]


def test_no_more_of_all_cells_is_parsed_than_of_one_text():
    cell = {"cell_type": "markdown", "source": "x " * 150_000}
    blocks = notebook.read(json.dumps({"cells": [cell, cell, cell]}))
    read = sum(len(block.text) + 1 for block in blocks if isinstance(block, Text))
    assert read == markdown.MAX_CHARACTERS
    assert [block.text for block in blocks if isinstance(block, Notice)] == [
        "tiene más texto del que se lee, 100000 caracteres: lo que sigue no se comprueba."
    ]


def test_what_code_showed_as_html_or_markdown_is_read():
    shown = [
        {"data": {"text/html": "<table><tr><td>1</td></tr></table>"}},
        {"data": {"text/markdown": ["dos"]}},
    ]
    cells = [
        {"cell_type": "code", "source": "", "outputs": [*shown, {"data": {"text/plain": "0.1"}}, "roto"]}
    ]
    table, text, printed = notebook.read(json.dumps({"cells": cells}))

    assert table == Table((("1",),), (Place("celda", 1, 1),), printed=True)
    assert (text.text, text.printed) == ("dos", True)
    assert printed.lines == ("0.1",)


def test_what_a_cell_prints_is_one_text_with_the_lines_of_that_cell():
    streams = [{"output_type": "stream", "text": piece} for piece in (["uno\n", "dos\n"], "tres")]
    (printed,) = notebook.read(
        json.dumps({"cells": [{"cell_type": "code", "source": "f()", "outputs": streams}]})
    )

    assert [line for line in printed.lines if line] == ["uno", "dos", "tres"]
    assert (str(printed.places[1]), printed.code) == ("celda 1, línea 2", "f()")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": 3}', '{"cells": [3]}', "[" * 100_000])
def test_what_is_no_notebook_is_refused(text):
    with pytest.raises(UnreadableError, match="se esperaba un cuaderno"):
        notebook.read(text)


@pytest.mark.parametrize("outputs", [7, True, {"a": 1}, "salida"])
def test_outputs_that_are_none_are_refused(outputs):
    cells = [{"cell_type": "markdown", "source": "a"}, {"cell_type": "code", "outputs": outputs}]
    with pytest.raises(UnreadableError, match="se encontró en la celda 2 una salida que no lo es"):
        notebook.read(json.dumps({"cells": cells}))


def test_a_source_that_is_a_number_is_its_text():
    (block,) = notebook.read(json.dumps({"cells": [{"cell_type": "markdown", "source": 5}]}))
    assert block.text == "5"
