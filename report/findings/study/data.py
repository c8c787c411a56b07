"""Which data the document is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.base import Run
from report.findings.base import CONVENTION, Code, Finding, Rule, seeds
from report.ledger.ledger import Number
from report.ledger.quantities import COUNT
from report.study.study import GroupName, Study, at


class Origin(Code):
    REAL = auto()
    SAMPLE = auto()
    SAMPLE_REVIEWS = auto()
    SAMPLE_DIGITS = auto()


class DataSet(Code):
    """As in the records, in capitals."""

    IMDB = auto()
    MNIST = auto()
    SAMPLE_REVIEWS = auto()
    SAMPLE_DIGITS = auto()


@dataclass(frozen=True)
class Used:
    """The data of one part: ``train`` and ``test`` count the examples of the whole set."""

    name: DataSet
    is_sample: bool
    train: Number
    test: Number


@dataclass(frozen=True, kw_only=True)
class Data(Finding):
    needs: ClassVar[tuple[GroupName, ...]] = ()
    rule: ClassVar = Rule("data", CONVENTION)

    verdict: Origin
    reviews: Used | None
    digits: Used | None


def find(study: Study) -> Data:
    reviews, digits = used(study.lstm or study.linear), used(study.gan or study.judge)
    samples = reviews is not None and reviews.is_sample, digits is not None and digits.is_sample
    verdict = {
        (False, False): Origin.REAL,
        (True, True): Origin.SAMPLE,
        (True, False): Origin.SAMPLE_REVIEWS,
        (False, True): Origin.SAMPLE_DIGITS,
    }[samples]
    n_seeds = seeds(study.lstm or study.gan or study.runs)
    return Data(verdict=verdict, n_seeds=n_seeds, reviews=reviews, digits=digits)


def used(runs: Sequence[Run]) -> Used | None:
    """What all of ``runs`` are about; None if there are none."""
    if not runs:
        return None
    data = runs[0].record.data
    return Used(
        DataSet[data.name.upper()],
        data.is_sample,
        COUNT(at(runs[0], "data.n_train")),
        COUNT(at(runs[0], "data.n_test")),
    )
