"""Whether the probabilities that the LSTM gives are those with which it is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from report.findings.answers import (
    BINS,
    by_bin,
    calibration_error,
    calibration_samples,
    error_by_chance,
    squared_errors,
    surplus_of,
)
from report.findings.base import Code, Estimate, Finding, Row, Rule, seeds, threshold
from report.findings.intervals import measured
from report.findings.said import answers, read
from report.findings.two_way import ends, two_way
from report.ledger.ledger import Number, Quantity, derive
from report.ledger.quantities import BRIER, CALIBRATION, COUNT, SHARE
from report.study.answers import middles
from report.study.study import AnyRun, Need, Study

HALF = 0.5  # an answer is positive above it
TOLERANCE = 0.02  # of the calibration error beyond what chance alone would give: two points in a hundred


class Reader(Code):
    """Who answers, as it is named in the table."""

    LSTM = auto()
    CONTROL = auto()


class Trust(Code):
    """Beside the share of right answers."""

    CALIBRATED = auto()
    OVERCONFIDENT = auto()
    UNDERCONFIDENT = auto()
    OFF = auto()  # neither surer nor less sure on the whole
    UNCLEAR = auto()


class Tilt(Code):
    """What the positive class is given, beside its share."""

    LITTLE = auto()
    MUCH = auto()
    NOT_SHOWN = auto()


class Sure(Code):
    """Which answers it is surer of than right, demonstrably."""

    BOTH = auto()
    NEGATIVE = auto()
    POSITIVE = auto()


@dataclass(frozen=True)
class Thresholds:
    tolerance: Number
    bins: Number


@dataclass(frozen=True)
class Calibrated:
    """Of one model: the calibration error, what sampling alone would give of it, how much surer than
    right it is, among all its answers and among those of each class, how much more than its share the
    positive class is given, and Brier's score; the shares of the reviews, of all seeds together, whose
    probability is in the lowest and in the highest of the bins. None where it never gives an answer."""

    reader: Reader
    error: Estimate
    by_chance: Number
    surplus: Estimate
    surplus_negative: Estimate | None
    surplus_positive: Estimate | None
    sure: Sure | None
    excess: Estimate
    brier: Estimate
    lowest: Number
    highest: Number
    trust: Trust
    tilt: Tilt

    @property
    def is_unlike(self) -> bool:
        """Whether it is shown that it is surer than right, or less so."""
        return not self.surplus.low.value <= 0 <= self.surplus.high.value

    @property
    def is_surer(self) -> bool:
        return bool(self.surplus.value.value > 0)


@dataclass(frozen=True, kw_only=True)
class Calibration(Finding):
    """``control`` is None where there is none. The verdict is the LSTM's."""

    needs: ClassVar[tuple[Need, ...]] = ("answers",)
    rule: ClassVar[Rule] = Rule("interval of the calibration error", "guo_2017")
    thresholds: ClassVar[Thresholds] = Thresholds(
        tolerance=threshold("lstm.calibration", "tolerancia", TOLERANCE),
        bins=threshold("lstm.calibration", "intervalos", BINS, COUNT),
    )

    verdict: Trust
    lstm: Calibrated
    control: Calibrated | None

    @property
    def rows(self) -> tuple[Row, ...]:
        models = (self.lstm, self.control) if self.control else (self.lstm,)
        return tuple(
            (each.reader, each.error, each.by_chance, each.surplus, each.brier, each.trust) for each in models
        )


def find(study: Study) -> Calibration:
    lstm = calibrated(study.answers, Reader.LSTM)
    return Calibration(
        verdict=lstm.trust,
        n_seeds=seeds(study.answers),
        lstm=lstm,
        control=calibrated(study.linear, Reader.CONTROL) if study.linear else None,
    )


def calibrated(runs: Sequence[AnyRun], reader: Reader) -> Calibrated:
    found = derive("calibración", measures_of, answers(runs))

    def estimate(name: str, quantity: Quantity = CALIBRATION) -> Estimate:
        return measured(quantity, derive(name, lambda all_: all_[name], found))

    def where_given(name: str) -> Estimate | None:
        return estimate(name) if name in found.value else None

    of_negative, of_positive = map(where_given, ("sobrante: negativas", "sobrante: positivas"))

    error, surplus, excess = (
        estimate("error"),
        estimate("confianza sobrante"),
        estimate("exceso"),
    )
    by_chance = CALIBRATION(derive("error por azar", lambda all_: all_["por azar"][0], found))
    return Calibrated(
        reader=reader,
        error=error,
        by_chance=by_chance,
        surplus=surplus,
        surplus_negative=of_negative,
        surplus_positive=of_positive,
        sure=sure_of(of_negative, of_positive),
        excess=excess,
        brier=estimate("Brier", BRIER),
        lowest=SHARE(derive("parte en el tramo más bajo", lambda all_: all_["tramos"][0], found)),
        highest=SHARE(derive("parte en el tramo más alto", lambda all_: all_["tramos"][-1], found)),
        trust=trust_of(error, by_chance.value, surplus),
        tilt=tilt_of(excess),
    )


def measures_of(listed: Sequence[np.ndarray]) -> dict[str, tuple[float, ...]]:
    """The mean of the seeds and, but for what chance gives, its interval."""
    levels, positive = read(listed)
    samples = two_way(levels.shape[1], len(levels))

    def mean(values: np.ndarray) -> tuple[float, ...]:
        return float(values.mean()), *ends(samples.over_seeds(samples.means(values)))

    def among(values: np.ndarray, given: np.ndarray) -> tuple[float, ...]:
        """The mean of the seeds, each over the reviews of which it gives that answer."""
        own = np.stack(
            [samples.means(row[None], each)[:, 0] for row, each in zip(values, given, strict=True)]
        )
        each = [row[mask].mean() for row, mask in zip(values, given, strict=True)]
        return float(np.mean(each)), *ends(samples.over_seeds(own.T))

    surplus, answered = surplus_of(levels, positive), middles(levels) > HALF
    by_answer = {
        name: among(surplus, given)
        for name, given in (
            ("sobrante: negativas", ~answered),
            ("sobrante: positivas", answered),
        )
        if given.any(axis=1).all()
    }
    error = float(np.mean([calibration_error(level, positive) for level in levels]))
    replicates = samples.over_seeds(calibration_samples(levels, positive, samples))
    return {
        "error": (error, *error_ends(error, replicates)),
        "por azar": (float(np.mean([error_by_chance(level) for level in levels])),),
        "confianza sobrante": mean(surplus),
        **by_answer,
        "exceso": mean(middles(levels) - positive),
        "Brier": mean(squared_errors(levels, positive)),
        "tramos": tuple((by_bin(levels.ravel(), np.ones(levels.size)) / levels.size).tolist()),
    }


def error_ends(error: float, replicates: np.ndarray) -> tuple[float, float]:
    """Each sample adds its own noise to a mean of distances: all are moved back by as much as theirs
    passes the ``error``, which is never less than 0."""
    low, high = ends(replicates - replicates.mean() + error)
    return max(low, 0.0), high


def trust_of(error: Estimate, by_chance: float, surplus: Estimate) -> Trust:
    """First whether the error passes the tolerance, then to which side."""
    if error.high.value - by_chance <= TOLERANCE:
        return Trust.CALIBRATED
    if error.low.value - by_chance <= TOLERANCE:
        return Trust.UNCLEAR
    if surplus.low.value > 0:
        return Trust.OVERCONFIDENT
    return Trust.UNDERCONFIDENT if surplus.high.value < 0 else Trust.OFF


def sure_of(negative: Estimate | None, positive: Estimate | None) -> Sure | None:
    """By the interval of each; None where neither shows it."""
    of_negative, of_positive = (each is not None and each.low.value > 0 for each in (negative, positive))
    if of_negative and of_positive:
        return Sure.BOTH
    if of_negative:
        return Sure.NEGATIVE
    return Sure.POSITIVE if of_positive else None


def tilt_of(excess: Estimate) -> Tilt:
    if excess.high.value < 0:
        return Tilt.LITTLE
    return Tilt.MUCH if excess.low.value > 0 else Tilt.NOT_SHOWN
