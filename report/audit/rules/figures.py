"""What refers to a figure or table must lead to it, and to the step that it shows."""

from report.audit.claims import FigureClaim
from report.audit.evidence import Evidence
from report.audit.ruling import Ruling, ambiguous, contradicted, verified
from report.audit.statements import Statements, captions

REFERENCE, STEP = "referencia a figura", "paso de la figura"
_NAMES = {"figure": "figura", "table": "tabla"}


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    known = {"figure": captions(statements, "figure"), "table": captions(statements, "table")}
    claims = [claim for claim in statements.claims if isinstance(claim, FigureClaim)]
    return [ruling for claim in claims for ruling in _one(claim, known[claim.of])]


def _one(claim: FigureClaim, targets: dict[int, FigureClaim]) -> list[Ruling]:
    if claim.is_caption:
        return _twice(claim, targets[claim.numbers[0]])
    lost = [n for n in claim.numbers if n not in targets]
    if (claim.of == "table" and not targets) or (lost and targets and min(targets) < lost[0] < max(targets)):
        return []  # tables without captions, that it may count; a caption that was not read as one
    if lost and (len(targets) < 2 or sorted(targets) != list(range(1, len(targets) + 1))):
        return [ambiguous(claim, REFERENCE, "no se leen todos los pies", "los pies del documento")]
    if lost:
        there = f"las hay de la {min(targets)} a la {max(targets)}"
        said = f"no existe la {_NAMES[claim.of]} {lost[0]}; {there}"
        return [contradicted(claim, REFERENCE, said, "los pies del documento")]
    wrong = _other_step(claim, targets)
    if wrong is None:
        return [verified(claim, REFERENCE, str(targets[claim.numbers[0]].place))]
    said = f"la figura {wrong.numbers[0]} es del paso {', '.join(map(str, wrong.steps))}"
    return [contradicted(claim, STEP, said, str(wrong.place))]


def _twice(claim: FigureClaim, first: FigureClaim) -> list[Ruling]:
    """A second caption of one number that names other steps than the first."""
    if claim is first or not claim.steps or not first.steps or set(claim.steps) & set(first.steps):
        return []
    said = f"otro pie con ese número es del paso {', '.join(map(str, first.steps))}"
    return [contradicted(claim, STEP, said, str(first.place))]


def _other_step(claim: FigureClaim, targets: dict[int, FigureClaim]) -> FigureClaim | None:
    """The caption that shows another step than the sentence speaks of."""
    low, high = min(claim.steps, default=0), max(claim.steps, default=0)
    several = len(claim.numbers) > 1
    for caption in (targets[number] for number in claim.numbers if claim.steps):
        if caption.steps and not any(
            step in claim.steps or (several and low <= step <= high) for step in caption.steps
        ):
            return caption
    return None
