"""What each network of the GAN minimises, from the discriminator's outputs before any sigmoid."""

from typing import assert_never

import tensorflow as tf

from experiments.kinds.gan import GanLoss


def discriminator_loss(loss: GanLoss, real: tf.Tensor, fake: tf.Tensor) -> tf.Tensor:
    """float32[] from the outputs float32[b, 1] for real and for generated images; the *sum* of both
    halves. That of ``wasserstein_gp`` still lacks its penalty."""
    match loss:
        case "non_saturating":
            # Goodfellow et al. (2014): -log sigmoid(x) = softplus(-x); -log(1 - sigmoid(x)) = softplus(x)
            return tf.reduce_mean(tf.nn.softplus(-real)) + tf.reduce_mean(tf.nn.softplus(fake))
        case "hinge":  # Lim & Ye (2017)
            return tf.reduce_mean(tf.nn.relu(1 - real)) + tf.reduce_mean(tf.nn.relu(1 + fake))
        case "wasserstein_gp":  # Arjovsky et al. (2017)
            return tf.reduce_mean(fake) - tf.reduce_mean(real)
        case _:
            assert_never(loss)


def generator_loss(loss: GanLoss, fake: tf.Tensor) -> tf.Tensor:
    """float32[] from the outputs float32[b, 1] for generated images."""
    match loss:
        case "non_saturating":
            return tf.reduce_mean(tf.nn.softplus(-fake))
        case "hinge" | "wasserstein_gp":
            return -tf.reduce_mean(fake)
        case _:
            assert_never(loss)


def between(real: tf.Tensor, fake: tf.Tensor, share: tf.Tensor) -> tf.Tensor:
    """float32[b, 28, 28, 1], from each pair the point with that share in [0, 1], float32[b, 1, 1, 1],
    of the real one (Gulrajani et al., 2017)."""
    return share * real + (1 - share) * fake


def gradient_penalty(slopes: tf.Tensor) -> tf.Tensor:
    """float32[], the mean of (‖∇‖ - 1)² over the gradients float32[b, ...] of the output with respect
    to each image (Gulrajani et al., 2017)."""
    squares = tf.reduce_sum(tf.square(slopes), axis=tuple(range(1, slopes.shape.rank)))
    norms = tf.sqrt(squares + 1e-12)  # the root has no derivative at 0
    return tf.reduce_mean(tf.square(norms - 1))


def curves(d_loss: tf.Tensor, g_loss: tf.Tensor, real: tf.Tensor, fake: tf.Tensor) -> tf.Tensor:
    """float32[6], one iteration's row of ``GAN_CURVES``, from both losses and the outputs."""
    return tf.stack(
        [
            d_loss,
            g_loss,
            tf.reduce_mean(tf.sigmoid(real)),
            tf.reduce_mean(tf.sigmoid(fake)),
            tf.reduce_mean(tf.cast(real > 0, tf.float32)),
            tf.reduce_mean(tf.cast(fake <= 0, tf.float32)),
        ]
    )
