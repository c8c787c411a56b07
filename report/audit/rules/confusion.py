"""Accuracy, precision, recall, F1, totals, commonest error and bias against the confusion matrix."""

from report.audit.claims import CellClaim, CountClaim, MetricClaim, ShareClaim, VerdictClaim
from report.audit.evidence import Evidence
from report.audit.grids import Grid
from report.audit.matrices import Matrix, names
from report.audit.nearness import nearest
from report.audit.numerals import exact
from report.audit.ruling import ITSELF, Ruling, Severity, Source, compared, contradicted, show, verified
from report.audit.scope import plain
from report.audit.statements import Statements
from report.audit.tables import mean

CALLED_PRECISION = "precisión por exactitud"
_CLASSES = {"negative": "negativa", "positive": "positiva"}
_ERRORS = {"fn": "positivas leídas como negativas", "fp": "negativas leídas como positivas"}
_NAMES = {"precision": "precisión", "recall": "exhaustividad", "f1": "F1"}


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    rulings: list[Ruling] = []
    all_of_them = evidence.matrices
    oriented = bool(all_of_them) and all(m.oriented for m in all_of_them)
    binary = all(m.is_binary for m in all_of_them)
    for claim in statements.claims:
        if isinstance(claim, ShareClaim):
            rulings += _share(claim, all_of_them[0] if len(all_of_them) == 1 else None)
        elif isinstance(claim, MetricClaim) and claim.value is not None and all_of_them:
            own = [m for m in all_of_them if claim.seed is not None and m.seed == claim.seed]
            rulings += _metric(claim, own or all_of_them, oriented)
        elif isinstance(claim, CellClaim):
            rulings += _cell(claim, all_of_them or _reported(claim, statements))
        elif isinstance(claim, CountClaim) and oriented and binary:
            rulings += _count(claim, all_of_them)
        elif isinstance(claim, VerdictClaim) and oriented and binary:
            rules = {"common": _common, "bias": _bias}
            rulings += rules[claim.topic](claim, all_of_them) if claim.topic in rules else []
    return rulings


def _ratio(a: int, b: int) -> float | None:
    return a / b if b else None


def values(matrix: Matrix, name: str, label: str) -> list[float]:
    """What ``name`` may mean: of one class, or, unlabelled, of any class or the mean of all."""
    found: list[float | None] = []
    for i, (missed, false) in enumerate(zip(matrix.rows, matrix.columns, strict=True)):
        hits = matrix.counts[i][i]
        each = {"precision": (hits, false), "recall": (hits, missed), "f1": (2 * hits, false + missed)}
        found.append(_ratio(*each[name]))
    if label:
        return [value for i in matrix.places(label) if (value := found[i]) is not None]
    known = [(value, size) for value, size in zip(found, matrix.rows, strict=True) if value is not None]
    if not known:
        return []
    of_all = sum(value * size for value, size in known) / (matrix.total or 1)
    each_alike = sum(value for value, _ in known) / len(known)
    return [*(value for value, _ in reversed(known)), each_alike, of_all]


def _metric(claim: MetricClaim, matrices: list[Matrix], oriented: bool) -> list[Ruling]:
    assert claim.value is not None
    source: Source = matrices[0] if len(matrices) == 1 else f"{len(matrices)} matrices"
    hits = [hit for m in matrices if (hit := _ratio(m.hits, m.total)) is not None]
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


def _cell(claim: CellClaim, matrices: list[Matrix]) -> list[Ruling]:
    if not matrices:
        return []
    rule, source = "recuento y matriz", matrices[0]
    if not (claim.sure or all(m.classes for m in matrices)):
        return []
    if claim.what == "common":
        return _most(claim, matrices)
    counts = sorted({count for m in matrices for count in _counts(m, claim)})
    written = claim.value.count() if claim.value else None
    if not counts or written is None:
        return []
    if any(written.agrees(exact(count)) for count in counts):
        return [verified(claim, rule, source)]
    listed = " o ".join(map(str, counts[:4])) + (" …" if len(counts) > 4 else "")
    return [contradicted(claim, rule, f"según la matriz son {listed}", source)]


def _reported(claim: CellClaim, statements: Statements) -> list[Matrix]:
    """The examples of each class that the reports tell, as a matrix without mistakes: of the nearest
    report, or of all where they are the same."""
    reports = [grid for grid in statements.grids if grid.of_classes]
    near = nearest(claim, reports)
    found = {m.counts: m for grid in near if (m := _sizes(grid))} if len(near) == 1 else {}
    found = found or {m.counts: m for grid in reports if (m := _sizes(grid))}
    return list(found.values()) if len(found) == 1 and claim.what in ("support", "total") else []


def _sizes(report: Grid) -> Matrix | None:
    column = next((c for c in report.columns if plain(c.title) in ("support", "soporte")), None)
    rows = [i for i in range(len(report.rows)) if i not in report.summaries]
    values = [column.values[i] for i in rows] if column else []
    sizes = [value.whole for value in values if value is not None and value.whole is not None]
    classes = names([report.rows[i] for i in rows])
    if len(sizes) != len(rows) or not classes:
        return None
    counts = tuple(tuple(n if i == j else 0 for j in range(len(sizes))) for i, n in enumerate(sizes))
    return Matrix(counts, classes, f"informe de clasificación ({report.place})", report.place)


def _counts(m: Matrix, claim: CellClaim) -> list[int]:
    """All that a claim may be about."""
    real, predicted = m.places(claim.real), m.places(claim.predicted)
    sides = [m.rows] if m.oriented else [m.rows, m.columns]
    match claim.what:
        case "cell":
            pairs = [(i, j) for i in real for j in predicted if i != j]
            turned = [] if m.oriented else [m.counts[j][i] for i, j in pairs]
            return [*(m.counts[i][j] for i, j in pairs), *turned]
        case "hits":
            return [m.counts[i][i] for i in real]
        case "errors" if claim.real:  # of its examples, or of what was taken for it
            return [side[i] - m.counts[i][i] for i in real for side in (m.rows, m.columns)]
        case "errors":
            return [m.total - m.hits]
        case "support":
            return [side[i] for i in real for side in sides]
        case _:
            return [m.total]


def _most(claim: CellClaim, matrices: list[Matrix]) -> list[Ruling]:
    rule, m = "error más común", matrices[0]
    if len(matrices) > 1 or not m.oriented:
        return []
    wrong = [(count, i, j) for i, row in enumerate(m.counts) for j, count in enumerate(row) if i != j]
    most = max(count for count, _, _ in wrong)
    pairs = [(i, j) for i in m.places(claim.real) for j in m.places(claim.predicted) if i != j]
    if not pairs or (not m.classes and claim.value is None):
        return []
    written = claim.value.count() if claim.value else exact(most)
    if written and written.agrees(exact(most)) and any(m.counts[i][j] == most for i, j in pairs):
        return [verified(claim, rule, m)]
    named = [
        f", de «{m.classes[i]}» por «{m.classes[j]}»" for count, i, j in wrong if count == most and m.classes
    ]
    expected = f"el más frecuente es de {most}{named[0] if named else ''}"
    return [contradicted(claim, rule, expected, m, Severity.CONCLUSION)]


def _count(claim: CountClaim, matrices: list[Matrix]) -> list[Ruling]:
    at = {"tn": 0, "fp": 1, "fn": 2, "tp": 3}
    if claim.name in at:
        sizes = [m.cells[at[claim.name]] for m in matrices]
    elif claim.name in ("class_negative", "class_positive"):
        sizes = [m.rows[claim.name == "class_positive"] for m in matrices]
    else:
        return []
    rule, source = "recuento y matriz", matrices[0]
    if any(claim.interval().agrees(exact(size)) for size in [*sizes, sum(sizes)]):
        return [verified(claim, rule, source)]
    return [contradicted(claim, rule, f"según la matriz son {sizes[0]}", source)]


def _common(claim: VerdictClaim, matrices: list[Matrix]) -> list[Ruling]:
    counts = {"fn": [m.cells[2] for m in matrices], "fp": [m.cells[1] for m in matrices]}
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
        _, fp, fn, _ = one.cells
        missed = fn / (one.rows[1] or 1) - fp / (one.rows[0] or 1)
        sides.add("negative" if missed > 0 else "positive" if missed < 0 else "")
    if sides == {claim.verdict}:
        return [verified(claim, rule, source)]
    expected = f"{m.cells[2]} {_ERRORS['fn']} y {m.cells[1]} {_ERRORS['fp']}"
    return [contradicted(claim, rule, expected, source, Severity.CONCLUSION)]


def _share(claim: ShareClaim, matrix: Matrix | None) -> list[Ruling]:
    part, whole = claim.part_count.whole, claim.whole_count.whole
    if not part or not whole:
        return []
    rule, ratio = "porcentaje y recuento", part / whole
    said = f"{part} de {whole} es el {show(100 * ratio, 2)} %"
    ruling = compared(claim, rule, claim.share, [exact(ratio), exact(1 - ratio)], said, ITSELF)
    if (
        not ruling.severity
        and matrix
        and matrix.oriented
        and claim.label
        and claim.wrong
        and matrix.is_binary
    ):
        expected = matrix.cells[2 if claim.label == "positive" else 1]
        size = matrix.rows[claim.label == "positive"]
        if size == whole and part not in (expected, size - expected):
            return [contradicted(claim, rule, f"según la matriz son {expected}", matrix)]
    return [ruling]
