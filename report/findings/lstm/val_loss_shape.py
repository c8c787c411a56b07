"""The shape of the validation loss: does it fall, settle, climb or oscillate?

The same reviews are measured after each epoch, so that epochs are compared in pairs; and what counts
is the whole stretch after the minimum, never one epoch of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import auto
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np

from experiments.records.base import Run
from report.findings import measures
from report.findings.base import (
    Code,
    Estimate,
    Finding,
    Row,
    Rule,
    Summary,
    grouped,
    seed,
    seeds,
    shared,
    summarize,
    threshold,
)
from report.findings.epoch_losses import Losses, simultaneous_bound
from report.findings.lstm.learned import Learned
from report.findings.lstm.onset import onset_of
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COUNT, EPOCH, LOSS, MARGIN
from report.study.study import GroupName, Study, at

ENOUGH = 2  # epochs after the minimum, so that none of them decides alone


class Shape(Code):
    """Undecided where one epoch alone decides whether it climbs; too short with fewer than ``ENOUGH``
    epochs after the minimum; unknown with a single epoch."""

    FALLS = auto()
    STABLE = auto()
    CLIMBS = auto()
    OSCILLATES = auto()
    UNDECIDED = auto()
    TOO_SHORT = auto()
    UNKNOWN = auto()
    MIXED = auto()


class Step(Code):
    """From an epoch to the next, real or not."""

    RISES = auto()
    FALLS = auto()


@dataclass(frozen=True)
class Height:
    """Where an epoch is drawn above the minimum: after what ``step``, whether that is of the same kind as the
    one before (``goes_on``), and whether its interval ``touches`` the minimum."""

    value: Number
    step: Step
    goes_on: bool
    touches: bool


@dataclass(frozen=True)
class Thresholds:
    significance: Number
    enough: Number


@dataclass(frozen=True)
class SeedShape:
    """Of one seed: the epoch of its minimum and how many come after it; how far above the minimum they
    lie on average, None where there are none, and ``above`` each of them, with their intervals; its steps
    that rise, those that really do, those that really fall, and how often it turns. ``falls_back`` is the
    first epoch of a real fall after a real rise, None where there is none."""

    seed: Number
    minimum: Number
    after: Number
    rise: Estimate | None
    above: tuple[Estimate, ...]
    rises: Number
    real_rises: Number
    real_falls: Number
    sign_changes: Number
    falls_back: Number | None
    shape: Shape

    @property
    def heights(self) -> tuple[Height, ...]:
        """Of the epochs after the minimum."""
        values = [0.0, *(each.value.value for each in self.above)]
        steps = [Step.FALLS if after < before else Step.RISES for before, after in pairwise(values)]
        return tuple(
            Height(each.value, step, step is previous, touches(each))
            for each, step, previous in zip(self.above, steps, [None, *steps[:-1]], strict=True)
        )

    @property
    def rise_touches(self) -> bool:
        """Whether the interval of the mean rise touches the minimum."""
        return self.rise is not None and touches(self.rise)


def touches(height: Estimate) -> bool:
    return bool(height.low.value <= 0)


@dataclass(frozen=True, kw_only=True)
class ValLossShape(Finding):
    """``bound``: the standard errors of a difference that make it real. ``climb`` is the mean rise over
    the seeds; None where a seed has no epoch after its minimum. ``margin`` is by how much the deciding
    rise of the seed nearest to another verdict would have to change; None where no seed is judged by it.
    The seeds where this rule and Prechelt's part: those that settle though they have an onset, and
    those that climb without one."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("paired differences after the minimum", "dunn_1961")
    thresholds: ClassVar[Thresholds] = Thresholds(
        significance=threshold("lstm.val_loss_shape", "significación", measures.SIGNIFICANCE),
        enough=threshold("lstm.val_loss_shape", "épocas", ENOUGH, COUNT),
    )

    verdict: Shape
    by_seed: tuple[SeedShape, ...]
    bound: Number
    settled_with_onset: tuple[Number, ...]
    climbed_without_onset: tuple[Number, ...]
    climb: Summary | None

    @property
    def groups(self) -> dict[Shape, tuple[SeedShape, ...]]:
        return grouped(self.by_seed, lambda each: each.shape)

    @property
    def lone_swings(self) -> tuple[SeedShape, ...]:
        """The seeds that swing but for one epoch, which therefore do not oscillate."""
        return tuple(each for each in self.by_seed if each.falls_back and each.shape is not Shape.OSCILLATES)

    @property
    def followed(self) -> bool:
        """Whether some seed was trained after its minimum."""
        return any(each.above for each in self.by_seed)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            (
                *(each.seed, each.minimum, each.after, each.rise),
                *(each.rises, each.real_rises, each.real_falls, each.sign_changes),
            )
            for each in self.by_seed
        )


# --- one seed ----------------------------------------------------------------------------


def classify(losses: Losses) -> Shape:
    """The verdict on one seed.

    It oscillates if a real fall follows a real rise whichever single epoch but the minimum is left out,
    that is, if the swing recurs or lasts. It climbs if the mean loss of the epochs after the minimum is
    really above it whichever of them is left out, and settles if it is so never. So an epoch more or less
    at the end never makes one of these two out of the other.
    """
    if len(losses.mean) < 2:
        return Shape.UNKNOWN
    others = [epoch for epoch in range(len(losses.mean)) if epoch != losses.lowest]
    if all(losses.without(epoch).swings for epoch in others):
        return Shape.OSCILLATES
    if not losses.after and all(step < 0 for step in measures.increments(losses.mean.tolist())):
        return Shape.FALLS
    if len(losses.after) < ENOUGH:
        return Shape.TOO_SHORT
    climbing = {rise > 0 for rise in sure_rises(losses)}
    if len(climbing) > 1:
        return Shape.UNDECIDED
    return Shape.CLIMBS if climbing.pop() else Shape.STABLE


def sure_rises(losses: Losses) -> list[float]:
    """How far the epochs after the minimum are surely above it: all of them, and all but each."""
    stretches = [losses.after, *([e for e in losses.after if e != left_out] for left_out in losses.after)]
    return [losses.surely_above(stretch, losses.lowest) for stretch in stretches]


def to_other_shape(rises: Sequence[float]) -> float:
    """The least by which the deciding ones must change for all of them to be real, or none."""
    if min(rises) > 0:
        return min(rises)
    return -max(rises) if max(rises) <= 0 else min(-min(rises), max(rises))


# --- traced ------------------------------------------------------------------------------


def find(study: Study) -> ValLossShape:
    """Rises and shape of each seed; one verdict if they agree."""
    by_seed = tuple(shape_of(run) for run in study.lstm)
    rises = [each.rise.value.leaf for each in by_seed if each.rise]
    return ValLossShape(
        verdict=shared((each.shape for each in by_seed), Shape.MIXED),
        n_seeds=seeds(study.lstm),
        margin=nearest(study, by_seed),
        by_seed=by_seed,
        bound=MARGIN(bound_of(study.lstm[0])),
        settled_with_onset=seeds_where(study, by_seed, Shape.STABLE, onset=True),
        climbed_without_onset=seeds_where(study, by_seed, Shape.CLIMBS, onset=False),
        climb=summarize(LOSS, rises) if len(rises) == len(study.lstm) else None,
    )


def bound_of(run: Run) -> Leaf:
    leaves = at(run, "config.max_epochs"), at(run, "sizes.validation")
    return derive("cuantil t con Bonferroni", simultaneous_bound, *leaves)


def inputs(run: Run) -> tuple[Leaf, ...]:
    """What ``losses_of`` takes."""
    variances, reviews = at(run, "arrays.val_loss_variances"), at(run, "sizes.validation")
    return at(run, "epochs[*].val_loss"), variances, reviews, bound_of(run)


def losses_of(mean: Sequence[float], variances: np.ndarray, reviews: int, bound: float) -> Losses:
    return Losses(np.array(mean), variances, reviews, bound)


def of(find: Callable[[Losses], float]) -> Callable[..., float]:
    """``find`` of the losses, from what ``inputs`` gives."""
    return lambda *given: find(losses_of(*given))


def shape_of(run: Run) -> SeedShape:
    losses, values = losses_of(*(leaf.value for leaf in inputs(run))), at(run, "epochs[*].val_loss")
    return SeedShape(
        seed=seed(run),
        minimum=EPOCH(derive("época del mínimo", of(lambda losses: losses.lowest + 1), *inputs(run))),
        after=COUNT(derive("épocas posteriores", of(lambda losses: len(losses.after)), *inputs(run))),
        rise=above(run, losses.after) if losses.after else None,
        above=tuple(above(run, [epoch]) for epoch in losses.after),
        rises=COUNT(derive("subidas", measures.rises, values)),
        real_rises=COUNT(derive("subidas reales", of(real_rises), *inputs(run))),
        real_falls=COUNT(derive("bajadas reales", of(real_falls), *inputs(run))),
        sign_changes=COUNT(derive("cambios de signo", measures.sign_changes, values)),
        falls_back=EPOCH(
            derive("época de la bajada", of(lambda losses: losses.falls_back[0] + 1), *inputs(run))
        )
        if losses.falls_back
        else None,
        shape=classify(losses),
    )


def above(run: Run, epochs: Sequence[int]) -> Estimate:
    """By how much the mean loss of ``epochs``, from 0, is above the minimum."""
    numbers = gather(at(run, f"epochs[{epoch}].epoch") for epoch in epochs)

    def end(sign: int) -> Callable[..., float]:
        def value(numbers: Sequence[int], *given: Any) -> float:
            losses = losses_of(*given)
            difference, half = losses.above([number - 1 for number in numbers], losses.lowest)
            return difference + sign * half

        return value

    return Estimate(
        LOSS(derive("subida sobre el mínimo", end(0), numbers, *inputs(run))),
        LOSS(derive("subida sobre el mínimo, inferior", end(-1), numbers, *inputs(run))),
        LOSS(derive("subida sobre el mínimo, superior", end(1), numbers, *inputs(run))),
    )


def real_rises(losses: Losses) -> int:
    """How many epochs are really above the one before."""
    return sum(losses.surely_above([epoch], epoch - 1) > 0 for epoch in range(1, len(losses.mean)))


def real_falls(losses: Losses) -> int:
    """How many epochs are really below the one before."""
    return sum(losses.surely_above([epoch - 1], epoch) > 0 for epoch in range(1, len(losses.mean)))


def nearest(study: Study, by_seed: Sequence[SeedShape]) -> Number | None:
    """Of the seed nearest to another verdict, among those that the rise decides."""
    distances = [
        derive("distancia al límite", of(lambda losses: to_other_shape(sure_rises(losses))), *inputs(run))
        for run, each in zip(study.lstm, by_seed, strict=True)
        if each.shape in (Shape.STABLE, Shape.CLIMBS, Shape.UNDECIDED)
    ]
    return LOSS(min(distances, key=lambda leaf: leaf.value)) if distances else None


def seeds_where(study: Study, by_seed: Sequence[SeedShape], shape: Shape, onset: bool) -> tuple[Number, ...]:
    """The seeds of that shape with, or without, an onset by Prechelt's GL: the two rules measure
    a climb against different things, and a reader must be told where they part."""
    return tuple(
        each.seed
        for run, each in zip(study.lstm, by_seed, strict=True)
        if each.shape is shape and (onset_of(run).value is not None) is onset
    )
