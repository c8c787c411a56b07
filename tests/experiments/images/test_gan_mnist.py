"""One step of the GAN's training, and what must not depend on chance."""

import os
from collections.abc import Iterator
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_gans import make_eager, make_tiny

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

import keras
import tensorflow as tf

from experiments.images import gan_mnist
from experiments.images.gan_batches import real_batches
from experiments.images.gan_mnist import (
    GENERATOR_NOISE,
    GRID_NOISE,
    SAMPLE_NOISE,
    SHARES,
    TRAINING_NOISE,
    Gan,
    weights_path,
)
from experiments.kinds.gan import GAN_CURVES, GanConfig, GanLoss

# of Keras with NumPy 2, when it writes weights
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

ARCHITECTURES = ("convolutional", "dense")
LOSSES = ("non_saturating", "hinge", "wasserstein_gp")
SMALL: dict[str, Any] = {"batch_size": 4, "latent_dim": 6}
STREAMS = (TRAINING_NOISE, GRID_NOISE, SAMPLE_NOISE, 3, 4, GENERATOR_NOISE, SHARES)


def digits(n: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (n, 28, 28), np.uint8)


def step(gan: Gan, images: np.ndarray, iteration: int = 0) -> dict[str, float]:
    real = real_batches(images, gan.config, gan.seed, iteration)
    values = gan.step(real, tf.constant(iteration, tf.int32)).numpy()
    assert values.dtype == np.float32
    return dict(zip(GAN_CURVES, values.tolist(), strict=True))


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    make_eager(monkeypatch)


@pytest.fixture
def tiny(eager: None, monkeypatch: pytest.MonkeyPatch) -> None:
    make_tiny(monkeypatch)


@pytest.fixture(scope="module", params=ARCHITECTURES)
def built(request: pytest.FixtureRequest) -> Gan:
    return Gan(GanConfig(architecture=request.param, **SMALL), seed=1)


@pytest.fixture
def gan(built: Gan) -> Iterator[Gan]:
    """One GAN for all tests, because its step is compiled, with its first weights for each."""
    networks = (built.generator, built.discriminator)
    weights = [network.get_weights() for network in networks]
    yield built
    for network, first in zip(networks, weights, strict=True):
        network.set_weights(first)


# --- images ------------------------------------------------------------------------------


def test_images_are_bytes_with_bright_ink(gan: Gan, monkeypatch: pytest.MonkeyPatch) -> None:
    images = gan.images(gan.noise(2, GRID_NOISE, 0))
    assert images.shape == (2, 28, 28)
    assert images.dtype == np.uint8

    def draw(z: object, training: bool) -> object:
        assert training is False  # batch normalisation must not see the other images
        return tf.constant([-1.0, -0.9, 0.1, 1.0], shape=(1, 2, 2, 1))

    monkeypatch.setattr(gan, "generator", draw)
    # (x + 1) × 127.5: 0, 12.75, 140.25, 255
    assert gan.images(None).tolist() == [[[0, 13], [140, 255]]]


def test_stored_averages_are_drawn_like_stored_weights(tiny: None, tmp_path: Path) -> None:
    config = GanConfig(**SMALL)
    gan, drawer = Gan(config, seed=1), Gan(config, seed=2)
    step(gan, digits(4))
    step(gan, digits(4), 1)
    assert gan.average is not None
    weights_path(tmp_path, 2).parent.mkdir()
    gan.generator.save_weights(weights_path(tmp_path, 2))
    gan.average.save_weights(weights_path(tmp_path, 2, average=True))
    z = gan.noise(3, GRID_NOISE, 0)
    drawn = []
    for average, network in ((False, gan.generator), (True, gan.average)):
        drawer.generator.load_weights(weights_path(tmp_path, 2, average))
        np.testing.assert_array_equal(drawer.images(z), gan_mnist.draw(network, z))
        drawn.append(drawer.images(z))
    assert not np.array_equal(*drawn)


def test_where_weights_are(tmp_path: Path) -> None:
    assert weights_path(tmp_path, 100) == tmp_path / "weights/generator-00100.weights.h5"
    assert weights_path(tmp_path, 100, average=True) == tmp_path / "weights/average-00100.weights.h5"


# --- random numbers ----------------------------------------------------------------------


def test_noise_repeats_and_its_streams_do_not_meet(gan: Gan) -> None:
    np.testing.assert_array_equal(gan.noise(5, GRID_NOISE, 0), gan.noise(5, GRID_NOISE, 0))
    seen = {gan.noise(1, stream, index).numpy().tobytes() for stream in STREAMS for index in (0, 1, 500)}
    assert len(seen) == 21


def test_the_noise_of_one_seed_never_meets_that_of_another(gan: Gan, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set()
    for seed in (0, 1, 2, 2**28 - 1):  # up to the greatest allowed
        monkeypatch.setattr(gan, "seed", seed)
        seen |= {gan.noise(1, stream, 40).numpy().tobytes() for stream in STREAMS}
    assert len(seen) == 28


def test_noise_is_standard_normal(gan: Gan) -> None:
    z = gan.noise(5_000, TRAINING_NOISE, 7).numpy()
    assert z.shape == (5_000, 6)
    assert abs(z.mean()) < 5 / 30_000**0.5  # five standard errors
    assert abs(z.std() - 1) < 5 / 60_000**0.5


def test_the_seed_decides_the_first_weights() -> None:
    config = GanConfig(architecture="dense", **SMALL)
    first = [Gan(config, seed).generator.trainable_variables[0].numpy() for seed in (1, 1, 2)]
    np.testing.assert_array_equal(first[0], first[1])
    assert not np.array_equal(first[1], first[2])


# --- one step ----------------------------------------------------------------------------


def test_one_step_changes_every_trainable_parameter_of_both_networks(gan: Gan) -> None:
    networks = (gan.generator, gan.discriminator)
    before = [variable.numpy() for network in networks for variable in network.trainable_variables]
    curves = step(gan, digits(4))
    assert np.all(np.isfinite(list(curves.values())))
    variables = [variable for network in networks for variable in network.trainable_variables]
    for variable, old in zip(variables, before, strict=True):
        assert np.any(variable.numpy() != old), variable.path


@pytest.mark.parametrize("logit", [0.0, 1.0, -2.0])
def test_losses_and_rates_at_a_known_logit(gan: Gan, logit: float) -> None:
    """A discriminator that answers everything with the same logit."""
    for variable in gan.discriminator.trainable_variables:
        variable.assign(np.zeros(variable.shape))
    gan.discriminator.layers[-1].bias.assign([logit])
    said_real = 1 / (1 + exp(-logit))
    assert step(gan, digits(4), 1) == {
        # at 0, 2 ln 2 and ln 2: it cannot tell them apart
        "discriminator_loss": pytest.approx(-log(said_real) - log(1 - said_real), rel=1e-6),
        "generator_loss": pytest.approx(-log(said_real), rel=1e-6),
        "d_real": pytest.approx(said_real, rel=1e-6),
        "d_fake": pytest.approx(said_real, rel=1e-6),
        "accuracy_real": float(logit > 0),
        "accuracy_fake": float(logit <= 0),
    }


@pytest.mark.parametrize("critic_steps", [1, 3])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_every_combination_trains_both_networks(
    architecture: str, loss: GanLoss, critic_steps: int, eager: None
) -> None:
    settings = SMALL | {"batch_size": 2, "architecture": architecture, "loss": loss}
    gan = Gan(GanConfig(critic_steps=critic_steps, spectral_norm=True, **settings), seed=1)
    networks = (gan.generator, gan.discriminator)
    variables = [variable for network in networks for variable in network.trainable_variables]
    before = [variable.numpy() for variable in variables]
    curves = step(gan, digits(8))
    assert np.all(np.isfinite(list(curves.values())))
    still = {v.path for v, old in zip(variables, before, strict=True) if np.all(v.numpy() == old)}
    # what the output has in common for real and generated images is worth nothing to these losses
    assert still <= ({gan.discriminator.layers[-1].layer.bias.path} if loss != "non_saturating" else set())
    assert int(gan.generator_optimizer.iterations) == 1
    assert int(gan.discriminator_optimizer.iterations) == critic_steps


# A linear critic, D(x) = w · x - 0.5 with all weights 1/392, of white images, where it says 784/392 -
# 0.5 = 1.5, and of grey ones, all 0, where it says -0.5. Its gradient is w everywhere, ‖w‖ = 28/392.
SLOPE = 1 / 392
BY_HAND = {
    "non_saturating": (log(1 + exp(-1.5)) + log(1 + exp(-0.5)), log(1 + exp(0.5))),
    "hinge": (0 + 0.5, 0.5),
    "wasserstein_gp": (-0.5 - 1.5 + 10 * (1 / 14 - 1) ** 2, 0.5),
}


@pytest.fixture
def linear(eager: None, monkeypatch: pytest.MonkeyPatch) -> list[np.ndarray]:
    """What this critic has been shown, batch by batch, beside a generator that draws in grey."""
    shown: list[np.ndarray] = []
    layers = keras.layers
    constant = keras.initializers.Constant

    class Shown(keras.layers.Layer):
        def call(self, x: Any) -> Any:
            if hasattr(x, "numpy"):
                shown.append(x.numpy())
            return x

    def generator(config: GanConfig) -> keras.Model:
        # grey at first, whatever z is; from its first update on it depends on z
        inside = [layers.Dense(784, kernel_initializer="zeros"), layers.Reshape((28, 28, 1))]
        return keras.Sequential([keras.Input((config.latent_dim,)), *inside])

    def discriminator(config: GanConfig) -> keras.Model:
        output = layers.Dense(1, kernel_initializer=constant(SLOPE), bias_initializer=constant(-0.5))
        return keras.Sequential([keras.Input((28, 28, 1)), Shown(), layers.Flatten(), output])

    monkeypatch.setattr(gan_mnist, "build_generator", generator)
    monkeypatch.setattr(gan_mnist, "build_discriminator", discriminator)
    return shown


@pytest.mark.parametrize("critic_steps", [1, 2])
@pytest.mark.parametrize("loss", LOSSES)
def test_the_first_step_of_a_linear_critic_by_hand(
    loss: GanLoss, critic_steps: int, linear: list[np.ndarray]
) -> None:
    # learning nothing, so that every critic step sees the same
    rates = {"generator_learning_rate": 1e-12, "discriminator_learning_rate": 1e-12}
    gan = Gan(GanConfig(loss=loss, critic_steps=critic_steps, **rates, **SMALL), seed=1)
    of_discriminator, of_generator = BY_HAND[loss]
    assert step(gan, np.full((8, 28, 28), 255, np.uint8)) == {
        "discriminator_loss": pytest.approx(of_discriminator, rel=1e-5),
        "generator_loss": pytest.approx(of_generator, rel=1e-5),
        "d_real": pytest.approx(1 / (1 + exp(-1.5)), rel=1e-5),
        "d_fake": pytest.approx(1 / (1 + exp(0.5)), rel=1e-5),
        "accuracy_real": 1,
        "accuracy_fake": 1,
    }


@pytest.mark.parametrize("weight", [10.0, 2.5])
@pytest.mark.parametrize("norm", [0.5, 1.0, 3.0])
def test_the_penalty_of_a_linear_critic(norm: float, weight: float, linear: list[np.ndarray]) -> None:
    gan = Gan(GanConfig(loss="wasserstein_gp", gradient_penalty=weight, **SMALL), seed=1)
    gan.discriminator.layers[-1].kernel.assign(np.full((784, 1), norm / 28))
    curves = step(gan, np.full((4, 28, 28), 255, np.uint8))
    distance = 784 * norm / 28  # of what it says of real ones and of generated ones
    assert curves["discriminator_loss"] == pytest.approx(weight * (norm - 1) ** 2 - distance, rel=1e-5)


def test_the_penalty_is_taken_between_the_real_and_the_generated(linear: list[np.ndarray]) -> None:
    gan = Gan(GanConfig(loss="wasserstein_gp", **SMALL), seed=1)
    white = np.full((4, 28, 28), 255, np.uint8)
    shares = []
    for iteration in (0, 0, 1):
        gan.generator.set_weights([np.zeros((6, 784)), np.zeros(784)])
        step(gan, white, iteration)
        mixed = linear[-1]
        shares.append(mixed[:, 0, 0, 0].tolist())  # between 0 and 1: the share of the real one
        np.testing.assert_array_equal(mixed, np.broadcast_to(mixed[:, :1, :1], mixed.shape))
        assert len(set(shares[-1])) == 4
        assert 0 <= min(shares[-1]) < max(shares[-1]) <= 1
    assert shares[0] == shares[1] != shares[2]


def test_each_critic_step_sees_real_images_and_noise_of_its_own(linear: list[np.ndarray]) -> None:
    gan = Gan(GanConfig(critic_steps=3, **SMALL), seed=1)
    images = digits(20)
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=(6, 784)), np.zeros(784)]
    gan.generator.set_weights(weights)
    step(gan, images, 5)
    first = list(linear)
    real, fake = first[0:6:2], [*first[1:6:2], first[6]]
    np.testing.assert_array_equal(real, real_batches(images, gan.config, 1, 5))
    assert len({batch.tobytes() for batch in fake}) == 4  # three for the critic, one for the generator
    linear.clear()
    gan.generator.set_weights(weights)
    step(gan, images, 5)
    for once, again in zip(first, linear, strict=True):  # all that is drawn depends on the iteration alone
        np.testing.assert_array_equal(once, again)
    linear.clear()
    gan.generator.set_weights(weights)
    step(gan, images, 6)
    assert not {batch.tobytes() for batch in first} & {batch.tobytes() for batch in linear}


def test_with_one_critic_step_each_learns_from_the_other_as_it_was(linear: list[np.ndarray]) -> None:
    gan = Gan(GanConfig(loss="hinge", **SMALL), seed=1)
    step(gan, digits(4))
    assert len(linear) == 2  # the generator learns from what was shown to the discriminator
    # Adam's first step is of the learning rate, against the sign of the gradient: -w for the generator
    bias = gan.generator.trainable_variables[1].numpy()
    np.testing.assert_allclose(bias, gan.config.generator_learning_rate, rtol=2e-3)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("critic_steps", [1, 2])
def test_an_update_is_one_power_iteration(
    loss: GanLoss, critic_steps: int, eager: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate = 1e-12  # so that the kernel stays what the normalisation made of it
    config = GanConfig(architecture="dense", loss=loss, spectral_norm=True, critic_steps=critic_steps)
    config = config.model_copy(update={"discriminator_learning_rate": rate, **SMALL})
    gan = Gan(config, seed=1)
    output = gan.discriminator.layers[-1]
    hidden = gan.discriminator.layers[1]
    u, kernel = hidden.vector_u.numpy().astype(float), hidden.kernel.numpy().astype(float)
    for _ in range(critic_steps if critic_steps == 1 else critic_steps + 1):  # and the generator's update
        v = u @ kernel.T
        v /= np.linalg.norm(v)
        u = v @ kernel
        u /= np.linalg.norm(u)
        kernel = kernel / (v @ kernel @ u.T)
    step(gan, digits(8))
    np.testing.assert_allclose(hidden.vector_u.numpy(), u, atol=1e-5)
    np.testing.assert_allclose(hidden.kernel.numpy(), kernel, atol=1e-5)
    assert np.linalg.norm(output.kernel.numpy()) == pytest.approx(1, abs=1e-5)


# --- the average -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ema", "shares"),
    [
        # decays 1/10, 2/11 and 3/12: what is left of the first weights and of those of each update
        (0.999, [1 / 220, 9 / 220, 45 / 220, 165 / 220]),
        # 1/10, 0.15 and 0.15, under 2/11 and 3/12
        (0.15, [0.00225, 0.02025, 0.1275, 0.85]),
    ],
)
def test_the_average_after_three_updates(ema: float, shares: list[float], tiny: None) -> None:
    gan = Gan(GanConfig(ema=ema, generator_learning_rate=0.1, **SMALL), seed=1)
    assert gan.average is not None
    seen = [gan.generator.get_weights()]
    for iteration in range(3):
        step(gan, digits(4), iteration)
        seen.append(gan.generator.get_weights())
    names = [variable.path for variable in gan.average.weights]
    assert sum("moving" in name for name in names) == 2  # the statistics of the normalisation, too
    for name, average, *values in zip(names, gan.average.get_weights(), *seen, strict=True):
        expected = sum(share * value for share, value in zip(shares, values, strict=True))
        np.testing.assert_allclose(average, expected, rtol=1e-4, atol=1e-6, err_msg=name)
        assert not np.array_equal(average, values[-1]), name


def test_the_average_begins_as_the_generator_and_changes_nothing_of_it(tiny: None) -> None:
    with_average, without = (Gan(GanConfig(ema=ema, **SMALL), seed=1) for ema in (0.999, None))
    assert with_average.average is not None
    assert without.average is None
    for average, first in zip(
        with_average.average.get_weights(), with_average.generator.get_weights(), strict=True
    ):
        np.testing.assert_array_equal(average, first)
    assert step(with_average, digits(4)) == step(without, digits(4))
    for a, b in zip(with_average.variables, without.variables, strict=False):
        np.testing.assert_array_equal(a.numpy(), b.numpy())


def test_the_state_is_all_that_changes(tiny: None) -> None:
    gan = Gan(GanConfig(**SMALL), seed=1)
    before = [variable.numpy() for variable in gan.variables]
    step(gan, digits(4))
    changed = {
        variable.path
        for variable, old in zip(gan.variables, before, strict=True)
        if np.any(variable.numpy() != old)
    }
    for part in ("kernel", "moving_mean", "seed_generator_state", "iteration", "momentum"):
        assert any(part in path for path in changed), part
    # seven of weights and statistics for the drawing networks, five for the other; two moments for each
    # trainable one, and the optimisers' count and rate
    assert len(gan.variables) == 8 + 5 + (2 * 6 + 2) + (2 * 4 + 2) + 8
