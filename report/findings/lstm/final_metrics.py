"""The metrics at the selected and at the last epoch, never mixed."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.base import Run
from report.findings.base import CONVENTION, Code, Finding, Row, Rule, Summary, seeds, summarize
from report.findings.epochs import last_index, selected_index
from report.ledger.ledger import Quantity
from report.ledger.quantities import ACCURACY, LOSS
from report.study.study import GroupName, Study, at


class Final(Code):
    SAME_EPOCH = auto()
    DIFFERENT = auto()


class Metric(Code):
    """As they are named in the table."""

    TRAIN_ACCURACY = auto()
    VAL_ACCURACY = auto()
    TRAIN_LOSS = auto()
    VAL_LOSS = auto()
    RUNNING_ACCURACY = auto()
    RUNNING_LOSS = auto()


@dataclass(frozen=True)
class EpochMetrics:
    """One epoch of each seed; ``running_*`` is what Keras prints while it trains."""

    running_loss: Summary
    running_accuracy: Summary
    train_loss: Summary
    train_accuracy: Summary
    val_loss: Summary
    val_accuracy: Summary


@dataclass(frozen=True, kw_only=True)
class FinalMetrics(Finding):
    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    rule: ClassVar[Rule] = Rule("one epoch", CONVENTION)

    verdict: Final
    selected: EpochMetrics
    last: EpochMetrics

    @property
    def rows(self) -> tuple[Row, ...]:
        first, last = self.selected, self.last
        return (
            (Metric.TRAIN_ACCURACY, first.train_accuracy, last.train_accuracy),
            (Metric.VAL_ACCURACY, first.val_accuracy, last.val_accuracy),
            (Metric.TRAIN_LOSS, first.train_loss, last.train_loss),
            (Metric.VAL_LOSS, first.val_loss, last.val_loss),
            (Metric.RUNNING_ACCURACY, first.running_accuracy, last.running_accuracy),
            (Metric.RUNNING_LOSS, first.running_loss, last.running_loss),
        )


def find(study: Study) -> FinalMetrics:
    same = all(selected_index(run) == last_index(run) for run in study.lstm)
    return FinalMetrics(
        verdict=Final.SAME_EPOCH if same else Final.DIFFERENT,
        n_seeds=seeds(study.lstm),
        selected=metrics_at(study, selected_index),
        last=metrics_at(study, last_index),
    )


def metrics_at(study: Study, index: Callable[[Run], int]) -> EpochMetrics:
    """Over the seeds, at the epoch that ``index`` gives for each."""

    def summary(name: str, quantity: Quantity) -> Summary:
        return summarize(quantity, [at(run, f"epochs[{index(run)}].{name}") for run in study.lstm])

    return EpochMetrics(
        running_loss=summary("running_loss", LOSS),
        running_accuracy=summary("running_accuracy", ACCURACY),
        train_loss=summary("train_loss", LOSS),
        train_accuracy=summary("train_accuracy", ACCURACY),
        val_loss=summary("val_loss", LOSS),
        val_accuracy=summary("val_accuracy", ACCURACY),
    )
