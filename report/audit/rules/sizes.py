"""Sizes of the data against each other, against their shares and against the confusion matrix."""

import re

from report.audit.claims import SizesClaim, SplitClaim
from report.audit.evidence import Evidence
from report.audit.matrices import Matrix
from report.audit.numerals import Interval, Numeral, exact
from report.audit.ruling import ITSELF, Ruling, Source, ambiguous, contradicted, show, verified
from report.audit.statements import Statements

RULE, SPLIT_RULE = "tamaños de los datos", "partición de los datos"


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    rulings: list[Ruling] = []
    sized: list[SizesClaim] = []
    shown = [c for c in statements.claims if isinstance(c, SplitClaim) and c.printed]
    split: list[SplitClaim] = []
    for claim in statements.claims:
        if isinstance(claim, SizesClaim):
            rulings += _inside(claim) or _across(claim, sized, evidence.matrices)
        elif isinstance(claim, SplitClaim):
            if wrong := _not_whole(claim):
                rulings.append(wrong)
                continue
            found = [_same_split(claim, other) for other in shown or split[:1]]
            rulings += sorted(found, key=lambda ruling: ruling.severity is not None)[:1]
            split.append(claim)
    return rulings


def _not_whole(claim: SplitClaim) -> Ruling | None:
    parts = [part.real for part in (claim.train, claim.val, claim.test) if part]
    if abs(sum(parts) - 100) <= 1:
        return None
    return contradicted(claim, SPLIT_RULE, f"las partes suman {show(sum(parts), 1)} %", ITSELF)


def _same_split(claim: SplitClaim, first: SplitClaim) -> Ruling:
    """Of the whole, or of what is left when the test or the validation part is put aside."""
    (train, *others), (stated, *rest) = (
        [part.real if part else 0.0 for part in (one.train, one.val, one.test)] for one in (first, claim)
    )
    readings = [train, *(100 * train / (train + part) for part in others if part)]
    readings += [train + others[0]] if claim.val is None else []
    written = claim.train.interval()
    fits = any(written.low * 100 - 1e-9 <= reading <= written.high * 100 + 1e-9 for reading in readings)
    if fits or any(abs(100 * stated / (stated + part) - train) <= 0.5 for part in rest if part):
        return verified(claim, SPLIT_RULE, str(first.place))
    said = f"antes se dijo «{first.quote}»"
    if claim.scope.topic and first.scope.topic and claim.scope.section != first.scope.section:
        return ambiguous(claim, SPLIT_RULE, f"{said}; ¿es la misma partición?", str(first.place))
    return contradicted(claim, SPLIT_RULE, said, str(first.place))


def _inside(claim: SizesClaim) -> list[Ruling]:
    """Within one sentence."""
    train, val, test, total = (_count(n) for n in (claim.train, claim.val, claim.test, claim.total))
    if train and val and total:
        whole = Interval(train.low + val.low, train.high + val.high)
        with_test = Interval(whole.low + test.low, whole.high + test.high) if test else whole
        fits = whole.agrees(total) or with_test.agrees(total)
        said = f"{show(train.middle)} + {show(val.middle)} son {show(whole.middle)}"
    elif claim.share is not None and val and total:
        share = claim.share.interval()
        fits = Interval(total.low * share.low, total.high * share.high).agrees(val)
        said = f"el {claim.share.text} de {show(total.middle)} es {show(total.middle * share.middle)}"
    else:
        return []
    return [verified(claim, RULE, ITSELF) if fits else contradicted(claim, RULE, said, ITSELF)]


def _across(claim: SizesClaim, before: list[SizesClaim], matrices: list[Matrix]) -> list[Ruling]:
    """Of one sentence with another, or with the matrix: only the test part has one size."""
    test = _count(claim.test)
    if test is None or claim.part == "gan":  # the matrix is of the classifier
        return []
    source: Source
    if matrices:
        if any(str(m.total) in re.findall(r"\d+", claim.quote) and m.total != test.middle for m in matrices):
            return []  # it is of another part
        fits, source = any(test.agrees(exact(m.total)) for m in matrices), matrices[0]
        said = f"la matriz suma {matrices[0].total}"
    elif before:
        first = _count(before[0].test)
        assert first is not None
        fits, source, said = test.agrees(first), str(before[0].place), f"antes se dijo {show(first.middle)}"
    else:
        before.append(claim)
        return []
    return [verified(claim, RULE, source) if fits else contradicted(claim, RULE, said, source)]


def _count(numeral: Numeral | None) -> Interval | None:
    return numeral.count() if numeral else None
