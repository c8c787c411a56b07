"""Losses of several epochs on the same reviews, told apart by the error of their paired difference."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from report.findings.measures import SIGNIFICANCE


def simultaneous_bound(epochs: int, reviews: int) -> float:
    """How many standard errors a difference must exceed to be real: Student's two-sided quantile, with
    Bonferroni's correction for every pair among ``epochs`` (Dunn, 1961), those of the settings, so
    that the bound does not depend on when the training stopped, nor on which epoch is the lowest."""
    from scipy import special

    pairs = max(1, epochs * (epochs - 1) // 2)
    return float(special.stdtrit(max(1, reviews - 1), 1 - SIGNIFICANCE / (2 * pairs)))


@dataclass(frozen=True, eq=False)
class Losses:
    """Mean losses of the same ``reviews``, two or more, after each epoch, float64[epochs]; the variances
    over the reviews of the difference between two epochs, float[epochs, epochs]; and the ``bound``
    from which a difference is real, in standard errors of it."""

    mean: np.ndarray
    variances: np.ndarray
    reviews: int
    bound: float

    @property
    def lowest(self) -> int:
        """The first epoch of the lowest loss, from 0."""
        return int(np.argmin(self.mean))

    @property
    def after(self) -> list[int]:
        """The stretch: the epochs after the lowest."""
        return list(range(self.lowest + 1, len(self.mean)))

    def without(self, epoch: int) -> "Losses":
        return Losses(
            np.delete(self.mean, epoch),
            np.delete(np.delete(self.variances, epoch, 0), epoch, 1),
            self.reviews,
            self.bound,
        )

    def above(self, epochs: Sequence[int], one: int) -> tuple[float, float]:
        """By how much the mean loss of ``epochs`` is above that of epoch ``one``, and half the width of
        its interval: ``bound`` standard errors of the paired difference.

        Since the weights of all epochs sum to 0, its variance is minus half of what they make of the
        variances of the differences.
        """
        weights = np.zeros(len(self.mean))
        weights[list(epochs)] = 1 / len(epochs)
        weights[one] -= 1
        variance = max(0.0, float(-weights @ self.variances @ weights) / 2) / self.reviews
        difference = float(np.mean(self.mean[list(epochs)]) - self.mean[one])
        return difference, self.bound * float(np.sqrt(variance))

    def surely_above(self, epochs: Sequence[int], one: int) -> float:
        """What of that difference chance does not explain, the lower end of its interval: it is real
        if this is above 0."""
        difference, half = self.above(epochs, one)
        return difference - half

    @property
    def swings(self) -> bool:
        """Whether a real fall follows a real rise, in one step or in several."""
        return bool(self.falls_back)

    @property
    def falls_back(self) -> list[int]:
        """The epochs really below one that was really above another before it."""
        errors = np.sqrt(self.variances / self.reviews)
        real = self.mean - self.mean[:, None] > self.bound * errors  # whether the column is above the row
        risen = np.triu(real).any(axis=0)
        return [int(epoch) for epoch in np.flatnonzero((np.tril(real) & risen).any(axis=1))]
