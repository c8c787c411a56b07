"""The gap between training and validation accuracy at the last epoch trained."""

from dataclasses import dataclass

from report.findings.epochs import last_index
from report.findings.lstm.overfitting import Gap, gap_at
from report.study.study import Study


@dataclass(frozen=True, kw_only=True)
class OverfittingLast(Gap):
    """At the last epoch trained, by the same thresholds."""


def find(study: Study) -> OverfittingLast:
    return gap_at(OverfittingLast, study, last_index)
