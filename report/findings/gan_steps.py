"""What can be said of the images at each sampled step without a judge of digits: how much ink
they have and how much of it is loose, compared with real digits. Whether a digit can be read
is another question."""

from enum import StrEnum

import numpy as np

from report import statistics
from report.findings.base import Finding, Rule, Summary, seeds, summarize, threshold
from report.numbers import Number, derive, gather
from report.quantities import (
    COUNT,
    GAN_LOSS,
    ITERATION,
    LOOSE_INK,
    PROBABILITY,
    SHARE,
    SHARE_WHOLE,
    THRESHOLD,
)
from report.results import Study, at, gan_record

# Conventions of this report.
GREY = 0.5  # share of pixels that are neither paper nor ink
BLANK = 0.10  # of the ink of real digits
SPECKLED = 0.5  # share of images with more loose ink than nearly all real digits have
INK_LOW, INK_HIGH = 0.8, 1.25  # ratio to the ink of real digits


class Texture(StrEnum):
    GREY = "gris"
    BLANK = "sin tinta"
    SPECKLED = "motas"
    STROKES = "trazos"


class Ink(StrEnum):
    LESS = "menos tinta"
    SIMILAR = "tinta parecida"
    MORE = "más tinta"


class Change(StrEnum):
    """Of the loose ink since the step before."""

    FIRST = "primer paso"
    ONE_SEED = "una semilla"
    LESS = "baja"
    MORE = "sube"
    UNCLEAR = "no se distingue"


class Steps(StrEnum):
    STROKES = "trazos al final"
    NO_STROKES = "sin trazos al final"


def texture(images: np.ndarray, real: np.ndarray, speckled: float) -> Texture:
    """The verdict on one step: its counts beside those of real digits, and the share of its
    images that have specks."""
    if statistics.grey_share(images) >= GREY:
        return Texture.GREY
    if statistics.ink_share(images) < BLANK * statistics.ink_share(real):
        return Texture.BLANK
    return Texture.SPECKLED if speckled > SPECKLED else Texture.STROKES


def ink_verdict(ratio: float) -> Ink:
    if ratio < INK_LOW:
        return Ink.LESS
    return Ink.MORE if ratio > INK_HIGH else Ink.SIMILAR


def change(before: list[float | None] | None, after: list[float | None]) -> Change:
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


def find(study: Study) -> Finding:
    """One row per sampled step, and a verdict on the last."""
    steps = [step_row(study, index) for index in range(len(gan_record(study.gan[0]).sampled_steps))]
    for index, row in enumerate(steps):
        before = steps[index - 1] if index else None
        comparable = before is not None and before["texture"] is not Texture.GREY  # grey is no ink
        row["change"] = change(before["loose_each"] if before and comparable else None, row["loose_each"])
    real = at(study.gan[0], "arrays.real_counts")
    name = "gan.steps"
    values = {
        "steps": tuple(steps),
        "n_steps": COUNT(derive("recuento", len, at(study.gan[0], "sampled_steps"))),
        "grid": COUNT(at(study.gan[0], "config.grid_size")),
        "real_ink": SHARE(derive("tinta", statistics.ink_share, real)),
        "real_loose": LOOSE_INK(derive("tinta suelta", statistics.loose_ink_share, real)),
    }
    rule = Rule(
        "tinta y tinta suelta",
        "convention",
        {
            "paper": threshold(name, "papel", statistics.PAPER_BELOW / 256, SHARE_WHOLE),
            "ink": threshold(name, "tinta", statistics.INK_FROM / 256, SHARE_WHOLE),
            "blank": threshold(name, "sin tinta", BLANK, SHARE_WHOLE),
            "grey": threshold(name, "gris", GREY, SHARE_WHOLE),
            "speckled": threshold(name, "motas", SPECKLED, SHARE_WHOLE),
            "quantile": threshold(name, "cuantil de los reales", statistics.SPECKLED_QUANTILE, SHARE_WHOLE),
            "ink_low": threshold(name, "menos tinta", INK_LOW, THRESHOLD),
            "ink_high": threshold(name, "más tinta", INK_HIGH, THRESHOLD),
        },
    )
    verdict = Steps.STROKES if steps[-1]["texture"] is Texture.STROKES else Steps.NO_STROKES
    return Finding(name, verdict, values, rule, seeds(study.gan), margin(steps[-1]))


def margin(last: dict) -> Number | None:
    """How far the share of speckled images is from the bound; None where there is no ink."""
    if last["texture"] in (Texture.GREY, Texture.BLANK):
        return None
    return SHARE(derive("distancia al límite", lambda share: abs(share - SPECKLED), last["speckled"].leaf))


def step_row(study: Study, index: int) -> dict:
    """What was measured at the ``index``-th sampled step: over the seeds, and the texture of all
    their images together."""
    named = [at(run, f"arrays.sample_counts[{index}]") for run in study.gan]
    real = at(study.gan[0], "arrays.real_counts")  # the same for every seed
    loose = [derive("tinta suelta", statistics.loose_ink_share, leaf) for leaf in named]
    inked = [leaf for leaf in loose if leaf.value is not None]  # a seed without ink has none loose
    ratio = derive(
        "razón de tinta",
        lambda images, real: (
            statistics.mean([statistics.ink_share(i) for i in images]) / statistics.ink_share(real)
        ),
        gather(named),
        real,
    )
    speckled = derive(
        "media de proporciones",
        lambda counts, images: sum(counts) / (images * len(counts)),
        gather(at(run, f"arrays.speckled[{index}]") for run in study.gan),
        at(study.gan[0], "config.samples_kept"),
    )
    return {
        "step": ITERATION(at(study.gan[0], f"sampled_steps[{index}]")),
        "ink": summarize(SHARE, [derive("tinta", statistics.ink_share, leaf) for leaf in named]),
        "grey": summarize(SHARE, [derive("gris", statistics.grey_share, leaf) for leaf in named]),
        "loose": summarize(LOOSE_INK, inked) if inked else None,
        "loose_each": [leaf.value for leaf in loose],
        "ink_verdict": ink_verdict(ratio.value),
        "speckled": SHARE(speckled),
        "texture": texture(np.sum([leaf.value for leaf in named], axis=0), real.value, speckled.value),
        **at_iteration(study, index),
    }


def at_iteration(study: Study, index: int) -> dict[str, Summary]:
    """Losses and outputs over the iterations since the sampled step before (the first, at the
    start), so that no single batch speaks for a step."""
    steps = gan_record(study.gan[0]).sampled_steps
    if steps[index] == 0:
        return {}
    first, last = steps[index - 1] if index else 0, steps[index]
    quantities = {
        "discriminator_loss": GAN_LOSS,
        "generator_loss": GAN_LOSS,
        "d_real": PROBABILITY,
        "d_fake": PROBABILITY,
    }

    def mean_between(curve: np.ndarray) -> float:
        return float(np.mean(curve[first:last], dtype=np.float64))

    return {
        name: summarize(
            quantity,
            [
                derive(f"media de {first} a {last}", mean_between, at(run, f"arrays.{name}"))
                for run in study.gan
            ],
        )
        for name, quantity in quantities.items()
    }
