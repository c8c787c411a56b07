"""What sentences say of how things of a table compare."""

import pytest
from audit_cases import examine

from report.audit.ruling import Verdict

NETS = """
| Red | Accuracy (test) | Pérdida | Parámetros |
|---|---|---|---|
| GRU pequeña | 0.842 | 0.41 | 120,400 |
| GRU grande | 0.861 | 0.39 | 240,900 |
| CNN | 0.853 | 0.36 | 88,100 |
"""
TURNED = """
| | Antes de podar | Podada |
|---|---|---|
| Recall | 0.71 | 0.74 |
| Accuracy | 0.80 | 0.79 |
"""
RULE = "comparación y tabla"


def verdict(statement, table=NETS):
    found = [ruling for ruling in examine(statement, table) if ruling.rule == RULE]
    return found[0].verdict if found else None


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("La GRU grande obtiene la mejor accuracy", Verdict.VERIFIED),
        ("La CNN obtiene la mejor accuracy", Verdict.CONTRADICTED),
        ("La CNN tiene la mejor pérdida", Verdict.VERIFIED),
        ("La peor accuracy es la de la CNN", Verdict.CONTRADICTED),
        ("The highest accuracy is reached by the CNN", Verdict.CONTRADICTED),
        ("La accuracy más baja es la de la GRU pequeña", Verdict.VERIFIED),
        ("La mejor accuracy es de 0.853", Verdict.CONTRADICTED),
        ("La red con más parámetros es la GRU grande", Verdict.VERIFIED),
        ("La red con menos parámetros es la GRU pequeña", Verdict.CONTRADICTED),
        ("La CNN tiene menos parámetros que la GRU pequeña", Verdict.VERIFIED),
        ("La CNN tiene más parámetros que la GRU pequeña", Verdict.CONTRADICTED),
        ("La CNN supera en accuracy a la GRU grande", Verdict.CONTRADICTED),
        ("La GRU grande tiene el doble de parámetros que la GRU pequeña", Verdict.VERIFIED),
        ("La GRU grande tiene el doble de parámetros que la CNN", Verdict.CONTRADICTED),
    ],
)
def test_against_the_rows_that_are_named(statement, expected):
    assert verdict(statement) is expected


@pytest.mark.parametrize(
    "statement",
    [
        "Entre las pequeñas, la CNN obtiene la mejor accuracy",
        "La CNN no obtiene la mejor accuracy",
        "La CNN obtiene la segunda mejor accuracy",
        "La CNN tiene más parámetros",
        "El Transformer obtiene la mejor accuracy",
        "La GRU obtiene la mejor accuracy",  # which of the two
        "La CNN obtiene el mejor recall",  # which is in no column
        "La CNN es la más rápida",
    ],
)
def test_what_the_table_cannot_decide(statement):
    assert verdict(statement) is None


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Al podarla, en la red podada el recall sube de 0.71 a 0.74", Verdict.VERIFIED),
        ("La podada mejora el recall de 0.69 a 0.74", Verdict.CONTRADICTED),
        ("La podada pasa de 0.71 a 0.79 de recall", None),  # the last value is of another column
    ],
)
def test_from_one_row_to_another_in_a_table_of_columns(statement, expected):
    assert verdict(statement, TURNED) is expected


def test_two_tables_that_disagree_decide_nothing():
    other = NETS.replace("0.861", "0.841")

    assert verdict("La GRU grande obtiene la mejor accuracy", NETS + other) is None


def of_rule(rule, statement, table=NETS):
    return [ruling.verdict for ruling in examine(statement, table) if ruling.rule == rule]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("La GRU grande supera a la CNN en 0.008 de accuracy", [Verdict.VERIFIED]),
        ("La GRU grande supera a la CNN en 0.9 puntos de accuracy", [Verdict.VERIFIED]),  # relative
        ("La GRU grande supera a la CNN en 0.03 de accuracy", [Verdict.CONTRADICTED]),
        ("La GRU grande supera a la CNN con 0.861 de accuracy", []),  # its value
        ("La GRU grande gana 0.03 de accuracy", []),  # to whom
    ],
)
def test_a_difference_is_that_of_the_two_rows(statement, expected):
    assert of_rule("diferencia y tabla", statement) == expected


def test_of_two_rows_one_names_both():
    table = TURNED.replace("Antes de podar", "Base")
    assert of_rule("diferencia y tabla", "La podada logra +0.03 de recall", table) == [Verdict.VERIFIED]
    assert of_rule("diferencia y tabla", "La podada logra +0.09 de recall", table) == [Verdict.CONTRADICTED]


def test_each_column_that_is_named_is_judged():
    found = [r for r in examine("GRU grande: la mejor accuracy y la mejor pérdida", NETS) if r.rule == RULE]
    assert [ruling.verdict for ruling in found] == [Verdict.VERIFIED, Verdict.CONTRADICTED]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("La CNN llega a 0.842", [Verdict.CONTRADICTED]),  # that is of the small one
        ("La CNN llega a 0.853", []),
        ("La CNN queda cerca de la GRU grande, con 0.861", []),
        ("La CNN mejora el 0.842", []),
    ],
)
def test_a_value_of_another_row(statement, expected):
    assert of_rule("valor de otra fila", statement) == expected


CLASSES = """
| | precision | recall | f1-score | support |
|---|---|---|---|---|
| sol | 0.90 | 0.70 | 0.79 | 100 |
| luna | 0.80 | 0.60 | 0.69 | 100 |
| macro avg | 0.85 | 0.65 | 0.74 | 200 |
"""


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("La clase sol tiene el mejor recall", [Verdict.VERIFIED]),
        ("La clase luna tiene el mejor recall", [Verdict.CONTRADICTED]),
    ],
)
def test_classes_of_a_report_compare(statement, expected):
    found = [r.verdict for r in examine(f"# Red\n\n{statement}", CLASSES) if r.rule == RULE]
    assert found == expected
