"""The values that the sections of a document measured, each of a model, run or phase of its own, as the table
that compares them and that nobody drew."""

import re

from report.audit import numerals
from report.audit.blocks import Place
from report.audit.claims import MetricClaim
from report.audit.grids import Column, Grid
from report.audit.lexicon import data
from report.audit.numerals import Numeral
from report.audit.rules.metrics import extreme
from report.audit.scope import DIMENSIONS, MIXED
from report.audit.statements import Statements
from report.audit.tables import Key

Name = tuple[str, ...]  # the key of a scope
Values = dict[Name, list[tuple[Numeral, Place]]]
MAX_UNITS = 30
_NETWORKS = {"D": "discriminador", "G": "generador"}
_SPOKEN = (r"\bdiscrimina(?:dor|tor)\b", r"\bgenera(?:dor|tor)\b")
_MARK = re.compile(r"\d{1,3}|[a-d]")


def grids(statements: Statements) -> list[Grid]:
    """One for each quantity. Of the curves, one of the last and one of the best epochs: what is said of no
    moment must be true of both."""
    found = [(metric, "test", _tested(statements, metric)) for metric in ("accuracy", "loss", "f1")]
    logged = dict.fromkeys(key for series in statements.series for key in series.columns if key[0] != "gap")
    for key in logged:
        found += [(*key, _logged(statements, key, is_best)) for is_best in (False, True)]
    return [grid for each in found if (grid := _grid(*each))]


def networks(statements: Statements) -> dict[Name, Grid]:
    """Of each training of a GAN the losses of its networks at the end."""
    found: dict[Name, list[Grid]] = {}
    for series in statements.series:
        shown = [(series.written or {}).get(("loss", split), (None,))[-1] for split in _NETWORKS]
        if all(shown) and series.place:
            column = Column("loss", (), "loss", "", tuple(shown))
            places = (series.place, series.place)
            labels = tuple(_NETWORKS.values())
            grid = Grid(labels, (column,), series.place, places, False, True, patterns=_SPOKEN)
            found.setdefault(series.scope.key, []).append(grid)
    return {name: grids[0] for name, grids in found.items() if len(grids) == 1 and MIXED not in name}


def _grid(metric: str, split: str, values: Values) -> Grid | None:
    """Only where every value is of one name for certain, and each name has one value."""
    each = [_only(known) for known in values.values()]
    agreed = tuple(value for value in each if value is not None)
    is_certain = all(MIXED not in name and any(name) for name in values)
    if not 2 <= len(values) == len(agreed) <= MAX_UNITS or not is_certain:
        return None
    column = Column(f"{metric} {split}", (), metric, split, tuple(number for number, _ in agreed))
    places = tuple(place for _, place in agreed)
    labels = tuple(" ".join(filter(None, name)) for name in values)
    return Grid(labels, (column,), places[0], places, False, True, patterns=tuple(map(_pattern, values)))


def _only(values: list[tuple[Numeral, Place]]) -> tuple[Numeral, Place] | None:
    first = values[0][0].interval(rate=True)
    return values[0] if all(value.interval(rate=True).agrees(first) for value, _ in values) else None


def _logged(statements: Statements, key: Key, is_best: bool) -> Values:
    """Of each training the last value, or the best."""
    found: Values = {}
    for series in statements.series:
        if key in series.columns and series.written and series.place:
            values, written = series.columns[key], series.written[key]
            at = extreme(values, high=key[0] == "accuracy")[0] if is_best else len(values) - 1
            if (value := written[at]) is not None:
                found.setdefault(series.scope.key, []).append((value, series.place))
    return found


def _tested(statements: Statements, metric: str) -> Values:
    """What was printed of a test, or else counted in a matrix, or else stated."""
    counted: Values = {}
    for matrix in statements.matrices if metric == "accuracy" else ():
        if matrix.place and matrix.total:
            rate = numerals.find(f"{matrix.hits / matrix.total:.6f}")[0][0]
            counted.setdefault(matrix.scope.key, []).append((rate, matrix.place))
    printed: Values = {}
    stated: Values = {}
    for claim in statements.claims:
        if not isinstance(claim, MetricClaim) or claim.tabled or claim.value is None:
            continue  # tables compare by themselves
        if (claim.name, claim.split) == (metric, "test"):
            of_all = not (claim.label or claim.average or claim.moment.at or claim.moment.best)
            number = claim.value
            if not claim.printed and (MIXED in claim.scope.key or not any(claim.scope.key)):
                continue  # what is said of nobody in particular
            if not claim.printed and number.decimals < (1 if number.percent else 3):
                continue  # «80 %» may be a limit
            if of_all and not (number.bound or number.approximate or number.spread or number.upper):
                each = printed if claim.printed else stated
                each.setdefault(claim.scope.key, []).append((number, claim.place))
    return stated | counted | printed


def _pattern(name: Name) -> str:
    """How a sentence names it: «fase 2», «gru … fase 2»."""
    numbered, same = data("scopes.toml")["numbered"], data("scopes.toml")["same"]
    words = {**numbered, "run": [*numbered["run"], *numbered["seed"]]}
    parts = []
    for dimension, value in zip(DIMENSIONS, name, strict=True):
        if value and dimension in words and _MARK.fullmatch(value):
            parts.append(rf"(?:{'|'.join(words[dimension])}) (?:n )?{value}")
        elif value:
            spoken = [value, *(other for other, known in same.items() if known == value)]
            parts.append(f"(?:{'|'.join(map(re.escape, spoken))})")
    return r"\b" + r"(?: \w+){0,3} ".join(parts) + r"\b"
