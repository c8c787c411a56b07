"""The control by itself: a linear model of the same reviews, on their test part."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records import LinearRecord, Run
from report.findings.base import CONVENTION, Code, Finding, Row, Rule, seeds, threshold
from report.findings.hits import hits_and_total, hits_interval, share_of_hits
from report.findings.intervals import Interval
from report.ledger.ledger import Number, derive
from report.ledger.quantities import ACCURACY, COUNT, LOSS, SETTING
from report.study.study import GroupName, Study, at

CHANCE = 0.5


class BesideChance(Code):
    ABOVE = auto()
    NOT_ABOVE = auto()


class Model(Code):
    """As it is named in tables."""

    CONTROL = auto()


@dataclass(frozen=True)
class Thresholds:
    chance: Number


@dataclass(frozen=True, kw_only=True)
class LinearModel(Finding):
    """``candidates`` are the inverse penalties that were tried, each with its accuracy on the
    validation part."""

    needs: ClassVar[tuple[GroupName, ...]] = ("linear",)
    rule: ClassVar[Rule] = Rule("Wilson interval against chance", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(chance=threshold("lstm.linear", "azar", CHANCE, ACCURACY))
    headlines: ClassVar[tuple[str, ...]] = ("accuracy",)

    verdict: BesideChance
    accuracy: Number
    wilson: Interval
    loss: Number
    hits: Number
    candidates: tuple[tuple[Number, Number], ...]
    chosen_c: Number

    @property
    def accuracy_rows(self) -> tuple[Row, ...]:
        """In the table of test accuracies, after the seeds of the LSTM."""
        return ((Model.CONTROL, self.hits, self.accuracy, *self.wilson),)


def find(study: Study) -> LinearModel:
    control = study.linear[0]
    hits, n = hits_and_total(control)
    low, high = hits_interval(control)
    return LinearModel(
        verdict=BesideChance.ABOVE if low.value > CHANCE else BesideChance.NOT_ABOVE,
        n_seeds=seeds(study.linear),
        margin=ACCURACY(derive("distancia al azar", lambda low: abs(low - CHANCE), low.leaf)),
        accuracy=ACCURACY(share_of_hits(hits, n)),
        wilson=(low, high),
        loss=LOSS(at(control, "test_loss")),
        hits=COUNT(hits),
        candidates=candidates(control),
        chosen_c=SETTING(at(control, "chosen_c")),
    )


def candidates(control: Run) -> tuple[tuple[Number, Number], ...]:
    """Each inverse penalty that was tried, and its accuracy on the validation part."""
    assert isinstance(control.record, LinearRecord)
    return tuple(
        (SETTING(at(control, f"candidates[{i}].c")), ACCURACY(at(control, f"candidates[{i}].val_accuracy")))
        for i in range(len(control.record.candidates))
    )
