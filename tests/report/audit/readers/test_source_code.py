"""Settings out of the code of a notebook."""

import json

import pytest

from report.audit.blocks import Place, Printed, Text
from report.audit.readers import markdown, notebook, source_code


def lines(source, known=None):
    return [
        block.text
        for block in source_code.settings(
            source, [Place.at(i, 3) for i in range(1, 9)], known if known is not None else {}
        )
    ]


def test_names_calls_dictionaries_and_layers_set():
    assert lines("LOTE = 3\nbatch_size = 16\nself.lr = 0.01") == ["batch size = 16", "learning rate = 0.01"]
    assert lines("m.fit(x, y, epochs=7, verbose=True)") == ["epochs = 7"]
    assert lines("c = {'patience': 2, 'nota': 'x', 3: 4}") == ["patience = 2"]
    assert lines("Embedding(900, 24); LSTM(12)") == [
        "vocabulary size = 900",
        "embedding dimension = 24",
        "LSTM units = 12",
    ]


def test_a_constant_is_followed_into_the_cells_below():
    known = {}

    assert lines("E = 4\nTASA = 1e-3", known) == []
    assert lines("fit(epochs=E)\nAdam(lr=TASA)\nfit(epochs=otra)", known) == [
        "epochs = 4",
        "learning rate = 0.001",
    ]


def test_commands_of_the_notebook_are_no_code_and_what_is_none_sets_nothing():
    assert lines("%pip install x\n!ls\nlr = 2") == ["learning rate = 2"]
    assert lines("lr = ") == []


def test_they_are_printed_where_they_stand():
    cells = [{"cell_type": "code", "source": "x = 1\nlr = 0.5", "outputs": []}]
    (block,) = notebook.read(json.dumps({"cells": cells}))

    assert (block.printed, str(block.place(0))) == (True, "celda 1, línea 2")


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("red.evaluate(x_test, y_test)", "test"),
        ("notas = red.evaluate(x_val, y_val)\nprint(notas)", "val"),
        ("notas = red.evaluate(datos)\nnotas", ""),
        ("red.fit(x)\nhistoria", source_code.NOT),
        ("notas = red.evaluate(x_test)\nnotas = 3\nnotas", source_code.NOT),
        ("esto no es código", source_code.NOT),
    ],
)
def test_what_evaluate_gave_is_shown(code, part):
    assert source_code.evaluated(code, {}) == part


def test_the_model_of_a_cell_is_the_only_one_that_it_uses():
    known = {}

    assert source_code.model("a = DecisionTreeClassifier(max_depth=3)\nb = SVC()", known) == ""
    assert source_code.model("salida = a.predict(x)", known) == "decision tree"
    assert source_code.model("print(report(y, salida))", known) == "decision tree"
    assert source_code.model("a = 3\nprint(a)", known) == ""


def test_the_test_part_is_a_split_and_dropout_a_setting():
    assert lines("train_test_split(x, y, test_size=0.25)\nDropout(0.4)") == [
        "75 % train, 25 % test",
        "dropout = 0.4",
    ]


def test_what_a_text_shows_as_code_sets_and_what_stands_below_is_printed_by_it():
    code = "LOTE, lr = 8, 0.02\nDense(40, 'relu'); Dense(3, activation='softmax')"
    text = f"```python\n{code}\n```\n\n```\n[[9]]\n```"
    blocks = source_code.shown(markdown.read(text))

    assert [block.text for block in blocks if isinstance(block, Text)] == [
        "learning rate = 0.02",
        "hidden units = 40",
    ]
    assert [block.code[:4] for block in blocks if isinstance(block, Printed)] == ["", "LOTE"]


@pytest.mark.parametrize("output", ["{'lr': 0.5}", "[1, 2]", "array([[1, 2]])", "lr: 0.5", "Epoch 1/2"])
def test_what_was_printed_sets_nothing(output):
    assert [type(block) for block in source_code.shown(markdown.read(f"```\n{output}\n```"))] == [Printed]
