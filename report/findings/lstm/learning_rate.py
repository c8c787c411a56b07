"""What the schedule did to the learning rate."""

import itertools
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import CONVENTION, Code, Finding, Rule, seeds, threshold
from report.ledger.ledger import Number, derive, gather
from report.ledger.quantities import COUNT, LEARNING_RATE
from report.study.study import GroupName, Study, at


class Lowered(Code):
    """The seeds in which it was lowered."""

    ALL = auto()
    SOME = auto()
    NONE = auto()


@dataclass(frozen=True)
class Thresholds:
    drop: Number


@dataclass(frozen=True, kw_only=True)
class LearningRate(Finding):
    """``drops`` of each seed: how many epochs began with a lower rate than the one before."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    rule: ClassVar[Rule] = Rule("learning rate by epoch", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(drop=threshold("lstm.learning_rate", "bajada", 0, COUNT))

    verdict: Lowered
    drops: tuple[Number, ...]
    first: Number
    lowest: Number
    factor: Number
    patience: Number


def find(study: Study) -> LearningRate:
    rates = [at(run, "epochs[*].learning_rate") for run in study.lstm]
    counts = [derive("bajadas", drops, leaf) for leaf in rates]
    lowered = sum(leaf.value > 0 for leaf in counts)
    if not lowered:
        verdict = Lowered.NONE
    else:
        verdict = Lowered.ALL if lowered == len(rates) else Lowered.SOME
    return LearningRate(
        verdict=verdict,
        n_seeds=seeds(study.lstm),
        drops=tuple(COUNT(leaf) for leaf in counts),
        first=LEARNING_RATE(at(study.lstm[0], "config.learning_rate")),
        lowest=LEARNING_RATE(derive("mínimo", lambda listed: min(map(min, listed)), gather(rates))),
        factor=LEARNING_RATE(at(study.lstm[0], "config.reduce_lr_factor")),
        patience=COUNT(at(study.lstm[0], "config.reduce_lr_patience")),
    )


def drops(rates: list[float]) -> int:
    return sum(after < before for before, after in itertools.pairwise(rates))
