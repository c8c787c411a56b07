"""A GAN that learns to draw images of 28 × 28."""

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from experiments.kinds.base import Kind, Tolerance
from experiments.kinds.gan_layers import (
    Architecture,
    differences,
    discriminator_layers,
    generator_layers,
    unlike,
)
from experiments.records.base import (
    Arrays,
    Count,
    Fraction,
    Positive,
    PositiveFloat,
    Rate,
    RunRecord,
    Strict,
)
from experiments.records.built import BuiltModel, Setting

GanLoss = Literal["non_saturating", "hinge", "wasserstein_gp"]
BelowOne = Annotated[float, Field(ge=0, lt=1)]

GENERATOR, DISCRIMINATOR = "generator", "discriminator"
STATE_FILE = "state.npz"  # the last state: a longer run may go on from it

GAN_CURVES = (
    "discriminator_loss",
    "generator_loss",
    "d_real",
    "d_fake",
    "accuracy_real",
    "accuracy_fake",
)


class GanConfig(Strict):
    """Settings of the GAN."""

    architecture: Architecture = "convolutional"
    loss: GanLoss = "non_saturating"
    spectral_norm: bool = False  # of every layer of the discriminator with a kernel
    gradient_penalty: PositiveFloat = 10.0  # its weight in ``wasserstein_gp``
    critic_steps: Positive = 1  # updates of the discriminator for one of the generator
    ema: Fraction | None = 0.999  # decay of an average of the generator's weights
    latent_dim: Positive = 100
    batch_size: Positive = 128
    generator_learning_rate: PositiveFloat = 2e-4
    discriminator_learning_rate: PositiveFloat = 2e-4
    beta_1: BelowOne = 0.5  # Radford et al. (2016): the default 0.9 makes a GAN oscillate
    beta_2: BelowOne = 0.999
    leaky_slope: Rate = 0.2
    discriminator_dropout: BelowOne = 0.3
    iterations: Positive = 3_000
    sample_every: Positive = 500
    grid_size: Positive = 25  # images drawn from one fixed z
    samples_kept: Positive = 200  # images from fresh z, for measuring
    weights_every: Positive = 100

    @model_validator(mode="after")
    def _divides(self) -> Self:
        for name in ("sample_every", "weights_every"):
            if self.iterations % getattr(self, name):
                raise ValueError(f"iterations ha de ser múltiplo de {name} ({getattr(self, name)})")
        return self


class GanResults(Strict):
    generator: BuiltModel
    discriminator: BuiltModel
    n_train: Positive  # images
    sampled_steps: Annotated[tuple[Count, ...], Field(min_length=1)]


class GanRecord(RunRecord, GanResults):
    """One seed of the GAN.

    Arrays, one row per iteration, measured before its update on the batch that it saw, with dropout
    on; x real, z noise, D(·) the discriminator's output without sigmoid, means over the batch:

    ``discriminator_loss``, ``generator_loss`` float32[t], by ``loss``

    - ``non_saturating`` (Goodfellow et al., 2014): -log σ(D(x)) - log(1 - σ(D(G(z)))), the *sum* of
      the real and the fake half; -log σ(D(G(z))). 2 ln 2 and ln 2 where D cannot tell them apart.
    - ``hinge`` (Lim & Ye, 2017; Miyato et al., 2018): max(0, 1 - D(x)) + max(0, 1 + D(G(z))), also
      the sum; -D(G(z)), of any sign. 2 and 0 where D answers 0 to everything.
    - ``wasserstein_gp`` (Arjovsky et al., 2017; Gulrajani et al., 2017): D(G(z)) - D(x) plus
      ``gradient_penalty`` · (‖∇D‖ - 1)² at points between x and G(z); -D(G(z)). Both of any sign.

    ``d_real``, ``d_fake`` float32[t], σ(D(x)) and σ(D(G(z))), in [0, 1]; ``accuracy_real``,
    ``accuracy_fake`` float32[t], shares of D(x) > 0 and of D(G(z)) ≤ 0. A Wasserstein critic is only
    determined up to a constant: there these four tell nothing.

    With several critic steps all are of the last one, but for ``generator_loss``, which is that of
    the generator's update after it, from noise of its own.

    One row per step of ``sampled_steps``: ``grid`` uint8[s, grid_size, 28, 28] from one fixed z,
    ``samples`` uint8[s, samples_kept, 28, 28] from fresh z; ink bright. ``average_grid`` uint8[s,
    grid_size, 28, 28] is what the averaged weights draw from the fixed z (s = 0 without ``ema``).
    ``real`` uint8[min(samples_kept, n_train), 28, 28], training images.
    """

    kind: Literal["gan"] = "gan"
    config: GanConfig

    @model_validator(mode="after")
    def _is_built_as_configured(self) -> Self:
        if complaints := contradictions(self.config, self.generator, self.discriminator):
            raise ValueError(f"la red construida no es la de la configuración: {'; '.join(complaints)}")
        return self


def contradictions(config: GanConfig, generator: BuiltModel, discriminator: BuiltModel) -> list[str]:
    """Where the networks that were built are not what ``config`` says, in Spanish."""
    slope = config.leaky_slope
    drawn = generator_layers(config.architecture, config.latent_dim, slope)
    judged = discriminator_layers(
        config.architecture, slope, config.discriminator_dropout, config.spectral_norm
    )
    return [
        f"{role}, {text}"
        for role, model, layers, rate in (
            (GENERATOR, generator, drawn, config.generator_learning_rate),
            (DISCRIMINATOR, discriminator, judged, config.discriminator_learning_rate),
        )
        for text in (
            *unlike(
                {
                    "role": role,
                    "loss": config.loss,
                    "optimizer": "Adam",
                    "parameters": sum(layer.parameters for layer in layers),
                },
                {
                    "role": model.role,
                    "loss": model.loss,
                    "optimizer": model.optimizer.kind,
                    "parameters": model.parameters,
                },
            ),
            *unlike(_adam(config, rate), model.optimizer.settings),
            *differences(layers, model.layers),
        )
    ]


def _adam(config: GanConfig, learning_rate: float) -> dict[str, Setting]:
    return {
        "learning_rate": learning_rate,
        "beta_1": config.beta_1,
        "beta_2": config.beta_2,
        "epsilon": 1e-7,
        "amsgrad": False,
        "use_ema": False,
        "weight_decay": None,
        "clipnorm": None,
        "clipvalue": None,
        "global_clipnorm": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
    }


def idle(config: GanConfig) -> frozenset[str]:
    """Settings that have no effect beside the others."""
    return frozenset() if config.loss == "wasserstein_gp" else frozenset({"gradient_penalty"})


def _tail(arrays: Arrays, name: str) -> float:
    """Mean over the last third of the iterations."""
    curve = arrays[name]
    return float(curve[-(-2 * len(curve) // 3) :].mean())


def _ink(record: GanRecord, arrays: Arrays) -> float:
    """Share of the last images in [0, 1]."""
    return float(np.mean(arrays["samples"][-1]) / 255)


def work(config: GanConfig) -> float:
    """Images that pass through the networks."""
    return config.iterations * config.batch_size * (1 + config.critic_steps)


KIND = Kind(
    name="gan",
    title="GAN",
    config=GanConfig,
    record=GanRecord,
    arrays=(*GAN_CURVES, "grid", "samples", "average_grid", "real"),
    experiment="experiments.images.gan_mnist",
    data="experiments.data.images",
    keeps=("weights/*.h5", STATE_FILE),
    continues=("iterations",),
    idle=idle,
    work=work,
    profiles={
        "full": GanConfig(),
        "quick": GanConfig(architecture="dense", iterations=1_000),
        "test": GanConfig(
            architecture="dense",
            iterations=120,
            sample_every=40,
            samples_kept=40,
            weights_every=40,
            batch_size=32,
        ),
    },
    tolerances=(
        Tolerance[GanRecord](
            "pérdida de D, último tercio", lambda record, arrays: _tail(arrays, "discriminator_loss"), 0.15, 3
        ),
        Tolerance[GanRecord](
            "pérdida de G, último tercio", lambda record, arrays: _tail(arrays, "generator_loss"), 0.25, 3
        ),
        Tolerance[GanRecord](
            "salida de D ante reales, último tercio", lambda record, arrays: _tail(arrays, "d_real"), 0.08, 3
        ),
        Tolerance[GanRecord](
            "salida de D ante generadas, último tercio",
            lambda record, arrays: _tail(arrays, "d_fake"),
            0.08,
            3,
        ),
        Tolerance[GanRecord]("tinta de las últimas imágenes", _ink, 0.03, 3),
    ),
)
