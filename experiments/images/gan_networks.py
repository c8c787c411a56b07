"""The two networks of the GAN (Radford et al., 2016, made smaller), and the one that is dense."""

import keras

from experiments.kinds.gan import DISCRIMINATOR, GENERATOR, GanConfig


def build_generator(config: GanConfig) -> keras.Model:
    """float32[b, latent_dim], standard normal -> float32[b, 28, 28, 1] in [-1, 1]."""
    layers = keras.layers
    if config.architecture == "dense":
        hidden = [
            layer
            for units in (256, 512, 1024)
            for layer in (
                layers.Dense(units),
                layers.LeakyReLU(config.leaky_slope),
                layers.BatchNormalization(),
            )
        ]
        output = [layers.Dense(28 * 28, activation="tanh"), layers.Reshape((28, 28, 1))]
        return keras.Sequential([keras.Input((config.latent_dim,)), *hidden, *output], name=GENERATOR)
    return keras.Sequential(
        [
            keras.Input((config.latent_dim,)),
            layers.Dense(7 * 7 * 128, use_bias=False),  # the normalisation that follows has one
            layers.BatchNormalization(),
            layers.LeakyReLU(config.leaky_slope),
            layers.Reshape((7, 7, 128)),
            layers.Conv2DTranspose(64, 5, strides=2, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(config.leaky_slope),
            layers.Conv2DTranspose(1, 5, strides=2, padding="same", activation="tanh"),
        ],
        name=GENERATOR,
    )


def build_discriminator(config: GanConfig) -> keras.Model:
    """float32[b, 28, 28, 1] in [-1, 1] -> float32[b, 1], the logit of being real.

    With ``spectral_norm`` every call in training divides each kernel, as a matrix of inputs ×
    outputs, by its greatest singular value as one power iteration estimates it (Miyato et al., 2018).
    Keras stores the quotient as the kernel: a projection, where the paper's gradient also goes
    through the divisor.
    """
    layers = keras.layers

    def kernel(layer: keras.Layer) -> keras.Layer:
        return layers.SpectralNormalization(layer) if config.spectral_norm else layer

    def block(layer: keras.Layer) -> list[keras.Layer]:
        return [
            kernel(layer),
            layers.LeakyReLU(config.leaky_slope),
            layers.Dropout(config.discriminator_dropout),
        ]

    if config.architecture == "dense":
        hidden = [layers.Flatten(), *block(layers.Dense(512)), *block(layers.Dense(256))]
    else:
        hidden = [
            *block(layers.Conv2D(64, 5, strides=2, padding="same")),
            *block(layers.Conv2D(128, 5, strides=2, padding="same")),
            layers.Flatten(),
        ]
    output = kernel(layers.Dense(1))
    return keras.Sequential([keras.Input((28, 28, 1)), *hidden, output], name=DISCRIMINATOR)
