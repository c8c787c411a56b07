"""The document's own epoch tables and matrices against the results, row by row."""

from report.audit.blocks import Place
from report.audit.evidence import Evidence
from report.audit.ruling import Ruling, Severity, Verdict
from report.audit.statements import Statements
from report.audit.tables import Series


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    rulings: list[Ruling] = []
    for table in statements.series if evidence.external else ():
        theirs = [s for s in evidence.epochs() if s is not table and s.written is None]
        theirs = [s for s in theirs if table.seed in (None, s.seed)]
        if theirs and table.unit == "epoch":
            compared = [_compare(table, series) for series in theirs]
            rulings += min(compared, key=lambda found: sum(f.severity is not None for f in found))
    return rulings


def _compare(table: Series, results: Series) -> list[Ruling]:
    shared = table.columns.keys() & results.columns.keys()
    if not shared or table.place is None:
        return []
    wrong, checked = [], 0
    for position, epoch in enumerate(table.index):
        there = results.index.index(epoch) if epoch in results.index else None
        cells = [(table.columns[key][position], results.columns[key][there or 0]) for key in shared]
        known = [(a, b) for a, b in cells if a and b and there is not None]
        checked += len(known)
        if there is None or any(not a.agrees(b) for a, b in known):
            wrong.append(epoch)
    size, source = len(table.index), results.source
    if not wrong and size == len(results.index):
        return [_ruling(table.place, "tabla", f"tabla con {size} épocas", source, f"{checked} celdas", True)]
    expected = f"los resultados tienen {len(results.index)} épocas"
    if wrong:
        expected = f"no coinciden las épocas {', '.join(map(str, wrong))}"
    if len(wrong) == size:
        expected = f"ninguna de sus {size} filas coincide con los resultados"
    return [_ruling(table.place, "tabla", f"tabla con {size} épocas", source, expected, False)]


def matrices(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    """With results, the document's own matrix is a statement like any other."""
    if not evidence.external or not any(m.source.startswith("resultados") for m in evidence.matrices):
        return []
    theirs, source = [m.cells for m in evidence.matrices], evidence.matrices[0].source
    rulings = []
    for own in (m for m in statements.matrices if m.place is not None):
        known, says = own.cells in theirs, f"matriz de confusión {', '.join(map(str, own.cells))}"
        expected = "" if known else f"los resultados dan {', '.join(map(str, theirs[0]))} (VN, FP, FN, VP)"
        rulings.append(_ruling(own.place, "matriz", says, source, expected, known))
    return rulings


def _ruling(place: Place | None, what: str, says: str, source: str, expected: str, fits: bool) -> Ruling:
    assert place is not None
    verdict = Verdict.VERIFIED if fits else Verdict.CONTRADICTED
    return Ruling(
        place, verdict, f"{what} y resultados", says, expected, source, None if fits else Severity.ERROR
    )
