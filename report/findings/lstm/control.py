"""The control of each seed, a linear model, beside the LSTM on the same test reviews."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.kinds.linear import CONTROL, LINEAR_MODELS, LinearRecord
from experiments.records.base import RecordError, Run
from report.findings import measures
from report.findings.base import Code, Finding, Row, Rule, grouped, seed, seeds, shared, threshold
from report.findings.hits import hits_and_total, share_of_hits
from report.findings.lstm.linear import model_path
from report.ledger.ledger import Number, derive
from report.ledger.quantities import ACCURACY, COUNT, P_VALUE
from report.study.study import GroupName, Study, at, lstm_record


class Better(Code):
    """Which model is right more often."""

    CONTROL = auto()
    LSTM = auto()
    NOT_SHOWN = auto()
    MIXED = auto()


@dataclass(frozen=True)
class Thresholds:
    significance: Number


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
    """Each seed of the LSTM beside its control; ``same_split`` if all have the same validation part as
    their LSTM."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm", "linear")
    rule: ClassVar[Rule] = Rule("exact McNemar test", "mcnemar_1947")
    thresholds: ClassVar[Thresholds] = Thresholds(
        significance=threshold("lstm.control", "significación", measures.SIGNIFICANCE)
    )
    headlines: ClassVar[tuple[str, ...]] = ("worst_p",)

    verdict: Better
    by_seed: tuple[SeedBeside, ...]
    same_split: bool
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


def compare(only_lstm: int, only_control: int) -> Better:
    """Of one seed: McNemar's exact test on the reviews that one model alone gets right."""
    if measures.binomial_p(only_lstm, only_control) >= measures.SIGNIFICANCE:
        return Better.NOT_SHOWN
    return Better.LSTM if only_lstm > only_control else Better.CONTROL


def find(study: Study) -> Control:
    """Each seed of the LSTM against the control of the same seed.

    Raises:
        RecordError: they were not tested on the same reviews.
    """
    pairs = list(zip(study.lstm, study.linear, strict=True))
    for run, control in pairs:
        refuse_other_reviews(run, control)
    by_seed = tuple(beside(run, control) for run, control in pairs)
    nearest = min((each.p for each in by_seed), key=lambda p: measures.from_significance(p.value))
    return Control(
        verdict=shared((each.better for each in by_seed), Better.MIXED),
        n_seeds=seeds(study.lstm),
        margin=P_VALUE(derive("distancia a la significación", measures.from_significance, nearest.leaf)),
        by_seed=by_seed,
        same_split=all(
            np.array_equal(run.arrays["split"], control.arrays["split"]) for run, control in pairs
        ),
        worst_p=max((each.p for each in by_seed), key=lambda p: p.value),
        lowest_p=min((each.p for each in by_seed), key=lambda p: p.value),
    )


def refuse_other_reviews(run: Run, control: Run) -> None:
    """McNemar's test pairs the answers to one review.

    Raises:
        RecordError: naming the run and both sizes.
    """
    assert isinstance(control.record, LinearRecord)
    lstm, linear = lstm_record(run).sizes.test, control.record.sizes.test
    if lstm != linear or run.arrays["right"].shape != control.arrays["right"].shape[1:]:
        raise RecordError(
            f"{control.name}: se esperaban las mismas reseñas de prueba que en {run.name} ({lstm}), se "
            f"encontraron otras ({linear}); ejecute «make train»."
        )


def beside(run: Run, control: Run) -> SeedBeside:
    """Of one seed: the reviews that only one of both gets right, and the test."""
    place = LINEAR_MODELS.index(CONTROL)
    ours, theirs = at(run, "arrays.right"), at(control, f"arrays.right[{place}]")
    only_lstm = derive("aciertos de la LSTM sola", only_first, ours, theirs)
    only_control = derive("aciertos del control solo", only_first, theirs, ours)
    return SeedBeside(
        seed=seed(run),
        lstm=ACCURACY(share_of_hits(*hits_and_total(run))),
        control=ACCURACY(share_of_hits(*hits_and_total(control, f"{model_path(CONTROL)}.confusion"))),
        only_lstm=COUNT(only_lstm),
        only_control=COUNT(only_control),
        p=P_VALUE(derive("prueba de McNemar", measures.binomial_p, only_lstm, only_control)),
        better=compare(only_lstm.value, only_control.value),
    )


def only_first(first: np.ndarray, second: np.ndarray) -> int:
    """Bits set in ``first`` alone, uint8 of ``numpy.packbits`` each; the padding is set in none."""
    return int(np.unpackbits(first & ~second).sum())
