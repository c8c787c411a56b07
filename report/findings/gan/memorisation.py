"""Whether the generator copies the digits that it was shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records import Memorisation as Measured
from report.findings.base import Code, Finding, Rule, Summary, seeds, summarize, threshold
from report.findings.measures import SIGNIFICANCE
from report.findings.readability import readability_record
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import COUNT, DISTANCE, P_VALUE, RATE
from report.study.study import GroupName, Study, at

CHANCE = 0.5  # neither generated nor real images are nearer


class Nearness(Code):
    """Of the generated images beside real ones that were not trained on."""

    NEARER = auto()
    NOT_NEARER = auto()
    MIXED = auto()


@dataclass(frozen=True)
class Thresholds:
    """``chance`` is the probability of being nearer of images that are not."""

    significance: Number
    chance: Number


@dataclass(frozen=True, kw_only=True)
class Memorisation(Finding):
    """Distances of ``n`` generated images and of as many ``real`` ones to the nearest of training,
    medians; ``auc`` is the probability that a generated one is nearer, ``worst_p`` the largest of
    its p; ``farther`` whether they are farther away, beyond chance in every seed. Of each seed the
    ``shown`` nearest pairs are kept."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan", "readability")
    rule: ClassVar = Rule("distance_to_nearest_training_image", "mann_whitney_1947")
    thresholds: ClassVar[Thresholds] = Thresholds(
        significance=threshold("gan.memorisation", "significación", SIGNIFICANCE),
        chance=threshold("gan.memorisation", "azar", CHANCE, RATE),
    )

    verdict: Nearness
    generated: Summary
    real: Summary
    auc: Summary
    p: tuple[Number, ...]
    worst_p: Number
    farther: bool
    n: Number
    shown: Number


def find(study: Study) -> Memorisation:
    """Nearer than real test digits are, in every seed and beyond chance: a sign of copying."""
    measured = [readability_record(run).memorisation for run in study.readability]

    def over_seeds(name: str) -> list[Leaf]:
        return [at(run, f"memorisation.{name}") for run in study.readability]

    p = over_seeds("p")
    return Memorisation(
        verdict=judge(measured),
        n_seeds=seeds(study.gan),
        margin=margin(over_seeds("auc")),
        generated=summarize(DISTANCE, over_seeds("median_generated")),
        real=summarize(DISTANCE, over_seeds("median_real")),
        auc=summarize(RATE, over_seeds("auc")),
        p=tuple(P_VALUE(leaf) for leaf in p),
        worst_p=P_VALUE(max(p, key=lambda leaf: leaf.value)),
        farther=all(each.auc < CHANCE and each.p < SIGNIFICANCE for each in measured),
        n=COUNT(at(study.readability[0], "memorisation.n")),
        shown=COUNT(at(study.readability[0], "config.shown")),
    )


def judge(measured: Sequence[Measured]) -> Nearness:
    nearer = [each.auc > CHANCE and each.p < SIGNIFICANCE for each in measured]
    if all(nearer):
        return Nearness.NEARER
    return Nearness.MIXED if any(nearer) else Nearness.NOT_NEARER


def margin(probabilities: Sequence[Leaf]) -> Number:
    """Of the seed nearest to chance, its distance to it."""
    nearest = min(probabilities, key=lambda leaf: abs(leaf.value - CHANCE))
    return RATE(derive("distancia al azar", lambda auc: abs(auc - CHANCE), nearest))
