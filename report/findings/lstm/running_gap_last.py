"""The gap by what the training itself logged, at the last epoch."""

from dataclasses import dataclass
from typing import ClassVar

from report.findings.epochs import last_index
from report.findings.gap import gap_at
from report.findings.lstm.running_gap import RUNNING, LoggedGap
from report.study.study import Need, Study


@dataclass(frozen=True, kw_only=True)
class RunningGapLast(LoggedGap):
    needs: ClassVar[tuple[Need, ...]] = ("running_gaps",)


def find(study: Study) -> RunningGapLast:
    return gap_at(RunningGapLast, study.running_gaps, last_index, RUNNING)
