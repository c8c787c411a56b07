"""What follows from the numbers themselves."""

import pytest
from audit_cases import contradicted, examine

from report.audit.ruling import Verdict

CLASSES = """
| | precision | recall | f1-score | support |
|---|---|---|---|---|
| gato | 0.60 | 0.90 | 0.72 | 10 |
| perro | 0.96 | 0.80 | 0.87 | 30 |
| macro avg | {} | 0.85 | 0.80 | 40 |
| weighted avg | 0.87 | 0.82 | {} | 40 |
"""
F1, MEAN = "F1 de precisión y exhaustividad", "media de las clases"


@pytest.mark.parametrize(("f1", "rules"), [("0.69", []), ("0.68", []), ("0.70", [F1]), ("0.75", [F1])])
def test_f1_is_the_harmonic_mean(f1, rules):
    assert contradicted(f"Precision: 0.60. Recall: 0.80. F1: {f1}") == rules


def test_a_mean_of_several_classes_may_be_something_else():
    found = examine("Precision: 0.60. Recall: 0.80. F1: 0.75. Son valores macro")

    assert [ruling.verdict for ruling in found] == [Verdict.AMBIGUOUS]
    assert contradicted("Macro precision: 0.60. Macro recall: 0.80. Macro F1: 0.75") == []


@pytest.mark.parametrize(
    ("macro", "weighted", "rules"),
    [("0.78", "0.83", []), ("0.87", "0.83", [MEAN]), ("0.78", "0.80", [MEAN]), ("0.7800", "0.83", [])],
)
def test_averages_over_the_classes(macro, weighted, rules):
    assert contradicted("Informe", CLASSES.format(macro, weighted)) == rules


def test_f1_of_a_class_of_a_table():
    table = CLASSES.format("0.78", "0.83").replace("0.72", "0.79")

    assert F1 in contradicted("Informe", table)
