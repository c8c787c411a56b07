"""The metrics at the selected and at the last epoch, never mixed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import CONVENTION, Code, Finding, Row, Rule, Summary, seeds, summarize
from report.findings.epochs import has, last_index, selected_index
from report.ledger.ledger import Quantity
from report.ledger.quantities import ACCURACY, LOSS
from report.study.study import AnyRun, Need, Study, at


class Final(Code):
    """Whether the selected epoch is the last. Without a validation loss there is none."""

    SAME_EPOCH = auto()
    DIFFERENT = auto()
    LAST_ONLY = auto()


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
    """One epoch of each seed; ``running_*`` is what Keras prints while it trains. What was not logged is
    None."""

    running_loss: Summary | None
    running_accuracy: Summary | None
    train_loss: Summary | None
    train_accuracy: Summary | None
    val_loss: Summary | None
    val_accuracy: Summary | None


@dataclass(frozen=True, kw_only=True)
class FinalMetrics(Finding):
    needs: ClassVar[tuple[Need, ...]] = ("histories",)
    rule: ClassVar[Rule] = Rule("one epoch", CONVENTION)

    verdict: Final
    selected: EpochMetrics | None
    last: EpochMetrics

    @property
    def rows(self) -> tuple[Row, ...]:
        """Of each metric that was logged, its value at both epochs, or at the last alone."""
        epochs = (self.selected, self.last) if self.selected else (self.last,)
        named = [(metric, metric.name.lower()) for metric in Metric]
        return tuple(
            (metric, *(getattr(epoch, name) for epoch in epochs))
            for metric, name in named
            if getattr(self.last, name) is not None
        )

    @property
    def last_rows(self) -> tuple[Row, ...]:
        """Those of the last epoch alone."""
        return tuple((row[0], row[-1]) for row in self.rows)


def find(study: Study) -> FinalMetrics:
    return FinalMetrics(
        verdict=verdict_of(study),
        n_seeds=seeds(study.histories),
        selected=metrics_at(study.val_losses, selected_index) if study.val_losses else None,
        last=metrics_at(study.histories, last_index),
    )


def verdict_of(study: Study) -> Final:
    if not study.val_losses:
        return Final.LAST_ONLY
    same = all(selected_index(run) == last_index(run) for run in study.val_losses)
    return Final.SAME_EPOCH if same else Final.DIFFERENT


def metrics_at(runs: Sequence[AnyRun], index: Callable[[AnyRun], int]) -> EpochMetrics:
    """Over the seeds, at the epoch that ``index`` gives for each."""

    def summary(name: str, quantity: Quantity) -> Summary | None:
        if not all(has(run, name) for run in runs):
            return None
        return summarize(quantity, [at(run, f"epochs[{index(run)}].{name}") for run in runs])

    return EpochMetrics(
        running_loss=summary("running_loss", LOSS),
        running_accuracy=summary("running_accuracy", ACCURACY),
        train_loss=summary("train_loss", LOSS),
        train_accuracy=summary("train_accuracy", ACCURACY),
        val_loss=summary("val_loss", LOSS),
        val_accuracy=summary("val_accuracy", ACCURACY),
    )
