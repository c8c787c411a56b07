"""The gap between training and validation accuracy at one and the same epoch, and when it matters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar, TypeVar

from report.findings.base import (
    Code,
    Finding,
    Summary,
    grouped,
    seed,
    seeds,
    summarize,
    threshold,
)
from report.findings.degrees import MILD, MODERATE, SEVERE, minus
from report.findings.lstm.learned import Learned
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import EPOCH, GAP
from report.study.study import AnyRun, at


class Grade(Code):
    NONE = auto()
    MILD = auto()
    MODERATE = auto()
    SEVERE = auto()


class Spread(Code):
    """Whether every seed would have been given the verdict of the mean."""

    SINGLE_SEED = auto()
    UNANIMOUS = auto()
    DIVIDED = auto()


class Reach(Code):
    """Whether the interval of the mean lies in one grade."""

    SINGLE_SEED = auto()
    ONE_GRADE = auto()
    SEVERAL = auto()


@dataclass(frozen=True)
class Thresholds:
    mild: Number
    moderate: Number
    severe: Number


@dataclass(frozen=True, kw_only=True)
class Gap(Finding):
    """Training minus validation accuracy at one epoch of each seed. ``margin`` is positive above the
    nearest threshold and negative below, ``distance`` the same without sign. ``lowest`` and ``highest`` are
    the grades of the ends of the interval of the mean, those of the gap of a single seed; ``others`` the
    seeds of another grade than the mean's. ``smallest`` is the seed with the smallest gap, None of one seed
    and where several share it."""

    presupposes = (Learned,)
    thresholds: ClassVar[Thresholds] = Thresholds(
        mild=threshold("lstm.overfitting", "mild", MILD, GAP),
        moderate=threshold("lstm.overfitting", "moderate", MODERATE, GAP),
        severe=threshold("lstm.overfitting", "severe", SEVERE, GAP),
    )

    verdict: Grade
    gap: Summary
    spread: Spread
    others: dict[Grade, tuple[Number, ...]]
    reach: Reach
    lowest: Grade
    highest: Grade
    distance: Number
    smallest: Number | None
    epochs: tuple[Number, ...]

    @property
    def maybe_none(self) -> bool:
        """Whether the interval of the mean leaves room for no overfitting at all, and for some."""
        return self.reach is Reach.SEVERAL and self.lowest is Grade.NONE

    @property
    def above_zero(self) -> bool:
        """Whether the whole interval of the mean is: a gap for certain, of whatever grade."""
        return self.gap.interval is not None and self.gap.interval[0].value > 0


AnyGap = TypeVar("AnyGap", bound=Gap)


def gap_at(kind: type[AnyGap], runs: Sequence[AnyRun], index: Callable[[AnyRun], int], train: str) -> AnyGap:
    """At the epoch of each seed that ``index`` gives, of the training accuracy that is called ``train``."""
    places = [(run, f"epochs[{index(run)}]") for run in runs]
    gap = summarize(
        GAP,
        [
            derive("diferencia", minus, at(run, f"{place}.{train}"), at(run, f"{place}.val_accuracy"))
            for run, place in places
        ],
    )
    middle = gap.mean.leaf
    verdict = grade(gap.mean.value)
    lowest, highest = (grade(end.value) for end in gap.interval or (gap.mean, gap.mean))
    return kind(
        verdict=verdict,
        n_seeds=seeds(runs),
        margin=margin(middle),
        gap=gap,
        spread=spread(gap),
        others=others(runs, gap, verdict),
        reach=reach(gap, lowest, highest),
        lowest=lowest,
        highest=highest,
        distance=GAP(derive("distancia al umbral más próximo", lambda gap: abs(to_nearest(gap)), middle)),
        smallest=smallest(runs, gap),
        epochs=tuple(EPOCH(at(run, f"{place}.epoch")) for run, place in places),
    )


def grade(gap: float) -> Grade:
    """The verdict on a gap in accuracy; a gap equal to a threshold has passed it."""
    for verdict, bound in ((Grade.SEVERE, SEVERE), (Grade.MODERATE, MODERATE), (Grade.MILD, MILD)):
        if gap >= bound:
            return verdict
    return Grade.NONE


def margin(gap: Leaf) -> Number:
    """Signed distance to the nearest threshold: positive above it, negative below."""
    return GAP(derive("distancia al umbral más próximo", to_nearest, gap))


def to_nearest(gap: float) -> float:
    return min((gap - bound for bound in (MILD, MODERATE, SEVERE)), key=abs)


def spread(summary: Summary) -> Spread:
    if len(summary.each) == 1:
        return Spread.SINGLE_SEED
    verdicts = {grade(number.value) for number in summary.each}
    return Spread.UNANIMOUS if verdicts == {grade(summary.mean.value)} else Spread.DIVIDED


def others(runs: Sequence[AnyRun], gap: Summary, verdict: Grade) -> dict[Grade, tuple[Number, ...]]:
    """The seeds by grade, without those of the ``verdict``."""
    graded = grouped(zip(runs, gap.each, strict=True), lambda pair: grade(pair[1].value))
    found = {each: tuple(seed(run) for run, _ in members) for each, members in graded.items()}
    return {each: members for each, members in found.items() if each is not verdict}


def smallest(runs: Sequence[AnyRun], gap: Summary) -> Number | None:
    values = [each.value for each in gap.each]
    least = min(values)
    if len(values) == 1 or values.count(least) > 1:
        return None
    return seed(runs[values.index(least)])


def reach(gap: Summary, lowest: Grade, highest: Grade) -> Reach:
    if gap.interval is None:
        return Reach.SINGLE_SEED
    return Reach.ONE_GRADE if lowest is highest else Reach.SEVERAL
