"""Which epoch validation chose, and whether another criterion would have chosen another."""

from collections.abc import Sequence
from enum import StrEnum

from experiments.records import Run
from report.findings.base import Finding, Rule, seeds
from report.numbers import derive
from report.quantities import ACCURACY, EPOCH, LOSS, SEED
from report.results import Study, at, lstm_record


class Selected(StrEnum):
    SINGLE_SEED = "una semilla"
    SAME = "la misma en todas"
    VARIES = "varía"


class Criteria(StrEnum):
    AGREE = "coinciden"
    DIFFER = "difieren"


def selected_index(run: Run) -> int:
    return lstm_record(run).selected_epoch - 1


def find_selected(study: Study) -> Finding:
    """The epoch with the lowest validation loss of each seed; of equal ones, the first."""
    chosen = [EPOCH(at(run, "selected_epoch")) for run in study.lstm]
    distinct = {number.value for number in chosen}
    if len(study.lstm) == 1:
        verdict = Selected.SINGLE_SEED
    else:
        verdict = Selected.SAME if len(distinct) == 1 else Selected.VARIES
    values = {
        "epochs": tuple(chosen),
        "trained": tuple(EPOCH(derive("recuento", len, at(run, "epochs"))) for run in study.lstm),
        "val_losses": tuple(LOSS(at(run, f"epochs[{selected_index(run)}].val_loss")) for run in study.lstm),
        "seeds": tuple(SEED(at(run, "seed")) for run in study.lstm),
        "last_selected": tuple(
            SEED(at(run, "seed"))
            for run in study.lstm
            if selected_index(run) == len(lstm_record(run).epochs) - 1
        ),
    }
    rule = Rule("mínima pérdida de validación", "convention")
    return Finding("lstm.selected_epoch", verdict, values, rule, seeds(study.lstm), headlines=("epochs",))


def find_criteria(study: Study) -> Finding:
    """Whether the epoch of the lowest validation loss is also that of the highest validation
    accuracy, in every seed; an accuracy reached twice counts for both epochs."""
    best = [at(run, "epochs[*].val_accuracy") for run in study.lstm]
    differing = [
        run
        for run, accuracies in zip(study.lstm, best, strict=True)
        if accuracies.value[selected_index(run)] != max(accuracies.value)
    ]
    values = {
        "best_epochs": tuple(EPOCH(derive("época del máximo", first_best, leaf)) for leaf in best),
        "best_accuracies": tuple(ACCURACY(derive("máximo", max, leaf)) for leaf in best),
        "selected_accuracies": tuple(
            ACCURACY(at(run, f"epochs[{selected_index(run)}].val_accuracy")) for run in study.lstm
        ),
        "epochs": tuple(EPOCH(at(run, "selected_epoch")) for run in study.lstm),
        "differing": tuple(SEED(at(run, "seed")) for run in differing),
    }
    rule = Rule("máxima exactitud de validación", "convention")
    verdict = Criteria.DIFFER if differing else Criteria.AGREE
    return Finding("lstm.criteria", verdict, values, rule, seeds(study.lstm))


def first_best(values: Sequence[float]) -> int:
    """The epoch, from 1, of the highest value; of equal ones, the first."""
    return max(range(len(values)), key=lambda index: values[index]) + 1
