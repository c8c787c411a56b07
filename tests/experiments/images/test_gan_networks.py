"""Both networks of the GAN as they are built."""

import os

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

import keras
import tensorflow as tf

from experiments.images.gan_networks import build_discriminator, build_generator
from experiments.kinds.gan import GanConfig

ARCHITECTURES = ("convolutional", "dense")


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


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_shapes_and_ranges(architecture: str) -> None:
    config = GanConfig(architecture=architecture, latent_dim=6)
    z = np.random.default_rng(0).normal(size=(3, 6)).astype(np.float32)
    drawn = build_generator(config)(100 * z).numpy()  # far inputs reach the ends of the range
    assert drawn.shape == (3, 28, 28, 1)
    assert drawn.dtype == np.float32
    assert drawn.min() >= -1
    assert drawn.max() <= 1
    logit = build_discriminator(config)(drawn).numpy()
    assert logit.shape == (3, 1)
    assert logit.dtype == np.float32


def kernels(discriminator: keras.Model) -> list[np.ndarray]:
    """As matrices of inputs × outputs."""
    variables = [v.numpy() for v in discriminator.trainable_variables if v.path.endswith("kernel")]
    return [kernel.reshape(-1, kernel.shape[-1]) for kernel in variables]


def greatest_singular_values(discriminator: keras.Model) -> list[float]:
    return [float(np.linalg.svd(kernel, compute_uv=False)[0]) for kernel in kernels(discriminator)]


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_spectral_norm_bounds_the_greatest_singular_value_of_every_kernel(architecture: str) -> None:
    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).uniform(-1, 1, (1, 28, 28, 1)).astype(np.float32)
    plain = build_discriminator(GanConfig(architecture=architecture))
    normed = build_discriminator(GanConfig(architecture=architecture, spectral_norm=True))
    for network in (plain, normed):
        for variable in network.trainable_variables:
            if variable.path.endswith("kernel"):
                variable.assign(5 * variable)  # far from the bound
    answer = tf.function(normed)
    for _ in range(40):  # one power iteration each
        answer(x, training=True)
    assert len(greatest_singular_values(normed)) == 3
    assert greatest_singular_values(normed) == pytest.approx([1, 1, 1], abs=0.02)
    assert min(greatest_singular_values(plain)) > 1.5


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_spectral_norm_leaves_no_kernel_out_and_adds_one_vector_to_each(architecture: str) -> None:
    plain = build_discriminator(GanConfig(architecture=architecture))
    normed = build_discriminator(GanConfig(architecture=architecture, spectral_norm=True))
    wrapped = [layer for layer in normed.layers if isinstance(layer, keras.layers.SpectralNormalization)]
    assert len(wrapped) == 3
    assert not any(hasattr(layer, "kernel") for layer in normed.layers if layer not in wrapped)
    outputs = 64 + 128 + 1 if architecture == "convolutional" else 512 + 256 + 1
    assert normed.count_params() == plain.count_params() + outputs
