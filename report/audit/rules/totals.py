"""What a sentence says of a cell of a table, of several together, or of all rows: sums, means, order."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from report.audit import naming
from report.audit.grids import Column, Grid, interval
from report.audit.naming import Said
from report.audit.numerals import Interval, Numeral
from report.audit.ruling import Ruling, Severity, Verdict, show
from report.audit.scope import plain

RULE = "cuenta y tabla"
MEASURES = (
    "parameters",
    "time",
)  # besides the metrics: what columns hold that sentences tell of in other words
MAX_ROWS = 12  # of a table of which somebody tells what all rows have, or add up to
_OPENING = 15  # characters in which «todos» stands, if a sentence is of all rows


def measure(column: Column) -> str:
    """What a column holds, if it is no metric."""
    return "" if column.metric else _measure(column.title)


@lru_cache(maxsize=256)
def _measure(title: str) -> str:
    return next((m for m in MEASURES if naming.words()[m].search(plain(title))), "")


def columns(said: Said, text: str, grid: Grid) -> list[Column]:
    """Those that ``text`` names by their words, or by what they hold: «tarda» is said of seconds, and
    «gana en test» of accuracies."""
    tokens, words = said.sentence.tokens, naming.words()
    pairs = {t.value for t in tokens if t.kind == "metric" and isinstance(t.value, tuple)}
    named = naming.columns(said, text, grid)
    if named := [c for c in named if not (pairs and c.split) or (c.metric, c.split) in pairs]:
        return named
    found = [c for c in grid.columns if (c.metric, c.split) in pairs]
    if not any(t.kind == "metric" for t in tokens):
        splits = said.sentence.splits()
        found = [c for c in grid.columns if (m := measure(c)) and words[m].search(text)]
        if not found and len(splits) == 1 and not any(words[m].search(text) for m in MEASURES):
            found = [c for c in grid.columns if c.metric == "accuracy" and {c.split} == splits]
    return found if len(found) == 1 else []


def own(said: Said, grids: list[Grid]) -> list[Grid]:
    """The tables whose totals a sentence tells: those of its section, or the only one that was drawn."""
    drawn = [grid for grid in grids if not grid.patterns]
    here = [grid for grid in drawn if grid.scope.section == said.sentence.scope.section]
    small = [grid for grid in here or drawn if len(grid.rows) <= MAX_ROWS]
    return [*(grid for grid in grids if grid.patterns), *(small if len(here or drawn) == 1 else ())]


def totals(said: Said, grid: Grid) -> Iterator[Ruling]:
    found = columns(said, said.text, grid)
    unsure = said.sentence.kind == "caption" or said.sentence.has("hedge", "aim", "layer", "others")
    if len(found) != 1 or grid.of_classes or unsure or naming.words()["limits"].search(said.text):
        return
    (column,), words = found, naming.words()
    rows = [row for _, row in naming.rows(said.text, grid)]
    values = column.values
    if len(rows) == len(values) > 2 and words["ranked"].search(said.text):
        yield from _ranked(said, grid, column, rows)
        return
    numbers = [n for n in naming.numbers(said.sentence.text) if not _counts_rows(said, n, len(values))]
    numbers = [n for n in numbers if not any(n.text in grid.rows[row] for row in rows)]
    if len(numbers) != 1 or any(value is None for value in values):
        return
    written = numbers[0]
    known = [interval(value) for value in values if value is not None]
    quantified = any(words[name].search(said.text[:_OPENING]) for name in ("every", "nobody"))
    if written.bound and quantified and not rows and column.metric:
        yield from _all(said, grid, column, written, known)
    elif measure(column) and written.whole is not None and not written.bound:
        if len(rows) == 1 and not words["summed"].search(said.text):
            yield _same(said, grid, column, written, known[rows[0]], grid.rows[rows[0]])
        elif words["summed"].search(said.text) and len(rows) == (0 if measure(column) == "time" else 2):
            added = [known[row] for row in rows] or known
            whole = Interval(sum(v.low for v in added), sum(v.high for v in added))
            yield _same(said, grid, column, written, whole, "la suma")
    elif column.metric and words["mean"].search(said.text) and not rows and not written.bound:
        whole = Interval(sum(v.low for v in known) / len(known), sum(v.high for v in known) / len(known))
        is_of_all = len(naming.numbers(said.sentence.text)) == 2
        yield _same(said, grid, column, written, whole, "la media", certain=is_of_all)


def _counts_rows(said: Said, number: Numeral, rows: int) -> bool:
    """«los 3 modelos»."""
    return number.whole == rows and not number.percent and number.decimals == 0


def _same(
    said: Said,
    grid: Grid,
    column: Column,
    written: Numeral,
    value: Interval,
    what: str,
    *,
    certain: bool = True,
) -> Ruling:
    fits = (written.count() or written.interval(rate=True)).agrees(value) or written.interval(
        rate=True
    ).agrees(value)
    expected = f"«{column.title}» de {what}: {show(value.middle)}"
    if certain:
        return ruled(said, grid, fits, expected, RULE)
    return ruled(said, grid, fits, f"{expected}; ¿es la media de todas las filas?", RULE, doubtful=True)


def _all(said: Said, grid: Grid, column: Column, written: Numeral, known: list[Interval]) -> Iterator[Ruling]:
    """«todos superan», «ninguno baja de»: of none the bound is turned round."""
    limit = written.interval(rate=True)
    edge = limit.low if written.bound == ">" else limit.high
    above = (written.bound == ">") != bool(naming.words()["nobody"].search(said.text))
    wrong = [i for i, value in enumerate(known) if (value.high < edge if above else value.low > edge)]
    shown = f"«{column.title}» de «{grid.rows[wrong[0]]}» es {show(known[wrong[0]].middle)}" if wrong else ""
    yield ruled(said, grid, not wrong, shown, RULE)


def _ranked(said: Said, grid: Grid, column: Column, rows: list[int]) -> Iterator[Ruling]:
    values = [interval(value) for row in rows if (value := column.values[row]) is not None]
    if len(values) != len(rows) or column.metric != "accuracy":
        return
    wrong = [i for i, (a, b) in enumerate(pairwise(values)) if a.high < b.low]
    shown = ""
    if wrong:
        first, second = rows[wrong[0]], rows[wrong[0] + 1]
        shown = f"«{grid.rows[first]}» tiene menos que «{grid.rows[second]}» en «{column.title}»"
    yield ruled(said, grid, not wrong, shown, RULE)


def ruled(
    said: Said,
    grid: Grid,
    fits: bool,
    expected: str,
    rule: str,
    about: str = "",
    *,
    doubtful: bool = False,
) -> Ruling:
    """What a table says of a sentence; ``about`` parts what one sentence says of several columns."""
    says, place = about + " ".join(said.sentence.text.split())[:120], said.sentence.place
    if fits:
        return Ruling(place, Verdict.VERIFIED, rule, says, "", grid.source)
    if doubtful:
        return Ruling(place, Verdict.AMBIGUOUS, rule, says, expected, grid.source)
    return Ruling(place, Verdict.CONTRADICTED, rule, says, expected, grid.source, Severity.CONCLUSION)
