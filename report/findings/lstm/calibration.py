"""Whether the probabilities that the LSTM gives are those with which it is right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.records.base import Run
from report.findings import answers as measured
from report.findings.answers import BINS
from report.findings.base import Code, Estimate, Finding, Row, Rule, seeds, threshold
from report.findings.intervals import resampled
from report.findings.said import answers, read
from report.findings.two_way import ends, mean_ends, two_way
from report.ledger.ledger import Number, Quantity, derive
from report.ledger.quantities import BRIER, CALIBRATION, COUNT
from report.study.study import GroupName, Study

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


@dataclass(frozen=True, kw_only=True)
class Calibration(Finding):
    """``control`` is None where there is none. The verdict is the LSTM's."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
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
    lstm = calibrated(study.lstm, Reader.LSTM)
    return Calibration(
        verdict=lstm.trust,
        n_seeds=seeds(study.lstm),
        lstm=lstm,
        control=calibrated(study.linear, Reader.CONTROL) if study.linear else None,
    )


def calibrated(runs: Sequence[Run], reader: Reader) -> Calibrated:
    said = answers(runs)

    def over_seeds(name: str, measure: Callable[[np.ndarray, np.ndarray], float]) -> Number:
        def mean(listed: Sequence[np.ndarray]) -> float:
            levels, positive = read(listed)
            return float(np.mean([measure(level, positive) for level in levels]))

        return CALIBRATION(derive(name, mean, said))

    def mean_of(
        name: str, values: Callable[[np.ndarray, np.ndarray], np.ndarray], quantity: Quantity = CALIBRATION
    ) -> Estimate:
        def of_each(listed: Sequence[np.ndarray]) -> np.ndarray:
            levels, positive = read(listed)
            return np.stack([values(level, positive) for level in levels])

        value = derive(name, lambda listed: float(of_each(listed).mean()), said)
        return resampled(quantity, value, lambda listed: mean_ends(of_each(listed)), said)

    value = over_seeds("error de calibración", measured.calibration_error)
    error = resampled(CALIBRATION, value.leaf, error_ends, value.leaf, said)
    by_chance = over_seeds("error por azar", lambda level, positive: measured.error_by_chance(level))
    surplus = mean_of("confianza sobrante", measured.surplus)
    excess = mean_of("exceso de positivas", lambda level, positive: measured.middles(level) - positive)
    return Calibrated(
        reader=reader,
        error=error,
        by_chance=by_chance,
        surplus=surplus,
        excess=excess,
        brier=mean_of("Brier", measured.squared_errors, BRIER),
        trust=trust_of(error, by_chance.value, surplus),
        tilt=tilt_of(excess),
    )


def error_ends(value: float, listed: Sequence[np.ndarray]) -> tuple[float, float]:
    """Each sample adds its own noise to a mean of distances: all are moved back by as much as theirs
    passes the ``value``. An error is never less than 0."""
    levels, positive = read(listed)
    samples = two_way(levels.shape[1], len(levels))
    replicates = samples.over_seeds(measured.calibration_samples(levels, positive, samples))
    low, high = ends(replicates - replicates.mean() + value)
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
