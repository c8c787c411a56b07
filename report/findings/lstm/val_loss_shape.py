"""The shape of the validation loss: does it fall, settle, climb or oscillate?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.base import Run
from report.findings import measures
from report.findings.base import (
    CONVENTION,
    Code,
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
from report.findings.lstm.onset import onset_of
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import COUNT, EPOCH, MARGIN
from report.study.study import GroupName, Study, at

NOISE = 2.0  # standard errors of the mean validation loss that a step must exceed to be real


class Shape(Code):
    FALLS = auto()
    STABLE = auto()
    CLIMBS = auto()
    OSCILLATES = auto()
    UNKNOWN = auto()
    MIXED = auto()


@dataclass(frozen=True)
class Thresholds:
    noise: Number


@dataclass(frozen=True)
class SeedShape:
    """Of one seed: its steps, those that rise, those that really do, how often it turns, and the
    epoch of its minimum."""

    seed: Number
    steps: Number
    rises: Number
    real_rises: Number
    sign_changes: Number
    minimum: Number
    shape: Shape


@dataclass(frozen=True, kw_only=True)
class ValLossShape(Finding):
    """``climb`` is how far above its minimum the loss of each seed ends, in standard errors of its
    last value; None where a seed has a single epoch. ``margin`` is that of the seed nearest to the
    bound between climbing and not, with its sign, and ``distance`` without it. The seeds where this
    rule and Prechelt's part: those that settle though they have an onset, and those that climb
    without one."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    rule: ClassVar[Rule] = Rule("changes larger than the error of the loss", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(noise=threshold("lstm.val_loss_shape", "errores", NOISE))

    verdict: Shape
    by_seed: tuple[SeedShape, ...]
    distance: Number | None
    settled_with_onset: tuple[Number, ...]
    climbed_without_onset: tuple[Number, ...]
    climb: Summary | None

    @property
    def groups(self) -> dict[Shape, tuple[SeedShape, ...]]:
        return grouped(self.by_seed, lambda each: each.shape)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            (each.seed, each.steps, each.rises, each.real_rises, each.sign_changes, each.minimum)
            for each in self.by_seed
        )


def classify(losses: Sequence[float], errors: Sequence[float]) -> Shape:
    """The verdict on one seed.

    A change, in one step or in several, is real when it exceeds ``NOISE`` standard errors of
    the loss it leads to. The loss oscillates only if a real fall follows a real rise; it climbs
    if it ends really above its minimum without having oscillated.
    """
    if len(losses) < 2:
        return Shape.UNKNOWN
    if oscillates(losses, [NOISE * error for error in errors]):
        return Shape.OSCILLATES
    if losses[-1] - min(losses) > NOISE * errors[-1]:
        return Shape.CLIMBS
    return Shape.FALLS if all(step < 0 for step in measures.increments(losses)) else Shape.STABLE


def oscillates(losses: Sequence[float], noise: Sequence[float]) -> bool:
    """Whether the loss really rises above its lowest value so far and then really falls below
    the highest since."""
    lowest, highest = losses[0], None
    for loss, bound in zip(losses, noise, strict=True):
        if highest is None:
            lowest = min(lowest, loss)
            highest = loss if loss - lowest > bound else None
        elif highest - loss > bound:
            return True
        else:
            highest = max(highest, loss)
    return False


def climb_start(losses: Sequence[float]) -> int:
    """The epoch, from 1, of the minimum, after which the loss climbs."""
    return min(range(len(losses)), key=lambda index: losses[index]) + 1


def find(study: Study) -> ValLossShape:
    """Rises and shape of each seed; one verdict if they agree."""
    by_seed = tuple(shape_of(run) for run in study.lstm)
    climbs = [leaf for run in study.lstm if (leaf := climb(run)) is not None]
    margin = nearest_flip(climbs)
    return ValLossShape(
        verdict=shared((each.shape for each in by_seed), Shape.MIXED),
        n_seeds=seeds(study.lstm),
        margin=margin,
        by_seed=by_seed,
        distance=MARGIN(derive("valor absoluto", abs, margin.leaf)) if margin else None,
        settled_with_onset=seeds_where(study, by_seed, Shape.STABLE, onset=True),
        climbed_without_onset=seeds_where(study, by_seed, Shape.CLIMBS, onset=False),
        climb=summarize(MARGIN, climbs) if len(climbs) == len(study.lstm) else None,
    )


def shape_of(run: Run) -> SeedShape:
    losses, errors = at(run, "epochs[*].val_loss"), at(run, "epochs[*].val_loss_se")
    return SeedShape(
        seed=seed(run),
        steps=COUNT(derive("cambios", lambda values: len(values) - 1, losses)),
        rises=COUNT(derive("subidas", measures.rises, losses)),
        real_rises=COUNT(
            derive("subidas reales", lambda v, e: measures.real_rises(v, e, NOISE), losses, errors)
        ),
        sign_changes=COUNT(derive("cambios de signo", measures.sign_changes, losses)),
        minimum=EPOCH(derive("época del mínimo", climb_start, losses)),
        shape=classify(losses.value, errors.value),
    )


def seeds_where(study: Study, by_seed: Sequence[SeedShape], shape: Shape, onset: bool) -> tuple[Number, ...]:
    """The seeds of that shape with, or without, an onset by Prechelt's GL: the two rules measure
    a climb against different things, and a reader must be told where they part."""
    return tuple(
        each.seed
        for run, each in zip(study.lstm, by_seed, strict=True)
        if each.shape is shape and (onset_of(run).value is not None) is onset
    )


def climb(run: Run) -> Leaf | None:
    """How far above its minimum the loss of one seed ends, in standard errors of its last
    value; None with a single epoch."""
    losses, errors = at(run, "epochs[*].val_loss"), at(run, "epochs[*].val_loss_se")
    return derive("subida desde el mínimo", in_errors, losses, errors) if len(losses.value) > 1 else None


def in_errors(losses: Sequence[float], errors: Sequence[float]) -> float:
    """0 where the error is 0, as when all examples have the same loss."""
    return (losses[-1] - min(losses)) / errors[-1] if errors[-1] else 0.0


def nearest_flip(climbs: Sequence[Leaf]) -> Number | None:
    """Of the seed nearest to the bound between climbing and not, its signed distance to it in
    standard errors; None where no seed has two epochs."""
    if not climbs:
        return None
    nearest = min(climbs, key=lambda leaf: abs(leaf.value - NOISE))
    return MARGIN(derive("distancia al límite", lambda errors: errors - NOISE, nearest))
