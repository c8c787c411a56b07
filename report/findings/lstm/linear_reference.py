"""Accuracy on the test part of IMDb beside a published linear model."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import Code, Finding, Rule, seeds, threshold
from report.findings.hits import estimate_of
from report.findings.lstm.learned import Learned
from report.findings.published import Placed, comparable, place
from report.ledger.ledger import Number
from report.ledger.quantities import ACCURACY
from report.study.study import GroupName, Study

WANG_MANNING_2012 = 0.9122  # NBSVM on bigrams, a linear model, on the test part of IMDb


class Linear(Code):
    BELOW = auto()
    UNCLEAR = auto()
    ABOVE = auto()
    NO_REFERENCE = auto()


@dataclass(frozen=True)
class Thresholds:
    reference: Number


@dataclass(frozen=True, kw_only=True)
class LinearReference(Finding):
    needs: ClassVar[tuple[GroupName, ...]] = ("lstm", "linear")
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("interval over reviews and seeds", "owen_2007")
    thresholds: ClassVar[Thresholds] = Thresholds(
        reference=threshold("lstm.linear_reference", "referencia", WANG_MANNING_2012, ACCURACY)
    )

    verdict: Linear
    placed: Placed | None


def find(study: Study) -> LinearReference:
    placed = None
    if comparable(study):
        placed = place(estimate_of(study.lstm), LinearReference.thresholds.reference)
    return LinearReference(
        verdict=Linear[placed.side.name] if placed else Linear.NO_REFERENCE,
        n_seeds=seeds(study.lstm),
        margin=placed.margin if placed else None,
        placed=placed,
    )
