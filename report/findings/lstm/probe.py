"""The controlled probe: does the cell carry one decisive clause over a set distance?"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records import ProbeRecord, Run
from report.findings import measures
from report.findings.base import (
    CONVENTION,
    Code,
    Finding,
    Row,
    Rule,
    Summary,
    seed,
    seeds,
    shared,
    summarize,
    threshold,
)
from report.findings.hits import share_of_hits
from report.findings.intervals import Interval, wilson_interval
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import ACCURACY, COUNT, SETTING
from report.study.study import GroupName, Study, at

ENOUGH = 0.95  # what is asked of both networks at each distance


class Carries(Code):
    """What the cell does."""

    NOT_VALID = auto()
    NOT_LEARNED = auto()
    HOLDS = auto()
    FAILS = auto()
    MIXED = auto()


OUTCOMES = (Carries.HOLDS, Carries.FAILS, Carries.NOT_LEARNED)  # of one seed


@dataclass(frozen=True)
class Thresholds:
    enough: Number


@dataclass(frozen=True)
class AtDistance:
    """Both networks with the clause ``distance`` words from the end: the seeds, Wilson's interval of
    their mean, which read the same reviews, and that of each."""

    distance: Number
    cell: Summary
    cell_band: Interval
    cell_bands: tuple[Interval, ...]
    control: Summary
    control_band: Interval
    control_bands: tuple[Interval, ...]


@dataclass(frozen=True, kw_only=True)
class Probe(Finding):
    """``places`` by distance, each tried on ``n`` reviews. The seeds by what their cell does:
    those that fail, with the distance from which each does; those that learn nothing; those that
    hold. ``sooner`` is what would change something that is said of a seed, if that is less than the
    margin. The rest are the settings."""

    needs: ClassVar[tuple[GroupName, ...]] = ("probe",)
    rule: ClassVar[Rule] = Rule("accuracy at each distance", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(enough=threshold("lstm.probe", "exactitud", ENOUGH))

    verdict: Carries
    margin: Number
    sooner: Number | None
    places: tuple[AtDistance, ...]
    n: Number
    seeds: tuple[Number, ...]
    failing_seeds: tuple[Number, ...]
    failing_from: tuple[Number, ...]
    unlearned_seeds: tuple[Number, ...]
    holding_seeds: tuple[Number, ...]
    worst_control: Number
    worst_cell: Number
    train_reviews: Number
    sequence_length: Number
    embedding_dim: Number
    units: Number
    batch_size: Number
    epochs: Number
    learning_rate: Number

    @property
    def rows(self) -> tuple[Row, ...]:
        """Of the cell, each seed: where one learns the task and another does not, a mean is nobody's."""
        return tuple((place.distance, *place.cell.each, place.control) for place in self.places)


def cell_of(accuracies: Sequence[float]) -> Carries:
    """Of one seed whose control is valid. What fails at the shortest distance has not learned
    the task at all, and says nothing of memory."""
    if all(accuracy >= ENOUGH for accuracy in accuracies):
        return Carries.HOLDS
    return Carries.FAILS if accuracies[0] >= ENOUGH else Carries.NOT_LEARNED


def overall(control: Sequence[Sequence[float]], cell: Sequence[Sequence[float]]) -> Carries:
    """The probe is valid only if the control does enough at every distance in every seed; then
    the verdict is the one that all seeds share."""
    if min(min(accuracies) for accuracies in control) < ENOUGH:
        return Carries.NOT_VALID
    return shared((cell_of(accuracies) for accuracies in cell), Carries.MIXED)


def find(study: Study) -> Probe:
    runs = study.probe
    size = len(probe_record(runs[0]).rows)
    cell = [[right(run, index, "lstm") for index in range(size)] for run in runs]
    control = [[right(run, index, "bilstm") for index in range(size)] for run in runs]
    first_failures = [(run, first_failure(leaves)) for run, leaves in zip(runs, cell, strict=True)]
    failing = [(run, index) for run, index in first_failures if index]
    worst = min((leaf for leaves in control for leaf in leaves), key=lambda leaf: leaf.value)
    weakest = min((leaf for leaves in cell for leaf in leaves), key=lambda leaf: leaf.value)
    every = gather(map(gather, cell))
    margin = ACCURACY(derive("lo que falta para otro veredicto", to_other_verdict, worst, every))
    sooner = distance_to_enough(nearest_flip(worst, cell))

    def setting(name: str) -> Number:
        return COUNT(at(runs[0], f"config.{name}"))

    return Probe(
        verdict=overall(values_of(control), values_of(cell)),
        n_seeds=seeds(runs),
        margin=margin,
        sooner=sooner if sooner.value < margin.value else None,
        places=tuple(at_distance(runs, index) for index in range(size)),
        n=COUNT(at(runs[0], "rows[0].n")),
        seeds=tuple(seed(run) for run in runs),
        failing_seeds=tuple(seed(run) for run, _ in failing),
        failing_from=tuple(COUNT(at(run, f"rows[{index}].distance")) for run, index in failing),
        unlearned_seeds=tuple(seed(run) for run, index in first_failures if index == 0),
        holding_seeds=tuple(seed(run) for run, index in first_failures if index is None),
        worst_control=ACCURACY(worst),
        worst_cell=ACCURACY(weakest),
        train_reviews=setting("train_reviews"),
        sequence_length=setting("sequence_length"),
        embedding_dim=setting("embedding_dim"),
        units=setting("units"),
        batch_size=setting("batch_size"),
        epochs=setting("epochs"),
        learning_rate=SETTING(at(runs[0], "config.learning_rate")),
    )


def at_distance(runs: Sequence[Run], index: int) -> AtDistance:
    return AtDistance(
        distance=COUNT(at(runs[0], f"rows[{index}].distance")),
        cell=summarize(ACCURACY, [right(run, index, "lstm") for run in runs]),
        cell_band=band(runs, index, "lstm"),
        cell_bands=each_band(runs, index, "lstm"),
        control=summarize(ACCURACY, [right(run, index, "bilstm") for run in runs]),
        control_band=band(runs, index, "bilstm"),
        control_bands=each_band(runs, index, "bilstm"),
    )


def right(run: Run, index: int, model: str) -> Leaf:
    return share_of_hits(at(run, f"rows[{index}].{model}_correct"), at(run, f"rows[{index}].n"))


def band(runs: Sequence[Run], index: int, model: str) -> Interval:
    """Wilson's interval of the mean over the seeds, which read the same reviews."""
    hits = gather(at(run, f"rows[{index}].{model}_correct") for run in runs)
    return wilson_interval(derive("media", measures.mean, hits), at(runs[0], f"rows[{index}].n"))


def each_band(runs: Sequence[Run], index: int, model: str) -> tuple[Interval, ...]:
    """Wilson's interval of each seed."""
    return tuple(
        wilson_interval(at(run, f"rows[{index}].{model}_correct"), at(run, f"rows[{index}].n"))
        for run in runs
    )


def first_failure(leaves: Iterable[Leaf]) -> int | None:
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


def to_become(kind: Carries, accuracies: Sequence[float]) -> float:
    """The least by which some accuracy of a seed must change for it to be of ``kind``; 0 if it is,
    infinite if it cannot be."""
    first, rest = accuracies[0], accuracies[1:]
    if kind is Carries.HOLDS:
        return max(0.0, ENOUGH - min(accuracies))
    if kind is Carries.NOT_LEARNED:
        return max(0.0, first - ENOUGH)
    return max(0.0, ENOUGH - first, min(rest, default=math.inf) - ENOUGH)


def values_of(leaves: Sequence[Sequence[Leaf]]) -> list[list[float]]:
    return [[leaf.value for leaf in each] for each in leaves]


def probe_record(run: Run) -> ProbeRecord:
    assert isinstance(run.record, ProbeRecord)
    return run.record
