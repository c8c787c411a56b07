"""What a discriminator that cannot tell gives, as it is printed in a figure."""

import math

import pytest
from studies import make_study

from report.figures.base import Source
from report.figures.equilibria import equilibria
from report.findings.collection import find_all
from report.ledger.ledger import Ledger
from report.ledger.spanish import Style


@pytest.mark.parametrize(("decimal", "half"), [(".", "0.5"), (",", "0,5")])
def test_losses_by_their_formulas_and_the_output_by_its_value(decimal, half):
    study, ledger = make_study(1), Ledger(Style(decimal))
    levels = equilibria(Source(study, find_all(study), ledger))
    found = [(level.value, level.label) for level in (levels.discriminator, levels.generator, levels.output)]
    assert found == [(2 * math.log(2), "2·ln 2"), (math.log(2), "ln 2"), (0.5, half)]
    assert {entry.number.origin for entry in ledger.entries} == {
        "nombre:2·ln 2",
        "nombre:ln 2",
        "regla:gan.losses.salida",
    }
