"""Sizes of the data against each other, against their shares and against the confusion matrix."""

from report.audit.claims import Claim, SizesClaim, SplitClaim
from report.audit.evidence import Evidence
from report.audit.numerals import Interval, Numeral, exact
from report.audit.ruling import ITSELF, Ruling, ambiguous, contradicted, show, verified
from report.audit.statements import Statements
from report.audit.tables import Matrix

RULE, SPLIT_RULE = "tamaños de los datos", "partición de los datos"


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    rulings: list[Ruling] = []
    seen: dict[str, tuple[Interval, Claim]] = {}
    first: SplitClaim | None = None
    for claim in statements.claims:
        if isinstance(claim, SizesClaim):
            found = _inside(claim)
            rulings += found or _across(claim, seen, evidence.matrices)
        elif isinstance(claim, SplitClaim):
            if first is not None:
                rulings.append(_same_split(claim, first))
            first = first or claim
    return rulings


def _same_split(claim: SplitClaim, first: SplitClaim) -> Ruling:
    """Of the whole, or of what is left when the test or the validation part is put aside."""
    train, val, test = ((part.real if part else 0.0) for part in (first.train, first.val, first.test))
    readings = [train, train + val] if claim.val is None else [train]
    readings += [100 * train / (train + part) for part in (val, test) if part]
    reverse = claim.train.real, claim.val.real if claim.val else 0, claim.test.real if claim.test else 0
    written = claim.train.interval()
    if any(written.low * 100 - 1e-9 <= reading <= written.high * 100 + 1e-9 for reading in readings):
        return verified(claim, SPLIT_RULE, str(first.place))
    if any(abs(100 * reverse[0] / (reverse[0] + part) - train) <= 0.5 for part in reverse[1:] if part):
        return verified(claim, SPLIT_RULE, str(first.place))
    said = f"antes se dijo «{first.quote}»"
    if claim.scope.topic and first.scope.topic and claim.scope.section != first.scope.section:
        return ambiguous(claim, SPLIT_RULE, f"{said}; ¿es la misma partición?", str(first.place))
    return contradicted(claim, SPLIT_RULE, said, str(first.place))


def _inside(claim: SizesClaim) -> list[Ruling]:
    """Within one sentence."""
    train, val, total = (_count(n) for n in (claim.train, claim.val, claim.total))
    source = ITSELF
    if train and val and total:
        whole = Interval(train.low + val.low, train.high + val.high)
        test = _count(claim.test)
        with_test = Interval(whole.low + test.low, whole.high + test.high) if test else whole
        if whole.agrees(total) or with_test.agrees(total):
            return [verified(claim, RULE, source)]
        return [
            contradicted(
                claim, RULE, f"{show(train.middle)} + {show(val.middle)} son {show(whole.middle)}", source
            )
        ]
    if claim.share is not None and val and total:
        share = claim.share.interval()
        if Interval(total.low * share.low, total.high * share.high).agrees(val):
            return [verified(claim, RULE, source)]
        part = total.middle * share.middle
        return [
            contradicted(
                claim, RULE, f"el {claim.share.text} de {show(total.middle)} es {show(part)}", source
            )
        ]
    return []


def _across(
    claim: SizesClaim, seen: dict[str, tuple[Interval, Claim]], matrices: list[Matrix]
) -> list[Ruling]:
    """Of one sentence with another, or with the matrix: only the test part has one size."""
    test = _count(claim.test)
    if test is None or claim.part == "gan":  # the matrix is of the classifier
        return []
    if matrices:
        if any(test.agrees(exact(m.total)) for m in matrices):
            return [verified(claim, RULE, matrices[0].source)]
        return [contradicted(claim, RULE, f"la matriz suma {matrices[0].total}", matrices[0].source)]
    if "test" not in seen:
        seen["test"] = (test, claim)
        return []
    before, other = seen["test"]
    if test.agrees(before):
        return [verified(claim, RULE, str(other.place))]
    return [contradicted(claim, RULE, f"antes se dijo {show(before.middle)}", str(other.place))]


def _count(numeral: Numeral | None) -> Interval | None:
    return numeral.count() if numeral else None
