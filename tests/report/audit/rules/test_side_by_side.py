"""Sections that each measured something, compared without a table; and what tables add up to."""

import pytest
from audit_cases import examine

from report.audit.ruling import Verdict

SECTIONS = """
# Informe

## LSTM

```
Test accuracy: 0.861
```

## CNN

```
Test accuracy: 0.842
```

## Transformer

```
Test accuracy: 0.874
```

## Final

{0}
"""
NETS = """
| Red | Exactitud en test | Parámetros | Tiempo (s) |
|---|---|---|---|
| LSTM | 0.861 | 1000 | 41 |
| CNN | 0.842 | 3000 | 25 |
| Transformer | 0.874 | 9000 | 90 |

{0}
"""
GANS = """
# Informe

## DCGAN

| Época | Discriminador | Generador |
|---|---|---|
| 1 | 0.91 | 2.60 |
| 2 | 0.72 | 2.95 |

{0}

## LSGAN

| Época | D loss | G loss |
|---|---|---|
| 1 | 0.80 | 1.71 |
| 2 | 0.65 | 1.85 |
"""


def verdicts(document, statement):
    found = examine("", document.format(f"{statement}."))
    return {f.verdict for f in found if statement[:60] in f.says}


@pytest.mark.parametrize("document", [SECTIONS, NETS])
@pytest.mark.parametrize(
    ("true", "false"),
    [
        (
            "La LSTM tiene mejor exactitud en test que la CNN",
            "La CNN tiene mejor exactitud en test que la LSTM",
        ),
        ("En test la LSTM supera a la CNN", "En test la CNN supera a la LSTM"),
        ("La peor exactitud en test es la de la CNN", "La peor exactitud en test es la de la LSTM"),
        ("On test the winner is the Transformer", "On test the winner is the LSTM"),
        ("Todos superan el 84 % de exactitud en test", "Todos superan el 85 % de exactitud en test"),
        (
            "Por exactitud en test, de mejor a peor: Transformer, LSTM, CNN",
            "Por exactitud en test, de mejor a peor: LSTM, Transformer, CNN",
        ),
    ],
)
def test_sections_compare_as_tables_do(document, true, false):
    assert verdicts(document, true) == {Verdict.VERIFIED}
    assert verdicts(document, false) == {Verdict.CONTRADICTED}


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("La CNN tiene 3000 parámetros", "La CNN tiene 3100 parámetros"),
        ("La LSTM tarda 41 segundos", "La LSTM tarda 52 segundos"),
        ("La LSTM y la CNN suman 4000 parámetros", "La LSTM y la CNN suman 4100 parámetros"),
        ("El tiempo total de entrenamiento es de 156 s", "El tiempo total de entrenamiento es de 150 s"),
        ("El entrenamiento más rápido es el de la CNN", "El entrenamiento más rápido es el de la LSTM"),
        ("El que más parámetros tiene es el Transformer", "El que más parámetros tiene es la CNN"),
        (
            "La media de la exactitud en test de los 3 modelos es 0.859",
            "La media de la exactitud en test de los 3 es 0.84",
        ),
    ],
)
def test_what_columns_hold_and_add_up_to(true, false):
    assert verdicts(NETS, true) == {Verdict.VERIFIED}
    assert verdicts(NETS, false) == {Verdict.CONTRADICTED}


def test_a_mean_that_does_not_say_of_what_is_asked():
    assert verdicts(NETS, "La exactitud media en test es 0.84") == {Verdict.AMBIGUOUS}


def test_where_a_section_has_two_values_nothing_is_compared():
    twice = SECTIONS.replace("0.842\n", "0.842\nTest accuracy: 0.901\n")

    assert verdicts(twice, "En test la CNN supera a la LSTM") <= {Verdict.AMBIGUOUS}


def test_rows_with_two_names_are_told_apart():
    rows = "| LSTM | 1 | 0.71 |\n| LSTM | 2 | 0.79 |\n| CNN | 1 | 0.74 |"
    table = f"| Red | Fase | F1 |\n|---|---|---|\n{rows}\n\n{{0}}"

    assert verdicts(table, "El mejor F1 es el de la LSTM en la fase 2") == {Verdict.VERIFIED}
    assert verdicts(table, "El mejor F1 es el de la CNN en la fase 1") == {Verdict.CONTRADICTED}


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (
            "El generador termina con más pérdida que el discriminador",
            "El discriminador termina con más pérdida que el generador",
        ),
        (
            "La pérdida final del generador de la LSGAN es menor que la de la DCGAN",
            "La pérdida final del generador de la DCGAN es menor que la de la LSGAN",
        ),
    ],
)
def test_the_networks_of_a_gan(true, false):
    assert verdicts(GANS, true) == {Verdict.VERIFIED}
    assert verdicts(GANS, false) == {Verdict.CONTRADICTED}


LOGS = """
# Informe

## LSTM

| Época | Exactitud val | Pérdida train |
|---|---|---|
| 1 | 0.70 | 0.61 |
| 2 | 0.76 | 0.40 |
| 3 | 0.74 | 0.33 |

## CNN

| Época | Exactitud val | Pérdida train |
|---|---|---|
| 1 | 0.78 | 0.52 |
| 2 | 0.79 | 0.30 |
| 3 | 0.81 | 0.21 |

## Final

{0}
"""


@pytest.mark.parametrize(
    "statement",
    [
        "La mejor val_accuracy de la LSTM es 0.76, en la época 2",
        "La LSTM consigue su mejor exactitud de validación en la época 2",
        "La LSTM reduce la pérdida de entrenamiento de 0.61 a 0.33",
        "La exactitud de validación de la LSTM es máxima en la época 2",
    ],
)
def test_what_is_best_of_its_own_epochs_is_compared_with_no_other_model(statement):
    assert Verdict.CONTRADICTED not in verdicts(LOGS, statement)


def test_the_last_epochs_are_compared():
    assert verdicts(LOGS, "Al final la LSTM gana a la CNN en exactitud de validación") == {
        Verdict.CONTRADICTED
    }
    assert verdicts(LOGS, "La val_accuracy final más alta es la de la CNN") == {Verdict.VERIFIED}
