"""Experiment B: a GAN that learns to draw MNIST digits (Goodfellow et al., 2014; Radford et al., 2016)."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from experiments.datasets import Digits
from experiments.records import GAN_CURVES, WORK, Arrays, GanConfig, GanSizes, write_atomically

Progress = Callable[..., None]

PROGRESS_EVERY = 25  # iterations
STATE_FILE = "state.npz"

# Streams of random numbers that must not meet: one stateless seed each.
TRAINING_NOISE, GRID_NOISE, SAMPLE_NOISE = 0, 1, 2


# --- models ------------------------------------------------------------------------------


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
        return keras.Sequential([keras.Input((config.latent_dim,)), *hidden, *output], name="generator")
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
        name="generator",
    )


def build_discriminator(config: GanConfig) -> keras.Model:
    """float32[b, 28, 28, 1] in [-1, 1] -> float32[b, 1], the logit of being real."""
    layers = keras.layers

    def block(layer: keras.Layer) -> list[keras.Layer]:
        return [layer, layers.LeakyReLU(config.leaky_slope), layers.Dropout(config.discriminator_dropout)]

    if config.architecture == "dense":
        hidden = [layers.Flatten(), *block(layers.Dense(512)), *block(layers.Dense(256))]
    else:
        hidden = [
            *block(layers.Conv2D(64, 5, strides=2, padding="same")),
            *block(layers.Conv2D(128, 5, strides=2, padding="same")),
            layers.Flatten(),
        ]
    return keras.Sequential([keras.Input((28, 28, 1)), *hidden, layers.Dense(1)], name="discriminator")


# --- training ----------------------------------------------------------------------------


class Gan:
    """Both networks, their optimisers and one training step.

    The losses are those of Goodfellow et al. (2014): the discriminator's is the *sum* of its
    real and its fake half (2 ln 2 when it cannot tell them apart), the generator's is the
    non-saturating one (ln 2 then).
    """

    def __init__(self, config: GanConfig, seed: int) -> None:
        keras.utils.set_random_seed(seed)
        self.config, self.seed = config, seed
        self.generator, self.discriminator = build_generator(config), build_discriminator(config)
        self.generator_optimizer = keras.optimizers.Adam(config.learning_rate, beta_1=config.beta_1)
        self.discriminator_optimizer = keras.optimizers.Adam(config.learning_rate, beta_1=config.beta_1)
        self.generator_optimizer.build(self.generator.trainable_variables)
        self.discriminator_optimizer.build(self.discriminator.trainable_variables)
        self.step = tf.function(self._step)

    def noise(self, n: int, stream: int, index: int) -> tf.Tensor:
        """float32[n, latent_dim], the same for the same (seed, stream, index)."""
        shape = (n, self.config.latent_dim)
        seed = tf.stack([self.seed * 8 + stream, tf.cast(index, tf.int32)])
        return tf.random.stateless_normal(shape, seed=seed)

    def _step(self, real: tf.Tensor, iteration: tf.Tensor) -> tf.Tensor:
        """One simultaneous update of both networks.

        Args:
            real: float32[b, 28, 28, 1] in [-1, 1].
            iteration: int32[], from 0.

        Returns:
            float32[6] in the order of ``GAN_CURVES``, measured before the update on this
            batch as the discriminator saw it, with its dropout on.
        """
        z = self.noise(self.config.batch_size, TRAINING_NOISE, iteration)
        with tf.GradientTape() as generator_tape, tf.GradientTape() as discriminator_tape:
            fake = self.generator(z, training=True)
            real_logit = self.discriminator(real, training=True)
            fake_logit = self.discriminator(fake, training=True)
            # -log sigmoid(x) = softplus(-x); -log(1 - sigmoid(x)) = softplus(x)
            discriminator_loss = tf.reduce_mean(tf.nn.softplus(-real_logit)) + tf.reduce_mean(
                tf.nn.softplus(fake_logit)
            )
            generator_loss = tf.reduce_mean(tf.nn.softplus(-fake_logit))
        for tape, loss, model, optimizer in (
            (generator_tape, generator_loss, self.generator, self.generator_optimizer),
            (discriminator_tape, discriminator_loss, self.discriminator, self.discriminator_optimizer),
        ):
            variables = [variable.value for variable in model.trainable_variables]
            optimizer.apply_gradients(
                zip(tape.gradient(loss, variables), model.trainable_variables, strict=True)
            )
        return tf.stack(
            [
                discriminator_loss,
                generator_loss,
                tf.reduce_mean(tf.sigmoid(real_logit)),
                tf.reduce_mean(tf.sigmoid(fake_logit)),
                tf.reduce_mean(tf.cast(real_logit > 0, tf.float32)),
                tf.reduce_mean(tf.cast(fake_logit <= 0, tf.float32)),
            ]
        )

    def images(self, z: tf.Tensor) -> np.ndarray:
        """uint8[n, 28, 28], ink bright; batch normalisation in inference mode."""
        drawn = self.generator(z, training=False).numpy()[..., 0]
        return np.round((drawn + 1) * 127.5).astype(np.uint8)

    @property
    def variables(self) -> list[keras.Variable]:
        """All state: weights, moving averages, dropout's random seeds, optimiser moments."""
        return [
            variable
            for part in (
                self.generator,
                self.discriminator,
                self.generator_optimizer,
                self.discriminator_optimizer,
            )
            for variable in part.variables
        ]


def real_batch(images: np.ndarray, config: GanConfig, seed: int, iteration: int) -> np.ndarray:
    """float32[batch_size, 28, 28, 1] in [-1, 1]; each pass over uint8[n, 28, 28] has its own
    order, which depends on (seed, pass) alone. An incomplete last batch is left out."""
    per_pass = len(images) // config.batch_size
    order = np.random.default_rng([seed, iteration // per_pass]).permutation(len(images))
    start = iteration % per_pass * config.batch_size
    batch = images[order[start : start + config.batch_size]]
    return batch[..., None].astype(np.float32) / 127.5 - 1


# --- resumption --------------------------------------------------------------------------


def save_state(path: Path, gan: Gan, arrays: dict[str, np.ndarray], iteration: int) -> None:
    buffer = io.BytesIO()
    variables = {f"variable_{i}": np.asarray(v) for i, v in enumerate(gan.variables)}
    np.savez(buffer, iteration=iteration, **variables, **arrays)  # type: ignore[arg-type]
    write_atomically(path, buffer.getvalue())


def load_state(path: Path, gan: Gan, arrays: dict[str, np.ndarray]) -> int:
    """Fill ``gan`` and ``arrays`` from ``path`` and return the iterations done; 0 without a file."""
    if not path.exists():
        return 0
    with np.load(path) as state:
        for i, variable in enumerate(gan.variables):
            variable.assign(state[f"variable_{i}"])
        for name, array in arrays.items():
            array[...] = state[name]
        return int(state["iteration"])


def weights_path(folder: Path, iteration: int) -> Path:
    return folder / "weights" / f"generator-{iteration:05d}.weights.h5"


# --- the experiment ----------------------------------------------------------------------


def run(config: GanConfig, seed: int, data: Digits, folder: Path, progress: Progress) -> tuple[dict, Arrays]:
    """Train one seed, or go on from what ``folder`` holds under ``WORK``.

    ``folder`` receives the generator's weights at every ``weights_every`` iterations.
    Returns the fields of ``GanRecord`` that are results, and its arrays.
    """
    started = time.monotonic()
    gan = Gan(config, seed)
    steps = tuple(range(0, config.iterations + 1, config.sample_every))
    arrays: Arrays = {name: np.zeros(config.iterations, np.float32) for name in GAN_CURVES}
    arrays["grid"] = np.zeros((len(steps), config.grid_size, 28, 28), np.uint8)
    arrays["samples"] = np.zeros((len(steps), config.samples_kept, 28, 28), np.uint8)
    arrays["seconds"] = np.zeros((), np.float64)
    state = folder / WORK / STATE_FILE
    first = load_state(state, gan, arrays)
    spent = float(arrays["seconds"])
    fixed_z = gan.noise(config.grid_size, GRID_NOISE, 0)

    def sample(step: int) -> None:
        index = steps.index(step)
        arrays["grid"][index] = gan.images(fixed_z)
        arrays["samples"][index] = gan.images(gan.noise(config.samples_kept, SAMPLE_NOISE, step))

    if first == 0:
        sample(0)
        gan.generator.save_weights(weights_path(folder, 0))
    for iteration in range(first, config.iterations):
        real = real_batch(data.x_train, config, seed, iteration)
        values = gan.step(real, tf.constant(iteration, tf.int32)).numpy()
        for name, value in zip(GAN_CURVES, values, strict=True):
            arrays[name][iteration] = value
        done = iteration + 1
        if done % config.weights_every == 0:
            gan.generator.save_weights(weights_path(folder, done))
        if done % config.sample_every == 0:
            sample(done)
            arrays["seconds"][...] = spent + time.monotonic() - started
            save_state(state, gan, arrays, done)
        sampled = done % config.sample_every == 0
        if sampled or done % PROGRESS_EVERY == 0:
            progress(iteration=done, loss=float(values[0]), done=done / config.iterations, unit_done=sampled)
    del arrays["seconds"]
    kept = np.random.default_rng(0).permutation(len(data.x_train))[: config.samples_kept]
    arrays["real"] = data.x_train[kept]
    results = {
        "sizes": GanSizes(
            train=len(data.x_train),
            generator_parameters=gan.generator.count_params(),
            discriminator_parameters=gan.discriminator.count_params(),
        ),
        "sampled_steps": steps,
        "duration_s": spent + time.monotonic() - started,
    }
    return results, arrays
