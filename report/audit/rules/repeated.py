"""One quantity stated twice must be the same; with results, settings must be those of the run."""

from report.audit.claims import Claim, CountClaim, MetricClaim
from report.audit.evidence import Evidence
from report.audit.extract.settings import SETTINGS
from report.audit.numerals import Interval
from report.audit.ruling import Ruling, Verdict, contradicted, show, verified
from report.audit.statements import Statements

RULE = "la misma cantidad dos veces"


def check(statements: Statements, evidence: Evidence, before: list[Ruling]) -> list[Ruling]:
    decided = {id(f.claim) for f in before if f.claim is not None and f.verdict is not Verdict.AMBIGUOUS}
    seen: dict[tuple[object, ...], tuple[Interval, Claim]] = {}
    rulings: list[Ruling] = []
    for claim in statements.claims:
        key, value = _key(claim)
        if key is None or value is None:
            continue
        if id(claim) in decided:
            continue
        known = evidence.settings.get((claim.part, str(key[1])))
        if known is not None and isinstance(claim, CountClaim):
            if value.agrees(known):
                rulings.append(verified(claim, "ajuste y resultados", "resultados"))
            else:
                rulings.append(
                    contradicted(claim, "ajuste y resultados", f"{show(known.middle)}", "resultados")
                )
            continue
        if key not in seen:
            seen[key] = (value, claim)
            continue
        first, other = seen[key]
        if value.agrees(first):
            rulings.append(verified(claim, RULE, str(other.place)))
        else:
            rulings.append(contradicted(claim, RULE, f"antes se dijo «{other.quote}»", str(other.place)))
    return rulings


def _key(claim: Claim) -> tuple[tuple[object, ...] | None, Interval | None]:
    if isinstance(claim, CountClaim) and claim.name in (*SETTINGS, "epochs", "iterations"):
        number = claim.value
        if isinstance(number, int):
            return None, None
        return (claim.part, claim.name), number.count() if claim.name in (
            "epochs",
            "iterations",
        ) else number.interval()
    if isinstance(claim, MetricClaim) and claim.value is not None and claim.split and claim.seed is None:
        if claim.split == "test" and claim.name in ("accuracy", "loss"):
            return ("metric", claim.name, claim.split), claim.value.interval(rate=claim.name == "accuracy")
        moment = claim.moment
        if (
            claim.split in ("train", "val", "D", "G")
            and (moment.final or moment.best)
            and claim.value.upper is None
        ):
            key = ("metric", claim.name, claim.split, moment.final, bool(moment.best))
            return key, claim.value.interval(rate=claim.name == "accuracy")
    return None, None
