"""The control, a linear model, beside the LSTM on the same test reviews."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from experiments.records import LinearRecord, RecordError, Run
from report import statistics
from report.findings.base import Finding, Rule, seeds, threshold
from report.findings.lstm_metrics import hits_and_total, wilson_interval
from report.numbers import Number, derive
from report.quantities import ACCURACY, COUNT, LOSS, P_VALUE, SEED, SETTING
from report.results import Study, at, lstm_record

SIGNIFICANCE = 0.05


class Control(StrEnum):
    CONTROL = "acierta más el control"
    LSTM = "acierta más la LSTM"
    NOT_SHOWN = "sin diferencia demostrable"
    MIXED = "distinto según la semilla"


def compare(only_lstm: int, only_control: int) -> Control:
    """Of one seed: McNemar's exact test on the reviews that one model alone gets right."""
    if statistics.binomial_p(only_lstm, only_control) >= SIGNIFICANCE:
        return Control.NOT_SHOWN
    return Control.LSTM if only_lstm > only_control else Control.CONTROL


def overall(verdicts: Sequence[Control]) -> Control:
    """The verdict that all seeds share."""
    distinct = set(verdicts)
    return distinct.pop() if len(distinct) == 1 else Control.MIXED


def find(study: Study) -> Finding:
    """Accuracy of the control, and each seed of the LSTM against it.

    Raises:
        RecordError: they were not tested on the same reviews.
    """
    control = study.linear
    for run in study.lstm:
        refuse_other_reviews(run, control)
    hits, n = hits_and_total(control)
    rows = tuple(row(run, control) for run in study.lstm)
    nearest = min((row["p"] for row in rows), key=lambda p: distance(p.value))
    values = {
        "accuracy": ACCURACY(derive("cociente", lambda hits, n: hits / n, hits, n)),
        "wilson": wilson_interval(hits, n),
        "loss": LOSS(at(control, "test_loss")),
        "hits": COUNT(hits),
        "rows": rows,
        "groups": {
            verdict: tuple(row for row in rows if row["verdict"] == verdict)
            for verdict in dict.fromkeys(row["verdict"] for row in rows)
        },
        "worst_p": max((row["p"] for row in rows), key=lambda p: p.value),
        "lowest_p": min((row["p"] for row in rows), key=lambda p: p.value),
        "candidates": candidates(control),
        "chosen_c": SETTING(at(control, "chosen_c")),
    }
    rule = Rule(
        "prueba de McNemar exacta",
        "mcnemar_1947",
        {"significance": threshold("lstm.control", "significación", SIGNIFICANCE)},
    )
    margin = P_VALUE(derive("distancia a la significación", distance, nearest.leaf))
    verdict = overall([row["verdict"] for row in rows])
    return Finding(
        "lstm.control", verdict, values, rule, seeds(study.lstm), margin, headlines=("accuracy", "worst_p")
    )


def refuse_other_reviews(run: Run, control: Run) -> None:
    """McNemar's test pairs the answers to one review.

    Raises:
        RecordError: naming the run and both sizes.
    """
    assert isinstance(control.record, LinearRecord)
    lstm, linear = lstm_record(run).sizes.test, control.record.sizes.test
    if lstm != linear or run.arrays["right"].shape != control.arrays["right"].shape:
        raise RecordError(
            f"{control.name}: se esperaban las mismas reseñas de prueba que en {run.name} ({lstm}), se "
            f"encontraron otras ({linear}); ejecute «make train»."
        )


def row(run: Run, control: Run) -> dict:
    """Of one seed: the reviews that only one of both gets right, and the test."""
    ours, theirs = at(run, "arrays.right"), at(control, "arrays.right")
    only_lstm = derive("aciertos de la LSTM sola", only_first, ours, theirs)
    only_control = derive("aciertos del control solo", only_first, theirs, ours)
    return {
        "seed": SEED(at(run, "seed")),
        "only_lstm": COUNT(only_lstm),
        "only_control": COUNT(only_control),
        "p": P_VALUE(derive("prueba de McNemar", statistics.binomial_p, only_lstm, only_control)),
        "verdict": compare(only_lstm.value, only_control.value),
    }


def only_first(first: np.ndarray, second: np.ndarray) -> int:
    """Bits set in ``first`` alone, uint8 of ``numpy.packbits`` each; the padding is set in none."""
    return int(np.unpackbits(first & ~second).sum())


def distance(p: float) -> float:
    return abs(SIGNIFICANCE - p)


def candidates(control: Run) -> tuple[tuple[Number, Number], ...]:
    """Each inverse penalty that was tried, and its accuracy on the validation part."""
    assert isinstance(control.record, LinearRecord)
    return tuple(
        (SETTING(at(control, f"candidates[{i}].c")), ACCURACY(at(control, f"candidates[{i}].val_accuracy")))
        for i in range(len(control.record.candidates))
    )
