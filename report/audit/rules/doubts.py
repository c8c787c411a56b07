"""What turns a contradiction into a question: nothing is accused that may be of something else."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from report.audit.evidence import Evidence
from report.audit.rules import repeated
from report.audit.ruling import ITSELF, Ruling, Verdict
from report.audit.scope import MIXED
from report.audit.statements import Statements

ALL_OF_THEM = 3  # statements of one section that one proof denies, and none that it confirms
Judge = Callable[[Statements, Evidence], list[Ruling]]


def unless_of_another_model(rulings: list[Ruling]) -> list[Ruling]:
    """Where nothing of a section agrees with a proof below it, the section is of something else."""
    agreeing: Counter[tuple[int, str]] = Counter()
    denied: Counter[tuple[int, str]] = Counter()
    for ruling in rulings:
        if ruling.claim is not None and _is_below(ruling):
            about = (ruling.claim.scope.section, ruling.source)
            agreeing[about] += ruling.verdict is Verdict.VERIFIED
            denied[about] += ruling.verdict is Verdict.CONTRADICTED
    other = {about for about, count in denied.items() if count >= ALL_OF_THEM and not agreeing[about]}
    doubted = {source for _, source in other}
    other |= {a for a, count in denied.items() if a[1] in doubted and count >= agreeing[a]}
    other |= {(n + 1, source) for n, source in other if not agreeing[n + 1, source]}  # its conclusions
    question = "nada de la sección coincide: ¿es de otro modelo o de otra ejecución?"
    return [
        _doubted(ruling, question)
        if ruling.claim is not None
        and (ruling.claim.scope.section, ruling.source) in other
        and not (ruling.rule == repeated.PRINTED and ruling.claim.scope.model not in ("", MIXED))
        else ruling
        for ruling in rulings
    ]


def unless_of_another_proof(
    found: list[Ruling], part: Statements, about: Evidence, statements: Statements, judge: Judge
) -> list[Ruling]:
    """What one proof denies and another one of the document, or what was printed, confirms may be of that.
    ``judge`` gives what all rules say of statements and their evidence."""
    denied = {id(f.claim) for f in found if f.verdict is Verdict.CONTRADICTED and f.source != ITSELF}
    if not denied:
        return found
    claims = [claim for claim in part.claims if id(claim) in denied]
    each = [replace(about, series=[one], matrices=[]) for one in about.series]
    each += [replace(about, series=[], matrices=[one]) for one in about.matrices]
    known = [ruling for proof in each for ruling in judge(replace(part, claims=claims), proof)]
    sources = {item.source for item in about.items()}
    right = [f for f in known if f.verdict is Verdict.VERIFIED and f.source in sources and not _is_below(f)]
    where = {id(f.claim): f.source for f in right}
    for claim in claims:
        if other := repeated.printed_like(claim, statements):
            where[id(claim)] = str(other.place)
    rows = {claim.place: where[id(claim)] for claim in claims if claim.tabled and id(claim) in where}
    # What else stands in a row of another is of that, too.
    where |= {id(claim): rows[claim.place] for claim in claims if claim.place in rows}
    return [
        _doubted(f, f"ese valor es de otro sitio: {where[id(f.claim)]}")
        if id(f.claim) in where and f.verdict is Verdict.CONTRADICTED and f.source != ITSELF
        else f
        for f in found
    ]


def weighed(ruling: Ruling, question: str) -> Ruling:
    """A contradiction only where no question is left."""
    claim = ruling.claim
    doubtful = question or (claim is not None and not claim.scope.certain)
    if ruling.verdict is not Verdict.CONTRADICTED or not doubtful or ruling.source == ITSELF:
        return ruling
    return _doubted(ruling, question or "¿sigue hablando de lo mismo que la frase anterior?")


def _doubted(ruling: Ruling, question: str) -> Ruling:
    if ruling.verdict is not Verdict.CONTRADICTED:
        return ruling
    expected = f"{ruling.expected}; {question}"
    return replace(ruling, verdict=Verdict.AMBIGUOUS, severity=None, expected=expected)


def _is_below(ruling: Ruling) -> bool:
    """Whether the proof stands below what it is about: what a program printed later may be of a later run."""
    proof, place = ruling.proof, ruling.place
    if proof is None or proof.unit != place.unit:
        return False
    return (proof.number, proof.line or 0) > (place.number, place.line or 0)
