"""What follows from the numbers themselves: F1 from precision and recall, averages over the classes."""

from collections import defaultdict

from report.audit.claims import MetricClaim
from report.audit.evidence import Evidence
from report.audit.grids import Column, Grid
from report.audit.numerals import Interval
from report.audit.ruling import ITSELF, Ruling, Severity, Verdict, ambiguous, contradicted, show, verified
from report.audit.scope import plain
from report.audit.statements import Statements

Key = tuple[object, ...]
_OF_F1 = ("precision", "recall", "f1")
_SUMMARY = frozenset({"avg", "average", "accuracy", "exactitud", "promedio", "media", "total"})
F1_RULE, MEAN_RULE = "F1 de precisión y exhaustividad", "media de las clases"


def f1(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    """Of one class, or of no average: a mean of F1 is not the F1 of the means."""
    found: dict[Key, dict[str, list[MetricClaim]]] = defaultdict(lambda: defaultdict(list))
    for claim in statements.claims:
        if isinstance(claim, MetricClaim) and claim.value is not None and claim.name in _OF_F1:
            of: Key = (claim.average, claim.scope.section, claim.split, claim.label, claim.moment, claim.seed)
            found[of][claim.name].append(claim)
    rulings: list[Ruling] = []
    for of, named in found.items():
        if not of[0] and [len(named[name]) for name in _OF_F1] == [1, 1, 1]:
            (precision,), (recall,), (claim,) = (named[name] for name in _OF_F1)
            rulings += _f1(precision, recall, claim, statements.averaged)
    return rulings


def _f1(precision: MetricClaim, recall: MetricClaim, claim: MetricClaim, averaged: bool) -> list[Ruling]:
    assert precision.value is not None
    assert recall.value is not None
    assert claim.value is not None
    p, r = precision.value.interval(rate=True), recall.value.interval(rate=True)
    if p.low + r.low <= 0 or p.high > 1.01 or r.high > 1.01:
        return []
    expected = Interval(2 * p.low * r.low / (p.low + r.low), 2 * p.high * r.high / (p.high + r.high))
    written = claim.value.interval(rate=True)
    if written.agrees(expected):
        return [verified(claim, F1_RULE, str(precision.place))]
    said = f"con {precision.value.text} y {recall.value.text} sería {show(expected.middle, 3)}"
    if not claim.label and (averaged or any(claim.scope.key)):
        return [ambiguous(claim, F1_RULE, f"{said}; ¿es la media de varias clases?", str(precision.place))]
    return [contradicted(claim, F1_RULE, said, str(precision.place))]


def averages(statements: Statements) -> list[Ruling]:
    """The rows «macro avg» and «weighted avg» of a table of classes."""
    return [ruling for grid in statements.grids if grid.of_classes for ruling in _averages(grid)]


def _averages(grid: Grid) -> list[Ruling]:
    support = next((c for c in grid.columns if plain(c.title) in ("support", "soporte")), None)
    classes = [i for i, row in enumerate(grid.rows) if not _is_summary(row)]
    rulings: list[Ruling] = []
    for i, row in enumerate(grid.rows):
        kind = next((name for name in ("macro", "weighted") if name in plain(row)), "")
        for column in grid.columns if kind and len(classes) > 1 else ():
            if column is support or column.metric is None or column.values[i] is None:
                continue
            weights = _weights(support, classes) if kind == "weighted" else [1.0] * len(classes)
            expected = _mean(column, classes, weights)
            if expected is not None:
                rulings.append(_ruled(grid, i, column, expected))
    return rulings


def _is_summary(row: str) -> bool:
    return bool(
        {"avg", "average", "accuracy", "exactitud", "promedio", "media", "total"} & set(plain(row).split())
    )


def _weights(support: Column | None, classes: list[int]) -> list[float]:
    values = [support.values[i] for i in classes] if support else []
    return [float(v.whole) for v in values if v is not None and v.whole is not None]


def _mean(column: Column, classes: list[int], weights: list[float]) -> Interval | None:
    values = [value for i in classes if (value := column.values[i]) is not None]
    if len(values) != len(classes) or len(weights) != len(classes) or not sum(weights):
        return None
    pairs = list(zip((value.interval(rate=True) for value in values), weights, strict=True))
    total = sum(weights)
    return Interval(sum(v.low * w for v, w in pairs) / total, sum(v.high * w for v, w in pairs) / total)


def _ruled(grid: Grid, row: int, column: Column, expected: Interval) -> Ruling:
    value = column.values[row]
    assert value is not None
    says = f"{grid.rows[row]}, {column.title}: {value.text}"
    if value.interval(rate=True).agrees(expected):
        return Ruling(grid.places[row], Verdict.VERIFIED, MEAN_RULE, says, "", grid.source)
    said = f"la media de las clases es {show(expected.middle, 3)}"
    return Ruling(grid.places[row], Verdict.CONTRADICTED, MEAN_RULE, says, said, ITSELF, Severity.ERROR)
