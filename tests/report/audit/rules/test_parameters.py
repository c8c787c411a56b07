"""How many parameters a network has, against its summary."""

import json

import pytest

from report.audit import evidence, rules
from report.audit.readers import notebook
from report.audit.understanding import understand

SUMMARY = "dense (Dense)  (None, 64)  50,240\nTotal params: 1,218,282\nTrainable params: 1,218,282\n"


def found_in(statement, output=SUMMARY):
    shown = {"output_type": "stream", "name": "stdout", "text": output}
    cells = [
        {"cell_type": "code", "source": "model.summary()", "outputs": [shown]},
        {"cell_type": "markdown", "source": statement},
    ]
    understood = understand(notebook.read(json.dumps({"cells": cells})))
    found = rules.check(understood, evidence.own(understood))
    return [str(f.verdict) for f in found if f.rule == "número de parámetros"]


@pytest.mark.parametrize(
    ("statement", "verdicts"),
    [
        ("El modelo tiene 1.2 millones de parámetros", ["verificado"]),
        ("The model has ~1.2M parameters", ["verificado"]),
        ("The model has 1,218,282 parameters", ["verificado"]),
        ("La primera capa tiene 50240 parámetros", ["verificado"]),
        ("The model has 2.8M parameters", ["contradicho"]),
        ("Podríamos usar un modelo de 36M parámetros", []),  # supposed
        ("Se probaron 3 parámetros", []),
    ],
)
def test_what_is_said_of_the_only_network(statement, verdicts):
    assert found_in(statement) == verdicts


def test_of_two_networks_nobody_knows_which():
    assert found_in("The model has 2.8M parameters", SUMMARY + "Total params: 99,000\n") == []
