"""Whether the generator copies the images that it was shown: counted among the readable ones, within each
class, by a rule that must first recognise copies made on purpose.

Of a class most of whose copies made on purpose the rule misses nothing is said, and nothing of it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.kinds.readability import ClassCopies, Copies, Deformation
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
# Of the measure, which is taken where the images are read (``experiments.images.copies``).
NEIGHBOURS, BLUR = 10, 1
# Recognised by construction: the measure moves an image by a pixel each way and takes the nearest.
UNDONE = "shift"


class Copying(Code):
    """Of all seeds together; nothing can be told where some of them has nothing to compare, or where the
    rule misses most of the copies made on purpose, of all classes together or of each that is read."""

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
    """``chance`` is the probability of coming nearer of images that do not; of the measure, how many
    ``neighbours`` its denominator is the mean of, and by how many pixels images are blurred."""

    caught: Number
    significance: Number
    chance: Number
    neighbours: Number
    blur: Number


@dataclass(frozen=True)
class SeedCopies:
    """Of one seed: of ``n`` readable images, of the classes that are judged, ``copies`` count as such; if
    they were drawn as the real test images were, ``expected`` would, and ``p`` is the probability of no
    fewer. Of the copies made on purpose, but for those that the measure undoes, the share ``caught``; of the
    classes ``blind`` most are missed. ``auc`` is the probability that a generated image, of any class, comes
    nearer to one of training than a real one of its class. None where there are too few."""

    seed: Number
    n: Number
    copies: Number
    expected: Number | None
    p: Number | None
    caught: Number | None
    blind: tuple[Number, ...]
    auc: Number | None


@dataclass(frozen=True)
class OfClass:
    """Of all seeds together; ``copies`` and ``expected`` of those with enough images of it, None where none
    has; ``caught`` of the copies made on purpose, those that the measure undoes among them: they are not
    kept apart by class. None where a seed has none."""

    name: Number
    n: Number
    copies: Number | None
    expected: Number | None
    caught: Summary | None


@dataclass(frozen=True, kw_only=True)
class CopiesFound(Finding):
    """``p`` is that of all seeds together, ``quantile`` of the real images come nearer than the limit, by
    construction. ``auc`` is None where a seed has too few images, ``lowest`` the smallest share of copies
    made on purpose that are recognised in a seed, but for those that the measure undoes. ``shown`` pairs
    are drawn."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan", "judge", "readability")
    presupposes: ClassVar = (Coverage,)
    rule: ClassVar = Rule("readable images nearer to training than a quantile of real ones", "carlini_2023")
    thresholds: ClassVar[Thresholds] = Thresholds(
        caught=threshold("gan.copies", "copias reconocidas", CAUGHT, SHARE_WHOLE),
        significance=threshold("gan.copies", "significación", measures.SIGNIFICANCE),
        chance=threshold("gan.copies", "azar", CHANCE),
        neighbours=threshold("gan.copies", "vecinas", NEIGHBOURS, COUNT),
        blur=threshold("gan.copies", "desenfoque", BLUR, COUNT),
    )

    verdict: Copying
    by_seed: tuple[SeedCopies, ...]
    by_class: tuple[OfClass, ...]
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
        """The classes of which some seed can tell nothing, each once: nothing is said of them."""
        every = {label.value: label for each in self.by_seed for label in each.blind}
        return tuple(row.name for row in self.by_class if row.name.value in every)

    @property
    def always_blind(self) -> tuple[Number, ...]:
        """Those of which no seed can."""
        each = [{label.value for label in row.blind} for row in self.by_seed]
        return tuple(label for label in self.blind if all(label.value in those for those in each))

    @property
    def sometimes_blind(self) -> tuple[Number, ...]:
        always = {label.value for label in self.always_blind}
        return tuple(label for label in self.blind if label.value not in always)

    @property
    def undone(self) -> Summary | None:
        """Of the copies that the measure undoes, the share that is recognised."""
        return dict(self.control)[DeformationName[UNDONE.upper()]]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            (each.seed, each.n, each.copies, each.expected, each.p, each.caught, each.auc)
            for each in self.by_seed
        )

    @property
    def class_rows(self) -> tuple[Row, ...]:
        return tuple((row.name, row.n, row.copies, row.expected, row.caught) for row in self.by_class)


def find(study: Study) -> CopiesFound:
    runs = study.readability
    left_out = derive("clases de las que no se dice nada", unjudged, every_class(runs))
    by_seed = tuple(copies_of(run, left_out) for run in runs)
    known = [each.auc.leaf for each in by_seed if each.auc]
    p = of_all(runs, left_out) if all(each.expected for each in by_seed) else None
    return CopiesFound(
        verdict=judge(runs, by_seed, p),
        n_seeds=seeds(study.gan),
        margin=P_VALUE(derive("distancia a la significación", measures.from_significance, p.leaf))
        if p
        else None,
        by_seed=by_seed,
        by_class=tuple(class_of(runs, place) for place in range(len(classes_of(runs[0])))),
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


# --- of which classes something is said ---------------------------------------------------

Classes = Sequence[ClassCopies]


def classes_of(run: Run) -> Classes:
    return readability_record(run).copies.by_class


def every_class(runs: Sequence[Run]) -> Leaf:
    return gather(at(run, "copies.by_class") for run in runs)


def is_blind(each: ClassCopies) -> bool:
    """Of its images there are enough, and of its copies made on purpose most are missed."""
    return each.copies is not None and each.caught < CAUGHT * each.n_control


def unjudged(runs: Sequence[Classes]) -> list[int]:
    """The labels of those that are blind in some seed."""
    return sorted({each.label for classes in runs for each in classes if is_blind(each)})


def judged(classes: Classes, left_out: Sequence[int]) -> list[ClassCopies]:
    return [each for each in classes if each.copies is not None and each.label not in left_out]


def compared(classes: Classes, left_out: Sequence[int]) -> int:
    return sum(each.n_generated for each in judged(classes, left_out))


def copies_in(classes: Classes, left_out: Sequence[int]) -> int:
    return sum(each.copies or 0 for each in judged(classes, left_out))


def expected_in(classes: Classes, quantile: float, left_out: Sequence[int]) -> float:
    """How many would count as copies of images that were drawn as the real test images were."""
    return sum(each.n_generated * honest_share(each.n_real, quantile) for each in judged(classes, left_out))


def honest_share(n_real: int, quantile: float) -> float:
    """Of further images drawn as ``n_real`` were, those that come under their k-th smallest measure: k /
    (n + 1) for k the largest with which that is at most ``quantile``, as the limit of a class is set."""
    return int(quantile * (n_real + 1) + 1e-9) / (n_real + 1)


def class_of(runs: Sequence[Run], place: int) -> OfClass:
    """The ``place``-th, over the seeds."""
    path = f"copies.by_class[{place}]"
    each = gather(at(run, path) for run in runs)
    tested = any(one.copies is not None for one in each.value)
    controls = [(at(run, f"{path}.caught"), at(run, f"{path}.n_control")) for run in runs]
    return OfClass(
        name=class_name(runs[0], at(runs[0], f"{path}.label")),
        n=COUNT(derive("suma de legibles", lambda each: sum(one.n_generated for one in each), each)),
        copies=COUNT(derive("suma de copias", lambda each: copies_in(each, ()), each)) if tested else None,
        expected=COUNT_MEAN(
            derive(
                "suma de esperadas",
                lambda each, quantile: expected_in(each, quantile, ()),
                *(each, at(runs[0], "copies.limit_quantile")),
            )
        )
        if tested
        else None,
        caught=summarize(SHARE, [derive("cociente", lambda a, b: a / b, *pair) for pair in controls])
        if all(n.value for _, n in controls)
        else None,
    )


def copies_of(run: Run, left_out: Leaf) -> SeedCopies:
    """Of the classes that are judged, all together."""
    classes, quantile = at(run, "copies.by_class"), at(run, "copies.limit_quantile")
    counted = derive("comparadas", compared, classes, left_out)
    found = derive("copias", copies_in, classes, left_out)
    honest = derive("esperadas", expected_in, classes, quantile, left_out)
    control, auc, tested = at(run, "copies.control"), at(run, "copies.auc"), counted.value > 0
    made = any(n for _, n in asked(control.value))
    return SeedCopies(
        seed=seed(run),
        n=COUNT(counted),
        copies=COUNT(found),
        expected=COUNT_MEAN(honest) if tested else None,
        p=P_VALUE(derive("binomial, cola superior", tail_of, found, counted, honest)) if tested else None,
        caught=SHARE(derive("reconocidas de las que no se deshacen", share_caught, control))
        if made
        else None,
        blind=tuple(
            class_name(run, at(run, f"copies.by_class[{place}].label"))
            for place, each in enumerate(classes_of(run))
            if is_blind(each)
        ),
        auc=None if auc.value is None else RATE(auc),
    )


def tail_of(copies: int, n: int, expected: float) -> float:
    """The probability of no fewer copies among ``n`` images of which ``expected`` are on average."""
    return measures.upper_tail(copies, n, expected / n)


def asked(control: Sequence[Deformation]) -> list[tuple[int, int]]:
    """Of each deformation that the measure does not undo, how many are caught, and all."""
    return [(each.caught, each.n) for each in control if each.name != UNDONE]


def share_caught(control: Sequence[Deformation]) -> float:
    caught, n = zip(*asked(control), strict=True)
    return sum(caught) / sum(n)


def of_all(runs: Sequence[Run], left_out: Leaf) -> Number:
    """The probability of no fewer copies than all seeds have together, if none of their images were more
    of a copy than a real test image."""

    def tail(runs: Sequence[Classes], quantile: float, left_out: Sequence[int]) -> float:
        n = sum(compared(classes, left_out) for classes in runs)
        copies = sum(copies_in(classes, left_out) for classes in runs)
        return tail_of(copies, n, sum(expected_in(classes, quantile, left_out) for classes in runs))

    quantile = at(runs[0], "copies.limit_quantile")
    return P_VALUE(derive("binomial de todas, cola superior", tail, every_class(runs), quantile, left_out))


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


def judge(runs: Sequence[Run], by_seed: Sequence[SeedCopies], p: Number | None) -> Copying:
    if not all(any(each.copies is not None for each in classes_of(run)) for run in runs):
        return Copying.UNREADABLE
    if p is None or any(each.caught is None or each.caught.value < CAUGHT for each in by_seed):
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
