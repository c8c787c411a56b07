"""Whether the generator draws all classes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.base import Run
from report.findings.base import CONVENTION, Code, Premise, Rule, Summary, seed, seeds, summarize, threshold
from report.findings.gan.controls import Controls
from report.findings.judging import noise_ceiling
from report.findings.readability import (
    COVERED,
    ENOUGH,
    FEW,
    class_name,
    covered,
    is_enough,
    last_checkpoint,
    readability_record,
    uncovered_classes,
)
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import COUNT, ENTROPY, SHARE, SHARE_WHOLE, VARIANCE_RATIO
from report.study.study import GroupName, Study, at


class Covered(Code):
    """Of all seeds; nothing is said where one of them has too few readable images. ``COLLAPSE``: every
    seed draws fewer than ``FEW`` of the classes."""

    UNREADABLE = auto()
    ALL = auto()
    SOME = auto()
    COLLAPSE = auto()


@dataclass(frozen=True)
class Thresholds:
    """``covered`` is a share of what is read, ``few`` of the classes; ``enough`` counts images."""

    covered: Number
    few: Number
    enough: Number


@dataclass(frozen=True)
class Drawn:
    """By one seed: how many ``classes`` are covered, and those that are not."""

    seed: Number
    classes: Number
    missing: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class Coverage(Premise):
    """At the last step, of a ``total`` of classes. ``entropy`` is of the classes read, ``variance_ratio``
    that of the images of one class to real ones; None where a seed has too few of them."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan", "judge", "readability")
    presupposes: ClassVar = (Controls,)
    rule: ClassVar = Rule("classes_among_readable_images", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        covered=threshold("gan.coverage", "clase cubierta", COVERED, SHARE_WHOLE),
        few=threshold("gan.coverage", "pocas clases", FEW, SHARE_WHOLE),
        enough=threshold("gan.coverage", "imágenes legibles", ENOUGH, COUNT),
    )

    verdict: Covered
    drawn: tuple[Drawn, ...]
    total: Number
    entropy: Summary
    variance_ratio: Summary | None

    @property
    def holds(self) -> bool:
        """Whether the images are of several classes, and can be told to be."""
        return self.verdict in (Covered.ALL, Covered.SOME)

    @property
    def counts(self) -> tuple[Number, ...]:
        """How many classes each seed draws."""
        return tuple(drawn.classes for drawn in self.drawn)

    @property
    def incomplete(self) -> tuple[Drawn, ...]:
        return tuple(drawn for drawn in self.drawn if drawn.missing)


def entropy(by_class: Sequence[int]) -> float:
    """Shannon entropy of the classes read, relative to that of all equally frequent: 0 for a single
    one, 1 for all alike (0 where none is read)."""
    total = sum(by_class)
    shares = [n / total for n in by_class if n]
    if not shares:
        return 0.0
    return -sum(share * math.log(share) for share in shares) / math.log(len(by_class)) + 0.0


def find(study: Study) -> Coverage:
    """At the last step of each seed."""
    read = [at(run, f"steps[{last_checkpoint(study)}].by_class") for run in study.readability]
    noise = noise_ceiling(study).value
    enough = all(is_enough(readability_record(run).steps[-1], noise) for run in study.readability)
    ratios = [at(run, "variance_ratio") for run in study.readability]
    return Coverage(
        verdict=judge([leaf.value for leaf in read]) if enough else Covered.UNREADABLE,
        n_seeds=seeds(study.gan),
        margin=margin(read) if enough else None,
        drawn=tuple(
            Drawn(
                seed=seed(run),
                classes=COUNT(derive("clases cubiertas", lambda n: len(covered(n)), leaf)),
                missing=missing(run, leaf),
            )
            for run, leaf in zip(study.readability, read, strict=True)
        ),
        total=COUNT(derive("clases", len, read[0])),
        entropy=summarize(ENTROPY, [derive("entropía relativa", entropy, leaf) for leaf in read]),
        variance_ratio=None
        if any(leaf.value is None for leaf in ratios)
        else summarize(VARIANCE_RATIO, ratios),
    )


def judge(read: Sequence[Sequence[int]]) -> Covered:
    """Of the readable images of each seed by class."""
    if not any(map(uncovered_classes, read)):
        return Covered.ALL
    few = all(len(covered(by_class)) < FEW * len(by_class) for by_class in read)
    return Covered.COLLAPSE if few else Covered.SOME


def missing(run: Run, by_class: Leaf) -> tuple[Number, ...]:
    """The classes that are not covered."""
    return tuple(
        class_name(run, derive(f"clase {label} que falta", lambda n, label=label: label, by_class))
        for label in uncovered_classes(by_class.value)
    )


def margin(read: Sequence[Leaf]) -> Number:
    """Of the class and seed nearest to the share that counts as covered, its distance to it."""

    def distance(by_class: Sequence[int]) -> float:
        return min(abs(n / sum(by_class) - COVERED) for n in by_class)

    leaves = [derive("distancia a la clase cubierta", distance, leaf) for leaf in read]
    return SHARE(min(leaves, key=lambda leaf: leaf.value))
