"""A GAN that learns to draw images of 28 × 28."""

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from experiments.kinds.base import Kind, Tolerance
from experiments.records.base import Arrays, Count, Positive, PositiveFloat, Rate, RunRecord, Strict
from experiments.records.built import BuiltModel

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

    architecture: Literal["convolutional", "dense"] = "convolutional"
    loss: Literal["non_saturating", "hinge", "wasserstein_gp"] = "non_saturating"
    spectral_norm: bool = False  # of every layer of the discriminator with a kernel
    gradient_penalty: PositiveFloat = 10.0  # its weight in ``wasserstein_gp``
    critic_steps: Positive = 1  # updates of the discriminator for one of the generator
    ema: Annotated[float, Field(gt=0, lt=1)] | None = 0.999  # decay of an average of G's weights
    latent_dim: Positive = 100
    batch_size: Positive = 128
    generator_learning_rate: PositiveFloat = 2e-4
    discriminator_learning_rate: PositiveFloat = 2e-4
    beta_1: Rate = 0.5  # Radford et al. (2016): the default 0.9 makes a GAN oscillate
    beta_2: Rate = 0.999
    leaky_slope: Rate = 0.2
    discriminator_dropout: Rate = 0.3
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

    Arrays, one row per iteration: ``discriminator_loss`` float32[t] (``non_saturating`` and
    ``hinge``: sum of the real and the fake half; ``wasserstein_gp``: critic's loss with its penalty),
    ``generator_loss`` float32[t], ``d_real`` and ``d_fake`` float32[t] (mean of the sigmoid of the
    discriminator's output, in [0, 1]), ``accuracy_real`` and ``accuracy_fake`` float32[t] (share on
    the right side of 0). With several critic steps, those of the last one. One row per step of
    ``sampled_steps``: ``grid`` uint8[s, grid_size, 28, 28] from one fixed z, ``samples``
    uint8[s, samples_kept, 28, 28] from fresh z; ink bright. ``average_grid`` uint8[s, grid_size, 28,
    28] is what the averaged weights draw from the fixed z (s = 0 without ``ema``). ``real``
    uint8[samples_kept, 28, 28], training images.
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
    found = []

    def expect(what: str, expected: object, built: object) -> None:
        if expected != built:
            found.append(f"{what}: se esperaba {expected}, se encontró {built}")

    convolutional = config.architecture == "convolutional"
    expect("architecture (G)", convolutional, bool(generator.layers_of("Conv2DTranspose")))
    normed = discriminator.layers_of("SpectralNormalization")
    wrapped = [layer.settings.get("layer") for layer in normed]
    inside = "Conv2D" in wrapped or bool(discriminator.layers_of("Conv2D"))
    expect("architecture (D)", convolutional, inside)
    expect("spectral_norm", config.spectral_norm, bool(normed))
    for model, rate in (
        (generator, config.generator_learning_rate),
        (discriminator, config.discriminator_learning_rate),
    ):
        expect(f"loss ({model.role})", config.loss, model.loss)
        expect(f"optimizer ({model.role})", "Adam", model.optimizer.kind)
        settings = {"learning_rate": rate, "beta_1": config.beta_1, "beta_2": config.beta_2}
        for name, value in settings.items():
            expect(f"{name} ({model.role})", value, model.optimizer.settings.get(name))
    slopes = {
        layer.settings.get("negative_slope")
        for model in (generator, discriminator)
        for layer in model.layers_of("LeakyReLU")
    }
    expect("leaky_slope", {config.leaky_slope}, slopes)
    rates = {layer.settings.get("rate") for layer in discriminator.layers_of("Dropout")}
    expect("discriminator_dropout", {config.discriminator_dropout}, rates)
    return found


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


KIND = Kind(
    name="gan",
    title="GAN",
    config=GanConfig,
    record=GanRecord,
    arrays=(*GAN_CURVES, "grid", "samples", "average_grid", "real"),
    experiment="experiments.gan_mnist",
    data="experiments.data.images",
    keeps=("weights/*.h5", STATE_FILE),
    continues=("iterations",),
    idle=idle,
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
