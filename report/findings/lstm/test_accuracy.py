"""Accuracy on the test part beside chance and beside a published LSTM."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings import measures
from report.findings.base import (
    Code,
    Estimate,
    Finding,
    Row,
    Rule,
    Summary,
    seed,
    seeds,
    summarize,
    threshold,
)
from report.findings.chance import chance_of
from report.findings.hits import accuracy_summary, all_answers, estimate_of, hits_and_total, hits_interval
from report.findings.intervals import Interval
from report.findings.published import Placed, comparable, place
from report.findings.two_way import SAMPLES
from report.ledger.ledger import Number, derive, gather
from report.ledger.quantities import ACCURACY, COUNT, LOSS, SHARE_WHOLE
from report.study.study import Need, Study, at

DAI_LE_2015 = 0.8650  # tuned LSTM without pretraining, on the test part of IMDb


class Standing(Code):
    WORSE_THAN_CHANCE = auto()
    CHANCE = auto()
    BELOW = auto()
    UNCLEAR = auto()
    ABOVE = auto()
    NO_REFERENCE = auto()


COMPARED = (Standing.BELOW, Standing.UNCLEAR, Standing.ABOVE)  # with the reference


class Line(Code):
    """Of the table, under the seeds."""

    MEAN = auto()
    DEVIATION = auto()


@dataclass(frozen=True)
class Thresholds:
    reference: Number
    confidence: Number
    samples: Number


@dataclass(frozen=True, kw_only=True)
class Accuracy(Finding):
    """``estimate`` is the mean of the seeds with its interval over reviews and seeds. ``wilson``,
    ``seeds`` and ``hits`` in the order of the seeds, each tested on ``n`` reviews; ``placed`` only where
    the verdict compares with the reference, and ``loss`` where it is known. ``is_resampled``: whether the
    interval is that of resampling, which asks for which reviews each seed reads well; ``above_chance``, the
    seeds whose own interval lies above it."""

    needs: ClassVar[tuple[Need, ...]] = ("matrices",)
    rule: ClassVar[Rule] = Rule("interval over reviews and seeds", "owen_2007")
    thresholds: ClassVar[Thresholds] = Thresholds(
        reference=threshold("lstm.test_accuracy", "referencia", DAI_LE_2015, ACCURACY),
        confidence=threshold("lstm.test_accuracy", "confianza", measures.CONFIDENCE, SHARE_WHOLE),
        samples=threshold("lstm.test_accuracy", "sorteos", SAMPLES, COUNT),
    )
    headlines: ClassVar[tuple[str, ...]] = ("estimate",)

    verdict: Standing
    estimate: Estimate
    accuracy: Summary
    loss: Summary | None
    is_resampled: bool
    wilson: tuple[Interval, ...]
    seeds: tuple[Number, ...]
    hits: tuple[Number, ...]
    n: Number
    above_chance: Number
    placed: Placed | None

    @property
    def beats_chance(self) -> bool:
        return self.verdict not in (Standing.WORSE_THAN_CHANCE, Standing.CHANCE)

    @property
    def compared(self) -> bool:
        """Whether the verdict says where the accuracy stands beside the reference."""
        return self.verdict in COMPARED

    @property
    def rows(self) -> tuple[Row, ...]:
        """Each seed; of several, their mean, and in a row of its own how much they differ."""
        columns = zip(self.seeds, self.hits, self.accuracy.each, self.wilson, strict=True)
        each = [(seed, hits, accuracy, low, high) for seed, hits, accuracy, (low, high) in columns]
        if self.accuracy.sd is None:
            return tuple(each)
        mean = self.estimate
        return (
            *each,
            (Line.MEAN, None, mean.value, mean.low, mean.high),
            (Line.DEVIATION, None, self.accuracy.sd, None, None),
        )


def find(study: Study) -> Accuracy:
    """Accuracy on the test part against chance and, on the whole of IMDb, against a published LSTM."""
    runs = study.matrices
    counts = [hits_and_total(run) for run in runs]
    wilson = tuple(hits_interval(run) for run in runs)
    estimate = estimate_of(runs)
    beside = beside_chance(wilson, chance_of(runs[0]).accuracy)
    losses = [at(run, "test_loss") for run in runs]
    placed = None
    if beside is None and comparable(study):
        placed = place(estimate, Accuracy.thresholds.reference)
    verdict, margin = beside or (
        (Standing[placed.side.name], placed.margin) if placed else (Standing.NO_REFERENCE, None)
    )
    return Accuracy(
        verdict=verdict,
        n_seeds=seeds(runs),
        margin=margin,
        estimate=estimate,
        accuracy=accuracy_summary(study),
        loss=summarize(LOSS, losses) if all(leaf.value is not None for leaf in losses) else None,
        is_resampled=all_answers(runs),
        wilson=wilson,
        seeds=tuple(seed(run) for run in runs),
        hits=tuple(COUNT(hits) for hits, _ in counts),
        n=COUNT(counts[0][1]),
        above_chance=COUNT(
            derive(
                "semillas sobre el azar",
                lambda lows, chance: sum(low > chance for low in lows),
                gather(low.leaf for low, _ in wilson),
                chance_of(runs[0]).accuracy.leaf,
            )
        ),
        placed=placed,
    )


def beside_chance(wilson: Sequence[Interval], chance: Number) -> tuple[Standing, Number] | None:
    """The verdict and its margin where not every seed beats chance."""
    lowest = min((low for low, _ in wilson), key=lambda number: number.value)
    highest = max((high for _, high in wilson), key=lambda number: number.value)
    if highest.value < chance.value:
        return Standing.WORSE_THAN_CHANCE, apart(chance, highest)
    if lowest.value <= chance.value:
        return Standing.CHANCE, apart(chance, lowest)
    return None


def apart(one: Number, other: Number) -> Number:
    return ACCURACY(derive("distancia al azar", lambda a, b: a - b, one.leaf, other.leaf))
