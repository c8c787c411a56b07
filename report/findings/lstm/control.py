"""The control of each seed, a linear model, beside the LSTM on the same test reviews."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.kinds.linear import CONTROL, LinearRecord
from experiments.records.base import RecordError, Run
from report.findings import measures
from report.findings.base import Code, Estimate, Finding, Row, Rule, grouped, seed, seeds, threshold
from report.findings.hits import hits_and_total, share_of_hits
from report.findings.intervals import opposite
from report.findings.lstm.learned import of_seed
from report.findings.lstm.linear import CUT, model_path, right_path
from report.findings.paired import ENOUGH_SEEDS, Ahead, SeedPair, compare
from report.findings.said import control_right, lstm_right
from report.ledger.ledger import Number
from report.ledger.quantities import ACCURACY, COUNT, SHARE_WHOLE
from report.study.study import GroupName, Study, at, lstm_record


class Better(Code):
    """Which model is right more often: in every seed, or on average though not in every seed."""

    CONTROL = auto()
    LSTM = auto()
    CONTROL_ON_AVERAGE = auto()
    LSTM_ON_AVERAGE = auto()
    NOT_SHOWN = auto()
    MIXED = auto()


BETTER = {
    Ahead.FIRST: Better.CONTROL,
    Ahead.SECOND: Better.LSTM,
    Ahead.FIRST_ON_AVERAGE: Better.CONTROL_ON_AVERAGE,
    Ahead.SECOND_ON_AVERAGE: Better.LSTM_ON_AVERAGE,
    Ahead.NOT_SHOWN: Better.NOT_SHOWN,
    Ahead.MIXED: Better.MIXED,
}


class Order(Code):
    """What reading in order adds, where a control that sees whole reviews is ahead of a network that learned
    something: what it adds to a control of the same words. ``NOT_ASKED`` elsewhere."""

    NOT_ASKED = auto()
    NO_ADVANTAGE = auto()
    ADVANTAGE = auto()
    NOT_TOLD = auto()


ORDER = {
    Ahead.FIRST: Order.NO_ADVANTAGE,
    Ahead.FIRST_ON_AVERAGE: Order.NO_ADVANTAGE,
    Ahead.SECOND: Order.ADVANTAGE,
    Ahead.SECOND_ON_AVERAGE: Order.ADVANTAGE,
    Ahead.NOT_SHOWN: Order.NOT_TOLD,
    Ahead.MIXED: Order.NOT_TOLD,
}


@dataclass(frozen=True)
class Thresholds:
    significance: Number
    confidence: Number
    enough_seeds: Number


@dataclass(frozen=True)
class SeedBeside:
    """The accuracy of both models, the reviews that only one of them gets right, and McNemar's test on
    these."""

    seed: Number
    lstm: Number
    control: Number
    only_lstm: Number
    only_control: Number
    p: Number
    better: Better


@dataclass(frozen=True, kw_only=True)
class Control(Finding):
    """Each seed of the LSTM beside its control; ``difference`` is how many points more the control is
    right on average, ``lead`` the same of whichever is right more often; ``same_split`` if all have the
    same validation part as their LSTM. ``same_words``: how many points whichever is right more often is
    ahead where the control is fitted to the words that the LSTM reads, and no others; ``lead`` where it
    reads all."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm", "linear")
    rule: ClassVar[Rule] = Rule("exact McNemar test", "mcnemar_1947")
    thresholds: ClassVar[Thresholds] = Thresholds(
        significance=threshold("lstm.control", "significación", measures.SIGNIFICANCE),
        confidence=threshold("lstm.control", "confianza", measures.CONFIDENCE, SHARE_WHOLE),
        enough_seeds=threshold("lstm.control", "semillas", ENOUGH_SEEDS, COUNT),
    )
    headlines: ClassVar[tuple[str, ...]] = ("difference",)

    verdict: Better
    difference: Estimate
    lead: Estimate
    by_seed: tuple[SeedBeside, ...]
    same_split: bool
    order: Order
    same_words: Estimate
    worst_p: Number
    lowest_p: Number

    @property
    def groups(self) -> dict[Better, tuple[SeedBeside, ...]]:
        return grouped(self.by_seed, lambda each: each.better)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            (each.seed, each.lstm, each.control, each.only_lstm, each.only_control, each.p)
            for each in self.by_seed
        )


def find(study: Study) -> Control:
    """Each seed of the LSTM against the control of the same seed.

    Raises:
        RecordError: they were not tested on the same reviews.
    """
    pairs = list(zip(study.lstm, study.linear, strict=True))
    for run, control in pairs:
        refuse_other_reviews(run, control)
    paired = compare(
        hits_and_total(study.lstm[0])[1],
        control_right(study.linear),
        lstm_right(study.lstm),
    )
    of_same_words = paired
    if at(study.lstm[0], "arrays.cut").value.any():
        of_same_words = compare(
            hits_and_total(study.lstm[0])[1],
            [at(run, f"arrays.{right_path(CUT)}") for run in study.linear],
            lstm_right(study.lstm),
        )
    by_seed = tuple(beside(*pair, both) for pair, both in zip(pairs, paired.by_seed, strict=True))
    return Control(
        verdict=BETTER[paired.ahead],
        n_seeds=seeds(study.lstm),
        difference=paired.difference,
        lead=without_sign(paired.difference),
        by_seed=by_seed,
        same_split=all(
            np.array_equal(run.arrays["split"], control.arrays["split"]) for run, control in pairs
        ),
        order=order_of(study, BETTER[paired.ahead], of_same_words.ahead),
        same_words=without_sign(of_same_words.difference),
        worst_p=max((each.p for each in by_seed), key=lambda p: p.value),
        lowest_p=min((each.p for each in by_seed), key=lambda p: p.value),
    )


def order_of(study: Study, whole: Better, same_words: Ahead) -> Order:
    asked = whole in (Better.CONTROL, Better.CONTROL_ON_AVERAGE)
    asked = asked and all(of_seed(run).learned for run in study.lstm)
    return ORDER[same_words] if asked else Order.NOT_ASKED


def without_sign(difference: Estimate) -> Estimate:
    """Of whichever is ahead."""
    return opposite(difference) if difference.value.value < 0 else difference


def refuse_other_reviews(run: Run, control: Run) -> None:
    """McNemar's test pairs the answers to one review.

    Raises:
        RecordError: naming the run and both sizes, or that their classes differ.
    """
    assert isinstance(control.record, LinearRecord)
    lstm, linear = lstm_record(run).sizes.test, control.record.sizes.test
    if lstm != linear or run.arrays["right"].shape != control.arrays["right"].shape[1:]:
        raise RecordError(
            f"{control.name}: se esperaban las mismas reseñas de prueba que en {run.name} ({lstm}), se "
            f"encontraron otras ({linear}); ejecute «make train»."
        )
    if not np.array_equal(run.arrays["positive"], control.arrays["positive"]):
        raise RecordError(
            f"{control.name}: se esperaban las mismas reseñas de prueba que en {run.name}, se encontraron "
            "otras, de otras clases; ejecute «make train»."
        )


def beside(run: Run, control: Run, pair: SeedPair) -> SeedBeside:
    """Of one seed; the control is the first of the ``pair``."""
    return SeedBeside(
        seed=seed(run),
        lstm=ACCURACY(share_of_hits(*hits_and_total(run))),
        control=ACCURACY(share_of_hits(*hits_and_total(control, f"{model_path(CONTROL)}.confusion"))),
        only_lstm=pair.only_second,
        only_control=pair.only_first,
        p=pair.p,
        better=BETTER[pair.ahead],
    )
