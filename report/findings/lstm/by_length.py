"""Accuracy by the length of the reviews, as far as an author says how long they are."""

from dataclasses import dataclass
from typing import ClassVar

from report.findings.base import Finding, Row, Rule, Summary, seeds, summarize
from report.findings.hits import share_of_hits
from report.findings.intervals import Interval, seeds_interval, wilson_interval
from report.findings.lstm.learned import Learned
from report.findings.trend import Trend, margin, trend_of
from report.ledger.ledger import Leaf, Number
from report.ledger.quantities import ACCURACY, COUNT
from report.study.study import AnyRun, Need, Study, at, brought_lstm_record


@dataclass(frozen=True)
class Decile:
    """Reviews of ``low`` to ``high`` words, ``n`` of them: the accuracy over the seeds with the interval of
    its mean."""

    low: Number
    high: Number
    n: Number
    accuracy: Summary
    band: Interval


@dataclass(frozen=True, kw_only=True)
class ByLength(Finding):
    needs: ClassVar[tuple[Need, ...]] = ("brought_lengths",)
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("Wilson intervals of the first and the last decile", "wilson_1927")

    verdict: Trend
    deciles: tuple[Decile, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple((each.high, each.n, each.accuracy, *each.band) for each in self.deciles)


def find(study: Study) -> ByLength:
    runs = study.brought_lengths
    count = len(brought_lstm_record(runs[0]).deciles)
    pairs = [(interval(run, 0), interval(run, count - 1)) for run in runs]
    return ByLength(
        verdict=trend_of(pairs),
        n_seeds=seeds(runs),
        margin=margin(pairs),
        deciles=tuple(decile(runs, place) for place in range(count)),
    )


def decile(runs: tuple[AnyRun, ...], place: int) -> Decile:
    first, path = runs[0], f"deciles[{place}]"
    return Decile(
        low=COUNT(at(first, f"{path}.low")),
        high=COUNT(at(first, f"{path}.high")),
        n=COUNT(at(first, f"{path}.n")),
        accuracy=summarize(ACCURACY, [right(run, place) for run in runs]),
        band=seeds_interval([(right(run, place), interval(run, place)) for run in runs]),
    )


def right(run: AnyRun, place: int) -> Leaf:
    return share_of_hits(at(run, f"deciles[{place}].lstm_correct"), at(run, f"deciles[{place}].n"))


def interval(run: AnyRun, place: int) -> Interval:
    return wilson_interval(at(run, f"deciles[{place}].lstm_correct"), at(run, f"deciles[{place}].n"))
