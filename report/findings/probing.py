"""What accuracies in the probe say: has a network learned the task, does it carry the clause over a
distance, and does it lose with distance."""

from collections.abc import Sequence
from enum import auto

from report.findings import measures
from report.findings.base import Code
from report.findings.chance import CHANCE
from report.findings.conditions import FEWEST


class Extent(Code):
    """How far the cells carry the clause that learn the task: over every distance, without or with a
    loss; up to one of them; not even over the shortest."""

    EVERYWHERE = auto()
    FADES = auto()
    UP_TO = auto()
    NOWHERE = auto()


class Learned(Code):
    """The seeds whose cell learns the task: all of several, some, one of several; the only one; none."""

    ALL = auto()
    SOME = auto()
    ONE = auto()
    ONLY = auto()
    NONE = auto()


def shared_out(tries: int) -> float:
    """The significance of each of several tests, so that all together err no more often than one
    (Bonferroni)."""
    return measures.SIGNIFICANCE / tries


def above_chance(hits: int, n: int, tries: int) -> bool:
    """Whether ``hits`` of ``n`` are more than guessing gives, as one of ``tries`` that are looked at:
    one-sided exact binomial test."""
    return measures.above_chance_p(hits, n) < shared_out(tries)


def least_above_chance(n: int, tries: int) -> int:
    """The fewest hits of ``n`` that are; n + 1 where not even all of them are."""
    return next(k for k in range(n + 2) if k > n or above_chance(k, n, tries))


def how_many(learned: int, total: int) -> Learned:
    if not learned:
        return Learned.NONE
    if learned == total:
        return Learned.ALL if total > 1 else Learned.ONLY
    return Learned.SOME if learned > 1 else Learned.ONE


def slack(hits: Sequence[int], n: int, low: float, tries: int) -> float:
    """Of one distance, how far in accuracy the cells are from not carrying the clause over it, negative
    where they do not. They do if each of the ``hits`` is above chance, or if the interval of their mean
    is, which ends at ``low``, of no fewer seeds than ``FEWEST``."""
    each = (min(hits) - least_above_chance(n, tries)) / n
    each += 0.0 if each < 0 else 1 / n  # the fewest that do are one away from those that do not
    return max(each, low - CHANCE) if len(hits) >= FEWEST else each


def extent_of(carried: Sequence[bool], loses: bool) -> Extent:
    """``carried`` by distance."""
    if not carried[0]:
        return Extent.NOWHERE
    if not all(carried):
        return Extent.UP_TO
    return Extent.FADES if loses else Extent.EVERYWHERE


def carried_up_to(carried: Sequence[bool]) -> int:
    """How many distances, from the shortest on, before the first over which it is not carried."""
    return next((place for place, each in enumerate(carried) if not each), len(carried))


def to_another(carried: Sequence[bool], slacks: Sequence[float], loses: bool, loss_margin: float) -> float:
    """The least by which an accuracy must change for another extent, or for another distance up to
    which the clause is carried."""
    now = extent_of(carried, loses), carried_up_to(carried)
    found = []
    for place, distance in enumerate(slacks):
        other = [each != (index == place) for index, each in enumerate(carried)]
        if (extent_of(other, loses), carried_up_to(other)) != now:
            found.append(abs(distance))
    if extent_of(carried, not loses) != now[0]:
        found.append(loss_margin)
    return min(found)
