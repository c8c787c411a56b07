"""Which rows and columns of a table a sentence names, and which tables may be the ones that it tells of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from report.audit import numerals
from report.audit.grids import Column, Grid
from report.audit.lexicon import data, normalize
from report.audit.nearness import nearest
from report.audit.numerals import Numeral
from report.audit.scope import plain
from report.audit.sentences import Sentence, tokenize
from report.audit.statements import Statements

__all__ = [
    "Said",
    "columns",
    "compared",
    "is_better_low",
    "is_difference",
    "normalize",
    "numbers",
    "plain",
    "rows",
    "words",
]
MAX_GRIDS = 30
_LOWER_IS_BETTER = re.compile(r"loss|perdida|error|coste|cost|tiempo|time|perplex|fid\b|rmse|mse\b|mae\b")


_POINTS = re.compile(r"\s*(?:p\.\s?p\.|pp\b|puntos|points|percentage points)", re.I)
_APART = re.compile(
    r"(?:[^\d,;:]{0,25}\b(?:in|en|by|of|de|del|por|un|una|about|es|is|fue|was|casi|solo|only|unos))?\W{0,3}"
)
_ON = re.compile(r"\W{0,3}(?:a|to|hasta|→|->)\W{0,3}\d")


@cache
def words() -> dict[str, re.Pattern[str]]:
    """What compares, by what it says of the first thing named."""
    found = {}
    for name, languages in data("comparisons.toml").items():
        phrases = sorted([*languages["es"], *languages["en"]], key=len, reverse=True)
        found[name] = re.compile(r"\b(?:" + "|".join(p.replace("*", r"\w*") for p in phrases) + r")\b")
    return found


@dataclass(frozen=True)
class Said:
    """A sentence that may compare, and its words."""

    sentence: Sentence
    text: str

    def rows(self, grid: Grid) -> list[int]:
        """The rows that it names, or the one that what stands around it names."""
        named = [row for _, row in rows(self.text, grid)]
        around = self.subject(grid) if not named else None
        return named if around is None else [around]

    def subject(self, grid: Grid) -> int | None:
        """The row that the line which opens the list, or the heading, names."""
        found = rows(self.sentence.scope.model, grid) if self.sentence.scope.model else []
        return found[0][1] if len(found) == 1 else None


def compared(statements: Statements) -> Iterator[tuple[Said, list[Grid]]]:
    """The sentences that compare, each with the tables that it may tell of."""
    every = statements.grids[:MAX_GRIDS]
    for sentence in statements.comparing if every else ():
        text = plain(sentence.text)
        if not numbers(sentence.text) and not any(pattern.search(text) for pattern in words().values()):
            continue
        if not sentence.tokens:
            sentence.tokens = tokenize(sentence.text)[0]
        grids = [grid for grid in every if not grid.of_classes]
        here = [grid for grid in grids if grid.scope.section == sentence.scope.section]
        reports = nearest(sentence, [grid for grid in every if grid.of_classes])
        yield Said(sentence, text), [*(here if _decide(here, text) else grids), *reports[-1:]]


def _decide(grids: list[Grid], text: str) -> bool:
    return any(rows(text, grid) for grid in grids)


def is_difference(text: str, number: Numeral) -> bool:
    """Whether a number is how much something gained or lost: «+2», «2 puntos», «una mejora de 2 %»."""
    before, after = normalize(text[max(0, number.start - 45) : number.start]), text[number.end :]
    if number.text.startswith("+") or before.endswith("+") or _POINTS.match(after):
        return True
    gained = list(words()["gain"].finditer(before))
    return bool(gained and _APART.fullmatch(before[gained[-1].end() :])) and not _ON.match(after)


def is_better_low(text: str) -> bool:
    """Whether ``text`` names something of which less is better."""
    return bool(_LOWER_IS_BETTER.search(text))


# One sentence, and each of its clauses, is compared with up to ``MAX_GRIDS`` tables, one after another.
_read_once = lru_cache(maxsize=256)


@_read_once
def numbers(text: str) -> tuple[Numeral, ...]:
    return tuple(numerals.find(text)[0])


@_read_once
def _metrics(text: str) -> frozenset[object]:
    return frozenset(token.value for token in tokenize(text)[0] if token.kind == "metric")


@_read_once
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in text.split())


def columns(said: Said, text: str, grid: Grid) -> list[Column]:
    """Those that ``text``, a part of what was said, names: each of them for certain."""
    start, tokens = _stems(text), said.sentence.tokens
    metrics = {t.value for t in tokens if t.kind == "metric"} if text == said.text else _metrics(text)
    splits = said.sentence.splits()
    found: dict[object, list[Column]] = {}
    for column in grid.columns:
        if column.metric:
            fits = not splits or not column.split or column.split in splits
            if column.metric in metrics and fits:
                found.setdefault(column.metric, []).append(column)
        elif column.words and all(word[:6] in start for word in column.words):
            found.setdefault(column.title, []).append(column)
    return [each[0] for each in found.values() if len(each) == 1]


def rows(text: str, grid: Grid) -> list[tuple[int, int]]:
    """(place in the text, row) of the rows that are named, by their label or by words of theirs alone."""
    if len(grid.labels) != len(set(grid.labels)):
        return []
    found: dict[int, int] = {}
    taken: list[tuple[int, int]] = []
    for i, patterns in grid.spoken:
        for pattern in patterns:
            where = pattern.search(text)
            if where and not any(a < where.end() and where.start() < b for a, b in taken):
                taken.append(where.span())
                found[i] = where.start()
                break
    return sorted((start, row) for row, start in found.items())
