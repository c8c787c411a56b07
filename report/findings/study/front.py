"""What page one draws."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import CONVENTION, Code, Finding, Rule, seeds
from report.study.study import Need, Study


class Pictured(Code):
    """Accuracies by epoch, images that were generated, or both."""

    BOTH = auto()
    ACCURACIES = auto()
    IMAGES = auto()


@dataclass(frozen=True, kw_only=True)
class Front(Finding):
    needs: ClassVar[tuple[Need, ...]] = ("pictured",)
    rule: ClassVar[Rule] = Rule("what page one draws", CONVENTION)

    verdict: Pictured


def find(study: Study) -> Front:
    if study.accuracies and study.gan_grids:
        verdict = Pictured.BOTH
    else:
        verdict = Pictured.ACCURACIES if study.accuracies else Pictured.IMAGES
    return Front(verdict=verdict, n_seeds=seeds(max(study.accuracies, study.gan_grids, key=len)))
