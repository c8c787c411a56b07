"""Values at an epoch, at the end and at their best, and the gap of one epoch, against tables and results."""

from collections.abc import Sequence

from report.audit.claims import MetricClaim
from report.audit.evidence import Evidence
from report.audit.nearness import NEAR, nearest
from report.audit.numerals import Interval, Numeral, exact
from report.audit.ruling import Ruling, Severity, Source, ambiguous, compared, contradicted, show, verified
from report.audit.statements import Statements
from report.audit.tables import Key, Series, mean
from report.findings.gap import grade

_NAMES = {"accuracy": "exactitud", "loss": "pérdida"}
_SPLITS = {
    **{"train": "entrenamiento", "val": "validación", "running": "en marcha"},
    **{"D": "discriminador", "G": "generador"},
}
GAP = "brecha de una sola época"
# Of accuracies of a moment, what they are called, and their difference.
_MOMENTS = {
    "final": ("finales", "brecha final"),
    "selected": ("de la época elegida", "brecha de la época elegida"),
}
_TRAIN, _VAL = ("accuracy", "train"), ("accuracy", "val")
Values = tuple[Interval | None, ...]


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    rulings: list[Ruling] = []
    for claim in (c for c in statements.claims if isinstance(c, MetricClaim)):
        if claim.name in _NAMES and claim.split in _SPLITS:
            key = (claim.name, claim.split)
            found = [s for s in evidence.series if key in s.columns and claim.seed in (None, s.seed)]
            unit = claim.moment.unit if claim.moment.at is not None else found[-1].unit if found else ""
            found = [s for s in found if s.unit == unit]
            rulings += _check(claim, found, key) if found else []
        elif claim.name in _NAMES and not claim.split and claim.value and not claim.printed:
            rulings += _shown_before(claim, evidence.epochs(), statements)
        elif claim.name == "" and claim.value is None:
            rulings += _best_of_any(claim, evidence.epochs())
        elif claim.name == "gap" and claim.value:
            found = [s for s in evidence.epochs() if {_TRAIN, _VAL} <= s.columns.keys()]
            rulings += _gap(claim, found) if found else _gap_of_stated(claim, statements)
    return rulings


def _check(claim: MetricClaim, found: list[Series], key: Key) -> list[Ruling]:
    what = f"{_NAMES[claim.name]} de {_SPLITS[claim.split]}"
    source: Source = found[0] if len(found) == 1 else f"{len(found)} tablas o semillas"
    moment, first = claim.moment, found[0]
    unit = "época" if first.unit == "epoch" else "iteración"
    if first.unit == "step" and first.written is None and moment.final:
        return []  # how the end of a noisy curve was averaged is the author's choice
    if moment.at is not None and moment.at not in first.index:
        if moment.at == len(first.index) and first.index[0] == 0:
            return _settle(claim, found, key, [moment.at - 1], f"{what} en la {unit} {moment.at}", source)
        if first.unit == "step" or moment.unit != first.unit:
            return []
        expected = f"las épocas van de la {first.index[0]} a la {first.index[-1]}"
        return [contradicted(claim, "época inexistente", expected, source)]
    if moment.best:
        return _best(claim, found, key, what, source)
    if moment.selected:
        return _settle(claim, found, key, [selected(s) for s in found], f"{what} en la época elegida", source)
    if moment.at is not None:
        positions = [s.index.index(moment.at) if moment.at in s.index else None for s in found]
        if first.index[0] == 0 and positions[0] and len(found) == 1:  # the author may count from 1
            counted = _settle(claim, found, key, [positions[0] - 1], what, source)
            if [ruling.severity for ruling in counted] == [None]:
                return counted
        return _settle(claim, found, key, positions, f"{what} en la {unit} {moment.at}", source)
    if moment.final:
        ends: list[int | None] = [len(s.index) - 1 for s in found]
        return _settle(claim, found, key, ends, f"{what} final ({unit} {first.index[-1]})", source)
    return _unplaced(claim, found, key, what, source) if first.unit == "epoch" else []


def _shown_before(claim: MetricClaim, found: list[Series], statements: Statements) -> list[Ruling]:
    """A value of no part of the data that stands below the log of a notebook: some part had it, or none."""
    assert claim.value is not None
    cell = claim.place.number
    near = nearest(claim, found) if claim.place.unit == "celda" else []
    if len(near) != 1 or near[0].place is None or cell - near[0].place.number > NEAR:
        return []
    written, log = claim.value.interval(rate=claim.name == "accuracy"), near[0]
    values = [v for key, column in log.columns.items() if key[0] == claim.name for v in column if v]
    printed = [c for c in statements.claims if isinstance(c, MetricClaim) and c.printed and c.value]
    values += [
        c.value.interval(rate=True)
        for c in printed
        if c.value and c.name == claim.name and near[0].place.number <= c.place.number <= cell
    ]
    if not values or any(written.agrees(value) for value in values):
        return [verified(claim, "valor citado", log)] if values else []
    low, high = min(v.middle for v in values), max(v.middle for v in values)
    said = f"lo impreso va de {show(low)} a {show(high)}, y ese valor no está"
    return [contradicted(claim, "valor citado", said, log)]


def _settle(
    claim: MetricClaim, found: list[Series], key: Key, positions: list[int | None], what: str, source: Source
) -> list[Ruling]:
    """Compare with the value at ``positions``: of the only series, or the mean or one of several."""
    assert claim.value is not None
    known = _at(found, key, positions)
    if len(known) != len(found):
        return []
    rate = claim.name == "accuracy"
    rows = _rows(found[0], key, claim.value.interval(rate=rate)) if not claim.value.bound else []
    unit = "época" if found[0].unit == "epoch" else "iteración"
    elsewhere = f"; ese valor es de la {unit} {rows[0]}" if len(rows) == 1 else ""
    rule = "valor final" if claim.moment.final else "valor en su época"
    expected = f"{what}: {show(mean(known).middle)}{elsewhere}"
    return [compared(claim, rule, claim.value, [mean(known), *known], expected, source, rate=rate)]


def _at(found: list[Series], key: Key, positions: Sequence[int | None]) -> list[Interval]:
    each = [s.columns[key][p] for s, p in zip(found, positions, strict=True) if p is not None]
    return [value for value in each if value is not None]


def _rows(series: Series, key: Key, written: Interval) -> list[int]:
    """The epochs of a series that have the value."""
    pairs = zip(series.index, series.columns[key], strict=True)
    return [n for n, value in pairs if value and written.agrees(value)]


def selected(series: Series) -> int | None:
    losses = series.columns.get(("loss", "val"))
    return extreme(losses, high=False)[0] if losses and all(losses) else None


def extreme(values: Values, *, high: bool) -> list[int]:
    """The positions of the largest or smallest value, ties included."""
    known = [(value.middle if high else -value.middle, i) for i, value in enumerate(values) if value]
    best = max(known)[0]
    return [i for value, i in known if value >= best - 1e-12]


def _best(claim: MetricClaim, found: list[Series], key: Key, what: str, source: Source) -> list[Ruling]:
    """The largest or smallest value of the only series, or of each seed's and their mean."""
    rate = claim.name == "accuracy"
    high = claim.moment.best == "high" or (claim.moment.best == "any" and rate)
    each = [extreme(s.columns[key], high=high) for s in found]
    epochs = [s.index[i] for s, positions in zip(found, each, strict=True) for i in positions]
    values = _at(found, key, [positions[0] for positions in each])
    known = ", ".join(show(value.middle) for value in values)
    expected = f"{'máximo' if high else 'mínimo'} de la {what}: {known}, en la época {epochs[0]}"
    if claim.moment.at is not None and claim.moment.at not in epochs:
        return [contradicted(claim, "mejor época", expected, source, Severity.CONCLUSION)]
    if claim.value is not None:
        usual = [mean(values), *values]
        return [compared(claim, "mejor valor", claim.value, usual, expected, source, rate=rate)]
    return [verified(claim, "mejor época", source)]


def _best_of_any(claim: MetricClaim, found: list[Series]) -> list[Ruling]:
    """«mejor época: 5», without a metric: the best of either validation metric will do."""
    epochs = set()
    for series in found:
        for key, high in ((("accuracy", "val"), True), (("loss", "val"), False)):
            if key in series.columns:
                epochs |= {series.index[i] for i in extreme(series.columns[key], high=high)}
    if not epochs:
        return []
    if claim.moment.at in epochs:
        return [verified(claim, "mejor época", found[0])]
    expected = f"mejor época según la validación: {' o '.join(str(e) for e in sorted(epochs))}"
    return [contradicted(claim, "mejor época", expected, found[0], Severity.CONCLUSION)]


def _unplaced(claim: MetricClaim, found: list[Series], key: Key, what: str, source: Source) -> list[Ruling]:
    """A value of no stated moment: the last and the best one are usual, others are doubtful."""
    assert claim.value is not None
    rate, rule = claim.name == "accuracy", "valor citado"
    written = claim.value.interval(rate=rate)
    for positions in (
        [len(s.index) - 1 for s in found],
        [extreme(s.columns[key], high=rate)[0] for s in found],
        [selected(s) for s in found],
    ):
        known = _at(found, key, positions)
        if known and any(written.agrees(value) for value in [mean(known), *known]):
            return [verified(claim, rule, source)]
    if any(_rows(series, key, written) for series in found):
        return [ambiguous(claim, rule, f"{what}: no dice de qué momento es", source)]
    last = found[0].columns[key][-1]
    ends = f"; el último es {show(last.middle)}" if last else ""
    return [contradicted(claim, rule, f"ningún valor de {what} es ese{ends}", source)]


def gaps(series: Series, train: Key = _TRAIN) -> list[Interval | None]:
    """Training minus validation accuracy, epoch by epoch."""
    pairs = zip(series.columns[train], series.columns[_VAL], strict=True)
    return [a - b if a and b else None for a, b in pairs]


def degree(gap: float) -> str:
    """The name of the code of its degree of overfitting."""
    return grade(gap).name


def _gap(claim: MetricClaim, found: list[Series]) -> list[Ruling]:
    """Of the moment that is named, or of the last, the best or the selected epoch."""
    assert claim.value is not None
    written, source = claim.value.interval(rate=True), found[0]
    if claim.seed is not None:
        found = [series for series in found if series.seed == claim.seed] or found
    decimals = claim.value.decimals + (2 if claim.value.percent else 0)
    usual: list[Interval] = []
    same: list[int] = []
    for train in (_TRAIN, ("accuracy", "running")):
        having = [series for series in found if train in series.columns]
        each, rounded = [gaps(s, train) for s in having], [_of_rounded(s, train, decimals) for s in having]
        for s, values in zip(having, each, strict=True):
            same += [n for n, v in zip(s.index, values, strict=True) if v and written.agrees(v)]
        for places in zip(*(_places(claim, s) for s in having), strict=True):
            known = [v for values, i in zip(each, places, strict=True) if i is not None and (v := values[i])]
            usual += [mean(known), *known] if known else []
            usual += [
                values[i] for values, i in zip(rounded, places, strict=True) if i is not None and values
            ]
    if not usual:
        return []
    middle, moment = usual[0].middle, claim.moment
    where = f"la época {moment.at}" if moment.at else "la última época"
    severity = Severity.CONCLUSION if claim.degree and claim.degree != degree(middle) else Severity.ERROR
    expected = f"brecha en {where}: {show(middle)}{_two_epochs(written, found[0])}"
    ruling = compared(claim, GAP, claim.value, usual, expected, source, severity)
    if ruling.severity and same and not (moment.final or moment.at or moment.best or moment.selected):
        said = f"es la brecha de la época {same[0]}, y no se dice; la última es {show(middle)}"
        return [ambiguous(claim, GAP, said, source)]
    return [ruling]


def _places(claim: MetricClaim, series: Series) -> list[int | None]:
    """The positions at which this gap may have been taken."""
    moment, index = claim.moment, series.index
    last, best = len(index) - 1, extreme(series.columns[_VAL], high=True)[0]
    if moment.at is not None:
        return [index.index(moment.at) if moment.at in index else None]
    if moment.final:
        return [last]
    if moment.best:
        return [best]
    return [selected(series)] if moment.selected else [last, best, selected(series)]


def _of_rounded(series: Series, train: Key, decimals: int) -> list[Interval]:
    """The gaps of computed accuracies that were rounded like the stated gap before subtracting."""
    pairs = [] if series.written else zip(series.columns[train], series.columns[_VAL], strict=True)
    return [exact(round(a.middle, decimals) - round(b.middle, decimals)) for a, b in pairs if a and b]


def _two_epochs(written: Interval, series: Series) -> str:
    """Which two epochs give the stated difference, if any."""
    for a, train in zip(series.index, series.columns[_TRAIN], strict=True):
        for b, val in zip(series.index, series.columns[_VAL], strict=True):
            if a != b and train and val and written.agrees(train - val):
                return f"; lo escrito resta la validación de la época {b} del entrenamiento de la {a}"
    return ""


def _gap_of_stated(claim: MetricClaim, statements: Statements) -> list[Ruling]:
    """Without a table: against both accuracies of one moment that the text states, the last unless it
    tells. A seed's own gap says nothing of accuracies that are means."""
    moments = ("selected",) if claim.moment.selected else ("final",) if claim.moment.final else _MOMENTS
    found = [pair for moment in moments if (pair := _stated_at(moment, statements))]
    if claim.moment.at or claim.moment.best or claim.value is None:
        return []
    rulings = []
    for source, name, train, val in found:
        if claim.seed is not None and train.spread:
            return []
        difference = train.interval(rate=True) - val.interval(rate=True)
        ruling = compared(claim, GAP, claim.value, [difference], f"{name}: {show(difference.middle)}", source)
        if not ruling.severity:
            return [ruling]
        rulings.append(ruling)
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
