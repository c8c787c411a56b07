"""The gap by what the training itself logged, at the epoch of the lowest validation loss.

Its training accuracy is an average over the epoch, while the weights change and with dropout on: it is no
measure of what the network has learned by its end, and often the lower of the two.
"""

from dataclasses import dataclass
from typing import ClassVar

from report.findings.base import CONVENTION, Rule
from report.findings.epochs import selected_index
from report.findings.gap import Gap, gap_at
from report.study.study import Need, Study

RUNNING = "running_accuracy"


@dataclass(frozen=True, kw_only=True)
class LoggedGap(Gap):
    """By the accuracies that the training logged."""

    rule: ClassVar[Rule] = Rule("accuracy gap as logged", CONVENTION)


@dataclass(frozen=True, kw_only=True)
class RunningGap(LoggedGap):
    needs: ClassVar[tuple[Need, ...]] = ("running_gaps", "val_losses")


def find(study: Study) -> RunningGap:
    return gap_at(RunningGap, study.running_gaps, selected_index, RUNNING)
