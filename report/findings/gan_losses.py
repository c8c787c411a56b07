"""Where the two losses settled, relative to what a discriminator that cannot tell gives."""

import math
from enum import StrEnum

import numpy as np

from experiments.records import Run
from report import statistics
from report.findings.base import Finding, Rule, seeds, summarize, threshold
from report.numbers import Leaf, Number, derive
from report.quantities import GAN_LOSS, ITERATION, MARGIN, PROBABILITY, SEED, SHARE_WHOLE
from report.results import Study, at

# Goodfellow et al. (2014): with D = 1/2 everywhere. The discriminator's loss is the sum of its
# halves, the generator's is the non-saturating one.
DISCRIMINATOR_EQUILIBRIUM = 2 * math.log(2)
GENERATOR_EQUILIBRIUM = math.log(2)

# Conventions of this report, on the last third of the iterations.
TAIL = 1 / 3
TOLERANCE = 0.15  # of 2 ln 2
COLLAPSE = 0.10  # of 2 ln 2: the discriminator hardly errs and the generator learns nothing more
OSCILLATION = 0.10  # sd of block means, of 2 ln 2
BLOCK = 50  # iterations, so that the noise of single batches is not taken for oscillation


class Balance(StrEnum):
    EQUILIBRIUM = "equilibrio"
    DISCRIMINATOR = "domina D"
    GENERATOR = "domina G"
    COLLAPSE = "colapso"
    OSCILLATION = "oscila"
    MIXED = "distinto según la semilla"


def tail(curve: np.ndarray) -> np.ndarray:
    """The last third, at least one iteration."""
    return curve[-max(1, round(len(curve) * TAIL)) :]


def tail_mean(curve: np.ndarray) -> float:
    return float(np.mean(tail(curve), dtype=np.float64))


def level(curve: np.ndarray) -> float:
    """Mean over the tail as a fraction of 2 ln 2."""
    return tail_mean(curve) / DISCRIMINATOR_EQUILIBRIUM


def swing(curve: np.ndarray) -> float:
    """Standard deviation of the tail's block means as a fraction of 2 ln 2; 0 with one block."""
    blocks = statistics.block_means(tail(curve), BLOCK)
    return float(np.std(blocks, ddof=1) / DISCRIMINATOR_EQUILIBRIUM) if len(blocks) > 1 else 0.0


def oscillates(curve: np.ndarray) -> bool:
    """Whether the tail swings, and not only in one direction."""
    blocks = statistics.block_means(tail(curve), BLOCK)
    return swing(curve) > OSCILLATION and statistics.sign_changes(list(blocks)) > 0


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


def find(study: Study) -> Finding:
    rows = tuple(row(run) for run in study.gan)
    balances = {row["balance"] for row in rows}
    groups = {
        balance: tuple(row for row in rows if row["balance"] == balance)
        for balance in dict.fromkeys(row["balance"] for row in rows)
    }

    def over_seeds(name: str) -> list[Leaf]:
        return [derive("media del último tercio", tail_mean, at(run, f"arrays.{name}")) for run in study.gan]

    values = {
        "discriminator": summarize(GAN_LOSS, over_seeds("discriminator_loss")),
        "generator": summarize(GAN_LOSS, over_seeds("generator_loss")),
        "d_real": summarize(PROBABILITY, over_seeds("d_real")),
        "d_fake": summarize(PROBABILITY, over_seeds("d_fake")),
        "accuracy_real": summarize(PROBABILITY, over_seeds("accuracy_real")),
        "accuracy_fake": summarize(PROBABILITY, over_seeds("accuracy_fake")),
        "rows": rows,
        "groups": groups,
        "iterations": ITERATION(at(study.gan[0], "config.iterations")),
        "tail_from": ITERATION(
            derive("inicio del último tercio", tail_start, at(study.gan[0], "config.iterations"))
        ),
    }
    name = "gan.losses"
    rule = Rule(
        "nivel de la pérdida del discriminador",
        "goodfellow_2014",
        {
            "discriminator": threshold(name, "2 ln 2", DISCRIMINATOR_EQUILIBRIUM, GAN_LOSS),
            "generator": threshold(name, "ln 2", GENERATOR_EQUILIBRIUM, GAN_LOSS),
            "tolerance": threshold(name, "tolerancia", TOLERANCE, SHARE_WHOLE),
            "collapse": threshold(name, "colapso", COLLAPSE, SHARE_WHOLE),
            "oscillation": threshold(name, "oscilación", OSCILLATION, SHARE_WHOLE),
            "block": threshold(name, "bloque", BLOCK, ITERATION),
        },
    )
    verdict = balances.pop() if len(balances) == 1 else Balance.MIXED
    return Finding(
        name, verdict, values, rule, seeds(study.gan), margin(study), headlines=("discriminator", "generator")
    )


def row(run: Run) -> dict:
    curve = at(run, "arrays.discriminator_loss")
    return {
        "seed": SEED(at(run, "seed")),
        "balance": classify(curve.value),
        "level": SHARE_WHOLE(derive("nivel relativo a 2 ln 2", level, curve)),
    }


def tail_start(iterations: int) -> int:
    return iterations - max(1, round(iterations * TAIL)) + 1


def margin(study: Study) -> Number:
    """Of the seed nearest to another verdict, the distance of its level to the nearest bound."""
    bounds = (COLLAPSE, 1 - TOLERANCE, 1 + TOLERANCE)

    def distance(curve: np.ndarray) -> float:
        if oscillates(curve):
            return swing(curve) - OSCILLATION
        return min(abs(level(curve) - bound) for bound in bounds)

    leaves = [
        derive("distancia al límite más próximo", distance, at(run, "arrays.discriminator_loss"))
        for run in study.gan
    ]
    return MARGIN(min(leaves, key=lambda leaf: leaf.value))
