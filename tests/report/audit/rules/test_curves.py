"""How a curve runs: shape, rises, first and last value."""

import pytest
from audit_cases import CLIMB, EPOCHS, LOSSES, contradicted, read, verdicts

from report.audit.claims import CountClaim, ShapeClaim, TrajectoryClaim
from report.audit.ruling import Verdict


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("La val_loss oscila", "oscillates"),
        ("La val_loss sube y luego baja", "oscillates"),
        ("La val_loss sube de forma sostenida", "climbs"),
        ("La val_loss empeora cada vez más", "climbs"),
        ("La val_loss mejora en cada época", "falls"),  # a loss gets better downwards
        ("La val_accuracy mejora en cada época", "rises"),
        ("La val_loss es estable", "stable"),
    ],
)
def test_shapes(text, shape):
    assert [c.shape for c in read(text).claims if isinstance(c, ShapeClaim)] == [shape]


@pytest.mark.parametrize(
    "text",
    [
        "La val_loss no oscila por el orden de los lotes",
        "Si la val_loss subiera de forma sostenida, pararíamos antes",
        "¿Oscila la val_loss?",
        "La val_loss baja y luego sube",  # a minimum, no oscillation
        "Oscilaciones de la val_loss: 3 subidas",  # counts, does not judge
    ],
)
def test_what_is_no_shape(text):
    assert [c for c in read(text).claims if isinstance(c, ShapeClaim)] == []


@pytest.mark.parametrize(
    ("statement", "table", "rules"),
    [
        ("La val_loss oscila", EPOCHS, []),
        ("La val_loss oscila", CLIMB, ["forma de la curva"]),
        ("Desde la época 2 la val_loss sube de forma sostenida", CLIMB, []),
        ("Desde la época 2 la val_loss sube de forma sostenida", EPOCHS, ["forma de la curva"]),
        ("Training loss falls epoch after epoch", EPOCHS, []),
        ("Training accuracy falls epoch after epoch", EPOCHS, ["forma de la curva"]),
        ("La val_loss es estable", EPOCHS, ["forma de la curva"]),
        ("La val_accuracy es estable", EPOCHS, []),  # 0.81 is within 5 % of 0.84
    ],
)
def test_shapes_against_the_table(statement, table, rules):
    assert contradicted(statement, table) == rules


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("La val_loss sube 5 veces", "5"),
        ("La val_loss sube cinco veces", "5"),
        ("Subidas de val_loss: 5", "5"),
        ("Hay 5 épocas en las que la pérdida de validación empeora", "5"),
    ],
)
def test_rises(text, count):
    assert [c.written for c in read(text).claims if isinstance(c, CountClaim)] == [count]


def test_epochs_of_patience_are_no_rises():
    assert read("Tras 5 épocas sin mejorar la val_loss sube").claims == []


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("La val_loss sube dos veces", []),
        ("La val_loss sube tres veces", ["número de subidas"]),
        ("Training loss decreases from 0.60 to 0.20", []),
        ("Training loss increases from 0.60 to 0.20", ["orden y sentido"]),
        ("Training loss decreases from 0.60 to 0.25", ["orden y sentido"]),
        ("Pérdida de entrenamiento: 0.60 → 0.20", []),
        ("La pérdida de entrenamiento empieza en 0.60 y acaba en 0.20", []),
        ("La pérdida de entrenamiento empieza en 0.20 y acaba en 0.60", ["orden y sentido"]),
    ],
)
def test_counts_and_ends_against_the_table(statement, rules):
    assert contradicted(statement, EPOCHS) == rules


def test_a_second_run_is_of_the_part_that_it_names():
    text = "La pérdida de validación pasa de 0.50 a 0.47, y la de entrenamiento, de 0.60 a 0.20"

    assert [c.split for c in read(text).claims if isinstance(c, TrajectoryClaim)] == ["val", "train"]
    assert verdicts(text, EPOCHS) == [Verdict.VERIFIED] * 2


def test_the_losses_of_a_gan_run_too():
    assert contradicted("La pérdida del generador baja de 2.10 a 0.70", LOSSES) == []
    assert contradicted("La pérdida del generador baja de 2.10 a 0.90", LOSSES) == ["orden y sentido"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [  # accuracy: 0.70 0.80 0.88 0.93 0.96; val_loss: 0.50 0.40 0.45 0.43 0.47
        (
            "En entrenamiento va de 0.70 de exactitud en la primera época a 0.96 en la última",
            Verdict.VERIFIED,
        ),
        (
            "En entrenamiento va de 0.70 de exactitud en la primera época a 0.93 en la última",
            Verdict.CONTRADICTED,
        ),
        ("En entrenamiento va de 0.80 de exactitud en la época 2 a 0.93 en la época 4", Verdict.VERIFIED),
        ("En entrenamiento va de 0.80 de exactitud en la época 2 a 0.96 en la época 4", Verdict.CONTRADICTED),
        ("The val_loss moved from 0.50 in the first epoch to 0.47 in the last one", Verdict.VERIFIED),
        ("La val_loss arranca con un valor muy alto de 0.50 y acaba en 0.43", Verdict.CONTRADICTED),
        ("La val_loss baja de 0.50 a 0.40 y acaba en 0.47", Verdict.VERIFIED),
    ],
)
def test_each_end_has_its_moment(text, expected):
    assert verdicts(text, EPOCHS)[0] is expected


def test_what_is_no_way_from_one_value_to_another():
    text = "Con un ritmo de 0.01 se llega a 0.81 de val_accuracy final"
    assert [c for c in read(text).claims if isinstance(c, TrajectoryClaim)] == []


def test_the_losses_of_two_networks():
    assert verdicts("GAN. Loss_D: de 0.90 a 1.38", LOSSES) == [Verdict.VERIFIED]
    assert contradicted("El generador de la GAN empieza con una pérdida de 2.10 y acaba en 0.80", LOSSES)
