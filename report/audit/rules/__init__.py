"""The identities, one family to a file; every rule takes statements of one scope and the evidence of it.

Outside this package only ``check`` and ``check_all`` are imported.
"""

from collections.abc import Callable

from report.audit.evidence import Evidence
from report.audit.rules import (
    against_results,
    arithmetic,
    comparisons,
    confusion,
    curves,
    doubts,
    figures,
    identities,
    judgement,
    metrics,
    parameters,
    proofs,
    repeated,
    sizes,
    stopping,
)
from report.audit.ruling import Ruling, Verdict
from report.audit.scope import MIXED, Scope
from report.audit.statements import Statements

Rule = Callable[[Statements, Evidence, list[Ruling]], list[Ruling]]

OF_A_DOCUMENT: tuple[Rule, ...] = (figures.check, against_results.check, against_results.matrices)
OF_TABLES: tuple[Callable[[Statements], list[Ruling]], ...] = (
    comparisons.check,
    identities.averages,
    arithmetic.check,
    parameters.check,
)
OF_A_SCOPE: tuple[Rule, ...] = (
    metrics.check,
    curves.check,
    stopping.check,
    confusion.check,
    sizes.check,
    judgement.check,
    identities.f1,
    repeated.check,
)


def check_all(statements: Statements, evidence: list[Evidence]) -> list[Ruling]:
    """Against each: results add proofs, they take no contradiction away. What one of them verifies is
    no longer ambiguous, and is told once."""
    found = [ruling for each in reversed(evidence) for ruling in check(statements, each)]
    certain = {id(f.claim) for f in found if f.verdict is Verdict.VERIFIED and f.claim is not None}
    told: dict[tuple[object, ...], Ruling] = {}
    for ruling in found:
        about = id(ruling.claim) if ruling.claim is not None else (ruling.place, ruling.says)
        if ruling.verdict is Verdict.AMBIGUOUS and about in certain:
            continue
        told.setdefault((about, ruling.rule, ruling.verdict), ruling)
    rulings = list(told.values())
    return (
        doubts.unless_of_another_model(rulings)
        if any(claim.printed for claim in statements.claims)
        else rulings
    )


def check(statements: Statements, evidence: Evidence) -> list[Ruling]:
    """Every rule's rulings; what is not of one scope for certain is never contradicted."""
    rulings: list[Ruling] = []
    for judge in () if evidence.external else OF_TABLES:
        rulings += judge(statements)
    for rule in OF_A_DOCUMENT:
        rulings += rule(statements, evidence, rulings)
    known = statements.roster
    for scope, group in proofs.groups(statements).items():
        about, certain, possible = proofs.about(scope, evidence, statements)
        beside = [] if certain or about.external else proofs.beside(group, about)
        for part, proof, sure in [*beside, (proofs.without(group, beside), about, certain)]:
            found = _apply(part, proof)
            if not proof.external:
                found = doubts.unless_of_another_proof(found, part, possible, statements, _apply)
            question = (
                ""
                if sure and MIXED not in scope
                else known.question(Scope(scope[0], scope[1], scope[2], scope[3]))
            )
            rulings += [doubts.weighed(ruling, question) for ruling in found if not _is_evidence(ruling)]
    return rulings


def _apply(statements: Statements, evidence: Evidence) -> list[Ruling]:
    found: list[Ruling] = []
    for rule in OF_A_SCOPE:
        found += rule(statements, evidence, found)
    return found


def _is_evidence(ruling: Ruling) -> bool:
    """Whether it is about what a program printed, which nothing of the document accuses."""
    return ruling.claim is not None and ruling.claim.printed
