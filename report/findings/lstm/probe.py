"""The controlled probe: does the cell carry one decisive clause over a set distance?"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.kinds.probe import ProbeRecord
from experiments.records.base import RecordError, Run
from report.findings import flips, measures
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
from report.findings.chance import CHANCE
from report.findings.hits import share_of_hits
from report.findings.intervals import Interval, wilson_interval
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import ACCURACY, COUNT, SETTING
from report.study.study import GroupName, Study, at

ENOUGH = 0.95  # what is asked of both networks at each distance


class Carries(Code):
    """What the cells do that learn the task."""

    NOT_VALID = auto()
    NOT_LEARNED = auto()
    HOLDS = auto()
    FAILS = auto()
    WEAK = auto()
    MIXED = auto()


# Of one cell that learns the task; one that is weak does not do enough at the shortest distance, and so
# says nothing of memory.
OUTCOMES = (Carries.HOLDS, Carries.FAILS, Carries.WEAK)


class Learned(Code):
    """The seeds whose cell learns the task."""

    ALL = auto()
    SOME = auto()
    NONE = auto()


class Line(Code):
    """The last line of the table."""

    CONTROL = auto()


@dataclass(frozen=True)
class Thresholds:
    enough: Number
    chance: Number
    significance: Number


@dataclass(frozen=True)
class Network:
    """One network over some seeds: their accuracies, Wilson's interval of their mean, since they read
    the same reviews, and that of each."""

    accuracy: Summary
    band: Interval
    bands: tuple[Interval, ...]


@dataclass(frozen=True)
class AtDistance:
    """Both networks with the clause ``distance`` words from the end; of the cell the seeds that learn
    the task, None where none does."""

    distance: Number
    cell: Network | None
    control: Network


@dataclass(frozen=True)
class SeedCell:
    """The cell of one seed: its accuracy on the validation part at the epoch that was chosen, and what
    it does, None where it has not learned; then ``accuracies`` by distance are empty."""

    seed: Number
    validation: Number
    outcome: Carries | None
    accuracies: tuple[Number, ...]
    fails_from: Number | None


@dataclass(frozen=True, kw_only=True)
class Probe(Finding):
    """``places`` by distance, each tried on ``n`` reviews. ``n_seeds`` cells and ``n_control`` controls
    are trained, those of the seeds ``control_seeds``. ``sooner`` is what would change something that
    is said of a seed, if that is less than the margin. The rest are the settings."""

    needs: ClassVar[tuple[GroupName, ...]] = ("probe",)
    rule: ClassVar[Rule] = Rule("accuracy at each distance", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        enough=threshold("lstm.probe", "exactitud", ENOUGH),
        chance=threshold("lstm.probe", "azar", CHANCE),
        significance=threshold("lstm.probe", "significación", measures.SIGNIFICANCE),
    )

    verdict: Carries
    learned: Learned
    margin: Number
    sooner: Number | None
    by_seed: tuple[SeedCell, ...]
    places: tuple[AtDistance, ...]
    n: Number
    n_learned: Number
    n_control: Number
    control_seeds: tuple[Number, ...]
    control_validation: Summary
    worst_control: Number
    worst_cell: Number | None
    train_reviews: Number
    validation_reviews: Number
    sequence_length: Number
    embedding_dim: Number
    units: Number
    batch_size: Number
    epochs: Number
    learning_rate: Number

    def seeds_that(self, outcome: Carries | None) -> tuple[Number, ...]:
        return tuple(each.seed for each in self.by_seed if each.outcome is outcome)

    @property
    def holding_seeds(self) -> tuple[Number, ...]:
        return self.seeds_that(Carries.HOLDS)

    @property
    def failing_seeds(self) -> tuple[Number, ...]:
        return self.seeds_that(Carries.FAILS)

    @property
    def weak_seeds(self) -> tuple[Number, ...]:
        return self.seeds_that(Carries.WEAK)

    @property
    def unlearned_seeds(self) -> tuple[Number, ...]:
        return self.seeds_that(None)

    @property
    def learned_seeds(self) -> tuple[Number, ...]:
        return tuple(each.seed for each in self.by_seed if each.outcome)

    @property
    def failing_from(self) -> tuple[Number, ...]:
        """The distance from which each of the failing seeds does."""
        return tuple(each.fails_from for each in self.by_seed if each.fails_from)

    @property
    def distances(self) -> Row:
        """The head of the table."""
        return tuple(place.distance for place in self.places)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Each cell, and the mean of the controls: validation, and by distance if it has learned."""
        dashes = (None,) * len(self.places)
        cells = tuple((each.seed, each.validation, *(each.accuracies or dashes)) for each in self.by_seed)
        controls = (place.control.accuracy.mean for place in self.places)
        return (*cells, (Line.CONTROL, self.control_validation.mean, *controls))


def cell_outcome(hits: int, n: int, right: Sequence[float]) -> Carries | None:
    """Of one cell: ``hits`` of ``n`` on the validation part, and the accuracies by distance; None if
    it has not learned, that is, if its hits may be chance."""
    if measures.above_chance_p(hits, n) >= measures.SIGNIFICANCE:
        return None
    if all(accuracy >= ENOUGH for accuracy in right):
        return Carries.HOLDS
    return Carries.FAILS if right[0] >= ENOUGH else Carries.WEAK


def overall(control: Sequence[Sequence[float]], cells: Iterable[Carries | None]) -> Carries:
    """The probe is valid only if the control does enough at every distance in every seed; then
    the verdict is the one that all cells share that have learned."""
    if min(map(min, control)) < ENOUGH:
        return Carries.NOT_VALID
    learned = [cell for cell in cells if cell]
    return shared(learned, Carries.MIXED) if learned else Carries.NOT_LEARNED


def find(study: Study) -> Probe:
    """Each cell, and those controls that were trained.

    Raises:
        RecordError: none was.
    """
    runs, controlled = study.probe, [run for run in study.probe if probe_record(run).control]
    if not controlled:
        raise RecordError(
            f"{runs[0].name}: se esperaba un control de la sonda al menos en una semilla, no se encontró "
            "ninguno; ejecute «make train»."
        )
    by_seed = tuple(map(cell_of, runs))
    learned = [run for run, each in zip(runs, by_seed, strict=True) if each.outcome]
    control = [accuracies(run, "control") for run in controlled]
    worst = min((leaf for each in control for leaf in each), key=lambda leaf: leaf.value)
    weakest = min((n for each in by_seed for n in each.accuracies), key=lambda n: n.value, default=None)
    told = gather(gather((*validation(run, "cell"), gather(accuracies(run, "cell")))) for run in runs)
    margin = ACCURACY(derive("lo que falta para otro veredicto", to_other_verdict, worst, told))
    sooner = ACCURACY(derive("lo que falta para decir otra cosa de una semilla", to_other_words, worst, told))

    def setting(name: str) -> Number:
        return COUNT(at(runs[0], f"config.{name}"))

    return Probe(
        verdict=overall(values_of(control), [each.outcome for each in by_seed]),
        learned=how_many(len(learned), len(runs)),
        n_seeds=seeds(runs),
        margin=margin,
        sooner=sooner if sooner.value < margin.value else None,
        by_seed=by_seed,
        places=tuple(at_distance(learned, controlled, i) for i in range(len(control[0]))),
        n=COUNT(at(runs[0], "cell.rows[0].n")),
        n_learned=seeds(learned),
        n_control=seeds(controlled),
        control_seeds=tuple(map(seed, controlled)),
        control_validation=summarize(
            ACCURACY, [share_of_hits(*validation(run, "control")) for run in controlled]
        ),
        worst_control=ACCURACY(worst),
        worst_cell=weakest,
        train_reviews=setting("train_reviews"),
        validation_reviews=setting("validation_reviews"),
        sequence_length=setting("sequence_length"),
        embedding_dim=setting("embedding_dim"),
        units=setting("units"),
        batch_size=setting("batch_size"),
        epochs=setting("epochs"),
        learning_rate=SETTING(at(runs[0], "config.learning_rate")),
    )


def how_many(learned: int, total: int) -> Learned:
    if not learned:
        return Learned.NONE
    return Learned.ALL if learned == total else Learned.SOME


# --- one seed ----------------------------------------------------------------------------


def cell_of(run: Run) -> SeedCell:
    (hits, n), right = validation(run, "cell"), accuracies(run, "cell")
    outcome = cell_outcome(hits.value, n.value, [leaf.value for leaf in right])
    first = first_failure(right) if outcome is Carries.FAILS else None
    return SeedCell(
        seed=seed(run),
        validation=ACCURACY(share_of_hits(hits, n)),
        outcome=outcome,
        accuracies=tuple(map(ACCURACY, right)) if outcome else (),
        fails_from=None if first is None else COUNT(at(run, f"cell.rows[{first}].distance")),
    )


def validation(run: Run, network: str) -> tuple[Leaf, Leaf]:
    """The hits of a network on the validation part at the epoch that was chosen, and its size."""
    chosen = at(run, f"{network}.selected_epoch").value - 1
    return at(run, f"{network}.epochs[{chosen}].val_correct"), at(run, f"{network}.val_n")


def accuracies(run: Run, network: str) -> list[Leaf]:
    """Of a network, by distance."""
    places = [f"{network}.rows[{i}]" for i in range(len(at(run, f"{network}.rows").value))]
    return [share_of_hits(at(run, f"{place}.correct"), at(run, f"{place}.n")) for place in places]


def first_failure(leaves: Iterable[Leaf]) -> int | None:
    """The first distance at which the cell does not do enough."""
    return next((index for index, leaf in enumerate(leaves) if leaf.value < ENOUGH), None)


# --- one distance ------------------------------------------------------------------------


def at_distance(learned: Sequence[Run], controlled: Sequence[Run], index: int) -> AtDistance:
    return AtDistance(
        distance=COUNT(at(controlled[0], f"control.rows[{index}].distance")),
        cell=network_at(learned, f"cell.rows[{index}]") if learned else None,
        control=network_at(controlled, f"control.rows[{index}]"),
    )


def network_at(runs: Sequence[Run], place: str) -> Network:
    counts = [(at(run, f"{place}.correct"), at(run, f"{place}.n")) for run in runs]
    hits = gather(correct for correct, _ in counts)
    return Network(
        accuracy=summarize(ACCURACY, [share_of_hits(*each) for each in counts]),
        band=wilson_interval(derive("media", measures.mean, hits), counts[0][1]),
        bands=tuple(wilson_interval(*each) for each in counts),
    )


# --- how far it is from saying something else -----------------------------------------------

Told = tuple[int, int, Sequence[float]]  # of a seed: validation hits and size, accuracies by distance


def to_other_verdict(worst: float, told: Sequence[Told]) -> float:
    """The least by which some accuracy must change for another verdict: the control's ``worst``, or
    those of the cells."""
    if worst < ENOUGH:
        return ENOUGH - worst
    costs = [costs_of(*each) for each in told]
    reached = {
        Carries.NOT_LEARNED: flips.to_none(costs),
        **{outcome: flips.to_shared(outcome, costs) for outcome in OUTCOMES},
        Carries.MIXED: flips.to_mixed(OUTCOMES, costs),
    }
    del reached[overall([[worst]], [cell_outcome(*each) for each in told])]
    return min(worst - ENOUGH, *reached.values())


def costs_of(hits: int, n: int, right: Sequence[float]) -> dict[Carries | None, float]:
    """Of one cell, for ``flips``."""
    learning, unlearning = to_learn(hits, n)
    return {None: unlearning, **{each: max(learning, to_become(each, right)) for each in OUTCOMES}}


def to_learn(hits: int, n: int) -> tuple[float, float]:
    """How much better a validation accuracy must be to count as learned, and how much worse not to."""
    short = measures.least_above_chance(n) - hits
    return max(0.0, short / n), max(0.0, (1 - short) / n)


def to_become(outcome: Carries, right: Sequence[float]) -> float:
    """The least by which some accuracy of a cell that has learned must change for that ``outcome``; 0
    if it is, infinite if it cannot be."""
    first, rest = right[0], right[1:]
    if outcome is Carries.HOLDS:
        return max(0.0, ENOUGH - min(right))
    if outcome is Carries.WEAK:
        return max(0.0, first - ENOUGH)
    return max(0.0, ENOUGH - first, min(rest, default=math.inf) - ENOUGH)


def to_other_words(worst: float, told: Sequence[Told]) -> float:
    """The least by which some accuracy must change for anything else to be said: also that of which
    seeds learn, and from which distance one fails."""
    return min(abs(worst - ENOUGH), *(distance for each in told for distance in deciding(*each)))


def deciding(hits: int, n: int, right: Sequence[float]) -> list[float]:
    """Of one cell, how far what is said of it is from something else."""
    learning = max(to_learn(hits, n))
    if cell_outcome(hits, n, right) is None:
        return [learning]
    last = next((index for index, accuracy in enumerate(right) if accuracy < ENOUGH), len(right))
    return [learning, *(abs(accuracy - ENOUGH) for accuracy in right[: last + 1])]


def values_of(leaves: Sequence[Sequence[Leaf]]) -> list[list[float]]:
    return [[leaf.value for leaf in each] for each in leaves]


def probe_record(run: Run) -> ProbeRecord:
    assert isinstance(run.record, ProbeRecord)
    return run.record
