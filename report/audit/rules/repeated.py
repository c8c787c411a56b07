"""One quantity stated twice must be the same; with results, settings must be those of the run."""

from report.audit.claims import Claim, CountClaim, MetricClaim
from report.audit.evidence import Evidence
from report.audit.extract.settings import SETTINGS
from report.audit.numerals import Interval
from report.audit.ruling import Ruling, Verdict, ambiguous, contradicted, show, verified
from report.audit.statements import Statements
from report.audit.vocabulary import ORDINALS

RULE = "la misma cantidad dos veces"
_SHARES = ("share_train", "share_val", "share_test")


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
        known = evidence.settings.get((claim.part, str(key[1]))) if not key[2] else None
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
        rulings.append(_compare(claim, value, other, first))
    return rulings


def _compare(claim: Claim, value: Interval, other: Claim, first: Interval) -> Ruling:
    if value.agrees(first):
        return verified(claim, RULE, str(other.place))
    said = f"antes se dijo «{other.quote}»"
    doubt = _doubt(claim, other)
    if doubt:
        return ambiguous(claim, RULE, f"{said}; {doubt}", str(other.place))
    return contradicted(claim, RULE, said, str(other.place))


def _doubt(claim: Claim, other: Claim) -> str:
    """The question that is left where two sections, each with a topic of its own, may be of two things."""
    a, b = claim.scope, other.scope
    if a.section != b.section and a.topic and b.topic:
        return "¿las dos secciones hablan de lo mismo?"
    if not b.certain:
        return "¿sigue hablando de lo mismo que la frase anterior?"
    return ""


def _key(claim: Claim) -> tuple[tuple[object, ...] | None, Interval | None]:
    if isinstance(claim, CountClaim) and claim.name in (*SETTINGS, *_SHARES, "epochs", "iterations"):
        number = claim.value
        if isinstance(number, int) or claim.of not in ("", *ORDINALS):  # dense layers have many sizes
            return None, None
        counts = claim.name in ("epochs", "iterations")
        return (claim.part, claim.name, claim.of), number.count() if counts else number.interval()
    if isinstance(claim, MetricClaim) and claim.value is not None and claim.seed is None:
        rate = claim.name != "loss"
        if claim.value.upper is not None or claim.value.spread or claim.name == "gap":
            return None, None
        if claim.split == "test" and (claim.name in ("accuracy", "loss") or claim.label or claim.average):
            return _measured(claim), claim.value.interval(rate=rate)
        moment = claim.moment
        if claim.split in ("train", "val", "D", "G") and (moment.final or moment.best):
            return (*_measured(claim), moment.final, bool(moment.best)), claim.value.interval(rate=rate)
    return None, None


def _measured(claim: MetricClaim) -> tuple[object, ...]:
    return ("metric", claim.name, claim.split, claim.label, claim.average)
