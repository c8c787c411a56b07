"""What the threshold that the validation part would have chosen changes on the test part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.kinds.linear import CONTROL
from experiments.records.base import Run
from experiments.records.parts import Confusion
from report.findings import measures
from report.findings.answers import best_threshold
from report.findings.base import (
    CONVENTION,
    Code,
    Estimate,
    Finding,
    Row,
    Rule,
    grouped,
    seed,
    seeds,
    threshold,
)
from report.findings.hits import LSTM, hits_and_total
from report.findings.intervals import opposite
from report.findings.lstm.confusion import Bias, bias_of, bias_p, overall, per_seed
from report.findings.lstm.linear import model_path
from report.findings.paired import Ahead, compare
from report.findings.said import lstm_right, read
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import ANSWER, COUNT, P_VALUE, POINTS
from report.study.answers import LEVELS
from report.study.study import GroupName, Study, at

DEFAULT = 0.5

Cells = tuple[int, int, int, int]  # true negatives, false positives, false negatives, true positives


class Explains(Code):
    """What becomes of the bias with the other threshold."""

    SAME_THRESHOLD = auto()
    NO_BIAS = auto()
    REMOVED = auto()
    REMAINS = auto()
    REVERSED = auto()
    VARIES = auto()


class Worth(Code):
    """What becomes of the accuracy; in every seed, or on average though not in every seed."""

    GAINS = auto()
    LOSES = auto()
    GAINS_ON_AVERAGE = auto()
    LOSES_ON_AVERAGE = auto()
    NOT_SHOWN = auto()
    MIXED = auto()


WORTH = {
    Ahead.FIRST: Worth.GAINS,
    Ahead.SECOND: Worth.LOSES,
    Ahead.FIRST_ON_AVERAGE: Worth.GAINS_ON_AVERAGE,
    Ahead.SECOND_ON_AVERAGE: Worth.LOSES_ON_AVERAGE,
    Ahead.NOT_SHOWN: Worth.NOT_SHOWN,
    Ahead.MIXED: Worth.MIXED,
}


@dataclass(frozen=True)
class Thresholds:
    default: Number
    significance: Number


@dataclass(frozen=True)
class Errors:
    """Both errors, of several seeds their means, and whether they lean to a class: that which all seeds
    share."""

    false_negatives: Number
    false_positives: Number
    bias: Bias


@dataclass(frozen=True)
class SeedThreshold:
    """Of one seed: what validation chooses, and what the test part says of it."""

    seed: Number
    chosen: Number
    false_negative: Number
    false_positive: Number
    p: Number
    bias: Bias
    change: Number


@dataclass(frozen=True, kw_only=True)
class Threshold(Finding):
    """``gain`` is how many points more the LSTM is right with the chosen thresholds, ``change`` the same
    without a sign. ``control`` has the control's errors at ``DEFAULT``; None where there is none."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    rule: ClassVar[Rule] = Rule("highest accuracy on the validation part", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        default=threshold("lstm.threshold", "usual", DEFAULT),
        significance=threshold("lstm.threshold", "significación", measures.SIGNIFICANCE),
    )

    verdict: Explains
    worth: Worth
    gain: Estimate
    change: Estimate
    by_seed: tuple[SeedThreshold, ...]
    before: Errors
    after: Errors
    control: Errors | None

    @property
    def groups(self) -> dict[Bias, tuple[SeedThreshold, ...]]:
        """By the bias that each seed has with the threshold that it chooses."""
        return grouped(self.by_seed, lambda each: each.bias)

    @property
    def chosen(self) -> tuple[Number, ...]:
        return tuple(each.chosen for each in self.by_seed)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            (each.seed, each.chosen, each.false_negative, each.false_positive, each.p, each.change)
            for each in self.by_seed
        )


def find(study: Study) -> Threshold:
    runs = study.lstm
    levels = [derive("umbral de validación", best_threshold, at(run, "arrays.val_said")) for run in runs]
    answered = [answer(run, level) for run, level in zip(runs, levels, strict=True)]
    paired = compare(hits_and_total(runs[0])[1], [right for right, _, _ in answered], lstm_right(runs))
    by_seed = tuple(
        of_seed(run, level, fn, fp) for run, level, (_, fn, fp) in zip(runs, levels, answered, strict=True)
    )
    before = errors_at(runs, LSTM)
    after = errors(
        [each.false_negative.leaf for each in by_seed],
        [each.false_positive.leaf for each in by_seed],
        [each.bias for each in by_seed],
    )
    return Threshold(
        verdict=explains([level.value for level in levels], before.bias, after.bias),
        n_seeds=seeds(runs),
        worth=WORTH[paired.ahead],
        gain=paired.difference,
        change=opposite(paired.difference) if paired.difference.value.value < 0 else paired.difference,
        by_seed=by_seed,
        before=before,
        after=after,
        control=errors_at(study.linear, f"{model_path(CONTROL)}.confusion") if study.linear else None,
    )


def explains(levels: Sequence[int], before: Bias, after: Bias) -> Explains:
    """A bias is one that all seeds share. No bias, nothing to explain."""
    if all(level == LEVELS // 2 for level in levels):
        return Explains.SAME_THRESHOLD
    if before in (Bias.NOT_SHOWN, Bias.NO_ERRORS):
        return Explains.NO_BIAS
    if Bias.INCONSISTENT in (before, after):
        return Explains.VARIES
    if after in (Bias.NOT_SHOWN, Bias.NO_ERRORS):
        return Explains.REMOVED
    return Explains.REMAINS if after is before else Explains.REVERSED


def answer(run: Run, level: Leaf) -> tuple[Leaf, Leaf, Leaf]:
    """With all from ``level`` on as positive: uint8[n / 8], which test reviews are answered well, the
    false negatives and the false positives."""

    def said(packed: np.ndarray, positive: np.ndarray, level: int) -> tuple[np.ndarray, np.ndarray]:
        levels, real = read([packed, positive])
        return levels[0] >= level, real

    given = (at(run, "arrays.said"), at(run, "arrays.positive"), level)
    return (
        derive("aciertos", lambda *of: np.packbits(np.equal(*said(*of))), *given),
        derive("falsos negativos", lambda *of: int((~said(*of)[0] & said(*of)[1]).sum()), *given),
        derive("falsos positivos", lambda *of: int((said(*of)[0] & ~said(*of)[1]).sum()), *given),
    )


def of_seed(run: Run, level: Leaf, false_negative: Leaf, false_positive: Leaf) -> SeedThreshold:
    usual = cells_of(run, LSTM)

    def at_threshold(
        tn: int, fp: int, fn: int, tp: int, missed: int, mistaken: int
    ) -> tuple[int, int, int, int]:
        """The same reviews with ``missed`` positive and ``mistaken`` negative ones."""
        return tn + fp - mistaken, mistaken, missed, fn + tp - missed

    given = (*usual, false_negative, false_positive)
    return SeedThreshold(
        seed=seed(run),
        chosen=ANSWER(derive("probabilidad", lambda level: level / LEVELS, level)),
        false_negative=COUNT(false_negative),
        false_positive=COUNT(false_positive),
        p=P_VALUE(derive("prueba binomial exacta", lambda *cells: bias_p(*at_threshold(*cells)), *given)),
        bias=bias_of(*at_threshold(*(leaf.value for leaf in given))),
        change=POINTS(derive("cambio en puntos", change_of, *given)),
    )


def change_of(tn: int, fp: int, fn: int, tp: int, false_negative: int, false_positive: int) -> float:
    """How many points more are right with these errors than with those of the cells."""
    return 100 * (fn + fp - false_negative - false_positive) / (tn + fp + fn + tp)


def cells_of(run: Run, place: str) -> list[Leaf]:
    return [at(run, f"{place}.{name}") for name in Confusion.model_fields]


def errors_at(runs: Sequence[Run], place: str) -> Errors:
    """Of each seed at ``DEFAULT``, as the record has them."""
    cells = [cells_of(run, place) for run in runs]
    biases = [bias_of(*(leaf.value for leaf in each)) for each in cells]
    return errors([fn for _, _, fn, _ in cells], [fp for _, fp, _, _ in cells], biases)


def errors(
    false_negatives: Sequence[Leaf], false_positives: Sequence[Leaf], biases: Iterable[Bias]
) -> Errors:
    return Errors(per_seed(false_negatives), per_seed(false_positives), overall(biases))
