"""«La mejor es A», «B tiene menos parámetros que C», «pasa de 0.7 a 0.8»: against any table that compares."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from report.audit import naming
from report.audit.grids import Column, Grid, interval
from report.audit.naming import Said
from report.audit.numerals import Interval
from report.audit.rules import side_by_side, totals
from report.audit.ruling import Ruling, show
from report.audit.statements import Statements

RULE, DIFFERENCE, ANOTHER = "comparación y tabla", "diferencia y tabla", "valor de otra fila"
_ABOUT_HALF = (1.6, 2.5)  # what may be called the double
_GOES = re.compile(
    r"\b(?:de|from) (0[.,]\d+|\d+[.,]?\d* ?%?) (?:a|hasta|to) (0[.,]\d+|\d+[.,]?\d* ?%?)", re.I
)
_CLAUSE = re.compile(r"([,;:]\s|\b(?:pero|aunque|mientras|but|while|although|whereas)\b)", re.I)
_LITTLE_WORDS = re.compile(r"\b(?:la|el|los|las|the|con|with|tiene|has)\b")
_ARTICLE = re.compile(r"\b(?:el|la|los|las|lo|su|the|its|is|es|son|fue|was|are)(?: \w+)? $")
_ITS = re.compile(r"\b(?:su|sus|its)\b")
_THAN = re.compile(r"\b(?:que|than|a|al|de|frente)\b")


def check(statements: Statements) -> list[Ruling]:
    """Each sentence that compares, against the only tables that have its rows and its column."""
    rulings: list[Ruling] = []
    drawn = statements.grids[: naming.MAX_GRIDS]
    statements = replace(statements, grids=[*side_by_side.grids(statements), *drawn][: naming.MAX_GRIDS])
    networks = side_by_side.networks(statements)
    for said, grids in naming.compared(statements):
        own = networks.get(statements.roster.settle(said.sentence.scope).key)
        grids += [own] if own and said.sentence.scope.certain and said.sentence.has("final") else []
        found = [*_agreed(_compared, said, grids), *_agreed(_differs, said, grids)]
        found += _agreed(totals.totals, said, totals.own(said, grids))
        rulings += found or _agreed(_of_another_row, said, grids)
    return rulings


def _agreed(judge: Callable[[Said, Grid], Iterator[Ruling]], said: Said, grids: list[Grid]) -> list[Ruling]:
    """What the tables that can decide all say; two that disagree decide nothing."""
    told: dict[str, list[Ruling]] = {}
    for grid in grids:
        for ruling in judge(said, grid):
            told.setdefault(ruling.says, []).append(ruling)
    return [each[0] for each in told.values() if len({ruling.verdict for ruling in each}) == 1]


def _compared(said: Said, grid: Grid) -> Iterator[Ruling]:
    """What each clause says of each column that it names."""
    words = naming.words()
    goes = _GOES.search(said.sentence.text)
    columns = totals.columns(said, said.text, grid)
    if goes:
        if not grid.patterns and len(said.rows(grid)) == 1 and len(columns) == 1:
            yield from _went(said, grid, columns[0], said.rows(grid)[0], goes)
        return
    if words["limits"].search(words["look"].sub(" ", said.text)):
        return
    named = naming.rows(said.text, grid)
    if len(named) == 2:
        for column in columns if len(columns) == 1 else ():
            yield from _against(said, grid, column, named)
        return
    if len(named) > 2:
        return
    subject: int | None = None
    pieces = [*_CLAUSE.split(said.sentence.text), ""]
    for clause, parting in zip(pieces[::2], pieces[1::2], strict=True):
        text = naming.plain(clause)
        own = naming.rows(text, grid)
        subject = own[0][1] if own else subject
        for column in totals.columns(said, text, grid) or (columns if len(columns) == 1 else []):
            row = subject if named else _by_value(clause, column)
            found = _extreme(said, text, grid, column, row) if row is not None else None
            if found is not None:
                yield found
        if not (parting.startswith(":") and own and text == grid.labels[own[0][1]]):
            subject = None  # «patrón similar al de A, pero peor»: of something else


def _by_value(clause: str, column: Column) -> int | None:
    """The row whose value is the only number of the clause."""
    numbers = naming.numbers(clause)
    if len(numbers) != 1 or numbers[0].bound:
        return None
    rows = [i for i, v in enumerate(column.values) if v and interval(v).agrees(interval(numbers[0]))]
    return rows[0] if len(rows) == 1 else None


def _is_better_low(column: Column) -> bool | None:
    if (
        column.metric in ("loss", "gap")
        or totals.measure(column)
        or naming.is_better_low(naming.plain(column.title))
    ):
        return True
    return False if column.metric else None


def _of_all(pattern: re.Pattern[str], text: str) -> bool:
    """«la mejor», or «mejor» that begins the clause; «con mejor F1 que antes» compares with another."""
    found = pattern.search(text)
    before = text[: found.start()] if found else "-"
    return not before or bool(_ARTICLE.search(before))


def _extreme(said: Said, text: str, grid: Grid, column: Column, row: int) -> Ruling | None:
    words, low = naming.words(), _is_better_low(column)
    top: bool | None = None
    if words["relative"].search(text) or (grid.patterns and _is_of_itself(said, column)):
        return None
    if _of_all(words["best"], text) and low is not None:
        top = not low
    elif _of_all(words["worst"], text) and low is not None:
        top = low
    elif low is not None and (words["wins"].search(text) or words["loses"].search(text)):
        top = low != bool(words["wins"].search(text))
    elif totals.measure(column) == "time" and (
        words["longest"].search(text) or words["shortest"].search(text)
    ):
        top = bool(words["longest"].search(text))
    elif _LITTLE_WORDS.search(text):
        superlative = {True: words["most"], False: words["least"]}
        top = next((up for up, pattern in superlative.items() if pattern.search(text)), None)
        if words["than"].search(text.split(" mas ")[-1]) and re.search(r"\b(?:que|than)\b", text):
            return None
    value = column.values[row]
    judged = [i for i in range(len(grid.rows)) if i not in grid.summaries]
    known = [(v, i) for i in judged if (v := column.values[i]) is not None]
    if top is None or value is None or len(known) != len(judged) or row in grid.summaries:
        return None
    best, at = (max if top else min)(known, key=lambda pair: interval(pair[0], column).middle)
    fits = at == row or interval(best, column).agrees(interval(value, column))
    side = "el mayor" if top else "el menor"
    return totals.ruled(
        said,
        grid,
        fits,
        f"{side} de «{column.title}» es {best.text}, de «{grid.rows[at]}», y no {value.text}",
        RULE,
        f"{column.title}: ",
    )


def _is_of_itself(said: Said, column: Column) -> bool:
    """«su mejor exactitud», «la mejor es 0.81, en la época 3»: of its own epochs, and not of all models."""
    told = naming.numbers(said.sentence.text) or said.sentence.has("epoch", "at_epoch", "epochs")
    return bool(_ITS.search(said.text)) or (column.split != "test" and bool(told))


def _against(said: Said, grid: Grid, column: Column, named: list[tuple[int, int]]) -> Iterator[Ruling]:
    (start, one), (end, other) = named
    between = said.text[start:end]
    first, second = column.values[one], column.values[other]
    words = naming.words()
    beats = words["beats"].search(between)
    if first is None or second is None or not (beats or _THAN.search(between)):
        return
    a, b = interval(first, column), interval(second, column)
    low = _is_better_low(column)
    if words["double"].search(between) or words["half"].search(between):
        ratio = a.middle / (b.middle or 1) if words["double"].search(between) else b.middle / (a.middle or 1)
        fits = _ABOUT_HALF[0] <= ratio <= _ABOUT_HALF[1]
    else:
        more, less = bool(words["more"].search(between)), bool(words["less"].search(between))
        better, worse = (bool(words[name].search(between)) for name in ("better", "worse"))
        if beats and column.metric:
            better, more, less = True, False, False
        if low is not None and not (more or less):
            if not (better or worse):
                return
            more, less = better != low, worse != low
        if more == less:
            return
        fits = not a.agrees(b) and (a.middle > b.middle) == more
    expected = f"«{grid.rows[one]}» tiene {first.text} y «{grid.rows[other]}», {second.text}"
    yield totals.ruled(said, grid, fits, expected, RULE)


def _went(said: Said, grid: Grid, column: Column, row: int, goes: re.Match[str]) -> Iterator[Ruling]:
    """«Con A pasa de x a y»: y is of A, x of another row."""
    tokens = [t for t in said.sentence.tokens if t.kind == "number" and goes.start() <= t.start < goes.end()]
    value = column.values[row]
    others = [(v, i) for i, v in enumerate(column.values) if v is not None and i != row]
    if len(tokens) != 2 or value is None or not others:
        return
    first, last = (interval(token.value) for token in tokens)
    if not interval(value).agrees(last):
        return
    fits = any(interval(v).agrees(first) for v, _ in others)
    if fits or len(others) == 1:
        before, at = others[0]
        verb = "sube" if interval(value).middle > interval(before).middle else "baja"
        yield totals.ruled(
            said,
            grid,
            fits,
            f"«{grid.rows[at]}» tiene {before.text}: {verb} a {show(interval(value).middle)}",
            RULE,
        )


def _differs(said: Said, grid: Grid) -> Iterator[Ruling]:
    """«+3.1 % de exactitud», «supera a B en 2 puntos»: the difference of two rows, absolute or relative."""
    subjects = said.rows(grid)
    if not naming.rows(said.text, grid) and naming.words()["beside"].search(said.text):
        return  # with something that is no row
    if len(subjects) == 1 and len(grid.rows) == 2:
        subjects = [0, 1]
    limits = {found[0] for found in naming.words()["limits"].finditer(said.text)}
    if len(subjects) != 2 or limits - {"entre", "between"}:  # «entre A y B hay 2 puntos»
        return
    columns = totals.columns(said, said.text, grid)
    for token in said.sentence.tokens:
        if (
            token.kind != "number"
            or len(columns) != 1
            or not naming.is_difference(said.sentence.text, token.value)
        ):
            continue
        first, second = (columns[0].values[row] for row in subjects)
        if first is None or second is None:
            return
        written = token.value
        stated = [interval(n) for n in naming.numbers(said.sentence.text) if n.start != written.start]
        apart = _differences(interval(first), interval(second))
        apart += [each for a, b in combinations(stated[:6], 2) for each in _differences(a, b)]
        readings = [written.interval(rate=True), written.interval()]
        if written.bound or written.percent:
            readings.append(Interval(readings[0].low * 100, readings[0].high * 100))
        fits = any(reading.agrees(each) for reading in readings for each in apart)
        said_so = f"de {first.text} a {second.text} van {show(apart[0].middle)}"
        yield totals.ruled(said, grid, fits, said_so, DIFFERENCE, written.text + " · ")


def _differences(a: Interval, b: Interval) -> list[Interval]:
    """The larger minus the smaller, in their unit, in hundredths, and relative to either."""
    high, low = (a, b) if a.middle >= b.middle else (b, a)
    apart = high - low
    found = [apart, Interval(apart.low * 100, apart.high * 100)]
    for base in (low, high):
        if base.low > 0:
            share = Interval(apart.low / base.high, apart.high / base.low)
            found += [share, Interval(share.low * 100, share.high * 100)]
    return found


def _of_another_row(said: Said, grid: Grid) -> Iterator[Ruling]:
    """A value that stands in the table, in the row of something that the sentence does not name."""
    words = naming.words()
    rows = [row for _, row in naming.rows(said.text, grid)]
    numbers = naming.numbers(said.sentence.text)
    if (
        len(rows) != 1
        or len(numbers) != 1
        or grid.of_classes
        or grid.scope.section != said.sentence.scope.section
    ):
        return
    if numbers[0].bound or numbers[0].text[0] in "+-−":
        return
    if any(
        words[name].search(said.text) for name in ("limits", "relative", "more", "less", "better", "gain")
    ):
        return
    written, row = interval(numbers[0]), rows[0]
    digits = len(numbers[0].text.strip("0.,%~≈ ").replace(".", "").replace(",", ""))
    if digits < (2 if numbers[0].percent else 3):
        return
    scaled = Interval(written.low * 100, written.high * 100) if numbers[0].percent else written
    there = [
        (i, column)
        for column in grid.columns
        for i, v in enumerate(column.values)
        if v and (interval(v).agrees(written) or v.interval().agrees(scaled))
    ]
    if len(there) == 1 and there[0][0] != row and (own := there[0][1].values[row]) is not None:
        at, column = there[0]
        expected = f"«{column.title}» de «{grid.rows[row]}» es {own.text}; ese valor es de «{grid.rows[at]}»"
        yield totals.ruled(said, grid, False, expected, ANOTHER)
