"""Accuracy by the length of the reviews, and by their stars, beside the control."""

from collections.abc import Sequence
from enum import StrEnum

from experiments.records import MemoryRecord, Run
from report import statistics
from report.findings.base import Estimate, Finding, Rule, seeds, summarize
from report.findings.lstm_metrics import wilson_interval
from report.numbers import Leaf, Number, derive, gather
from report.quantities import ACCURACY, COEFFICIENT, COUNT, DIFFERENCE, SEED
from report.results import Study, at, lstm_record

TERMS = ("log_length", "truncated", "model")


class Trend(StrEnum):
    FALLS = "baja"
    RISES = "sube"
    NOT_SHOWN = "sin cambio demostrable"


class Whole(StrEnum):
    """Among the reviews that the LSTM sees whole, whose beginning it has read."""

    FALLS = "baja"
    RISES = "sube"
    NOT_SHOWN = "sin cambio demostrable"
    NONE = "sin deciles enteros"


Interval = tuple[Number, Number]


Pair = tuple[Interval, Interval]


def falls(pair: Pair) -> bool:
    """From shorter to longer reviews, without their intervals touching."""
    first, last = pair
    return last[1].value < first[0].value


def rises(pair: Pair) -> bool:
    first, last = pair
    return last[0].value > first[1].value


def trend_of(pairs: Sequence[Pair]) -> Trend:
    """Of all seeds: a change is said only where each of them changes, and all the same way."""
    if all(map(falls, pairs)):
        return Trend.FALLS
    return Trend.RISES if all(map(rises, pairs)) else Trend.NOT_SHOWN


def changing(runs: Sequence[Run], pairs: Sequence[Pair]) -> dict[Trend, tuple[Number, ...]]:
    """The seeds that fall and those that rise, whatever the others do; none, no entry."""
    found = {
        trend: tuple(SEED(at(run, "seed")) for run, pair in zip(runs, pairs, strict=True) if changes(pair))
        for trend, changes in ((Trend.FALLS, falls), (Trend.RISES, rises))
    }
    return {trend: members for trend, members in found.items() if members}


def find(study: Study) -> Finding:
    """What becomes of the accuracy of both models from the shortest to the longest reviews."""
    runs = study.memory
    record = memory_record(runs[0])
    deciles = tuple(bucket(runs, f"deciles[{index}]") for index in range(len(record.deciles)))
    stars = tuple(bucket(runs, f"stars[{index}]") for index in range(len(record.stars)))
    first, last = "deciles[0]", f"deciles[{len(deciles) - 1}]"
    pairs = ends(runs, first, last)
    whole = last_whole(study)
    whole_pairs = ends(runs, first, whole) if whole else []
    whole_changing = changing(runs, whole_pairs) if whole else {}
    control = (right(runs[0], first, "linear")[1], right(runs[0], last, "linear")[1])
    values = {
        "deciles": deciles,
        "stars": stars,
        "hardest": min(stars, key=lambda row: row["lstm"].mean.value) if stars else None,
        "changing": changing(runs, pairs),
        "control": trend_of([control]),
        "whole": bucket(runs, whole) if whole else None,
        "whole_trend": Whole(trend_of(whole_pairs)) if whole else Whole.NONE,
        "whole_changing": whole_changing,
        "whole_falling": whole_changing.get(Trend.FALLS, ()),
        "regression": tuple(regression(run) for run in runs),
    }
    rule = Rule("intervalos de Wilson del primer y del último decil", "wilson_1927")
    return Finding("lstm.length", trend_of(pairs), values, rule, seeds(runs), margin(pairs))


def ends(runs: Sequence[Run], first: str, last: str) -> list[Pair]:
    """Of each seed, the LSTM's intervals in two buckets."""
    return [(right(run, first, "lstm")[1], right(run, last, "lstm")[1]) for run in runs]


def last_whole(study: Study) -> str | None:
    """The path of the longest decile, the first aside, that fits in the LSTM's window; None if
    there is none."""
    window = lstm_record(study.lstm[0]).config.sequence_length
    fitting = [i for i, d in enumerate(memory_record(study.memory[0]).deciles) if i and d.high <= window]
    return f"deciles[{fitting[-1]}]" if fitting else None


def margin(pairs: Sequence[Pair]) -> Number:
    """How far the seed that decides is from the other verdict: the gap between both intervals,
    or how much they overlap."""

    def gap(upper: Number, lower: Number) -> Leaf:
        return derive("separación de los intervalos", lambda a, b: a - b, lower.leaf, upper.leaf)

    falls = min((gap(last[1], first[0]) for first, last in pairs), key=lambda leaf: leaf.value)
    rises = min((gap(first[1], last[0]) for first, last in pairs), key=lambda leaf: leaf.value)
    nearest = min((falls, rises), key=lambda leaf: abs(leaf.value))
    return DIFFERENCE(derive("valor absoluto", abs, nearest))


def bucket(runs: Sequence[Run], path: str) -> dict:
    """Of one bucket: its limits, the LSTM's accuracy over the seeds with Wilson's interval of
    their mean, and the control's, which is the same for all."""
    first = runs[0]
    n = at(first, f"{path}.n")
    hits = derive("media", statistics.mean, gather(at(run, f"{path}.lstm_correct") for run in runs))
    return {
        "low": COUNT(at(first, f"{path}.low")),
        "high": COUNT(at(first, f"{path}.high")),
        "n": COUNT(n),
        "lstm": summarize(ACCURACY, [right(run, path, "lstm")[0] for run in runs]),
        "band": wilson_interval(hits, n),
        "linear": ACCURACY(right(first, path, "linear")[0]),
        "linear_band": right(first, path, "linear")[1],
    }


def right(run: Run, path: str, model: str) -> tuple[Leaf, Interval]:
    """The share of a bucket that ``model`` gets right, and its Wilson interval."""
    hits, n = at(run, f"{path}.{model}_correct"), at(run, f"{path}.n")
    return derive("cociente", lambda hits, n: hits / n, hits, n), wilson_interval(hits, n)


def regression(run: Run) -> dict:
    """The terms of one seed besides the interaction, which ``lstm.memory`` judges; None for a
    term that these reviews cannot give."""
    fitted = memory_record(run).regression
    terms = {name: estimate(run, f"regression.{name}") if getattr(fitted, name) else None for name in TERMS}
    return {"seed": SEED(at(run, "seed")), **terms}


def estimate(run: Run, path: str) -> Estimate:
    """A coefficient with its interval."""
    value, low, high = (COEFFICIENT(at(run, f"{path}.{name}")) for name in ("estimate", "low", "high"))
    return Estimate(value, low, high)


def memory_record(run: Run) -> MemoryRecord:
    assert isinstance(run.record, MemoryRecord)
    return run.record
