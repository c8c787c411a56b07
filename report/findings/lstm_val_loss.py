"""The shape of the validation loss: does it fall, settle, climb or oscillate?"""

from collections.abc import Sequence
from enum import StrEnum

from experiments.records import Run
from report import statistics
from report.findings.base import Finding, Rule, seeds, summarize, threshold
from report.findings.lstm_overfitting import onset_of
from report.numbers import Leaf, Number, derive
from report.quantities import COUNT, EPOCH, MARGIN, SEED, THRESHOLD
from report.results import Study, at

NOISE = 2.0  # standard errors of the mean validation loss that a step must exceed to be real


class Shape(StrEnum):
    FALLS = "baja hasta el final"
    STABLE = "estable"
    CLIMBS = "sube de forma sostenida"
    OSCILLATES = "oscila"
    UNKNOWN = "indeterminada"
    MIXED = "distinta según la semilla"


def classify(losses: Sequence[float], errors: Sequence[float]) -> Shape:
    """The verdict on one seed.

    A change, in one step or in several, is real when it exceeds ``NOISE`` standard errors of
    the loss it leads to. The loss oscillates only if a real fall follows a real rise; it climbs
    if it ends really above its minimum without having oscillated.
    """
    if len(losses) < 2:
        return Shape.UNKNOWN
    if oscillates(losses, [NOISE * error for error in errors]):
        return Shape.OSCILLATES
    if losses[-1] - min(losses) > NOISE * errors[-1]:
        return Shape.CLIMBS
    return Shape.FALLS if all(step < 0 for step in statistics.increments(losses)) else Shape.STABLE


def oscillates(losses: Sequence[float], noise: Sequence[float]) -> bool:
    """Whether the loss really rises above its lowest value so far and then really falls below
    the highest since."""
    lowest, highest = losses[0], None
    for loss, bound in zip(losses, noise, strict=True):
        if highest is None:
            lowest = min(lowest, loss)
            highest = loss if loss - lowest > bound else None
        elif highest - loss > bound:
            return True
        else:
            highest = max(highest, loss)
    return False


def climb_start(losses: Sequence[float]) -> int:
    """The epoch, from 1, of the minimum, after which the loss climbs."""
    return min(range(len(losses)), key=lambda index: losses[index]) + 1


def find(study: Study) -> Finding:
    """Rises and shape of each seed; one verdict if they agree."""
    rows = [row(run) for run in study.lstm]
    shapes = {row["shape"] for row in rows}
    verdict = shapes.pop() if len(shapes) == 1 else Shape.MIXED
    rule = Rule(
        "cambios mayores que el error de la pérdida",
        "convention",
        {"noise": threshold("lstm.val_loss_shape", "errores", NOISE, THRESHOLD)},
    )
    groups = {
        shape: tuple(row for row in rows if row["shape"] == shape)
        for shape in dict.fromkeys(row["shape"] for row in rows)
    }
    margin = nearest_flip(study)
    distance = MARGIN(derive("valor absoluto", abs, margin.leaf)) if margin else None
    climbs = [leaf for run in study.lstm if (leaf := climb(run)) is not None]
    values = {
        "rows": tuple(rows),
        "groups": groups,
        "distance": distance,
        "settled_with_onset": seeds_where(study, rows, Shape.STABLE, onset=True),
        "climbed_without_onset": seeds_where(study, rows, Shape.CLIMBS, onset=False),
        "climb": summarize(MARGIN, climbs) if len(climbs) == len(study.lstm) else None,
    }
    return Finding("lstm.val_loss_shape", verdict, values, rule, seeds(study.lstm), margin)


def row(run: Run) -> dict:
    losses, errors = at(run, "epochs[*].val_loss"), at(run, "epochs[*].val_loss_se")
    return {
        "seed": SEED(at(run, "seed")),
        "steps": COUNT(derive("cambios", lambda values: len(values) - 1, losses)),
        "rises": COUNT(derive("subidas", statistics.rises, losses)),
        "real_rises": COUNT(
            derive("subidas reales", lambda v, e: statistics.real_rises(v, e, NOISE), losses, errors)
        ),
        "sign_changes": COUNT(derive("cambios de signo", statistics.sign_changes, losses)),
        "minimum": EPOCH(derive("época del mínimo", climb_start, losses)),
        "shape": classify(losses.value, errors.value),
    }


def seeds_where(study: Study, rows: Sequence[dict], shape: Shape, onset: bool) -> tuple[Number, ...]:
    """The seeds of that shape with, or without, an onset by Prechelt's GL: the two rules measure
    a climb against different things, and a reader must be told where they part."""
    return tuple(
        row["seed"]
        for run, row in zip(study.lstm, rows, strict=True)
        if row["shape"] is shape and (onset_of(run).value is not None) is onset
    )


def climb(run: Run) -> Leaf | None:
    """How far above its minimum the loss of one seed ends, in standard errors of its last
    value; None with a single epoch."""
    losses, errors = at(run, "epochs[*].val_loss"), at(run, "epochs[*].val_loss_se")
    return derive("subida desde el mínimo", in_errors, losses, errors) if len(losses.value) > 1 else None


def in_errors(losses: Sequence[float], errors: Sequence[float]) -> float:
    """0 where the error is 0, as when all examples have the same loss."""
    return (losses[-1] - min(losses)) / errors[-1] if errors[-1] else 0.0


def nearest_flip(study: Study) -> Number | None:
    """Of the seed nearest to the bound between climbing and not, its signed distance to it in
    standard errors; None where no seed has two epochs."""
    climbs = [leaf for run in study.lstm if (leaf := climb(run)) is not None]
    if not climbs:
        return None
    nearest = min(climbs, key=lambda leaf: abs(leaf.value - NOISE))
    return MARGIN(derive("distancia al límite", lambda errors: errors - NOISE, nearest))
