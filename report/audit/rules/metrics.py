"""Accuracy and loss at an epoch, at the end and at their best, against the table or the results."""

from report.audit.claims import MetricClaim
from report.audit.evidence import Evidence
from report.audit.numerals import Interval
from report.audit.ruling import Ruling, Severity, Verdict, ambiguous, contradicted, cut_off, show, verified
from report.audit.statements import Statements
from report.audit.tables import Key, Series

_NAMES = {"accuracy": "exactitud", "loss": "pérdida"}
_SPLITS = {
    "train": "entrenamiento",
    "val": "validación",
    "D": "discriminador",
    "G": "generador",
    "running": "en marcha",
}


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    rulings: list[Ruling] = []
    for claim in statements.claims:
        if not isinstance(claim, MetricClaim):
            continue
        if claim.name in ("accuracy", "loss") and claim.split in _SPLITS:
            found = [
                s
                for s in evidence.series
                if (claim.name, claim.split) in s.columns and claim.seed in (None, s.seed)
            ]
            unit = claim.moment.unit if claim.moment.at is not None else found[-1].unit if found else ""
            found = [s for s in found if s.unit == unit]
            if found:
                rulings += _check(claim, found)
        elif claim.name == "" and claim.value is None:
            rulings += _best_of_any(claim, evidence.epochs())
    return rulings


def _check(claim: MetricClaim, found: list[Series]) -> list[Ruling]:
    key = (claim.name, claim.split)
    what = f"{_NAMES[claim.name]} de {_SPLITS[claim.split]}"
    source = found[0].source if len(found) == 1 else f"{len(found)} tablas o semillas"
    moment = claim.moment
    unit = "época" if found[0].unit == "epoch" else "iteración"
    if found[0].unit == "step" and moment.final and found[0].written is None:
        return []  # how the end of a noisy curve was averaged is the author's choice
    if moment.at is not None and moment.at not in found[0].index:
        if moment.at == len(found[0].index) and found[0].index[0] == 0:
            return _settle(claim, found, [moment.at - 1], f"{what} en la {unit} {moment.at}", source)
        if found[0].unit == "step" or moment.unit != found[0].unit:
            return []
        expected = f"las épocas van de la {found[0].index[0]} a la {found[0].index[-1]}"
        return [contradicted(claim, "época inexistente", expected, source)]
    if moment.best:
        return _best(claim, found, key, what, source)
    if moment.selected:
        return _settle(claim, found, [selected(s) for s in found], f"{what} en la época elegida", source)
    if moment.at is not None:
        positions = [s.index.index(moment.at) if moment.at in s.index else None for s in found]
        if found[0].index[0] == 0 and len(found) == 1:  # epochs from 0: the author may count them from 1
            shifted = [None if p is None else p - 1 for p in positions]
            counted = _settle(claim, found, shifted, what, source) if positions[0] else []
            if [ruling.verdict for ruling in counted] == [Verdict.VERIFIED]:
                return counted
        return _settle(claim, found, positions, f"{what} en la {unit} {moment.at}", source)
    if moment.final:
        return _settle(
            claim,
            found,
            [len(s.index) - 1 for s in found],
            f"{what} final ({unit} {found[0].index[-1]})",
            source,
        )
    return _unplaced(claim, found, key, what, source)


def _settle(
    claim: MetricClaim, found: list[Series], positions: list[int | None], what: str, source: str
) -> list[Ruling]:
    """Compare with the value at ``positions``: of the only series, or the mean or one of several."""
    assert claim.value is not None
    key, rule = (claim.name, claim.split), "valor final" if claim.moment.final else "valor en su época"
    rate = claim.name == "accuracy"
    written = claim.value.interval(rate=rate)
    if any(position is None for position in positions):
        return []
    values = [s.at(key, p) for s, p in zip(found, positions, strict=True) if p is not None]
    known = [value for value in values if value is not None]
    if not known or len(known) != len(values):
        return []
    if any(written.agrees(value) for value in [mean(known), *known]):
        return [verified(claim, rule, source)]
    middle = mean(known).middle
    if claim.value.truncates(middle, rate=rate):
        return [verified(claim, rule, source, truncated=cut_off(middle))]
    other = _elsewhere(written, found[0], key)
    return [contradicted(claim, rule, f"{what}: {show(middle)}{other}", source)]


def _elsewhere(written: Interval, series: Series, key: Key) -> str:
    """«; 0.9722 es de la época 8», if the number stands elsewhere in the column."""
    rows = [
        n
        for n, value in zip(series.index, series.columns[key], strict=True)
        if value and written.agrees(value)
    ]
    unit = "época" if series.unit == "epoch" else "iteración"
    return f"; ese valor es de la {unit} {rows[0]}" if len(rows) == 1 else ""


def mean(values: list[Interval]) -> Interval:
    return Interval(sum(v.low for v in values) / len(values), sum(v.high for v in values) / len(values))


def selected(series: Series) -> int | None:
    losses = series.columns.get(("loss", "val"))
    return extreme(losses, high=False)[0] if losses and all(losses) else None


def extreme(values: tuple[Interval | None, ...], *, high: bool) -> list[int]:
    """The positions of the largest or smallest value, ties included."""
    known = [(value.middle if high else -value.middle, i) for i, value in enumerate(values) if value]
    best = max(known)[0]
    return [i for value, i in known if value >= best - 1e-12]


def _best(claim: MetricClaim, found: list[Series], key: Key, what: str, source: str) -> list[Ruling]:
    high = claim.moment.best == "high" or (claim.moment.best == "any" and claim.name == "accuracy")
    if len(found) > 1 and claim.seed is None:
        return _best_of_seeds(claim, found, key, what, source, high)
    series = found[0]
    positions = extreme(series.columns[key], high=high)
    epochs = [series.index[i] for i in positions]
    value = series.columns[key][positions[0]]
    assert value is not None
    where = "máximo" if high else "mínimo"
    expected = f"{where} de la {what}: {show(value.middle)}, en la época {epochs[0]}"
    if claim.moment.at is not None and claim.moment.at not in epochs:
        return [contradicted(claim, "mejor época", expected, source, Severity.CONCLUSION)]
    if claim.value is not None and not claim.value.interval(rate=claim.name == "accuracy").agrees(value):
        if claim.value.truncates(value.middle, rate=claim.name == "accuracy"):
            return [
                verified(
                    claim,
                    "mejor valor",
                    source,
                    truncated=cut_off(value.middle),
                )
            ]
        return [contradicted(claim, "mejor valor", expected, source)]
    return [verified(claim, "mejor época" if claim.moment.at else "mejor valor", source)]


def _best_of_seeds(
    claim: MetricClaim, found: list[Series], key: Key, what: str, source: str, high: bool
) -> list[Ruling]:
    positions = [extreme(series.columns[key], high=high)[0] for series in found]
    values = [value for s, i in zip(found, positions, strict=True) if (value := s.columns[key][i])]
    epochs = [s.index[i] for s, i in zip(found, positions, strict=True)]
    at_fits = claim.moment.at is None or claim.moment.at in epochs
    fits = claim.value is None or any(
        claim.value.interval(rate=claim.name == "accuracy").agrees(v) for v in [mean(values), *values]
    )
    if at_fits and fits:
        return [verified(claim, "mejor valor", source)]
    return [
        contradicted(claim, "mejor valor", f"{what}: {', '.join(show(v.middle) for v in values)}", source)
    ]


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
        return [verified(claim, "mejor época", found[0].source)]
    expected = f"mejor época según la validación: {' o '.join(str(e) for e in sorted(epochs))}"
    return [contradicted(claim, "mejor época", expected, found[0].source, Severity.CONCLUSION)]


def _unplaced(claim: MetricClaim, found: list[Series], key: Key, what: str, source: str) -> list[Ruling]:
    """A value of no stated moment: the last and the best one are usual, others are doubtful."""
    assert claim.value is not None
    rate = claim.name == "accuracy"
    written = claim.value.interval(rate=rate)
    if found[0].unit == "step":
        return []  # of a noisy curve, a value of no moment is some average
    usual: list[Interval] = []
    for positions in (
        [len(s.index) - 1 for s in found],
        [extreme(s.columns[key], high=rate)[0] for s in found],
        [selected(s) for s in found],
    ):
        values = [s.columns[key][p] for s, p in zip(found, positions, strict=True) if p is not None]
        known = [value for value in values if value]
        if known:
            usual += [mean(known), *known]
    if any(written.agrees(value) for value in usual):
        return [verified(claim, "valor citado", source)]
    everywhere = [value for s in found for value in s.columns[key] if value]
    if any(written.agrees(value) for value in everywhere):
        return [ambiguous(claim, "valor citado", f"{what}: no dice de qué momento es", source)]
    last = found[0].columns[key][-1]
    ends = f"; el último es {show(last.middle)}" if last else ""
    return [contradicted(claim, "valor citado", f"ningún valor de {what} es ese{ends}", source)]
