"""Confusion matrices of any classes: what they count, and the tables that are one."""

import re
from dataclasses import dataclass

from report.audit import numerals
from report.audit.blocks import Place, Table
from report.audit.lexicon import normalize
from report.audit.scope import NOWHERE, Scope, plain

_PREDICTED = re.compile(r"pred|estimad|asignad")
_ACTUAL = re.compile(r"\breal|actual|\btrue|verdader|observ")
_AXIS = re.compile(
    r"\b(?:pred\w*|estimad\w*|asignad\w*|real\w*|actual\w*|true|verdader\w*|observ\w*|clases?|class)\b"
)
_NEGATIVE = re.compile(r"\bneg|^\D*\b0\b")
_POSITIVE = re.compile(r"\bpos|^\D*\b1\b")
_TOTAL = re.compile(r"\b(?:total\w*|suma?|all|tod[oa]s)\b")
_REMARK = re.compile(r"\([^()]*\)")
_ENDING = re.compile(r"(?:os|as|es|s|a|o|e)$")
BINARY = ("negative", "positive")
MAX_CLASSES = 40
Counts = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Matrix:
    """``counts``: a row for each real class, a column for each predicted one, of which ``oriented`` is False
    where nothing says which is which. ``classes``: their names, none where only their order is known."""

    counts: Counts
    classes: tuple[str, ...]
    source: str
    place: Place | None = None
    oriented: bool = True
    seed: int | None = None
    scope: Scope = NOWHERE

    @property
    def size(self) -> int:
        return len(self.counts)

    @property
    def is_binary(self) -> bool:
        """Whether one class is the negative and the other the positive one."""
        return self.size == 2 and self.classes in ((), BINARY)

    @property
    def cells(self) -> tuple[int, ...]:
        """Of a binary one: true negatives, false positives, false negatives, true positives."""
        return tuple(count for row in self.counts for count in row)

    @property
    def total(self) -> int:
        return sum(self.cells)

    @property
    def hits(self) -> int:
        return sum(row[i] for i, row in enumerate(self.counts))

    @property
    def rows(self) -> tuple[int, ...]:
        """How many examples of each class there are."""
        return tuple(map(sum, self.counts))

    @property
    def columns(self) -> tuple[int, ...]:
        """How many were taken for each class."""
        return tuple(map(sum, zip(*self.counts, strict=True)))

    def places(self, name: str) -> list[int]:
        """The classes that a sentence may mean by ``name``; where only their order is known any word may be
        any of them, and a digit is the class itself or its place in the order."""
        if self.classes:
            return [i for i, label in enumerate(self.classes) if is_called(label, name)]
        if self.is_binary and name in BINARY:
            return [BINARY.index(name)]
        if name.isdigit():
            return [i for i in (int(name), int(name) - 1) if 0 <= i < self.size]
        return list(range(self.size))


def is_called(label: str, name: str) -> bool:
    """«perros» is a «perro», and the «clase 3» is 3."""
    words, stem = label.split(), _ENDING.sub("", name)
    return name == label or any(
        word == name or (len(stem) > 2 and stem == _ENDING.sub("", word)) for word in words
    )


def binary(
    cells: tuple[int, int, int, int], source: str, place: Place | None, seed: int | None = None
) -> Matrix:
    """Of true negatives, false positives, false negatives and true positives."""
    return Matrix((cells[:2], cells[2:]), BINARY, source, place, seed=seed)


def names(labels: list[str]) -> tuple[str, ...]:
    """The classes that ``labels`` of an axis name, empty if any two are the same."""
    found = [plain(_AXIS.sub(" ", _REMARK.sub(" ", normalize(label)))) for label in labels]
    if len(labels) == 2 and sorted(map(_side, labels)) == ["0", "1"]:
        found = [BINARY[int(_side(label))] for label in labels]
    return tuple(found) if all(found) and len(set(found)) == len(found) else ()


def _side(cell: str) -> str:
    """«0» for the negative class, «1» for the positive one, empty where the cell names none or both."""
    cell = normalize(cell)
    negative, positive = bool(_NEGATIVE.search(cell)), bool(_POSITIVE.search(cell))
    return "" if negative == positive else "1" if positive else "0"


def read(table: Table, seed: int | None = None) -> Matrix | None:
    """The confusion matrix that ``table`` is, in either orientation."""
    if not 2 <= len(table.rows) <= MAX_CLASSES + 4:
        return None
    found = (_below(table, top, seed) for top in range(min(4, len(table.rows) - 1)))
    return next((matrix for matrix in found if matrix), None)


def _below(table: Table, top: int, seed: int | None) -> Matrix | None:
    """The matrix whose columns the row ``top`` names."""
    header = table.rows[top]
    columns = [i for i, cell in enumerate(header) if i and _names_one(cell)]
    lines = [row for row in table.rows[top + 1 :] if _names_one(_label(row))]
    across, down = names([header[i] for i in columns]), names([_label(row) for row in lines])
    if len(across) < 2 or set(across) != set(down):
        return None
    counts: dict[tuple[str, str], int] = {}
    for row, one in zip(lines, down, strict=True):
        for column, other in zip(columns, across, strict=True):
            at = column + max(0, len(row) - len(header))
            found = numerals.find(_REMARK.sub("", row[at]))[0] if at < len(row) else []
            if len(found) != 1 or found[0].whole is None or found[0].percent:
                return None
            counts[one, other] = found[0].whole
    predicted, actual = _axes(table, top)
    if not (predicted or actual) and across != BINARY and set(across) != set(BINARY):
        return None  # whatever compares things with themselves
    classes = BINARY if set(across) == set(BINARY) else down if predicted else across
    cells = tuple(tuple(counts[(k, p) if not actual else (p, k)] for p in classes) for k in classes)
    place = table.places[0]
    return Matrix(cells, classes, f"matriz de confusión ({place})", place, predicted or actual, seed)


def _names_one(cell: str) -> bool:
    return bool(cell.strip()) and not _TOTAL.search(normalize(cell)) and bool(names([cell]))


def _label(row: tuple[str, ...]) -> str:
    """The name of a row, beside a first cell that is one of the whole axis."""
    return next((cell for cell in row[:2] if names([cell])), "") if row else ""


def _axes(table: Table, top: int) -> tuple[bool, bool]:
    """Whether the columns are what was predicted, and whether they are what is real."""
    rows = [[normalize(cell) for cell in row] for row in table.rows]
    above = " ".join(cell for row in rows[: top + 1] for cell in row[1:])
    aside = " ".join(row[0] for row in rows)
    predicted = bool(_PREDICTED.search(above)) or (
        bool(_ACTUAL.search(aside)) and not _PREDICTED.search(aside)
    )
    actual = bool(_ACTUAL.search(above)) or (bool(_PREDICTED.search(aside)) and not _ACTUAL.search(aside))
    if predicted and actual:
        predicted = not _PREDICTED.search(aside.replace(rows[top][0], " "))
        actual = not predicted
    if not (predicted or actual):  # «Real \ Predicho» in the corner: the rows, then the columns
        first, second = _ACTUAL.search(rows[top][0]), _PREDICTED.search(rows[top][0])
        if first and second:
            predicted, actual = first.start() < second.start(), second.start() < first.start()
    return predicted, actual
