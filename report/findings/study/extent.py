"""Whether the results are those of a whole training."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import CONVENTION, Code, Finding, Rule, seeds
from report.ledger.ledger import Number
from report.ledger.quantities import COUNT
from report.study.study import GroupName, Study, at


class Extent(Code):
    FULL = auto()
    QUICK = auto()


@dataclass(frozen=True, kw_only=True)
class TrainingExtent(Finding):
    needs: ClassVar[tuple[GroupName, ...]] = ()
    rule: ClassVar = Rule("extent", CONVENTION)

    verdict: Extent
    lstm_epochs: Number | None
    lstm_train: Number | None
    gan_iterations: Number | None


def find(study: Study) -> TrainingExtent:
    """A quick look must say on the first page that it is one."""
    return TrainingExtent(
        verdict=Extent.FULL if study.profile in ("full", None) else Extent.QUICK,
        n_seeds=seeds(study.lstm or study.gan or study.brought or study.runs),
        lstm_epochs=COUNT(at(study.lstm[0], "config.max_epochs")) if study.lstm else None,
        lstm_train=COUNT(at(study.lstm[0], "sizes.train")) if study.lstm else None,
        gan_iterations=COUNT(at(study.gan[0], "config.iterations")) if study.gan else None,
    )
