"""From which iteration on the generated digits can be read: a ladder of shares, not one number."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.kinds.readability import ReadableStep
from experiments.records.base import Run
from report.findings.base import Code, Finding, Row, Rule, Summary, seed, seeds, summarize, threshold
from report.findings.judging import is_valid, noise_ceiling, real_share
from report.findings.readability import (
    COVERED,
    covered,
    last_checkpoint,
    lower,
    readability_record,
    share_at,
    uncovered_classes,
    unread_at,
)
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COUNT, COUNT_MEAN, FRECHET, ITERATION, SCORE, SHARE, SHARE_WHOLE
from report.study.study import GroupName, Study, at, dense, gan_record

SCORE_RANGE = (1, 10)  # of the analogue of the Inception score, with ten classes
HELD = 3  # checkpoints in a row, the first included


@dataclass(frozen=True)
class Rung:
    """A share of what the judge reads among real digits, and the digits that must be covered."""

    share: float
    classes: int


LADDER = (Rung(0.10, 5), Rung(0.25, 8), Rung(0.50, 8), Rung(0.90, 8))


class Recognisable(Code):
    """Of the first rung, which answers the question of the assignment."""

    NO_JUDGE = auto()
    ALL = auto()
    SOME = auto()
    NONE = auto()


class Reached(Code):
    """Of any rung."""

    ALL = auto()
    SOME = auto()
    NONE = auto()


class Legible(Code):
    """What one step has reached in every seed, whether it lasts or not."""

    NO_JUDGE = auto()
    UNMEASURED = auto()
    NOISE = auto()
    FEW = auto()
    RUNG = auto()


@dataclass(frozen=True)
class Thresholds:
    """``covered`` of what is read; the classes are those that the first rung and the others ask for."""

    covered: Number
    held: Number
    few_classes: Number
    many_classes: Number


@dataclass(frozen=True)
class Crossing:
    """Between which two checkpoints one seed reaches a rung; ``after`` is None where the very first
    already exceeds it."""

    seed: Number
    after: Number | None
    until: Number


@dataclass(frozen=True)
class Climb:
    """Where the seeds reach one rung: ``crossings`` of those that do, ``each`` in their order with
    None for those that do not; the others None where none does."""

    share: Number
    classes: Number
    reached: Reached
    crossings: tuple[Crossing, ...]
    each: tuple[Number | None, ...]
    median: Number | None
    first: Number | None
    last: Number | None
    count: Number


@dataclass(frozen=True)
class Uncovered:
    """The checkpoints of all seeds that exceed the first rung with too few digits: a smear that is
    always read alike. How many, and the iteration and the seed of the first."""

    count: Number
    first: Number | None
    seed: Number | None


@dataclass(frozen=True)
class Unheld:
    """How many checkpoints of one seed exceed the first rung, with enough digits, before it is
    reached: they are followed by one that does not, too soon to count."""

    seed: Number
    count: Number


@dataclass(frozen=True)
class Reading:
    """What the judge reads at one sampled step, over the seeds. ``exceeding`` of them are above what
    noise gives, or above the ``rung``; ``dense`` is the share of the other architecture, if any. In
    the grid that is shown ``read_in_grid`` images are read, as ``digits_in_grid``; among all that
    its seed has readable, the digits that are ``missing`` are not covered."""

    rung: Number
    exceeding: Number
    iteration: Number
    share: Summary
    unread: Summary
    dense: Summary | None
    classes: Summary
    score: Summary
    frechet: Summary
    read_in_grid: Number
    digits_in_grid: tuple[Number, ...]
    missing: tuple[Number, ...]


@dataclass(frozen=True)
class ReadStep:
    """One sampled step; without a ``reading`` where none was taken, or by no valid judge."""

    legible: Legible
    reading: Reading | None = None


@dataclass(frozen=True, kw_only=True)
class RecognisableFrom(Finding):
    """``rungs`` has one for each rung, none without a valid judge; ``steps`` one for each sampled
    step. ``real`` and ``noise`` are what is read among real digits and the most among noise;
    ``last`` and ``unread`` what is and is not read of ``images`` at the last checkpoint, ``dense`` what
    is read of the dense architecture there, if it was measured."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan", "judge", "readability")
    rule: ClassVar = Rule("rungs_of_what_is_read_in_real_digits", "wilson_1927")
    thresholds: ClassVar[Thresholds] = Thresholds(
        covered=threshold("gan.recognisable_from", "clase cubierta", COVERED, SHARE_WHOLE),
        held=threshold("gan.recognisable_from", "comprobaciones seguidas", HELD, COUNT),
        few_classes=threshold("gan.recognisable_from", "clases del primer peldaño", LADDER[0].classes, COUNT),
        many_classes=threshold("gan.recognisable_from", "clases de los demás", LADDER[1].classes, COUNT),
    )

    verdict: Recognisable
    rungs: tuple[Climb, ...]
    steps: tuple[ReadStep, ...]
    real: Number
    noise: Number
    uncovered: Uncovered
    unheld: tuple[Unheld, ...]
    last: Summary
    unread: Summary
    images: Number
    every: Number
    iterations: Number
    frechet_floor: Summary
    dense: Summary | None
    has_dense_column: bool  # all dashes where the GAN is itself the dense one
    score_low: Number
    score_high: Number
    seeds: tuple[Number, ...]

    @property
    def first_rung(self) -> Climb:
        """The one that answers the question, of a valid judge."""
        return self.rungs[0]

    @property
    def higher_rungs(self) -> tuple[Climb, ...]:
        return self.rungs[1:]

    @property
    def reading_rows(self) -> tuple[Row, ...]:
        """Of each sampled step that was read: iteration, share, digits covered, score, Fréchet
        distance and, where it was measured, share of the dense network."""
        readings = [step.reading for step in self.steps if step.reading]
        return tuple(
            (read.iteration, read.share, read.classes, read.score, read.frechet)
            + ((read.dense,) if self.has_dense_column else ())
            for read in readings
        )

    @property
    def rung_rows(self) -> tuple[Row, ...]:
        """Of each rung: share, digits, where each seed reaches it, the median of those."""
        return tuple((climb.share, climb.classes, climb.each, climb.median) for climb in self.rungs)


def bound(rung: Rung, real: float, noise: float) -> float:
    """The share that must be exceeded: that of the rung and that of any noise."""
    return max(rung.share * real, noise)


def passes(step: ReadableStep, rung: Rung, real: float, noise: float) -> bool:
    """Whether a checkpoint exceeds a rung with enough digits covered."""
    return lower(step) > bound(rung, real, noise) and len(covered(step.by_class)) >= rung.classes


def crossing(steps: Sequence[ReadableStep], rung: Rung, real: float, noise: float) -> int | None:
    """The index of the first checkpoint from which the rung is exceeded, there and at the next two,
    with enough digits covered; None if there is none."""
    passed = [passes(step, rung, real, noise) for step in steps]
    return next((i for i in range(len(passed) - HELD + 1) if all(passed[i : i + HELD])), None)


# --- the ladder --------------------------------------------------------------------------


def find(study: Study) -> RecognisableFrom:
    real, noise, valid = real_share(study), noise_ceiling(study), is_valid(study)
    climbs = tuple(climb_of(study, index, real, noise) for index in range(len(LADDER)))
    first, last = study.readability[0], last_checkpoint(study)
    return RecognisableFrom(
        verdict=answer(climbs[0].reached) if valid else Recognisable.NO_JUDGE,
        n_seeds=seeds(study.gan),
        margin=margin_of_first(study, real, noise) if valid else None,
        rungs=climbs if valid else (),
        steps=tuple(step_at(study, index) for index in range(len(sampled_steps(study)))),
        real=real,
        noise=noise,
        uncovered=uncovered(study, real, noise),
        unheld=unheld(study, real, noise),
        last=share_at(study.readability, last),
        unread=unread_at(study.readability, last),
        images=COUNT(at(first, "steps[0].n")),
        every=ITERATION(at(study.gan[0], "config.weights_every")),
        iterations=ITERATION(at(study.gan[0], "config.iterations")),
        frechet_floor=summarize(FRECHET, [at(run, "frechet_floor") for run in study.readability]),
        dense=share_at(rival, last) if (rival := dense(study).readability) else None,
        has_dense_column=bool(dense(study).readability) or is_dense(study),
        score_low=threshold("gan.recognisable_from", "puntuación más baja", SCORE_RANGE[0], COUNT),
        score_high=threshold("gan.recognisable_from", "puntuación más alta", SCORE_RANGE[1], COUNT),
        seeds=tuple(seed(run) for run in study.readability),
    )


def is_dense(study: Study) -> bool:
    return gan_record(study.gan[0]).config.architecture == "dense"


def answer(first: Reached) -> Recognisable:
    """What the first rung says, of a valid judge."""
    return {
        Reached.ALL: Recognisable.ALL,
        Reached.SOME: Recognisable.SOME,
        Reached.NONE: Recognisable.NONE,
    }[first]


def climb_of(study: Study, index: int, real: Number, noise: Number) -> Climb:
    """Where each seed reaches a rung, as an interval between two checkpoints."""
    rung = LADDER[index]
    found = [crossing_of(run, rung, real, noise) for run in study.readability]
    reached = tuple(row for row in found if row is not None)
    ends = gather(row.until.leaf for row in reached)
    classes = threshold("gan.recognisable_from", f"clases del peldaño {index + 1}", rung.classes, COUNT)
    return Climb(
        share=rung_share(index),
        classes=classes,
        reached=how_many(len(reached), len(found)),
        crossings=reached,
        each=tuple(row.until if row else None for row in found),
        median=ITERATION(derive("mediana", statistics.median_low, ends)) if reached else None,
        first=ITERATION(derive("mínimo", min, ends)) if reached else None,
        last=ITERATION(derive("máximo", max, ends)) if reached else None,
        count=COUNT(derive("recuento", len, ends)),
    )


def crossing_of(run: Run, rung: Rung, real: Number, noise: Number) -> Crossing | None:
    index = crossing(readability_record(run).steps, rung, real.value, noise.value)
    if index is None:
        return None
    return Crossing(
        seed=seed(run),
        after=ITERATION(at(run, f"steps[{index - 1}].iteration")) if index else None,
        until=ITERATION(at(run, f"steps[{index}].iteration")),
    )


def how_many(reached: int, total: int) -> Reached:
    if reached == 0:
        return Reached.NONE
    return Reached.ALL if reached == total else Reached.SOME


def rung_share(index: int) -> Number:
    return threshold("gan.recognisable_from", f"peldaño {index + 1}", LADDER[index].share, SHARE_WHOLE)


def uncovered(study: Study, real: Number, noise: Number) -> Uncovered:
    def exceeding(steps: Sequence[ReadableStep], real: float, noise: float) -> list[int]:
        first = LADDER[0]
        return [
            step.iteration
            for step in steps
            if lower(step) > bound(first, real, noise) and len(covered(step.by_class)) < first.classes
        ]

    found = gather(
        derive("con pocos dígitos", exceeding, at(run, "steps"), real.leaf, noise.leaf)
        for run in study.readability
    )
    count = COUNT(derive("recuento", lambda each: sum(map(len, each)), found))
    earliest = derive("mínimo", lambda each: min((i for run in each for i in run), default=None), found)
    if earliest.value is None:
        return Uncovered(count, None, None)
    where = next(
        run for run, each in zip(study.readability, found.value, strict=True) if earliest.value in each
    )
    return Uncovered(count, ITERATION(earliest), seed(where))


def unheld(study: Study, real: Number, noise: Number) -> tuple[Unheld, ...]:
    """Of each seed with any."""

    def count(steps: Sequence[ReadableStep], real: float, noise: float) -> int:
        first = LADDER[0]
        reached = crossing(steps, first, real, noise)
        return sum(passes(step, first, real, noise) for step in steps[:reached])

    rows = [
        Unheld(seed(run), COUNT(derive("sin mantenerse", count, at(run, "steps"), real.leaf, noise.leaf)))
        for run in study.readability
    ]
    return tuple(row for row in rows if row.count.value)


def margin_of_first(study: Study, real: Number, noise: Number) -> Number | None:
    """How far the first rung is from another verdict: for the seed nearest to it, the distance of
    the lower end of Wilson's interval to the share that must be exceeded. Of all runs of ``HELD``
    checkpoints with enough digits the best one counts, and of each the worst checkpoint; None where
    no seed has such a run, since no share would change that."""

    def distance(steps: Sequence[ReadableStep], real: float, noise: float) -> float | None:
        first = LADDER[0]
        runs = [steps[i : i + HELD] for i in range(max(1, len(steps) - HELD + 1))]
        covering = [run for run in runs if all(len(covered(step.by_class)) >= first.classes for step in run)]
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


def step_at(study: Study, index: int) -> ReadStep:
    """The ``index``-th sampled step."""
    iteration = sampled_steps(study)[index]
    steps = readability_record(study.readability[0]).steps
    place = next((i for i, step in enumerate(steps) if step.iteration == iteration), None)
    if not is_valid(study):
        return ReadStep(Legible.NO_JUDGE)
    if place is None:
        return ReadStep(Legible.UNMEASURED)
    legible, rung = legible_at(study, place)
    return ReadStep(legible, reading_at(study, place, legible, rung))


def reading_at(study: Study, place: int, legible: Legible, rung: int) -> Reading:
    """Of a sampled step, which is the ``place``-th checkpoint."""
    limit = noise_ceiling(study) if legible is Legible.NOISE else rung_bound(study, rung)
    shown = study.readability[0]
    by_class = at(shown, f"steps[{place}].by_class")
    digit, readable = at(shown, f"arrays.grid_class[{place}]"), at(shown, f"arrays.grid_readable[{place}]")
    read = derive("dígitos leídos", lambda d, r: sorted({int(x) for x in d[r.astype(bool)]}), digit, readable)
    missing = derive("clases que faltan", uncovered_classes, by_class)
    classes = [
        derive("clases cubiertas", lambda n: len(covered(n)), at(run, f"steps[{place}].by_class"))
        for run in study.readability
    ]
    return Reading(
        rung=rung_share(rung),
        exceeding=exceeding_at(study, place, limit),
        iteration=ITERATION(at(shown, f"steps[{place}].iteration")),
        share=share_at(study.readability, place),
        unread=unread_at(study.readability, place),
        dense=share_at(rival, place) if (rival := dense(study).readability) else None,
        classes=summarize(COUNT_MEAN, classes),
        score=summarize(SCORE, [at(run, f"steps[{place}].score") for run in study.readability]),
        frechet=summarize(FRECHET, [at(run, f"steps[{place}].frechet") for run in study.readability]),
        read_in_grid=COUNT(derive("suma", lambda r: int(r.sum()), readable)),
        digits_in_grid=each(read),
        missing=each(missing),
    )


def each(leaf: Leaf) -> tuple[Number, ...]:
    """The digits that it lists."""
    return tuple(
        COUNT(derive(f"elemento {i}", lambda values, i=i: values[i], leaf)) for i in range(len(leaf.value))
    )


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
