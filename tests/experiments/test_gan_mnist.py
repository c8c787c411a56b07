"""Both networks of the GAN, one step of their training, and what must not depend on chance."""

import os
from collections.abc import Iterator
from math import exp, log
from pathlib import Path

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from experiments import gan_mnist
from experiments.gan_mnist import (
    GRID_NOISE,
    SAMPLE_NOISE,
    TRAINING_NOISE,
    Gan,
    build_discriminator,
    build_generator,
    load_state,
    real_batch,
    save_state,
)
from experiments.records import GAN_CURVES, GanConfig

tf = gan_mnist.tf
ARCHITECTURES = ("convolutional", "dense")
SMALL = {"batch_size": 4, "latent_dim": 6}


def digits(n: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (n, 28, 28), np.uint8)


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


# --- networks ----------------------------------------------------------------------------


def test_the_parameters_by_hand() -> None:
    convolutional, dense = (GanConfig(architecture=name) for name in ARCHITECTURES)
    # dense layer, its normalisation; 5 × 5 kernels, their normalisation; 5 × 5 kernels and a bias
    expected = 100 * 6_272 + 4 * 6_272 + 25 * 128 * 64 + 4 * 64 + 25 * 64 + 1
    assert build_generator(convolutional).count_params() == expected == 858_945
    expected = (25 * 1 + 1) * 64 + (25 * 64 + 1) * 128 + 7 * 7 * 128 + 1
    assert build_discriminator(convolutional).count_params() == expected == 212_865
    # each hidden layer with its bias and its normalisation
    expected = 101 * 256 + 4 * 256 + 257 * 512 + 4 * 512 + 513 * 1_024 + 4 * 1_024 + 1_025 * 784
    assert build_generator(dense).count_params() == expected == 1_493_520
    assert build_discriminator(dense).count_params() == 785 * 512 + 513 * 256 + 257 == 533_505


def test_shapes_and_ranges(gan: Gan) -> None:
    z = gan.noise(3, SAMPLE_NOISE, 0)
    drawn = gan.generator(100 * z).numpy()  # far inputs reach the ends of the range
    assert drawn.shape == (3, 28, 28, 1)
    assert drawn.dtype == np.float32
    assert drawn.min() >= -1
    assert drawn.max() <= 1
    logit = gan.discriminator(drawn).numpy()
    assert logit.shape == (3, 1)
    assert logit.dtype == np.float32


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


# --- random numbers ----------------------------------------------------------------------


def test_noise_repeats_and_its_streams_do_not_meet(gan: Gan) -> None:
    np.testing.assert_array_equal(gan.noise(5, GRID_NOISE, 0), gan.noise(5, GRID_NOISE, 0))
    streams = (TRAINING_NOISE, GRID_NOISE, SAMPLE_NOISE)
    seen = {gan.noise(1, stream, index).numpy().tobytes() for stream in streams for index in (0, 1, 500)}
    assert len(seen) == 9


def test_the_noise_of_one_seed_never_meets_that_of_another(gan: Gan, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set()
    for seed in (0, 1, 2, 2**28 - 1):  # up to the greatest allowed
        monkeypatch.setattr(gan, "seed", seed)
        seen |= {
            gan.noise(1, stream, 40).numpy().tobytes()
            for stream in (TRAINING_NOISE, GRID_NOISE, SAMPLE_NOISE)
        }
    assert len(seen) == 12


def test_noise_is_standard_normal(gan: Gan) -> None:
    z = gan.noise(5_000, TRAINING_NOISE, 7).numpy()
    assert z.shape == (5_000, 6)
    assert abs(z.mean()) < 5 / 30_000**0.5  # five standard errors
    assert abs(z.std() - 1) < 5 / 60_000**0.5


def test_a_pass_shows_each_digit_once() -> None:
    images = np.zeros((12, 28, 28), np.uint8) + np.arange(12, dtype=np.uint8)[:, None, None] * 20
    config = GanConfig(batch_size=4)

    def ink(iteration: int, seed: int = 1) -> list[int]:
        batch = real_batch(images, config, seed, iteration)
        assert batch.shape == (4, 28, 28, 1)
        assert batch.dtype == np.float32
        return np.round((batch[:, 0, 0, 0] + 1) * 127.5).astype(int).tolist()

    first = ink(0) + ink(1) + ink(2)
    second = ink(3) + ink(4) + ink(5)
    assert sorted(first) == sorted(second) == list(range(0, 240, 20))
    assert first != second
    assert ink(1) == first[4:8]
    assert ink(0, seed=2) + ink(1, seed=2) + ink(2, seed=2) != first


def test_an_incomplete_batch_is_left_out() -> None:
    images = np.zeros((6, 28, 28), np.uint8) + np.arange(6, dtype=np.uint8)[:, None, None]
    config = GanConfig(batch_size=4)
    batches = [real_batch(images, config, 1, iteration) for iteration in range(3)]
    assert [len({float(image[0, 0, 0]) for image in batch}) for batch in batches] == [4, 4, 4]
    assert not np.array_equal(batches[0], batches[1])  # each is a pass of its own


def test_black_is_minus_one_and_white_is_one() -> None:
    images = np.stack([np.zeros((28, 28), np.uint8), np.full((28, 28), 255, np.uint8)])
    batch = real_batch(images, GanConfig(batch_size=2), 1, 0)
    assert sorted({float(value) for value in batch.ravel()}) == [-1.0, 1.0]


# --- one step ----------------------------------------------------------------------------


def test_one_step_changes_every_trainable_parameter_of_both_networks(gan: Gan) -> None:
    networks = (gan.generator, gan.discriminator)
    before = [variable.numpy() for network in networks for variable in network.trainable_variables]
    curves = gan.step(real_batch(digits(4), gan.config, 1, 0), tf.constant(0)).numpy()
    assert curves.shape == (len(GAN_CURVES),)
    assert np.all(np.isfinite(curves))
    variables = [variable for network in networks for variable in network.trainable_variables]
    for variable, old in zip(variables, before, strict=True):
        assert np.any(variable.numpy() != old), variable.path


@pytest.mark.parametrize("logit", [0.0, 1.0, -2.0])
def test_losses_and_rates_at_a_known_logit(gan: Gan, logit: float) -> None:
    """A discriminator that answers everything with the same logit."""
    for variable in gan.discriminator.trainable_variables:
        variable.assign(np.zeros(variable.shape))
    gan.discriminator.layers[-1].bias.assign([logit])
    curves = dict(
        zip(
            GAN_CURVES, gan.step(real_batch(digits(4), gan.config, 1, 0), tf.constant(1)).numpy(), strict=True
        )
    )
    said_real = 1 / (1 + exp(-logit))
    assert curves == {
        # at 0, 2 ln 2 and ln 2: it cannot tell them apart
        "discriminator_loss": pytest.approx(-log(said_real) - log(1 - said_real), rel=1e-6),
        "generator_loss": pytest.approx(-log(said_real), rel=1e-6),
        "d_real": pytest.approx(said_real, rel=1e-6),
        "d_fake": pytest.approx(said_real, rel=1e-6),
        "accuracy_real": float(logit > 0),
        "accuracy_fake": float(logit <= 0),
    }


# --- resumption --------------------------------------------------------------------------


def test_a_state_brings_everything_back(tmp_path: Path) -> None:
    config = GanConfig(architecture="dense", **SMALL)
    saved, other = Gan(config, seed=1), Gan(config, seed=2)
    arrays = {"d_real": np.array([0.25, 0.5], np.float32), "seconds": np.array(3.5)}
    path = tmp_path / "state.npz"
    found = {name: np.zeros_like(array) for name, array in arrays.items()}
    assert load_state(path, other, found) == 0
    assert found["seconds"] == 0

    save_state(path, saved, arrays, 40)
    assert load_state(path, other, found) == 40
    for name, array in arrays.items():
        np.testing.assert_array_equal(found[name], array)
    assert len(saved.variables) == len(other.variables) > len(saved.generator.variables)
    for a, b in zip(saved.variables, other.variables, strict=True):
        np.testing.assert_array_equal(np.asarray(a), np.asarray(b), err_msg=a.path)


def test_the_seed_decides_the_first_weights() -> None:
    config = GanConfig(architecture="dense", **SMALL)
    first = [Gan(config, seed).generator.trainable_variables[0].numpy() for seed in (1, 1, 2)]
    np.testing.assert_array_equal(first[0], first[1])
    assert not np.array_equal(first[1], first[2])
