"""Whether the judge may be believed, and how far: controls whose answer is known beforehand.

Those like what it learnt from, and those related to it, must all be passed. The others tell how far what
it learnt reaches: it may fail one and still be used, but what it says of images like those is worth less.
"""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import CONVENTION, Code, Premise, Row, Rule, threshold
from report.findings.judging import MIN_ACCURACY, is_accurate, is_usable, judge_record, readable_share
from report.ledger.ledger import Number, derive
from report.ledger.quantities import ACCURACY, COUNT, RATE, SHARE_WHOLE
from report.study.study import GroupName, Study, at


class Outcome(Code):
    """Of all controls. ``UNTRIED``: it passes those that it must, and there are no others."""

    GENERALISES = auto()
    EXCEPTIONS = auto()
    UNTRIED = auto()
    UNUSABLE = auto()


class Result(Code):
    """Of one."""

    PASSED = auto()
    FAILED = auto()


class Demand(Code):
    """What the share that is read must be, beside the limit."""

    AT_LEAST = auto()
    LESS_THAN = auto()


class ControlName(Code):
    """As in the records, in capitals."""

    REAL = auto()
    SALT_AND_PEPPER = auto()
    BLUR = auto()
    LOW_CONTRAST = auto()
    UNIFORM_NOISE = auto()
    GAUSSIAN_NOISE = auto()
    UNTRAINED_GENERATOR = auto()
    SHUFFLED_PIXELS = auto()
    MEAN_IMAGE = auto()
    INVERTED = auto()
    PATCHES = auto()
    BLENDS = auto()
    SMEARS = auto()
    SCRIBBLES = auto()
    LETTERS = auto()
    ARCS = auto()


class Family(Code):
    """What the judge had seen in training: the same sort of images, a related one, or none like them."""

    TRAINED = auto()
    RELATED = auto()
    UNSEEN = auto()


@dataclass(frozen=True)
class Thresholds:
    accuracy: Number


@dataclass(frozen=True)
class Examined:
    """One control: of its ``n`` images, the share that is called readable."""

    name: ControlName
    family: Family
    n: Number
    readable: Number
    demand: Demand
    limit: Number
    result: Result


@dataclass(frozen=True, kw_only=True)
class Controls(Premise):
    """``accuracy`` is that on the ``n_test`` real images; ``members`` the networks of the judge and
    ``confidence`` what each must give to the class that all read."""

    needs: ClassVar[tuple[GroupName, ...]] = ("judge",)
    rule: ClassVar = Rule("positive_and_negative_controls", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        threshold("gan.controls", "exactitud", MIN_ACCURACY, ACCURACY)
    )

    verdict: Outcome
    controls: tuple[Examined, ...]
    accuracy: Number
    accurate: bool
    n_test: Number
    ece: Number
    brier: Number
    parameters: Number
    members: Number
    confidence: Number

    @property
    def holds(self) -> bool:
        return self.verdict is not Outcome.UNUSABLE

    @property
    def disqualifying(self) -> tuple[Examined, ...]:
        """Of those that it must pass, the failed ones."""
        return tuple(each for each in self._failed if each.family is not Family.UNSEEN)

    @property
    def exceptions(self) -> tuple[Examined, ...]:
        """Of the others, the failed ones."""
        return tuple(each for each in self._failed if each.family is Family.UNSEEN)

    @property
    def fooling(self) -> Examined | None:
        """Of the exceptions, that of which most is called readable."""
        return max(self.exceptions, key=lambda each: each.readable.value, default=None)

    @property
    def unseen(self) -> tuple[Examined, ...]:
        return tuple(each for each in self.controls if each.family is Family.UNSEEN)

    @property
    def _failed(self) -> tuple[Examined, ...]:
        return tuple(control for control in self.controls if control.result is Result.FAILED)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Control, family, images, readable, demand, limit, result."""
        return tuple(
            (each.name, each.family, each.n, each.readable, each.demand, each.limit, each.result)
            for each in self.controls
        )


def find(study: Study) -> Controls:
    (run,) = study.judge
    accuracy = derive("cociente", lambda hits, n: hits / n, at(run, "correct"), at(run, "n_test"))
    controls = tuple(examined(study, index) for index in range(len(judge_record(study).controls)))
    return Controls(
        verdict=outcome(study, controls),
        n_seeds=COUNT(derive("jueces", lambda correct: 1, at(run, "correct"))),
        margin=margin(controls, ACCURACY(accuracy)),
        controls=controls,
        accuracy=ACCURACY(accuracy),
        accurate=is_accurate(study),
        n_test=COUNT(at(run, "n_test")),
        ece=RATE(at(run, "ece")),
        brier=RATE(at(run, "brier")),
        parameters=COUNT(at(run, "parameters")),
        members=COUNT(derive("recuento", len, at(run, "members"))),
        confidence=SHARE_WHOLE(at(run, "config.threshold")),
    )


def outcome(study: Study, controls: tuple[Examined, ...]) -> Outcome:
    if not is_usable(study):
        return Outcome.UNUSABLE
    unseen = [each.result for each in controls if each.family is Family.UNSEEN]
    if not unseen:
        return Outcome.UNTRIED
    return Outcome.EXCEPTIONS if Result.FAILED in unseen else Outcome.GENERALISES


def examined(study: Study, index: int) -> Examined:
    run, control = study.judge[0], judge_record(study).controls[index]
    return Examined(
        name=ControlName[control.name.upper()],
        family=Family[control.family.upper()],
        n=COUNT(at(run, f"controls[{index}].n")),
        readable=readable_share(study, index),
        demand=Demand.AT_LEAST if control.readable_expected else Demand.LESS_THAN,
        limit=SHARE_WHOLE(at(run, f"controls[{index}].limit")),
        result=Result.PASSED if control.passed else Result.FAILED,
    )


def margin(controls: tuple[Examined, ...], accuracy: Number) -> Number:
    """Of the tightest demand that decides whether it may be used, the distance to its limit."""
    demands = [
        (control.readable, control.limit) for control in controls if control.family is not Family.UNSEEN
    ]
    demands.append((accuracy, Controls.thresholds.accuracy))
    distances = [
        derive("distancia al límite", lambda a, b: abs(a - b), measured.leaf, limit.leaf)
        for measured, limit in demands
    ]
    return RATE(min(distances, key=lambda leaf: leaf.value))
