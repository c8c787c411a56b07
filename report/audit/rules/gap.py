"""The gap is training minus validation accuracy of one and the same epoch."""

from collections.abc import Callable

from report.audit.claims import MetricClaim
from report.audit.evidence import Evidence
from report.audit.numerals import Interval, Numeral, exact
from report.audit.rules.metrics import extreme, mean
from report.audit.ruling import Ruling, Severity, ambiguous, contradicted, cut_off, show, verified
from report.audit.statements import Statements
from report.audit.tables import Key, Series
from report.findings.gap import grade

RULE = "brecha de una sola época"
_TRAIN, _VAL = ("accuracy", "train"), ("accuracy", "val")
# Of accuracies of a moment, what they are called, and their difference.
_MOMENTS = {
    "final": ("finales", "brecha final"),
    "selected": ("de la época elegida", "brecha de la época elegida"),
}


def gaps(series: Series, train: Key = _TRAIN) -> list[Interval | None]:
    """Training minus validation accuracy, epoch by epoch."""
    return [
        a - b if a and b else None for a, b in zip(series.columns[train], series.columns[_VAL], strict=True)
    ]


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    found = [s for s in evidence.epochs() if _TRAIN in s.columns and _VAL in s.columns]
    claims = [c for c in statements.claims if isinstance(c, MetricClaim) and c.name == "gap" and c.value]
    if not found:
        return [ruling for claim in claims for ruling in _from_statements(claim, statements)]
    return [ruling for claim in claims for ruling in _check(claim, found)]


def _check(claim: MetricClaim, found: list[Series]) -> list[Ruling]:
    assert claim.value is not None
    written = claim.value.interval(rate=True)
    moment, source = claim.moment, found[0].source
    variants = [_TRAIN, ("accuracy", "running")] if ("accuracy", "running") in found[0].columns else [_TRAIN]
    if claim.seed is not None:
        found = [series for series in found if series.seed == claim.seed] or found
    usual: list[Interval] = []
    everywhere: list[tuple[int, Interval]] = []
    for train in variants:
        each = [gaps(series, train) for series in found]
        rounded = [_of_rounded(series, train, claim.value) for series in found]
        for values, series in zip(each, found, strict=True):
            everywhere += [(n, v) for n, v in zip(series.index, values, strict=True) if v]
        for choose in _choices(claim):
            places = [choose(series) for series in found]
            chosen = [values[i] for values, i in zip(each, places, strict=True) if i is not None]
            known = [value for value in chosen if value]
            if known:
                usual += [mean(known), *known]
            usual += [
                values[i] for values, i in zip(rounded, places, strict=True) if values and i is not None
            ]
    if not usual:
        return []
    if any(written.agrees(value) for value in usual):
        return [verified(claim, RULE, source)]
    middle = usual[0].middle
    if claim.value.truncates(middle, rate=True):
        return [verified(claim, RULE, source, truncated=cut_off(middle))]
    same = [n for n, value in everywhere if written.agrees(value)]
    if same and not (moment.final or moment.at or moment.best or moment.selected):
        return [
            ambiguous(
                claim,
                RULE,
                f"es la brecha de la época {same[0]}, y no se dice; la última es {show(middle)}",
                source,
            )
        ]
    falls = claim.degree and claim.degree != degree(middle)
    severity = Severity.CONCLUSION if falls else Severity.ERROR
    expected = (
        f"brecha en la última época: {show(middle)}"
        if not moment.at
        else f"brecha en la época {moment.at}: {show(middle)}"
    )
    return [contradicted(claim, RULE, expected + _two_epochs(written, found[0]), source, severity)]


def _of_rounded(series: Series, train: Key, written: Numeral) -> list[Interval]:
    """The gaps of computed accuracies that were rounded like the stated gap before subtracting."""
    if series.written is not None:
        return []
    decimals = written.decimals + (2 if written.percent else 0)
    pairs = zip(series.columns[train], series.columns[_VAL], strict=True)
    return [exact(round(a.middle, decimals) - round(b.middle, decimals)) for a, b in pairs if a and b]


def degree(gap: float) -> str:
    """The name of the code of its degree of overfitting."""
    return grade(gap).name


def _choices(claim: MetricClaim) -> list[Callable[[Series], int | None]]:
    """The epochs at which this gap may have been taken, as functions of a series."""

    def last(series: Series) -> int:
        return len(series.index) - 1

    def best(series: Series) -> int:
        return extreme(series.columns[_VAL], high=True)[0]

    def selected(series: Series) -> int | None:
        losses = series.columns.get(("loss", "val"))
        return extreme(losses, high=False)[0] if losses else None

    def named(series: Series) -> int | None:
        return series.index.index(claim.moment.at) if claim.moment.at in series.index else None

    if claim.moment.at is not None:
        return [named]
    if claim.moment.final:
        return [last]
    if claim.moment.best:
        return [best]
    if claim.moment.selected:
        return [selected]
    return [last, best, selected]


def _two_epochs(written: Interval, series: Series) -> str:
    """Which two epochs give the stated difference, if any."""
    for a, train in zip(series.index, series.columns[_TRAIN], strict=True):
        for b, val in zip(series.index, series.columns[_VAL], strict=True):
            if a != b and train and val and written.agrees(train - val):
                return f"; lo escrito resta la validación de la época {b} del entrenamiento de la {a}"
    return ""


def _from_statements(claim: MetricClaim, statements: Statements) -> list[Ruling]:
    """Without a table: against both accuracies of one moment that the text states, the last unless it
    tells. A seed's own gap says nothing of accuracies that are means."""
    moments = ("selected",) if claim.moment.selected else ("final",) if claim.moment.final else _MOMENTS
    found = [pair for moment in moments if (pair := _stated_at(moment, statements))]
    if not found or claim.moment.at or claim.moment.best:
        return []
    assert claim.value is not None
    rulings = []
    for source, name, train, val in found:
        if claim.seed is not None and train.spread:
            return []
        expected = train.interval(rate=True) - val.interval(rate=True)
        if claim.value.interval(rate=True).agrees(expected):
            return [verified(claim, RULE, source)]
        rulings.append(contradicted(claim, RULE, f"{name}: {show(expected.middle)}", source))
    return rulings[:1]


def _stated_at(moment: str, statements: Statements) -> tuple[str, str, Numeral, Numeral] | None:
    """Where both accuracies of that moment are stated, what their difference is called, and both."""
    ends: dict[str, MetricClaim] = {}
    for claim in statements.claims:
        if isinstance(claim, MetricClaim) and claim.name == "accuracy" and getattr(claim.moment, moment):
            ends.setdefault(claim.split, claim)
    train, val = ends.get("train"), ends.get("val")
    if not (train and val and train.value and val.value):
        return None
    whose, name = _MOMENTS[moment]
    return f"exactitudes {whose} ({train.place} y {val.place})", name, train.value, val.value
