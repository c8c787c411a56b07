"""What it costs to see only the last words of each review, to a model that forgets none of them."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.kinds.linear import CONTROL, LinearName
from report.findings import measures
from report.findings.base import Code, Estimate, Finding, Rule, seeds, threshold
from report.findings.hits import hits_and_total
from report.findings.intervals import opposite
from report.findings.lstm.linear import CUT, model_path, right_path
from report.findings.paired import Ahead, compare
from report.ledger.ledger import Leaf, Number
from report.ledger.quantities import COUNT
from report.study.study import GroupName, Study, at


class Cost(Code):
    """In every seed, or on average though not in every seed."""

    COSTS = auto()
    GAINS = auto()
    COSTS_ON_AVERAGE = auto()
    GAINS_ON_AVERAGE = auto()
    NOT_SHOWN = auto()
    MIXED = auto()


COST = {
    Ahead.FIRST: Cost.COSTS,
    Ahead.SECOND: Cost.GAINS,
    Ahead.FIRST_ON_AVERAGE: Cost.COSTS_ON_AVERAGE,
    Ahead.SECOND_ON_AVERAGE: Cost.GAINS_ON_AVERAGE,
    Ahead.NOT_SHOWN: Cost.NOT_SHOWN,
    Ahead.MIXED: Cost.MIXED,
}


@dataclass(frozen=True)
class Thresholds:
    significance: Number


@dataclass(frozen=True, kw_only=True)
class Cutting(Finding):
    """``difference``: how many points more the control is right with all words than with the last
    ``words`` alone, on which it was also fitted; ``change`` the same without a sign."""

    needs: ClassVar[tuple[GroupName, ...]] = ("linear",)
    rule: ClassVar[Rule] = Rule("exact McNemar test", "mcnemar_1947")
    thresholds: ClassVar[Thresholds] = Thresholds(
        significance=threshold("lstm.cutting", "significación", measures.SIGNIFICANCE)
    )

    verdict: Cost
    words: Number
    difference: Estimate
    change: Estimate


def find(study: Study) -> Cutting:
    def right(name: LinearName) -> list[Leaf]:
        return [at(run, f"arrays.{right_path(name)}") for run in study.linear]

    n = hits_and_total(study.linear[0], f"{model_path(CONTROL)}.confusion")[1]
    paired = compare(n, right(CONTROL), right(CUT))
    return Cutting(
        verdict=COST[paired.ahead],
        n_seeds=seeds(study.linear),
        words=COUNT(at(study.linear[0], "config.last_words")),
        difference=paired.difference,
        change=opposite(paired.difference) if paired.difference.value.value < 0 else paired.difference,
    )
