"""Whether the generator copies the digits that it was shown: counted among the readable images, within
each class, by a rule that must first recognise copies made on purpose."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.kinds.readability import Copies as Measured
from experiments.records.base import Run
from report.findings import measures
from report.findings.base import (
    CONVENTION,
    Code,
    Finding,
    Row,
    Rule,
    Summary,
    seed,
    seeds,
    summarize,
    threshold,
)
from report.findings.readability import readability_record
from report.ledger.ledger import Number, derive
from report.ledger.quantities import COUNT, COUNT_MEAN, P_VALUE, RATE, SHARE, SHARE_WHOLE
from report.study.study import GroupName, Study, at

CHANCE = 0.5  # neither generated nor real images are nearer
CAUGHT = 0.9  # of the copies made on purpose


class Copying(Code):
    """Of the seeds; nothing can be told if in some of them the rule misses copies, or has nothing to
    be applied to."""

    UNRELIABLE = auto()
    UNREADABLE = auto()
    COPIES = auto()
    SOME = auto()
    NO_SIGN = auto()


class Nearness(Code):
    """Of the generated images beside real ones that were not trained on."""

    NEARER = auto()
    FARTHER = auto()
    NOT_SHOWN = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Thresholds:
    """``chance`` is the probability of being nearer of images that are not."""

    caught: Number
    significance: Number
    chance: Number


@dataclass(frozen=True)
class SeedCopies:
    """Of one seed: of ``n`` readable images ``copies`` are as near to one of training as few real
    ones are; of images drawn like the real ones ``expected`` would be, and ``p`` is the probability
    of no fewer. Of the copies made on purpose, the share ``caught``. ``auc`` is the probability that a
    generated image is nearer than a real one of its class; None where there are too few."""

    seed: Number
    n: Number
    copies: Number
    expected: Number
    p: Number | None
    caught: Number
    auc: Number | None


@dataclass(frozen=True, kw_only=True)
class CopiesFound(Finding):
    """``quantile`` of the real images are nearer to one of training than the limit, by construction;
    ``n_control`` copies are made on purpose. ``auc`` is None where a seed has too few images."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan", "judge", "readability")
    rule: ClassVar = Rule("readable images nearer to training than a quantile of real ones", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        caught=threshold("gan.copies", "copias reconocidas", CAUGHT, SHARE_WHOLE),
        significance=threshold("gan.copies", "significación", measures.SIGNIFICANCE),
        chance=threshold("gan.copies", "azar", CHANCE, RATE),
    )

    verdict: Copying
    by_seed: tuple[SeedCopies, ...]
    quantile: Number
    n_control: Number
    worst_caught: Number
    nearness: Nearness
    auc: Summary | None
    shown: Number

    @property
    def counts(self) -> tuple[Number, ...]:
        """The copies of each seed."""
        return tuple(each.copies for each in self.by_seed)

    @property
    def copying_seeds(self) -> tuple[Number, ...]:
        bound = measures.SIGNIFICANCE
        return tuple(each.seed for each in self.by_seed if each.p and each.p.value < bound)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            (each.seed, each.n, each.copies, each.expected, each.p, each.caught, each.auc)
            for each in self.by_seed
        )


def find(study: Study) -> CopiesFound:
    runs = study.readability
    measured = [readability_record(run).copies for run in runs]
    by_seed = tuple(map(copies_of, runs))
    caught = min((each.caught for each in by_seed), key=lambda share: share.value)
    known = all(each.auc is not None for each in measured)
    return CopiesFound(
        verdict=judge(measured),
        n_seeds=seeds(study.gan),
        margin=margin(by_seed, caught),
        by_seed=by_seed,
        quantile=SHARE(at(runs[0], "copies.limit_quantile")),
        n_control=COUNT(at(runs[0], "copies.n_control")),
        worst_caught=caught,
        nearness=nearness(measured),
        auc=summarize(RATE, [at(run, "copies.auc") for run in runs]) if known else None,
        shown=COUNT(derive("recuento", len, at(runs[0], "arrays.pairs"))),
    )


def copies_of(run: Run) -> SeedCopies:
    n, copies, quantile = (at(run, f"copies.{name}") for name in ("n_generated", "copies", "limit_quantile"))
    p = derive("binomial, cola superior", measures.upper_tail, copies, n, quantile)
    on_purpose, auc = (at(run, "copies.caught"), at(run, "copies.n_control")), at(run, "copies.auc")
    return SeedCopies(
        seed=seed(run),
        n=COUNT(n),
        copies=COUNT(copies),
        expected=COUNT_MEAN(derive("esperadas", lambda n, quantile: n * quantile, n, quantile)),
        p=P_VALUE(p) if n.value else None,
        caught=SHARE(derive("cociente", lambda a, b: a / b, *on_purpose)),
        auc=None if auc.value is None else RATE(auc),
    )


def judge(measured: Sequence[Measured]) -> Copying:
    if any(each.caught < CAUGHT * each.n_control for each in measured):
        return Copying.UNRELIABLE
    if any(each.n_generated == 0 for each in measured):
        return Copying.UNREADABLE
    more = [
        measures.upper_tail(each.copies, each.n_generated, each.limit_quantile) < measures.SIGNIFICANCE
        for each in measured
    ]
    if all(more):
        return Copying.COPIES
    return Copying.SOME if any(more) else Copying.NO_SIGN


def nearness(measured: Sequence[Measured]) -> Nearness:
    """Of all seeds: said only where each of them shows it."""
    if any(each.auc is None or each.p is None for each in measured):
        return Nearness.UNKNOWN
    shown = [each for each in measured if each.p is not None and each.p < measures.SIGNIFICANCE]
    aucs = [each.auc for each in shown if each.auc is not None]
    if len(aucs) == len(measured) and min(aucs) > CHANCE:
        return Nearness.NEARER
    if len(aucs) == len(measured) and max(aucs) < CHANCE:
        return Nearness.FARTHER
    return Nearness.NOT_SHOWN


def margin(by_seed: Sequence[SeedCopies], caught: Number) -> Number | None:
    """Of the seed nearest to another verdict: of its p to the bound or, where copies are missed, of
    those that are recognised to what is asked; None where nothing is read."""
    if caught.value < CAUGHT:
        return SHARE(derive("distancia al límite", lambda share: abs(share - CAUGHT), caught.leaf))
    p = [each.p for each in by_seed if each.p]
    if len(p) < len(by_seed):
        return None
    nearest = min(p, key=lambda p: measures.from_significance(p.value))
    return P_VALUE(derive("distancia a la significación", measures.from_significance, nearest.leaf))
