"""Values with the ends of their interval, traced."""

from collections.abc import Callable, Sequence

from report.findings import measures
from report.findings.base import Estimate
from report.findings.measures import CONFIDENCE
from report.ledger.ledger import Leaf, Number, Quantity, derive, gather
from report.ledger.quantities import ACCURACY
from report.study.study import AnyRun, at

Interval = tuple[Number, Number]


def wilson_interval(hits: Leaf, n: Leaf, confidence: float = CONFIDENCE) -> Interval:
    """Of the share of ``hits`` among ``n``."""

    def end(place: int) -> Callable[[int, int], float]:
        return lambda k, n: measures.wilson_interval(k, n, confidence)[place]

    return (
        ACCURACY(derive("Wilson, inferior", end(0), hits, n)),
        ACCURACY(derive("Wilson, superior", end(1), hits, n)),
    )


def seeds_interval(intervals: Sequence[tuple[Leaf, Interval]], confidence: float = CONFIDENCE) -> Interval:
    """Of the mean over seeds of shares of the same examples, each with its interval: what varies between
    the seeds and with the examples, cut at 0 and 1."""
    values = gather(value for value, _ in intervals)
    ends = gather(gather((low.leaf, high.leaf)) for _, (low, high) in intervals)

    def cut(place: int) -> Callable[[list[float], list[tuple[float, float]]], float]:
        def end(values: list[float], ends: list[tuple[float, float]]) -> float:
            return min(1.0, max(0.0, measures.seeds_interval(values, ends, confidence)[place]))

        return end

    return (
        ACCURACY(derive("intervalo de la media, inferior", cut(0), values, ends)),
        ACCURACY(derive("intervalo de la media, superior", cut(1), values, ends)),
    )


def estimate(run: AnyRun, path: str, quantity: Quantity, value: str = "estimate") -> Estimate:
    """What a record estimates at ``path``, under the name ``value``, with its interval."""
    middle, low, high = (quantity(at(run, f"{path}.{name}")) for name in (value, "low", "high"))
    return Estimate(middle, low, high)


def resampled(
    quantity: Quantity, value: Leaf, ends: Callable[..., tuple[float, float]], *of: Leaf
) -> Estimate:
    """``value`` with the interval that resampling gives it: ``ends`` of the leaves' values."""
    name = value.origin.partition("(")[0]  # of the computation: others are resampled from the same leaves
    low, high = ends_of(derive(f"remuestreo de {name}", ends, *of))
    return Estimate(quantity(value), quantity(low), quantity(high))


def measured(quantity: Quantity, found: Leaf) -> Estimate:
    """What was ``found`` in one go: a value and the ends of its interval."""
    value = derive("valor", lambda three: three[0], found)
    low, high = ends_of(derive("intervalo", lambda three: three[1:], found))
    return Estimate(quantity(value), quantity(low), quantity(high))


def ends_of(interval: Leaf) -> tuple[Leaf, Leaf]:
    low = derive("extremo inferior", lambda pair: pair[0], interval)
    return low, derive("extremo superior", lambda pair: pair[1], interval)


def opposite(estimate: Estimate) -> Estimate:
    """With the sign turned over."""
    middle, low, high = (
        number.quantity(derive("opuesto", lambda value: 0.0 - value, number.leaf))
        for number in (estimate.value, estimate.high, estimate.low)
    )
    return Estimate(middle, low, high)
