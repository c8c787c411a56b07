"""Networks of a GAN with all kinds of state and few parameters, and steps without a graph."""

from typing import Any

import pytest

from experiments.kinds.gan import GanConfig


def make_eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps that are not made into a graph, which takes as long as many of them."""
    import tensorflow as tf

    function = tf.function

    def eagerly(step: Any = None, **options: Any) -> Any:
        return step or function(**options)  # Keras asks for a decorator

    monkeypatch.setattr(tf, "function", eagerly)


def make_tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    from experiments.images import gan_mnist

    layers = keras.layers

    def generator(config: GanConfig) -> keras.Model:
        inside = [layers.Dense(3), layers.BatchNormalization(), layers.Dense(784, activation="tanh")]
        return keras.Sequential([keras.Input((config.latent_dim,)), *inside, layers.Reshape((28, 28, 1))])

    def discriminator(config: GanConfig) -> keras.Model:
        inside = [layers.Flatten(), layers.Dense(3), layers.LeakyReLU(0.2), layers.Dropout(0.3)]
        return keras.Sequential([keras.Input((28, 28, 1)), *inside, layers.Dense(1)])

    monkeypatch.setattr(gan_mnist, "build_generator", generator)
    monkeypatch.setattr(gan_mnist, "build_discriminator", discriminator)
