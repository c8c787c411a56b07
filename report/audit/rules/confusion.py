"""Accuracy, precision, recall, F1, totals, commonest error and bias against the confusion matrix."""

from report.audit.claims import CountClaim, MetricClaim, ShareClaim, VerdictClaim
from report.audit.evidence import Evidence
from report.audit.numerals import Interval, exact
from report.audit.ruling import ITSELF, Ruling, Severity, contradicted, cut_off, show, verified
from report.audit.statements import Statements
from report.audit.tables import Matrix

CALLED_PRECISION = "precisión por exactitud"
_CLASSES = {"negative": "negativa", "positive": "positiva"}
_ERRORS = {"fn": "positivas leídas como negativas", "fp": "negativas leídas como positivas"}


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    rulings: list[Ruling] = []
    if not evidence.matrices:
        for claim in statements.claims:
            if isinstance(claim, ShareClaim):
                rulings += _share(claim, None)
        return rulings
    for claim in statements.claims:
        matrices = evidence.matrices
        if isinstance(claim, MetricClaim) and claim.value is not None:
            if claim.seed is not None:
                matrices = [m for m in matrices if m.seed == claim.seed] or matrices
            rulings += _metric(claim, matrices)
        elif isinstance(claim, CountClaim):
            rulings += _count(claim, matrices)
        elif isinstance(claim, VerdictClaim) and claim.topic == "common":
            rulings += _common(claim, matrices)
        elif isinstance(claim, VerdictClaim) and claim.topic == "bias":
            rulings += _bias(claim, matrices)
        elif isinstance(claim, ShareClaim):
            rulings += _share(claim, matrices[0] if len(matrices) == 1 else None)
    return rulings


def _is_accuracy(written: Interval, matrices: list[Matrix]) -> bool:
    """What most reports in Spanish call «precisión»."""
    hits = [_ratio(m.true_negative + m.true_positive, m.total) for m in matrices]
    return any(hit is not None and written.agrees(exact(hit)) for hit in hits)


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
        found[side] = {
            "precision": _ratio(hit, hit + false),
            "recall": _ratio(hit, hit + missed),
            "f1": _ratio(2 * hit, 2 * hit + false + missed),
        }[name]
    if label:
        value = found.get(label)  # of other classes the matrix does not tell
        return [] if value is None else [value]
    known = [value for value in found.values() if value is not None]
    weighted = [
        v * n for v, n in zip(found.values(), (m.positives, m.negatives), strict=True) if v is not None
    ]
    return [*known, sum(known) / len(known), sum(weighted) / (m.total or 1)] if known else []


def _metric(claim: MetricClaim, matrices: list[Matrix]) -> list[Ruling]:
    assert claim.value is not None
    source = matrices[0].source if len(matrices) == 1 else f"{len(matrices)} matrices"
    if claim.name == "accuracy" and claim.split == "test" and not claim.moment.at:
        each = [[_ratio(m.true_negative + m.true_positive, m.total)] for m in matrices]
        rule, what = "exactitud y matriz", "aciertos entre total"
    elif (
        claim.name in ("precision", "recall", "f1")
        and claim.split in ("", "test")
        and all(m.oriented for m in matrices)
    ):
        each = [[*values(m, claim.name, claim.label)] for m in matrices]
        rule = "métrica de clase y matriz"
        what = {"precision": "precisión", "recall": "exhaustividad", "f1": "F1"}[claim.name]
        what += f" de la clase {_CLASSES.get(claim.label, claim.label)}" if claim.label else ""
    else:
        return []
    possible = [v for row in each for v in row if v is not None]
    if len(each) > 1 and all(row and row[0] is not None for row in each):
        possible.append(sum(float(row[0] or 0) for row in each) / len(each))
    if not possible:
        return []
    written = claim.value.interval(rate=True)
    if any(written.agrees(exact(v)) for v in possible):
        return [verified(claim, rule, source)]
    if claim.name == "precision" and not claim.label and _is_accuracy(written, matrices):
        return [verified(claim, CALLED_PRECISION, source)]
    if any(claim.value.truncates(v, rate=True) for v in possible):
        return [verified(claim, rule, source, truncated=cut_off(possible[0]))]
    return [contradicted(claim, rule, f"{what}: {show(possible[0])}", source)]


def _count(claim: CountClaim, matrices: list[Matrix]) -> list[Ruling]:
    sizes = {
        "class_positive": [m.positives for m in matrices],
        "class_negative": [m.negatives for m in matrices],
        "fn": [m.false_negative for m in matrices],
        "fp": [m.false_positive for m in matrices],
        "tn": [m.true_negative for m in matrices],
        "tp": [m.true_positive for m in matrices],
    }.get(claim.name)
    if sizes is None or not (all(m.oriented for m in matrices)):
        return []
    written = claim.interval()
    rule = "recuento y matriz"
    if any(written.agrees(exact(size)) for size in [*sizes, sum(sizes)]):
        return [verified(claim, rule, matrices[0].source)]
    return [contradicted(claim, rule, f"según la matriz son {sizes[0]}", matrices[0].source)]


def _common(claim: VerdictClaim, matrices: list[Matrix]) -> list[Ruling]:
    if not all(m.oriented for m in matrices):
        return []
    counts = {"fn": [m.false_negative for m in matrices], "fp": [m.false_positive for m in matrices]}
    rule, source = "error más común", matrices[0].source
    total = {name: sum(each) for name, each in counts.items()}
    other = "fp" if claim.verdict == "fn" else "fn"
    if total[claim.verdict] < total[other]:
        expected = f"{total[other]} {_ERRORS[other]} frente a {total[claim.verdict]} {_ERRORS[claim.verdict]}"
        return [contradicted(claim, rule, expected, source, Severity.CONCLUSION)]
    possible = [*counts[claim.verdict], total[claim.verdict]]
    written = claim.value.count() if claim.value else None
    if written and not any(written.agrees(exact(n)) for n in possible):
        return [contradicted(claim, rule, f"{_ERRORS[claim.verdict]}: {possible[0]}", source)]
    return [verified(claim, rule, source)]


def _bias(claim: VerdictClaim, matrices: list[Matrix]) -> list[Ruling]:
    """Against the side to which more of the other class is sent, relative to its size."""
    if not all(m.oriented for m in matrices):
        return []
    rule, source = "sentido del sesgo", matrices[0].source
    sides = set()
    for m in matrices:
        to_negative, to_positive = (
            m.false_negative / (m.positives or 1),
            m.false_positive / (m.negatives or 1),
        )
        sides.add(
            "negative" if to_negative > to_positive else "positive" if to_positive > to_negative else ""
        )
    if sides == {claim.verdict}:
        return [verified(claim, rule, source)]
    m = matrices[0]
    expected = f"{m.false_negative} {_ERRORS['fn']} y {m.false_positive} {_ERRORS['fp']}"
    return [contradicted(claim, rule, expected, source, Severity.CONCLUSION)]


def _share(claim: ShareClaim, matrix: Matrix | None) -> list[Ruling]:
    part, whole = claim.part_count.whole, claim.whole_count.whole
    if not part or not whole:
        return []
    rule = "porcentaje y recuento"
    ratio = part / whole
    written = claim.share.interval()
    if not any(written.agrees(exact(value)) for value in (ratio, 1 - ratio)):
        if claim.share.truncates(ratio):
            return [
                verified(
                    claim,
                    rule,
                    ITSELF,
                    truncated=cut_off(100 * ratio, 2, " %"),
                )
            ]
        return [contradicted(claim, rule, f"{part} de {whole} es el {show(100 * ratio, 2)} %", ITSELF)]
    if matrix and matrix.oriented and claim.label and claim.wrong:
        expected = matrix.false_negative if claim.label == "positive" else matrix.false_positive
        size = matrix.positives if claim.label == "positive" else matrix.negatives
        if size == whole and expected != part and size - expected != part:
            return [contradicted(claim, rule, f"según la matriz son {expected}", matrix.source)]
    return [verified(claim, rule, ITSELF)]
