"""Whether the generator copies the images that it was shown: counted among the readable ones, within each
class, by a rule that must first recognise copies made on purpose."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.kinds.readability import Copies
from experiments.records.base import Run
from report.findings import measures
from report.findings.base import (
    Code,
    Finding,
    Named,
    Row,
    Rule,
    Summary,
    seed,
    seeds,
    summarize,
    threshold,
)
from report.findings.gan.coverage import Coverage
from report.findings.readability import class_name, class_names, final_step, readability_record
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COUNT, COUNT_MEAN, P_VALUE, RATE, SHARE, SHARE_WHOLE
from report.study.study import GroupName, Study, at

CHANCE = 0.5  # neither generated nor real images come nearer
# Of the copies made on purpose, in every seed: honest images are counted fifty times more seldom.
CAUGHT = 0.5


class Copying(Code):
    """Of all seeds together; nothing can be told where some of them has nothing to compare, or where the
    rule misses most of the copies made on purpose."""

    UNREADABLE = auto()
    UNRELIABLE = auto()
    MORE = auto()
    NO_SIGN = auto()


class Nearness(Code):
    """Of the generated images beside real ones that were not trained on."""

    NEARER = auto()
    FARTHER = auto()
    NOT_SHOWN = auto()
    UNKNOWN = auto()


class DeformationName(Code):
    """As in the records, in capitals."""

    SHIFT = auto()
    ROTATION = auto()
    BEND = auto()
    BLUR = auto()
    NOISE = auto()


@dataclass(frozen=True)
class Thresholds:
    """``chance`` is the probability of coming nearer of images that do not."""

    caught: Number
    significance: Number
    chance: Number


@dataclass(frozen=True)
class SeedCopies:
    """Of one seed: of ``n`` readable images, ``copies`` count as such; if they were drawn as the real
    test images were, ``expected`` would, and ``p`` is the probability of no fewer. Of the copies made on
    purpose the share ``caught``; of the classes ``blind`` most are missed. ``auc`` is the probability
    that a generated image comes nearer to one of training than a real one of its class. None where
    there are too few."""

    seed: Number
    n: Number
    copies: Number
    expected: Number | None
    p: Number | None
    caught: Number | None
    blind: tuple[Number, ...]
    auc: Number | None


@dataclass(frozen=True, kw_only=True)
class CopiesFound(Finding):
    """``p`` is that of all seeds together, ``quantile`` of the real images come nearer than the limit, by
    construction. ``auc`` is None where a seed has too few images, ``lowest`` the smallest share of copies
    made on purpose that are recognised. ``shown`` pairs are drawn."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan", "judge", "readability")
    presupposes: ClassVar = (Coverage,)
    rule: ClassVar = Rule("readable images nearer to training than a quantile of real ones", "carlini_2023")
    thresholds: ClassVar[Thresholds] = Thresholds(
        caught=threshold("gan.copies", "copias reconocidas", CAUGHT, SHARE_WHOLE),
        significance=threshold("gan.copies", "significación", measures.SIGNIFICANCE),
        chance=threshold("gan.copies", "azar", CHANCE),
    )

    verdict: Copying
    by_seed: tuple[SeedCopies, ...]
    p: Number | None
    quantile: Number
    lowest: Number | None
    control: tuple[tuple[DeformationName, Summary | None], ...]
    nearness: Nearness
    nearness_p: Number | None
    auc: Summary | None
    shown: Number
    pictured: tuple[Number, ...]  # their classes, in their order

    @property
    def fewer(self) -> bool:
        """Whether every seed has fewer than would be expected."""
        return all(each.expected and each.copies.value < each.expected.value for each in self.by_seed)

    @property
    def hardest(self) -> Named | None:
        """Of the ways to make a copy, that of which the smallest share is recognised, if it is less than
        of all of them."""
        known = [Named(name, share.mean) for name, share in self.control if share]
        least = min(known, key=lambda each: each.value.value, default=None)
        below = least and self.lowest and least.value.value < self.lowest.value
        return least if below else None

    @property
    def counts(self) -> tuple[Number, ...]:
        """The copies of each seed."""
        return tuple(each.copies for each in self.by_seed)

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
    p = of_all(runs) if all(each.expected for each in by_seed) else None
    return CopiesFound(
        verdict=judge(by_seed, p),
        n_seeds=seeds(study.gan),
        margin=P_VALUE(derive("distancia a la significación", measures.from_significance, p.leaf))
        if p
        else None,
        by_seed=by_seed,
        p=p,
        quantile=SHARE(at(runs[0], "copies.limit_quantile")),
        lowest=min((each.caught for each in by_seed if each.caught), key=lambda n: n.value, default=None),
        control=tuple((name, caught_of(runs, name)) for name in DeformationName),
        nearness=nearness([readability_record(run).copies for run in runs]),
        nearness_p=nearness_p(runs),
        auc=summarize(RATE, known) if len(known) == len(runs) else None,
        shown=COUNT(derive("recuento", len, at(runs[0], "arrays.pairs"))),
        pictured=class_names(runs[0], of_pairs(runs[0])),
    )


def of_pairs(run: Run) -> Leaf:
    """The classes that have a pair: those with any readable image at the last step."""
    read = at(run, f"{final_step(run)}.by_class")
    return derive("clases leídas", lambda counts: [place for place, n in enumerate(counts) if n], read)


def copies_of(run: Run) -> SeedCopies:
    """Of the classes with enough images, all together."""
    counted, found, share = (
        at(run, f"copies.{name}") for name in ("n_generated", "copies", "expected_share")
    )
    n_control, caught = at(run, "copies.n_control"), at(run, "copies.caught")
    auc, tested = at(run, "copies.auc"), share.value is not None
    classes = readability_record(run).copies.by_class
    return SeedCopies(
        seed=seed(run),
        n=COUNT(counted),
        copies=COUNT(found),
        expected=COUNT_MEAN(derive("esperadas", expected, counted, share)) if tested else None,
        p=P_VALUE(derive("binomial, cola superior", measures.upper_tail, found, counted, share))
        if tested
        else None,
        caught=SHARE(derive("cociente", lambda a, b: a / b, caught, n_control)) if n_control.value else None,
        blind=tuple(
            class_name(run, at(run, f"copies.by_class[{place}].label"))
            for place, each in enumerate(classes)
            if each.copies is not None and each.caught < CAUGHT * each.n_control
        ),
        auc=None if auc.value is None else RATE(auc),
    )


def expected(n: int, share: float) -> float:
    return n * share


def of_all(runs: Sequence[Run]) -> Number:
    """The probability of no fewer copies than all seeds have together, if none of their images were more
    of a copy than a real test image."""
    n, copies, share = (
        gather(at(run, f"copies.{name}") for run in runs)
        for name in ("n_generated", "copies", "expected_share")
    )

    def tail(copies: Sequence[int], n: Sequence[int], share: Sequence[float]) -> float:
        mean = sum(map(expected, n, share)) / sum(n)
        return measures.upper_tail(sum(copies), sum(n), mean)

    return P_VALUE(derive("binomial de todas, cola superior", tail, copies, n, share))


def caught_of(runs: Sequence[Run], name: DeformationName) -> Summary | None:
    """Of the copies made in one way, over the seeds; None where a seed has none."""
    place = [each.name.upper() for each in readability_record(runs[0]).copies.control]
    if name.name not in place:
        return None
    path = f"copies.control[{place.index(name.name)}]"
    pairs = [(at(run, f"{path}.caught"), at(run, f"{path}.n")) for run in runs]
    if any(n.value == 0 for _, n in pairs):
        return None
    return summarize(SHARE, [derive("cociente", lambda a, b: a / b, *pair) for pair in pairs])


def judge(by_seed: Sequence[SeedCopies], p: Number | None) -> Copying:
    if p is None:
        return Copying.UNREADABLE
    if any(each.caught is None or each.caught.value < CAUGHT for each in by_seed):
        return Copying.UNRELIABLE
    return Copying.MORE if p.value < measures.SIGNIFICANCE else Copying.NO_SIGN


def nearness_p(runs: Sequence[Run]) -> Number | None:
    """The largest of all seeds; None where one has none."""
    each = [at(run, "copies.p") for run in runs]
    if any(leaf.value is None for leaf in each):
        return None
    return P_VALUE(max(each, key=lambda leaf: leaf.value))


def nearness(measured: Sequence[Copies]) -> Nearness:
    """Of all seeds: said only where each of them shows it."""
    told = [(each.auc, each.p) for each in measured if each.auc is not None and each.p is not None]
    if len(told) < len(measured):
        return Nearness.UNKNOWN
    shown = all(p < measures.SIGNIFICANCE for _, p in told)
    if shown and all(auc > CHANCE for auc, _ in told):
        return Nearness.NEARER
    return Nearness.FARTHER if shown and all(auc < CHANCE for auc, _ in told) else Nearness.NOT_SHOWN
