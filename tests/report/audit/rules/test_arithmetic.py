"""What tables and sentences compute."""

import pytest
from audit_cases import examine

from report.audit.ruling import Verdict

GAPS = """
| Red | Train | Test | Brecha |
|---|---|---|---|
| Alfa | 0.91 | 0.85 | 0.06 |
| Beta | 0.93 | 0.84 | 0.09 |
| Gamma | 0.97 | 0.82 | 0.15 |
| Delta | 0.88 | 0.86 | {} |
"""
COUNTS = """
| Parte | Ejemplos |
|---|---|
| Norte | 1200 |
| Sur | 300 |
| Total | {} |
"""


def verdicts(statement, table=""):
    return [f.verdict for f in examine(statement, table) if f.rule in ("suma", "cuenta de la tabla")]


@pytest.mark.parametrize(
    ("statement", "fits"),
    [
        ("La exactitud pasa de 0.80 a 0.84 (+0.04)", True),
        ("La exactitud pasa de 80 % a 84 % (+5 %)", True),  # relative to 80
        ("La exactitud pasa de 0.80 a 0.84 (+0.09)", False),
        ("Quedan 12000 + 3000 = 15000 textos", True),
        ("Quedan 12000 + 3000 = 16000 textos", False),
        ("Es mejor que el anterior: 87.9 % frente a 86.1 %", True),
        ("Es mejor que el anterior: 86.1 % frente a 87.9 %", False),
        ("Con 0.62 el primero y 0.54 el segundo, hay un aumento de 0.08", True),
        ("Con 0.62 el primero y 0.54 el segundo, hay un aumento de 0.8", False),
    ],
)
def test_within_a_sentence(statement, fits):
    assert verdicts(statement) == [Verdict.VERIFIED if fits else Verdict.CONTRADICTED]


@pytest.mark.parametrize(
    "statement",
    [
        "La pérdida es mejor que la anterior: 0.31 frente a 0.35",  # less is better
        "No es mejor que el anterior: 86.1 % frente a 87.9 %",
        "La versión 3.5 frente a la 4.1",
    ],
)
def test_what_a_sentence_alone_does_not_decide(statement):
    assert verdicts(statement) == []


@pytest.mark.parametrize(("gap", "last"), [("0.02", Verdict.VERIFIED), ("0.20", Verdict.CONTRADICTED)])
def test_a_column_of_differences_has_one_slip_or_none(gap, last):
    assert verdicts("Nada", GAPS.format(gap)) == [Verdict.VERIFIED] * 3 + [last]


@pytest.mark.parametrize(("total", "verdict"), [(1500, Verdict.VERIFIED), (1600, Verdict.CONTRADICTED)])
def test_the_last_row_is_the_sum(total, verdict):
    assert verdicts("Nada", COUNTS.format(total)) == [verdict]
