"""A variant beside the base: what it changes, by how much its result differs, and what that costs."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import TypeVar

from experiments.records.base import Run
from report.findings.base import Code, Estimate
from report.findings.changes import Change, Changed, Choice, change
from report.findings.measures import mean
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COUNT, GAIN, MARGIN, MINUTES, TEXT
from report.study.study import GROUPS, Groups, Study, at

ENOUGH_SEEDS = 3  # for the interval of their mean to decide


class Effect(Code):
    """Of one variant. ``NOTHING_READ`` where neither it nor the base draws more that can be read than
    noise does; ``UNJUDGED`` where nothing can be compared with the base, whatever the variant."""

    IMPROVES = auto()
    WORSENS = auto()
    NOT_TOLD = auto()
    ONE_SEED = auto()
    NOT_COMPARABLE = auto()
    NOTHING_READ = auto()
    UNJUDGED = auto()


class Outcome(Code):
    """Of all variants of a part; ``WORSENED`` if each of them does worse than the base."""

    HELPED = auto()
    WORSENED = auto()
    NOT_HELPED = auto()
    ONE_SEED = auto()
    NOT_COMPARABLE = auto()


class Own(Code):
    """What is compared and is no variant of the user's."""

    BASE = auto()
    ENSEMBLE = auto()
    CONTROL = auto()


@dataclass(frozen=True)
class Cost:
    """``minutes`` of the processor for one seed; ``extra``, how many more than the base's, None where
    there is no comparison or it was trained on another machine; ``per_point``, of an improvement that
    takes more than the base."""

    parameters: Number
    minutes: Number
    extra: Number | None = None
    per_point: Number | None = None


@dataclass(frozen=True)
class Compared:
    """How a variant differs from the base, in points over the ``seeds`` that both have; nothing but its
    effect where it cannot be compared. ``lead`` is how far the intervals that decide lie above 0: what an
    improvement has to spare, or below it what lacks for one."""

    effect: Effect
    seeds: tuple[Number, ...] = ()
    difference: Estimate | None = None
    lead: Number | None = None


@dataclass(frozen=True)
class Proposal:
    """A variant, or the ensemble. ``changes`` are settings."""

    name: Number | Own
    changes: tuple[Change, ...]
    compared: Compared
    cost: Cost


Row = TypeVar("Row", bound=Proposal)


class ByEffect:
    """What was ``tried``, sorted by what it does."""

    tried: tuple[Proposal, ...]

    @property
    def variants(self) -> tuple[Proposal, ...]:
        """Those that were trained or measured for it."""
        return tuple(each for each in self.tried if each.name is not Own.ENSEMBLE)

    @property
    def changed(self) -> tuple[Changed, ...]:
        """Every setting with a word that some variant changes, each once."""
        every = (change.name for each in self.tried for change in each.changes if change.name)
        return tuple(dict.fromkeys(every))

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every value with a word that some variant changes one to, each once."""
        every = (change.value for each in self.tried for change in each.changes)
        return tuple(dict.fromkeys(value for value in every if isinstance(value, Choice)))

    @property
    def improving(self) -> tuple[Proposal, ...]:
        return with_effect(self.tried, Effect.IMPROVES)

    @property
    def worsening(self) -> tuple[Proposal, ...]:
        return with_effect(self.tried, Effect.WORSENS)

    @property
    def alike(self) -> tuple[Proposal, ...]:
        return with_effect(self.tried, Effect.NOT_TOLD)

    @property
    def of_one_seed(self) -> tuple[Proposal, ...]:
        return with_effect(self.tried, Effect.ONE_SEED)

    @property
    def unread(self) -> tuple[Proposal, ...]:
        return with_effect(self.tried, Effect.NOTHING_READ)

    @property
    def apart(self) -> tuple[Proposal, ...]:
        """Those that cannot be compared."""
        return with_effect(self.tried, Effect.NOT_COMPARABLE)

    @property
    def shown(self) -> tuple[Proposal, ...]:
        """Those with a difference."""
        return tuple(each for each in self.tried if each.compared.difference)


# --- which variant it is -----------------------------------------------------------------


def name_of(runs: Sequence[Run]) -> Number:
    """The user's word."""
    return TEXT(derive("entre comillas", lambda name: f"«{name}»", at(runs[0], "variant")))


def changes_of(study: Study, groups: Groups) -> tuple[Change, ...]:
    """The settings in which the runs of a variant differ from those of the base. They are read from the
    records: those are the settings that were used."""
    return tuple(
        change(getattr(groups, kind)[0], kind, name) for kind, name in different_settings(study, groups)
    )


def different_settings(study: Study, groups: Groups) -> list[tuple[str, str]]:
    """The kind and the name of each."""
    found: list[tuple[str, str]] = []
    for kind in GROUPS:
        base, own = getattr(study, kind), getattr(groups, kind)
        if base and own:
            before, after = (dict(runs[0].record.config) for runs in (base, own))
            different = [name for name in after if after[name] != before[name]]
            found += [(kind, name) for name in different if not is_told(name, different)]
    return found


def changes_only(kind: str, name: str, study: Study, groups: Groups) -> bool:
    """Whether its own runs of ``kind`` differ from the base's in that setting and no other, and it has
    none of another kind that differ."""
    changed = [f"{own}.{each}" for own, each in different_settings(study, groups)]
    return changed == [f"{kind}.{name}"]


def is_told(name: str, different: Sequence[str]) -> bool:
    """Whether it is the digest of a file whose name differs too."""
    return name.endswith("_digest") and name.removesuffix("_digest") in different


def in_pairs(base: Sequence[Run], own: Sequence[Run]) -> list[tuple[Run, Run]]:
    """The runs of the base and of a variant that have the same seed."""
    by_seed = {run.record.seed: run for run in base}
    return [(by_seed[run.record.seed], run) for run in own if run.record.seed in by_seed]


# --- what it does ------------------------------------------------------------------------

Ends = tuple[float, float]


def compare(seeds: Sequence[Number], each: Sequence[Estimate], difference: Estimate) -> Compared:
    """``each`` difference of a seed in points, and that of their mean."""
    ends = [ends_of(one) for one in each]
    lead = derive(
        "extremo que decide",
        lambda lows, low: above([(end, end) for end in lows], (low, low)),
        gather(one.low.leaf for one in each),
        difference.low.leaf,
    )
    return Compared(
        effect=effect_of(ends, ends_of(difference)),
        seeds=tuple(seeds),
        difference=difference,
        lead=GAIN(lead),
    )


def ends_of(estimate: Estimate) -> Ends:
    return estimate.low.value, estimate.high.value


def effect_of(each: Sequence[Ends], mean: Ends) -> Effect:
    """By intervals of a difference: of each seed, and of their mean where there are enough of them."""
    if len(each) == 1:
        return Effect.ONE_SEED
    if above(each, mean) > 0:
        return Effect.IMPROVES
    mirrored = [(-high, -low) for low, high in (*each, mean)]
    return Effect.WORSENS if above(mirrored[:-1], mirrored[-1]) > 0 else Effect.NOT_TOLD


def above(each: Sequence[Ends], mean: Ends) -> float:
    """How far the intervals that decide lie above 0: those of all seeds, or that of the mean."""
    lowest = min(low for low, _ in each)
    return max(lowest, mean[0]) if len(each) >= ENOUGH_SEEDS else lowest


def outcome_of(effects: Sequence[Effect]) -> Outcome:
    """Of all variants of a part: an improvement, or any effect at all, comes before what cannot be said."""
    if Effect.IMPROVES in effects:
        return Outcome.HELPED
    if set(effects) == {Effect.WORSENS}:
        return Outcome.WORSENED
    if Effect.WORSENS in effects or Effect.NOT_TOLD in effects:
        return Outcome.NOT_HELPED
    return Outcome.ONE_SEED if Effect.ONE_SEED in effects else Outcome.NOT_COMPARABLE


def ordered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """From the largest difference to the smallest, and then those that have none."""

    def place(row: Row) -> float:
        difference = row.compared.difference
        return -difference.value.value if difference else math.inf

    return tuple(sorted(rows, key=place))


def with_effect(rows: Iterable[Row], *effects: Effect) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.compared.effect in effects)


def margin_of(rows: Iterable[Row]) -> Number | None:
    """Of the part: what the surest improvement has to spare, or what the nearest one lacks."""
    decided = with_effect(rows, Effect.IMPROVES, Effect.WORSENS, Effect.NOT_TOLD)
    leads = [row.compared.lead for row in decided if row.compared.lead]
    if not leads:
        return None
    surest = max(leads, key=lambda lead: lead.value)
    return MARGIN(derive("valor absoluto", abs, surest.leaf))


# --- what it costs -----------------------------------------------------------------------


def minutes_of(seconds: Sequence[Leaf]) -> Number:
    """Over the seeds."""
    return MINUTES(derive("media en minutos", lambda values: mean(values) / 60, gather(seconds)))


def cost_of(
    parameters: Leaf, seconds: Sequence[Leaf], base: Sequence[Leaf] | None, compared: Compared
) -> Cost:
    """``seconds`` of the processor for each seed; those of the base for the same seeds, None where they
    were measured on another machine."""
    minutes, counted = minutes_of(seconds), COUNT(parameters)
    if not base or compared.difference is None:
        return Cost(counted, minutes)
    extra = derive("diferencia", lambda own, others: own - others, minutes.leaf, minutes_of(base).leaf)
    gained = compared.difference.value.leaf
    dear = compared.effect is Effect.IMPROVES and extra.value > 0
    price = derive("cociente", lambda more, points: more / points, extra, gained) if dear else None
    return Cost(counted, minutes, MINUTES(extra), MINUTES(price) if price else None)


def machines(runs: Iterable[Run]) -> set[tuple[str, str, str | None]]:
    """On which they were trained."""
    environments = [run.record.environment for run in runs]
    return {(each.processor, each.device, each.gpu) for each in environments}


def on_one_machine(base: Sequence[Run], own: Sequence[Run]) -> bool:
    """Whether their times tell anything of each other."""
    return len(machines([*base, *own])) == 1
