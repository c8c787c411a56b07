"""Whether the probabilities that the LSTM gives are those with which it is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from report.findings.answers import (
    BINS,
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
from report.ledger.quantities import BRIER, CALIBRATION, COUNT
from report.study.answers import middles
from report.study.study import AnyRun, Need, Study

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


@dataclass(frozen=True)
class Thresholds:
    tolerance: Number
    bins: Number


@dataclass(frozen=True)
class Calibrated:
    """Of one model: the calibration error, what sampling alone would give of it, how much surer than
    right it is, how much more than its share the positive class is given, and Brier's score."""

    reader: Reader
    error: Estimate
    by_chance: Number
    surplus: Estimate
    excess: Estimate
    brier: Estimate
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
        excess=excess,
        brier=estimate("Brier", BRIER),
        trust=trust_of(error, by_chance.value, surplus),
        tilt=tilt_of(excess),
    )


def measures_of(listed: Sequence[np.ndarray]) -> dict[str, tuple[float, ...]]:
    """The mean of the seeds and, but for what chance gives, its interval."""
    levels, positive = read(listed)
    samples = two_way(levels.shape[1], len(levels))

    def mean(values: np.ndarray) -> tuple[float, ...]:
        return float(values.mean()), *ends(samples.over_seeds(samples.means(values)))

    error = float(np.mean([calibration_error(level, positive) for level in levels]))
    replicates = samples.over_seeds(calibration_samples(levels, positive, samples))
    return {
        "error": (error, *error_ends(error, replicates)),
        "por azar": (float(np.mean([error_by_chance(level) for level in levels])),),
        "confianza sobrante": mean(surplus_of(levels, positive)),
        "exceso": mean(middles(levels) - positive),
        "Brier": mean(squared_errors(levels, positive)),
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


def tilt_of(excess: Estimate) -> Tilt:
    if excess.high.value < 0:
        return Tilt.LITTLE
    return Tilt.MUCH if excess.low.value > 0 else Tilt.NOT_SHOWN
