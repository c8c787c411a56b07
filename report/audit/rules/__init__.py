"""The identities, one family to a file; every rule takes statements of one scope and the evidence of it.

Outside this package only ``check`` and ``check_all`` are imported.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from report.audit.claims import Claim, CountClaim, FigureClaim
from report.audit.evidence import Evidence
from report.audit.lexicon import normalize
from report.audit.nearness import nearest
from report.audit.rules import (
    against_results,
    arithmetic,
    comparisons,
    confusion,
    curves,
    figures,
    identities,
    judgement,
    metrics,
    parameters,
    repeated,
    sizes,
    stopping,
)
from report.audit.ruling import ITSELF, Ruling, Verdict
from report.audit.scope import MIXED, Scope
from report.audit.statements import Statements, of_code
from report.audit.tables import Matrix, Series

ALL_OF_THEM = 3  # statements of one section that one proof denies, and none that it confirms
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
    return _of_another(rulings) if any(claim.printed for claim in statements.claims) else rulings


def _of_another(rulings: list[Ruling]) -> list[Ruling]:
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


def _is_below(ruling: Ruling) -> bool:
    """Whether the proof stands below what it is about: what a program printed later may be of a later run."""
    where = re.search(r"\((\w+) (\d+)(?:, línea (\d+))?", ruling.source)
    if where is None or normalize(where[1]) != ruling.place.unit:
        return False
    return (int(where[2]), int(where[3] or 0)) > (ruling.place.number, ruling.place.line or 0)


def check(statements: Statements, evidence: Evidence) -> list[Ruling]:
    """Every rule's rulings; what is not of one scope for certain is never contradicted."""
    rulings: list[Ruling] = []
    for judge in () if evidence.external else OF_TABLES:
        rulings += judge(statements)
    for rule in OF_A_DOCUMENT:
        rulings += rule(statements, evidence, rulings)
    known = statements.roster
    for scope, group in _groups(statements).items():
        about, certain, possible = _about(scope, evidence, statements)
        beside = [] if certain or about.external else _beside(group, about)
        for part, proof, sure in [*beside, (_without(group, beside), about, certain)]:
            found = _apply(part, proof)
            if not proof.external:
                found = _unless_of_another(found, part, possible, statements)
            question = "" if sure and MIXED not in scope else known.question(Scope(*scope))
            rulings += [_weighed(ruling, question) for ruling in found if not _is_evidence(ruling)]
    return rulings


def _apply(statements: Statements, evidence: Evidence) -> list[Ruling]:
    found: list[Ruling] = []
    for rule in OF_A_SCOPE:
        found += rule(statements, evidence, found)
    return found


def _unless_of_another(
    found: list[Ruling], part: Statements, about: Evidence, statements: Statements
) -> list[Ruling]:
    """What one proof denies and another one of the document, or what was printed, confirms may be of that."""
    denied = {id(f.claim) for f in found if f.verdict is Verdict.CONTRADICTED and f.source != ITSELF}
    if not denied:
        return found
    claims = [claim for claim in part.claims if id(claim) in denied]
    each = [replace(about, series=[one], matrices=[]) for one in about.series]
    each += [replace(about, series=[], matrices=[one]) for one in about.matrices]
    known = [ruling for proof in each for ruling in _apply(replace(part, claims=claims), proof)]
    sources = {item.source for item in about.items()}
    right = [f for f in known if f.verdict is Verdict.VERIFIED and f.source in sources and not _is_below(f)]
    where = {id(f.claim): f.source for f in right}
    for claim in claims:
        if other := repeated.printed_like(claim, statements):
            where[id(claim)] = str(other.place)
    rows = {claim.place: where[id(claim)] for claim in claims if claim.tabled and id(claim) in where}
    where |= {
        id(claim): rows[claim.place] for claim in claims if claim.place in rows
    }  # the row is of another
    return [
        _doubted(f, f"ese valor es de otro sitio: {where[id(f.claim)]}")
        if id(f.claim) in where and f.verdict is Verdict.CONTRADICTED and f.source != ITSELF
        else f
        for f in found
    ]


def _beside(group: Statements, about: Evidence) -> list[tuple[Statements, Evidence, bool]]:
    """Of several logs and matrices, each with what is said of it where it stands."""
    printed = [claim for claim in group.claims if claim.printed]
    found: dict[tuple[int, ...], tuple[list[Series], list[Matrix], list[Claim]]] = {}
    for claim in group.claims:
        if claim.printed or (isinstance(claim, CountClaim) and claim.name in ("epochs", "max_epochs")):
            continue  # «we train for 8 epochs» may stand above the log
        series = nearest(claim, [s for s in about.epochs() if s.seed is None])
        matrices = nearest(claim, [m for m in about.matrices if m.seed is None])
        if (len(series) == 1 or len(matrices) == 1) and len(series) < 2 and len(matrices) < 2:
            key = tuple(id(item) for item in (*series, *matrices))
            found.setdefault(key, (series, matrices, []))[2].append(claim)
    return [
        (replace(group, claims=printed + claims), replace(about, series=series, matrices=matrices), True)
        for series, matrices, claims in found.values()
    ]


def _without(group: Statements, beside: list[tuple[Statements, Evidence, bool]]) -> Statements:
    taken = {id(claim) for part, _, _ in beside for claim in part.claims if not claim.printed}
    return replace(group, claims=[claim for claim in group.claims if id(claim) not in taken])


def _groups(statements: Statements) -> dict[tuple[str, str, str], Statements]:
    """The statements of each scope."""
    found: dict[tuple[str, str, str], Statements] = {}
    for claim in statements.claims:
        if not isinstance(claim, FigureClaim):
            key = claim.scope.key
            if key not in found:
                found[key] = replace(statements, claims=[])
            found[key].claims.append(claim)
    for (model, run, phase), group in found.items() if statements.ran else ():
        group.claims += [
            claim
            for claim in statements.claims
            if claim.printed
            and model != MIXED
            and of_code(statements, claim.place) == model
            and claim.scope.key != (model, run, phase)
        ]
    return found


def _about(
    scope: tuple[str, str, str], evidence: Evidence, statements: Statements
) -> tuple[Evidence, bool, Evidence]:
    """The evidence of a scope, or, where there is none, what may be of it; whether it is for certain; and all
    that may be of it."""
    known, model = statements.roster, scope[0] if scope[0] != MIXED else ""
    coded = {id(item): of_code(statements, item.place) for item in evidence.items()} if model else {}
    settled = [(item, known.settle(item.scope).key) for item in evidence.items()]
    same = [item for item, _ in settled if model and coded[id(item)] == model]
    same = same or [item for item, key in settled if key == scope and MIXED not in key]
    maybe = [item for item, key in settled if _may_be(key, scope) and coded.get(id(item), "") in ("", model)]
    about, possible = (_of(evidence, items) for items in (same or maybe, [*same, *maybe]))
    certain = bool(same) or not maybe
    sure = certain and not _rival(about.series, about.matrices) and not _of_one_seed(about)
    return about, sure, possible


def _of(evidence: Evidence, items: list[Series | Matrix]) -> Evidence:
    own = list({id(item): item for item in items}.values())
    series = [item for item in own if isinstance(item, Series)]
    return replace(evidence, series=series, matrices=[item for item in own if isinstance(item, Matrix)])


def _may_be(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return all(a == b or MIXED in (a, b) for a, b in zip(one, other, strict=True))


def _of_one_seed(about: Evidence) -> bool:
    """Whether the document shows one of several seeds, so that what it says of all is something else."""
    kinds = [
        [s.seed for s in about.epochs()],
        [s.seed for s in about.steps()],
        [m.seed for m in about.matrices],
    ]
    return not about.external and any(len(kind) == 1 and kind[0] is not None for kind in kinds)


def _rival(series: list[Series], matrices: list[Matrix]) -> bool:
    """Whether there are several tables of one kind, and nothing says that they are of several seeds."""
    unseeded = [(item.unit, item.part, key) for item in series if item.seed is None for key in item.columns]
    return len(unseeded) != len(set(unseeded)) or sum(m.seed is None for m in matrices) > 1


def _is_evidence(ruling: Ruling) -> bool:
    """Whether it is about what a program printed, which nothing of the document accuses."""
    return ruling.claim is not None and ruling.claim.printed


def _weighed(ruling: Ruling, question: str) -> Ruling:
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
