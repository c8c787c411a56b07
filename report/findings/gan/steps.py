"""The sampled steps: how the competition stood at each, and whether the images of the last one differ
from one another. Whether they can be read is another question."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.records.brought import BroughtGan
from report.findings.balance import ALIKE
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
from report.findings.gan.losses import LossName, Unit, has_curves, loss_of, unit_of
from report.findings.variety import variance_ratio
from report.ledger.ledger import Leaf, Number, Quantity, derive
from report.ledger.quantities import COUNT, GAN_LOSS, ITERATION, SHARE, SHARE_WHOLE, VARIANCE_RATIO
from report.study.study import AnyRun, Need, Study, at, brought_gan_record, gan_record, shown_gan

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
    """``since`` is None before training, and where the losses on the way to the step are not known."""

    step: Number
    since: Competition | None


@dataclass(frozen=True, kw_only=True)
class Steps(Finding):
    """``grid`` is how many images are shown of each step, of the ``shown_seed``; ``variance`` of the
    ``images`` measured of the last one relative to that of real ones. Of what an author brought,
    ``in_file`` is the height and width of an image there, if another than ``size``, and ``is_dark`` says that
    its ink is dark."""

    needs: ClassVar[tuple[Need, ...]] = ("gan_grids",)
    rule: ClassVar = Rule("variance_from_image_to_image", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        alike=threshold("gan.steps", "imágenes iguales", ALIKE, SHARE_WHOLE)
    )

    verdict: AtTheEnd
    steps: tuple[Step, ...]
    n_steps: Number
    shown_seed: Number
    grid: Number
    images: Number
    variance: Summary | None
    in_file: tuple[Number, Number] | None
    size: Number
    is_dark: bool

    @property
    def places(self) -> tuple[int, ...]:
        """Of the steps that are shown."""
        return shown_of(self.steps)

    @property
    def grids(self) -> tuple[int, ...]:
        """Of those that are shown each by itself: not what is drawn before training."""
        return tuple(place for place in self.places if self.steps[place].step.value)

    @property
    def best_told(self) -> Step | None:
        """That on the way to which the discriminator tells most images apart, by what is printed of it; None
        where several do so, and of a critic."""
        told = [(apart, step) for step in self.steps if (apart := told_apart(step)) is not None]
        most = max((apart for apart, _ in told), default=None)
        best = [step for apart, step in told if apart == most]
        return best[0] if len(best) == 1 else None

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


def told_apart(step: Step) -> float | None:
    """Of the real and of the generated, together, each as it is printed; None where that is not known."""
    real, fake = (step.since.accuracy_real, step.since.accuracy_fake) if step.since else (None, None)
    if real is None or fake is None:
        return None
    return sum(round(part.mean.value, part.mean.quantity.decimals + 2) for part in (real, fake))


def shown_of(steps: Sequence[object]) -> tuple[int, ...]:
    """Places of ``steps``, as far apart as can be, the first and the last among them."""
    return tuple(np.unique(np.linspace(0, len(steps) - 1, SHOWN).round().astype(int)).tolist())


def find(study: Study) -> Steps:
    runs = study.gan_grids
    run = runs[0]
    ratios = [variance_ratio(each) for each in runs]
    known = all(ratio.value is not None for ratio in ratios)
    return Steps(
        verdict=judge([ratio.value for ratio in ratios]),
        n_seeds=seeds(runs),
        steps=tuple(step_at(study, index) for index in range(len(sampled_steps(run)))),
        n_steps=COUNT(derive("recuento", len, at(run, "sampled_steps"))),
        shown_seed=seed(shown_gan(study)),
        grid=COUNT(grid_size(run)),
        images=COUNT(at(run, "config.samples_kept") if study.gan else grid_size(run)),
        variance=summarize(VARIANCE_RATIO, ratios) if known else None,
        in_file=size_in_file(run),
        size=COUNT(derive("lado de una imagen", lambda grids: int(grids.shape[-1]), at(run, "arrays.grid"))),
        is_dark=isinstance(run.record, BroughtGan) and run.record.ink == "dark",
    )


def size_in_file(run: AnyRun) -> tuple[Number, Number] | None:
    if not isinstance(run.record, BroughtGan) or run.record.rescaled_from is None:
        return None
    return COUNT(at(run, "rescaled_from[0]")), COUNT(at(run, "rescaled_from[1]"))


def sampled_steps(run: AnyRun) -> tuple[int, ...]:
    record = brought_gan_record(run) if isinstance(run.record, BroughtGan) else gan_record(run)
    return record.sampled_steps


def grid_size(run: AnyRun) -> Leaf:
    """Images in each grid."""
    if isinstance(run.record, BroughtGan):
        return derive("imágenes de una rejilla", lambda grids: int(grids.shape[1]), at(run, "arrays.grid"))
    return at(run, "config.grid_size")


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
    return Step(ITERATION(at(study.gan_grids[0], f"sampled_steps[{index}]")), competition_at(study, index))


def logged_between(run: AnyRun, first: int, last: int) -> range:
    """The rows of its curves after the iteration ``first`` and up to ``last``."""
    if "iteration" not in run.arrays:
        return range(first, last)
    start, stop = np.searchsorted(run.arrays["iteration"], (first, last), side="right").tolist()
    return range(start, stop)


def competition_at(study: Study, index: int) -> Competition | None:
    """Over the iterations since the sampled step before (the first, at the start), so that no single
    batch speaks for a step."""
    runs = study.gan_losses
    if not runs or unit_of(study) is Unit.EPOCH:
        return None
    steps = sampled_steps(study.gan_grids[0])
    first, last = steps[index - 1] if index else 0, steps[index]
    between = [logged_between(run, first, last) for run in runs]
    if not all(map(len, between)):
        return None

    def over_seeds(quantity: Quantity, name: str) -> Summary:
        return summarize(
            quantity,
            [
                derive(
                    f"media de {first} a {last}",
                    lambda curve, rows=rows: float(np.mean(curve[rows.start : rows.stop], dtype=np.float64)),
                    at(run, f"arrays.{name}"),
                )
                for run, rows in zip(runs, between, strict=True)
            ],
        )

    decides = loss_of(study) is not LossName.WASSERSTEIN_GP
    decides = decides and all(has_curves(run, "accuracy_real", "accuracy_fake") for run in runs)
    return Competition(
        over_seeds(GAN_LOSS, "discriminator_loss"),
        over_seeds(GAN_LOSS, "generator_loss"),
        over_seeds(SHARE, "accuracy_real") if decides else None,
        over_seeds(SHARE, "accuracy_fake") if decides else None,
    )
