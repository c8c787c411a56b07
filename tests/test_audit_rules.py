"""Every identity on a document of a few lines: what contradicts it, and what must pass."""

import json
from pathlib import Path

import pytest

from report.audit.auditing import audit
from report.audit.finding import Severity, Verdict

FIXTURE = Path(__file__).parent / "data" / "audit_manual.md"

# Minimum of the loss in epoch 2, two rises, a fall between them; best accuracy in epoch 3.
EPOCHS = """
| Epoch | loss | accuracy | val_loss | val_accuracy |
| --- | --- | --- | --- | --- |
| 1 | 0.60 | 0.70 | 0.50 | 0.75 |
| 2 | 0.50 | 0.80 | 0.40 | 0.82 |
| 3 | 0.40 | 0.88 | 0.45 | 0.84 |
| 4 | 0.30 | 0.93 | 0.43 | 0.83 |
| 5 | 0.20 | 0.96 | 0.47 | 0.81 |
"""
MATRIX = """
| | Predicted negative | Predicted positive |
| --- | --- | --- |
| Actual negative | 80 | 20 |
| Actual positive | 10 | 90 |
"""
FIGURES = """
**Figura 1.** Paso 500: primeras muestras.

**Figura 2.** Paso 1000: últimas muestras.
"""


@pytest.fixture
def examine(tmp_path):
    def run(text, results=None):
        path = tmp_path / "informe.md"
        path.write_text(text, encoding="utf-8")
        return audit(path, results)

    return run


def contradicted(found):
    return [f.rule for f in found.findings if f.verdict is Verdict.CONTRADICTED]


RIGHT = [
    (EPOCHS, "Best val_accuracy: 0.84 (epoch 3)"),
    (EPOCHS, "La menor pérdida de validación se da en la época 2"),
    (EPOCHS, "Final training accuracy: 96 %"),
    (EPOCHS, "In epoch 4 validation accuracy was 0.83"),
    (EPOCHS, "La exactitud de validación acaba en 0,81"),
    (EPOCHS, "The final gap is 0.15"),
    (EPOCHS, "La val_loss sube dos veces"),
    (EPOCHS, "La val_loss oscila"),
    (EPOCHS, "Training loss decreases from 0.60 to 0.20"),
    (EPOCHS, "Training loss falls epoch after epoch"),
    (EPOCHS, "Early stopping with a patience of 3 stopped training at epoch 5"),
    (EPOCHS, "There is severe overfitting"),
    (EPOCHS, "The model was trained for 5 epochs"),
    (EPOCHS, "La val_loss no oscila por el orden de los lotes"),  # a denial is not judged
    (EPOCHS, "Si la val_loss subiera de forma sostenida, pararíamos antes"),  # nor a supposition
    (MATRIX, "Test accuracy: 0.85"),
    (MATRIX, "Recall of the positive class: 0.90"),
    (MATRIX, "La precisión de la clase positiva es 0.818"),
    (MATRIX, "The most common error is classifying negative reviews as positive (20 cases)"),
    (MATRIX, "Hay un sesgo hacia la clase positiva"),
    (MATRIX, "La prueba consta de 200 reseñas"),
    (MATRIX, "It misclassifies 10 of 100 positive reviews (10 %)"),
    ("", "De 25.000 reseñas de entrenamiento, 5000 son de validación y quedan 20 000"),
    ("", "The learning rate is 2e-4. Later: learning rate 0.0002"),
    (FIGURES, "En la iteración 500 (ver Figura 1) hay trazos"),
    (FIGURES, "Entre 500 y 1000 iteraciones (ver Figuras 1 y 2) hay trazos"),
    ("", "La GAN queda en equilibrio: la pérdida final del discriminador es 1.38"),
    ("", "La GAN queda en equilibrio: la pérdida final del discriminador es 0.69"),  # halves averaged
]
WRONG = [
    (EPOCHS, "Best val_accuracy: 0.84 (epoch 4)", "mejor época"),
    (EPOCHS, "Mejor época: 5", "mejor época"),
    (EPOCHS, "Final training accuracy: 93 %", "valor final"),
    (EPOCHS, "In epoch 4 validation accuracy was 0.84", "valor en su época"),
    (EPOCHS, "In epoch 9 validation accuracy was 0.84", "época inexistente"),
    (EPOCHS, "The final gap is 0.12", "brecha de una sola época"),  # 0.96 of epoch 5, 0.84 of epoch 3
    (EPOCHS, "La val_loss sube tres veces", "número de subidas"),
    (EPOCHS, "Desde la época 2 la val_loss sube de forma sostenida", "forma de la curva"),
    (EPOCHS, "Training loss increases from 0.60 to 0.20", "orden y sentido"),
    (EPOCHS, "Training accuracy falls epoch after epoch", "forma de la curva"),
    (EPOCHS, "Early stopping with a patience of 3 stopped training at epoch 4", "parada anticipada"),
    (EPOCHS, "There is mild overfitting", "grado de sobreajuste"),
    (EPOCHS, "The model was trained for 8 epochs", "épocas entrenadas"),
    (MATRIX, "Test accuracy: 0.86", "exactitud y matriz"),
    (MATRIX, "Recall of the positive class: 0.80", "métrica de clase y matriz"),
    (
        MATRIX,
        "The most common error is classifying positive reviews as negative (10 cases)",
        "error más común",
    ),
    (MATRIX, "Hay un sesgo hacia la clase negativa", "sentido del sesgo"),
    (MATRIX, "La prueba consta de 250 reseñas", "tamaños de los datos"),
    (MATRIX, "It misclassifies 10 of 100 positive reviews (12 %)", "porcentaje y recuento"),
    (
        "",
        "De 25.000 reseñas de entrenamiento, 5000 son de validación y quedan 21 000",
        "tamaños de los datos",
    ),
    ("", "The learning rate is 2e-4. Later: learning rate 0.0003", "la misma cantidad dos veces"),
    (FIGURES, "En la iteración 500 (ver Figura 2) hay trazos", "paso de la figura"),
    (FIGURES, "Véase la Figura 3", "referencia a figura"),
    ("", "La GAN queda en equilibrio: la pérdida final del discriminador es 0.05", "equilibrio y pérdidas"),
    ("", "El discriminador colapsa. Pérdida final del discriminador: 1.38", "equilibrio y pérdidas"),
]


@pytest.mark.parametrize(("table", "statement"), RIGHT)
def test_what_agrees_passes(examine, table, statement):
    assert contradicted(examine(f"{statement}.\n{table}")) == []


@pytest.mark.parametrize(("table", "statement", "rule"), WRONG)
def test_what_disagrees_is_found(examine, table, statement, rule):
    assert rule in contradicted(examine(f"{statement}.\n{table}"))


def test_one_rule_speaks_to_one_wrong_statement(examine):
    for table, statement, rule in WRONG:
        assert contradicted(examine(f"{statement}.\n{table}")) == [rule], statement


def test_rounding_agrees_and_truncation_is_noted(examine):
    table = EPOCHS.replace("| 0.81 |", "| 0.8166 |")
    rounded, cut = (examine(f"Final validation accuracy: {v}.\n{table}") for v in ("0.817", "0.816"))

    assert [f.truncated for f in rounded.findings] == [False]
    assert [f.truncated for f in cut.findings] == [True]
    assert contradicted(cut) == []


@pytest.mark.parametrize("token", ["0.88.30", "O,8638", "0.8B30", "0..88", "2O48"])
def test_a_mistyped_number_is_unreadable(examine, token):
    found = examine(f"Final validation accuracy: {token}.\n{EPOCHS}")

    assert [f.verdict for f in found.findings] == [Verdict.UNREADABLE]
    assert token in found.findings[0].expected


@pytest.mark.parametrize(
    "text",
    [
        "Se usó Python 3.11.7 y TensorFlow 2.21.0",
        "Fecha: 12/05/2024, sección 3.2, según Pérez et al. (2015)",
        "`val_accuracy = 0.1234` y https://example.org/val_accuracy/0.99",
        "```\nval_accuracy: 0.1234\n```",
    ],
)
def test_versions_dates_addresses_and_code_are_no_claims(examine, text):
    found = examine(f"Best val_accuracy: 0.84 (epoch 3).\n\n{text}\n{EPOCHS}")

    assert [f.verdict for f in found.findings] == [Verdict.VERIFIED]


def test_an_unsupported_judgement_is_no_contradiction(examine):
    found = examine(f"El resultado está dentro del rango esperado.\n{EPOCHS}")

    assert [f.verdict for f in found.findings] == [Verdict.UNSUPPORTED]
    assert found.is_clean


def test_the_fixture_has_its_contradictions_and_no_other():
    found = audit(FIXTURE)
    wrong = {(f.rule, f.severity) for f in found.findings if f.verdict is Verdict.CONTRADICTED}

    assert wrong == {
        ("parada anticipada", Severity.CONCLUSION),  # four epochs without improvement, patience 2
        ("valor final", Severity.ERROR),
        ("mejor época", Severity.CONCLUSION),
        ("brecha de una sola época", Severity.CONCLUSION),  # 0.13: no longer moderate
        ("número de subidas", Severity.ERROR),
        ("forma de la curva", Severity.CONCLUSION),
    }
    assert [f.place.number for f in found.findings if f.rule == "valor final"] == [10, 11]
    assert [f.verdict for f in found.findings if f.place.number > 30] == [Verdict.VERIFIED] * 3


def test_with_results_the_table_is_what_is_wrong(examine, tmp_path):
    history = tmp_path / "historial.json"
    names = ("loss", "accuracy", "val_loss", "val_accuracy")
    values = ([0.7, 0.6, 0.5], [0.6, 0.7, 0.8], [0.6, 0.5, 0.55], [0.65, 0.72, 0.71])
    history.write_text(json.dumps(dict(zip(names, values, strict=True))))
    text = "Final training accuracy: 0.80. Best val_accuracy: 0.72 (epoch 2).\n" + "\n".join(
        EPOCHS.splitlines()[:6]
    )

    found = examine(text, history)

    assert contradicted(found) == ["tabla y resultados"]
    assert any("ninguna de sus 3 filas" in f.expected for f in found.findings)
    assert found.counts["verificados"] == 2


def test_a_csv_log_serves_as_results(examine, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("epoch,accuracy,loss,val_accuracy,val_loss\n0,0.6,0.7,0.65,0.6\n1,0.7,0.6,0.72,0.5\n")

    assert contradicted(examine("Final val_accuracy: 0.72", log)) == []
    assert contradicted(examine("Final val_accuracy: 0.65", log)) == ["valor final"]
