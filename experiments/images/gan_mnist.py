"""Experiment B: a GAN that learns to draw images, MNIST's digits (Goodfellow et al., 2014)."""

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from experiments.data.sets import DataError, ImageData
from experiments.describe import describe
from experiments.images.gan_batches import real_batches
from experiments.images.gan_losses import (
    between,
    curves,
    discriminator_loss,
    generator_loss,
    gradient_penalty,
)
from experiments.images.gan_networks import build_discriminator, build_generator
from experiments.images.gan_state import State, StateError, expect_fit, keep, origin_of, pack, recover, so_far
from experiments.kinds.base import Job
from experiments.kinds.gan import (
    DISCRIMINATOR,
    GAN_CURVES,
    GENERATOR,
    STATE_FILE,
    GanConfig,
    GanResults,
)
from experiments.records.base import WORK, Arrays, RecordError
from experiments.records.files import write_atomically

PROGRESS_EVERY = 25  # iterations

# Streams of random numbers that must not meet: one stateless seed each. Of the eight that a seed has,
# 3 and 4 belong to those who measure the images.
TRAINING_NOISE, GRID_NOISE, SAMPLE_NOISE, GENERATOR_NOISE, SHARES = 0, 1, 2, 5, 6


# --- training ----------------------------------------------------------------------------


class Gan:
    """Both networks, their optimisers, the average of the generator and one training step.

    ``average`` is a generator whose weights and moving statistics follow those of the trained one:
    after update t = 0, 1, … each becomes d · average + (1 - d) · new, with d = min(ema, (1 + t) / (10
    + t)), as TensorFlow's ExponentialMovingAverage does when it is told the number of updates. None
    without ``ema``.
    """

    def __init__(self, config: GanConfig, seed: int) -> None:
        keras.utils.set_random_seed(seed)
        self.config, self.seed = config, seed
        self.generator, self.discriminator = build_generator(config), build_discriminator(config)
        betas = {"beta_1": config.beta_1, "beta_2": config.beta_2}
        self.generator_optimizer = keras.optimizers.Adam(config.generator_learning_rate, **betas)
        self.discriminator_optimizer = keras.optimizers.Adam(config.discriminator_learning_rate, **betas)
        self.generator_optimizer.build(self.generator.trainable_variables)
        self.discriminator_optimizer.build(self.discriminator.trainable_variables)
        self.average: keras.Model | None = None
        if config.ema is not None:
            self.average = build_generator(config)
            self.average.set_weights(self.generator.get_weights())
        self.step = tf.function(self._step, autograph=False)  # no branch depends on a tensor

    def noise(self, n: int, stream: int, index: int | tf.Tensor) -> tf.Tensor:
        """float32[n, latent_dim], standard normal, the same for the same (seed, stream, index)."""
        return tf.random.stateless_normal((n, self.config.latent_dim), seed=self._key(stream, index))

    def _key(self, stream: int, index: int | tf.Tensor) -> tf.Tensor:
        return tf.stack([self.seed * 8 + stream, tf.cast(index, tf.int32)])

    def _step(self, real: tf.Tensor, iteration: tf.Tensor) -> tf.Tensor:
        """One update of the generator, with ``critic_steps`` of the discriminator.

        Args:
            real: float32[critic_steps, b, 28, 28, 1] in [-1, 1].
            iteration: int32[], from 0.

        Returns:
            float32[6] in the order of ``GAN_CURVES``, each measured before the update on the batch
            as the discriminator saw it, with its dropout on.
        """
        if self.config.critic_steps == 1:
            values = self._update_together(real[0], iteration)
        else:
            values = self._update_in_turn(real, iteration)
        self._follow(iteration)
        return values

    def _update_together(self, real: tf.Tensor, iteration: tf.Tensor) -> tf.Tensor:
        """Both networks, from the same noise, each against the other as it was before."""
        z = self.noise(self.config.batch_size, TRAINING_NOISE, iteration)
        with tf.GradientTape() as generator_tape, tf.GradientTape() as discriminator_tape:
            fake = self.generator(z, training=True)
            d_loss, real_logit, fake_logit = self._judge(real, fake, iteration)
            g_loss = generator_loss(self.config.loss, fake_logit)
        _update(generator_tape, g_loss, self.generator, self.generator_optimizer)
        _update(discriminator_tape, d_loss, self.discriminator, self.discriminator_optimizer)
        return curves(d_loss, g_loss, real_logit, fake_logit)

    def _update_in_turn(self, real: tf.Tensor, iteration: tf.Tensor) -> tf.Tensor:
        """The discriminator on each of the batches, with noise of their own, and then the generator."""
        config = self.config
        for step in range(config.critic_steps):
            index = iteration * config.critic_steps + step
            fake = self.generator(self.noise(config.batch_size, TRAINING_NOISE, index), training=True)
            with tf.GradientTape() as discriminator_tape:
                d_loss, real_logit, fake_logit = self._judge(real[step], fake, index)
            _update(discriminator_tape, d_loss, self.discriminator, self.discriminator_optimizer)
        with tf.GradientTape() as generator_tape:
            fake = self.generator(self.noise(config.batch_size, GENERATOR_NOISE, iteration), training=True)
            (logit,) = self._answers(fake)
            g_loss = generator_loss(config.loss, logit)
        _update(generator_tape, g_loss, self.generator, self.generator_optimizer)
        return curves(d_loss, g_loss, real_logit, fake_logit)

    def _judge(self, real: tf.Tensor, fake: tf.Tensor, index: tf.Tensor) -> tuple[tf.Tensor, ...]:
        """The discriminator's loss float32[] and its outputs float32[b, 1] for ``real`` and ``fake``."""
        config = self.config
        if config.loss != "wasserstein_gp":
            real_logit, fake_logit = self._answers(real, fake)
            return discriminator_loss(config.loss, real_logit, fake_logit), real_logit, fake_logit
        share = tf.random.stateless_uniform((config.batch_size, 1, 1, 1), seed=self._key(SHARES, index))
        mixed = between(real, fake, share)
        with tf.GradientTape() as tape:
            tape.watch(mixed)
            real_logit, fake_logit, mixed_logit = self._answers(real, fake, mixed)
        penalty = config.gradient_penalty * gradient_penalty(tape.gradient(mixed_logit, mixed))
        return discriminator_loss(config.loss, real_logit, fake_logit) + penalty, real_logit, fake_logit

    def _answers(self, *batches: tf.Tensor) -> list[tf.Tensor]:
        """The discriminator's outputs float32[b, 1] for each of float32[b, 28, 28, 1]."""
        if not self.config.spectral_norm:
            return [self.discriminator(batch, training=True) for batch in batches]
        # each call is a power iteration and changes the kernels: all batches must see the same ones
        return tf.split(self.discriminator(tf.concat(batches, 0), training=True), len(batches))

    def _follow(self, iteration: tf.Tensor) -> None:
        if self.average is None:
            return
        t = tf.cast(iteration, tf.float32)
        decay = tf.minimum(self.config.ema, (1 + t) / (10 + t))
        for average, new in zip(self.average.weights, self.generator.weights, strict=True):
            average.assign(decay * average + (1 - decay) * new)

    def images(self, z: tf.Tensor) -> np.ndarray:
        """What the generator draws from float32[n, latent_dim]: uint8[n, 28, 28], ink bright."""
        return draw(self.generator, z)

    @property
    def variables(self) -> list[keras.Variable]:
        """All state: weights, moving averages, dropout's random seeds, optimiser moments."""
        parts = (
            self.generator,
            self.discriminator,
            self.generator_optimizer,
            self.discriminator_optimizer,
            *((self.average,) if self.average is not None else ()),
        )
        return [variable for part in parts for variable in part.variables]


def draw(generator: keras.Model, z: tf.Tensor) -> np.ndarray:
    """uint8[n, 28, 28], ink bright; batch normalisation in inference mode."""
    drawn = generator(z, training=False).numpy()[..., 0]
    return np.round((drawn + 1) * 127.5).astype(np.uint8)


def _update(
    tape: tf.GradientTape, loss: tf.Tensor, model: keras.Model, optimizer: keras.optimizers.Optimizer
) -> None:
    variables = [variable.value for variable in model.trainable_variables]
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), model.trainable_variables, strict=True))


# --- what is kept ------------------------------------------------------------------------


def weights_path(folder: Path, iteration: int, average: bool = False) -> Path:
    """The generator's weights after ``iteration`` iterations, or their average, which
    ``gan.generator.load_weights`` takes as well."""
    name = "average" if average else GENERATOR
    return folder / "weights" / f"{name}-{iteration:05d}.weights.h5"


def _weights_until(iteration: int, config: GanConfig, folder: Path) -> list[Path]:
    kinds = (False,) if config.ema is None else (False, True)
    steps = range(0, iteration + 1, config.weights_every)
    return [weights_path(folder, step, average) for step in steps for average in kinds]


def _save_weights(gan: Gan, folder: Path, iteration: int) -> None:
    aside = folder / WORK / "aside.weights.h5"  # an ending that Keras insists on
    weights_path(folder, iteration).parent.mkdir(exist_ok=True)
    for average, network in ((False, gan.generator), (True, gan.average)):
        if network is not None:
            network.save_weights(aside)
            write_atomically(weights_path(folder, iteration, average), aside.read_bytes())
            aside.unlink()


# --- the experiment ----------------------------------------------------------------------


def run(config: GanConfig, seed: int, data: ImageData, job: Job) -> tuple[GanResults, Arrays]:
    """Train one seed, or go on from the state under ``WORK``, this run's own or the last one of a
    shorter run whose ``weights`` are in ``job.folder`` too.

    ``job.folder`` receives the generator's weights, and their average, at every ``weights_every``
    iterations, and the last state.

    Raises:
        DataError: fewer training images than a batch has.
        RecordError: the training diverged.
    """
    images = data.x_train
    _expect_a_batch(len(images), config)
    gan = Gan(config, seed)
    steps = tuple(range(0, config.iterations + 1, config.sample_every))
    arrays = _blank(config, len(steps))
    origin = origin_of(config, seed, data.info)
    fixed_z = gan.noise(config.grid_size, GRID_NOISE, 0)

    def sample(step: int) -> None:
        index = step // config.sample_every
        arrays["grid"][index] = gan.images(fixed_z)
        arrays["samples"][index] = gan.images(gan.noise(config.samples_kept, SAMPLE_NOISE, step))
        if gan.average is not None:
            arrays["average_grid"][index] = draw(gan.average, fixed_z)

    def state(iteration: int) -> State:
        variables = tuple(variable.numpy() for variable in gan.variables)
        return State(iteration, origin, variables, so_far(arrays, config, iteration))

    def expect_own(found: State) -> None:
        expect_fit(found, origin, config, gan.variables, arrays)
        for path in _weights_until(found.iteration, config, job.folder):
            if not path.exists():
                raise StateError(f"uno cuyos pesos faltan ({path.name})")

    path = job.folder / WORK / STATE_FILE
    found = recover(path, expect_own, lambda sentence: job.progress(notice=sentence))
    if found is None:
        sample(0)
        _save_weights(gan, job.folder, 0)
    else:
        for variable, value in zip(gan.variables, found.variables, strict=True):
            variable.assign(value)
        for name, rows in so_far(arrays, config, found.iteration).items():
            rows[...] = found.arrays[name]
    for iteration in range(found.iteration if found else 0, config.iterations):
        real = real_batches(images, config, seed, iteration)
        values = gan.step(real, tf.constant(iteration, tf.int32)).numpy()
        done = iteration + 1
        _expect_finite(done, values)
        for name, value in zip(GAN_CURVES, values, strict=True):
            arrays[name][iteration] = value
        if done % config.weights_every == 0:
            _save_weights(gan, job.folder, done)
        sampled = done % config.sample_every == 0
        if sampled:
            _expect_finite(done, *gan.generator.get_weights())
            sample(done)
            keep(path, state(done))
        if sampled or done % PROGRESS_EVERY == 0:
            job.progress(
                iteration=done, loss=float(values[0]), done=done / config.iterations, unit_done=sampled
            )
    write_atomically(job.folder / STATE_FILE, pack(state(config.iterations)))
    kept = np.random.default_rng(0).permutation(len(images))[: config.samples_kept]
    arrays["real"] = images[kept]
    results = GanResults(
        generator=describe(gan.generator, GENERATOR, gan.generator_optimizer, config.loss),
        discriminator=describe(gan.discriminator, DISCRIMINATOR, gan.discriminator_optimizer, config.loss),
        n_train=len(images),
        sampled_steps=steps,
    )
    return results, arrays


def _blank(config: GanConfig, n_samples: int) -> Arrays:
    """The record's arrays but for ``real``, with nothing in them yet."""

    def images(steps: int, n: int) -> np.ndarray:
        return np.zeros((steps, n, 28, 28), np.uint8)

    return {
        **{name: np.zeros(config.iterations, np.float32) for name in GAN_CURVES},
        "grid": images(n_samples, config.grid_size),
        "samples": images(n_samples, config.samples_kept),
        "average_grid": images(0 if config.ema is None else n_samples, config.grid_size),
    }


def _expect_a_batch(n_images: int, config: GanConfig) -> None:
    if n_images < config.batch_size:
        raise DataError(
            f"GAN: se esperaban al menos {config.batch_size} imágenes de entrenamiento, las de un lote, se "
            f"encontraron {n_images}; añada imágenes o reduzca batch_size."
        )


def _expect_finite(iteration: int, *values: np.ndarray) -> None:
    if not all(np.isfinite(each).all() for each in values):
        raise RecordError(
            f"GAN: se esperaban valores finitos, en la iteración {iteration} se encontró que el "
            "entrenamiento diverge; reduzca generator_learning_rate y discriminator_learning_rate."
        )
