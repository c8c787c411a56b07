"""What is wrong with a field of a record, and the questions that are asked of more than one kind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Any

from experiments.validation import shown

EXACT = 1e-6  # relative, of what is worked out again in the same precision


@dataclass(frozen=True)
class Complaint:
    """``field`` as in ``epochs[2].val_loss``; ``expected`` and ``found`` are Spanish."""

    field: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"en «{self.field}» se esperaba {self.expected}, se encontró {self.found}"


Complaints = Iterator[Complaint]


def told(value: Any) -> str:
    """Of a number so many digits that two that differ look different."""
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list | tuple | range):
        return shown(", ".join(map(told, value))) or "nada"
    return "nada" if value is None else shown(value)


def expect(field: str, expected: Any, found: Any, why: str = "") -> Complaints:
    """That they are equal; ``why`` says what the expected one is."""
    if expected != found:
        yield Complaint(field, told(expected) + (f", {why}" if why else ""), told(found))


def expect_near(
    field: str, expected: float, found: float, why: str, relative: float = EXACT, absolute: float = EXACT
) -> Complaints:
    if not isclose(expected, found, rel_tol=relative, abs_tol=absolute):
        yield Complaint(field, f"{told(expected)}, {why}", told(found))


def expect_at_most(field: str, limit: float, found: float, why: str = "") -> Complaints:
    if not found <= limit:
        yield Complaint(field, f"a lo sumo {told(limit)}" + (f", {why}" if why else ""), told(found))


def expect_within(field: str, low: float, high: float, found: float, why: str = "") -> Complaints:
    if not low <= found <= high:
        between = f"un valor de {told(low)} a {told(high)}"
        yield Complaint(field, between + (f", {why}" if why else ""), told(found))


def expect_interval(field: str, low: float, high: float) -> Complaints:
    """That it ends where it begins, or after."""
    if not low <= high:
        yield Complaint(f"{field}.high", f"a lo menos {told(low)}, que es su «low»", told(high))


def expect_both(field: str, first: object, other: str, second: object) -> Complaints:
    """That either both or none of two are there."""
    if (first is None) != (second is None):
        there, missing = (other, field) if first is None else (field, other)
        yield Complaint(missing, f"un valor, porque lo hay de «{there}»", "nada")


def expect_share(field: str, share: float, n: int, of: str) -> Complaints:
    """That ``share`` is that of a whole number of ``n``."""
    if abs(share * n - round(share * n)) > EXACT * n:
        yield Complaint(field, f"una parte entera de {n}, {of}", told(share))


def expect_counted(field: str, numbers: Sequence[int]) -> Complaints:
    """1, 2, 3 …, none left out or twice."""
    yield from expect(field, list(range(1, len(numbers) + 1)), list(numbers))


def expect_ranges(field: str, ranges: Iterable[tuple[int, int]]) -> Complaints:
    """Each of them begins after the end of the one before."""
    before = -1
    for place, (low, high) in enumerate(ranges):
        yield from expect_interval(f"{field}[{place}]", low, high)
        if low <= before:
            yield Complaint(f"{field}[{place}].low", f"más de {before}, donde acaba el anterior", told(low))
        before = high
