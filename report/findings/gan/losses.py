"""Where the two losses settled, relative to what a discriminator that cannot tell gives."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.records.base import Run
from report.findings import measures
from report.findings.base import (
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
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import GAN_LOSS, ITERATION, MARGIN, PROBABILITY, SHARE_WHOLE
from report.study.study import GroupName, Study, at

# Goodfellow et al. (2014): with D = 1/2 everywhere. The discriminator's loss is the sum of its
# halves, the generator's is the non-saturating one.
OUTPUT_EQUILIBRIUM = 0.5
DISCRIMINATOR_EQUILIBRIUM = 2 * math.log(2)
GENERATOR_EQUILIBRIUM = math.log(2)

# Conventions of this report, on the last third of the iterations.
TAIL = 1 / 3
TOLERANCE = 0.15  # of 2 ln 2
COLLAPSE = 0.10  # of 2 ln 2: the discriminator hardly errs and the generator learns nothing more
OSCILLATION = 0.10  # sd of block means, of 2 ln 2
BLOCK = 50  # iterations, so that the noise of single batches is not taken for oscillation


class Balance(Code):
    EQUILIBRIUM = auto()
    DISCRIMINATOR = auto()
    GENERATOR = auto()
    COLLAPSE = auto()
    OSCILLATION = auto()
    MIXED = auto()


@dataclass(frozen=True)
class Thresholds:
    """``output`` is of the discriminator; ``tolerance`` to ``oscillation`` are of ``discriminator``."""

    discriminator: Number
    generator: Number
    output: Number
    tolerance: Number
    collapse: Number
    oscillation: Number
    block: Number


@dataclass(frozen=True)
class Ending:
    """Of one seed; ``level`` is that of the discriminator's loss, of what it is at equilibrium."""

    seed: Number
    balance: Balance
    level: Number


@dataclass(frozen=True, kw_only=True)
class Losses(Finding):
    """Means over the last third, which begins at the iteration ``tail_from``: losses in nats, mean
    outputs of the discriminator and the shares that it tells rightly."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan",)
    rule: ClassVar = Rule("level_of_discriminator_loss", "goodfellow_2014")
    thresholds: ClassVar[Thresholds] = Thresholds(
        discriminator=threshold("gan.losses", "2 ln 2", DISCRIMINATOR_EQUILIBRIUM, GAN_LOSS),
        generator=threshold("gan.losses", "ln 2", GENERATOR_EQUILIBRIUM, GAN_LOSS),
        output=threshold("gan.losses", "salida", OUTPUT_EQUILIBRIUM),
        tolerance=threshold("gan.losses", "tolerancia", TOLERANCE, SHARE_WHOLE),
        collapse=threshold("gan.losses", "colapso", COLLAPSE, SHARE_WHOLE),
        oscillation=threshold("gan.losses", "oscilación", OSCILLATION, SHARE_WHOLE),
        block=threshold("gan.losses", "bloque", BLOCK, ITERATION),
    )
    headlines: ClassVar = ("discriminator", "generator")

    verdict: Balance
    discriminator: Summary
    generator: Summary
    d_real: Summary
    d_fake: Summary
    accuracy_real: Summary
    accuracy_fake: Summary
    endings: tuple[Ending, ...]
    iterations: Number
    tail_from: Number

    @property
    def groups(self) -> dict[Balance, tuple[Ending, ...]]:
        """The seeds that end alike, in the order of the first of each."""
        return grouped(self.endings, lambda ending: ending.balance)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Of each seed: its number, both losses, both outputs and both accuracies."""
        columns = (
            *(self.discriminator, self.generator, self.d_real, self.d_fake),
            *(self.accuracy_real, self.accuracy_fake),
        )
        return tuple(
            (ending.seed, *each)
            for ending, *each in zip(self.endings, *(column.each for column in columns), strict=True)
        )


def tail(curve: np.ndarray) -> np.ndarray:
    """The last third, at least one iteration."""
    return curve[-max(1, round(len(curve) * TAIL)) :]


def tail_mean(curve: np.ndarray) -> float:
    return float(np.mean(tail(curve), dtype=np.float64))


def tail_start(iterations: int) -> int:
    """The iteration, from 1, at which it begins."""
    return iterations - max(1, round(iterations * TAIL)) + 1


def level(curve: np.ndarray) -> float:
    """Mean over the tail as a fraction of 2 ln 2."""
    return tail_mean(curve) / DISCRIMINATOR_EQUILIBRIUM


def swing(curve: np.ndarray) -> float:
    """Standard deviation of the tail's block means as a fraction of 2 ln 2; 0 with one block."""
    blocks = measures.block_means(tail(curve), BLOCK)
    return float(np.std(blocks, ddof=1) / DISCRIMINATOR_EQUILIBRIUM) if len(blocks) > 1 else 0.0


def oscillates(curve: np.ndarray) -> bool:
    """Whether the tail swings, and not only in one direction."""
    blocks = measures.block_means(tail(curve), BLOCK)
    return swing(curve) > OSCILLATION and measures.sign_changes(list(blocks)) > 0


def classify(curve: np.ndarray) -> Balance:
    """The verdict on one seed's discriminator loss, float32[t]."""
    height = level(curve)
    if height < COLLAPSE:
        return Balance.COLLAPSE
    if oscillates(curve):
        return Balance.OSCILLATION
    if abs(height - 1) <= TOLERANCE:
        return Balance.EQUILIBRIUM
    return Balance.DISCRIMINATOR if height < 1 else Balance.GENERATOR


def find(study: Study) -> Losses:
    endings = tuple(ending(run) for run in study.gan)

    def over_seeds(name: str) -> list[Leaf]:
        return [derive("media del último tercio", tail_mean, at(run, f"arrays.{name}")) for run in study.gan]

    iterations = at(study.gan[0], "config.iterations")
    return Losses(
        verdict=shared((ending.balance for ending in endings), Balance.MIXED),
        n_seeds=seeds(study.gan),
        margin=margin(study.gan),
        discriminator=summarize(GAN_LOSS, over_seeds("discriminator_loss")),
        generator=summarize(GAN_LOSS, over_seeds("generator_loss")),
        d_real=summarize(PROBABILITY, over_seeds("d_real")),
        d_fake=summarize(PROBABILITY, over_seeds("d_fake")),
        accuracy_real=summarize(PROBABILITY, over_seeds("accuracy_real")),
        accuracy_fake=summarize(PROBABILITY, over_seeds("accuracy_fake")),
        endings=endings,
        iterations=ITERATION(iterations),
        tail_from=ITERATION(derive("inicio del último tercio", tail_start, iterations)),
    )


def ending(run: Run) -> Ending:
    curve = at(run, "arrays.discriminator_loss")
    height = SHARE_WHOLE(derive("nivel relativo a 2 ln 2", level, curve))
    return Ending(seed(run), classify(curve.value), height)


def margin(runs: Sequence[Run]) -> Number:
    """Of the seed nearest to another verdict, the distance of its level to the nearest bound."""
    bounds = (COLLAPSE, 1 - TOLERANCE, 1 + TOLERANCE)

    def distance(curve: np.ndarray) -> float:
        if oscillates(curve):
            return swing(curve) - OSCILLATION
        return min(abs(level(curve) - bound) for bound in bounds)

    leaves = [
        derive("distancia al límite más próximo", distance, at(run, "arrays.discriminator_loss"))
        for run in runs
    ]
    return MARGIN(min(leaves, key=lambda leaf: leaf.value))
