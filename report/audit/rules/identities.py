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
            rulings += _f1(*(named[name][0] for name in _OF_F1), averaged=statements.averaged)
    return rulings


def _f1(precision: MetricClaim, recall: MetricClaim, claim: MetricClaim, *, averaged: bool) -> list[Ruling]:
    values = [c.value for c in (precision, recall, claim) if c.value is not None]
    p, r, written = (value.interval(rate=True) for value in values)
    if p.low + r.low <= 0 or p.high > 1.01 or r.high > 1.01:
        return []
    expected = Interval(2 * p.low * r.low / (p.low + r.low), 2 * p.high * r.high / (p.high + r.high))
    source = str(precision.place)
    if written.agrees(expected):
        return [verified(claim, F1_RULE, source)]
    said = f"con {values[0].text} y {values[1].text} sería {show(expected.middle, 3)}"
    if not claim.label and (averaged or any(claim.scope.key)):
        return [ambiguous(claim, F1_RULE, f"{said}; ¿es la media de varias clases?", source)]
    return [contradicted(claim, F1_RULE, said, source)]


def averages(statements: Statements) -> list[Ruling]:
    """The rows «macro avg» and «weighted avg» of a table of classes."""
    return [ruling for grid in statements.grids if grid.of_classes for ruling in _averages(grid)]


def _averages(grid: Grid) -> list[Ruling]:
    support = next((c for c in grid.columns if plain(c.title) in ("support", "soporte")), None)
    classes = [i for i in range(len(grid.rows)) if i not in grid.summaries]
    counts = [value.whole for i in classes if (value := support.values[i])] if support else []
    weights = {"macro": [1] * len(classes), "weighted": [n for n in counts if n is not None]}
    rulings: list[Ruling] = []
    for i, row in enumerate(grid.rows):
        kind = next((name for name in weights if name in plain(row)), "")
        for column in grid.columns if kind and len(classes) > 1 else ():
            value, expected = column.values[i], _mean(column, classes, weights[kind])
            if column is not support and column.metric and value and expected:
                says = f"{row}, {column.title}: {value.text}"
                said = f"la media de las clases es {show(expected.middle, 3)}"
                proved = (Verdict.VERIFIED, MEAN_RULE, says, "", grid.source)
                denied = (Verdict.CONTRADICTED, MEAN_RULE, says, said, ITSELF, Severity.ERROR)
                fits = value.interval(rate=True).agrees(expected)
                rulings.append(Ruling(grid.places[i], *(proved if fits else denied)))
    return rulings


def _mean(column: Column, classes: list[int], weights: list[int]) -> Interval | None:
    values = [value.interval(rate=True) for i in classes if (value := column.values[i]) is not None]
    total = sum(weights)
    if len(values) != len(classes) or len(weights) != len(classes) or not total:
        return None
    pairs = list(zip(values, weights, strict=True))
    return Interval(sum(v.low * w for v, w in pairs) / total, sum(v.high * w for v, w in pairs) / total)
