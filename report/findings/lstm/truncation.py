"""Which part of a review serves the trained LSTM best when it is given only that part."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.base import RecordError, Run
from report.findings.base import Code, Finding, Row, Rule, Summary, seeds, summarize
from report.findings.hits import share_of_hits
from report.findings.intervals import Interval, wilson_interval
from report.findings.lstm.learned import Learned
from report.findings.lstm.length import memory_record
from report.findings.trend import Trend, margin, trend_of
from report.ledger.ledger import Number
from report.ledger.quantities import ACCURACY, COUNT
from report.study.study import GroupName, Study, at, lstm_record


class Part(Code):
    """As the records name them, in capitals."""

    FIRST = auto()
    LAST = auto()
    ENDS = auto()
    MIDDLE = auto()


class Kept(Code):
    """The part that serves more."""

    LAST = auto()
    FIRST = auto()
    NOT_SHOWN = auto()


VERDICTS = {Trend.RISES: Kept.LAST, Trend.FALLS: Kept.FIRST, Trend.NOT_SHOWN: Kept.NOT_SHOWN}


@dataclass(frozen=True, kw_only=True)
class Truncation(Finding):
    """``table`` has, for each part, the accuracy with each of the ``budgets`` of words; the verdict is
    on the budget ``own``, tried on ``n`` reviews: ``first``, ``last``, ``ends`` and ``middle`` are its."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm", "memory")
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("Wilson intervals of the beginning and of the end", "wilson_1927")

    verdict: Kept
    budgets: tuple[Number, ...]
    table: dict[Part, tuple[Summary, ...]]
    own: Number
    n: Number
    first: Summary
    last: Summary
    ends: Summary
    middle: Summary

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple((part, *cells) for part, cells in self.table.items())


def find(study: Study) -> Truncation:
    """The end against the beginning, at the largest budget that the network's window holds.

    Raises:
        RecordError: a part was not tried with some budget.
    """
    runs = study.memory
    record = memory_record(runs[0])
    budgets = sorted({each.tokens for each in record.truncations})
    own = own_budget(budgets, lstm_record(study.lstm[0]).config.sequence_length)
    places = {(Part[each.keep.upper()], each.tokens): index for index, each in enumerate(record.truncations)}
    if len(places) < len(Part) * len(budgets):
        raise RecordError(
            f"{runs[0].name}: se esperaban {len(Part)} recortes con cada número de palabras, se encontraron "
            f"{len(places)} en total; ejecute «make train»."
        )
    table = {part: tuple(accuracy(runs, places[part, tokens]) for tokens in budgets) for part in Part}
    pairs = [(interval(run, places[Part.FIRST, own]), interval(run, places[Part.LAST, own])) for run in runs]
    column = budgets.index(own)
    return Truncation(
        verdict=VERDICTS[trend_of(pairs)],
        n_seeds=seeds(runs),
        margin=margin(pairs),
        budgets=tuple(COUNT(at(runs[0], f"truncations[{places[Part.FIRST, n]}].tokens")) for n in budgets),
        table=table,
        own=COUNT(at(runs[0], f"truncations[{places[Part.LAST, own]}].tokens")),
        n=COUNT(at(runs[0], f"truncations[{places[Part.LAST, own]}].n")),
        first=table[Part.FIRST][column],
        last=table[Part.LAST][column],
        ends=table[Part.ENDS][column],
        middle=table[Part.MIDDLE][column],
    )


def own_budget(budgets: Sequence[int], window: int) -> int:
    """The largest that ``window`` holds; the smallest of all if it holds none."""
    return max((tokens for tokens in budgets if tokens <= window), default=min(budgets))


def accuracy(runs: Sequence[Run], index: int) -> Summary:
    places = [(run, f"truncations[{index}]") for run in runs]
    return summarize(
        ACCURACY, [share_of_hits(at(run, f"{place}.correct"), at(run, f"{place}.n")) for run, place in places]
    )


def interval(run: Run, index: int) -> Interval:
    return wilson_interval(at(run, f"truncations[{index}].correct"), at(run, f"truncations[{index}].n"))
