"""What refers to figures."""

import pytest
from audit_cases import FIGURES, contradicted, read


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("En la iteración 500 (ver Figura 1) hay trazos", []),
        ("En la iteración 500 (ver Figura 2) hay trazos", ["paso de la figura"]),
        ("Entre 500 y 1000 iteraciones (ver Figuras 1 y 2) hay trazos", []),
        ("Véase la Figura 2", []),
        ("Véase la Figura 3", ["referencia a figura"]),
        ("Véase la Tabla 3", []),  # tables without captions may be counted
    ],
)
def test_references(statement, rules):
    assert contradicted(statement, FIGURES) == rules


@pytest.mark.parametrize(("step", "rules"), [(1000, []), (1500, ["paso de la figura"])])
def test_one_number_with_two_captions(step, rules):
    assert contradicted("Muestras", f"{FIGURES}\n**Figura 2.** Paso {step}: otra vez.\n") == rules


def test_a_figure_of_a_caption_only_counts_once():
    assert [c.numbers for c in read(FIGURES).claims] == [(1,), (2,)]
