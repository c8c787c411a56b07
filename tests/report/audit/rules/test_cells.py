"""Confusion matrices of any classes, and what is said of their cells."""

import pytest
from audit_cases import contradicted, examine, read

from report.audit.matrices import is_called
from report.audit.ruling import Verdict

FRUIT = """
| Real \\ Predicho | pera | manzana | kiwi | Total |
| --- | --- | --- | --- | --- |
| pera | 50 | 7 | 3 | 60 |
| manzana | 9 | 41 | 0 | 50 |
| kiwi | 2 | 4 | 34 | 40 |
| Total | 61 | 52 | 37 | 150 |
"""
PRINTED = """
```python
confusion_matrix(y, p)
```

```
array([[50,  7,  3],
       [ 9, 41,  0],
       [ 2,  4, 34]])
```
"""
DIGITS = PRINTED.replace("y, p", "y, p, labels=range(3)")
TURNED = """
| | Real: sol | Real: lluvia |
|---|---|---|
| Predicho: sol | 30 | 6 |
| Predicho: lluvia | 4 | 60 |
"""


def test_tables_of_any_classes_in_any_orientation():
    (fruit,), (turned,) = read(FRUIT).matrices, read(TURNED).matrices

    assert (fruit.classes, fruit.counts[0]) == (("pera", "manzana", "kiwi"), (50, 7, 3))
    assert (turned.classes, turned.counts) == (("sol", "lluvia"), ((30, 4), (6, 60)))
    assert (fruit.total, fruit.hits, fruit.rows, fruit.columns) == (150, 125, (60, 50, 40), (61, 52, 37))


def test_what_compares_things_with_themselves_is_no_matrix():
    distances = "| | Ávila | Soria |\n|---|---|---|\n| Ávila | 0 | 290 |\n| Soria | 290 | 0 |"

    assert read(distances).matrices == []


def test_names_of_the_code_are_those_of_the_printed_counts():
    code = PRINTED.replace(
        "y, p", "y, p)\nprint(classification_report(y, p, target_names=['a1', 'b1', 'c1'])"
    )

    assert [matrix.classes for matrix in read(code).matrices] == [("a1", "b1", "c1")]
    assert [matrix.classes for matrix in read(PRINTED).matrices] == [()]


TRUE = [
    "Confunde 9 frutas de manzana con pera",
    "De la clase kiwi, 4 frutas acaban como manzana",
    "Hay 7 imágenes de pera que el modelo toma por manzana",
    "4 pictures of class kiwi are classified as manzana",
    "Acierta 41 imágenes de la clase manzana",
    "Aciertos en kiwi: 34",
    "En total se equivoca en 25 imágenes",
    "Suman 25 imágenes mal clasificadas",
    "La matriz de confusión recoge 150 imágenes",
    "Hay 40 imágenes de la clase kiwi en test",
    "De la matriz sale una exactitud de 0.833",
    "El recall de la clase manzana es 0.82",
    "El error más frecuente es confundir manzana con pera (9 veces)",
    "The most common confusion is manzana as pera, with 9 cases",
]


@pytest.mark.parametrize("statement", TRUE)
def test_what_the_cells_say_is_verified(statement):
    assert [f.verdict for f in examine(statement, FRUIT)] == [Verdict.VERIFIED]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Confunde 11 frutas de manzana con pera", "según la matriz son 9"),
        ("Confunde 9 frutas de pera con manzana", "según la matriz son 7"),
        ("Acierta 46 imágenes de la clase manzana", "según la matriz son 41"),
        ("En total se equivoca en 31 imágenes", "según la matriz son 25"),
        ("La matriz de confusión recoge 180 imágenes", "según la matriz son 150"),
        (
            "El error más frecuente es confundir pera con manzana",
            "el más frecuente es de 9, de «manzana» por «pera»",
        ),
    ],
)
def test_what_the_cells_deny_is_found(statement, expected):
    assert [f.expected for f in examine(statement, FRUIT) if f.severity] == [expected]


def test_of_classes_without_a_name_only_what_no_class_has_is_denied():
    assert contradicted("Confunde 9 frutas de la clase pera con manzana", PRINTED) == []
    assert contradicted("Confunde 8 frutas de la clase pera con manzana", PRINTED) == ["recuento y matriz"]
    assert contradicted("El error más frecuente es confundir pera con kiwi (9 veces)", PRINTED) == []
    assert contradicted("El error más frecuente es confundir pera con kiwi (7 veces)", PRINTED) == [
        "error más común"
    ]


def test_a_word_that_may_be_no_class_denies_nothing_until_one_says_that_it_is():
    unsure = "Aciertos en marzo: 47"

    assert contradicted(unsure, PRINTED) == []
    assert contradicted(f"{unsure}. De la clase marzo se clasifican bien 50 casos", PRINTED) == [
        "recuento y matriz"
    ]


@pytest.mark.parametrize(
    "statement", ["Confunde 7 imágenes del 0 con el 1", "El 2 se confunde con el 1 en 4 ocasiones"]
)
def test_digits_are_classes_too(statement):
    assert [f.verdict for f in examine(statement, DIGITS)] == [Verdict.VERIFIED]
    assert contradicted(statement.replace("7", "8").replace(" 4 ", " 6 "), DIGITS) == ["recuento y matriz"]


@pytest.mark.parametrize(
    "statement",
    [
        "Con 12 épocas la red se equivoca menos",
        "Se equivoca en 3 de cada 10 imágenes",
        "Podría confundir 30 peras con manzanas",
        "Hay 30 errores de imprenta en la memoria",
        "Las 24 imágenes de la figura 3 están bien clasificadas",
    ],
)
def test_what_counts_other_things_is_not_accused(statement):
    assert contradicted(statement, FRUIT) == []
    assert contradicted(statement, PRINTED) == []


def test_how_a_class_may_be_called():
    assert is_called("perro", "perros")
    assert is_called("4 gatos", "4")
    assert not is_called("mala", "buena")


REPORT = """
```
              precision    recall  f1-score   support

        pera       0.82      0.83      0.83        60
     manzana       0.79      0.82      0.80        50

    accuracy                           0.83       110
```
"""


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("Hay 50 imágenes de la clase manzana en test", "Hay 60 imágenes de la clase manzana en test"),
        ("En total se evalúan 110 imágenes", "En total se evalúan 120 imágenes"),
        ("The report is computed on 110 images", "The report is computed on 100 images"),
    ],
)
def test_the_support_of_a_report_is_how_many_there_are(true, false):
    assert [f.verdict for f in examine(true, REPORT)] == [Verdict.VERIFIED]
    assert contradicted(false, REPORT) == ["recuento y matriz"]
