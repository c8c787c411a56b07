"""What cutting long reviews costs a model that forgets nothing: the control, given the whole review,
beside a linear model that is given the last words, those that the LSTM sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.kinds.linear import CONTROL, LINEAR_MODELS, LinearName
from experiments.records.base import Run
from report.findings import conditions, measures
from report.findings.base import Code, Estimate, Finding, Row, Rule, Summary, seeds, summarize, threshold
from report.findings.conditions import Condition, Tested
from report.findings.hits import share_of_hits
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import ACCURACY, COUNT, DIFFERENCE
from report.study.reduction import LAST_WORDS
from report.study.study import GroupName, Study, at

NO_CHANGE = 0.0


class Cost(Code):
    """What becomes of the accuracy where reviews are cut; none is, or seeds differ."""

    NONE_CUT = auto()
    LOSES = auto()
    GAINS = auto()
    SOME = auto()
    NOT_SHOWN = auto()


VERDICTS = {
    Condition.HOLDS: Cost.LOSES,
    Condition.OPPOSITE: Cost.GAINS,
    Condition.SOME: Cost.SOME,
    Condition.NOT_SHOWN: Cost.NOT_SHOWN,
}


class Line(Code):
    """The lines of the table."""

    CONTROL = auto()
    LAST_WORDS = auto()
    LSTM = auto()


@dataclass(frozen=True)
class Thresholds:
    change: Number


@dataclass(frozen=True)
class Part:
    """``n`` reviews, and the accuracies on them."""

    n: Number
    control: Summary
    last_words: Summary
    lstm: Summary


@dataclass(frozen=True, kw_only=True)
class TruncationCost(Finding):
    """``cut`` and ``whole`` are the reviews that the LSTM does not see whole and those that it does, None
    where there are none. Of the first: ``change`` is what the accuracy gains by seeing the last words
    alone, and ``cost`` the same with the other sign."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm", "linear")
    rule: ClassVar[Rule] = Rule("paired interval of the difference", "agresti_min_2005")
    thresholds: ClassVar[Thresholds] = Thresholds(
        change=threshold("lstm.truncation_cost", "cambio", NO_CHANGE)
    )

    verdict: Cost
    cut: Part | None
    whole: Part | None
    change: Tested | None
    cost: Summary | None

    @property
    def rows(self) -> tuple[Row, ...]:
        parts = (self.cut, self.whole)
        return (
            (Line.CONTROL, *(part.control if part else None for part in parts)),
            (Line.LAST_WORDS, *(part.last_words if part else None for part in parts)),
            (Line.LSTM, *(part.lstm if part else None for part in parts)),
        )


def find(study: Study) -> TruncationCost:
    pairs = list(zip(study.lstm, study.linear, strict=True))
    cut, whole = part_of(pairs, inside=True), part_of(pairs, inside=False)
    if cut is None:
        return TruncationCost(
            verdict=Cost.NONE_CUT, n_seeds=seeds(study.lstm), cut=None, whole=whole, change=None, cost=None
        )
    change = conditions.below([change_of(*pair) for pair in pairs], NO_CHANGE, DIFFERENCE)
    return TruncationCost(
        verdict=VERDICTS[change.verdict],
        n_seeds=seeds(study.lstm),
        margin=change.margin,
        cut=cut,
        whole=whole,
        change=change,
        cost=summarize(
            DIFFERENCE,
            [derive("con el signo cambiado", lambda x: -x, each.value.leaf) for each in change.each if each],
        ),
    )


Pair = tuple[Run, Run]  # the LSTM and its controls


def part_of(pairs: Sequence[Pair], inside: bool) -> Part | None:
    """The reviews that are cut, or those that are not."""
    masks = [mask(lstm, inside) for lstm, _ in pairs]
    n = derive("reseñas", count, masks[0])
    if not n.value:
        return None

    def accuracy(bits: Sequence[Leaf]) -> Summary:
        hits = [derive("aciertos", both, *each) for each in zip(bits, masks, strict=True)]
        return summarize(ACCURACY, [share_of_hits(each, n) for each in hits])

    return Part(
        n=COUNT(n),
        control=accuracy([right_of(linear, CONTROL) for _, linear in pairs]),
        last_words=accuracy([right_of(linear, LAST_WORDS) for _, linear in pairs]),
        lstm=accuracy([at(lstm, "arrays.right") for lstm, _ in pairs]),
    )


def change_of(lstm: Run, linear: Run) -> Estimate:
    """Of one seed, where reviews are cut: the share that is right from the last words less that from the
    whole review."""
    last, whole, cut = right_of(linear, LAST_WORDS), right_of(linear, CONTROL), mask(lstm, inside=True)
    gained = derive("aciertos solo con las últimas palabras", only_first, last, whole, cut)
    lost = derive("aciertos solo con la reseña entera", only_first, whole, last, cut)
    counts = (gained, lost, derive("reseñas", count, cut))
    value = derive("diferencia", lambda gained, lost, n: (gained - lost) / n, *counts)
    low = derive("intervalo pareado, inferior", lambda *each: measures.paired_interval(*each)[0], *counts)
    high = derive("intervalo pareado, superior", lambda *each: measures.paired_interval(*each)[1], *counts)
    return Estimate(DIFFERENCE(value), DIFFERENCE(low), DIFFERENCE(high))


def right_of(linear: Run, name: LinearName) -> Leaf:
    return at(linear, f"arrays.right[{LINEAR_MODELS.index(name)}]")


def mask(lstm: Run, inside: bool) -> Leaf:
    """uint8 of ``numpy.packbits``: which reviews are cut, or which are not."""
    cut = at(lstm, "arrays.cut")
    return cut if inside else derive("reseñas enteras", others, cut, at(lstm, "sizes.test"))


def others(bits: np.ndarray, n: int) -> np.ndarray:
    """The first ``n`` bits the other way round; the padding stays 0."""
    return np.packbits(1 - np.unpackbits(bits, count=n))


def count(bits: np.ndarray) -> int:
    return int(np.unpackbits(bits).sum())


def both(first: np.ndarray, second: np.ndarray) -> int:
    return count(first & second)


def only_first(first: np.ndarray, second: np.ndarray, inside: np.ndarray) -> int:
    return count(first & ~second & inside)
