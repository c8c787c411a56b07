"""What could have been done with more resources, done: other GANs beside the one of the base, by what the
judge reads of each at its own end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import Any, ClassVar

from experiments.kinds.readability import ReadableStep
from experiments.records.base import Run
from report.findings import measures, nested
from report.findings.apart import Ends, unpaired_interval
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
from report.findings.gan import coverage
from report.findings.gan.controls import Controls
from report.findings.gan.coverage import Covered
from report.findings.gan.still_rising import PER, Ending, ending_of, last_slope, slope_of
from report.findings.gan.still_rising import in_points as slope_in_points
from report.findings.judging import noise_ceiling
from report.findings.readability import (
    covered,
    final_counts,
    final_share,
    final_step,
    lower,
    mean_share,
    readability_record,
)
from report.findings.review_by_review import estimate
from report.findings.slopes import Slope
from report.findings.variants import (
    ENOUGH_SEEDS,
    ByEffect,
    Compared,
    Cost,
    Effect,
    Outcome,
    Own,
    Proposal,
    changes_of,
    changes_only,
    compare,
    cost_of,
    ends_of,
    in_pairs,
    margin_of,
    name_of,
    on_one_machine,
    ordered,
    outcome_of,
    with_effect,
)
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COUNT, FRECHET, GAIN_READ, ITERATION, SHARE_WHOLE
from report.study.study import Groups, Need, Study, at, gan_record

PAPER_CRITIC_STEPS = 5  # a step of the generator: Gulrajani et al. (2017), algorithm 1

NOT_COMPARABLE, NOTHING_READ, UNJUDGED = map(
    Compared, (Effect.NOT_COMPARABLE, Effect.NOTHING_READ, Effect.UNJUDGED)
)
Pair = tuple[Run, Run]  # of one seed: what is read of the base, and of the variant
Steps = Sequence[ReadableStep]


@dataclass(frozen=True)
class Thresholds:
    """``critic_steps`` for each step of the generator, as the paper on the gradient penalty has them; a
    slope is that of ``per`` iterations."""

    confidence: Number
    seeds: Number
    critic_steps: Number
    per: Number


@dataclass(frozen=True)
class AtItsEnd:
    """What the judge reads at the last step: the share of the images, how many classes each seed covers,
    and how far the images lie from the real ones."""

    share: Estimate
    classes: tuple[Number, ...]
    frechet: Summary


class Pace(Code):
    """Of what is read once the base has ended, by the interval of its slope: whether it lies above that of
    the last third of the base, below it and above 0, below 0, or none of these."""

    FASTER = auto()
    SLOWER = auto()
    GROWS = auto()
    FALLS = auto()
    NOT_TOLD = auto()


@dataclass(frozen=True)
class Onwards:
    """Of what was trained as the base was and on from there, so that both are one training, read alike as
    far as the base goes: the ``slope`` of what is read after the iteration ``since``, in points for a
    thousand iterations, and of each seed how many points it ``gains``."""

    since: Number
    slope: Estimate
    pace: Pace
    gains: tuple[Number, ...]


@dataclass(frozen=True)
class Tried(Proposal):
    """``ending``: what the share that is read does over its last third, with its ``slope`` there, None
    where the checkpoints are too few. ``critic_steps``, of one with a gradient penalty that takes others
    than the paper; ``iterations``, of one that differs from the base in nothing but that it trains for more
    of them, and ``onwards`` if it is the base's own training that goes on. ``by_t``: the difference, with
    the interval that the seeds alone give its mean, None where it is not compared or they are too few."""

    end: AtItsEnd
    ending: Ending
    slope: Estimate | None
    critic_steps: Number | None
    iterations: Number | None
    onwards: Onwards | None
    by_t: Estimate | None

    @property
    def above_by_t(self) -> bool:
        return self.by_t is not None and self.by_t.low.value > 0

    @property
    def row(self) -> Row:
        return row_of(self.name, self.end, self.slope, self.compared, self.cost)


@dataclass(frozen=True, kw_only=True)
class Variants(ByEffect, Finding):
    """Everything that was tried beside the base, from the best to the worst; ``best`` is the improvement
    that gains most; ``total``, of the classes. Beside a base that collapsed nothing is compared: how much is
    read says nothing then."""

    needs: ClassVar[tuple[Need, ...]] = ("gan", "judge", "readability", "gan_variants")
    presupposes = (Controls,)
    rule: ClassVar[Rule] = Rule("interval of the difference of what is read", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        confidence=threshold("gan.variants", "confianza", measures.CONFIDENCE, SHARE_WHOLE),
        seeds=threshold("gan.variants", "semillas para la media", ENOUGH_SEEDS, COUNT),
        critic_steps=threshold("gan.variants", "pasos del crítico publicados", PAPER_CRITIC_STEPS, COUNT),
        per=threshold("gan.variants", "iteraciones de la pendiente", PER, ITERATION),
    )

    verdict: Outcome
    total: Number
    base: AtItsEnd
    base_slope: Estimate | None
    base_cost: Cost
    base_collapsed: bool
    tried: tuple[Tried, ...]
    best: Tried | None

    @property
    def unfinished(self) -> tuple[Tried, ...]:
        """Those below the base of which more was read from checkpoint to checkpoint when they ended."""
        return tuple(
            each
            for each in self.tried
            if each.compared.effect is Effect.WORSENS and each.ending is Ending.RISES
        )

    @property
    def narrower(self) -> tuple[Tried, ...]:
        """Those of which some seed does not cover all classes."""
        return tuple(
            each for each in self.tried if any(covers.value < self.total.value for covers in each.end.classes)
        )

    @property
    def longer(self) -> Tried | None:
        """What goes on where the base ends: the longest that is compared."""
        further = [
            (each.iterations.value, each)
            for each in self.tried
            if each.iterations and each.compared.difference
        ]
        return max(further, key=lambda pair: pair[0])[1] if further else None

    @property
    def prolonged(self) -> tuple[Tried, ...]:
        """Those that are no other training but the base's own, gone on with."""
        return tuple(each for each in self.tried if each.onwards)

    @property
    def unlike_paper(self) -> tuple[Tried, ...]:
        return tuple(each for each in self.tried if each.critic_steps)

    @property
    def rows(self) -> tuple[Row, ...]:
        base = row_of(Own.BASE, self.base, self.base_slope, None, self.base_cost)
        return (base, *(each.row for each in self.tried))


def row_of(
    name: Number | Own, end: AtItsEnd, slope: Estimate | None, compared: Compared | None, cost: Cost
) -> Row:
    """The base is compared with nothing; classes that all seeds cover alike are given once."""
    classes = end.classes if len({number.value for number in end.classes}) > 1 else end.classes[:1]
    difference, effect = (compared.difference, compared.effect) if compared else (None, None)
    return (
        *(name, end.share, difference, slope, classes, end.frechet.mean),
        *(cost.parameters, cost.minutes, effect),
    )


def find(study: Study) -> Variants:
    drawn = [drawn_by(study, run) for run in study.readability]
    collapsed = coverage.find(study).verdict is Covered.COLLAPSE
    tried = ordered(tried_of(study, groups, collapsed) for groups in study.gan_variants.values())
    return Variants(
        verdict=outcome_of([each.compared.effect for each in tried]),
        n_seeds=seeds(study.readability),
        margin=margin_of(tried),
        total=COUNT(derive("recuento", len, at(study.readability[0], "steps[0].by_class"))),
        base=at_its_end(study.readability),
        base_slope=last_slope(study.readability),
        base_cost=cost_of(parameters(drawn[0]), seconds(drawn), None, NOT_COMPARABLE),
        base_collapsed=collapsed,
        tried=tried,
        best=next(iter(with_effect(tried, Effect.IMPROVES)), None),
    )


def tried_of(study: Study, groups: Groups, collapsed: bool) -> Tried:
    """A variant beside the base, on the seeds that both have."""
    pairs = [pair for pair in in_pairs(study.readability, groups.readability) if read_alike(*pair)]
    own = [run for _, run in pairs] or groups.readability
    compared = UNJUDGED if collapsed else beside(pairs, noise_ceiling(study).value)
    drawn, of_base = [drawn_by(study, run) for run in own], [drawn_by(study, run) for run, _ in pairs]
    comparable = compared.difference and on_one_machine(of_base, drawn)
    iterations = more_iterations(study, groups, drawn[0])
    return Tried(
        name=name_of(groups.readability),
        changes=changes_of(study, groups),
        end=at_its_end(own),
        ending=ending_of(own),
        slope=last_slope(own),
        critic_steps=critic_steps(drawn[0]),
        iterations=iterations,
        onwards=onwards(pairs) if iterations and compared.difference else None,
        by_t=by_t(pairs) if compared.difference and len(pairs) > 1 else None,
        compared=compared,
        cost=cost_of(
            parameters(drawn[0]), seconds(drawn), seconds(of_base) if comparable else None, compared
        ),
    )


# --- what is read ------------------------------------------------------------------------


def read_alike(run: Run, other: Run) -> bool:
    """Whether the same judge read both, of the same data."""
    return run.record.data == other.record.data and judge_of(run) == judge_of(other)


def judge_of(run: Run) -> list[str]:
    return [name for name in readability_record(run).upstream if not is_gan(name)]


def is_gan(name: str) -> bool:
    return name.startswith("gan")


def drawn_by(study: Study, run: Run) -> Run:
    """The GAN whose images were read: that of the variant, or the base's own, measured in another way."""
    (name,) = filter(is_gan, readability_record(run).upstream)
    return next(each for each in study.part_b if each.name == name)


def more_iterations(study: Study, groups: Groups, run: Run) -> Number | None:
    longer = gan_record(run).config.iterations > gan_record(study.gan[0]).config.iterations
    alone = changes_only("gan", "iterations", study, groups)
    return ITERATION(at(run, "config.iterations")) if longer and alone else None


def onwards(pairs: Sequence[Pair]) -> Onwards | None:
    """None unless every seed went on from where the base ended, and far enough to tell."""
    if not all(goes_on(readability_record(base).steps, readability_record(own).steps) for base, own in pairs):
        return None

    def after(base: Sequence[Steps], own: Sequence[Steps]) -> Slope | None:
        return slope_of([mine[len(theirs) - 1 :] for theirs, mine in zip(base, own, strict=True)])

    theirs, mine = (list(column) for column in zip(*pairs, strict=True))
    columns = [gather(at(run, "steps") for run in runs) for runs in (theirs, mine)]
    found = derive("pendiente ponderada desde el final de la base", after, *columns)
    before = last_slope(theirs)
    if found.value is None or before is None:
        return None
    slope = slope_in_points(found)
    return Onwards(
        since=ITERATION(at(theirs[0], f"{final_step(theirs[0])}.iteration")),
        slope=slope,
        pace=pace_of(slope, before),
        gains=tuple(one_difference(pair).value for pair in pairs),
    )


def goes_on(base: Steps, own: Steps) -> bool:
    """Whether as far as the base goes the very same is read."""
    return len(own) > len(base) and list(own[: len(base)]) == list(base)


def pace_of(slope: Estimate, before: Estimate) -> Pace:
    (low, high), (least, most) = ends_of(slope), ends_of(before)
    if low > max(most, 0):
        return Pace.FASTER
    if low > 0:
        return Pace.SLOWER if high < least else Pace.GROWS
    return Pace.FALLS if high < 0 else Pace.NOT_TOLD


def critic_steps(run: Run) -> Number | None:
    config = gan_record(run).config
    as_published = config.loss != "wasserstein_gp" or config.critic_steps == PAPER_CRITIC_STEPS
    return None if as_published else COUNT(at(run, "config.critic_steps"))


def at_its_end(runs: Sequence[Run]) -> AtItsEnd:
    digits = [at(run, f"{final_step(run)}.by_class") for run in runs]
    return AtItsEnd(
        share=final_share(runs),
        classes=tuple(
            COUNT(derive("clases cubiertas", lambda by_class: len(covered(by_class)), leaf))
            for leaf in digits
        ),
        frechet=summarize(FRECHET, [at(run, f"{final_step(run)}.frechet") for run in runs]),
    )


# --- what it does ------------------------------------------------------------------------


def beside(pairs: Sequence[Pair], noise: float) -> Compared:
    """``noise`` is the most that the judge reads of any noise, as a share."""
    if not pairs:
        return NOT_COMPARABLE
    if not any(is_read(run, noise) for pair in pairs for run in pair):
        return NOTHING_READ
    each = [one_difference(pair) for pair in pairs]
    name = "remuestreo anidado"
    mean = each[0] if len(pairs) == 1 else in_points(pairs, name, nested.interval_of_difference)
    return compare([seed(own) for _, own in pairs], each, mean)


def is_read(run: Run, noise: float) -> bool:
    """Whether at its last step more is read than of any noise."""
    return lower(readability_record(run).steps[-1]) > noise


def one_difference(pair: Pair) -> Estimate:
    def newcombe(*columns: Sequence[int]) -> Ends:
        hits, n, base_hits, base_n = (column[0] for column in columns)
        return unpaired_interval(hits, n, base_hits, base_n)

    return in_points([pair], "Newcombe", newcombe)


def by_t(pairs: Sequence[Pair]) -> Estimate:
    """Of at least two seeds: the mean of their differences, with Student's interval."""
    found = summarize(GAIN_READ, [one_difference(pair).value.leaf for pair in pairs])
    assert found.interval is not None
    return Estimate(found.mean, *found.interval)


def in_points(pairs: Sequence[Pair], name: str, ends: Callable[..., Ends]) -> Estimate:
    """The mean over the seeds of what a variant has readable more than the base."""
    leaves = (*final_counts([own for _, own in pairs]), *final_counts([base for base, _ in pairs]))

    def apart(*columns: Any) -> float:
        return 100 * (mean_share(*columns[:2]) - mean_share(*columns[2:]))

    middle = derive("diferencia en puntos", apart, *leaves)
    return estimate(
        GAIN_READ, middle, name, lambda *columns: tuple(100 * end for end in ends(*columns)), *leaves
    )


# --- what it costs -----------------------------------------------------------------------


def parameters(run: Run) -> Leaf:
    """Of both networks."""
    places = ("generator.parameters", "discriminator.parameters")
    return derive("suma", lambda a, b: a + b, *(at(run, place) for place in places))


def seconds(runs: Sequence[Run]) -> tuple[Leaf, ...]:
    """Of the processor; a run that goes on from another one has those of both."""
    return tuple(at(run, "processor_s") for run in runs)
