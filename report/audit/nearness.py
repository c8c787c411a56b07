"""Which of several proofs a statement is about: the last one above it, in the smallest section of both."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from report.audit.blocks import Place
from report.audit.scope import Scope

NEAR = 3  # cells between what was printed and what is said of it, where no heading tells


class Standing(Protocol):
    """What stands somewhere."""

    @property
    def place(self) -> Place | None: ...
    @property
    def scope(self) -> Scope: ...


T = TypeVar("T", bound=Standing)


def nearest(to: Standing, items: Iterable[T]) -> list[T]:
    """Of a notebook the items of one cell above; of another document those of the section, above or below."""
    found = [(item, item.place) for item in items if item.place is not None]
    where, path = to.place, to.scope.path
    if where is None:
        return []
    if where.unit != "celda":
        found = [(item, place) for item, place in found if place.unit == where.unit]
        most = max((_shared(path, item.scope.path) for item, _ in found), default=0)
        return [item for item, _ in found if most and _shared(path, item.scope.path) == most]
    above = [(item, place) for item, place in found if place.unit == "celda" and place.number <= where.number]
    deepest = max((_shared(path, item.scope.path) for item, _ in above), default=0)
    if deepest:
        above = [(item, place) for item, place in above if _shared(path, item.scope.path) == deepest]
    else:
        near = [(item, place) for item, place in above if where.number - place.number <= NEAR]
        above = [(item, place) for item, place in near if item.scope.path == path]
    last = max((place.number for _, place in above), default=0)
    return [item for item, place in above if place.number == last]


def is_far(to: Standing, item: Standing) -> bool:
    """Whether so many cells of a notebook lie between both that others may have run again."""
    where, there = to.place, item.place
    if where is None or there is None or not where.unit == there.unit == "celda":
        return False
    return where.number - there.number > NEAR


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How many headings stand above both."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
