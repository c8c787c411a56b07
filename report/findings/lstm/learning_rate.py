"""What the schedule did to the learning rate, and where that lies beside the lowest validation loss."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.base import Run
from report.findings.base import CONVENTION, Code, Finding, Rule, grouped, seed, seeds, threshold
from report.findings.epochs import selected_index
from report.ledger.ledger import Number, derive, gather
from report.ledger.quantities import COUNT, EPOCH, LEARNING_RATE
from report.study.study import GroupName, Study, at, lstm_record


class Lowered(Code):
    """The seeds in which it was lowered; gradual where it is so in every step, by no decision."""

    ALL = auto()
    SOME = auto()
    NONE = auto()
    GRADUAL = auto()


class Place(Code):
    """Where it was lowered: after the epoch of the lowest validation loss, at least once, or before or
    in it."""

    AFTER = auto()
    BEFORE = auto()
    NEVER = auto()


@dataclass(frozen=True)
class Thresholds:
    drop: Number


@dataclass(frozen=True)
class SeedCuts:
    """Of one seed: the ``epochs`` that were the first with a lower rate, the first ``after`` the lowest
    loss, if any, and how many epochs there are ``since`` it, itself included."""

    seed: Number
    epochs: tuple[Number, ...]
    after: Number | None
    since: Number | None
    place: Place


@dataclass(frozen=True, kw_only=True)
class LearningRate(Finding):
    """``drops`` of each seed: how many epochs began with a lower rate than the one before. Where it falls
    gradually, no seed of ``by_seed`` has a cut."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    rule: ClassVar[Rule] = Rule("learning rate by epoch", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(drop=threshold("lstm.learning_rate", "bajada", 0, COUNT))

    verdict: Lowered
    drops: tuple[Number, ...]
    by_seed: tuple[SeedCuts, ...]
    first: Number
    lowest: Number
    factor: Number
    patience: Number

    @property
    def once(self) -> bool:
        """Whether no seed has it lowered more than once."""
        return all(count.value <= 1 for count in self.drops)

    @property
    def cut_seeds(self) -> tuple[Number, ...]:
        return tuple(each.seed for each in self.by_seed if each.epochs)

    @property
    def groups(self) -> dict[Place, tuple[SeedCuts, ...]]:
        return grouped(self.by_seed, lambda each: each.place)


def find(study: Study) -> LearningRate:
    rates = [at(run, "epochs[*].learning_rate") for run in study.lstm]
    by_seed = tuple(map(cuts_of, study.lstm))
    lowered = sum(bool(each.epochs) for each in by_seed)
    if lstm_record(study.lstm[0]).config.schedule == "cosine":
        verdict = Lowered.GRADUAL
    elif not lowered:
        verdict = Lowered.NONE
    else:
        verdict = Lowered.ALL if lowered == len(rates) else Lowered.SOME
    return LearningRate(
        verdict=verdict,
        n_seeds=seeds(study.lstm),
        drops=tuple(COUNT(derive("bajadas", lambda rates: len(cuts(rates)), leaf)) for leaf in rates),
        by_seed=by_seed,
        first=LEARNING_RATE(at(study.lstm[0], "config.learning_rate")),
        lowest=LEARNING_RATE(derive("mínimo", lambda listed: min(map(min, listed)), gather(rates))),
        factor=LEARNING_RATE(at(study.lstm[0], "config.reduce_lr_factor")),
        patience=COUNT(at(study.lstm[0], "config.reduce_lr_patience")),
    )


def cuts(rates: Sequence[float]) -> list[int]:
    """The epochs, from 1, that began with a lower rate than the one before."""
    return [epoch for epoch, (before, now) in enumerate(itertools.pairwise(rates), start=2) if now < before]


def cuts_of(run: Run) -> SeedCuts:
    """Of one seed; a rate that falls gradually is never cut."""
    record = lstm_record(run)
    gradual = record.config.schedule == "cosine"
    rates = at(run, "epochs[*].learning_rate")
    found = [] if gradual else cuts(rates.value)
    epochs = tuple(EPOCH(derive("época del recorte", lambda _, epoch=epoch: epoch, rates)) for epoch in found)
    after = [place for place, epoch in enumerate(found) if epoch > selected_index(run) + 1]
    if not after:
        return SeedCuts(seed(run), epochs, None, None, Place.BEFORE if found else Place.NEVER)
    first = epochs[after[0]]
    since = derive("épocas desde el recorte", lambda rates, cut: len(rates) - cut + 1, rates, first.leaf)
    return SeedCuts(seed(run), epochs, first, COUNT(since), Place.AFTER)
