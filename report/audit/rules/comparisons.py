"""«La mejor es A», «B tiene menos parámetros que C», «pasa de 0.7 a 0.8»: against any table that compares."""

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from report.audit import numerals
from report.audit.blocks import Place
from report.audit.grids import Column, Grid
from report.audit.numerals import Interval, Numeral
from report.audit.ruling import Ruling, Severity, Verdict, show
from report.audit.scope import plain
from report.audit.sentences import Sentence, tokenize
from report.audit.statements import Statements

RULE = "comparación y tabla"
MAX_GRIDS = 30
_ABOUT_HALF = (1.6, 2.5)  # what may be called the double
_GOES = re.compile(
    r"\b(?:de|from) (0[.,]\d+|\d+[.,]?\d* ?%?) (?:a|hasta|to) (0[.,]\d+|\d+[.,]?\d* ?%?)", re.I
)
_LOWER_IS_BETTER = re.compile(r"loss|perdida|error|coste|cost|tiempo|time|perplex|fid\b|rmse|mse\b|mae\b")


_CLAUSE = re.compile(r"[,;:]\s|\b(?:pero|aunque|mientras|but|while|although|whereas)\b", re.I)


@cache
def _words() -> dict[str, re.Pattern[str]]:
    text = (Path(__file__).parents[1] / "comparisons.toml").read_text(encoding="utf-8")
    found = {}
    for name, languages in tomllib.loads(text).items():
        phrases = sorted([*languages["es"], *languages["en"]], key=len, reverse=True)
        found[name] = re.compile(r"\b(?:" + "|".join(p.replace("*", r"\w*") for p in phrases) + r")\b")
    return found


def check(statements: Statements) -> list[Ruling]:
    """Each sentence that compares, against the only table that has its rows and its column."""
    grids = [grid for grid in statements.grids if not grid.of_classes][:MAX_GRIDS]
    rulings: list[Ruling] = []
    for sentence in statements.comparing if grids else ():
        text = plain(sentence.text)
        if not (_GOES.search(sentence.text) or any(words.search(text) for words in _words().values())):
            continue
        if not sentence.tokens:
            sentence = replace(sentence, tokens=tokenize(sentence.text)[0])
        found = [ruling for grid in grids if (ruling := _one(sentence, text, grid)) is not None]
        if len({ruling.verdict for ruling in found}) == 1:
            rulings.append(found[0])
    return rulings


def _one(sentence: Sentence, text: str, grid: Grid) -> Ruling | None:
    column = _column(sentence, text, grid)
    if column is None:
        return None
    named = _named(text, grid)
    goes = _GOES.search(sentence.text)
    if goes and len(named) == 1:
        return _went(sentence, grid, column, named[0][1], goes)
    if _words()["limits"].search(text):
        return None
    if len(named) == 2:
        return _against(sentence, text, grid, column, named)
    for clause in _CLAUSE.split(sentence.text):
        own = _named(plain(clause), grid)
        row = own[0][1] if len(own) == len(named) == 1 else _by_value(clause, column) if not named else None
        ruling = _extreme(sentence, plain(clause), grid, column, row) if row is not None else None
        if ruling is not None:
            return ruling
    return None


def _column(sentence: Sentence, text: str, grid: Grid) -> Column | None:
    """The only column that the sentence names."""
    metrics = {t.value for t in sentence.tokens if t.kind == "metric"}
    splits = sentence.splits()
    words = {word[:6] for word in text.split()}
    found = [
        column
        for column in grid.columns
        if (
            column.metric in metrics and (not splits or not column.split or column.split in splits)
            if column.metric
            else bool(column.words) and all(word[:6] in words for word in column.words)
        )
    ]
    return found[0] if len(found) == 1 else None


def _named(text: str, grid: Grid) -> list[tuple[int, int]]:
    """(place in the text, row) of the rows that are named, by their label or by words of theirs alone."""
    labels = [plain(row) for row in grid.rows]
    common = [word for label in labels for word in set(label.split())]
    found: dict[int, int] = {}
    taken: list[tuple[int, int]] = []
    for i in sorted(range(len(labels)), key=lambda i: -len(labels[i])):
        own = " ".join(word for word in labels[i].split() if common.count(word) == 1)
        for name in (labels[i], own if len(own) > 2 else ""):
            where = re.search(rf"\b{re.escape(name)}\b", text) if name else None
            if where and not any(a < where.end() and where.start() < b for a, b in taken):
                taken.append(where.span())
                found[i] = where.start()
                break
    if len(labels) != len(set(labels)):
        return []
    return sorted((start, row) for row, start in found.items())


def _by_value(clause: str, column: Column) -> int | None:
    """The row whose value is the only number of the clause."""
    numbers = numerals.find(clause)[0]
    if len(numbers) != 1 or numbers[0].bound:
        return None
    rows = [i for i, v in enumerate(column.values) if v and _interval(v).agrees(_interval(numbers[0]))]
    return rows[0] if len(rows) == 1 else None


def _interval(numeral: Numeral) -> Interval:
    return numeral.count() or numeral.interval(rate=True)


def _is_better_low(column: Column) -> bool | None:
    if column.metric in ("loss", "gap") or _LOWER_IS_BETTER.search(plain(column.title)):
        return True
    return False if column.metric else None


def _extreme(sentence: Sentence, text: str, grid: Grid, column: Column, row: int) -> Ruling | None:
    words, low = _words(), _is_better_low(column)
    top: bool | None = None
    if words["relative"].search(text):
        return None
    if words["best"].search(text) and low is not None:
        top = not low
    elif words["worst"].search(text) and low is not None:
        top = low
    elif re.search(r"\b(?:la|el|los|las|the|con|with|tiene|has)\b", text):
        superlative = {True: words["most"], False: words["least"]}
        top = next((up for up, pattern in superlative.items() if pattern.search(text)), None)
        if words["than"].search(text.split(" mas ")[-1]) and re.search(r"\b(?:que|than)\b", text):
            return None
    value = column.values[row]
    known = [(v, i) for i, v in enumerate(column.values) if v is not None]
    if top is None or value is None or len(known) != len(column.values):
        return None
    best, at = (max if top else min)(known, key=lambda pair: _interval(pair[0]).middle)
    if at == row or _interval(best).agrees(_interval(value)):
        return _ruling(sentence, grid, Verdict.VERIFIED, "")
    side = "el mayor" if top else "el menor"
    expected = f"{side} de «{column.title}» es {best.text}, de «{grid.rows[at]}», y no {value.text}"
    return _ruling(sentence, grid, Verdict.CONTRADICTED, expected)


def _against(
    sentence: Sentence, text: str, grid: Grid, column: Column, named: list[tuple[int, int]]
) -> Ruling | None:
    (start, one), (end, other) = named
    between = text[start:end]
    first, second = column.values[one], column.values[other]
    words = _words()
    if first is None or second is None or not re.search(r"\b(?:que|than|a|al|de|frente)\b", between):
        return None
    a, b = _interval(first), _interval(second)
    low = _is_better_low(column)
    expected = f"«{grid.rows[one]}» tiene {first.text} y «{grid.rows[other]}», {second.text}"
    if words["double"].search(between) or words["half"].search(between):
        ratio = a.middle / b.middle if words["double"].search(between) else b.middle / (a.middle or 1)
        fits = _ABOUT_HALF[0] <= ratio <= _ABOUT_HALF[1]
    else:
        more, less = bool(words["more"].search(between)), bool(words["less"].search(between))
        if low is not None and not (more or less):
            more, less = (
                bool(words["better"].search(between)) != low,
                bool(words["worse"].search(between)) != low,
            )
            if not (words["better"].search(between) or words["worse"].search(between)):
                return None
        if more == less:
            return None
        fits = not a.agrees(b) and (a.middle > b.middle) == more
    return _ruling(
        sentence, grid, Verdict.VERIFIED if fits else Verdict.CONTRADICTED, "" if fits else expected
    )


def _went(sentence: Sentence, grid: Grid, column: Column, row: int, goes: re.Match[str]) -> Ruling | None:
    """«Con A pasa de x a y»: y is of A, x of another row."""
    numbers = [
        t.value for t in sentence.tokens if t.kind == "number" and goes.start() <= t.start < goes.end()
    ]
    if len(numbers) != 2 or column.values[row] is None:
        return None
    first, last = (_interval(number) for number in numbers)
    value = column.values[row]
    others = [(v, i) for i, v in enumerate(column.values) if v is not None and i != row]
    if value is None or not _interval(value).agrees(last) or not others:
        return None
    if any(_interval(v).agrees(first) for v, _ in others):
        return _ruling(sentence, grid, Verdict.VERIFIED, "")
    if len(others) > 1:
        return None
    before, at = others[0]
    verb = "sube" if _interval(value).middle > _interval(before).middle else "baja"
    expected = f"«{grid.rows[at]}» tiene {before.text}: {verb} a {show(_interval(value).middle)}"
    return _ruling(sentence, grid, Verdict.CONTRADICTED, expected)


def _ruling(sentence: Sentence, grid: Grid, verdict: Verdict, expected: str) -> Ruling:
    says = " ".join(sentence.text.split())[:120]
    severity = Severity.CONCLUSION if verdict is Verdict.CONTRADICTED else None
    place: Place = sentence.place
    return Ruling(place, verdict, RULE, says, expected, grid.source, severity)
