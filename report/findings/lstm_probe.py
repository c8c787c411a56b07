"""The controlled probe: does the cell carry one decisive clause over a set distance?"""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from experiments.records import ProbeRecord, Run
from report import statistics
from report.findings.base import Finding, Rule, seeds, summarize, threshold
from report.findings.lstm_length import Interval
from report.findings.lstm_metrics import wilson_interval
from report.numbers import Leaf, Number, derive, gather
from report.quantities import ACCURACY, COUNT, SEED, SETTING
from report.results import Study, at

ENOUGH = 0.95  # what is asked of both networks at each distance

SETTINGS = ("train_reviews", "sequence_length", "embedding_dim", "units", "batch_size", "epochs")


class Probe(StrEnum):
    NOT_VALID = "no válida"
    NOT_LEARNED = "no aprende la tarea"
    HOLDS = "aguanta todas las distancias"
    FAILS = "falla desde cierta distancia"
    MIXED = "distinta según la semilla"


OUTCOMES = (Probe.HOLDS, Probe.FAILS, Probe.NOT_LEARNED)  # of one seed


def cell_of(accuracies: Sequence[float]) -> Probe:
    """Of one seed whose control is valid. What fails at the shortest distance has not learned
    the task at all, and says nothing of memory."""
    if all(accuracy >= ENOUGH for accuracy in accuracies):
        return Probe.HOLDS
    return Probe.FAILS if accuracies[0] >= ENOUGH else Probe.NOT_LEARNED


def overall(control: Sequence[Sequence[float]], cell: Sequence[Sequence[float]]) -> Probe:
    """The probe is valid only if the control does enough at every distance in every seed; then
    the verdict is the one that all seeds share."""
    if min(min(accuracies) for accuracies in control) < ENOUGH:
        return Probe.NOT_VALID
    distinct = {cell_of(accuracies) for accuracies in cell}
    return distinct.pop() if len(distinct) == 1 else Probe.MIXED


def find(study: Study) -> Finding:
    runs = study.probe
    record = probe_record(runs[0])
    size = len(record.rows)
    cell = [[right(run, index, "lstm") for index in range(size)] for run in runs]
    control = [[right(run, index, "bilstm") for index in range(size)] for run in runs]
    verdict = overall(values_of(control), values_of(cell))
    failing = [
        (run, index)
        for run, leaves in zip(runs, cell, strict=True)
        if (index := first_failure(leaves)) is not None
    ]
    worst = min((leaf for leaves in control for leaf in leaves), key=lambda leaf: leaf.value)
    weakest = min((leaf for leaves in cell for leaf in leaves), key=lambda leaf: leaf.value)
    values: dict[str, Any] = {
        "rows": tuple(
            {
                "distance": COUNT(at(runs[0], f"rows[{index}].distance")),
                "cell": summarize(ACCURACY, [leaves[index] for leaves in cell]),
                "cell_band": band(runs, index, "lstm"),
                "cell_bands": each_band(runs, index, "lstm"),
                "control": summarize(ACCURACY, [leaves[index] for leaves in control]),
                "control_band": band(runs, index, "bilstm"),
                "control_bands": each_band(runs, index, "bilstm"),
            }
            for index in range(size)
        ),
        "n": COUNT(at(runs[0], "rows[0].n")),
        "seeds": tuple(SEED(at(run, "seed")) for run in runs),
        "failing_seeds": tuple(SEED(at(run, "seed")) for run, index in failing if index),
        "failing_from": tuple(COUNT(at(run, f"rows[{index}].distance")) for run, index in failing if index),
        "unlearned_seeds": tuple(SEED(at(run, "seed")) for run, index in failing if not index),
        "holding_seeds": tuple(
            SEED(at(run, "seed"))
            for run, leaves in zip(runs, cell, strict=True)
            if first_failure(leaves) is None
        ),
        "worst_control": ACCURACY(worst),
        "worst_cell": ACCURACY(weakest),
        **{name: COUNT(at(runs[0], f"config.{name}")) for name in SETTINGS},
        "learning_rate": SETTING(at(runs[0], "config.learning_rate")),
    }
    rule = Rule(
        "exactitud a cada distancia",
        "convention",
        {"enough": threshold("lstm.probe", "exactitud", ENOUGH)},
    )
    every = gather(map(gather, cell))
    margin = ACCURACY(derive("lo que falta para otro veredicto", to_other_verdict, worst, every))
    sooner = distance_to_enough(nearest_flip(worst, cell))
    values["sooner"] = sooner if sooner.value < margin.value else None
    return Finding("lstm.probe", verdict, values, rule, seeds(runs), margin)


def right(run: Run, index: int, model: str) -> Leaf:
    hits, n = at(run, f"rows[{index}].{model}_correct"), at(run, f"rows[{index}].n")
    return derive("cociente", lambda hits, n: hits / n, hits, n)


def band(runs: Sequence[Run], index: int, model: str) -> Interval:
    """Wilson's interval of the mean over the seeds, which read the same reviews."""
    hits = gather(at(run, f"rows[{index}].{model}_correct") for run in runs)
    return wilson_interval(derive("media", statistics.mean, hits), at(runs[0], f"rows[{index}].n"))


def each_band(runs: Sequence[Run], index: int, model: str) -> tuple[Interval, ...]:
    """Wilson's interval of each seed."""
    return tuple(
        wilson_interval(at(run, f"rows[{index}].{model}_correct"), at(run, f"rows[{index}].n"))
        for run in runs
    )


def first_failure(leaves: Sequence[Leaf]) -> int | None:
    """The first distance at which the cell does not do enough."""
    return next((index for index, leaf in enumerate(leaves) if leaf.value < ENOUGH), None)


def distance_to_enough(leaf: Leaf) -> Number:
    return ACCURACY(derive("distancia al umbral", lambda accuracy: abs(accuracy - ENOUGH), leaf))


def nearest_flip(worst: Leaf, cell: Sequence[Sequence[Leaf]]) -> Leaf:
    """What would change first anything that is said: the control's worst, or one of the accuracies
    of a seed up to its first failure."""
    deciding = [worst]
    for leaves in cell:
        last = first_failure(leaves)
        deciding += leaves if last is None else leaves[: last + 1]
    return min(deciding, key=lambda leaf: abs(leaf.value - ENOUGH))


def to_other_verdict(worst: float, cell: Sequence[Sequence[float]]) -> float:
    """The least by which some accuracy must change for another verdict: the control's ``worst``, or
    those of the cell, accuracies[seed][distance]. Where all seeds agree one that leaves is enough;
    where they do not, all must come to agree."""
    if worst < ENOUGH:
        return ENOUGH - worst
    kinds = [cell_of(accuracies) for accuracies in cell]
    costs = [{kind: to_become(kind, accuracies) for kind in OUTCOMES} for accuracies in cell]
    if len(set(kinds)) == 1:
        others = [kind for kind in OUTCOMES if kind is not kinds[0]]
        change = min(cost[kind] for cost in costs for kind in others)
    else:
        change = min(max(cost[kind] for cost in costs) for kind in OUTCOMES)
    return min(worst - ENOUGH, change)


def to_become(kind: Probe, accuracies: Sequence[float]) -> float:
    """The least by which some accuracy of a seed must change for it to be of ``kind``; 0 if it is,
    infinite if it cannot be."""
    first, rest = accuracies[0], accuracies[1:]
    if kind is Probe.HOLDS:
        return max(0.0, ENOUGH - min(accuracies))
    if kind is Probe.NOT_LEARNED:
        return max(0.0, first - ENOUGH)
    return max(0.0, ENOUGH - first, min(rest, default=math.inf) - ENOUGH)


def values_of(leaves: Sequence[Sequence[Leaf]]) -> list[list[float]]:
    return [[leaf.value for leaf in each] for each in leaves]


def probe_record(run: Run) -> ProbeRecord:
    assert isinstance(run.record, ProbeRecord)
    return run.record
