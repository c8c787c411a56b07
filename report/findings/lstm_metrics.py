"""The metrics at the selected and at the last epoch, never mixed, and those on the test part."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from experiments.records import Confusion, Run
from report import statistics
from report.findings.base import Finding, Rule, Summary, seeds, summarize, threshold
from report.findings.lstm_selection import selected_index
from report.numbers import Leaf, Number, derive
from report.quantities import ACCURACY, COUNT, LOSS, SEED, SHARE_WHOLE
from report.results import Study, at, lstm_record

DAI_LE_2015 = 0.8650  # tuned LSTM without pretraining, on the test part of IMDb
WANG_MANNING_2012 = 0.9122  # NBSVM on bigrams, a linear model, on the same part
CHANCE = 0.5

EPOCH_METRICS = {
    "running_loss": LOSS,
    "running_accuracy": ACCURACY,
    "train_loss": LOSS,
    "train_accuracy": ACCURACY,
    "val_loss": LOSS,
    "val_accuracy": ACCURACY,
}


class Final(StrEnum):
    SAME_EPOCH = "la elegida es la última"
    DIFFERENT = "la elegida no es la última"


class Test(StrEnum):
    WORSE_THAN_CHANCE = "por debajo del azar"
    CHANCE = "no se distingue del azar"
    BELOW = "por debajo de la referencia"
    COMPATIBLE = "compatible con la referencia"
    ABOVE = "por encima de la referencia"
    NO_REFERENCE = "sin referencia comparable"


class Linear(StrEnum):
    """Against a published linear model."""

    BELOW = "por debajo del modelo lineal"
    COMPATIBLE = "compatible con el modelo lineal"
    ABOVE = "por encima del modelo lineal"
    NO_REFERENCE = "sin modelo lineal comparable"


def find_final(study: Study) -> Finding:
    """Each metric at both epochs, over the seeds."""

    def summaries(last: bool) -> dict[str, Summary]:
        indices = [len(lstm_record(run).epochs) - 1 if last else selected_index(run) for run in study.lstm]
        return {
            name: summarize(
                quantity,
                [at(run, f"epochs[{index}].{name}") for run, index in zip(study.lstm, indices, strict=True)],
            )
            for name, quantity in EPOCH_METRICS.items()
        }

    same = all(selected_index(run) == len(lstm_record(run).epochs) - 1 for run in study.lstm)
    verdict = Final.SAME_EPOCH if same else Final.DIFFERENT
    values = {"selected": summaries(last=False), "last": summaries(last=True)}
    return Finding(
        "lstm.final_metrics", verdict, values, Rule("una sola época", "convention"), seeds(study.lstm)
    )


def find_test(study: Study) -> Finding:
    """Accuracy on the test part against chance and, on the whole of IMDb, against a published LSTM."""
    counts = [hits_and_total(run) for run in study.lstm]
    wilson = [wilson_interval(hits, n) for hits, n in counts]
    summary = test_summary(study)
    sides: dict[str, dict[str, Any]] = {}
    lowest = min((low for low, _ in wilson), key=lambda number: number.value)
    highest = max((high for _, high in wilson), key=lambda number: number.value)
    if highest.value < CHANCE:
        verdict = Test.WORSE_THAN_CHANCE
        margin = ACCURACY(derive("distancia al azar", lambda high: CHANCE - high, highest.leaf))
    elif lowest.value <= CHANCE:
        verdict = Test.CHANCE
        margin = ACCURACY(derive("distancia al azar", lambda low: low - CHANCE, lowest.leaf))
    elif not comparable(study):
        verdict, margin = Test.NO_REFERENCE, None
    else:
        intervals = all_intervals(study)
        verdict = Test[position(intervals, DAI_LE_2015)]
        margin = distance(intervals, DAI_LE_2015)
        sides = sides_of(study, DAI_LE_2015)
    rule = Rule(
        "intervalo de confianza",
        "dai_le_2015",
        {
            "reference": threshold("lstm.test_accuracy", "referencia", DAI_LE_2015, ACCURACY),
            "chance": threshold("lstm.test_accuracy", "azar", CHANCE, ACCURACY),
            "confidence": threshold("lstm.test_accuracy", "confianza", statistics.CONFIDENCE, SHARE_WHOLE),
        },
    )
    values = {
        "accuracy": summary,
        "loss": summarize(LOSS, [at(run, "test_loss") for run in study.lstm]),
        "wilson": tuple(wilson),
        "seeds": tuple(SEED(at(run, "seed")) for run in study.lstm),
        "hits": tuple(COUNT(hits) for hits, _ in counts),
        "n": COUNT(counts[0][1]),
        "sides": sides,
    }
    n_seeds = seeds(study.lstm)
    return Finding("lstm.test_accuracy", verdict, values, rule, n_seeds, margin, headlines=("accuracy",))


def find_linear(study: Study) -> Finding:
    """Accuracy on the test part of IMDb against a published linear model."""
    if comparable(study):
        intervals = all_intervals(study)
        verdict = Linear[position(intervals, WANG_MANNING_2012)]
        margin = distance(intervals, WANG_MANNING_2012)
    else:
        verdict, margin = Linear.NO_REFERENCE, None
    reference = threshold("lstm.linear_reference", "referencia", WANG_MANNING_2012, ACCURACY)
    rule = Rule("intervalo de confianza", "wang_manning_2012", {"reference": reference})
    values = {"accuracy": test_summary(study)}
    return Finding("lstm.linear_reference", verdict, values, rule, seeds(study.lstm), margin)


def comparable(study: Study) -> bool:
    """Whether figures published for the whole of IMDb say something about these results."""
    return study.profile == "full" and not study.lstm[0].record.data.is_sample


def hits_and_total(run: Run) -> tuple[Leaf, Leaf]:
    cells = [at(run, f"confusion.{name}") for name in Confusion.model_fields]
    hits = derive("suma", lambda a, b: a + b, cells[0], cells[3])
    return hits, derive("suma", lambda *values: sum(values), *cells)


def test_summary(study: Study) -> Summary:
    pairs = [hits_and_total(run) for run in study.lstm]
    return summarize(ACCURACY, [derive("cociente", lambda hits, n: hits / n, *pair) for pair in pairs])


def wilson_interval(hits: Leaf, n: Leaf) -> tuple[Number, Number]:
    return (
        ACCURACY(derive("Wilson, inferior", lambda k, n: statistics.wilson_interval(k, n)[0], hits, n)),
        ACCURACY(derive("Wilson, superior", lambda k, n: statistics.wilson_interval(k, n)[1], hits, n)),
    )


def all_intervals(study: Study) -> list[tuple[Number, Number]]:
    """Wilson's of each seed and, with several, Student's of their mean. The first knows nothing
    of other seeds and the second nothing of other reviews: a difference must show in all."""
    between_seeds = test_summary(study).interval
    wilson = [wilson_interval(*hits_and_total(run)) for run in study.lstm]
    return [*wilson, between_seeds] if between_seeds else wilson


def sides_of(study: Study, reference: float) -> dict[str, dict[str, Any]]:
    """Where the intervals lie: for each place that one takes, whether that of the mean is there and
    the seeds whose own is."""

    def side(interval: tuple[Number, Number]) -> str:
        return position([interval], reference)

    between_seeds = test_summary(study).interval
    found = {
        name: {
            "mean": between_seeds is not None and side(between_seeds) == name,
            "seeds": tuple(
                SEED(at(run, "seed"))
                for run in study.lstm
                if side(wilson_interval(*hits_and_total(run))) == name
            ),
        }
        for name in ("BELOW", "COMPATIBLE", "ABOVE")
    }
    return {name: members for name, members in found.items() if members["mean"] or members["seeds"]}


def position(intervals: Sequence[tuple[Number, Number]], reference: float) -> str:
    """The name of the verdict: a difference is said only if every interval lies on the same
    side of the reference and none touches it."""
    if all(high.value < reference for _, high in intervals):
        return "BELOW"
    return "ABOVE" if all(low.value > reference for low, _ in intervals) else "COMPATIBLE"


def distance(intervals: Sequence[tuple[Number, Number]], reference: float) -> Number:
    """How far the deciding end of an interval is from the reference, the verdict's margin."""
    highest = max((high for _, high in intervals), key=lambda end: end.value)
    lowest = min((low for low, _ in intervals), key=lambda end: end.value)
    nearest = min((highest, lowest), key=lambda end: abs(end.value - reference))
    return ACCURACY(derive("distancia a la referencia", lambda end: abs(end - reference), nearest.leaf))
