"""Two models, or two ways to use one, on the same reviews: compared in pairs, seed by seed and on average."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto

import numpy as np

from report.findings import measures
from report.findings.base import Code, Estimate, shared
from report.findings.intervals import resampled
from report.findings.two_way import mean_ends
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COUNT, P_VALUE, POINTS

ENOUGH_SEEDS = 3  # from here on the interval of their mean may decide alone


class Ahead(Code):
    """Which one is right more often: in each seed, or only on average."""

    FIRST = auto()
    SECOND = auto()
    FIRST_ON_AVERAGE = auto()
    SECOND_ON_AVERAGE = auto()
    NOT_SHOWN = auto()
    MIXED = auto()


@dataclass(frozen=True)
class SeedPair:
    """The reviews that one alone gets right, and McNemar's test on them; ``ahead`` is of one seed."""

    only_first: Number
    only_second: Number
    p: Number
    ahead: Ahead


@dataclass(frozen=True)
class Paired:
    """``difference``: how many points more the first is right, on average, with its interval over
    reviews and seeds."""

    by_seed: tuple[SeedPair, ...]
    difference: Estimate
    ahead: Ahead


def compare(n: Leaf, first: Sequence[Leaf], second: Sequence[Leaf]) -> Paired:
    """uint8[n / 8] of each seed, as of ``numpy.packbits``: which of ``n`` reviews are answered well."""
    by_seed = tuple(beside(*pair) for pair in zip(first, second, strict=True))
    difference = points(n, first, second)
    return Paired(by_seed, difference, overall(by_seed, difference))


def beside(first: Leaf, second: Leaf) -> SeedPair:
    """Of one seed."""
    a = derive("solo el primero", only_first, first, second)
    b = derive("solo el otro", only_first, second, first)
    p = derive("contraste de McNemar", measures.binomial_p, a, b)
    return SeedPair(COUNT(a), COUNT(b), P_VALUE(p), ahead(a.value, b.value))


def only_first(first: np.ndarray, second: np.ndarray) -> int:
    """Bits set in ``first`` alone; the padding is set in none."""
    return int(np.unpackbits(first & ~second).sum())


def ahead(only_first: int, only_second: int) -> Ahead:
    """Of one seed: McNemar's exact test on the reviews that one alone gets right."""
    if measures.binomial_p(only_first, only_second) >= measures.SIGNIFICANCE:
        return Ahead.NOT_SHOWN
    return Ahead.FIRST if only_first > only_second else Ahead.SECOND


def overall(by_seed: Sequence[SeedPair], difference: Estimate) -> Ahead:
    """What all seeds share; else what the interval of their mean says, if they are enough."""
    common = shared((each.ahead for each in by_seed), Ahead.MIXED)
    if common in (Ahead.FIRST, Ahead.SECOND) or len(by_seed) < ENOUGH_SEEDS:
        return common
    if difference.low.value > 0:
        return Ahead.FIRST_ON_AVERAGE
    return Ahead.SECOND_ON_AVERAGE if difference.high.value < 0 else common


def points(n: Leaf, first: Sequence[Leaf], second: Sequence[Leaf], among: Leaf | None = None) -> Estimate:
    """How many points more the first is right than the second, on all reviews or on those whose bit is
    set in ``among`` uint8[n / 8], which must be some."""
    leaves = (n, gather(first), gather(second), *([among] if among else []))

    def apart(n: int, a: list[np.ndarray], b: list[np.ndarray]) -> np.ndarray:
        return 100 * (hits(a, n) - hits(b, n))

    def mean(n: int, a: list[np.ndarray], b: list[np.ndarray], *mask: np.ndarray) -> float:
        return float(apart(n, a, b)[:, chosen(n, *mask)].mean())

    def ends(n: int, a: list[np.ndarray], b: list[np.ndarray], *mask: np.ndarray) -> tuple[float, float]:
        return mean_ends(apart(n, a, b), chosen(n, *mask) if mask else None)

    return resampled(POINTS, derive("diferencia media", mean, *leaves), ends, *leaves)


def hits(packed: Sequence[np.ndarray], n: int) -> np.ndarray:
    """float64[S, n], 1 where a seed is right."""
    return np.unpackbits(np.stack(list(packed)), axis=-1, count=n).astype(float)


def chosen(n: int, *mask: np.ndarray) -> np.ndarray:
    """bool[n]: all, or those of a ``mask`` uint8[n / 8]."""
    return np.unpackbits(mask[0], count=n).astype(bool) if mask else np.ones(n, bool)
