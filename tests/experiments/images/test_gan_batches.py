"""The order in which the GAN sees its training images."""

import numpy as np

from experiments.images.gan_batches import real_batch, real_batches
from experiments.kinds.gan import GanConfig


def test_a_pass_shows_each_digit_once() -> None:
    images = np.zeros((12, 28, 28), np.uint8) + np.arange(12, dtype=np.uint8)[:, None, None] * 20
    config = GanConfig(batch_size=4)

    def ink(index: int, seed: int = 1) -> list[int]:
        batch = real_batch(images, config, seed, index)
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
    batches = [real_batch(images, config, 1, index) for index in range(3)]
    assert [len({float(image[0, 0, 0]) for image in batch}) for batch in batches] == [4, 4, 4]
    assert not np.array_equal(batches[0], batches[1])  # each is a pass of its own


def test_black_is_minus_one_and_white_is_one() -> None:
    images = np.stack([np.zeros((28, 28), np.uint8), np.full((28, 28), 255, np.uint8)])
    batch = real_batch(images, GanConfig(batch_size=2), 1, 0)
    assert sorted({float(value) for value in batch.ravel()}) == [-1.0, 1.0]


def test_each_critic_step_has_the_next_batch() -> None:
    images = np.random.default_rng(0).integers(0, 256, (20, 28, 28), np.uint8)
    config = GanConfig(batch_size=4, critic_steps=3)
    batches = real_batches(images, config, 1, 2)
    assert batches.shape == (3, 4, 28, 28, 1)
    for step, batch in enumerate(batches):
        np.testing.assert_array_equal(batch, real_batch(images, config, 1, 6 + step))
    one = real_batches(images, GanConfig(batch_size=4), 1, 2)
    np.testing.assert_array_equal(one[0], real_batch(images, config, 1, 2))
