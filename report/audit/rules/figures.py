"""What refers to a figure or table must lead to it, and to the step that it shows."""

from report.audit.claims import FigureClaim
from report.audit.evidence import Evidence
from report.audit.ruling import Ruling, contradicted, verified
from report.audit.statements import Statements, captions


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    rulings: list[Ruling] = []
    known = {"figure": captions(statements, "figure"), "table": captions(statements, "table")}
    names = {"figure": "figura", "table": "tabla"}
    for claim in statements.claims:
        if not isinstance(claim, FigureClaim):
            continue
        if claim.is_caption:
            rulings += _twice(claim, known[claim.of][claim.numbers[0]])
            continue
        targets = known[claim.of]
        if claim.of == "table" and not targets:
            continue  # tables without captions: the reference may count them
        lost = [n for n in claim.numbers if n not in targets]
        if lost and targets and min(targets) < lost[0] < max(targets):
            continue  # a caption that was not read as one
        if lost:
            there = (
                f"las hay de la {min(targets)} a la {max(targets)}" if targets else "no hay ninguna con pie"
            )
            expected = f"no existe la {names[claim.of]} {lost[0]}; {there}"
            rulings.append(contradicted(claim, "referencia a figura", expected, "los pies del documento"))
            continue
        wrong = _other_step(claim, targets)
        if wrong is None:
            rulings.append(verified(claim, "referencia a figura", str(targets[claim.numbers[0]].place)))
        else:
            steps = ", ".join(map(str, wrong.steps))
            expected = f"la figura {wrong.numbers[0]} es del paso {steps}"
            rulings.append(contradicted(claim, "paso de la figura", expected, str(wrong.place)))
    return rulings


def _twice(claim: FigureClaim, first: FigureClaim) -> list[Ruling]:
    """A second caption of one number that names other steps than the first."""
    if claim is first or not claim.steps or not first.steps or set(claim.steps) & set(first.steps):
        return []
    steps = ", ".join(map(str, first.steps))
    expected = f"otro pie con ese número es del paso {steps}"
    return [contradicted(claim, "paso de la figura", expected, str(first.place))]


def _other_step(claim: FigureClaim, targets: dict[int, FigureClaim]) -> FigureClaim | None:
    """The caption that shows another step than the sentence speaks of."""
    if not claim.steps:
        return None
    low, high = min(claim.steps), max(claim.steps)
    for number in claim.numbers:
        steps = targets[number].steps
        if steps and not any(
            step in claim.steps or (len(claim.numbers) > 1 and low <= step <= high) for step in steps
        ):
            return targets[number]
    return None
