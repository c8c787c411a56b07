"""By which proof each group of statements is judged: that of its scope, and of several the nearest one."""

from dataclasses import replace

from report.audit.claims import Claim, CountClaim, FigureClaim
from report.audit.evidence import Evidence
from report.audit.matrices import Matrix
from report.audit.nearness import is_far, nearest
from report.audit.scope import MIXED
from report.audit.statements import Statements, of_code
from report.audit.tables import Series


def groups(statements: Statements) -> dict[tuple[str, ...], Statements]:
    """The statements of each scope."""
    found: dict[tuple[str, ...], Statements] = {}
    for claim in statements.claims:
        if not isinstance(claim, FigureClaim):
            key = claim.scope.key
            if key not in found:
                found[key] = replace(statements, claims=[])
            found[key].claims.append(claim)
    for scope, group in found.items() if statements.ran else ():
        group.claims += [
            claim
            for claim in statements.claims
            if claim.printed
            and scope[0] != MIXED
            and of_code(statements, claim.place) == scope[0]
            and claim.scope.key != scope
            and all(a == b or not (a and b) for a, b in zip(claim.scope.key[1:], scope[1:], strict=True))
        ]
    return found


def about(
    scope: tuple[str, ...], evidence: Evidence, statements: Statements
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


def beside(group: Statements, about: Evidence) -> list[tuple[Statements, Evidence, bool]]:
    """Of several logs and matrices, each with what is said of it where it stands."""
    printed = [claim for claim in group.claims if claim.printed]
    found: dict[tuple[int, ...], tuple[list[Series], list[Matrix], list[Claim]]] = {}
    for claim in group.claims:
        if claim.printed or (isinstance(claim, CountClaim) and claim.name in ("epochs", "max_epochs")):
            continue  # «we train for 8 epochs» may stand above the log
        series = nearest(claim, [s for s in about.epochs() if s.seed is None])
        matrices = nearest(claim, [m for m in about.matrices if m.seed is None])
        if (len(series) == 1 or len(matrices) == 1) and len(series) < 2 and len(matrices) < 2:
            near: list[Series | Matrix] = [*series, *matrices]
            if any(is_far(claim, item) for item in near):
                continue
            key = tuple(map(id, near))
            found.setdefault(key, (series, matrices, []))[2].append(claim)
    return [
        (replace(group, claims=printed + claims), replace(about, series=series, matrices=matrices), True)
        for series, matrices, claims in found.values()
    ]


def without(group: Statements, beside: list[tuple[Statements, Evidence, bool]]) -> Statements:
    taken = {id(claim) for part, _, _ in beside for claim in part.claims if not claim.printed}
    return replace(group, claims=[claim for claim in group.claims if id(claim) not in taken])


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
