"""The controlled probe: over which distance does the cell carry one decisive clause, if it learns to?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.base import RecordError, Run
from report.findings import conditions, measures, probing
from report.findings.base import (
    CONVENTION,
    Code,
    Estimate,
    Finding,
    Row,
    Rule,
    Summary,
    seed,
    seeds,
    summarize,
    threshold,
)
from report.findings.chance import CHANCE
from report.findings.conditions import Tested
from report.findings.hits import share_of_hits
from report.findings.probed import (
    AtDistance,
    at_distance,
    counts,
    has_learned,
    probe_record,
    seed_change,
    slack,
    validation,
)
from report.findings.probing import Extent, Learned
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import ACCURACY, COUNT, DIFFERENCE, SETTING
from report.study.study import GroupName, Study, at

ENOUGH = 0.95  # what is asked of the mean of the controls at each distance
NO_CHANGE = 0.0


class Carries(Code):
    """What the cells do that learn the task: ``Extent``, unless nothing can be said of it. Lone: only
    one does, and another might do something else."""

    NOT_VALID = auto()
    NOT_LEARNED = auto()
    LONE = auto()
    EVERYWHERE = auto()
    FADES = auto()
    UP_TO = auto()
    NOWHERE = auto()


class Control(Code):
    """Whether the controls show that the task can be learned, at every distance."""

    VALID = auto()
    NOT_LEARNED = auto()
    NOT_ENOUGH = auto()


class Line(Code):
    """The last line of the table."""

    CONTROL = auto()


@dataclass(frozen=True)
class Thresholds:
    enough: Number
    chance: Number
    significance: Number
    change: Number


@dataclass(frozen=True)
class SeedCell:
    """The cell of one seed: its accuracy on the validation part at the epoch that was chosen, and by
    distance if it has ``learned``."""

    seed: Number
    validation: Number
    learned: bool
    accuracies: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class Probe(Finding):
    """``places`` by distance, each tried on ``n`` reviews; the clause is carried ``up_to`` one of them and
    not to the next, ``lost_at``, None where there is no such distance. ``change``: of each cell that has
    learned, the accuracy at the longest distance less that at the shortest; ``loss`` the same with the
    other sign. ``n_seeds`` cells and ``n_control`` controls are trained, those of the seeds
    ``control_seeds``, of which ``control_learned`` learn. ``tries`` epochs of all cells are looked at, so
    that ``margin`` holds with the seeds that learn as they are. The rest are the settings."""

    needs: ClassVar[tuple[GroupName, ...]] = ("probe",)
    rule: ClassVar[Rule] = Rule("exact binomial tests at each distance", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        enough=threshold("lstm.probe", "exactitud", ENOUGH),
        chance=threshold("lstm.probe", "azar", CHANCE),
        significance=threshold("lstm.probe", "significación", measures.SIGNIFICANCE),
        change=threshold("lstm.probe", "cambio", NO_CHANGE),
    )

    verdict: Carries
    learned: Learned
    extent: Extent | None
    control: Control
    by_seed: tuple[SeedCell, ...]
    places: tuple[AtDistance, ...]
    up_to: AtDistance | None
    lost_at: AtDistance | None
    change: Tested | None
    loss: Summary | None
    n: Number
    n_learned: Number
    n_control: Number
    control_seeds: tuple[Number, ...]
    control_learned: Number
    control_validation: Summary
    worst_control: Number
    tries: Number
    train_reviews: Number
    validation_reviews: Number
    sequence_length: Number
    embedding_dim: Number
    units: Number
    batch_size: Number
    epochs: Number
    learning_rate: Number

    @property
    def learned_seeds(self) -> tuple[Number, ...]:
        return tuple(each.seed for each in self.by_seed if each.learned)

    @property
    def farthest(self) -> Estimate | None:
        """The mean of the cells that have learned, at the longest distance."""
        cell = self.places[-1].cell
        return cell.estimate if cell else None

    @property
    def distances(self) -> Row:
        """The head of the table of seeds."""
        return tuple(place.distance for place in self.places)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Each cell, and the mean of the controls: validation, and by distance if it has learned."""
        dashes = (None,) * len(self.places)
        cells = tuple((each.seed, each.validation, *(each.accuracies or dashes)) for each in self.by_seed)
        controls = (place.control.accuracy.mean for place in self.places)
        return (*cells, (Line.CONTROL, self.control_validation.mean, *controls))

    @property
    def distance_rows(self) -> tuple[Row, ...]:
        """At each distance: the cells above chance, and the mean of both networks with its interval."""
        return tuple(
            (
                place.distance,
                place.above,
                place.cell.estimate if place.cell else None,
                place.control.estimate,
            )
            for place in self.places
        )


def verdict_of(control: Control, learned: Learned, extent: Extent | None) -> Carries:
    """Nothing is said of the cells if their controls do not show that the task can be learned."""
    if control is not Control.VALID:
        return Carries.NOT_VALID
    if extent is None:
        return Carries.NOT_LEARNED
    return Carries.LONE if learned in (Learned.ONE, Learned.ONLY) else Carries[extent.name]


def control_of(learned: int, n: int, means: Sequence[float]) -> Control:
    """``learned`` of ``n`` controls, and their mean accuracy at each distance."""
    if learned < n:
        return Control.NOT_LEARNED
    return Control.VALID if min(means) >= ENOUGH else Control.NOT_ENOUGH


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
    tries = derive("épocas de todas las celdas", epochs_of, gather(at(run, "cell.epochs") for run in runs))
    learned = [run for run in runs if has_learned(run, "cell", tries.value)]
    controls_learned = [run for run in controlled if has_learned(run, "control", tries.value)]
    distances = len(probe_record(controlled[0]).config.distances)
    places = tuple(at_distance(learned, controlled, place, distances) for place in range(distances))
    worst = min((place.control.accuracy.mean for place in places), key=lambda mean: mean.value)
    change = change_of(learned, distances) if learned and distances > 1 else None
    loses = change is not None and change.holds
    slacks = (
        [slack(learned, index, place, distances) for index, place in enumerate(places)] if learned else []
    )
    carried = [each.value > 0 for each in slacks]
    extent = probing.extent_of(carried, loses) if learned else None
    reached = probing.carried_up_to(carried)
    control = control_of(
        len(controls_learned), len(controlled), [place.control.accuracy.mean.value for place in places]
    )
    many = probing.how_many(len(learned), len(runs))
    verdict = verdict_of(control, many, extent)

    def setting(name: str) -> Number:
        return COUNT(at(runs[0], f"config.{name}"))

    return Probe(
        verdict=verdict,
        n_seeds=seeds(runs),
        margin=margin_of(verdict, worst, runs, tries, slacks, change),
        learned=many,
        extent=extent,
        control=control,
        by_seed=tuple(seed_cell(run, run in learned) for run in runs),
        places=places,
        up_to=places[reached - 1] if reached else None,
        lost_at=places[reached] if learned and reached < distances else None,
        change=change,
        loss=loss_of(change) if change else None,
        n=COUNT(at(runs[0], "cell.rows[0].n")),
        n_learned=seeds(learned),
        n_control=seeds(controlled),
        control_seeds=tuple(map(seed, controlled)),
        control_learned=seeds(controls_learned),
        control_validation=summarize(
            ACCURACY, [share_of_hits(*validation(run, "control")) for run in controlled]
        ),
        worst_control=worst,
        tries=COUNT(tries),
        train_reviews=setting("train_reviews"),
        validation_reviews=setting("validation_reviews"),
        sequence_length=setting("sequence_length"),
        embedding_dim=setting("embedding_dim"),
        units=setting("units"),
        batch_size=setting("batch_size"),
        epochs=setting("epochs"),
        learning_rate=SETTING(at(runs[0], "config.learning_rate")),
    )


# --- one seed ----------------------------------------------------------------------------


def epochs_of(runs: Iterable[Sequence[object]]) -> int:
    return sum(map(len, runs))


def seed_cell(run: Run, learned: bool) -> SeedCell:
    places = range(len(probe_record(run).cell.rows)) if learned else ()
    return SeedCell(
        seed=seed(run),
        validation=ACCURACY(share_of_hits(*validation(run, "cell"))),
        learned=learned,
        accuracies=tuple(ACCURACY(share_of_hits(*counts(run, "cell", place))) for place in places),
    )


# --- from the shortest to the longest distance --------------------------------------------


def change_of(learned: Sequence[Run], distances: int) -> Tested:
    return conditions.below([seed_change(run, distances - 1) for run in learned], NO_CHANGE, DIFFERENCE)


def loss_of(change: Tested) -> Summary:
    return summarize(
        DIFFERENCE,
        [derive("con el signo cambiado", lambda x: -x, each.value.leaf) for each in change.each if each],
    )


# --- how far it is from saying something else -----------------------------------------------


def margin_of(
    verdict: Carries,
    worst: Number,
    runs: Sequence[Run],
    tries: Leaf,
    slacks: Sequence[Leaf],
    change: Tested | None,
) -> Number:
    """The least by which an accuracy must change: the worst of the controls' means; where no cell
    learns, the validation of the one that comes nearest; else those that decide how far the clause is
    carried."""
    control = derive("distancia a lo que se pide", lambda worst: abs(worst - ENOUGH), worst.leaf)
    if verdict is Carries.NOT_VALID:
        return ACCURACY(control)
    if verdict is Carries.NOT_LEARNED:
        told = gather(gather(validation(run, "cell")) for run in runs)
        other = derive("lo que falta para aprender", to_learn, told, tries)
    else:
        loss = change.margin.leaf if change and change.margin else Leaf(float("inf"), "sin cambio")
        loses = change is not None and change.holds
        other = derive(
            "lo que falta para otro alcance",
            lambda slacks, loss: probing.to_another([each > 0 for each in slacks], slacks, loses, loss),
            gather(slacks),
            loss,
        )
    return ACCURACY(derive("el menor", min, control, other))


def to_learn(told: Sequence[tuple[int, int]], tries: int) -> float:
    return min((probing.least_above_chance(n, tries) - hits) / n for hits, n in told)
