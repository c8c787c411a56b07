"""How well both models order the test reviews, whatever the threshold: the ROC curve and its area."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.records.base import RecordError
from report.findings import measures
from report.findings.answers import area, area_samples, roc
from report.findings.base import Code, Estimate, Finding, Rule, Summary, seeds, summarize, threshold
from report.findings.intervals import measured, opposite
from report.findings.said import answers, read
from report.findings.two_way import ends, two_way
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import AREA, SHARE_WHOLE
from report.study.study import AnyRun, Need, Study

CHANCE = 0.5
CORNER, NEAR = 0.5, 0.9  # of the ROC curve


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
    corner: Number


@dataclass(frozen=True)
class Ordered:
    """Of one model: the mean area of the seeds with its interval, and how much they differ."""

    area: Estimate
    seeds: Summary


@dataclass(frozen=True, kw_only=True)
class Ranking(Finding):
    """``lead``: by how much the area of whichever orders better is larger, compared in pairs; it and
    ``control`` are None where there is no control. ``near``: whether all curves bend near the corner, so that
    no more than that need be drawn: with false alarms for ``CORNER`` of the negative reviews, at least
    ``NEAR`` of the positive ones are found."""

    needs: ClassVar[tuple[Need, ...]] = ("answers",)
    rule: ClassVar[Rule] = Rule("interval over reviews and seeds of the area", "delong_1988")
    thresholds: ClassVar[Thresholds] = Thresholds(
        chance=threshold("lstm.ranking", "azar", CHANCE, AREA),
        confidence=threshold("lstm.ranking", "confianza", measures.CONFIDENCE, SHARE_WHOLE),
        corner=threshold("lstm.ranking", "esquina", CORNER),
    )

    verdict: Order
    lstm: Ordered
    control: Ordered | None
    lead: Estimate | None
    near: bool


def find(study: Study) -> Ranking:
    """The areas under both ROC curves.

    Raises:
        RecordError: the test reviews are all of one class, which no order can be right about.
    """
    for run in (*study.answers, *study.linear):
        refuse_one_class(run)
    if study.linear:
        both = derive("áreas ROC", areas, answers(study.answers), answers(study.linear))
        control, apart = ordered(study.linear, both, 1), measured(AREA, part(both, 2))
    else:
        both, control, apart = derive("áreas ROC", areas, answers(study.answers)), None, None
    lstm = ordered(study.answers, both, 0)
    return Ranking(
        verdict=verdict_of(lstm.area, apart),
        n_seeds=seeds(study.answers),
        lstm=lstm,
        control=control,
        lead=(opposite(apart) if apart.value.value < 0 else apart) if apart else None,
        near=all(bends_near(runs) for runs in (study.answers, study.linear) if runs),
    )


def bends_near(runs: Sequence[AnyRun]) -> bool:
    levels, positive = read(answers(runs).value)
    return all(np.interp(CORNER, *roc(level, positive)) >= NEAR for level in levels)


def refuse_one_class(run: AnyRun) -> None:
    """
    Raises:
        RecordError: naming the run.
    """
    if len(set(read([run.arrays["said"], run.arrays["positive"]])[1].tolist())) < 2:
        raise RecordError(
            f"{run.name}: se esperaban reseñas de prueba de ambas clases, se encontraron de una sola; revise "
            "los datos."
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


@dataclass(frozen=True)
class Areas:
    """Of one model, or the second's less the first's: of each seed, and the mean with its interval."""

    each: tuple[float, ...]
    mean: tuple[float, float, float]


def areas(*models: Sequence[np.ndarray]) -> tuple[Areas, ...]:
    """Of each model and, of two, of their difference in the same samples of seeds and reviews."""
    found = []
    for listed in models:
        levels, positive = read(listed)
        samples = two_way(levels.shape[1], len(levels))
        each = np.array([area(level, positive) for level in levels])
        found.append((each, area_samples(levels, positive, samples)))
    if len(found) > 1:
        found.append((found[1][0] - found[0][0], found[1][1] - found[0][1]))
    return tuple(
        Areas(tuple(each.tolist()), (float(each.mean()), *ends(samples.over_seeds(replicates))))
        for each, replicates in found
    )


def ordered(runs: Sequence[AnyRun], found: Leaf, model: int) -> Ordered:
    each = [
        derive(f"de {run.name}", lambda all_, place=place: all_[model].each[place], found)
        for place, run in enumerate(runs)
    ]
    return Ordered(measured(AREA, part(found, model)), summarize(AREA, each))


def part(found: Leaf, model: int) -> Leaf:
    name = ("LSTM", "control", "diferencia")[model]
    return derive(name, lambda all_: all_[model].mean, found)
