"""In which class the distance to the control lies, and what of that is that both lean to other sides: how
far apart they are where each has the threshold that makes its errors alike on the validation part."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import Any, ClassVar

import numpy as np

from experiments.kinds.linear import CONTROL
from experiments.records.base import Run
from report.findings.base import CONVENTION, Code, Estimate, Finding, Row, Rule, seeds
from report.findings.hits import LSTM, hits_and_total
from report.findings.intervals import resampled
from report.findings.lstm.balanced_threshold import balanced_level
from report.findings.lstm.confusion import Bias
from report.findings.lstm.learned import Learned
from report.findings.lstm.linear import model_path
from report.findings.lstm.threshold import answer, errors_at
from report.findings.lstm.truncation_cost import others
from report.findings.paired import hits, points
from report.findings.said import control_right, lstm_right
from report.findings.two_way import ends, two_way
from report.ledger.ledger import Leaf, derive, gather
from report.ledger.quantities import POINTS, SHARE
from report.study.answers import bits
from report.study.study import GroupName, Study, at

LEANING = {Bias.NEGATIVE, Bias.POSITIVE}


class Where(Code):
    """In which class the control is further ahead, if it is ahead at all."""

    NO_DISTANCE = auto()
    NEGATIVE = auto()
    POSITIVE = auto()
    NOT_SHOWN = auto()


class Thresholds(Code):
    """The lines of the table."""

    USUAL = auto()
    BALANCED = auto()


@dataclass(frozen=True)
class Distance:
    """How many points more the control is right, on all reviews and on those of each class, and ``share``,
    the part of the distance that lies in the class where it is larger; None where it does not add up from
    both."""

    points: Estimate
    negative: Estimate
    positive: Estimate
    share: Estimate | None


@dataclass(frozen=True, kw_only=True)
class DeficitByClass(Finding):
    """``usual`` with the threshold of one half; ``balanced`` where each seed of both models has the one that
    makes the shares of both classes that are wrong differ least on validation, None where that is not known
    of the control. ``opposite``: whether the models lean to other classes in all seeds; ``apart`` is how many
    points larger the distance is among positive reviews."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm", "linear")
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("paired intervals over reviews and seeds, by class", CONVENTION)

    verdict: Where
    usual: Distance
    balanced: Distance | None
    opposite: bool
    apart: Estimate

    @property
    def lessened(self) -> bool:
        """Whether less of the distance lies in that class with the thresholds that make errors alike."""
        before, after = self.usual.share, self.balanced.share if self.balanced else None
        return bool(before and after and after.value.value < before.value.value)

    @property
    def rows(self) -> tuple[Row, ...]:
        lines = ((Thresholds.USUAL, self.usual), (Thresholds.BALANCED, self.balanced))
        return tuple(
            (name, each.points, each.negative, each.positive, each.share) for name, each in lines if each
        )


def find(study: Study) -> DeficitByClass:
    n = hits_and_total(study.lstm[0])[1]
    positive = at(study.lstm[0], "arrays.positive")
    theirs, ours = control_right(study.linear), lstm_right(study.lstm)
    apart = between_classes(n, theirs, ours, positive)
    whole = points(n, theirs, ours)
    verdict = verdict_of(whole, apart)
    known = all("val_said" in run.arrays for run in study.linear)
    biases = {
        errors_at(study.lstm, LSTM).bias,
        errors_at(study.linear, f"{model_path(CONTROL)}.confusion").bias,
    }
    return DeficitByClass(
        verdict=verdict,
        n_seeds=seeds(study.lstm),
        usual=distance(n, theirs, ours, positive, verdict),
        balanced=distance(n, balanced(study.linear), balanced(study.lstm), positive, verdict)
        if known
        else None,
        opposite=biases == LEANING,
        apart=apart,
    )


def verdict_of(whole: Estimate, apart: Estimate) -> Where:
    """Shown where the interval lies on one side of 0."""
    if whole.low.value <= 0:
        return Where.NO_DISTANCE
    if apart.low.value > 0:
        return Where.POSITIVE
    return Where.NEGATIVE if apart.high.value < 0 else Where.NOT_SHOWN


def balanced(runs: Sequence[Run]) -> list[Leaf]:
    """uint8[n / 8] of each seed: which test reviews are answered well with its own threshold."""
    return [answer(run, balanced_level(run))[0] for run in runs]


def distance(
    n: Leaf, theirs: Sequence[Leaf], ours: Sequence[Leaf], positive: Leaf, verdict: Where
) -> Distance:
    negative = derive("las demás", others, positive, n)
    whole, of_negative, of_positive = (points(n, theirs, ours, among) for among in (None, negative, positive))
    larger = {Where.NEGATIVE: negative, Where.POSITIVE: positive}.get(verdict)
    adds_up = min(whole.low.value, of_negative.value.value, of_positive.value.value) > 0
    return Distance(
        points=whole,
        negative=of_negative,
        positive=of_positive,
        share=share_of(n, theirs, ours, larger) if larger and adds_up else None,
    )


def apart_of(n: int, theirs: Sequence[np.ndarray], ours: Sequence[np.ndarray]) -> np.ndarray:
    """float64[S, n]: 100 where the control alone is right, -100 where the LSTM alone is."""
    return 100 * (hits(theirs, n) - hits(ours, n))


def share_of(n: Leaf, theirs: Sequence[Leaf], ours: Sequence[Leaf], among: Leaf) -> Estimate:
    """Of the whole distance."""

    def value(n: int, theirs: Any, ours: Any, mask: np.ndarray) -> float:
        each = apart_of(n, theirs, ours)
        return float(each[:, bits(mask, n)].sum() / each.sum())

    def of_samples(n: int, theirs: Any, ours: Any, mask: np.ndarray) -> tuple[float, float]:
        each = apart_of(n, theirs, ours)
        samples = two_way(n, len(each))
        part, whole = (samples.over_seeds(samples.sums(rows)) for rows in (each * bits(mask, n), each))
        return ends(np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0))

    leaves = (n, gather(theirs), gather(ours), among)
    return resampled(SHARE, derive("parte de la distancia", value, *leaves), of_samples, *leaves)


def between_classes(n: Leaf, theirs: Sequence[Leaf], ours: Sequence[Leaf], positive: Leaf) -> Estimate:
    """How much larger the distance is among positive reviews than among negative ones."""

    def value(n: int, theirs: Any, ours: Any, mask: np.ndarray) -> float:
        each, inside = apart_of(n, theirs, ours), bits(mask, n)
        return float(each[:, inside].mean() - each[:, ~inside].mean())

    def of_samples(n: int, theirs: Any, ours: Any, mask: np.ndarray) -> tuple[float, float]:
        each, inside = apart_of(n, theirs, ours), bits(mask, n)
        samples = two_way(n, len(each))
        first, second = (samples.over_seeds(samples.means(each, among)) for among in (inside, ~inside))
        return ends(first - second)

    leaves = (n, gather(theirs), gather(ours), positive)
    return resampled(POINTS, derive("diferencia entre clases", value, *leaves), of_samples, *leaves)
