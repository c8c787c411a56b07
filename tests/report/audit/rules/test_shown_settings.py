"""What the code that a text shows has set, against what the text says of it."""

import pytest
from audit_cases import examine

from report.audit.ruling import Verdict

CODE = """
# Informe

## GRU

```python
config = dict(batch_size=24, lr=3e-3, hidden_units=56, dropout=0.2)
red.fit(x, y, epochs=9)
```

{0}

## CNN

```python
config = dict(batch_size=40, lr=1e-3, hidden_units=72, dropout=0.3)
```
"""


def verdicts(statement):
    return [f.verdict for f in examine("", CODE.format(f"{statement}.")) if f.rule == "cita de lo impreso"]


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("Los lotes son de 24 ejemplos", "Los lotes son de 32 ejemplos"),
        ("La tasa de aprendizaje es de 3e-3", "La tasa de aprendizaje es de 1e-3"),
        ("La capa oculta tiene 56 unidades", "La capa oculta tiene 72 unidades"),
        ("The hidden layer has 56 units", "The hidden layer has 64 units"),
        ("El dropout de esta red es 0.2", "El dropout de esta red es 0.25"),
        ("Entrenamos durante 9 épocas", "Entrenamos durante 10 épocas"),
    ],
)
def test_a_setting_of_the_section_is_quoted(true, false):
    assert verdicts(true) == [Verdict.VERIFIED]
    assert verdicts(false) == [Verdict.CONTRADICTED]


def test_what_code_sets_is_exact():
    assert verdicts("El dropout es de 0.15") == [Verdict.CONTRADICTED]


def test_a_setting_that_code_gives_twice_proves_nothing():
    twice = CODE.replace("red.fit(", "otra = dict(batch_size=48)\nred.fit(")
    found = [f.verdict for f in examine("", twice.format("El tamaño de lote es 32."))]

    assert found == [Verdict.AMBIGUOUS]


@pytest.mark.parametrize(
    "statement",
    ["La exactitud en test del modelo con dropout es 90.8 %", "The test loss of the dropout model is 0.6068"],
)
def test_what_a_model_has_by_name_is_not_set(statement):
    text = f"```python\ndropout = 0.1\n```\n\n{statement}."

    assert Verdict.CONTRADICTED not in [
        f.verdict for f in examine("", f"# A\n\n## Modelo con dropout\n\n{text}")
    ]
