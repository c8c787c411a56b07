"""What is reached on the test part without having read anything: always answering with the class that
is most frequent there."""

from dataclasses import dataclass
from enum import auto

from experiments.records.parts import Confusion
from report.findings.base import Code
from report.findings.hits import LSTM
from report.ledger.ledger import Number, derive
from report.ledger.quantities import ACCURACY
from report.study.study import AnyRun, at

CHANCE = 0.5  # of two classes of the same size


class Majority(Code):
    """The most frequent class."""

    NONE = auto()  # as many of one as of the other
    NEGATIVE = auto()
    POSITIVE = auto()


@dataclass(frozen=True)
class Chance:
    majority: Majority
    accuracy: Number


def chance_of(run: AnyRun, place: str = LSTM) -> Chance:
    """On the reviews that a model was tested on, whose answers are counted at ``place``."""
    cells = [at(run, f"{place}.{name}") for name in Confusion.model_fields]
    negatives, positives = _sizes(*(cell.value for cell in cells))
    if negatives == positives:
        majority = Majority.NONE
    else:
        majority = Majority.NEGATIVE if negatives > positives else Majority.POSITIVE
    return Chance(majority, ACCURACY(derive("parte de la clase más frecuente", _largest_share, *cells)))


def _sizes(tn: int, fp: int, fn: int, tp: int) -> tuple[int, int]:
    return tn + fp, fn + tp


def _largest_share(tn: int, fp: int, fn: int, tp: int) -> float:
    sizes = _sizes(tn, fp, fn, tp)
    return max(sizes) / sum(sizes)
