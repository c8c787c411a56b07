"""What the model confuses on the test part, and whether it leans to one class."""

from collections.abc import Callable
from enum import StrEnum

from experiments.records import Confusion, Run
from report import statistics
from report.findings.base import Finding, Rule, Summary, seeds, summarize, threshold
from report.numbers import derive, gather
from report.quantities import ACCURACY, COUNT, P_VALUE, RATE, SEED, SHARE
from report.results import Study, at

SIGNIFICANCE = 0.05


class Bias(StrEnum):
    NEGATIVE = "hacia la clase negativa"
    POSITIVE = "hacia la clase positiva"
    NOT_SHOWN = "no demostrable"
    INCONSISTENT = "distinto según la semilla"
    NO_ERRORS = "sin errores"


class CommonError(StrEnum):
    MISSED_POSITIVE = "positivas leídas como negativas"
    MISSED_NEGATIVE = "negativas leídas como positivas"
    TIE = "empate"
    NONE = "ninguno"


def bias_of(false_positive: int, false_negative: int) -> Bias:
    """Of one seed: the exact binomial test that both errors are equally likely, which with
    classes of the same size means that the model leans to neither."""
    if false_positive + false_negative == 0:
        return Bias.NO_ERRORS
    if statistics.binomial_p(false_positive, false_negative) >= SIGNIFICANCE:
        return Bias.NOT_SHOWN
    return Bias.NEGATIVE if false_negative > false_positive else Bias.POSITIVE


def overall(verdicts: list[Bias]) -> Bias:
    """The verdict that all seeds share; seeds without errors agree with those without bias."""
    distinct = set(verdicts)
    if len(distinct) == 1:
        return distinct.pop()
    return Bias.NOT_SHOWN if distinct == {Bias.NOT_SHOWN, Bias.NO_ERRORS} else Bias.INCONSISTENT


def common_error(false_positive: int, false_negative: int) -> CommonError:
    if false_positive == false_negative:
        return CommonError.TIE if false_positive else CommonError.NONE
    return CommonError.MISSED_POSITIVE if false_negative > false_positive else CommonError.MISSED_NEGATIVE


def find(study: Study) -> Finding:
    rows = tuple(row(run) for run in study.lstm)
    false_positives = gather(at(run, "confusion.false_positive") for run in study.lstm)
    false_negatives = gather(at(run, "confusion.false_negative") for run in study.lstm)
    total = {
        "false_positive": COUNT(derive("suma", sum, false_positives)),
        "false_negative": COUNT(derive("suma", sum, false_negatives)),
    }
    worst = max((row["p"] for row in rows), key=lambda number: number.value)
    nearest = min((row["p"] for row in rows), key=lambda number: distance(number.value))
    values = {
        "rows": rows,
        "total": total,
        "common_error": common_error(total["false_positive"].value, total["false_negative"].value),
        "shown": shown(study, rows),
        "classes": {"negative": scores(study, NEGATIVE), "positive": scores(study, POSITIVE)},
        "groups": {
            bias: tuple(row for row in rows if row["bias"] == bias)
            for bias in dict.fromkeys(row["bias"] for row in rows)
        },
        "worst_p": worst,
    }
    rule = Rule(
        "prueba binomial exacta",
        "binomial",
        {"significance": threshold("lstm.confusion", "significación", SIGNIFICANCE)},
    )
    return Finding(
        "lstm.confusion",
        overall([row["bias"] for row in rows]),
        values,
        rule,
        seeds(study.lstm),
        P_VALUE(derive("distancia a la significación", distance, nearest.leaf)),
    )


def distance(p: float) -> float:
    return abs(SIGNIFICANCE - p)


def row(run: Run) -> dict:
    """Of one seed: its counts, rates by row and the test of its bias."""
    tn, fp, fn, tp = (at(run, f"confusion.{name}") for name in Confusion.model_fields)
    cells = dict(zip(Confusion.model_fields, (tn, fp, fn, tp), strict=True))
    return {
        "seed": SEED(at(run, "seed")),
        **{name: COUNT(leaf) for name, leaf in cells.items()},
        "accuracy": ACCURACY(
            derive("exactitud", lambda a, b, c, d: (a + d) / (a + b + c + d), tn, fp, fn, tp)
        ),
        "negatives": COUNT(derive("suma", lambda a, b: a + b, tn, fp)),
        "positives": COUNT(derive("suma", lambda a, b: a + b, fn, tp)),
        "negatives_wrong": SHARE(derive("proporción", share, fp, tn)),
        "positives_wrong": SHARE(derive("proporción", share, fn, tp)),
        "p": P_VALUE(derive("prueba binomial exacta", statistics.binomial_p, fp, fn)),
        "bias": bias_of(fp.value, fn.value),
        "row_shares": {
            "true_negative": SHARE(derive("proporción", share, tn, fp)),
            "false_positive": SHARE(derive("proporción", share, fp, tn)),
            "false_negative": SHARE(derive("proporción", share, fn, tp)),
            "true_positive": SHARE(derive("proporción", share, tp, fn)),
        },
    }


def shown(study: Study, rows: tuple[dict, ...]) -> dict:
    """The seed whose matrix is drawn: the one of median accuracy (of two, the lower)."""
    order = sorted(rows, key=lambda row: (row["accuracy"].value, row["seed"].value))
    return order[(len(order) - 1) // 2]


Scores = dict[str, Summary | None]
# How a class reads the four counts: (hits, false alarms, misses).
NEGATIVE = ("true_negative", "false_negative", "false_positive")
POSITIVE = ("true_positive", "false_positive", "false_negative")


def scores(study: Study, cells: tuple[str, str, str]) -> Scores:
    """Precision, recall and F1 of a class over the seeds; None where a seed never predicts it."""

    def rate(name: str) -> Callable[[int, int, int], float | None]:
        return lambda *counts: getattr(statistics.class_scores(*counts), name)

    result: Scores = {}
    for name, label in (("precision", "precisión"), ("recall", "exhaustividad"), ("f1", "F1")):
        leaves = [
            derive(label, rate(name), *(at(run, f"confusion.{cell}") for cell in cells)) for run in study.lstm
        ]
        result[name] = None if any(leaf.value is None for leaf in leaves) else summarize(RATE, leaves)
    return result


def share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 0.0
