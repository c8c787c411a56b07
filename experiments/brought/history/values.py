"""The numbers of one column: read exactly as they were written, in range, percentages as rates."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from experiments.brought.history.names import ACCURACIES, Column
from experiments.validation import shown

# What float() takes is more: «1_0», «infinity», digits of other scripts.
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")


class ColumnError(Exception):
    """Why a column cannot be used; both go on from «se esperaba» and «se encontró»."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(f"se esperaba {expected}, se encontró {found}")
        self.expected, self.found = expected, found


@dataclass(frozen=True)
class Number:
    """``written``: what stands before a percent sign; ``decimals``: digits after its point, 0 or more."""

    written: Decimal
    decimals: int
    percent: bool


@dataclass(frozen=True)
class Values:
    """``decimals``: to how many they were rounded if they were printed, percentages as rates; ``percent``:
    they were some."""

    values: tuple[float, ...]
    decimals: int
    percent: bool


def number(cell: object) -> Number | None:
    """The finite number that ``cell`` is or, as a text, stands for; None if it is something else."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    if isinstance(cell, int) and abs(cell) >= 10**308:  # nor can Python write one of 5000 digits
        return None
    text = str(cell).strip()
    bare = text.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(bare) or not math.isfinite(float(bare)):
        return None
    exponent = Decimal(bare).as_tuple().exponent
    assert isinstance(exponent, int)  # a letter only where it is no finite number
    return Number(Decimal(bare), max(0, -exponent), bare != text)


def values_of(column: Column, name: str, cells: Sequence[object], row: Callable[[int], str]) -> Values:
    """The values of ``column``, called ``name`` in the file: accuracies in [0, 1], others from 0.

    Raises:
        ColumnError: a value is no finite number or out of range, or it cannot be told whether
            accuracies are percentages.
    """
    numbers = []
    for i, cell in enumerate(cells):
        found = number(cell)
        wrong = _wrong(found, column)
        if found is None or wrong:
            raise ColumnError(f"{wrong} en {row(i)}, columna «{name}»", f"«{shown(cell)}»")
        numbers.append(found)
    percent = column in ACCURACIES and _are_percentages(numbers, name, cells, row)
    decimals = _decimals(numbers, cells)
    if percent:
        return Values(tuple(float(found.written.scaleb(-2)) for found in numbers), decimals + 2, True)
    return Values(tuple(float(found.written) for found in numbers), decimals, False)


def _decimals(numbers: Sequence[Number], cells: Sequence[object]) -> int:
    """Python leaves zeros at the end away, 0.4 beside 0.3875, so that the longest tells; what is so small
    that it is written with an exponent has more than others, 1.0000e-04 beside 0.0010."""
    plain = [n.decimals for n, cell in zip(numbers, cells, strict=True) if "e" not in str(cell).lower()]
    return max(plain) if plain else min((n.decimals for n in numbers), default=0)


def _wrong(found: Number | None, column: Column) -> str:
    """What was expected instead, or nothing."""
    if found is None:
        return "un número finito, con punto decimal,"
    if found.written < 0:
        return "un número de 0 en adelante"
    if column in ACCURACIES:
        return "una exactitud de 0 a 1, o de 0 a 100 %," if found.written > 100 else ""
    return "un número sin «%»" if found.percent else ""


def _are_percentages(
    numbers: Sequence[Number], name: str, cells: Sequence[object], row: Callable[[int], str]
) -> bool:
    """By a percent sign, or as all are above 1: where one is 0.9 and another 84, something is wrong."""
    kinds = {i: n.percent or n.written > 1 for i, n in enumerate(numbers) if n.percent or n.written}
    if len(set(kinds.values())) < 2:  # zero is the same in both
        return True in kinds.values()
    rate, percentage = (next(i for i, kind in kinds.items() if kind is wanted) for wanted in (False, True))
    raise ColumnError(
        f"que toda la columna «{name}» fuese de 0 a 1, o toda en tanto por ciento",
        f"«{shown(cells[rate])}» en {row(rate)} y «{shown(cells[percentage])}» en {row(percentage)}",
    )
