"""The gap between training and validation accuracy at one and the same epoch, the selected one, and
when it matters. ``overfitting_last`` judges the last epoch alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar, TypeVar

from experiments.records.base import Run
from report.findings.base import (
    CONVENTION,
    Code,
    Finding,
    Rule,
    Summary,
    grouped,
    seed,
    seeds,
    summarize,
    threshold,
)
from report.findings.epochs import selected_index
from report.findings.lstm.learned import Learned
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import EPOCH, GAP
from report.study.study import GroupName, Study, at

# Accuracy points by which training is ahead; a convention of this report.
MILD, MODERATE, SEVERE = 0.01, 0.05, 0.10


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
    """Training minus validation accuracy at one epoch of each seed, in inference mode and by what
    Keras prints. ``margin`` is positive above the nearest threshold and negative below,
    ``distance`` the same without sign. ``lowest`` and ``highest`` are the grades of the ends of the
    interval of the mean, those of the gap of a single seed; ``others`` the seeds of another grade than
    the mean's."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("accuracy gap in inference mode", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        mild=threshold("lstm.overfitting", "mild", MILD, GAP),
        moderate=threshold("lstm.overfitting", "moderate", MODERATE, GAP),
        severe=threshold("lstm.overfitting", "severe", SEVERE, GAP),
    )

    verdict: Grade
    gap: Summary
    running_gap: Summary
    spread: Spread
    others: dict[Grade, tuple[Number, ...]]
    reach: Reach
    lowest: Grade
    highest: Grade
    distance: Number
    epochs: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class Overfitting(Gap):
    """At the epoch whose weights were measured on the test part."""

    headlines: ClassVar[tuple[str, ...]] = ("gap",)


def find(study: Study) -> Overfitting:
    return gap_at(Overfitting, study, selected_index)


AnyGap = TypeVar("AnyGap", bound=Gap)


def gap_at(kind: type[AnyGap], study: Study, index: Callable[[Run], int]) -> AnyGap:
    """At the epoch of each seed that ``index`` gives."""
    places = [(run, f"epochs[{index(run)}]") for run in study.lstm]
    gap = summarize(GAP, [gap_of(run, place, "train_accuracy") for run, place in places])
    middle = gap.mean.leaf
    verdict = grade(gap.mean.value)
    lowest, highest = (grade(end.value) for end in gap.interval or (gap.mean, gap.mean))
    return kind(
        verdict=verdict,
        n_seeds=seeds(study.lstm),
        margin=margin(middle),
        gap=gap,
        running_gap=summarize(GAP, [gap_of(run, place, "running_accuracy") for run, place in places]),
        spread=spread(gap),
        others=others(study.lstm, gap, verdict),
        reach=reach(gap, lowest, highest),
        lowest=lowest,
        highest=highest,
        distance=GAP(derive("distancia al umbral más próximo", lambda gap: abs(to_nearest(gap)), middle)),
        epochs=tuple(EPOCH(at(run, f"{place}.epoch")) for run, place in places),
    )


def gap_of(run: Run, place: str, train: str) -> Leaf:
    return derive("diferencia", minus, at(run, f"{place}.{train}"), at(run, f"{place}.val_accuracy"))


def minus(a: float, b: float) -> float:
    """Of two rates of a few digits, so that 0.95 - 0.90 is 0.05 and reaches that threshold."""
    return round(a - b, 12)


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


def others(runs: Sequence[Run], gap: Summary, verdict: Grade) -> dict[Grade, tuple[Number, ...]]:
    """The seeds by grade, without those of the ``verdict``."""
    graded = grouped(zip(runs, gap.each, strict=True), lambda pair: grade(pair[1].value))
    found = {each: tuple(seed(run) for run, _ in members) for each, members in graded.items()}
    return {each: members for each, members in found.items() if each is not verdict}


def reach(gap: Summary, lowest: Grade, highest: Grade) -> Reach:
    if gap.interval is None:
        return Reach.SINGLE_SEED
    return Reach.ONE_GRADE if lowest is highest else Reach.SEVERAL
