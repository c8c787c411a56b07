"""One quantity stated twice must be the same; with results, settings must be those of the run."""

from report.audit.claims import Claim, CountClaim, MetricClaim
from report.audit.evidence import Evidence
from report.audit.extract.settings import SETTINGS
from report.audit.lexicon import ORDINALS
from report.audit.numerals import Interval
from report.audit.ruling import Ruling, Verdict, ambiguous, contradicted, show, verified
from report.audit.statements import Statements

Key = tuple[object, ...]
MAX_PRINTED = 50  # values of one quantity
PRINTED = "cita de lo impreso"
RULE = "la misma cantidad dos veces"
_SHARES = ("share_train", "share_val", "share_test")


def check(statements: Statements, evidence: Evidence, before: list[Ruling]) -> list[Ruling]:
    decided = {id(f.claim) for f in before if f.claim is not None and f.verdict is not Verdict.AMBIGUOUS}
    printed: dict[Key, list[tuple[Interval, Claim]]] = {}
    for claim in statements.claims:
        key, value = _key(claim) if claim.printed else (None, None)
        if key is not None and value is not None and len(printed.setdefault(key, [])) < MAX_PRINTED:
            printed[key].append((value, claim))
    seen: dict[Key, tuple[Interval, Claim]] = {}
    rulings: list[Ruling] = []
    for claim in statements.claims:
        key, value = _key(claim)
        if key is None or value is None or id(claim) in decided or claim.printed:
            continue
        known = evidence.settings.get((claim.part, str(key[1]))) if not key[2] else None
        if known is not None and isinstance(claim, CountClaim):
            rule = "ajuste y resultados"
            agrees = value.agrees(known)
            denied = contradicted(claim, rule, f"{show(known.middle)}", "resultados")
            rulings.append(verified(claim, rule, "resultados") if agrees else denied)
        elif key in printed:
            rulings.append(_quoted(claim, value, printed[key]))
        elif key not in seen:
            seen[key] = (value, claim)
        else:
            first, other = seen[key]
            rulings.append(_compare(claim, value, other, first))
    return rulings


def _quoted(claim: Claim, value: Interval, printed: list[tuple[Interval, Claim]]) -> Ruling:
    """Against what a program printed: of several values none is for certain the one that is meant."""
    for known, other in printed:
        if value.agrees(known):
            return verified(claim, PRINTED, str(other.place))
    known, other = printed[0]
    if all(each.agrees(known) for each, _ in printed):
        return contradicted(claim, PRINTED, f"se imprimió «{other.quote}»", str(other.place))
    listed = ", ".join(show(each.middle) for each, _ in printed[:4])
    return ambiguous(claim, PRINTED, f"se imprimieron {listed}; ¿de cuál se habla?", str(other.place))


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


def _key(claim: Claim) -> tuple[Key | None, Interval | None]:
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
        if claim.split == "test":
            return _measured(claim), claim.value.interval(rate=rate)
        moment = claim.moment
        if claim.split in ("train", "val", "D", "G") and (moment.final or moment.best):
            return (*_measured(claim), moment.final, bool(moment.best)), claim.value.interval(rate=rate)
    return None, None


def _measured(claim: MetricClaim) -> Key:
    return ("metric", claim.name, claim.split, claim.label, claim.average)
