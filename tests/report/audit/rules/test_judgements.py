"""Judgements with a rule, and opinions that nothing supports."""

import pytest
from audit_cases import EPOCHS, MATRIX, contradicted, examine, verdicts

from report.audit.ruling import Verdict

UNSUPPORTED = [Verdict.UNSUPPORTED]


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("There is severe overfitting", []),
        ("There is mild overfitting", ["grado de sobreajuste"]),
        ("Diríamos que el sobreajuste es leve", ["grado de sobreajuste"]),
        ("El sobreajuste no es leve", []),  # denied
        ("Un sobreajuste leve habría bastado", []),  # supposed
    ],
)
def test_the_degree_follows_from_the_gap(statement, rules):
    assert contradicted(statement, EPOCHS) == rules  # 0.96 − 0.81 = 0.15


def test_the_next_degree_is_a_question_because_the_thresholds_are_ours():
    (ruling,) = examine("The overfitting is moderate", EPOCHS)
    assert ruling.verdict is Verdict.AMBIGUOUS
    assert "los límites son los de este programa" in ruling.expected


def test_the_degree_that_follows_is_said_with_its_thresholds():
    (ruling,) = examine("Diríamos que el sobreajuste es leve", EPOCHS)
    assert ruling.expected == (
        "con una brecha de 0.1500 sería severo (leve desde 0.01, moderado desde 0.05, severo desde 0.10)"
    )


def test_without_a_table_the_stated_gap_decides():
    assert contradicted("La brecha final es 0.15. El sobreajuste es leve") == ["grado de sobreajuste"]
    assert contradicted("La brecha final es 0.15. El sobreajuste es severo") == []


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("La GAN queda en equilibrio: la pérdida final del discriminador es 1.38", []),
        ("La GAN queda en equilibrio: la pérdida final del discriminador es 0.69", []),  # halves averaged
        ("La GAN queda en equilibrio: la pérdida final del discriminador es 0.05", ["equilibrio y pérdidas"]),
        ("El discriminador colapsa. Pérdida final del discriminador: 1.38", ["equilibrio y pérdidas"]),
        ("El discriminador no colapsa. Pérdida final del discriminador: 1.38", []),
        ("El discriminador no colapsa. Pérdida final del discriminador: 0.05", ["equilibrio y pérdidas"]),
        # it compares, it lasts a while, or it is what something is done against
        ("En la GAN baja la probabilidad de colapso. Pérdida final del discriminador: 1.38", []),
        ("La GAN tiene menos colapso que la otra. Pérdida final del discriminador: 1.38", []),
        ("La GAN colapsa en las épocas 30-40. Pérdida final del discriminador: 1.38", []),
        ("The GAN uses dropout to prevent collapse. Final discriminator loss: 0.05", []),
        ("No hay colapso de modos en la GAN. Pérdida final del discriminador: 0.05", []),  # another collapse
        ("El equilibrio entre las clases. Pérdida final del discriminador: 0.05", []),
    ],
)
def test_equilibrium_and_collapse_follow_from_the_loss(statement, rules):
    assert contradicted(statement) == rules


@pytest.mark.parametrize(
    "statement",
    [
        "El resultado está dentro del rango esperado",
        "Se obtiene un rendimiento excelente",
        "La LSTM olvida lo que lee al principio",
        "Los dígitos son claramente legibles",
    ],
)
def test_an_opinion_without_proof_is_said(statement):
    assert verdicts(statement) == UNSUPPORTED
    assert contradicted(statement) == []


@pytest.mark.parametrize(
    "statement",
    [
        "El rango esperado es 0.85–0.88",
        "El rendimiento es bueno comparado con el 0.80 publicado",
        "La LSTM olvida: el 62 % de las reseñas con la clave al principio se falla",
        "La LSTM olvida lo que lee al principio (Tabla 4)",
        "El objetivo es comprender si la LSTM olvida",
        "La afirmación de que la LSTM olvida no se sostiene",
        "La LSTM no olvida lo que lee al principio",
        "El 12 % de los dígitos son claramente legibles",
    ],
)
def test_an_opinion_with_proof_or_none_at_all_is_not(statement):
    assert Verdict.UNSUPPORTED not in [ruling.verdict for ruling in examine(statement)]


def test_what_follows_toward_is_the_class_and_not_what_is_read_as():
    said = "El modelo tiene un sesgo hacia la clase {} (le cuesta etiquetar algo como {})"

    assert contradicted(said.format("positiva", "negativo"), MATRIX) == []  # 20 false positives, 10 negatives
    assert contradicted(said.format("negativa", "positivo"), MATRIX) == ["sentido del sesgo"]


@pytest.mark.parametrize("statement", ["The overfitting is moderate", "El sobreajuste es moderado"])
def test_what_is_near_a_bound_of_ours_is_asked(statement):
    assert verdicts(f"La brecha final es 0.105. {statement}") == [Verdict.AMBIGUOUS]  # 0.10 is the bound
