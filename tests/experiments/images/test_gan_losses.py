"""What each network minimises, on outputs for which it can be worked out by hand."""

import os
from math import exp, log

import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

import tensorflow as tf

from experiments.images.gan_losses import (
    between,
    curves,
    discriminator_loss,
    generator_loss,
    gradient_penalty,
)
from experiments.kinds.gan import GanLoss

REAL, FAKE = [[2.0], [0.5]], [[-3.0], [1.0]]


def said_real(logit: float) -> float:
    return 1 / (1 + exp(-logit))


@pytest.mark.parametrize(
    ("loss", "of_discriminator", "of_generator"),
    [
        (
            "non_saturating",
            -(log(said_real(2)) + log(said_real(0.5))) / 2
            - (log(1 - said_real(-3)) + log(1 - said_real(1))) / 2,
            -(log(said_real(-3)) + log(said_real(1))) / 2,
        ),
        # max(0, 1 - 2) and max(0, 1 - 0.5); max(0, 1 - 3) and max(0, 1 + 1); -(-3 + 1) / 2
        ("hinge", (0 + 0.5) / 2 + (0 + 2) / 2, 1.0),
        # (-3 + 1) / 2 - (2 + 0.5) / 2
        ("wasserstein_gp", -1 - 1.25, 1.0),
    ],
)
def test_each_loss_by_hand(loss: GanLoss, of_discriminator: float, of_generator: float) -> None:
    real, fake = tf.constant(REAL), tf.constant(FAKE)
    assert float(discriminator_loss(loss, real, fake)) == pytest.approx(of_discriminator, rel=1e-6)
    assert float(generator_loss(loss, fake)) == pytest.approx(of_generator, rel=1e-6)


@pytest.mark.parametrize(
    ("loss", "equilibrium"),
    [("non_saturating", (2 * log(2), log(2))), ("hinge", (2, 0)), ("wasserstein_gp", (0, 0))],
)
def test_what_a_discriminator_that_answers_zero_to_everything_loses(
    loss: GanLoss, equilibrium: tuple[float, float]
) -> None:
    zero = tf.zeros((3, 1))
    found = (float(discriminator_loss(loss, zero, zero)), float(generator_loss(loss, zero)))
    assert found == pytest.approx(equilibrium, rel=1e-6)


def test_a_curve_is_a_mean_over_the_batch() -> None:
    row = curves(tf.constant(7.0), tf.constant(8.0), tf.constant(REAL), tf.constant(FAKE)).numpy()
    expected = [7, 8, (said_real(2) + said_real(0.5)) / 2, (said_real(-3) + said_real(1)) / 2, 1, 0.5]
    assert row.tolist() == pytest.approx(expected, rel=1e-6)


def test_zero_is_on_the_side_of_the_generated() -> None:
    zero = tf.zeros((2, 1))
    assert curves(tf.constant(0.0), tf.constant(0.0), zero, zero).numpy()[4:].tolist() == [0, 1]


def test_a_point_between_has_its_share_of_each_pair() -> None:
    real, fake = tf.fill((2, 28, 28, 1), 1.0), tf.fill((2, 28, 28, 1), -1.0)
    mixed = between(real, fake, tf.reshape(tf.constant([0.25, 1.0]), (2, 1, 1, 1))).numpy()
    assert mixed.shape == (2, 28, 28, 1)
    assert [sorted(set(image.ravel().tolist())) for image in mixed] == [[-0.5], [1.0]]


def test_the_penalty_takes_the_norm_of_each_image_of_its_own() -> None:
    # norms 5 and 1: ((5 - 1)² + (1 - 1)²) / 2; that of the whole batch would be √26
    slopes = tf.reshape(tf.constant([[3.0, 0.0, 4.0, 0.0], [0.0, -1.0, 0.0, 0.0]]), (2, 2, 2, 1))
    assert float(gradient_penalty(slopes)) == pytest.approx(8, rel=1e-6)


def test_a_critic_that_is_flat_can_still_learn_to_slope() -> None:
    slopes = tf.zeros((2, 2, 2, 1))
    with tf.GradientTape() as tape:
        tape.watch(slopes)
        penalty = gradient_penalty(slopes)
    assert float(penalty) == pytest.approx(1, rel=1e-5)
    assert bool(tf.reduce_all(tf.math.is_finite(tape.gradient(penalty, slopes))))
