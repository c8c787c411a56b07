"""What only the whole document tells of its statements: names, parts and splits of which there is but one."""

from dataclasses import replace

from report.audit.claims import CellClaim, CountClaim, MetricClaim
from report.audit.matrices import binary
from report.audit.scope import roster
from report.audit.statements import Statements

_MEASURES = ("accuracy", "precision", "recall", "f1")


def settle(statements: Statements, subjects: set[str]) -> None:
    """``subjects``: names that headings and the beginnings of items are about."""
    _matrix_in_prose(statements)
    _classes_named(statements)
    _only_split(statements)
    _only_part(statements)
    _only_names(statements, subjects)


def _matrix_in_prose(statements: Statements) -> None:
    """Four counts named one by one are a confusion matrix too."""
    if statements.matrices:
        return
    cells: dict[str, CountClaim] = {}
    for claim in statements.claims:
        if isinstance(claim, CountClaim) and claim.name in ("tn", "fp", "fn", "tp"):
            cells.setdefault(claim.name, claim)
    if len(cells) < 4:
        return
    values = [_whole(cells[name]) for name in ("tn", "fp", "fn", "tp")]
    tn, fp, fn, tp = values
    if tn is None or fp is None or fn is None or tp is None:
        return
    place = cells["tn"].place
    statements.matrices.append(binary((tn, fp, fn, tp), f"recuentos citados ({place})", place))


def _classes_named(statements: Statements) -> None:
    """What one sentence calls a class is one in the others."""
    claims = statements.claims
    known = {name for c in claims if isinstance(c, CellClaim) and c.sure for name in (c.real, c.predicted)}
    statements.claims = [
        replace(claim, sure=True) if isinstance(claim, CellClaim) and claim.real in known else claim
        for claim in claims
    ]


def _whole(claim: CountClaim) -> int | None:
    return claim.value if isinstance(claim.value, int) else claim.value.whole


def _only_split(statements: Statements) -> None:
    """What names no part of the data is of the test, where the document names no other."""
    claims = [claim for claim in statements.claims if isinstance(claim, MetricClaim)]
    named = {claim.split for claim in claims} | {split for s in statements.series for _, split in s.columns}
    if named - {""} != {"test"}:
        return
    statements.claims = [
        replace(claim, split="test")
        if isinstance(claim, MetricClaim) and claim.name in _MEASURES and not claim.split
        else claim
        for claim in statements.claims
    ]


def _only_part(statements: Statements) -> None:
    """What is said to be of no part of the document is of the only one."""
    parts = {claim.part for claim in statements.claims} - {""}
    if len(parts) == 1:
        (part,) = parts
        statements.claims = [replace(claim, part=part) for claim in statements.claims]


def _only_names(statements: Statements, subjects: set[str]) -> None:
    """Names that the whole document has tell what is unnamed: the only one, or one of several."""
    scopes = [claim.scope for claim in statements.claims]
    shown = [series.scope for series in statements.series] + [one.scope for one in statements.matrices]
    printed = [claim for claim in statements.claims if claim.printed and claim.place.unit == "celda"]
    unnamed = bool(printed) and not any(any(scope.key) for scope in [*shown, *(c.scope for c in printed)])
    known = statements.roster = roster([*scopes, *shown], subjects, unnamed)
    if any(known.names.values()) or any(any(scope.key) for scope in scopes):
        statements.claims = [replace(claim, scope=known.settle(claim.scope)) for claim in statements.claims]
    statements.series = [replace(series, scope=known.settle(series.scope)) for series in statements.series]
    statements.matrices = [replace(one, scope=known.settle(one.scope)) for one in statements.matrices]
