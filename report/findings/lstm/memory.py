"""Does the LSTM forget what is far away? It must lose more with length than a linear model that reads the
same words, more than its control also among the reviews that it sees whole, and what is far from the end must
weigh less for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.records.base import RecordError, Run
from report.findings import conditions, logistic
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
from report.findings.conditions import Tested
from report.findings.intervals import estimate
from report.findings.lstm.learned import Learned
from report.findings.lstm.length import memory_record
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COEFFICIENT, COUNT, INFLUENCE, RATIO
from report.study.reduction import SAME_WORDS
from report.study.study import GroupName, Study, at

NO_INTERACTION = 0.0  # both models lose alike with length
NO_DIFFERENCE = 0.0  # what is far weighs alike for both models
NO_DECAY = 1.0  # far and near weigh the same


class Support(Code):
    """Of the claim that it forgets. Single: of several seeds the answer might be another, though some
    condition holds in the only one; cannot tell: neither condition could be measured."""

    SUPPORTED = auto()
    SINGLE = auto()
    PARTIAL = auto()
    NOT_SUPPORTED = auto()
    CANNOT_TELL = auto()


class Which(Code):
    """The conditions: the accuracy by length, beside a model of the same words, the same among reviews seen
    whole, the influence."""

    LENGTH = auto()
    WHOLE = auto()
    DISTANCE = auto()


class Joint(Code):
    """Of the condition of length, which asks for two things."""

    HOLDS = auto()
    FAILS = auto()
    NOT_MEASURED = auto()


class Line(Code):
    """The last line of the tables; of ratios, the mean is the geometric one."""

    MEAN = auto()
    GEOMETRIC_MEAN = auto()


class Side(Code):
    """Where the classifier's curve is, beside its control's."""

    ABOVE = auto()
    BELOW = auto()


@dataclass(frozen=True)
class Thresholds:
    interaction: Number
    difference: Number
    decay: Number
    fewest: Number


@dataclass(frozen=True)
class Influence:
    """What the nearest and the farthest window that all runs have weigh, in logits; the latter is
    ``distance`` words from the end, in ``n_far`` reviews."""

    near: Summary
    far: Summary
    distance: Number
    n_far: Number


@dataclass(frozen=True, kw_only=True)
class Memory(Finding):
    """The conditions: ``length`` and ``whole``, interactions of length and model below 0, on all reviews
    beside the linear model that reads the same words, with truncation told apart, and on those that the LSTM
    sees whole beside the control; ``by_length`` asks for both, and ``stricter`` is the one that decides it.
    ``unequal`` decides nothing: on all reviews beside the control, which reads more the longer a review is,
    so that cutting is in it; None where no review is ``cut``, and there ``length`` is beside the control.
    ``distance``: its ratio of far to near influence less that of
    its control below 0. ``nearest``, of ``stricter`` and the distance, would flip first. ``decay`` and
    ``control_decay``: the ratios below 1. ``crossing``: from how many words before the end the mean curves
    of influence are the other way round than beside it, and stay so; None where they end as they begin. The
    rest are what both models do by distance, the numbers of the seeds and the settings."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm", "linear", "memory")
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule(
        "accuracy falls with length, also of reviews seen whole, more than that of a linear model of the "
        "same words, and influence with distance more than the control's",
        CONVENTION,
    )
    thresholds: ClassVar[Thresholds] = Thresholds(
        interaction=threshold("lstm.memory", "interacción", NO_INTERACTION),
        difference=threshold("lstm.memory", "diferencia", NO_DIFFERENCE),
        decay=threshold("lstm.memory", "razón", NO_DECAY),
        fewest=threshold("lstm.memory", "semillas", conditions.FEWEST, COUNT),
    )
    headlines: ClassVar[tuple[str, ...]] = ("rows",)

    verdict: Support
    cut: bool
    unequal: Tested | None
    length: Tested
    whole: Tested
    by_length: Joint
    distance: Tested
    stricter: Which
    nearest: Which | None
    decay: Tested
    control_decay: Tested
    seed_numbers: tuple[Number, ...]
    influence: Influence
    control_influence: Influence
    crossing: Number | None
    occluded: Number
    window: Number
    near: Number
    far: Number
    bootstrap_samples: Number

    @property
    def deciding(self) -> tuple[Number | None, ...]:
        """The end that decides each condition."""
        decided = (self.length if self.stricter is Which.LENGTH else self.whole, self.distance)
        return tuple(each.deciding.high if each.deciding else None for each in decided)

    @property
    def sides(self) -> tuple[Side, Side]:
        """Of the influence, beside the end and far from it."""
        own, control = self.influence, self.control_influence
        return side(own.near, control.near), side(own.far, control.far)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Of each seed, and of their mean, what decides and the conditions that hold."""
        tested = {Which.LENGTH: self.length, Which.WHOLE: self.whole, Which.DISTANCE: self.distance}
        each = zip(self.seed_numbers, *(one.each for one in tested.values()), strict=True)
        rows = [(name, *estimates, held(tested, estimates)) for name, *estimates in each]
        means = [one.mean for one in tested.values()]
        return (*rows, (Line.MEAN, *means, held(tested, means))) if any(means) else tuple(rows)

    @property
    def ratio_rows(self) -> tuple[Row, ...]:
        """Of each seed, and of their mean, far over near influence of both models; none where no seed has
        any."""
        rows = tuple(zip(self.seed_numbers, self.decay.each, self.control_decay.each, strict=True))
        if not any(self.decay.each):
            return ()
        if self.decay.mean is None:
            return rows
        return (*rows, (Line.GEOMETRIC_MEAN, self.decay.mean, self.control_decay.mean))


def side(own: Summary, control: Summary) -> Side:
    return Side.ABOVE if own.mean.value > control.mean.value else Side.BELOW


def held(tested: dict[Which, Tested], estimates: Sequence[Estimate | None]) -> tuple[Which, ...] | None:
    """The conditions of which an estimate lies below the bound, which is 0 for all."""
    found = tuple(
        which for which, one in zip(tested, estimates, strict=True) if one and one.high.value < NO_INTERACTION
    )
    return found or None


def verdict_of(length: Joint, distance: Tested, n: int) -> Support:
    """What is not measured supports nothing; in ``n`` seeds."""
    held = [length is Joint.HOLDS, distance.holds]
    if length is Joint.NOT_MEASURED and not distance.measured:
        return Support.CANNOT_TELL
    if not any(held):
        return Support.NOT_SUPPORTED
    if n == 1:
        return Support.SINGLE
    return Support.SUPPORTED if all(held) else Support.PARTIAL


def joint_of(length: Tested, whole: Tested) -> Joint:
    """One that does not hold is enough to know, else both must be measured."""
    if any(each.measured and not each.holds for each in (length, whole)):
        return Joint.FAILS
    return Joint.HOLDS if length.measured and whole.measured else Joint.NOT_MEASURED


def find(study: Study) -> Memory:
    """The conditions, and what each network does by distance.

    Raises:
        RecordError: no review is long enough for a part of it to be hidden.
    """
    runs = study.memory
    refuse_short_reviews((*runs, *study.linear))
    window = at(study.lstm[0], "config.sequence_length")
    cut = any(any_cut(run, window.value) for run in runs)

    def interactions(find: Callable[[Run, Leaf], Estimate | None]) -> Tested:
        return conditions.below([find(run, window) for run in runs], NO_INTERACTION, COEFFICIENT)

    def ratios(name: str) -> Tested:
        return conditions.below([ratio(run, name) for run in runs], NO_DECAY, RATIO, ratios=True)

    length, whole = interactions(same_words if cut else interaction), interactions(whole_interaction)
    distance = conditions.below([difference(run) for run in runs], NO_DIFFERENCE, RATIO)
    stricter = stricter_of(length, whole)
    decided = {stricter: whole if stricter is Which.WHOLE else length, Which.DISTANCE: distance}
    nearest = nearest_of(decided)
    by_length = joint_of(length, whole)

    def setting(name: str) -> Number:
        return COUNT(at(runs[0], f"config.{name}"))

    return Memory(
        verdict=verdict_of(by_length, distance, len(runs)),
        n_seeds=seeds(runs),
        margin=decided[nearest].margin if nearest else None,
        cut=cut,
        unequal=interactions(interaction) if cut else None,
        length=length,
        whole=whole,
        by_length=by_length,
        distance=distance,
        stricter=stricter,
        nearest=nearest,
        decay=ratios("decay"),
        control_decay=ratios("control_decay"),
        seed_numbers=tuple(map(seed, runs)),
        influence=influence_of(runs),
        control_influence=influence_of(study.linear),
        crossing=crossing_of(runs, study.linear),
        occluded=COUNT(at(runs[0], "influence[0].n")),
        window=setting("window"),
        near=setting("near"),
        far=setting("far"),
        bootstrap_samples=setting("bootstrap_samples"),
    )


def refuse_short_reviews(runs: Sequence[Run]) -> None:
    """
    Raises:
        RecordError: naming the run.
    """
    for run in runs:
        if not at(run, "influence").value:
            window = at(run, "config.window").value
            raise RecordError(
                f"{run.name}: se esperaba alguna reseña de al menos {window} palabras, que son las que se "
                "ocultan a la vez, no se encontró ninguna; rebaje memory.window y ejecute «make train»."
            )


# --- what one seed says ------------------------------------------------------------------


def interaction(run: Run, window: Leaf) -> Estimate | None:
    """On all reviews, beside the control. None where the regression cannot tell a long review from one that
    is cut: what the LSTM never sees it cannot forget."""
    fitted = memory_record(run).regression
    if fitted is None or (fitted.truncated_model is None and any_cut(run, window.value)):
        return None
    return estimate(run, "regression.interaction", COEFFICIENT)


def same_words(run: Run, window: Leaf) -> Estimate | None:
    """On all reviews, beside the linear model that reads the same words: what the LSTM does not see it does
    not see either, however long the review is. None where the answers do not tell."""
    if SAME_WORDS not in run.arrays:
        return None
    fitted = derive("regresión", logistic.interaction, at(run, f"arrays.{SAME_WORDS}"), window)
    if fitted.value is None:
        return None
    value = derive("interacción", lambda found: found[0], fitted)
    low = derive("extremo inferior", lambda found: found[1], fitted)
    high = derive("extremo superior", lambda found: found[2], fitted)
    return Estimate(COEFFICIENT(value), COEFFICIENT(low), COEFFICIENT(high))


def whole_interaction(run: Run, window: Leaf) -> Estimate | None:
    """On the reviews that the LSTM sees whole, which may be all."""
    if not any_cut(run, window.value):
        return interaction(run, window)
    if memory_record(run).regression_whole is None:
        return None
    return estimate(run, "regression_whole.interaction", COEFFICIENT)


def any_cut(run: Run, window: int) -> bool:
    """Whether some review is longer than what the LSTM sees."""
    return memory_record(run).deciles[-1].high > window


def ratio(run: Run, name: str) -> Estimate | None:
    """Influence of what is far from the end over that of what is near."""
    return estimate(run, name, RATIO, "ratio") if at(run, name).value is not None else None


def difference(run: Run) -> Estimate | None:
    """The LSTM's ratio less its control's, with the interval of the pairs."""
    record = memory_record(run)
    if record.decay is None or record.control_decay is None or record.decay_difference_low is None:
        return None
    ratios = at(run, "decay.ratio"), at(run, "control_decay.ratio")
    return Estimate(
        RATIO(derive("diferencia de razones", lambda lstm, control: lstm - control, *ratios)),
        RATIO(at(run, "decay_difference_low")),
        RATIO(at(run, "decay_difference_high")),
    )


# --- of all seeds ------------------------------------------------------------------------


def stricter_of(length: Tested, whole: Tested) -> Which:
    """The condition that decides both: one that does not hold, and of two alike the one that holds by
    less, or fails by more; what is not measured decides nothing unless the other holds."""
    standings = [conditions.standing(each, NO_INTERACTION) for each in (length, whole)]
    if standings[0] is None or standings[1] is None:
        known, other = (length, Which.WHOLE) if standings[0] is not None else (whole, Which.LENGTH)
        return other if known.holds else (Which.LENGTH if known is length else Which.WHOLE)
    return Which.WHOLE if standings[1] > standings[0] else Which.LENGTH


def nearest_of(decided: dict[Which, Tested]) -> Which | None:
    """The condition whose end is the fewest half widths of its interval from the bound, which is 0 for
    all."""
    standings = {which: conditions.standing(each, NO_DIFFERENCE) for which, each in decided.items()}
    known = {which: abs(standing) for which, standing in standings.items() if standing is not None}
    return min(known, key=lambda which: known[which], default=None)


def influence_of(runs: Sequence[Run]) -> Influence:
    last = min(len(at(run, "influence").value) for run in runs) - 1

    def over_seeds(index: int) -> Summary:
        return summarize(INFLUENCE, [at(run, f"influence[{index}].mean") for run in runs])

    return Influence(
        near=over_seeds(0),
        far=over_seeds(last),
        distance=COUNT(at(runs[0], f"influence[{last}].distance")),
        n_far=COUNT(at(runs[0], f"influence[{last}].n")),
    )


def crossing_of(runs: Sequence[Run], controls: Sequence[Run]) -> Number | None:
    """The first of the places from which the curves of the means stay on the other side."""
    every = (*runs, *controls)
    common = min(len(at(run, "influence").value) for run in every)
    distances = [at(runs[0], f"influence[{place}].distance") for place in range(common)]
    means = [at(run, f"influence[{place}].mean") for run in every for place in range(common)]

    def place(values: Sequence[float]) -> int:
        each = np.array(values).reshape(len(every), common)
        above = each[: len(runs)].mean(axis=0) > each[len(runs) :].mean(axis=0)
        if above[0] == above[-1]:
            return 0
        return int(np.flatnonzero(above == above[0])[-1]) + 1

    if not place([leaf.value for leaf in means]):
        return None
    return COUNT(
        derive(
            "distancia del cruce", lambda distances, values: distances[place(values)],
            gather(distances), gather(means),
        )
    )  # fmt: skip
