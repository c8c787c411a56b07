"""The gap in inference mode at the selected epoch. ``overfitting_last`` judges the last epoch alike."""

from dataclasses import dataclass
from typing import ClassVar

from report.findings.base import CONVENTION, Rule
from report.findings.epochs import selected_index
from report.findings.gap import Gap, gap_at
from report.study.study import Need, Study

TRAIN = "train_accuracy"


@dataclass(frozen=True, kw_only=True)
class InferenceGap(Gap):
    """Both accuracies are measured after the epoch."""

    needs: ClassVar[tuple[Need, ...]] = ("lstm",)
    rule: ClassVar[Rule] = Rule("accuracy gap in inference mode", CONVENTION)


@dataclass(frozen=True, kw_only=True)
class Overfitting(InferenceGap):
    """At the epoch whose weights were measured on the test part."""

    headlines: ClassVar[tuple[str, ...]] = ("gap",)


def find(study: Study) -> Overfitting:
    return gap_at(Overfitting, study.lstm, selected_index, TRAIN)
