"""Whether the generator draws all digits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import CONVENTION, Code, Finding, Rule, Summary, seed, seeds, summarize, threshold
from report.findings.judging import is_valid
from report.findings.readability import COVERED, covered, last_checkpoint, uncovered_classes
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import COUNT, ENTROPY, RATE, SHARE, SHARE_WHOLE
from report.study.study import GroupName, Study, at

FEW_CLASSES = 5  # fewer in every seed: mode collapse, as the first rung of the ladder asks for them


class Covered(Code):
    NO_JUDGE = auto()
    UNREADABLE = auto()
    ALL = auto()
    SOME = auto()
    COLLAPSE = auto()


@dataclass(frozen=True)
class Thresholds:
    """``covered`` is a share of what is read; fewer digits than ``few`` are a collapse."""

    covered: Number
    few: Number


@dataclass(frozen=True)
class Drawn:
    """By one seed: how many ``classes`` are covered, and the digits that are not."""

    seed: Number
    classes: Number
    missing: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class Coverage(Finding):
    """At the last step. ``entropy`` is of the digits read, ``variance_ratio`` that of the images of
    one digit to real ones; None where a seed has too few of them."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan", "judge", "readability")
    rule: ClassVar = Rule("digits_among_readable_images", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        covered=threshold("gan.coverage", "clase cubierta", COVERED, SHARE_WHOLE),
        few=threshold("gan.coverage", "pocas clases", FEW_CLASSES, COUNT),
    )

    verdict: Covered
    drawn: tuple[Drawn, ...]
    entropy: Summary
    variance_ratio: Summary | None

    @property
    def incomplete(self) -> tuple[Drawn, ...]:
        return tuple(drawn for drawn in self.drawn if drawn.missing)


def entropy(by_class: Sequence[int]) -> float:
    """Shannon entropy of the digits read, relative to that of all equally frequent: 0 for a single
    digit, 1 for all alike (0 where none is read)."""
    total = sum(by_class)
    shares = [n / total for n in by_class if n]
    if not shares:
        return 0.0
    return -sum(share * math.log(share) for share in shares) / math.log(len(by_class)) + 0.0


def find(study: Study) -> Coverage:
    """At the last step of each seed."""
    digits = [at(run, f"steps[{last_checkpoint(study)}].by_class") for run in study.readability]
    ratios = [at(run, "variance_ratio") for run in study.readability]
    return Coverage(
        verdict=judge([leaf.value for leaf in digits]) if is_valid(study) else Covered.NO_JUDGE,
        n_seeds=seeds(study.gan),
        margin=margin(digits),
        drawn=tuple(
            Drawn(
                seed=seed(run),
                classes=COUNT(derive("clases cubiertas", lambda n: len(covered(n)), leaf)),
                missing=missing(leaf),
            )
            for run, leaf in zip(study.readability, digits, strict=True)
        ),
        entropy=summarize(ENTROPY, [derive("entropía relativa", entropy, leaf) for leaf in digits]),
        variance_ratio=None if any(leaf.value is None for leaf in ratios) else summarize(RATE, ratios),
    )


def judge(digits: Sequence[Sequence[int]]) -> Covered:
    """Of the readable images of each seed by digit."""
    classes = [len(covered(by_class)) for by_class in digits]
    if min(classes) == 0:
        return Covered.UNREADABLE
    if not any(map(uncovered_classes, digits)):
        return Covered.ALL
    return Covered.COLLAPSE if max(classes) < FEW_CLASSES else Covered.SOME


def missing(by_class: Leaf) -> tuple[Number, ...]:
    """The digits that are not covered."""
    return tuple(
        COUNT(derive(f"clase {digit} que falta", lambda n, digit=digit: digit, by_class))
        for digit in uncovered_classes(by_class.value)
    )


def margin(digits: Sequence[Leaf]) -> Number | None:
    """Of the digit and seed nearest to the share that counts as covered, its distance to it; None
    where nothing is read."""

    def distance(by_class: Sequence[int]) -> float:
        return min(abs(n / sum(by_class) - COVERED) for n in by_class)

    if any(sum(leaf.value) == 0 for leaf in digits):
        return None
    leaves = [derive("distancia a la clase cubierta", distance, leaf) for leaf in digits]
    return SHARE(min(leaves, key=lambda leaf: leaf.value))
