"""What early stopping did."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import Code, Finding, Rule, seeds
from report.ledger.ledger import Number, derive, gather
from report.ledger.quantities import COUNT, EPOCH
from report.study.study import GroupName, Study, at, lstm_record


class Stopped(Code):
    """The seeds that it stopped."""

    ALL = auto()
    SOME = auto()
    NONE = auto()


@dataclass(frozen=True, kw_only=True)
class Stopping(Finding):
    """How many seeds it ``stopped``, and the epochs that each was ``trained``."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    rule: ClassVar[Rule] = Rule("early stopping", "prechelt_1998")

    verdict: Stopped
    stopped: Number
    trained: tuple[Number, ...]
    max_epochs: Number
    patience: Number


def find(study: Study) -> Stopping:
    stopped = [run for run in study.lstm if lstm_record(run).stopped_early]
    if not stopped:
        verdict = Stopped.NONE
    else:
        verdict = Stopped.ALL if len(stopped) == len(study.lstm) else Stopped.SOME
    return Stopping(
        verdict=verdict,
        n_seeds=seeds(study.lstm),
        stopped=COUNT(derive("recuento", sum, gather(at(run, "stopped_early") for run in study.lstm))),
        trained=tuple(EPOCH(derive("recuento", len, at(run, "epochs"))) for run in study.lstm),
        max_epochs=EPOCH(at(study.lstm[0], "config.max_epochs")),
        patience=COUNT(at(study.lstm[0], "config.early_stopping_patience")),
    )
