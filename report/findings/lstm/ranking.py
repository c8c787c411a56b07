"""How well both models order the test reviews, whatever the threshold: the ROC curve and its area."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.records.base import Run
from report.findings import measures
from report.findings.answers import area, area_samples
from report.findings.base import Code, Estimate, Finding, Rule, Summary, seeds, summarize, threshold
from report.findings.intervals import opposite, resampled
from report.findings.said import answers, read
from report.findings.two_way import ends, two_way
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import AREA, SHARE_WHOLE
from report.study.study import GroupName, Study, at

CHANCE = 0.5


class Order(Code):
    """Whether the order is better than that of chance and, beside a control, whose is better."""

    CHANCE = auto()
    REVERSED = auto()
    ALONE = auto()
    CONTROL = auto()
    LSTM = auto()
    NOT_SHOWN = auto()


@dataclass(frozen=True)
class Thresholds:
    chance: Number
    confidence: Number


@dataclass(frozen=True)
class Ordered:
    """Of one model: the mean area of the seeds with its interval, and how much they differ."""

    area: Estimate
    seeds: Summary


@dataclass(frozen=True, kw_only=True)
class Ranking(Finding):
    """``lead``: by how much the area of whichever orders better is larger, compared in pairs; it and
    ``control`` are None where there is no control."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    rule: ClassVar[Rule] = Rule("interval over reviews and seeds of the area", "delong_1988")
    thresholds: ClassVar[Thresholds] = Thresholds(
        chance=threshold("lstm.ranking", "azar", CHANCE, AREA),
        confidence=threshold("lstm.ranking", "confianza", measures.CONFIDENCE, SHARE_WHOLE),
    )

    verdict: Order
    lstm: Ordered
    control: Ordered | None
    lead: Estimate | None


def find(study: Study) -> Ranking:
    lstm = ordered(study.lstm)
    control = ordered(study.linear) if study.linear else None
    apart = difference(study) if study.linear else None
    return Ranking(
        verdict=verdict_of(lstm.area, apart),
        n_seeds=seeds(study.lstm),
        lstm=lstm,
        control=control,
        lead=(opposite(apart) if apart.value.value < 0 else apart) if apart else None,
    )


def verdict_of(lstm: Estimate, apart: Estimate | None) -> Order:
    """``apart``: the control's area less the LSTM's."""
    if lstm.high.value < CHANCE:
        return Order.REVERSED
    if lstm.low.value <= CHANCE:
        return Order.CHANCE
    if apart is None:
        return Order.ALONE
    if apart.low.value > 0:
        return Order.CONTROL
    return Order.LSTM if apart.high.value < 0 else Order.NOT_SHOWN


def ordered(runs: Sequence[Run]) -> Ordered:
    each = [
        derive(
            "área ROC", lambda *pair: area_of(pair), at(run, "arrays.said"), at(runs[0], "arrays.positive")
        )
        for run in runs
    ]
    summary = summarize(AREA, each)
    return Ordered(resampled(AREA, summary.mean.leaf, area_ends, answers(runs)), summary)


def area_of(listed: Sequence[np.ndarray]) -> float:
    levels, positive = read(listed)
    return area(levels[0], positive)


def area_ends(listed: Sequence[np.ndarray]) -> tuple[float, float]:
    levels, positive = read(listed)
    samples = two_way(levels.shape[1], len(levels))
    return ends(samples.over_seeds(area_samples(levels, positive, samples)))


def difference(study: Study) -> Estimate:
    """The control's area less the LSTM's, in the same samples of seeds and reviews."""

    def areas(listed: Sequence[np.ndarray]) -> float:
        levels, positive = read(listed)
        return float(np.mean([area(level, positive) for level in levels]))

    def apart_ends(lstm: Sequence[np.ndarray], control: Sequence[np.ndarray]) -> tuple[float, float]:
        (ours, positive), (theirs, _) = read(lstm), read(control)
        samples = two_way(ours.shape[1], len(ours))
        replicates = [area_samples(levels, positive, samples) for levels in (theirs, ours)]
        return ends(samples.over_seeds(replicates[0] - replicates[1]))

    both: tuple[Leaf, Leaf] = (answers(study.lstm), answers(study.linear))
    value = derive("diferencia de áreas", lambda ours, theirs: areas(theirs) - areas(ours), *both)
    return resampled(AREA, value, apart_ends, *both)
