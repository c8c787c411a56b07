"""The sampled steps: how the competition stood at each, and whether the images of the last one differ
from one another. Whether they can be read is another question."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from report.findings.balance import ALIKE
from report.findings.base import CONVENTION, Code, Finding, Row, Rule, Summary, seeds, summarize, threshold
from report.findings.variety import variance_ratio
from report.ledger.ledger import Number, Quantity, derive
from report.ledger.quantities import COUNT, GAN_LOSS, ITERATION, SHARE, SHARE_WHOLE, VARIANCE_RATIO
from report.study.study import GroupName, Study, at, gan_record

SHOWN = 7  # steps, however many were sampled


class AtTheEnd(Code):
    """Of the images of the last step, in every seed or in some of them; ``UNKNOWN`` where there are too
    few to differ."""

    VARIED = auto()
    SOME_ALIKE = auto()
    ALIKE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Thresholds:
    alike: Number


@dataclass(frozen=True)
class Competition:
    """Since the step before, or since the start: both losses and, of a discriminator that decides, the
    shares that it tells rightly."""

    discriminator_loss: Summary
    generator_loss: Summary
    accuracy_real: Summary | None
    accuracy_fake: Summary | None


@dataclass(frozen=True)
class Step:
    """``since`` is None before training."""

    step: Number
    since: Competition | None


@dataclass(frozen=True, kw_only=True)
class Steps(Finding):
    """``grid`` is how many images are shown of each step; ``variance`` of the ``images`` measured of the
    last one relative to that of real ones."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan",)
    rule: ClassVar = Rule("variance_from_image_to_image", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        alike=threshold("gan.steps", "imágenes iguales", ALIKE, SHARE_WHOLE)
    )

    verdict: AtTheEnd
    steps: tuple[Step, ...]
    n_steps: Number
    grid: Number
    images: Number
    variance: Summary | None

    @property
    def places(self) -> tuple[int, ...]:
        """Of the steps that are shown: as far apart as can be, the first and the last among them."""
        return tuple(np.unique(np.linspace(0, len(self.steps) - 1, SHOWN).round().astype(int)).tolist())

    @property
    def grids(self) -> tuple[int, ...]:
        """Of those that are shown each by itself: not what is drawn before training."""
        return tuple(place for place in self.places if self.steps[place].since)

    @property
    def competition_rows(self) -> tuple[Row, ...]:
        """Of each step but the first, the competition since the one before."""
        return tuple(
            (
                step.step,
                *(since.discriminator_loss, since.generator_loss),
                *((since.accuracy_real, since.accuracy_fake) if since.accuracy_real else ()),
            )
            for step in self.steps
            if (since := step.since)
        )


def find(study: Study) -> Steps:
    run = study.gan[0]
    ratios = [variance_ratio(each) for each in study.gan]
    known = all(ratio.value is not None for ratio in ratios)
    return Steps(
        verdict=judge([ratio.value for ratio in ratios]),
        n_seeds=seeds(study.gan),
        steps=tuple(step_at(study, index) for index in range(len(gan_record(run).sampled_steps))),
        n_steps=COUNT(derive("recuento", len, at(run, "sampled_steps"))),
        grid=COUNT(at(run, "config.grid_size")),
        images=COUNT(at(run, "config.samples_kept")),
        variance=summarize(VARIANCE_RATIO, ratios) if known else None,
    )


def judge(ratios: list[float | None]) -> AtTheEnd:
    known = [ratio for ratio in ratios if ratio is not None]
    if len(known) < len(ratios):
        return AtTheEnd.UNKNOWN
    alike = [ratio < ALIKE for ratio in known]
    if all(alike):
        return AtTheEnd.ALIKE
    return AtTheEnd.SOME_ALIKE if any(alike) else AtTheEnd.VARIED


def step_at(study: Study, index: int) -> Step:
    """The ``index``-th sampled step."""
    return Step(ITERATION(at(study.gan[0], f"sampled_steps[{index}]")), competition_at(study, index))


def competition_at(study: Study, index: int) -> Competition | None:
    """Over the iterations since the sampled step before (the first, at the start), so that no single
    batch speaks for a step."""
    record = gan_record(study.gan[0])
    steps = record.sampled_steps
    if steps[index] == 0:
        return None
    first, last = steps[index - 1] if index else 0, steps[index]

    def mean_between(curve: np.ndarray) -> float:
        return float(np.mean(curve[first:last], dtype=np.float64))

    def over_seeds(quantity: Quantity, name: str) -> Summary:
        curves = [at(run, f"arrays.{name}") for run in study.gan]
        return summarize(
            quantity, [derive(f"media de {first} a {last}", mean_between, curve) for curve in curves]
        )

    decides = record.config.loss != "wasserstein_gp"
    return Competition(
        over_seeds(GAN_LOSS, "discriminator_loss"),
        over_seeds(GAN_LOSS, "generator_loss"),
        over_seeds(SHARE, "accuracy_real") if decides else None,
        over_seeds(SHARE, "accuracy_fake") if decides else None,
    )
