"""Accuracy, precision, recall, F1, totals, commonest error and bias against the confusion matrix."""

from report.audit.claims import CountClaim, MetricClaim, ShareClaim, VerdictClaim
from report.audit.evidence import Evidence
from report.audit.numerals import exact
from report.audit.ruling import ITSELF, Ruling, Severity, Source, compared, contradicted, show, verified
from report.audit.statements import Statements
from report.audit.tables import Matrix, mean

CALLED_PRECISION = "precisión por exactitud"
_CLASSES = {"negative": "negativa", "positive": "positiva"}
_ERRORS = {"fn": "positivas leídas como negativas", "fp": "negativas leídas como positivas"}
_NAMES = {"precision": "precisión", "recall": "exhaustividad", "f1": "F1"}


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    rulings: list[Ruling] = []
    all_of_them = evidence.matrices
    oriented = bool(all_of_them) and all(m.oriented for m in all_of_them)
    for claim in statements.claims:
        if isinstance(claim, ShareClaim):
            rulings += _share(claim, all_of_them[0] if len(all_of_them) == 1 else None)
        elif isinstance(claim, MetricClaim) and claim.value is not None and all_of_them:
            own = [m for m in all_of_them if claim.seed is not None and m.seed == claim.seed]
            rulings += _metric(claim, own or all_of_them, oriented)
        elif isinstance(claim, CountClaim) and oriented:
            rulings += _count(claim, all_of_them)
        elif isinstance(claim, VerdictClaim) and oriented:
            rules = {"common": _common, "bias": _bias}
            rulings += rules[claim.topic](claim, all_of_them) if claim.topic in rules else []
    return rulings


def _ratio(a: int, b: int) -> float | None:
    return a / b if b else None


def values(matrix: Matrix, name: str, label: str) -> list[float]:
    """What ``name`` may mean: of one class, or, unlabelled, of the positive class or the mean of both."""
    m = matrix
    cells = {
        "positive": (m.true_positive, m.false_positive, m.false_negative),
        "negative": (m.true_negative, m.false_negative, m.false_positive),
    }
    found: dict[str, float | None] = {}
    for side, (hit, false, missed) in cells.items():
        denominators = {"precision": hit + false, "recall": hit + missed}
        f1 = _ratio(2 * hit, 2 * hit + false + missed)
        found[side] = f1 if name == "f1" else _ratio(hit, denominators[name])
    if label:
        value = found.get(label)  # of other classes the matrix does not tell
        return [] if value is None else [value]
    sizes = {"positive": m.positives, "negative": m.negatives}
    known = {side: value for side, value in found.items() if value is not None}
    if not known:
        return []
    weighted = sum(value * sizes[side] for side, value in known.items()) / (m.total or 1)
    return [*known.values(), sum(known.values()) / len(known), weighted]


def _metric(claim: MetricClaim, matrices: list[Matrix], oriented: bool) -> list[Ruling]:
    assert claim.value is not None
    source: Source = matrices[0] if len(matrices) == 1 else f"{len(matrices)} matrices"
    hits = [hit for m in matrices if (hit := _ratio(m.true_negative + m.true_positive, m.total)) is not None]
    if claim.name == "accuracy" and claim.split == "test" and not claim.moment.at:
        each = [[hit] for hit in hits]
        rule, what = "exactitud y matriz", "aciertos entre total"
    elif claim.name in _NAMES and claim.split in ("", "test") and oriented:
        each = [values(m, claim.name, claim.label) for m in matrices]
        rule, what = "métrica de clase y matriz", _NAMES[claim.name]
        what += f" de la clase {_CLASSES.get(claim.label, claim.label)}" if claim.label else ""
    else:
        return []
    possible = [exact(value) for row in each for value in row]
    if not possible:
        return []
    if len(each) > 1 and all(each):
        possible.append(mean([exact(row[0]) for row in each]))
    ruling = compared(claim, rule, claim.value, possible, f"{what}: {show(possible[0].middle)}", source)
    if ruling.severity and claim.name == "precision" and not claim.label:  # most reports in Spanish say so
        written = claim.value.interval(rate=True)
        if any(written.agrees(exact(hit)) for hit in hits):
            return [verified(claim, CALLED_PRECISION, source)]
    return [ruling]


def _count(claim: CountClaim, matrices: list[Matrix]) -> list[Ruling]:
    names = {
        **{"class_positive": "positives", "class_negative": "negatives", "fn": "false_negative"},
        **{"fp": "false_positive", "tn": "true_negative", "tp": "true_positive"},
    }
    if claim.name not in names:
        return []
    sizes = [int(getattr(m, names[claim.name])) for m in matrices]
    rule, source = "recuento y matriz", matrices[0]
    if any(claim.interval().agrees(exact(size)) for size in [*sizes, sum(sizes)]):
        return [verified(claim, rule, source)]
    return [contradicted(claim, rule, f"según la matriz son {sizes[0]}", source)]


def _common(claim: VerdictClaim, matrices: list[Matrix]) -> list[Ruling]:
    counts = {"fn": [m.false_negative for m in matrices], "fp": [m.false_positive for m in matrices]}
    rule, source = "error más común", matrices[0]
    total = {name: sum(each) for name, each in counts.items()}
    said, other = claim.verdict, "fp" if claim.verdict == "fn" else "fn"
    if total[said] < total[other]:
        expected = f"{total[other]} {_ERRORS[other]} frente a {total[said]} {_ERRORS[said]}"
        return [contradicted(claim, rule, expected, source, Severity.CONCLUSION)]
    written = claim.value.count() if claim.value else None
    if written and not any(written.agrees(exact(n)) for n in [*counts[said], total[said]]):
        return [contradicted(claim, rule, f"{_ERRORS[said]}: {counts[said][0]}", source)]
    return [verified(claim, rule, source)]


def _bias(claim: VerdictClaim, matrices: list[Matrix]) -> list[Ruling]:
    """Against the side to which more of the other class is sent, relative to its size."""
    rule, source, m = "sentido del sesgo", matrices[0], matrices[0]
    sides = set()
    for one in matrices:
        missed = one.false_negative / (one.positives or 1) - one.false_positive / (one.negatives or 1)
        sides.add("negative" if missed > 0 else "positive" if missed < 0 else "")
    if sides == {claim.verdict}:
        return [verified(claim, rule, source)]
    expected = f"{m.false_negative} {_ERRORS['fn']} y {m.false_positive} {_ERRORS['fp']}"
    return [contradicted(claim, rule, expected, source, Severity.CONCLUSION)]


def _share(claim: ShareClaim, matrix: Matrix | None) -> list[Ruling]:
    part, whole = claim.part_count.whole, claim.whole_count.whole
    if not part or not whole:
        return []
    rule, ratio = "porcentaje y recuento", part / whole
    said = f"{part} de {whole} es el {show(100 * ratio, 2)} %"
    ruling = compared(claim, rule, claim.share, [exact(ratio), exact(1 - ratio)], said, ITSELF)
    if not ruling.severity and matrix and matrix.oriented and claim.label and claim.wrong:
        expected = matrix.false_negative if claim.label == "positive" else matrix.false_positive
        size = matrix.positives if claim.label == "positive" else matrix.negatives
        if size == whole and part not in (expected, size - expected):
            return [contradicted(claim, rule, f"según la matriz son {expected}", matrix)]
    return [ruling]
