"""The identities, one family to a file; every rule takes the statements and the evidence.

Outside this package only ``check`` is imported.
"""

from report.audit.evidence import Evidence
from report.audit.rules import (
    against_results,
    confusion,
    curves,
    figures,
    gap,
    judgement,
    metrics,
    repeated,
    sizes,
    stopping,
)
from report.audit.ruling import Ruling
from report.audit.statements import Statements

ALL = (
    metrics.check,
    gap.check,
    curves.check,
    stopping.check,
    confusion.check,
    sizes.check,
    figures.check,
    judgement.check,
    repeated.check,
    against_results.check,
)


def check(statements: Statements, evidence: Evidence) -> list[Ruling]:
    """Every rule's rulings; ``repeated`` leaves alone what another rule has decided."""
    rulings: list[Ruling] = []
    for rule in ALL:
        rulings += rule(statements, evidence, rulings)
    return rulings
