"""How the competition of a GAN's two networks ends: by how often the discriminator is right in the last
third of the iterations.

Where it cannot tell the images apart it is right half of the time. How far it is from there decides, since
that means the same for every loss of which the sign of its answer is a decision; a loss near its value at
equilibrium is asked for beside it where that value is known (Goodfellow et al., 2014).
"""

import math
from dataclasses import dataclass
from enum import auto

import numpy as np

from report.findings import measures
from report.findings.base import Code
from report.findings.batches import Interval, batch_means, slope_interval, swing, tail, tail_mean
from report.findings.readability import FEW

HALF = 0.5
DISCRIMINATOR_EQUILIBRIUM = 2 * math.log(2)
GENERATOR_EQUILIBRIUM = math.log(2)
HINGE_EQUILIBRIUM = 2.0

# Conventions of this report: how far from one half the discriminator's accuracy is. Right 55 % of the
# time it has eleven hits for nine errors; 70 %, more than two hits for an error; 90 %, nine; 98 %,
# forty-nine, and hardly an image of the generator passes for a real one. A discriminator that gave each
# image the probability with which it is right would have 99, 88, 47 and 14 % of the loss 2 ln 2.
SLIGHT, CLEAR, DOMINATES, COLLAPSE = 0.05, 0.20, 0.40, 0.48
SWING = 0.05  # standard deviation of the accuracy's batches: as much as parts equilibrium from advantage
LOSS_TOLERANCE = 0.15  # of 2 ln 2: a loss as far on the other side than the accuracy contradicts it
LOSS_COLLAPSE = 0.10  # of 2 ln 2, where only a loss is known
ALIKE = 0.10  # of the variance of real images from one to another


class Balance(Code):
    """``ALIKE`` and ``FEW_CLASSES`` are collapses of the generator, ``COLLAPSE`` one of the training.
    ``DISAGREE``: the loss contradicts the accuracy. A Wasserstein critic has no accuracy: what it
    estimates is a distance. ``LOSS_*``: nobody counted how often it is right, and all that is known is its
    loss, beside that at equilibrium."""

    EQUILIBRIUM = auto()
    SLIGHT_DISCRIMINATOR = auto()
    CLEAR_DISCRIMINATOR = auto()
    DISCRIMINATOR = auto()
    COLLAPSE = auto()
    SLIGHT_GENERATOR = auto()
    CLEAR_GENERATOR = auto()
    GENERATOR = auto()
    OSCILLATION = auto()
    DISAGREE = auto()
    ALIKE = auto()
    FEW_CLASSES = auto()
    TOO_SHORT = auto()
    DISTANCE_FALLS = auto()
    DISTANCE_RISES = auto()
    DISTANCE_UNCLEAR = auto()
    LOSS_NEAR = auto()
    LOSS_BELOW = auto()
    LOSS_ABOVE = auto()
    MIXED = auto()


DEGREES = (
    (COLLAPSE, Balance.COLLAPSE, Balance.GENERATOR),
    (DOMINATES, Balance.DISCRIMINATOR, Balance.GENERATOR),
    (CLEAR, Balance.CLEAR_DISCRIMINATOR, Balance.CLEAR_GENERATOR),
    (SLIGHT, Balance.SLIGHT_DISCRIMINATOR, Balance.SLIGHT_GENERATOR),
)
# What an accuracy says, and where one becomes another.
TOLD = frozenset({Balance.EQUILIBRIUM, *(code for _, *codes in DEGREES for code in codes)})
BOUNDS = tuple(
    sorted(
        {HALF + distance for distance, *_ in DEGREES}
        | {HALF - distance for distance, *_ in DEGREES if distance < COLLAPSE}
    )
)


def degree(accuracy: float) -> Balance:
    """Of an accuracy in [0, 1]."""
    ahead = accuracy - HALF
    for distance, of_discriminator, of_generator in DEGREES:
        if round(abs(ahead), 9) >= distance:  # 0.55 - 0.5 is a little more than 0.05
            return of_discriminator if ahead > 0 else of_generator
    return Balance.EQUILIBRIUM


def accuracy_curve(real: np.ndarray, fake: np.ndarray) -> np.ndarray:
    """float64[t], the share of all images that the discriminator tells rightly: each batch has as many
    real as generated ones."""
    mean: np.ndarray = (real.astype(np.float64) + fake.astype(np.float64)) / 2
    return mean


@dataclass(frozen=True)
class Ends:
    """Of one seed, the accuracy over the last third: its mean, the interval of that, the means of its
    batches."""

    mean: float
    interval: Interval
    batches: tuple[float, ...]

    @property
    def degree(self) -> Balance:
        return degree(self.mean)

    @property
    def reached(self) -> tuple[Balance, ...]:
        """The other degrees that its interval touches."""
        within = [bound for bound in BOUNDS if self.interval[0] < bound <= self.interval[1]]
        found = {degree(place): None for place in (self.interval[0], *within, self.interval[1])}
        return tuple(code for code in found if code is not self.degree)

    @property
    def steady(self) -> bool:
        """Whether no batch lies in another degree."""
        return all(degree(mean) is self.degree for mean in self.batches)


def ends(curve: np.ndarray) -> Ends | None:
    """Of an accuracy float[t]; None where the last third is too short."""
    means = batch_means(tail(curve))
    if means is None:
        return None
    interval = measures.t_interval(means.tolist())
    assert interval is not None
    return Ends(tail_mean(curve), interval, tuple(means.tolist()))


def of_accuracy(found: Ends | None, loss_level: float | None) -> Balance:
    """``loss_level`` is the discriminator's loss as a fraction of its value at equilibrium; None where
    no such value tells anything."""
    if found is None:
        return Balance.TOO_SHORT
    if swing(found.batches) > SWING:
        return Balance.OSCILLATION
    if loss_level is not None and contradicts(loss_level, found.degree):
        return Balance.DISAGREE
    return found.degree


def contradicts(loss_level: float, said: Balance) -> bool:
    """Whether a discriminator with this loss cannot be what its accuracy says: indifferent with a loss
    far from that of one, or ahead with a larger one."""
    below, above = loss_level < 1 - LOSS_TOLERANCE, loss_level > 1 + LOSS_TOLERANCE
    match said:
        case Balance.EQUILIBRIUM:
            return below or above
        case Balance.SLIGHT_GENERATOR | Balance.CLEAR_GENERATOR | Balance.GENERATOR:
            return below
        case _:
            return above


def of_loss(loss_level: float) -> Balance:
    """Where only the discriminator's loss is known, as a fraction of its value at equilibrium. It tells a
    collapse; of the rest, no more than where it lies: many accuracies go with one loss."""
    if loss_level < LOSS_COLLAPSE:
        return Balance.COLLAPSE
    if abs(loss_level - 1) <= LOSS_TOLERANCE:
        return Balance.LOSS_NEAR
    return Balance.LOSS_BELOW if loss_level < 1 else Balance.LOSS_ABOVE


def of_distance(critic_loss: np.ndarray) -> tuple[Balance, tuple[float, Interval] | None]:
    """Of a Wasserstein critic, whose loss is, but for the penalty, the negative of the distance that it
    estimates (Gulrajani et al., 2017): how that changes in the last third, per iteration."""
    last = tail(critic_loss)
    means = batch_means(last)
    if means is None:
        return Balance.TOO_SHORT, None
    slope, (low, high) = slope_interval((-means).tolist(), len(last) // len(means))
    if high < 0:
        return Balance.DISTANCE_FALLS, (slope, (low, high))
    return (Balance.DISTANCE_RISES if low > 0 else Balance.DISTANCE_UNCLEAR), (slope, (low, high))


def nearest_bound(accuracy: float) -> float:
    """How far an accuracy is from another degree."""
    return min(abs(accuracy - bound) for bound in BOUNDS)


def collapse_of_generator(variance: float | None, classes: float | None) -> Balance | None:
    """``variance`` of the generated images relative to that of real ones, ``classes`` of all that are
    drawn; None of what nobody could tell."""
    if variance is not None and variance < ALIKE:
        return Balance.ALIKE
    return Balance.FEW_CLASSES if classes is not None and classes < FEW else None
