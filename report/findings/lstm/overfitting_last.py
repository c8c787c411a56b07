"""The gap in inference mode at the last epoch trained."""

from dataclasses import dataclass

from report.findings.epochs import last_index
from report.findings.gap import gap_at
from report.findings.lstm.overfitting import TRAIN, InferenceGap
from report.study.study import Study


@dataclass(frozen=True, kw_only=True)
class OverfittingLast(InferenceGap):
    """At the last epoch trained, by the same thresholds."""


def find(study: Study) -> OverfittingLast:
    return gap_at(OverfittingLast, study.lstm, last_index, TRAIN)
