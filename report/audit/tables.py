"""Tables with a meaning: metrics per epoch or iteration; the rest as sentences."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from experiments.brought.history.names import Column
from report.audit import numerals, sentences
from report.audit.blocks import Place, Table
from report.audit.lexicon import normalize, numbered
from report.audit.numerals import Interval, Numeral
from report.audit.scope import NOWHERE, Scope, is_generic
from report.audit.sentences import Token

_GENERIC = {"", "valor", "value", "values", "valores", "resultado", "result", "concepto", "item"}
_WHEN_OR_WHERE = ("split", "final", "initial", "at_epoch", "at_step", "at_seed", "seed", "selected")
_SUPPORT = {"support", "soporte"}
_LAYERS = {"capa", "layer", "capas", "layers"}
MAX_COLUMNS, MAX_ROWS = 60, 1_000  # of a table that is read cell by cell

Key = tuple[str, str]  # metric, split
KEYS: dict[Column, Key] = {  # what the columns of a history hold
    "running_loss": ("loss", "train"),
    "running_accuracy": ("accuracy", "train"),
    "val_loss": ("loss", "val"),
    "val_accuracy": ("accuracy", "val"),
    "discriminator_loss": ("loss", "D"),
    "generator_loss": ("loss", "G"),
}


@dataclass(frozen=True)
class Series:
    """Metrics by epoch or iteration; a missing value is None."""

    unit: str  # "epoch" or "step"
    index: tuple[int, ...]
    columns: dict[Key, tuple[Interval | None, ...]]
    source: str  # in Spanish, for the reader
    place: Place | None = None
    part: str = ""
    seed: int | None = None
    written: dict[Key, tuple[Numeral | None, ...]] | None = None  # None: computed, not read
    scope: Scope = NOWHERE


def mean(values: Sequence[Interval]) -> Interval:
    return Interval(sum(v.low for v in values) / len(values), sum(v.high for v in values) / len(values))


def stacked(table: Table) -> Table:
    """A table whose halves stand side by side under the same headers, one under the other; any
    other as it is."""
    header = [normalize(cell).strip() for cell in table.rows[0]]
    half = len(header) // 2
    if half < 2 or header[:half] != header[half:] or not all(header):
        return table
    first, *rest = zip(table.rows, table.places, strict=True)
    halves = [(row[part], place) for part in (slice(half), slice(half, None)) for row, place in rest]
    kept = [(first[0][:half], first[1]), *(line for line in halves if any(map(str.strip, line[0])))]
    return Table(tuple(row for row, _ in kept), tuple(place for _, place in kept))


def without_index(table: Table) -> Table:
    """A data frame without the numbers of its rows, which may have been sorted."""
    first = [row[0].strip() for row in table.rows]
    numbers = all(map(str.isdecimal, first[1:])) and len(set(first)) == len(first)
    if first[0] or len(table.rows) < 2 or len(table.rows[0]) < 3 or not numbers:
        return table
    return Table(tuple(row[1:] for row in table.rows), table.places, table.printed)


def joined(table: Table) -> Table:
    """A table whose rows need two names, «GRU» and «Fase 2», with both in one: «GRU (Fase 2)»."""
    header, *body = table.rows
    if len(header) < 3 or any(len(row) != len(header) for row in body):
        return table
    first, names = [row[0].strip() for row in body], [_full(header[1], row[1]) for row in body]
    pairs = list(zip(first, names, strict=True))
    if len(set(first)) == len(first) or len(set(pairs)) < len(pairs) or not all(map(all, pairs)):
        return table
    rows = ((f"{one} ({other})", *row[2:]) for (one, other), row in zip(pairs, body, strict=True))
    return Table(((header[0], *header[2:]), *rows), table.places, table.printed)


def _full(title: str, cell: str) -> str:
    """The second name of a row: «Fase 2», also where «2» stands under «Fase»; nothing if it is no name."""
    words = normalize(title).split()
    if cell.strip().isdecimal() and words and words[-1] in numbered():
        return f"{words[-1]} {cell.strip()}"
    return cell.strip() if re.match(r"[^\W\d_]{2}", cell.strip()) and len(cell) < 60 else ""


def without_numbers(table: Table) -> Table:
    """A table without a first column that only numbers the names in the second."""
    body = table.rows[1:]
    if len(table.rows[0]) < 3 or any(len(row) != len(table.rows[0]) for row in body):
        return table
    if not all(row[0].strip().isdecimal() for row in body) or not are_names([row[1] for row in body]):
        return table
    return Table(tuple(row[1:] for row in table.rows), table.places, table.printed)


def are_names(labels: Sequence[str]) -> bool:
    """Whether they are different words of their own, none of a moment, a metric or a part of the data."""
    known = [label for label in labels if any(map(str.isalpha, label)) and not _is_part_of_one(label)]
    return len(set(known)) == len(labels) > 1 and not any(map(is_generic, labels))


def series(table: Table, part: str, seed: int | None) -> Series | None:
    """The table of epochs or iterations that ``table`` is, also if it lies on its side."""
    if len(table.rows) < 2 or not 2 <= len(table.rows[0]) <= MAX_COLUMNS:
        return None
    found = _series(table.rows, table.places[0], part, seed)
    if found is None and len(table.rows) <= 12:
        width = min(len(row) for row in table.rows)
        turned = tuple(tuple(row[i] for row in table.rows) for i in range(width))
        found = _series(turned, table.places[0], part, seed) if width >= 3 else None
    return found


def _series(rows: tuple[tuple[str, ...], ...], place: Place, part: str, seed: int | None) -> Series | None:
    header = [sentences.tokenize(cell)[0] for cell in rows[0]]
    first = {t.kind for t in header[0]}
    unit = "epoch" if first & {"epoch", "epochs"} else "step" if first & {"step", "steps"} else ""
    named = sum(row[0].strip()[:1].isalpha() for row in rows[1:]) > 1  # «Fase 1»; one may be a mean
    if not unit and (named or normalize(rows[0][0]).strip() not in ("#", "n", "", "no")):
        return None
    keys = _keys(header)
    if not any(keys):
        return None
    kept = [(number, row) for row in rows[1:] if (number := _index(row[0])) is not None]
    if len(kept) < 2 or len(kept) < len(rows) - 2:
        return None
    index = tuple(number for number, _ in kept)
    if any(b <= a for a, b in itertools.pairwise(index)) or (
        not unit and index != tuple(range(index[0], index[0] + len(index)))
    ):
        return None
    columns: dict[Key, tuple[Interval | None, ...]] = {}
    written: dict[Key, tuple[Numeral | None, ...]] = {}
    for column, key in enumerate(keys):
        if key is None or key in columns:
            continue
        cells = [_number(row[column]) if column < len(row) else None for _, row in kept]
        rate = key[0] == "accuracy"
        if sum(cell is not None for cell in cells) * 2 <= len(cells):
            continue
        columns[key] = tuple(cell.interval(rate=rate) if cell else None for cell in cells)
        written[key] = tuple(cells)
    if not columns:
        return None
    name = "tabla por épocas" if unit != "step" else "tabla por iteraciones"
    return Series(unit or "epoch", index, columns, f"{name} ({place})", place, part, seed, written)


def _keys(header: list[list[Token]]) -> list[Key | None]:
    keys: list[Key | None] = [None]
    for tokens in header[1:]:
        metric = next((t.value for t in tokens if t.kind == "metric"), None)
        split = next((str(t.value) for t in tokens if t.kind == "split"), "")
        if metric is None and split in ("D", "G"):
            metric = "loss"  # a column of a table by epochs that is called «Generador»
        if any(t.kind == "other" for t in tokens):
            metric = None
        if isinstance(metric, tuple):
            keys.append(metric)
        elif metric in ("accuracy", "loss", "gap"):
            keys.append((metric, "" if metric == "gap" else split))
        else:
            keys.append(None)
    validated = any(key and key[1] in ("val", "test") for key in keys)
    return [
        (key[0], "train") if key and key[1] == "" and key[0] != "gap" and validated else key for key in keys
    ]


def _index(cell: str) -> int | None:
    found, _ = numerals.find(cell)
    return found[0].whole if len(found) == 1 and found[0].upper is None else None


def _number(cell: str) -> Numeral | None:
    found, _ = numerals.find(cell)
    return found[0] if len(found) == 1 else None


def limit(table: Table) -> str:
    """What of ``table`` is too large to be read, in Spanish, or nothing."""
    columns = max(len(row) for row in table.rows)
    if len(table.rows[0]) > MAX_COLUMNS:
        return f"la tabla tiene {columns} columnas: las de más de {MAX_COLUMNS} no se leen."
    if len(table.rows) > MAX_ROWS + 1:
        return f"la tabla tiene {len(table.rows)} filas: solo se leen las {MAX_ROWS} primeras."
    return ""


@dataclass(frozen=True)
class Cell:
    """A cell as «row, column: value»; ``label`` is the model or run that its row or column is of;
    ``other``: it is about something else than what the document is about."""

    text: str
    place: Place
    label: str = ""
    repeated: int = 0  # which of several rows with this label
    other: bool = False
    of_class: str = ""


def as_sentences(table: Table) -> list[Cell]:
    """Every cell of another table."""
    header = table.rows[0]
    if len(header) > MAX_COLUMNS:
        return []
    corner = normalize(header[0]).strip()
    seeded = corner in ("semilla", "seed")
    headless = len(header) == 2 and bool(numerals.find(header[1])[0])  # the first row is data as well
    named = [not headless and normalize(cell).strip() not in _GENERIC for cell in header]
    found: list[Cell] = []
    body = list(zip(table.rows, table.places, strict=True))[0 if headless else 1 :][:MAX_ROWS]
    by_row, columns = entities(table) if not headless else (False, [])
    labels = [row[0] for row, _ in body]
    seen: dict[str, int] = {}
    classes = has_classes(table)
    for row, place in body:
        if not row[0].strip() and len(row) > 1:
            continue
        seen[row[0]] = seen.get(row[0], 0) + 1
        other = _is_about_another(corner, row[0])
        label = f"Semilla {row[0]}" if seeded and _index(row[0]) is not None else row[0]
        for column, cell in enumerate(row[1:], start=1):
            if cell.strip():
                title = f"{label}, {header[column]}" if column < len(header) and named[column] else label
                name = row[0] if by_row and not seeded else header[column] if column in columns else ""
                turn = seen[row[0]] if by_row and labels.count(row[0]) > 1 else 0
                plain_row = classes and not measures(row[0]) and not averages(row[0])
                of_class = normalize(row[0]).strip() if plain_row else ""
                found.append(Cell(f"{title}: {cell}", place, name, turn, other, of_class))
    return found


def entities(table: Table) -> tuple[bool, list[int]]:
    """Whether each row is of a model or run of its own, and else the columns that are."""
    header = table.rows[0]
    if has_classes(table):
        return False, []
    measured = [column for column in range(1, len(header)) if measures(header[column])]
    if measured and len(table.rows) > 2:
        return not any(_is_part_of_one(row[0]) for row in table.rows[1:] if row), []
    lines = [row for row in table.rows[1:] if row and measures(row[0])]
    plain = [c for c in range(1, len(header)) if header[c].strip() and not _says_when_or_where(header[c])]
    numbers = sum(bool(numerals.find(cell)[0]) for row in lines for cell in row[1:])
    return False, plain if lines and len(plain) > 1 and numbers > len(lines) else []


def _kinds(label: str) -> tuple[set[str], bool]:
    """The kinds of its words, and whether it has one of its own: «red_v2_final» is no moment, «TF-IDF+LR»
    no learning rate."""
    tokens, _ = sentences.tokenize(label)
    return {t.kind for t in tokens}, any(t.kind == "w" and not is_generic(t.word) for t in tokens)


def _is_part_of_one(label: str) -> bool:
    """Whether a row is of a metric, class, part of the data or moment of one model."""
    kinds, own = _kinds(label)
    of_one = {"metric", "epochs", "steps", "epoch", "examples", "cell", "average"}
    return bool(kinds & of_one or (kinds & set(_WHEN_OR_WHERE) and not own)) or is_class(label)


def measures(label: str) -> bool:
    """Whether a header or label says what is measured or set."""
    tokens, _ = sentences.tokenize(label)
    return any(t.kind in ("metric", "param", "epochs", "steps", "epoch", "examples", "hit") for t in tokens)


def is_class(label: str) -> bool:
    """Whether a row of a table is of a class, or of an average of them."""
    return any(t.kind in ("class", "average") for t in sentences.tokenize(label)[0])


def has_classes(table: Table) -> bool:
    """Whether the rows are classes: how many examples each has is told."""
    return any(normalize(cell).strip() in _SUPPORT for cell in table.rows[0])


def averages(label: str) -> bool:
    return any(t.kind == "average" for t in sentences.tokenize(label)[0])


def _says_when_or_where(label: str) -> bool:
    kinds, own = _kinds(label)
    loose = {*_WHEN_OR_WHERE, "param", "number"} if not own else set()
    return bool(kinds & {*loose, "class", "metric", "cell"}) or is_generic(label)


def _is_about_another(corner: str, label: str) -> bool:
    """Of a row that is called ``label`` under the heading ``corner``."""
    kinds = [token.kind for token in sentences.tokenize(label)[0]]
    if next((kind for kind in kinds if kind in ("metric", "other")), "") == "other":
        return True
    return corner in _LAYERS and not {"part", "param"} & set(kinds)
