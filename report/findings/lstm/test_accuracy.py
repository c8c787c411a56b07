"""Accuracy on the test part beside chance and beside a published LSTM."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings import measures
from report.findings.base import Code, Finding, Row, Rule, Summary, grouped, seed, seeds, summarize, threshold
from report.findings.chance import chance_of
from report.findings.hits import accuracy_summary, hits_and_total, hits_interval
from report.findings.intervals import Interval
from report.findings.published import Side, all_intervals, comparable, distance, side_of
from report.ledger.ledger import Number, derive
from report.ledger.quantities import ACCURACY, COUNT, LOSS, SHARE_WHOLE
from report.study.study import GroupName, Study, at

DAI_LE_2015 = 0.8650  # tuned LSTM without pretraining, on the test part of IMDb


class Standing(Code):
    WORSE_THAN_CHANCE = auto()
    CHANCE = auto()
    BELOW = auto()
    COMPATIBLE = auto()
    ABOVE = auto()
    NO_REFERENCE = auto()


COMPARED = (Standing.BELOW, Standing.COMPATIBLE, Standing.ABOVE)  # with the reference


@dataclass(frozen=True)
class Thresholds:
    reference: Number
    confidence: Number


@dataclass(frozen=True)
class Placed:
    """The intervals on one side of the reference: whether that of the mean is, and the seeds whose
    own is."""

    side: Side
    mean: bool
    seeds: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class Accuracy(Finding):
    """``wilson``, ``seeds`` and ``hits`` in the order of the seeds, each tested on ``n`` reviews;
    ``sides`` only where the verdict compares with the reference."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    rule: ClassVar[Rule] = Rule("confidence interval", "dai_le_2015")
    thresholds: ClassVar[Thresholds] = Thresholds(
        reference=threshold("lstm.test_accuracy", "referencia", DAI_LE_2015, ACCURACY),
        confidence=threshold("lstm.test_accuracy", "confianza", measures.CONFIDENCE, SHARE_WHOLE),
    )
    headlines: ClassVar[tuple[str, ...]] = ("accuracy",)

    verdict: Standing
    accuracy: Summary
    loss: Summary
    wilson: tuple[Interval, ...]
    seeds: tuple[Number, ...]
    hits: tuple[Number, ...]
    n: Number
    sides: tuple[Placed, ...]

    @property
    def compared(self) -> bool:
        """Whether the verdict says where the accuracy stands beside the reference."""
        return self.verdict in COMPARED

    @property
    def rows(self) -> tuple[Row, ...]:
        columns = zip(self.seeds, self.hits, self.accuracy.each, self.wilson, strict=True)
        return tuple((seed, hits, accuracy, low, high) for seed, hits, accuracy, (low, high) in columns)


def find(study: Study) -> Accuracy:
    """Accuracy on the test part against chance and, on the whole of IMDb, against a published LSTM."""
    counts = [hits_and_total(run) for run in study.lstm]
    wilson = tuple(hits_interval(run) for run in study.lstm)
    verdict, margin = judge(study, wilson)
    return Accuracy(
        verdict=verdict,
        n_seeds=seeds(study.lstm),
        margin=margin,
        accuracy=accuracy_summary(study),
        loss=summarize(LOSS, [at(run, "test_loss") for run in study.lstm]),
        wilson=wilson,
        seeds=tuple(seed(run) for run in study.lstm),
        hits=tuple(COUNT(hits) for hits, _ in counts),
        n=COUNT(counts[0][1]),
        sides=sides_of(study, DAI_LE_2015) if verdict in COMPARED else (),
    )


def judge(study: Study, wilson: Sequence[Interval]) -> tuple[Standing, Number | None]:
    """The verdict and its margin: chance first, which every seed must beat."""
    lowest = min((low for low, _ in wilson), key=lambda number: number.value)
    highest = max((high for _, high in wilson), key=lambda number: number.value)
    chance = chance_of(study.lstm[0]).accuracy
    if highest.value < chance.value:
        return Standing.WORSE_THAN_CHANCE, apart(chance, highest)
    if lowest.value <= chance.value:
        return Standing.CHANCE, apart(lowest, chance)
    if not comparable(study):
        return Standing.NO_REFERENCE, None
    intervals = all_intervals(study)
    return Standing[side_of(intervals, DAI_LE_2015).name], distance(intervals, DAI_LE_2015)


def apart(one: Number, other: Number) -> Number:
    return ACCURACY(derive("distancia al azar", lambda a, b: a - b, one.leaf, other.leaf))


def sides_of(study: Study, reference: float) -> tuple[Placed, ...]:
    """Of each side that some interval takes, which of them take it."""
    own = grouped(study.lstm, lambda run: side_of([hits_interval(run)], reference))
    between_seeds = accuracy_summary(study).interval
    of_mean = side_of([between_seeds], reference) if between_seeds else None
    placed = [Placed(side, side is of_mean, tuple(seed(run) for run in own.get(side, ()))) for side in Side]
    return tuple(each for each in placed if each.mean or each.seeds)
