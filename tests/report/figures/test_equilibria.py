"""What a discriminator that cannot tell gives, as it is printed in a figure."""

import math

import pytest
from studies import make_study

from report.figures.base import Source
from report.figures.equilibria import equilibria
from report.findings.collection import find_all
from report.ledger.ledger import Ledger
from report.ledger.spanish import Style


def found(**gan) -> tuple:
    study, ledger = make_study(1, gan=gan), Ledger(Style())
    levels = equilibria(Source(study, find_all(study), ledger))
    each = (levels.discriminator, levels.generator, levels.accuracy)
    return [(level.value, level.label) if level else None for level in each], ledger


def test_losses_by_their_formulas_and_the_accuracy_by_its_value():
    levels, ledger = found()
    assert levels == [(2 * math.log(2), "2·ln 2"), (math.log(2), "ln 2"), (0.5, "50\u00a0%")]
    assert {entry.number.origin for entry in ledger.entries} == {
        "nombre:2·ln 2",
        "nombre:ln 2",
        "regla:gan.losses.azar",
    }


@pytest.mark.parametrize(
    ("loss", "levels"), [("hinge", [(2.0, "2"), (0.0, "0")]), ("wasserstein_gp", [None, None])]
)
def test_other_losses_have_other_levels_or_none(loss, levels):
    assert found(loss=loss)[0][:2] == levels
