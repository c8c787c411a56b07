"""From which iteration on what is generated can be read: a ladder of shares, not one number."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from functools import partial
from typing import ClassVar

import numpy as np

from experiments.kinds.readability import ReadableStep
from experiments.records.base import Run
from report.findings.base import Code, Estimate, Premise, Row, Rule, Summary, seed, seeds, threshold
from report.findings.gan import controls
from report.findings.gan.controls import Controls, Examined
from report.findings.judging import noise_ceiling, real_share
from report.findings.ladder import HELD, LADDER, Rung, bound, crossing, is_varied, passes, start
from report.findings.readability import (
    COVERED,
    class_names,
    covered,
    final_share,
    last_checkpoint,
    lower,
    readability_record,
    share_at,
)
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COUNT, ITERATION, SHARE, SHARE_WHOLE
from report.study.study import GroupName, Study, at


class Recognisable(Code):
    """Of the first rung, which answers the question of the assignment."""

    ALL = auto()
    SOME = auto()
    NONE = auto()


class Reached(Code):
    """Of any rung. Where no seed holds it for as many checkpoints as are asked for: ``AT_END`` if all
    exceed it at the last one, ``UNHELD`` if some checkpoint does, ``FEW_CLASSES`` if one would but for the
    classes, ``NONE`` if none."""

    ALL = auto()
    SOME = auto()
    AT_END = auto()
    UNHELD = auto()
    FEW_CLASSES = auto()
    NONE = auto()


class Lacking(Code):
    """What the last checkpoint lacks for the first rung: that it has lasted, enough classes in some seed,
    or that more is read; ``NOTHING`` where all seeds reach it."""

    NOTHING = auto()
    LASTING = auto()
    CLASSES = auto()
    READING = auto()


@dataclass(frozen=True)
class Thresholds:
    """``covered`` of what is read; the classes are those that the first rung and the others ask for, in
    parts of all."""

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
    None for those that do not; the others None where none does. ``count`` seeds reach it."""

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
    """The checkpoints of all seeds that exceed the first rung with too few classes: a smear that is
    always read alike. How many, and the iteration and the seed of the first."""

    count: Number
    first: Number | None
    seed: Number | None


@dataclass(frozen=True)
class Unheld:
    """How many checkpoints of one seed exceed the first rung, with enough classes, before it is
    reached: they are followed by one that does not, too soon to count."""

    seed: Number
    count: Number


@dataclass(frozen=True)
class Seen:
    """What is read in the image at a ``place`` of a grid, counted from 1 row by row."""

    place: Number
    name: Number


@dataclass(frozen=True)
class Start:
    """The grid of the checkpoint at which the first rung is reached, in the first seed that does: of its
    images ``read`` are readable, each of them ``seen`` as one of those ``classes``."""

    seed: Number
    iteration: Number
    images: Number
    read: Number
    classes: tuple[Number, ...]
    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class Nearest:
    """As what the judge sees the images of the first seed nearest to its threshold: those that it still
    reads, the nearest first, and those that it does not."""

    read: tuple[Number, ...]
    unread: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class RecognisableFrom(Premise):
    """``real`` and ``noise`` are what is read among real images and the most among noise; ``last`` what
    is read of ``images`` at the last checkpoint, and ``final`` its mean with the interval that draws seeds
    and images. ``start`` is None where no seed reaches the first
    rung. ``fooling`` is what the judge wrongly calls readable most often, None where nothing like
    that is beyond its limit, and ``misread`` is the most that it reads of any control that it should hardly
    read, passed or not. ``classes``: how many each seed covers at the last
    checkpoint."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan", "judge", "readability")
    presupposes: ClassVar = (Controls,)
    rule: ClassVar = Rule("rungs_of_what_is_read_in_real_images", "wilson_1927")
    thresholds: ClassVar[Thresholds] = Thresholds(
        covered=threshold("gan.recognisable_from", "clase cubierta", COVERED, SHARE_WHOLE),
        held=threshold("gan.recognisable_from", "comprobaciones seguidas", HELD, COUNT),
        few_classes=threshold(
            "gan.recognisable_from", "clases del primer peldaño", LADDER[0].classes, SHARE_WHOLE
        ),
        many_classes=threshold(
            "gan.recognisable_from", "clases de los demás", LADDER[1].classes, SHARE_WHOLE
        ),
    )

    verdict: Recognisable
    rungs: tuple[Climb, ...]
    real: Number
    noise: Number
    uncovered: Uncovered
    unheld: tuple[Unheld, ...]
    start: Start | None
    nearest: Nearest
    fooling: Examined | None
    misread: Number
    lacking: Lacking
    last: Summary
    final: Estimate
    classes: tuple[Number, ...]
    images: Number
    every: Number
    iterations: Number
    seeds: tuple[Number, ...]

    @property
    def holds(self) -> bool:
        """Whether some seed draws what can be read."""
        return self.verdict is not Recognisable.NONE

    @property
    def is_read(self) -> bool:
        """Whether enough is read at the end, though the first rung is not reached."""
        return self.lacking in (Lacking.LASTING, Lacking.CLASSES)

    @property
    def first_rung(self) -> Climb:
        """The one that answers the question."""
        return self.rungs[0]

    @property
    def higher_rungs(self) -> tuple[Climb, ...]:
        return self.rungs[1:]

    @property
    def doubted(self) -> bool:
        """Whether on its first rung less may be read than of what fools the judge."""
        return self.fooling is not None and self._asked(self.first_rung) <= self.fooling.readable.value

    @property
    def beyond_doubt(self) -> Climb | None:
        """The first rung that asks for more than is read of any control that should hardly be read, of
        those that are reached."""
        surer = (climb for climb in self.higher_rungs if self._asked(climb) > self.misread.value)
        return next((climb for climb in surer if climb.count.value), None)

    @property
    def surest_rung(self) -> Climb:
        """The one to be told where there is room for one: the first, unless it is doubted and another that
        is reached is not."""
        return self.beyond_doubt if self.doubted and self.beyond_doubt else self.first_rung

    def _asked(self, climb: Climb) -> float:
        return float(climb.share.value * self.real.value)

    @property
    def missed(self) -> Climb | None:
        """The lowest that no seed reaches."""
        return next((rung for rung in self.higher_rungs if not rung.count.value), None)

    @property
    def rung_rows(self) -> tuple[Row, ...]:
        """Of each rung: share, classes, where each seed reaches it and, of several, the median of those."""
        return tuple(
            (climb.share, climb.classes, climb.each, *((climb.median,) if self.repeated else ()))
            for climb in self.rungs
        )


def find(study: Study) -> RecognisableFrom:
    real, noise = real_share(study), noise_ceiling(study)
    climbs = tuple(climb_of(study, index, real, noise) for index in range(len(LADDER)))
    examined, final = controls.find(study), final_share(study.readability)
    first = study.readability[0]
    return RecognisableFrom(
        verdict=answer(climbs[0].reached),
        n_seeds=seeds(study.gan),
        margin=margin_of_first(study, real, noise),
        rungs=climbs,
        real=real,
        noise=noise,
        uncovered=uncovered(study, real, noise),
        unheld=unheld(study, real, noise),
        start=start_of(study),
        nearest=Nearest(
            *(class_names(first, at(first, f"arrays.{side}_class")) for side in ("above", "below"))
        ),
        fooling=examined.fooling,
        misread=examined.misread,
        lacking=lacking(study, climbs[0].reached, real, noise),
        last=share_at(study.readability, last_checkpoint(study)),
        final=final,
        classes=tuple(classes_at_end(run) for run in study.readability),
        images=COUNT(at(first, "steps[0].n")),
        every=ITERATION(at(study.gan[0], "config.weights_every")),
        iterations=ITERATION(at(study.gan[0], "config.iterations")),
        seeds=tuple(seed(run) for run in study.readability),
    )


def answer(first: Reached) -> Recognisable:
    """What the first rung says."""
    return {Reached.ALL: Recognisable.ALL, Reached.SOME: Recognisable.SOME}.get(first, Recognisable.NONE)


def lacking(study: Study, first: Reached, real: Number, noise: Number) -> Lacking:
    last = [readability_record(run).steps[-1] for run in study.readability]
    if first is Reached.ALL:
        return Lacking.NOTHING
    if not all(lower(step) > bound(LADDER[0], real.value, noise.value) for step in last):
        return Lacking.READING
    return Lacking.LASTING if all(is_varied(step, LADDER[0]) for step in last) else Lacking.CLASSES


def classes_at_end(run: Run) -> Number:
    by_class = at(run, f"steps[{len(readability_record(run).steps) - 1}].by_class")
    return COUNT(derive("clases cubiertas", lambda by_class: len(covered(by_class)), by_class))


def start_of(study: Study) -> Start | None:
    found = start(study)
    if found is None:
        return None
    _, run, place = found
    labels, readable = at(run, f"arrays.grid_class[{place}]"), at(run, f"arrays.grid_readable[{place}]")
    return Start(
        seed=seed(run),
        iteration=ITERATION(at(run, f"steps[{place}].iteration")),
        images=COUNT(derive("recuento", len, labels)),
        read=COUNT(derive("suma", lambda r: int(r.sum()), readable)),
        classes=class_names(run, classes_read(labels, readable)),
        seen=seen_in(run, labels, readable),
    )


def seen_in(run: Run, labels: Leaf, readable: Leaf) -> tuple[Seen, ...]:
    each = [place for place, is_read in enumerate(readable.value) if is_read]
    places = [
        COUNT(derive(f"lugar de la leída {n}", partial(nth_read, n=n), readable)) for n in range(len(each))
    ]
    names = class_names(run, labels)
    return tuple(Seen(number, names[place]) for number, place in zip(places, each, strict=True))


def nth_read(readable: np.ndarray, n: int) -> int:
    """From 1."""
    return int(np.flatnonzero(readable)[n]) + 1


def classes_read(labels: Leaf, readable: Leaf) -> Leaf:
    """Each once, in ascending order."""
    return derive(
        "clases leídas",
        lambda labels, readable: sorted({int(label) for label in labels[readable.astype(bool)]}),
        labels,
        readable,
    )


# --- the rungs ---------------------------------------------------------------------------


def climb_of(study: Study, index: int, real: Number, noise: Number) -> Climb:
    """Where each seed reaches a rung, as an interval between two checkpoints."""
    rung = LADDER[index]
    found = [crossing_of(run, rung, real, noise) for run in study.readability]
    reached = tuple(row for row in found if row is not None)
    ends = gather(row.until.leaf for row in reached)
    return Climb(
        share=threshold("gan.recognisable_from", f"peldaño {index + 1}", rung.share, SHARE_WHOLE),
        classes=COUNT(
            derive(f"clases del peldaño {index + 1}", rung.least, at(study.readability[0], "steps[0]"))
        ),
        reached=how_far(study, rung, len(reached), real, noise),
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


def how_far(study: Study, rung: Rung, holding: int, real: Number, noise: Number) -> Reached:
    """Of all seeds, ``holding`` of which reach the rung."""
    if holding:
        return Reached.ALL if holding == len(study.readability) else Reached.SOME
    steps = [readability_record(run).steps for run in study.readability]
    passed = [[passes(step, rung, real.value, noise.value) for step in each] for each in steps]
    if all(each[-1] for each in passed):
        return Reached.AT_END
    if any(map(any, passed)):
        return Reached.UNHELD
    enough = bound(rung, real.value, noise.value)
    return Reached.FEW_CLASSES if any(lower(s) > enough for each in steps for s in each) else Reached.NONE


def uncovered(study: Study, real: Number, noise: Number) -> Uncovered:
    def exceeding(steps: Sequence[ReadableStep], real: float, noise: float) -> list[int]:
        first = LADDER[0]
        return [
            step.iteration
            for step in steps
            if lower(step) > bound(first, real, noise) and not is_varied(step, first)
        ]

    found = gather(
        derive("con pocas clases", exceeding, at(run, "steps"), real.leaf, noise.leaf)
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
    checkpoints with enough classes the best one counts, and of each the worst checkpoint; None where
    no seed has such a run, since no share would change that."""

    def distance(steps: Sequence[ReadableStep], real: float, noise: float) -> float | None:
        first = LADDER[0]
        runs = [steps[i : i + HELD] for i in range(max(1, len(steps) - HELD + 1))]
        covering = [run for run in runs if all(is_varied(step, first) for step in run)]
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
