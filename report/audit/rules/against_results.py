"""The document's own epoch tables against the results, row by row."""

from collections.abc import Iterable

from report.audit.evidence import Evidence
from report.audit.ruling import Ruling, Severity, Verdict
from report.audit.statements import Statements
from report.audit.tables import Key, Series

RULE = "tabla y resultados"


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    if not evidence.external:
        return []
    rulings: list[Ruling] = []
    for table in statements.series:
        theirs = [s for s in evidence.series if s is not table and s.unit == table.unit and s.written is None]
        theirs = [s for s in theirs if table.seed in (None, s.seed)]
        if theirs and table.unit == "epoch":
            compared: list[list[Ruling]] = [_compare(table, series) for series in theirs]
            rulings += min(compared, key=_badness)
    return rulings


def _badness(rulings: Iterable[Ruling]) -> int:
    return sum(f.verdict is Verdict.CONTRADICTED for f in rulings)


def _compare(table: Series, results: Series) -> list[Ruling]:
    shared = [(key, other) for key in table.columns if (other := _match(key, results)) is not None]
    if not shared or table.place is None:
        return []
    wrong, checked = [], 0
    for position, epoch in enumerate(table.index):
        if epoch not in results.index:
            wrong.append(epoch)
            continue
        there = results.index.index(epoch)
        cells = [(table.at(key, position), results.at(other, there)) for key, other in shared]
        known = [(a, b) for a, b in cells if a and b]
        checked += len(known)
        if any(not a.agrees(b) for a, b in known):
            wrong.append(epoch)
    says = f"tabla con {len(table.index)} épocas"
    if not wrong and len(table.index) == len(results.index):
        return [Ruling(table.place, Verdict.VERIFIED, RULE, says, f"{checked} celdas", results.source)]
    if len(wrong) == len(table.index):
        expected = f"ninguna de sus {len(table.index)} filas coincide con los resultados"
    elif wrong:
        expected = f"no coinciden las épocas {', '.join(map(str, wrong))}"
    else:
        expected = f"los resultados tienen {len(results.index)} épocas"
    return [Ruling(table.place, Verdict.CONTRADICTED, RULE, says, expected, results.source, Severity.ERROR)]


def _match(key: Key, results: Series) -> Key | None:
    return key if key in results.columns else None


def matrices(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    """With results, the document's own matrix is a statement like any other."""
    rulings: list[Ruling] = []
    if not evidence.external or not any(m.source.startswith("resultados") for m in evidence.matrices):
        return rulings
    for own in statements.matrices:
        cells = (own.true_negative, own.false_positive, own.false_negative, own.true_positive)
        theirs = [
            (m.true_negative, m.false_positive, m.false_negative, m.true_positive) for m in evidence.matrices
        ]
        if own.place is None:
            continue
        known = cells in theirs
        rulings.append(
            Ruling(
                own.place,
                _verdict(known),
                "matriz y resultados",
                f"matriz de confusión {', '.join(map(str, cells))}",
                "" if known else f"los resultados dan {', '.join(map(str, theirs[0]))} (VN, FP, FN, VP)",
                evidence.matrices[0].source,
                None if known else Severity.ERROR,
            )
        )
    return rulings


def _verdict(known: bool) -> Verdict:
    return Verdict.VERIFIED if known else Verdict.CONTRADICTED
