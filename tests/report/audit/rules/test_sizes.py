"""Sizes of the data among themselves."""

import pytest
from audit_cases import contradicted, read, verdicts

from report.audit.claims import SizesClaim
from report.audit.ruling import Verdict


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("Entrenamos con 20000 reseñas y validamos con 5000, que suman 25000", (20000, 5000, None, 25000)),
        ("Split: 20000 train + 5000 val = 25000", (20000, 5000, None, 25000)),
        ("25k train, 25k test", (25000, None, 25000, None)),
        (
            "Se apartan 5000 de las 25 000 reseñas de entrenamiento (20 %) para validar",
            (None, 5000, None, 25000),
        ),
        ("We train on 20,000 reviews and validate on 5,000", (20000, 5000, None, None)),
    ],
)
def test_which_size_is_of_what(text, sizes):
    (claim,) = (c for c in read(text).claims if isinstance(c, SizesClaim))

    assert tuple(n and n.whole for n in (claim.train, claim.val, claim.test, claim.total)) == sizes


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("De 25.000 reseñas de entrenamiento, 5000 son de validación y quedan 20 000", Verdict.VERIFIED),
        ("De 25.000 reseñas de entrenamiento, 5000 son de validación y quedan 21 000", Verdict.CONTRADICTED),
        ("El 20 % de las 25 000 reseñas de entrenamiento, 5000, se usa para validar", Verdict.VERIFIED),
        ("El 20 % de las 25 000 reseñas de entrenamiento, 6000, se usa para validar", Verdict.CONTRADICTED),
        ("Fallan 1500/12500 = 12 % de las positivas", Verdict.VERIFIED),
        ("Fallan 1500/12500 = 15 % de las positivas", Verdict.CONTRADICTED),
    ],
)
def test_parts_and_shares(statement, verdict):
    assert verdicts(statement) == [verdict]


def test_the_test_part_has_one_size():
    assert contradicted("La prueba tiene 500 reseñas. Se evalúa con 600 reseñas de prueba") == [
        "tamaños de los datos"
    ]
    assert contradicted("La prueba tiene 500 reseñas. Se evalúa con 500 reseñas de prueba") == []


@pytest.mark.parametrize(
    ("other", "rules"),
    [
        ("En 100 reseñas de la prueba se ocultan palabras", []),  # some of them
        ("Se prueba con 100 reseñas a cada distancia", []),
        ("La matriz cuenta las 100 reseñas de la prueba", ["tamaños de los datos"]),  # all
        ("Se evalúa con 100 reseñas de prueba", ["tamaños de los datos"]),
    ],
)
def test_some_of_the_test_part_is_not_its_size(other, rules):
    assert contradicted(f"La prueba tiene 500 reseñas. {other}") == rules


def test_two_counts_and_a_percentage_that_have_nothing_to_do_with_each_other():
    assert contradicted("El gradiente conserva el 1 % hasta las distancias 39 y 36 de las reseñas") == []


def test_the_parts_of_others_are_not_compared():
    assert contradicted("La prueba tiene 500 reseñas. Según [4], la prueba tiene 600 reseñas") == []


@pytest.mark.parametrize(
    ("first", "second", "rules"),
    [
        ("70 % train, 30 % test", "entrenamiento (70 %) y prueba (30 %)", []),
        ("70 % train, 30 % test", "entrenamiento (75 %) y prueba (25 %)", ["partición de los datos"]),
        ("64 % train, 16 % val, 20 % test", "80 % train, 20 % test", []),  # with what validates
        ("64 % train, 16 % val, 20 % test", "80 % train, 20 % val", []),  # without the test
        ("80 % train, 20 % test", "64 % train, 16 % val, 20 % test", []),
        ("70 % train, 15 % val, 15 % test", "90 % train, 10 % val", ["partición de los datos"]),
    ],
)
def test_how_the_data_are_split_is_said_once(first, second, rules):
    assert contradicted(f"Los datos: {first}. Repetimos: {second}") == rules


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("Partimos los datos en 70 % entrenamiento, 15 % validación y 15 % test", []),
        ("Partimos los datos en 75 % entrenamiento, 15 % validación y 15 % test", ["partición de los datos"]),
        ("El reparto es 75 % / 15 % / 15 % (train / validación / test)", ["partición de los datos"]),
        ("El reparto es 70 % / 15 % / 15 % (train / validación / test)", []),
        ("Un 80 % para entrenar y un 20 % para test, y de ese entrenamiento un 10 % de validación", []),
    ],
)
def test_three_parts_make_a_whole_or_one_is_of_another(statement, rules):
    assert contradicted(statement) == rules
