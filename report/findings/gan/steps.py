"""What can be said of the images at each sampled step without a judge of digits: how much ink
they have and how much of it is loose, compared with real digits. Whether a digit can be read
is another question."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from report.findings import measures
from report.findings.base import CONVENTION, Code, Finding, Row, Rule, Summary, seeds, summarize, threshold
from report.ledger.ledger import Leaf, Number, Quantity, derive, gather
from report.ledger.quantities import (
    COUNT,
    GAN_LOSS,
    ITERATION,
    LOOSE_INK,
    PROBABILITY,
    SHARE,
    SHARE_WHOLE,
    THRESHOLD,
)
from report.study import ink
from report.study.study import GroupName, Study, at, gan_record

# Conventions of this report.
GREY = 0.5  # share of pixels that are neither paper nor ink
BLANK = 0.10  # of the ink of real digits
SPECKLED = 0.5  # share of images with more loose ink than nearly all real digits have
INK_LOW, INK_HIGH = 0.8, 1.25  # ratio to the ink of real digits


class Texture(Code):
    GREY = auto()
    BLANK = auto()
    SPECKLED = auto()
    STROKES = auto()


class Ink(Code):
    LESS = auto()
    SIMILAR = auto()
    MORE = auto()


class Change(Code):
    """Of the loose ink since the step before."""

    FIRST = auto()
    ONE_SEED = auto()
    LESS = auto()
    MORE = auto()
    UNCLEAR = auto()


class AtTheEnd(Code):
    STROKES = auto()
    NO_STROKES = auto()


@dataclass(frozen=True)
class Thresholds:
    """Shares of the scale of brightness (``paper``, ``ink``), of the ink of real digits (``blank``),
    of pixels (``grey``), of images (``speckled``) and of real digits (``quantile``); ratios."""

    paper: Number
    ink: Number
    blank: Number
    grey: Number
    speckled: Number
    quantile: Number
    ink_low: Number
    ink_high: Number


@dataclass(frozen=True)
class Competition:
    """Losses and mean outputs of the discriminator since the step before, or since the start."""

    discriminator_loss: Summary
    generator_loss: Summary
    d_real: Summary
    d_fake: Summary


@dataclass(frozen=True)
class Step:
    """What was measured at one iteration: over the seeds, and the ``texture`` of all their images
    together. ``loose`` is None without ink, ``since`` before training."""

    step: Number
    texture: Texture
    ink: Summary
    ink_verdict: Ink
    loose: Summary | None
    change: Change
    speckled: Number
    grey: Summary
    since: Competition | None


@dataclass(frozen=True, kw_only=True)
class Steps(Finding):
    """``grid`` is how many images are shown of each step; ``real_ink`` and ``real_loose`` are of
    real digits."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan",)
    rule: ClassVar = Rule("ink_and_loose_ink", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        paper=threshold("gan.steps", "papel", ink.PAPER_BELOW / 256, SHARE_WHOLE),
        ink=threshold("gan.steps", "tinta", ink.INK_FROM / 256, SHARE_WHOLE),
        blank=threshold("gan.steps", "sin tinta", BLANK, SHARE_WHOLE),
        grey=threshold("gan.steps", "gris", GREY, SHARE_WHOLE),
        speckled=threshold("gan.steps", "motas", SPECKLED, SHARE_WHOLE),
        quantile=threshold("gan.steps", "cuantil de los reales", ink.SPECKLED_QUANTILE, SHARE_WHOLE),
        ink_low=threshold("gan.steps", "menos tinta", INK_LOW, THRESHOLD),
        ink_high=threshold("gan.steps", "más tinta", INK_HIGH, THRESHOLD),
    )

    verdict: AtTheEnd
    steps: tuple[Step, ...]
    n_steps: Number
    grid: Number
    real_ink: Number
    real_loose: Number

    @property
    def ink_rows(self) -> tuple[Row, ...]:
        """Iteration, ink, loose ink, images with specks, grey; where all is grey, half of it would
        pass for ink."""
        return tuple(
            (step.step, None, None, None, step.grey)
            if step.texture is Texture.GREY
            else (step.step, step.ink, step.loose, step.speckled, step.grey)
            for step in self.steps
        )

    @property
    def competition_rows(self) -> tuple[Row, ...]:
        """Of each step but the first, both losses and both outputs since the one before."""
        return tuple(
            (step.step, since.discriminator_loss, since.generator_loss, since.d_real, since.d_fake)
            for step in self.steps[1:]
            if (since := step.since)
        )


def texture(images: np.ndarray, real: np.ndarray, speckled: float) -> Texture:
    """The verdict on one step: its counts beside those of real digits, and the share of its
    images that have specks."""
    if ink.grey_share(images) >= GREY:
        return Texture.GREY
    if ink.ink_share(images) < BLANK * ink.ink_share(real):
        return Texture.BLANK
    return Texture.SPECKLED if speckled > SPECKLED else Texture.STROKES


def ink_verdict(ratio: float) -> Ink:
    if ratio < INK_LOW:
        return Ink.LESS
    return Ink.MORE if ratio > INK_HIGH else Ink.SIMILAR


def change(before: Sequence[float | None] | None, after: Sequence[float | None]) -> Change:
    """Of the loose share of each seed: said only if it exceeds the spread between the seeds
    and has the same sign in all of them."""
    pairs = [(b, a) for b, a in zip(before or [], after, strict=False) if b is not None and a is not None]
    if len(pairs) < len(after):
        return Change.FIRST
    if len(after) == 1:
        return Change.ONE_SEED
    steps = np.array([a - b for b, a in pairs])
    if abs(steps.mean()) > steps.std(ddof=1) and (np.all(steps > 0) or np.all(steps < 0)):
        return Change.MORE if steps[0] > 0 else Change.LESS
    return Change.UNCLEAR


def find(study: Study) -> Steps:
    """One row per sampled step, and a verdict on the last."""
    run = study.gan[0]
    steps = tuple(step_at(study, index) for index in range(len(gan_record(run).sampled_steps)))
    real = real_counts(study)
    return Steps(
        verdict=AtTheEnd.STROKES if steps[-1].texture is Texture.STROKES else AtTheEnd.NO_STROKES,
        n_seeds=seeds(study.gan),
        margin=margin(steps[-1]),
        steps=steps,
        n_steps=COUNT(derive("recuento", len, at(run, "sampled_steps"))),
        grid=COUNT(at(run, "config.grid_size")),
        real_ink=SHARE(derive("tinta", ink.ink_share, real)),
        real_loose=LOOSE_INK(derive("tinta suelta", ink.loose_ink_share, real)),
    )


def margin(last: Step) -> Number | None:
    """How far the share of speckled images is from the bound; None where there is no ink."""
    if last.texture in (Texture.GREY, Texture.BLANK):
        return None
    return SHARE(derive("distancia al límite", lambda share: abs(share - SPECKLED), last.speckled.leaf))


# --- one step ----------------------------------------------------------------------------


def step_at(study: Study, index: int) -> Step:
    """The ``index``-th sampled step."""
    counts = counts_at(study, index)
    loose = loose_at(study, index)
    inked = [leaf for leaf in loose if leaf.value is not None]  # a seed without ink has none loose
    return Step(
        step=ITERATION(at(study.gan[0], f"sampled_steps[{index}]")),
        texture=texture_at(study, index),
        ink=summarize(SHARE, [derive("tinta", ink.ink_share, leaf) for leaf in counts]),
        ink_verdict=ink_verdict(ink_ratio(study, index).value),
        loose=summarize(LOOSE_INK, inked) if inked else None,
        change=change_at(study, index),
        speckled=SHARE(speckled_at(study, index)),
        grey=summarize(SHARE, [derive("gris", ink.grey_share, leaf) for leaf in counts]),
        since=competition_at(study, index),
    )


def real_counts(study: Study) -> Leaf:
    """Of real digits; the same for every seed."""
    return at(study.gan[0], "arrays.real_counts")


def counts_at(study: Study, index: int) -> list[Leaf]:
    """Of the images of each seed."""
    return [at(run, f"arrays.sample_counts[{index}]") for run in study.gan]


def loose_at(study: Study, index: int) -> list[Leaf]:
    """Of the ink of each seed, the loose share; None without ink."""
    return [derive("tinta suelta", ink.loose_ink_share, leaf) for leaf in counts_at(study, index)]


def ink_ratio(study: Study, index: int) -> Leaf:
    """The ink of all seeds beside that of real digits."""
    return derive(
        "razón de tinta",
        lambda images, real: measures.mean([ink.ink_share(i) for i in images]) / ink.ink_share(real),
        gather(counts_at(study, index)),
        real_counts(study),
    )


def speckled_at(study: Study, index: int) -> Leaf:
    """The share of all images that have specks."""
    return derive(
        "media de proporciones",
        lambda counts, images: sum(counts) / (images * len(counts)),
        gather(at(run, f"arrays.speckled[{index}]") for run in study.gan),
        at(study.gan[0], "config.samples_kept"),
    )


def texture_at(study: Study, index: int) -> Texture:
    images = np.sum([leaf.value for leaf in counts_at(study, index)], axis=0)
    return texture(images, real_counts(study).value, speckled_at(study, index).value)


def change_at(study: Study, index: int) -> Change:
    """Since the step before, unless that is grey, which is no ink."""
    comparable = index > 0 and texture_at(study, index - 1) is not Texture.GREY
    before = [leaf.value for leaf in loose_at(study, index - 1)] if comparable else None
    return change(before, [leaf.value for leaf in loose_at(study, index)])


def competition_at(study: Study, index: int) -> Competition | None:
    """Over the iterations since the sampled step before (the first, at the start), so that no single
    batch speaks for a step."""
    steps = gan_record(study.gan[0]).sampled_steps
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

    return Competition(
        over_seeds(GAN_LOSS, "discriminator_loss"),
        over_seeds(GAN_LOSS, "generator_loss"),
        over_seeds(PROBABILITY, "d_real"),
        over_seeds(PROBABILITY, "d_fake"),
    )
