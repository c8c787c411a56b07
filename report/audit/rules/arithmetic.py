"""What tables and sentences compute: totals, columns of differences, «de 0.80 a 0.84 (+0.05)»."""

import re
from collections.abc import Iterator
from itertools import permutations

from report.audit import naming, numerals
from report.audit.blocks import Place
from report.audit.grids import Column, Grid
from report.audit.numerals import Interval, Numeral
from report.audit.ruling import ITSELF, Ruling, Severity, Verdict, show
from report.audit.statements import Statements

RULE, SUM = "cuenta de la tabla", "suma"
MAX_COLUMNS = 12  # of a table of which one column may follow from two others
_AGAINST = re.compile(
    r"(\d[\d.,]*\s?%?)\W{0,3}\s(?:vs\.?|versus|frente a(?:l)?|contra|compared (?:to|with)|against)\s\W{0,3}"
    r"(\d[\d.,]*\s?%?)",
    re.I,
)
LEAST = 3  # rows in which a column follows from others before one that does not is a slip
_EQUATION = re.compile(r"(?<![\d.,])\d[\d.,]*(?:\s?\+\s?\d[\d.,]*){1,5}\s?=\s?\d[\d.,]*(?![\d%])")
_MOVED = re.compile(
    r"(?:\b(?:de|from|desde)\b\D{0,12}?)(\d[\d.,]*\s?%?)\s*(?:a|to|hasta|→|->)\s*(?:un |el )?(\d[\d.,]*\s?%?)"
    r"\s*\(\s*([+−-]\s?\d[\d.,]*)\s*(%|pp|p\.p\.|puntos|points)?",
    re.I,
)


def check(statements: Statements) -> list[Ruling]:
    found: list[Ruling] = []
    for grid in statements.grids:
        if not grid.of_classes:
            found += _totals(grid)
            found += _columns(grid)
    for sentence in statements.comparing:
        moved = list(_moves(sentence.text)) or _gains(sentence.text)
        for fits, said in (*moved, *_sums(sentence.text), *_versus(sentence.text)):
            found.append(_of_text(sentence.place, fits, sentence.text, said))
    return found


def _totals(grid: Grid) -> Iterator[Ruling]:
    """The last row, called the total, of whole numbers."""
    if naming.plain(grid.rows[-1]) not in ("total", "totales", "suma", "sum", "totals") or len(grid.rows) < 3:
        return
    for column in grid.columns:
        counts = [value.count() if value else None for value in column.values]
        known = [count for count in counts if count is not None]
        if len(known) != len(counts):
            continue
        *parts, total = known
        whole = Interval(sum(p.low for p in parts), sum(p.high for p in parts))
        says = f"{grid.rows[-1]}, {column.title}: {show(total.middle)}"
        yield _of_row(grid, -1, whole.agrees(total), says, f"las filas suman {show(whole.middle)}", SUM)


def _columns(grid: Grid) -> Iterator[Ruling]:
    """A column that in most rows is the difference of two others, and in few is not."""
    columns = grid.columns[:MAX_COLUMNS]
    for result in columns:
        if not naming.words()["apart"].search(naming.plain(result.title)):
            continue
        for first, second in permutations([c for c in columns if c is not result], 2):
            fits = [_is_apart(*row) for row in zip(result.values, first.values, second.values, strict=True)]
            right, wrong = fits.count(True), fits.count(False)
            if right >= LEAST and right >= LEAST * wrong:
                yield from _slips(grid, (result, first, second), fits)
                break


def _slips(grid: Grid, columns: tuple[Column, Column, Column], fits: list[bool | None]) -> Iterator[Ruling]:
    result, first, second = columns
    for i, fit in enumerate(fits):
        written, a, b = (column.values[i] for column in columns)
        if fit is not None and written and a and b:
            says = f"{grid.rows[i]}, {result.title}: {written.text}"
            said = f"«{first.title}» {a.text} menos «{second.title}» {b.text}"
            yield _of_row(grid, i, fit, says, said, RULE)


def _is_apart(written: Numeral | None, a: Numeral | None, b: Numeral | None) -> bool | None:
    if written is None or a is None or b is None:
        return None
    return any(
        _of_sign(written.interval(rate=rate)).agrees(apart)
        for rate in (False, True)
        for apart in (_of_sign(a.interval(rate=rate) - b.interval(rate=rate)),)
    )


def _of_sign(value: Interval) -> Interval:
    """Without its sign: a loss of 0.02 and a difference of −0.02 are the same."""
    return value if value.middle >= 0 else Interval(-value.high, -value.low)


def _moves(text: str) -> Iterator[tuple[bool, str]]:
    for match in _MOVED.finditer(text):
        numbers = [numerals.find(match[i])[0] for i in (1, 2, 3)]
        if any(len(each) != 1 for each in numbers):
            continue
        a, b, change = (each[0].interval() for each in numbers)
        apart, written = _of_sign(b - a), _of_sign(change)
        shares = [Interval(apart.low / base.high, apart.high / base.low) for base in (a, b) if base.low > 0]
        readings = [each for one in (apart, *shares) for each in (one, _hundredfold(one))]
        said = f"de {match[1]} a {match[2]} van {show(apart.middle)}"
        yield any(written.agrees(each) for each in readings), said


def _hundredfold(value: Interval) -> Interval:
    return Interval(value.low * 100, value.high * 100)


def _versus(text: str) -> Iterator[tuple[bool, str]]:
    """«mejor que el anterior: 87.9 % frente a 88.1 %»."""
    match, words = _AGAINST.search(text), naming.words()
    opening = naming.plain(text[: match.start()]) if match else ""
    if match is None or words["limits"].search(opening) or len(naming.numbers(text)) != 2:
        return
    numbers = [numerals.find(match[i])[0] for i in (1, 2)]
    better = bool(words["exceeds"].search(opening)) and not naming.is_better_low(opening)
    if any(len(each) != 1 for each in numbers) or not better:
        return
    first, second = (each[0] for each in numbers)
    if first.percent == second.percent and (first.percent or (first.decimals and second.decimals)):
        a, b = first.interval(rate=True), second.interval(rate=True)
        yield b.low <= a.high, f"{first.text} no es mayor que {second.text}"


def _gains(text: str) -> Iterator[tuple[bool, str]]:
    """«0.62 mientras que el otro tiene 0.54, un aumento de 0.76»."""
    numbers = [number for number in naming.numbers(text) if number.upper is None]
    gained = [number for number in numbers if naming.is_difference(text, number)]
    others = [n for n in numbers if gained and n.start < gained[0].start and n.decimals > 1]
    if len(others) != 2 or len(numbers) > 4:
        return
    a, b = (number.interval() for number in others)
    apart = _of_sign(b - a)
    shares = [Interval(apart.low / base.high, apart.high / base.low) for base in (a, b) if base.low > 0]
    readings = [each for one in (apart, *shares) for each in (one, _hundredfold(one))]
    written = _of_sign(gained[0].interval())
    if not gained[0].bound and not gained[0].approximate:
        said = f"de {others[0].text} a {others[1].text} van {show(apart.middle)}"
        yield any(written.agrees(each) for each in readings), said


def _sums(text: str) -> Iterator[tuple[bool, str]]:
    """«12500 + 12500 = 25000»."""
    for match in _EQUATION.finditer(text):
        parts, _, total = match[0].rpartition("=")
        numbers = [numerals.find(part.strip())[0] for part in (*parts.split("+"), total)]
        if any(len(each) != 1 for each in numbers):
            continue
        values = [each[0].count() or each[0].interval() for each in numbers]
        whole = Interval(sum(v.low for v in values[:-1]), sum(v.high for v in values[:-1]))
        yield whole.agrees(values[-1]), f"{parts.strip()} son {show(whole.middle)}"


def _of_row(grid: Grid, row: int, fits: bool, says: str, said: str, rule: str) -> Ruling:
    if fits:
        return Ruling(grid.places[row], Verdict.VERIFIED, rule, says, "", grid.source)
    return Ruling(grid.places[row], Verdict.CONTRADICTED, rule, says, said, ITSELF, Severity.ERROR)


def _of_text(place: Place, fits: bool, text: str, said: str) -> Ruling:
    says = " ".join(text.split())[:120]
    verdict, severity = (Verdict.VERIFIED, None) if fits else (Verdict.CONTRADICTED, Severity.ERROR)
    return Ruling(place, verdict, SUM, says, "" if fits else said, ITSELF, severity)
