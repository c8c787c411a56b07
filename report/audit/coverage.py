"""How much of a document could be checked, and what would be needed for the rest."""

from collections import defaultdict
from dataclasses import dataclass

from report.audit.blocks import Place
from report.audit.claims import Claim, CountClaim, FigureClaim, MetricClaim, VerdictClaim
from report.audit.evidence import Evidence
from report.audit.ruling import Ruling, Verdict
from report.audit.statements import Statements

_DECIDED = (Verdict.VERIFIED, Verdict.CONTRADICTED)


@dataclass(frozen=True)
class Coverage:
    """``shown``: whether the document shows some result: a table, a log, a matrix, a line that a program
    printed. ``apart``: claims of one quantity that are of two models, phases or parts of the data.
    ``without``: places of the claims that nothing could decide."""

    claims: int
    shown: bool
    checked: int
    ambiguous: int
    apart: int
    without: tuple[Place, ...]
    needed: str  # in Spanish

    @property
    def is_nothing(self) -> bool:
        """Whether nothing of what is stated could be held against anything, or there is nothing at all: what
        only shows its results has nothing that could be wrong."""
        return not (self.checked or self.ambiguous or self.apart or (self.shown and not self.claims))


def measure(statements: Statements, evidence: list[Evidence], rulings: list[Ruling]) -> Coverage:
    claims = [claim for claim in statements.claims if _checkable(claim)]
    decided = {id(f.claim) for f in rulings if f.verdict in _DECIDED}
    doubtful = {id(f.claim) for f in rulings if f.verdict is Verdict.AMBIGUOUS} - decided
    items = sum(f.claim is None and f.verdict in _DECIDED for f in rulings)  # tables against results
    told = _told_apart(claims)
    judged = decided | doubtful
    rest = [claim for claim in claims if id(claim) not in judged]
    return Coverage(
        len(claims) + items,
        bool(statements.series or statements.matrices or statements.grids)
        or any(claim.printed for claim in statements.claims),
        sum(id(claim) in decided for claim in claims) + items,
        sum(id(claim) in doubtful for claim in claims),
        sum(id(claim) in told for claim in rest),
        tuple(claim.place for claim in rest),
        _needed(rest, evidence),
    )


def _checkable(claim: Claim) -> bool:
    if claim.printed:
        return False
    if isinstance(claim, FigureClaim):
        return not claim.is_caption
    return not (isinstance(claim, VerdictClaim) and claim.topic == "opinion")


def _told_apart(claims: list[Claim]) -> set[int]:
    """Claims of a quantity that is also stated of something else."""
    found: dict[object, dict[object, list[int]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if isinstance(claim, MetricClaim) and claim.name:
            of = (claim.scope.key, claim.split, claim.label, claim.average, claim.moment, claim.seed)
            found[claim.name][of].append(id(claim))
        elif isinstance(claim, CountClaim):
            found[claim.name][claim.scope.key, claim.part, claim.of].append(id(claim))
    return {one for each in found.values() if len(each) > 1 for ids in each.values() for one in ids}


def _needed(claims: list[Claim], evidence: list[Evidence]) -> str:
    """What would have to stand in the document, or be given, for ``claims`` to be checked."""
    names = {claim.name for claim in claims if isinstance(claim, MetricClaim)}
    has_series = any(each.series for each in evidence)
    has_matrix = any(each.matrices for each in evidence)
    wanted = []
    if names & {"accuracy", "loss", "gap"} and not has_series:
        wanted.append("una tabla por épocas o el registro del entrenamiento")
    if names & {"precision", "recall", "f1", "accuracy"} and not has_matrix:
        wanted.append("la matriz de confusión o el informe de clasificación")
    if any(isinstance(claim, CountClaim) for claim in claims):
        wanted.append("los ajustes del entrenamiento")
    return "; ".join(wanted)
