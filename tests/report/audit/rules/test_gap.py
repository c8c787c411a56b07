"""The gap is of one epoch."""

import pytest
from audit_cases import EPOCHS, contradicted, examine, verdicts

from report.audit.ruling import Severity, Verdict


@pytest.mark.parametrize(
    "statement",
    [
        "The final gap is 0.15",
        "La brecha es 0.15",  # of no moment: the last epoch's
        "La brecha es 0.04",  # or that of the best one
        "La brecha en la época 4 es 0.10",
        "La exactitud de entrenamiento está 0.15 por encima de la de validación",
    ],
)
def test_a_gap_of_one_epoch_is_verified(statement):
    assert verdicts(statement, EPOCHS) == [Verdict.VERIFIED]


def test_a_gap_of_two_epochs_is_traced_to_both():
    (ruling,) = examine("The final gap is 0.12", EPOCHS)

    assert (ruling.rule, ruling.verdict) == ("brecha de una sola época", Verdict.CONTRADICTED)
    assert ruling.expected.startswith("brecha en la última época: 0.1500; lo escrito resta la validación")


def test_a_gap_of_an_unnamed_epoch_is_ambiguous():
    assert verdicts("La brecha es 0.10", EPOCHS) == [Verdict.AMBIGUOUS]
    assert contradicted("La brecha final es 0.10", EPOCHS) == ["brecha de una sola época"]


def test_a_judgement_that_falls_with_it_is_more_than_an_error():
    (light,) = examine("La brecha final es 0.07 (sobreajuste moderado)", EPOCHS)
    (same,) = examine("La brecha final es 0.17 (sobreajuste severo)", EPOCHS)

    assert (light.severity, same.severity) == (Severity.CONCLUSION, Severity.ERROR)


@pytest.mark.parametrize(("gap", "rules"), [("0.09", []), ("0.12", ["brecha de una sola época"])])
def test_without_a_table_the_stated_accuracies_decide(gap, rules):
    text = f"Exactitud final de entrenamiento: 0.97. Exactitud final de validación: 0.88. Brecha final: {gap}"

    assert contradicted(text) == rules


@pytest.mark.parametrize(
    ("gap", "rules"),
    [
        ("En la época elegida la brecha es de 0.06", []),  # 0.93 - 0.87, and not 0.97 - 0.88
        ("En la época elegida la brecha es de 0.09", ["brecha de una sola época"]),
        ("La brecha final es 0.06", ["brecha de una sola época"]),
        ("La brecha es 0.06", []),
        ("En la semilla 3 la brecha es de 0.04", []),  # of one seed, and the accuracies are means
    ],
)
def test_without_a_table_those_of_the_same_moment_decide(gap, rules):
    table = (
        "| Métrica | Época elegida | Última época |\n| --- | --- | --- |\n"
        "| Exactitud de entrenamiento | 0.93 ± 0.01 | 0.97 ± 0.01 |\n"
        "| Exactitud de validación | 0.87 ± 0.01 | 0.88 ± 0.01 |\n"
    )
    assert contradicted(f"{gap}.\n\n{table}") == rules
