"""Whether what each seed estimates lies below a bound: in every seed, or on average."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto

from report.findings import measures
from report.findings.base import Code, Estimate
from report.ledger.ledger import Number, Quantity, derive, gather
from report.ledger.quantities import COUNT

FEWEST = 3  # seeds: of fewer, a mean says nothing that they do not say one by one


class Condition(Code):
    """Not measured where some seed has no interval."""

    HOLDS = auto()
    SOME = auto()
    OPPOSITE = auto()
    NOT_SHOWN = auto()
    NOT_MEASURED = auto()


class Basis(Code):
    """What shows that it holds, or the opposite: the only seed, every one of several, or their mean."""

    SINGLE = auto()
    EVERY = auto()
    MEAN = auto()


Ends = tuple[float, float]


@dataclass(frozen=True)
class Tested:
    """``each`` is what the seeds estimate and ``mean`` their mean, None where one estimates nothing and
    of fewer than ``FEWEST``; ``count`` of them lie below. ``deciding`` is the estimate whose upper end
    decides, ``margin`` how far that is from the bound. There is a ``basis`` where something is shown."""

    verdict: Condition
    basis: Basis | None
    each: tuple[Estimate | None, ...]
    mean: Estimate | None
    count: Number
    deciding: Estimate | None
    margin: Number | None

    @property
    def holds(self) -> bool:
        return self.verdict is Condition.HOLDS

    @property
    def measured(self) -> bool:
        return self.verdict is not Condition.NOT_MEASURED


def below(
    estimates: Sequence[Estimate | None], bound: float, quantity: Quantity, ratios: bool = False
) -> Tested:
    """Whether they lie below ``bound``; the mean of ``ratios`` is geometric, and there is none where one
    of them or of the ends of their intervals is 0."""
    known = [each for each in estimates if each]
    complete = len(known) == len(estimates)
    averaged = (
        complete and len(known) >= FEWEST and not (ratios and any(each.low.value <= 0 for each in known))
    )
    mean = mean_of(known, quantity, ratios) if averaged else None
    verdict, basis = condition_of(
        [ends(each) if each else None for each in estimates], ends(mean) if mean else None, bound
    )
    deciding = decides(known, mean) if complete else None
    return Tested(
        verdict=verdict,
        basis=basis,
        each=tuple(estimates),
        mean=mean,
        count=COUNT(
            derive(
                "semillas por debajo",
                lambda highs: sum(end < bound for end in highs),
                gather(each.high.leaf for each in known),
            )
        ),
        deciding=deciding,
        margin=quantity(derive("distancia al límite", lambda end: abs(end - bound), deciding.high.leaf))
        if deciding
        else None,
    )


def condition_of(
    seeds: Sequence[Ends | None], mean: Ends | None, bound: float
) -> tuple[Condition, Basis | None]:
    """By the intervals of the seeds and, if there is one, that of their mean; touching ``bound`` does
    not do."""
    intervals = [each for each in seeds if each is not None]
    if len(intervals) < len(seeds):
        return Condition.NOT_MEASURED, None
    every = Basis.EVERY if len(intervals) > 1 else Basis.SINGLE
    under = [high < bound for _, high in intervals]
    if all(under):
        return Condition.HOLDS, every
    if mean and mean[1] < bound:
        return Condition.HOLDS, Basis.MEAN
    if all(low > bound for low, _ in intervals):
        return Condition.OPPOSITE, every
    if mean and mean[0] > bound:
        return Condition.OPPOSITE, Basis.MEAN
    return (Condition.SOME if any(under) else Condition.NOT_SHOWN), None


def decides(known: Sequence[Estimate], mean: Estimate | None) -> Estimate:
    """The seed whose interval ends highest, or the mean where it ends lower: either may lie below."""
    worst = max(known, key=lambda each: each.high.value)
    return mean if mean and mean.high.value < worst.high.value else worst


def standing(tested: Tested, bound: float) -> float | None:
    """How far above ``bound`` the end that decides is, in half widths of its interval, so that
    estimates of different quantities can be ranked; None where nothing is measured."""
    if tested.deciding is None:
        return None
    low, high = ends(tested.deciding)
    return (high - bound) / max((high - low) / 2, 1e-12)


def mean_of(estimates: Sequence[Estimate], quantity: Quantity, ratios: bool = False) -> Estimate:
    """With an interval that holds what varies between the seeds and with the reviews."""
    middle, interval = (
        (measures.geometric_mean, measures.ratio_interval)
        if ratios
        else (measures.mean, measures.seeds_interval)
    )
    values = gather(each.value.leaf for each in estimates)
    intervals = gather(gather((each.low.leaf, each.high.leaf)) for each in estimates)

    def end(place: int) -> Number:
        return quantity(
            derive(
                f"intervalo de la media, {('inferior', 'superior')[place]}",
                lambda values, intervals: interval(values, intervals)[place],
                values,
                intervals,
            )
        )

    mean = derive("media geométrica" if ratios else "media", middle, values)
    return Estimate(quantity(mean), end(0), end(1))


def ends(estimate: Estimate) -> Ends:
    return estimate.low.value, estimate.high.value
