"""Tables that compare: a row for each model, class or run, whichever way the table lies."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from report.audit import numerals, tables
from report.audit.blocks import Place, Table
from report.audit.lexicon import word_set
from report.audit.numerals import Interval, Numeral
from report.audit.scope import NOWHERE, Scope, plain
from report.audit.sentences import tokenize

MAX_SIZE = 60  # rows and columns of a table that sentences are compared with
_CLASS = r"(?:clases?|class(?:es)?|etiquetas?|labels?|categorias?|category) (?:n )?"
_BETWEEN = r" (?:(?:en|in|con|with|de|of|la|el|the|usando|using) ){0,2}"  # «GRU en la fase 2»
_ENDING = re.compile(r"(?:os|as|es|s|a|o|e)$")
_MIXED = r"(?<!falsos )(?<!falso )(?<!false )(?<!verdaderos )(?<!verdadero )(?<!true )"
SUMMARY = word_set("avg average accuracy exactitud promedio media total")
_LITTLE = word_set("de del la el los las con sin y of the with and en in a un una por for max")


@dataclass(frozen=True)
class Column:
    """``measure``: metric and part of the data where the header names them; ``words``: its own words."""

    title: str
    words: tuple[str, ...]
    metric: object
    split: str
    values: tuple[Numeral | None, ...]


def interval(numeral: Numeral, column: Column | None = None) -> Interval:
    """What a cell of ``column``, or a number that may be one, stands for: of a loss 1.7 is no percentage."""
    return numeral.count() or numeral.interval(rate=column is None or column.metric != "loss")


@dataclass(frozen=True)
class Grid:
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    place: Place
    places: tuple[Place, ...]  # of rows
    of_classes: bool
    printed: bool
    scope: Scope = NOWHERE
    patterns: tuple[str, ...] = ()  # how a sentence names each row, if not by its label

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The words of each row's name."""
        return tuple(map(plain, self.rows))

    @cached_property
    def summaries(self) -> frozenset[int]:
        """The rows that are of no class, but of all together."""
        of_all = [i for i, label in enumerate(self.labels) if SUMMARY & set(label.split())]
        return frozenset(of_all) if self.of_classes else frozenset()

    @cached_property
    def spoken(self) -> list[tuple[int, list[re.Pattern[str]]]]:
        """How a sentence may name each row; the longest names first."""
        if self.patterns:
            return [(i, [re.compile(pattern)]) for i, pattern in enumerate(self.patterns)]
        longest = sorted(range(len(self.labels)), key=lambda i: -len(self.labels[i]))
        common = Counter(word for label in self.labels for word in set(label.split()))
        return [(i, [re.compile(pattern) for pattern in _patterns(self, i, common)]) for i in longest]

    @property
    def source(self) -> str:
        return f"{'lo medido en cada sección' if self.patterns else 'tabla'} ({self.place})"


def read(table: Table) -> Grid | None:
    """The grid that ``table`` is, if its rows or columns are models, classes or other things with a name."""
    table = tables.without_numbers(table)
    width, height = len(table.rows[0]), len(table.rows)
    if (
        not 2 <= width <= MAX_SIZE
        or not 3 <= height <= MAX_SIZE
        or any(len(row) != width for row in table.rows)
    ):
        return None
    classes = tables.has_classes(table)
    by_row, columns = tables.entities(table)
    if not (by_row or columns or classes or tables.are_names([row[0] for row in table.rows[1:]])):
        return None
    rows, places = list(table.rows), list(table.places)
    if columns:
        kept = [0, *columns]
        rows = [tuple(row[i] for row in rows) for i in kept]
        places = [places[0]] * len(rows)
    body = rows[1:]
    found = []
    for i in range(1, len(rows[0])):
        cells = tuple(_number(row[i]) for row in body)
        if sum(cell is not None for cell in cells) > 1:
            found.append(_column(rows[0][i], cells))
    if not found:
        return None
    labels = tuple(row[0] for row in body)
    if not classes and not all(any(map(str.isalpha, label)) for label in labels):
        return None  # numbered rows are seeds, epochs, or names that no sentence says
    return Grid(labels, tuple(found), table.places[0], tuple(places[1:]), classes, table.printed)


def _column(title: str, cells: tuple[Numeral | None, ...]) -> Column:
    tokens, _ = tokenize(title)
    metric = next((t.value for t in tokens if t.kind == "metric"), None)
    split = next((str(t.value) for t in tokens if t.kind == "split"), "")
    words = tuple(word for word in plain(title).split() if word not in _LITTLE)
    if isinstance(metric, tuple):
        metric, split = metric
    return Column(title, words, metric, split, cells)


def _number(cell: str) -> Numeral | None:
    found, _ = numerals.find(cell)
    return found[0] if len(found) == 1 else None


def _patterns(grid: Grid, row: int, common: Counter[str]) -> list[str]:
    label = grid.labels[row]
    if grid.of_classes:
        names = [_CLASS + word if word.isdigit() else _stem(word) for word in label.split()]
        return [] if row in grid.summaries else [rf"\b{_MIXED}{name}" for name in names if name]
    own = " ".join(word for word in label.split() if common[word] == 1)
    numbered = any(word.isdigit() and word not in own for word in label.split())  # «Invierno 2021»
    return [
        rf"\b{_BETWEEN.join(map(re.escape, name.split()))}\b"
        for name in (label, own if len(own) > 2 and not numbered else "")
        if name
    ]


def _stem(word: str) -> str:
    """«negativa» is also «negativas» and «negativo»."""
    stem = _ENDING.sub("", word)
    return rf"{re.escape(stem)}(?:os|as|es|s|a|o|e)?\b" if len(stem) > 2 else rf"{re.escape(word)}\b"
