"""Test accuracies beside a published figure: which of them may be compared, and how."""

from collections.abc import Sequence
from enum import auto

from report.findings.base import Code
from report.findings.hits import accuracy_summary, hits_interval
from report.findings.intervals import Interval
from report.ledger.ledger import Number, derive
from report.ledger.quantities import ACCURACY
from report.study.study import Study


class Side(Code):
    """Where intervals lie from a reference."""

    BELOW = auto()
    COMPATIBLE = auto()
    ABOVE = auto()


def comparable(study: Study) -> bool:
    """Whether figures published for the whole of IMDb say something about these results."""
    return study.profile == "full" and study.lstm[0].record.data.name == "imdb"


def all_intervals(study: Study) -> list[Interval]:
    """Wilson's of each seed and, with several, Student's of their mean. The first knows nothing
    of other seeds and the second nothing of other reviews: a difference must show in all."""
    between_seeds = accuracy_summary(study).interval
    wilson = [hits_interval(run) for run in study.lstm]
    return [*wilson, between_seeds] if between_seeds else wilson


def side_of(intervals: Sequence[Interval], reference: float) -> Side:
    """A difference is said only if every interval lies on the same side of the reference and none
    touches it."""
    if all(high.value < reference for _, high in intervals):
        return Side.BELOW
    return Side.ABOVE if all(low.value > reference for low, _ in intervals) else Side.COMPATIBLE


def distance(intervals: Sequence[Interval], reference: float) -> Number:
    """How far the deciding end of an interval is from the reference, the verdict's margin."""
    highest = max((high for _, high in intervals), key=lambda end: end.value)
    lowest = min((low for low, _ in intervals), key=lambda end: end.value)
    nearest = min((highest, lowest), key=lambda end: abs(end.value - reference))
    return ACCURACY(derive("distancia a la referencia", lambda end: abs(end - reference), nearest.leaf))
