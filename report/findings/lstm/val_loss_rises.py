"""How the validation loss goes on after its minimum, as it was logged: without the loss of each review
nobody can tell a rise from chance, and what is said here is what the figures do, no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings import measures
from report.findings.base import CONVENTION, Code, Finding, Row, Rule, grouped, seed, seeds, shared
from report.findings.epochs import selected, selected_index
from report.ledger.ledger import Number, derive
from report.ledger.quantities import COUNT, EPOCH, LOSS, SHARE
from report.study.study import AnyRun, Need, Study, at


class Course(Code):
    """From the minimum on; ``FALLS`` and ``SWINGS_DOWN`` where it is the last epoch, ``STAYS`` where all
    that follow are as low."""

    FALLS = auto()
    SWINGS_DOWN = auto()
    RISES = auto()
    RISES_AND_FALLS = auto()
    STAYS = auto()
    SINGLE_EPOCH = auto()
    MIXED = auto()


@dataclass(frozen=True)
class SeedCourse:
    """Of one seed: the epoch of its minimum and the loss there; how many epochs come after it, how far
    their mean is above it, and that as a share of it (None where there are none); its steps that rise, and
    how often it turns."""

    seed: Number
    minimum: Number
    loss: Number
    after: Number
    above: Number | None
    share: Number | None
    rises: Number
    sign_changes: Number
    course: Course


@dataclass(frozen=True, kw_only=True)
class ValLossRises(Finding):
    needs: ClassVar[tuple[Need, ...]] = ("unpaired_losses",)
    rule: ClassVar[Rule] = Rule("losses as logged", CONVENTION)

    verdict: Course
    by_seed: tuple[SeedCourse, ...]

    @property
    def groups(self) -> dict[Course, tuple[SeedCourse, ...]]:
        return grouped(self.by_seed, lambda each: each.course)

    @property
    def has_no_after(self) -> bool:
        """Whether some seed has nothing after its minimum."""
        return any(each.above is None for each in self.by_seed)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            (each.seed, each.minimum, each.loss, each.after, each.above, each.rises, each.sign_changes)
            for each in self.by_seed
        )


def find(study: Study) -> ValLossRises:
    by_seed = tuple(map(course_of, study.unpaired_losses))
    return ValLossRises(
        verdict=shared((each.course for each in by_seed), Course.MIXED),
        n_seeds=seeds(study.unpaired_losses),
        by_seed=by_seed,
    )


def classify(losses: Sequence[float]) -> Course:
    """Of one seed; a loss that stays the same from one epoch to the next neither rises nor falls."""
    if len(losses) < 2:
        return Course.SINGLE_EPOCH
    lowest = losses.index(min(losses))
    if lowest == len(losses) - 1:
        return Course.SWINGS_DOWN if measures.rises(losses) else Course.FALLS
    if max(losses[lowest:]) == losses[lowest]:
        return Course.STAYS
    falls = any(step < 0 for step in measures.increments(losses[lowest:]))
    return Course.RISES_AND_FALLS if falls else Course.RISES


def course_of(run: AnyRun) -> SeedCourse:
    losses, index = at(run, "epochs[*].val_loss"), selected_index(run)
    lowest = at(run, f"epochs[{index}].val_loss")
    after = losses.value[index + 1 :]
    above = derive(
        "subida media sobre el mínimo",
        lambda every, low: measures.mean(every[index + 1 :]) - low if after else None,
        *(losses, lowest),
    )
    share = derive(
        "parte del mínimo", lambda above, low: above / low if after and low else None, above, lowest
    )
    return SeedCourse(
        seed=seed(run),
        minimum=EPOCH(selected(run)),
        loss=LOSS(lowest),
        after=COUNT(derive("épocas posteriores", lambda every: len(every) - index - 1, losses)),
        above=LOSS(above) if after else None,
        share=SHARE(share) if share.value is not None else None,
        rises=COUNT(derive("subidas", measures.rises, losses)),
        sign_changes=COUNT(derive("cambios de signo", measures.sign_changes, losses)),
        course=classify(losses.value),
    )
