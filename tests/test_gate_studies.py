"""Studies unlike the reference, made up, make documents that pass the gate too: fewer and more
seeds, shorter and longer answers, so that pages end elsewhere."""

import pytest
from cases import cases

from report.build import make
from report.check_pdf import check
from report.workshop import open_workshop

NAMES = (
    "una sola época, sin errores, colapso, una semilla",
    "rápido y de muestra",
    "juez que falla dos controles y no acierta, una semilla",
    "control según la semilla, sonda también",
    "diez semillas, de dos en dos",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_made_up_study_passes_the_gate(name):
    study, settings = cases()[name]
    with open_workshop() as workshop:
        assert check(make(study, settings, workshop).pdf) == []
