"""What the model confuses on the test part, and whether it leans to one class."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.parts import Confusion as Counts
from report.findings import measures
from report.findings.base import (
    Cell,
    Code,
    Finding,
    Row,
    Rule,
    Summary,
    grouped,
    seed,
    seeds,
    shared,
    summarize,
    threshold,
)
from report.findings.lstm.learned import Learned
from report.findings.study.data import class_names
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import ACCURACY, COUNT, COUNT_WHOLE, P_VALUE, RATE, SHARE
from report.study.study import AnyRun, Need, Study, at


class Bias(Code):
    NEGATIVE = auto()
    POSITIVE = auto()
    NOT_SHOWN = auto()
    INCONSISTENT = auto()
    NO_ERRORS = auto()


class CommonError(Code):
    MISSED_POSITIVE = auto()
    MISSED_NEGATIVE = auto()
    TIE = auto()
    NONE = auto()


class Sentiment(Code):
    """The classes, as they are named in the table."""

    NEGATIVE = auto()
    POSITIVE = auto()


class MoreRecalled(Code):
    """The class that is found more often and named less precisely than the other, if there is one."""

    NEGATIVE = auto()
    POSITIVE = auto()
    NEITHER = auto()


class Score(Code):
    """In place of a rate whose denominator is zero."""

    UNDEFINED = auto()


@dataclass(frozen=True)
class Thresholds:
    significance: Number


@dataclass(frozen=True)
class Shares:
    """Each cell as a part of its row."""

    true_negative: Number
    false_positive: Number
    false_negative: Number
    true_positive: Number


@dataclass(frozen=True)
class SeedErrors:
    """Of one seed: its counts, rates by row and the test of its bias."""

    seed: Number
    true_negative: Number
    false_positive: Number
    false_negative: Number
    true_positive: Number
    accuracy: Number
    negatives: Number
    positives: Number
    negatives_wrong: Number
    positives_wrong: Number
    p: Number
    bias: Bias
    row_shares: Shares


@dataclass(frozen=True)
class ClassRates:
    """Of one class over the seeds; None where a seed never predicts it."""

    precision: Summary | None
    recall: Summary | None
    f1: Summary | None


@dataclass(frozen=True, kw_only=True)
class Confusion(Finding):
    """Both errors, of several seeds their means; ``shown`` is the seed whose matrix is drawn,
    ``negatives_wrong`` and ``positives_wrong`` the shares of each class over the seeds, ``names`` what the
    user calls the classes of own data."""

    needs: ClassVar[tuple[Need, ...]] = ("matrices",)
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("exact binomial test", "binomial")
    thresholds: ClassVar[Thresholds] = Thresholds(
        significance=threshold("lstm.confusion", "significación", measures.SIGNIFICANCE)
    )

    verdict: Bias
    by_seed: tuple[SeedErrors, ...]
    false_positives: Number
    false_negatives: Number
    common_error: CommonError
    shown: SeedErrors
    negatives_wrong: Summary
    positives_wrong: Summary
    negative: ClassRates
    positive: ClassRates
    worst_p: Number
    names: tuple[Number, ...]

    @property
    def of_median(self) -> bool:
        """Whether the seed that is shown has others above and below it."""
        return bool(self.n_seeds.value > 2)

    @property
    def groups(self) -> dict[Bias, tuple[SeedErrors, ...]]:
        return grouped(self.by_seed, lambda each: each.bias)

    @property
    def bias_rows(self) -> tuple[Row, ...]:
        return tuple((each.seed, each.false_negative, each.false_positive, each.p) for each in self.by_seed)

    @property
    def more_recalled(self) -> MoreRecalled:
        both = (self.negative.recall, self.negative.precision, self.positive.recall, self.positive.precision)
        if not all(both):
            return MoreRecalled.NEITHER
        recall, precision, other_recall, other_precision = (each.mean.value for each in both if each)
        if recall > other_recall and precision < other_precision:
            return MoreRecalled.NEGATIVE
        if recall < other_recall and precision > other_precision:
            return MoreRecalled.POSITIVE
        return MoreRecalled.NEITHER

    @property
    def class_rows(self) -> tuple[Row, ...]:
        names: tuple[Cell, ...] = self.names or (Sentiment.NEGATIVE, Sentiment.POSITIVE)
        return tuple(
            (name, *(score or Score.UNDEFINED for score in (rates.precision, rates.recall, rates.f1)))
            for name, rates in zip(names, (self.negative, self.positive), strict=True)
        )


def bias_of(true_negative: int, false_positive: int, false_negative: int, true_positive: int) -> Bias:
    """Of one seed: the exact binomial test that errors are shared out as the reviews are, as they are by
    a model that leans to neither class."""
    if false_positive + false_negative == 0:
        return Bias.NO_ERRORS
    if bias_p(true_negative, false_positive, false_negative, true_positive) >= measures.SIGNIFICANCE:
        return Bias.NOT_SHOWN
    negatives_wrong, positives_wrong = (
        share(false_positive, true_negative),
        share(false_negative, true_positive),
    )
    return Bias.NEGATIVE if positives_wrong > negatives_wrong else Bias.POSITIVE


def bias_p(true_negative: int, false_positive: int, false_negative: int, true_positive: int) -> float:
    negatives, positives = true_negative + false_positive, false_negative + true_positive
    return measures.binomial_p(false_positive, false_negative, share(negatives, positives))


def overall(verdicts: Iterable[Bias]) -> Bias:
    """The verdict that all seeds share; seeds without errors agree with those without bias."""
    distinct = set(verdicts)
    if distinct == {Bias.NOT_SHOWN, Bias.NO_ERRORS}:
        return Bias.NOT_SHOWN
    return shared(distinct, Bias.INCONSISTENT)


def common_error(false_positive: float, false_negative: float) -> CommonError:
    if false_positive == false_negative:
        return CommonError.TIE if false_positive else CommonError.NONE
    return CommonError.MISSED_POSITIVE if false_negative > false_positive else CommonError.MISSED_NEGATIVE


def find(study: Study) -> Confusion:
    by_seed = tuple(errors_of(run) for run in study.matrices)
    false_positives, false_negatives = (
        per_seed([at(run, f"confusion.{cell}") for run in study.matrices])
        for cell in ("false_positive", "false_negative")
    )
    nearest = min((each.p for each in by_seed), key=lambda p: measures.from_significance(p.value))
    return Confusion(
        verdict=overall(each.bias for each in by_seed),
        n_seeds=seeds(study.matrices),
        margin=P_VALUE(derive("distancia a la significación", measures.from_significance, nearest.leaf)),
        by_seed=by_seed,
        false_positives=false_positives,
        false_negatives=false_negatives,
        common_error=common_error(false_positives.value, false_negatives.value),
        shown=shown(by_seed),
        negatives_wrong=summarize(SHARE, [each.negatives_wrong.leaf for each in by_seed]),
        positives_wrong=summarize(SHARE, [each.positives_wrong.leaf for each in by_seed]),
        negative=rates_of(study, "true_negative", "false_negative", "false_positive"),
        positive=rates_of(study, "true_positive", "false_positive", "false_negative"),
        worst_p=max((each.p for each in by_seed), key=lambda p: p.value),
        names=class_names(study.matrices[0]),
    )


def errors_of(run: AnyRun) -> SeedErrors:
    tn, fp, fn, tp = (at(run, f"confusion.{name}") for name in Counts.model_fields)
    negatives_wrong = SHARE(derive("proporción", share, fp, tn))
    positives_wrong = SHARE(derive("proporción", share, fn, tp))
    return SeedErrors(
        seed=seed(run),
        true_negative=COUNT(tn),
        false_positive=COUNT(fp),
        false_negative=COUNT(fn),
        true_positive=COUNT(tp),
        accuracy=ACCURACY(derive("exactitud", lambda a, b, c, d: (a + d) / (a + b + c + d), tn, fp, fn, tp)),
        negatives=COUNT(derive("suma", lambda a, b: a + b, tn, fp)),
        positives=COUNT(derive("suma", lambda a, b: a + b, fn, tp)),
        negatives_wrong=negatives_wrong,
        positives_wrong=positives_wrong,
        p=P_VALUE(derive("prueba binomial exacta", bias_p, tn, fp, fn, tp)),
        bias=bias_of(tn.value, fp.value, fn.value, tp.value),
        row_shares=Shares(
            true_negative=SHARE(derive("proporción", share, tn, fp)),
            false_positive=negatives_wrong,
            false_negative=positives_wrong,
            true_positive=SHARE(derive("proporción", share, tp, fn)),
        ),
    )


def per_seed(counts: Sequence[Leaf]) -> Number:
    """The mean of several seeds, which were tested on the same reviews: their sum would count each again."""
    if len(counts) == 1:
        return COUNT(counts[0])
    return COUNT_WHOLE(derive("media", measures.mean, gather(counts)))


def share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 0.0


def shown(by_seed: Sequence[SeedErrors]) -> SeedErrors:
    """The seed whose matrix is drawn: the one of median accuracy (of two, the lower)."""
    order = sorted(by_seed, key=lambda each: (each.accuracy.value, each.seed.value))
    return order[(len(order) - 1) // 2]


def rates_of(study: Study, hits: str, false_alarms: str, misses: str) -> ClassRates:
    """``hits``, ``false_alarms`` and ``misses`` are the counts, as that class reads them."""

    def over_seeds(label: str, rate: Callable[[measures.ClassScores], float | None]) -> Summary | None:
        leaves = [
            derive(
                label,
                lambda *counts: rate(measures.class_scores(*counts)),
                *(at(run, f"confusion.{cell}") for cell in (hits, false_alarms, misses)),
            )
            for run in study.matrices
        ]
        return None if any(leaf.value is None for leaf in leaves) else summarize(RATE, leaves)

    return ClassRates(
        precision=over_seeds("precisión", lambda scores: scores.precision),
        recall=over_seeds("exhaustividad", lambda scores: scores.recall),
        f1=over_seeds("F1", lambda scores: scores.f1),
    )
