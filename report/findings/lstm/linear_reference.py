"""Accuracy on the test part of IMDb beside a published linear model."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import Code, Finding, Rule, Summary, seeds, threshold
from report.findings.hits import accuracy_summary
from report.findings.lstm.learned import Learned
from report.findings.published import all_intervals, comparable, distance, side_of
from report.ledger.ledger import Number
from report.ledger.quantities import ACCURACY
from report.study.study import GroupName, Study

WANG_MANNING_2012 = 0.9122  # NBSVM on bigrams, a linear model, on the test part of IMDb


class Linear(Code):
    BELOW = auto()
    COMPATIBLE = auto()
    ABOVE = auto()
    NO_REFERENCE = auto()


@dataclass(frozen=True)
class Thresholds:
    reference: Number


@dataclass(frozen=True, kw_only=True)
class LinearReference(Finding):
    needs: ClassVar[tuple[GroupName, ...]] = ("lstm", "linear")
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("confidence interval", "wang_manning_2012")
    thresholds: ClassVar[Thresholds] = Thresholds(
        reference=threshold("lstm.linear_reference", "referencia", WANG_MANNING_2012, ACCURACY)
    )

    verdict: Linear
    accuracy: Summary


def find(study: Study) -> LinearReference:
    verdict, margin = Linear.NO_REFERENCE, None
    if comparable(study):
        intervals = all_intervals(study)
        verdict = Linear[side_of(intervals, WANG_MANNING_2012).name]
        margin = distance(intervals, WANG_MANNING_2012)
    return LinearReference(
        verdict=verdict, n_seeds=seeds(study.lstm), margin=margin, accuracy=accuracy_summary(study)
    )
