"""The training images in the order in which the GAN sees them."""

import numpy as np

from experiments.kinds.gan import GanConfig


def real_batch(images: np.ndarray, config: GanConfig, seed: int, index: int) -> np.ndarray:
    """float32[batch_size, 28, 28, 1] in [-1, 1]; each pass over uint8[n, 28, 28] has its own
    order, which depends on (seed, pass) alone. An incomplete last batch is left out."""
    per_pass = len(images) // config.batch_size
    order = np.random.default_rng([seed, index // per_pass]).permutation(len(images))
    start = index % per_pass * config.batch_size
    batch = images[order[start : start + config.batch_size]]
    return batch[..., None].astype(np.float32) / 127.5 - 1


def real_batches(images: np.ndarray, config: GanConfig, seed: int, iteration: int) -> np.ndarray:
    """float32[critic_steps, batch_size, 28, 28, 1] in [-1, 1], those of one iteration from 0."""
    first = iteration * config.critic_steps
    return np.stack([real_batch(images, config, seed, first + step) for step in range(config.critic_steps)])
