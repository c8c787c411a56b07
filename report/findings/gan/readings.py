"""What the judge reads at each sampled step: how much, of how many classes, and as what."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from report.findings.base import Code, Finding, Row, Rule, Summary, seeds, summarize, threshold
from report.findings.gan.controls import Controls
from report.findings.gan.recognisable_from import classes_read
from report.findings.gan.steps import shown_of
from report.findings.readability import class_names, covered, readability_record, share_at
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COUNT, COUNT_MEAN, FRECHET, ITERATION, SCORE
from report.study.study import GroupName, Study, at, gan_record

STRIP = 6  # images of a grid that the strip shows at each step
LOWEST_SCORE = 1  # of the analogue of the Inception score


class Measured(Code):
    """How many of the sampled steps."""

    ALL = auto()
    SOME = auto()
    NONE = auto()


@dataclass(frozen=True)
class Reading:
    """What is read at one sampled step, over the seeds. In the grid that is shown ``read`` images are
    readable, as those ``labels``; of its first, which the strip shows, as those of ``in_strip``:
    ``rows_of_strip`` has one for each, None where nothing is read."""

    iteration: Number
    share: Summary
    classes: Summary
    score: Summary
    frechet: Summary
    read: Number
    labels: tuple[Number, ...]
    in_strip: tuple[Number, ...]
    rows_of_strip: tuple[Number | None, ...]


@dataclass(frozen=True)
class InStrip:
    """What is read in the images of the strip, at those of its steps that were measured: ``read`` of
    ``images``, and how many of its ``rows`` are ``lost``, read at one step and not at a later one."""

    images: Number
    read: Number
    rows: Number
    lost: Number


@dataclass(frozen=True, kw_only=True)
class Readings(Finding):
    """``steps`` has one for each sampled step, None where nothing was measured; ``strip`` is None where none
    of those that are shown was."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan", "judge", "readability")
    presupposes: ClassVar = (Controls,)
    rule: ClassVar = Rule("what_the_judge_reads", "salimans_2016")

    verdict: Measured
    steps: tuple[Reading | None, ...]
    strip: InStrip | None
    frechet_floor: Summary
    score_low: Number
    score_high: Number

    @property
    def measured(self) -> tuple[Reading, ...]:
        return tuple(read for read in self.steps if read)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Of each sampled step that was read: iteration, share, classes covered, score, Fréchet
        distance."""
        return tuple(
            (read.iteration, read.share, read.classes, read.score, read.frechet) for read in self.measured
        )


def find(study: Study) -> Readings:
    first = study.readability[0]
    iterations = gan_record(study.gan[0]).sampled_steps
    places = {step.iteration: place for place, step in enumerate(readability_record(first).steps)}
    steps = tuple(
        reading_at(study, places[iteration]) if iteration in places else None for iteration in iterations
    )
    return Readings(
        verdict=Measured.ALL if all(steps) else Measured.SOME if any(steps) else Measured.NONE,
        n_seeds=seeds(study.gan),
        steps=steps,
        strip=in_strip(
            study, [places[iterations[i]] for i in shown_of(iterations) if iterations[i] in places]
        ),
        frechet_floor=summarize(FRECHET, [at(run, "frechet_floor") for run in study.readability]),
        score_low=threshold("gan.readings", "puntuación más baja", LOWEST_SCORE, COUNT),
        score_high=COUNT(derive("recuento", len, at(first, "steps[0].by_class"))),
    )


def reading_at(study: Study, place: int) -> Reading:
    """Of a sampled step, which is the ``place``-th checkpoint."""
    shown = study.readability[0]
    label, readable = at(shown, f"arrays.grid_class[{place}]"), at(shown, f"arrays.grid_readable[{place}]")
    classes = [
        derive("clases cubiertas", lambda n: len(covered(n)), at(run, f"steps[{place}].by_class"))
        for run in study.readability
    ]
    return Reading(
        iteration=ITERATION(at(shown, f"steps[{place}].iteration")),
        share=share_at(study.readability, place),
        classes=summarize(COUNT_MEAN, classes),
        score=summarize(SCORE, [at(run, f"steps[{place}].score") for run in study.readability]),
        frechet=summarize(FRECHET, [at(run, f"steps[{place}].frechet") for run in study.readability]),
        read=COUNT(derive("suma", lambda r: int(r.sum()), readable)),
        labels=class_names(shown, classes_read(label, readable)),
        in_strip=class_names(shown, classes_read(first_of(label), first_of(readable))),
        rows_of_strip=tuple(
            name if is_read else None
            for name, is_read in zip(
                class_names(shown, first_of(label)), first_of(readable).value, strict=True
            )
        ),
    )


def in_strip(study: Study, checkpoints: Sequence[int]) -> InStrip | None:
    """``checkpoints``: those that the strip shows, in their order."""
    if not checkpoints:
        return None
    shown = study.readability[0]
    grids = gather(at(shown, f"arrays.grid_readable[{place}]") for place in checkpoints)

    def strip(grids: Sequence[np.ndarray]) -> np.ndarray:
        return np.array([grid[:STRIP] for grid in grids], bool)

    read = derive("leídas de la tira", strip, grids)
    return InStrip(
        images=COUNT(derive("recuento", lambda read: int(read.size), read)),
        read=COUNT(derive("suma", lambda read: int(read.sum()), read)),
        rows=COUNT(derive("filas", lambda read: int(read.shape[1]), read)),
        lost=COUNT(derive("filas en que deja de leerse", lost, read)),
    )


def lost(read: np.ndarray) -> int:
    """Of bool[steps, rows]: how many rows are read at a step and not at a later one."""
    before = np.logical_or.accumulate(read)
    return int((before & ~read).any(axis=0).sum())


def first_of(grid: Leaf) -> Leaf:
    """What is said of the images of a grid that the strip shows."""
    return derive("las de la tira", lambda every: every[:STRIP], grid)
