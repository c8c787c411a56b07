"""From which iteration on the generated digits can be read: a ladder of shares, not one number."""

import statistics as stdlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from experiments.records import ReadabilityRecord, ReadableStep, Run
from report import statistics
from report.findings.base import Finding, Rule, Summary, seeds, summarize, threshold
from report.findings.gan_controls import is_valid, noise_ceiling, real_share
from report.numbers import Leaf, Number, derive, gather
from report.quantities import COUNT, COUNT_MEAN, FRECHET, ITERATION, SCORE, SEED, SHARE, SHARE_WHOLE
from report.results import Study, at, gan_record

COVERED = 0.02  # of the readable images: a digit with fewer is missing
SCORE_RANGE = (1, 10)  # of the analogue of the Inception score, with ten classes
HELD = 3  # checkpoints in a row, the first included


@dataclass(frozen=True)
class Rung:
    """A share of what the judge reads among real digits, and the digits that must be covered."""

    share: float
    classes: int


LADDER = (Rung(0.10, 5), Rung(0.25, 8), Rung(0.50, 8), Rung(0.90, 8))


class Recognisable(StrEnum):
    """Of the first rung, which answers the question of the assignment."""

    NO_JUDGE = "sin juez válido"
    ALL = "en todas las semillas"
    SOME = "en algunas semillas"
    NONE = "no se alcanza"


class Reached(StrEnum):
    """Of any rung."""

    ALL = "en todas"
    SOME = "en algunas"
    NONE = "en ninguna"


class Legible(StrEnum):
    """What one step has reached in every seed, whether it lasts or not."""

    NO_JUDGE = "sin juez válido"
    UNMEASURED = "sin medir"
    NOISE = "como el ruido"
    FEW = "bajo el primer peldaño"
    RUNG = "en un peldaño"


def covered(by_digit: Sequence[int]) -> list[int]:
    """The digits that make up at least ``COVERED`` of the readable images; none if none is read."""
    total = sum(by_digit)
    return [digit for digit, n in enumerate(by_digit) if total and n >= COVERED * total]


def bound(rung: Rung, real: float, noise: float) -> float:
    """The share that must be exceeded: that of the rung and that of any noise."""
    return max(rung.share * real, noise)


def lower(step: ReadableStep) -> float:
    """The lower end of Wilson's interval."""
    return statistics.wilson_interval(step.readable, step.n)[0]


def passes(step: ReadableStep, rung: Rung, real: float, noise: float) -> bool:
    """Whether a checkpoint exceeds a rung with enough digits covered."""
    return lower(step) > bound(rung, real, noise) and len(covered(step.by_digit)) >= rung.classes


def crossing(steps: Sequence[ReadableStep], rung: Rung, real: float, noise: float) -> int | None:
    """The index of the first checkpoint from which the rung is exceeded, there and at the next two,
    with enough digits covered; None if there is none."""
    passed = [passes(step, rung, real, noise) for step in steps]
    return next((i for i in range(len(passed) - HELD + 1) if all(passed[i : i + HELD])), None)


def readability_record(run: Run) -> ReadabilityRecord:
    assert isinstance(run.record, ReadabilityRecord)
    return run.record


# --- the ladder --------------------------------------------------------------------------


def find(study: Study) -> Finding:
    real, noise = real_share(study), noise_ceiling(study)
    rungs = tuple(rung_row(study, index, real, noise) for index in range(len(LADDER)))
    first = rungs[0]["reached"]
    valid = is_valid(study)
    verdict = (
        {
            Reached.ALL: Recognisable.ALL,
            Reached.SOME: Recognisable.SOME,
            Reached.NONE: Recognisable.NONE,
        }[first]
        if valid
        else Recognisable.NO_JUDGE
    )
    name = "gan.recognisable_from"
    values = {
        "rungs": rungs if valid else (),
        "steps": tuple(step_row(study, index) for index in range(len(sampled_steps(study)))),
        "real": real,
        "noise": noise,
        **uncovered(study, real, noise),
        "unheld": unheld(study, real, noise),
        "last": share_at(study.readability, last_checkpoint(study)),
        "unread": unread_at(study.readability, last_checkpoint(study)),
        "images": COUNT(at(study.readability[0], "steps[0].n")),
        "every": ITERATION(at(study.gan[0], "config.weights_every")),
        "iterations": ITERATION(at(study.gan[0], "config.iterations")),
        "frechet_floor": summarize(FRECHET, [at(run, "frechet_floor") for run in study.readability]),
        "score_low": threshold(name, "puntuación más baja", SCORE_RANGE[0], COUNT),
        "score_high": threshold(name, "puntuación más alta", SCORE_RANGE[1], COUNT),
        "seeds": tuple(SEED(at(run, "seed")) for run in study.readability),
    }
    rule = Rule(
        "peldaños sobre lo que se lee en dígitos reales",
        "wilson_1927",
        {
            "covered": threshold(name, "clase cubierta", COVERED, SHARE_WHOLE),
            "held": threshold(name, "comprobaciones seguidas", HELD, COUNT),
            "few_classes": threshold(name, "clases del primer peldaño", LADDER[0].classes, COUNT),
            "many_classes": threshold(name, "clases de los demás", LADDER[1].classes, COUNT),
        },
    )
    margin = margin_of_first(study, real, noise) if valid else None
    return Finding(name, verdict, values, rule, seeds(study.gan), margin)


def rung_row(study: Study, index: int, real: Number, noise: Number) -> dict[str, Any]:
    """Where each seed reaches a rung, as an interval between two checkpoints."""
    rung = LADDER[index]
    found = [crossing_row(run, rung, real, noise) for run in study.readability]
    reached = [row for row in found if row is not None]
    ends = gather(row["until"].leaf for row in reached)
    name = "gan.recognisable_from"
    return {
        "share": rung_share(index),
        "classes": threshold(name, f"clases del peldaño {index + 1}", rung.classes, COUNT),
        "reached": how_many(len(reached), len(found)),
        "crossings": tuple(reached),
        "each": tuple(row["until"] if row else None for row in found),
        "median": ITERATION(derive("mediana", stdlib.median_low, ends)) if reached else None,
        "first": ITERATION(derive("mínimo", min, ends)) if reached else None,
        "last": ITERATION(derive("máximo", max, ends)) if reached else None,
        "count": COUNT(derive("recuento", len, ends)),
    }


def uncovered(study: Study, real: Number, noise: Number) -> dict[str, Number | None]:
    """The checkpoints of all seeds that exceed the first rung with too few digits: a smear that is
    always read alike. How many, and the iteration and the seed of the first."""

    def exceeding(steps: Sequence[ReadableStep], real: float, noise: float) -> list[int]:
        first = LADDER[0]
        return [
            step.iteration
            for step in steps
            if lower(step) > bound(first, real, noise) and len(covered(step.by_digit)) < first.classes
        ]

    found = gather(
        derive("con pocos dígitos", exceeding, at(run, "steps"), real.leaf, noise.leaf)
        for run in study.readability
    )
    count = COUNT(derive("recuento", lambda each: sum(map(len, each)), found))
    earliest = derive("mínimo", lambda each: min((i for run in each for i in run), default=None), found)
    where = next(
        (run for run, each in zip(study.readability, found.value, strict=True) if earliest.value in each),
        None,
    )
    return {
        "uncovered": count,
        "uncovered_first": None if earliest.value is None else ITERATION(earliest),
        "uncovered_seed": None if where is None else SEED(at(where, "seed")),
    }


def unheld(study: Study, real: Number, noise: Number) -> tuple[dict[str, Number], ...]:
    """Of each seed with any, how many checkpoints exceed the first rung, with enough digits, before
    it is reached: they are followed by one that does not, too soon to count."""

    def count(steps: Sequence[ReadableStep], real: float, noise: float) -> int:
        first = LADDER[0]
        reached = crossing(steps, first, real, noise)
        return sum(passes(step, first, real, noise) for step in steps[:reached])

    rows = [
        {
            "seed": SEED(at(run, "seed")),
            "count": COUNT(derive("sin mantenerse", count, at(run, "steps"), real.leaf, noise.leaf)),
        }
        for run in study.readability
    ]
    return tuple(row for row in rows if row["count"].value)


def rung_share(index: int) -> Number:
    return threshold("gan.recognisable_from", f"peldaño {index + 1}", LADDER[index].share, SHARE_WHOLE)


def how_many(reached: int, total: int) -> Reached:
    if reached == 0:
        return Reached.NONE
    return Reached.ALL if reached == total else Reached.SOME


def crossing_row(run: Run, rung: Rung, real: Number, noise: Number) -> dict[str, Any] | None:
    """``after`` is None where the very first checkpoint already exceeds the rung."""
    index = crossing(readability_record(run).steps, rung, real.value, noise.value)
    if index is None:
        return None
    return {
        "seed": SEED(at(run, "seed")),
        "after": ITERATION(at(run, f"steps[{index - 1}].iteration")) if index else None,
        "until": ITERATION(at(run, f"steps[{index}].iteration")),
    }


def margin_of_first(study: Study, real: Number, noise: Number) -> Number | None:
    """How far the first rung is from another verdict: for the seed nearest to it, the distance of
    the lower end of Wilson's interval to the share that must be exceeded. Of all runs of ``HELD``
    checkpoints with enough digits the best one counts, and of each the worst checkpoint; None where
    no seed has such a run, since no share would change that."""

    def distance(steps: Sequence[ReadableStep], real: float, noise: float) -> float | None:
        first = LADDER[0]
        runs = [steps[i : i + HELD] for i in range(max(1, len(steps) - HELD + 1))]
        covering = [run for run in runs if all(len(covered(step.by_digit)) >= first.classes for step in run)]
        best = max((min(map(lower, run)) for run in covering), default=None)
        return None if best is None else best - bound(first, real, noise)

    leaves = [
        derive("distancia al primer peldaño", distance, at(run, "steps"), real.leaf, noise.leaf)
        for run in study.readability
    ]
    measured = [leaf for leaf in leaves if leaf.value is not None]
    if not measured:
        return None
    return SHARE(derive("valor absoluto", abs, min(measured, key=lambda leaf: abs(leaf.value))))


# --- step by step ------------------------------------------------------------------------


def sampled_steps(study: Study) -> tuple[int, ...]:
    return gan_record(study.gan[0]).sampled_steps


def last_checkpoint(study: Study) -> int:
    return len(readability_record(study.readability[0]).steps) - 1


def share(run: Run, index: int) -> Leaf:
    """Of the images of one checkpoint, those that the judge calls readable."""
    readable, n = at(run, f"steps[{index}].readable"), at(run, f"steps[{index}].n")
    return derive("cociente", lambda a, b: a / b, readable, n)


def share_at(runs: Sequence[Run], index: int) -> Summary:
    return summarize(SHARE, [share(run, index) for run in runs])


def unread_at(runs: Sequence[Run], index: int) -> Summary:
    return summarize(SHARE, [derive("resto", lambda a: 1 - a, share(run, index)) for run in runs])


def step_row(study: Study, index: int) -> dict[str, Any]:
    """What the judge says of one sampled step; without measures where none were taken there."""
    iteration = sampled_steps(study)[index]
    steps = readability_record(study.readability[0]).steps
    place = next((i for i, step in enumerate(steps) if step.iteration == iteration), None)
    if not is_valid(study):
        return {"legible": Legible.NO_JUDGE}
    if place is None:
        return {"legible": Legible.UNMEASURED}
    legible, rung = legible_at(study, place)
    exceeded = noise_ceiling(study) if legible is Legible.NOISE else rung_bound(study, rung)
    shown = study.readability[0]
    by_digit = at(shown, f"steps[{place}].by_digit")
    digit, readable = at(shown, f"arrays.grid_digit[{index}]"), at(shown, f"arrays.grid_readable[{index}]")
    read = derive("dígitos leídos", lambda d, r: sorted({int(x) for x in d[r.astype(bool)]}), digit, readable)
    missing = derive("clases que faltan", lambda n: sorted(set(range(10)) - set(covered(n))), by_digit)

    def each(leaf: Leaf) -> tuple[Number, ...]:
        return tuple(
            COUNT(derive(f"elemento {i}", lambda values, i=i: values[i], leaf))
            for i in range(len(leaf.value))
        )

    return {
        "legible": legible,
        "rung": rung_share(rung),
        "exceeding": exceeding_at(study, place, exceeded),
        "iteration": ITERATION(at(shown, f"steps[{place}].iteration")),
        "share": share_at(study.readability, place),
        "unread": unread_at(study.readability, place),
        "dense": share_at(study.dense_readability, place) if study.dense_readability else None,
        "classes": summarize(
            COUNT_MEAN,
            [
                derive("clases cubiertas", lambda n: len(covered(n)), at(run, f"steps[{place}].by_digit"))
                for run in study.readability
            ],
        ),
        "score": summarize(SCORE, [at(run, f"steps[{place}].mnist_score") for run in study.readability]),
        "frechet": summarize(FRECHET, [at(run, f"steps[{place}].frechet") for run in study.readability]),
        "read_in_grid": COUNT(derive("suma", lambda r: int(r.sum()), readable)),
        "digits_in_grid": each(read),
        "missing": each(missing),
    }


def rung_bound(study: Study, rung: int) -> Number:
    real, noise = real_share(study), noise_ceiling(study)
    return SHARE(derive("mayor", lambda real, noise: bound(LADDER[rung], real, noise), real.leaf, noise.leaf))


def exceeding_at(study: Study, place: int, limit: Number) -> Number:
    """The seeds that exceed ``limit`` at the ``place``-th checkpoint."""
    steps = gather(at(run, f"steps[{place}]") for run in study.readability)
    return COUNT(
        derive(
            "semillas que lo superan",
            lambda each, limit: sum(lower(step) > limit for step in each),
            steps,
            limit.leaf,
        )
    )


def legible_at(study: Study, place: int) -> tuple[Legible, int]:
    """What every seed exceeds at the ``place``-th checkpoint, and the place of the highest rung
    among it, or of the first where there is none."""
    lowest = min(lower(readability_record(run).steps[place]) for run in study.readability)
    real, noise = real_share(study).value, noise_ceiling(study).value
    if lowest <= noise:
        return Legible.NOISE, 0
    exceeded = [i for i, rung in enumerate(LADDER) if lowest > bound(rung, real, noise)]
    if not exceeded:
        return Legible.FEW, 0
    return Legible.RUNG, exceeded[-1]
