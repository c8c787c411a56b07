"""Whether the generator copies the digits that it was shown: counted among the readable images, within
each class, by a rule that must first recognise copies made on purpose."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.kinds.readability import ClassCopies, Copies
from experiments.records.base import Run
from report.findings import measures
from report.findings.base import Code, Finding, Row, Rule, Summary, seed, seeds, summarize, threshold
from report.findings.readability import readability_record
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import COUNT, COUNT_MEAN, P_VALUE, RATE, SHARE, SHARE_WHOLE
from report.study.study import GroupName, Study, at

CHANCE = 0.5  # neither generated nor real images come nearer
CAUGHT = 0.8  # of the copies of a class made on purpose, for copies of it to be told


class Copying(Code):
    """Of the seeds; nothing can be told if in some of them there is nothing to be compared, or the
    rule misses copies of every class."""

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
    """Of one seed: of ``n`` readable images of the classes that can tell, ``copies`` count as such; if
    they were drawn as the real test images were, ``expected`` would, and ``p`` is the probability of
    no fewer. Of their ``n_control`` copies made on purpose, the share ``caught``; of the classes
    ``blind`` too few are. ``auc`` is the probability that a generated image comes nearer to one of
    training than a real one of its class. None where there are too few."""

    seed: Number
    n: Number
    copies: Number
    expected: Number | None
    p: Number | None
    n_control: Number
    caught: Number | None
    blind: tuple[Number, ...]
    auc: Number | None


@dataclass(frozen=True, kw_only=True)
class CopiesFound(Finding):
    """``quantile`` of the real images come nearer than the limit, by construction. ``auc`` is None
    where a seed has too few images, ``lowest`` the smallest share of copies made on purpose that are
    recognised. ``shown`` pairs are drawn."""

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
    lowest: Number | None
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
    def blind(self) -> tuple[Number, ...]:
        """The classes of which some seed can tell nothing, each once."""
        every = [label for each in self.by_seed for label in each.blind]
        return tuple(sorted({label.value: label for label in every}.values(), key=lambda label: label.value))

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            (each.seed, each.n, each.copies, each.expected, each.p, each.caught, each.auc)
            for each in self.by_seed
        )


def find(study: Study) -> CopiesFound:
    runs = study.readability
    by_seed = tuple(map(copies_of, runs))
    known = [each.auc.leaf for each in by_seed if each.auc]
    return CopiesFound(
        verdict=judge([readability_record(run).copies.by_class for run in runs], by_seed),
        n_seeds=seeds(study.gan),
        margin=margin(by_seed),
        by_seed=by_seed,
        quantile=SHARE(at(runs[0], "copies.limit_quantile")),
        lowest=min((each.caught for each in by_seed if each.caught), key=lambda n: n.value, default=None),
        nearness=nearness([readability_record(run).copies for run in runs]),
        auc=summarize(RATE, known) if len(known) == len(runs) else None,
        shown=COUNT(derive("recuento", len, at(runs[0], "arrays.pairs"))),
    )


def can_tell(each: ClassCopies) -> bool:
    """Whether copies of a class would be noticed: images of it are compared, and enough of those made
    on purpose are recognised."""
    return each.copies is not None and each.n_control > 0 and each.caught >= CAUGHT * each.n_control


def chance_share(n_real: int, quantile: float) -> float:
    """The probability that a further real image is nearer than the limit, which the k-th nearest of
    ``n_real`` sets: k / (n + 1), with the largest k for which that is at most ``quantile``."""
    k = int(quantile * (n_real + 1) + 1e-9)
    return k / (n_real + 1)


def expected_share(classes: Sequence[ClassCopies], quantile: float) -> float | None:
    """Of the classes that can tell, weighted by their images; None without any."""
    told = [(each.n_generated, chance_share(each.n_real, quantile)) for each in classes if can_tell(each)]
    n = sum(of_class for of_class, _ in told)
    return sum(of_class * share for of_class, share in told) / n if n else None


def copies_of(run: Run) -> SeedCopies:
    classes, auc = at(run, "copies.by_class"), at(run, "copies.auc")

    def told(name: str) -> Leaf:
        """Summed over the classes that can tell."""
        return derive(
            f"{name} de las clases con control",
            lambda every: sum(getattr(each, name) for each in every if can_tell(each)),
            classes,
        )

    n, copies, caught, n_control = map(told, ("n_generated", "copies", "caught", "n_control"))
    share = derive("parte esperada", expected_share, classes, at(run, "copies.limit_quantile"))
    some = share.value is not None
    return SeedCopies(
        seed=seed(run),
        n=COUNT(n),
        copies=COUNT(copies),
        expected=COUNT_MEAN(derive("esperadas", lambda n, share: n * share, n, share)) if some else None,
        p=P_VALUE(derive("binomial, cola superior", measures.upper_tail, copies, n, share)) if some else None,
        n_control=COUNT(n_control),
        caught=SHARE(derive("cociente", lambda a, b: a / b, caught, n_control)) if some else None,
        blind=tuple(
            COUNT(at(run, f"copies.by_class[{place}].label"))
            for place, each in enumerate(classes.value)
            if each.copies is not None and not can_tell(each)
        ),
        auc=None if auc.value is None else RATE(auc),
    )


def judge(measured: Sequence[Sequence[ClassCopies]], by_seed: Sequence[SeedCopies]) -> Copying:
    """``measured`` are the classes of each seed."""
    if any(all(each.copies is None for each in classes) for classes in measured):
        return Copying.UNREADABLE
    p = [each.p.value for each in by_seed if each.p]
    if len(p) < len(by_seed):
        return Copying.UNRELIABLE
    more = [value < measures.SIGNIFICANCE for value in p]
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
    """Of the seed whose p is nearest to the bound, its distance to it; None where a seed tells nothing."""
    p = [each.p for each in by_seed if each.p]
    if len(p) < len(by_seed):
        return None
    nearest = min(p, key=lambda p: measures.from_significance(p.value))
    return P_VALUE(derive("distancia a la significación", measures.from_significance, nearest.leaf))
