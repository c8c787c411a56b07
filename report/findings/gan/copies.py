"""Whether the generator copies the digits that it was shown: counted among the readable images, within
each class, by a rule that must first recognise copies made on purpose."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.kinds.readability import Copies
from experiments.records.base import Run
from report.findings import measures
from report.findings.base import Code, Finding, Row, Rule, Summary, seed, seeds, summarize, threshold
from report.findings.readability import readability_record
from report.ledger.ledger import Number, derive
from report.ledger.quantities import COUNT, COUNT_MEAN, P_VALUE, RATE, SHARE, SHARE_WHOLE
from report.study.study import GroupName, Study, at

CHANCE = 0.5  # neither generated nor real images come nearer
CAUGHT = 0.9  # of the copies made on purpose


class Copying(Code):
    """Of the seeds; nothing can be told if in some of them there is nothing to be compared, or the
    rule misses copies."""

    UNREADABLE = auto()
    UNRELIABLE = auto()
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
    """``chance`` is the probability of coming nearer of images that do not."""

    caught: Number
    significance: Number
    chance: Number


@dataclass(frozen=True)
class SeedCopies:
    """Of one seed: of ``n`` readable images ``copies`` count as such; if they were drawn as the real
    test images were, ``expected`` would, and ``p`` is the probability of no fewer. Of ``n_control``
    copies made on purpose, the share ``caught``. ``auc`` is the probability that a generated image
    comes nearer to one of training than a real one of its class. None where there are too few."""

    seed: Number
    n: Number
    copies: Number
    expected: Number | None
    p: Number | None
    n_control: Number
    caught: Number | None
    auc: Number | None


@dataclass(frozen=True, kw_only=True)
class CopiesFound(Finding):
    """``quantile`` of the real images come nearer than the limit, by construction. ``worst`` is the
    seed in which the fewest copies made on purpose are recognised, and ``auc`` that of all seeds; None
    where one has too few images. ``shown`` pairs are drawn."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan", "judge", "readability")
    rule: ClassVar = Rule("readable images nearer to training than a quantile of real ones", "carlini_2023")
    thresholds: ClassVar[Thresholds] = Thresholds(
        caught=threshold("gan.copies", "copias reconocidas", CAUGHT, SHARE_WHOLE),
        significance=threshold("gan.copies", "significación", measures.SIGNIFICANCE),
        chance=threshold("gan.copies", "azar", CHANCE, RATE),
    )

    verdict: Copying
    by_seed: tuple[SeedCopies, ...]
    quantile: Number
    worst: SeedCopies | None
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
    known = [each.auc.leaf for each in by_seed if each.auc]
    return CopiesFound(
        verdict=judge(measured),
        n_seeds=seeds(study.gan),
        margin=margin(by_seed),
        by_seed=by_seed,
        quantile=SHARE(at(runs[0], "copies.limit_quantile")),
        worst=worst(by_seed),
        nearness=nearness(measured),
        auc=summarize(RATE, known) if len(known) == len(runs) else None,
        shown=COUNT(derive("recuento", len, at(runs[0], "arrays.pairs"))),
    )


def copies_of(run: Run) -> SeedCopies:
    copies, n, share = (at(run, f"copies.{name}") for name in ("copies", "n_generated", "expected_share"))
    caught, n_control, auc = (at(run, f"copies.{name}") for name in ("caught", "n_control", "auc"))
    told = share.value is not None
    return SeedCopies(
        seed=seed(run),
        n=COUNT(n),
        copies=COUNT(copies),
        expected=COUNT_MEAN(derive("esperadas", lambda n, share: n * share, n, share)) if told else None,
        p=P_VALUE(derive("binomial, cola superior", measures.upper_tail, copies, n, share)) if told else None,
        n_control=COUNT(n_control),
        caught=SHARE(derive("cociente", lambda a, b: a / b, caught, n_control)) if n_control.value else None,
        auc=None if auc.value is None else RATE(auc),
    )


def worst(by_seed: Sequence[SeedCopies]) -> SeedCopies | None:
    def share(each: SeedCopies) -> float:
        return each.caught.value if each.caught else 0.0

    return min(by_seed, key=share) if all(each.caught for each in by_seed) else None


def judge(measured: Sequence[Copies]) -> Copying:
    if any(each.expected_share is None or not each.n_control for each in measured):
        return Copying.UNREADABLE
    if any(each.caught < CAUGHT * each.n_control for each in measured):
        return Copying.UNRELIABLE
    more = [
        measures.upper_tail(each.copies, each.n_generated, each.expected_share or 0.0) < measures.SIGNIFICANCE
        for each in measured
    ]
    if all(more):
        return Copying.COPIES
    return Copying.SOME if any(more) else Copying.NO_SIGN


def nearness(measured: Sequence[Copies]) -> Nearness:
    """Of all seeds: said only where each of them shows it."""
    told = [(each.auc, each.p) for each in measured if each.auc is not None and each.p is not None]
    if len(told) < len(measured):
        return Nearness.UNKNOWN
    shown = all(p < measures.SIGNIFICANCE for _, p in told)
    if shown and all(auc > CHANCE for auc, _ in told):
        return Nearness.NEARER
    return Nearness.FARTHER if shown and all(auc < CHANCE for auc, _ in told) else Nearness.NOT_SHOWN


def margin(by_seed: Sequence[SeedCopies]) -> Number | None:
    """Of the seed nearest to another verdict: of its p to the bound or, where copies are missed, of
    those that are recognised to what is asked; None where nothing can be compared."""
    p = [each.p for each in by_seed if each.p]
    lowest = worst(by_seed)
    if len(p) < len(by_seed) or lowest is None or lowest.caught is None:
        return None
    if lowest.caught.value < CAUGHT:
        return SHARE(derive("distancia al límite", lambda share: abs(share - CAUGHT), lowest.caught.leaf))
    nearest = min(p, key=lambda p: measures.from_significance(p.value))
    return P_VALUE(derive("distancia a la significación", measures.from_significance, nearest.leaf))
