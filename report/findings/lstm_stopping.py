"""What early stopping and the learning-rate schedule did."""

import itertools
from enum import StrEnum

from report.findings.base import Finding, Rule, seeds, threshold
from report.numbers import derive, gather
from report.quantities import COUNT, EPOCH, LEARNING_RATE
from report.results import Study, at, lstm_record


class Stopping(StrEnum):
    ALL = "actuó en todas"
    SOME = "actuó en algunas"
    NONE = "no actuó"


class Schedule(StrEnum):
    ALL = "bajó en todas"
    SOME = "bajó en algunas"
    NONE = "no bajó"


def find_stopping(study: Study) -> Finding:
    stopped = [run for run in study.lstm if lstm_record(run).stopped_early]
    flags = gather(at(run, "stopped_early") for run in study.lstm)
    if not stopped:
        verdict = Stopping.NONE
    else:
        verdict = Stopping.ALL if len(stopped) == len(study.lstm) else Stopping.SOME
    patience = at(study.lstm[0], "config.early_stopping_patience")
    values = {
        "stopped": COUNT(derive("recuento", sum, flags)),
        "trained": tuple(EPOCH(derive("recuento", len, at(run, "epochs"))) for run in study.lstm),
        "max_epochs": EPOCH(at(study.lstm[0], "config.max_epochs")),
        "patience": COUNT(patience),
    }
    rule = Rule("parada anticipada", "prechelt_1998", {"patience": COUNT(patience)})
    return Finding("lstm.stopping", verdict, values, rule, seeds(study.lstm))


def find_schedule(study: Study) -> Finding:
    """Epochs that began with a lower learning rate than the one before."""
    rates = [at(run, "epochs[*].learning_rate") for run in study.lstm]
    counts = [derive("bajadas", drops, leaf) for leaf in rates]
    lowered = sum(leaf.value > 0 for leaf in counts)
    if not lowered:
        verdict = Schedule.NONE
    else:
        verdict = Schedule.ALL if lowered == len(rates) else Schedule.SOME
    values = {
        "drops": tuple(COUNT(leaf) for leaf in counts),
        "first": LEARNING_RATE(at(study.lstm[0], "config.learning_rate")),
        "lowest": LEARNING_RATE(derive("mínimo", lambda listed: min(map(min, listed)), gather(rates))),
        "factor": LEARNING_RATE(at(study.lstm[0], "config.reduce_lr_factor")),
        "patience": COUNT(at(study.lstm[0], "config.reduce_lr_patience")),
    }
    rule = Rule(
        "tasa de aprendizaje por épocas",
        "convention",
        {"drop": threshold("lstm.learning_rate", "bajada", 0, COUNT)},
    )
    return Finding("lstm.learning_rate", verdict, values, rule, seeds(study.lstm))


def drops(rates: list[float]) -> int:
    return sum(after < before for before, after in itertools.pairwise(rates))
