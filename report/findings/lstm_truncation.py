"""Which part of a review serves the trained LSTM best when it is given only that part."""

from collections.abc import Sequence
from enum import StrEnum

from experiments.records import RecordError, Run
from report.findings.base import Finding, Rule, Summary, seeds, summarize
from report.findings.lstm_length import Interval, Trend, margin, memory_record, trend_of
from report.findings.lstm_metrics import wilson_interval
from report.numbers import Leaf, derive
from report.quantities import ACCURACY, COUNT
from report.results import Study, at, lstm_record


class Part(StrEnum):
    """As in the records."""

    FIRST = "first"
    LAST = "last"
    ENDS = "ends"
    MIDDLE = "middle"


class Kept(StrEnum):
    LAST = "sirve más el final"
    FIRST = "sirve más el comienzo"
    NOT_SHOWN = "sin diferencia demostrable"


VERDICTS = {Trend.RISES: Kept.LAST, Trend.FALLS: Kept.FIRST, Trend.NOT_SHOWN: Kept.NOT_SHOWN}


def find(study: Study) -> Finding:
    """The end against the beginning, at the largest budget that the network's window holds.

    Raises:
        RecordError: a part was not tried with some budget.
    """
    runs = study.memory
    record = memory_record(runs[0])
    budgets = sorted({each.tokens for each in record.truncations})
    own = own_budget(budgets, lstm_record(study.lstm[0]).config.sequence_length)
    places = {(Part(each.keep), each.tokens): index for index, each in enumerate(record.truncations)}
    if len(places) < len(Part) * len(budgets):
        raise RecordError(
            f"{runs[0].name}: se esperaban {len(Part)} recortes con cada número de palabras, se encontraron "
            f"{len(places)} en total; ejecute «make train»."
        )
    table = {part: tuple(accuracy(runs, places[part, tokens]) for tokens in budgets) for part in Part}
    pairs = [(interval(run, places[Part.FIRST, own]), interval(run, places[Part.LAST, own])) for run in runs]
    column = budgets.index(own)
    values = {
        "budgets": tuple(COUNT(at(runs[0], f"truncations[{places[Part.FIRST, n]}].tokens")) for n in budgets),
        "table": table,
        "own": COUNT(at(runs[0], f"truncations[{places[Part.LAST, own]}].tokens")),
        "n": COUNT(at(runs[0], f"truncations[{places[Part.LAST, own]}].n")),
        "first": table[Part.FIRST][column],
        "last": table[Part.LAST][column],
        "best": best({part: cells[column] for part, cells in table.items()}),
    }
    rule = Rule("intervalos de Wilson del comienzo y del final", "wilson_1927")
    return Finding("lstm.truncation", VERDICTS[trend_of(pairs)], values, rule, seeds(runs), margin(pairs))


def own_budget(budgets: Sequence[int], window: int) -> int:
    """The largest that ``window`` holds; the smallest of all if it holds none."""
    return max((tokens for tokens in budgets if tokens <= window), default=min(budgets))


def best(column: dict[Part, Summary]) -> tuple[Part, ...]:
    """The parts with the highest accuracy, several if they tie."""
    highest = max(summary.mean.value for summary in column.values())
    return tuple(part for part, summary in column.items() if summary.mean.value == highest)


def accuracy(runs: Sequence[Run], index: int) -> Summary:
    return summarize(ACCURACY, [share(run, index) for run in runs])


def share(run: Run, index: int) -> Leaf:
    hits, n = at(run, f"truncations[{index}].correct"), at(run, f"truncations[{index}].n")
    return derive("cociente", lambda hits, n: hits / n, hits, n)


def interval(run: Run, index: int) -> Interval:
    return wilson_interval(at(run, f"truncations[{index}].correct"), at(run, f"truncations[{index}].n"))
