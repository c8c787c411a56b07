"""Against the confusion matrix: 80, 20, 10, 90."""

import pytest
from audit_cases import MATRIX, contradicted, examine, read, verdicts

from report.audit.ruling import Verdict

TURNED = """
| | Actual negative | Actual positive |
| --- | --- | --- |
| Predicted negative | 80 | 10 |
| Predicted positive | 20 | 90 |
"""
UNORIENTED = MATRIX.replace("Predicted ", "").replace("Actual ", "")
PROSE = "Hay 80 verdaderos negativos, 20 falsos positivos, 10 falsos negativos y 90 verdaderos positivos."


@pytest.mark.parametrize("source", [MATRIX, TURNED, PROSE])
def test_a_matrix_in_any_orientation_or_in_prose(source):
    (matrix,) = read(source).matrices

    assert matrix.cells == (80, 20, 10, 90)


@pytest.mark.parametrize(
    "statement",
    [
        "Test accuracy: 0.85",
        "Recall of the positive class: 0.90",
        "La precisión de la clase positiva es 0.818",
        "F1 de la clase positiva: 0.857",
        "The most common error is classifying negative reviews as positive (20 cases)",
        "Abundan más los falsos positivos (20) que los falsos negativos",
        "La confusión más habitual es dar por positiva una reseña negativa",
        "Hay un sesgo hacia la clase positiva",
        "Las predicciones se escoran a favor de la clase positiva",
        "La prueba consta de 200 reseñas",
        "Hay 100 reseñas positivas en la prueba",
        "It misclassifies 10 of 100 positive reviews (10 %)",
    ],
)
@pytest.mark.parametrize("matrix", [MATRIX, TURNED])
def test_what_agrees_is_verified(statement, matrix):
    assert verdicts(statement, matrix) == [Verdict.VERIFIED]


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("Test accuracy: 0.86", "exactitud y matriz"),
        ("Recall of the positive class: 0.80", "métrica de clase y matriz"),
        ("The most common error is classifying positive reviews as negative (10 cases)", "error más común"),
        ("The most common error is classifying negative reviews as positive (30 cases)", "error más común"),
        ("Abundan más los falsos negativos (10) que los falsos positivos", "error más común"),
        ("Hay un sesgo hacia la clase negativa", "sentido del sesgo"),
        ("La prueba consta de 250 reseñas", "tamaños de los datos"),
        ("Hay 120 reseñas positivas en la prueba", "recuento y matriz"),
        ("It misclassifies 10 of 100 positive reviews (12 %)", "porcentaje y recuento"),
        ("It misclassifies 15 of 100 positive reviews (15 %)", "porcentaje y recuento"),
    ],
)
def test_what_disagrees_is_found_once(statement, rule):
    assert contradicted(statement, MATRIX) == [rule]


def test_a_table_that_does_not_say_what_is_real_decides_only_what_does_not_depend_on_it():
    assert contradicted("Test accuracy: 0.86", UNORIENTED) == ["exactitud y matriz"]
    assert contradicted("Hay un sesgo hacia la clase negativa", UNORIENTED) == []


@pytest.mark.parametrize(
    "statement",
    [
        "No hay sesgo hacia la clase negativa",
        "Podría haber un sesgo hacia la clase negativa",
        "MNIST tiene 60000 imágenes de entrenamiento y 10000 de prueba",  # of the other experiment
        "La regresión logística acierta el 88.4 % de la prueba",
    ],
)
def test_what_says_nothing_of_this_matrix(statement):
    assert contradicted(statement, MATRIX) == []


def test_another_models_row_is_not_this_models_accuracy():
    table = "\n| Modelo | Exactitud en test |\n| --- | --- |\n| Árbol | 0.70 |\n| LSTM | {} |\n\n"

    assert contradicted("Comparación", table.format("0.85") + MATRIX) == []
    found = examine("Comparación", table.format("0.80") + MATRIX)  # the matrix may be of the tree
    assert {ruling.verdict for ruling in found} == {Verdict.AMBIGUOUS}
    assert "¿de qué modelo? El documento habla de «arbol», «lstm»" in found[-1].expected
