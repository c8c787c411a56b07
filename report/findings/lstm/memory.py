"""Does the LSTM forget what is far away? Two conditions decide, each in every seed: accuracy
falls with length more than the control's, and influence falls with the distance to the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.records.base import RecordError, Run
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
from report.findings.intervals import estimate
from report.findings.lstm.learned import Learned
from report.ledger.ledger import Number, Quantity, derive, gather
from report.ledger.quantities import COEFFICIENT, COUNT, INFLUENCE, RATIO, SHARE_WHOLE
from report.study.study import GroupName, Study, at

NO_INTERACTION = 0.0  # both models lose alike with length
NO_DECAY = 1.0  # far and near weigh the same
NO_DIFFERENCE = 0.0  # both models decay alike
REACH = 0.01  # of its largest value: below it, a gradient no longer arrives


class Support(Code):
    """Of the claim that it forgets."""

    SUPPORTED = auto()
    PARTIAL = auto()
    NOT_SUPPORTED = auto()


class Condition(Code):
    """Not measured where some seed has no interval: no review reaches so far, or the answers do not
    tell."""

    HOLDS = auto()
    SOME = auto()
    OPPOSITE = auto()
    NOT_SHOWN = auto()
    NOT_MEASURED = auto()


class Which(Code):
    LENGTH = auto()
    DISTANCE = auto()


class Beside(Code):
    """The decay of the LSTM beside that of the control, on the same reviews."""

    MORE = auto()
    ALIKE = auto()
    LESS = auto()
    NOT_MEASURED = auto()


@dataclass(frozen=True)
class Thresholds:
    interaction: Number
    decay: Number
    difference: Number
    reach: Number


@dataclass(frozen=True)
class SeedDecay:
    """Of one seed: what decides each condition, the decay of its control, and how much that of the
    LSTM differs from it, in pairs of reviews."""

    seed: Number
    interaction: Estimate | None
    decay: Estimate | None
    control: Estimate | None
    difference: Estimate | None


@dataclass(frozen=True)
class Influence:
    """What the nearest and the farthest window that all runs have weigh, in logits; the latter is
    ``distance`` words from the end, in ``n_far`` reviews."""

    near: Summary
    far: Summary
    distance: Number
    n_far: Number


@dataclass(frozen=True)
class Reach:
    """How far the gradient has ``REACH`` of its largest value: of the ``seeds`` in which it fades,
    ``each`` greatest distance to the end, in words, where it still has it; of ``whole_seeds`` no
    such limit is known, since it has it in all words that are read, as many as ``whole``."""

    seeds: tuple[Number, ...]
    each: tuple[Number, ...]
    whole_seeds: tuple[Number, ...]
    whole: Number


@dataclass(frozen=True, kw_only=True)
class Memory(Finding):
    """Of each condition: whether it holds, in how many seeds, the end of an interval that decides it
    and how far that is from its bound, None where it is not measured; ``nearest`` is the one that would
    flip first. The rest are what the LSTM and its control do by distance, and the settings."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm", "linear", "memory")
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule(
        "accuracy falls with length more than the control's, and influence with distance", CONVENTION
    )
    thresholds: ClassVar[Thresholds] = Thresholds(
        interaction=threshold("lstm.memory", "interacción", NO_INTERACTION),
        decay=threshold("lstm.memory", "razón", NO_DECAY),
        difference=threshold("lstm.memory", "diferencia", NO_DIFFERENCE),
        reach=threshold("lstm.memory", "alcance", REACH, SHARE_WHOLE),
    )
    headlines: ClassVar[tuple[str, ...]] = ("by_seed",)

    verdict: Support
    length: Condition
    distance: Condition
    by_seed: tuple[SeedDecay, ...]
    length_count: Number
    distance_count: Number
    length_deciding: Number | None
    distance_deciding: Number | None
    length_margin: Number | None
    distance_margin: Number | None
    nearest: Which | None
    control_decay: Condition
    control_count: Number
    beside: Beside
    influence: Influence
    control_influence: Influence
    reach_initial: Reach
    reach_selected: Reach
    occluded: Number
    window: Number
    near: Number
    far: Number
    gradient_reviews: Number
    bootstrap_samples: Number

    @property
    def rows(self) -> tuple[Row, ...]:
        """Of each seed: what decides both conditions, the control's decay and the difference."""
        return tuple(
            (each.seed, each.interaction, each.decay, each.control, each.difference) for each in self.by_seed
        )


Ends = tuple[float, float]


def condition_of(seeds: Sequence[Ends | None], bound: float) -> Condition:
    """Whether each seed's interval lies below ``bound``; touching it does not do."""
    intervals = [each for each in seeds if each is not None]
    if len(intervals) < len(seeds):
        return Condition.NOT_MEASURED
    below = [high < bound for _, high in intervals]
    if any(below):
        return Condition.HOLDS if all(below) else Condition.SOME
    return Condition.OPPOSITE if all(low > bound for low, _ in intervals) else Condition.NOT_SHOWN


def verdict_of(length: Condition, distance: Condition) -> Support:
    held = [condition is Condition.HOLDS for condition in (length, distance)]
    if all(held):
        return Support.SUPPORTED
    return Support.PARTIAL if any(held) else Support.NOT_SUPPORTED


def beside_of(seeds: Sequence[Ends | None]) -> Beside:
    """By the differences: alike if that of any seed may be none, else more only if all lie below."""
    differences = [each for each in seeds if each is not None]
    if len(differences) < len(seeds):
        return Beside.NOT_MEASURED
    if any(low <= NO_DIFFERENCE <= high for low, high in differences):
        return Beside.ALIKE
    return Beside.MORE if all(high < NO_DIFFERENCE for _, high in differences) else Beside.LESS


def find(study: Study) -> Memory:
    """Both conditions, and what each network does by distance.

    Raises:
        RecordError: no review is long enough for a part of it to be hidden.
    """
    runs = study.memory
    refuse_short_reviews((*runs, *study.linear))
    interactions = [measured(run, "regression", interaction) for run in runs]
    decays = [measured(run, "decay", decay) for run in runs]
    controls = [measured(run, "control_decay", control_decay) for run in runs]
    differences = [measured(run, "decay_difference_low", difference) for run in runs]
    length = condition_of(list(map(ends, interactions)), NO_INTERACTION)
    distance = condition_of(list(map(ends, decays)), NO_DECAY)
    length_margin = distance_to(interactions, NO_INTERACTION, COEFFICIENT)
    distance_margin = distance_to(decays, NO_DECAY, RATIO)
    margins = {Which.LENGTH: length_margin, Which.DISTANCE: distance_margin}
    known = {which: margin for which, margin in margins.items() if margin}
    nearest = min(known, key=lambda which: known[which].value, default=None)

    def setting(name: str) -> Number:
        return COUNT(at(runs[0], f"config.{name}"))

    return Memory(
        verdict=verdict_of(length, distance),
        n_seeds=seeds(runs),
        margin=known[nearest] if nearest else None,
        length=length,
        distance=distance,
        by_seed=tuple(
            SeedDecay(seed(run), *each)
            for run, *each in zip(runs, interactions, decays, controls, differences, strict=True)
        ),
        length_count=seeds_below(interactions, NO_INTERACTION),
        distance_count=seeds_below(decays, NO_DECAY),
        length_deciding=deciding(interactions),
        distance_deciding=deciding(decays),
        length_margin=length_margin,
        distance_margin=distance_margin,
        nearest=nearest,
        control_decay=condition_of(list(map(ends, controls)), NO_DECAY),
        control_count=seeds_below(controls, NO_DECAY),
        beside=beside_of(list(map(ends, differences))),
        influence=influence_of(runs),
        control_influence=influence_of(study.linear),
        reach_initial=reach_of(runs, "gradient_initial"),
        reach_selected=reach_of(runs, "gradient_selected"),
        occluded=COUNT(at(runs[0], "influence[0].n")),
        window=setting("window"),
        near=setting("near"),
        far=setting("far"),
        gradient_reviews=setting("gradient_reviews"),
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


def measured(run: Run, path: str, find: Callable[[Run], Estimate]) -> Estimate | None:
    """What a run estimates, if it has anything at ``path``."""
    return None if at(run, path).value is None else find(run)


def interaction(run: Run) -> Estimate:
    return estimate(run, "regression.interaction", COEFFICIENT)


def decay(run: Run) -> Estimate:
    """Influence of what is far from the end over that of what is near."""
    return estimate(run, "decay", RATIO, "ratio")


def control_decay(run: Run) -> Estimate:
    return estimate(run, "control_decay", RATIO, "ratio")


def difference(run: Run) -> Estimate:
    """The LSTM's ratio of what is far from the end to what is near, less its control's."""
    ratios = at(run, "decay.ratio"), at(run, "control_decay.ratio")
    return Estimate(
        RATIO(derive("diferencia de razones", lambda lstm, control: lstm - control, *ratios)),
        RATIO(at(run, "decay_difference_low")),
        RATIO(at(run, "decay_difference_high")),
    )


def ends(estimate: Estimate | None) -> Ends | None:
    return (estimate.low.value, estimate.high.value) if estimate else None


def seeds_below(estimates: Sequence[Estimate | None], bound: float) -> Number:
    highs = gather(each.high.leaf for each in estimates if each)
    return COUNT(derive("semillas por debajo", lambda ends: sum(end < bound for end in ends), highs))


def distance_to(estimates: Sequence[Estimate | None], bound: float, quantity: Quantity) -> Number | None:
    end = deciding(estimates)
    return quantity(derive("distancia al límite", lambda end: abs(end - bound), end.leaf)) if end else None


def deciding(estimates: Sequence[Estimate | None]) -> Number | None:
    """Of the seed that decides, the one whose interval ends highest, that end; None where one has no
    interval."""
    known = [each.high for each in estimates if each]
    return max(known, key=lambda end: end.value) if len(known) == len(estimates) else None


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


def reach_of(runs: Sequence[Run], name: str) -> Reach:
    norms = [at(run, f"arrays.{name}") for run in runs]
    fades = [farthest(leaf.value) < last(leaf.value) for leaf in norms]
    return Reach(
        seeds=tuple(seed(run) for run, fading in zip(runs, fades, strict=True) if fading),
        each=tuple(
            COUNT(derive("alcance del gradiente", farthest, leaf))
            for leaf, fading in zip(norms, fades, strict=True)
            if fading
        ),
        whole_seeds=tuple(seed(run) for run, fading in zip(runs, fades, strict=True) if not fading),
        whole=COUNT(derive("palabras con gradiente", lambda values: last(values) + 1, norms[0])),
    )


def last(norms: np.ndarray) -> int:
    """The greatest distance at which any review has a word; 0 if there is none."""
    known = np.flatnonzero(~np.isnan(norms))
    return int(known[-1]) if known.size else 0


def farthest(norms: np.ndarray) -> int:
    """``norms`` float[n] by distance, NaN where no review reaches; 0 without any gradient."""
    known = np.nan_to_num(np.asarray(norms, dtype=np.float64))
    return int(np.flatnonzero(known >= REACH * known.max())[-1]) if known.max() > 0 else 0
