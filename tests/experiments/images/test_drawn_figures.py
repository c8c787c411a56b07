"""Figures drawn by rule: where their ink is, and that they are not one and the same."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.ndimage import label

from experiments.images.drawn_figures import LETTERS, arcs, letters, scribbles, smears

Draw = Callable[[int, np.random.Generator], np.ndarray]
ALL: tuple[Draw, ...] = (smears, letters, scribbles, arcs)


def drawn(draw: Draw, n: int, seed: int = 7) -> np.ndarray:
    return draw(n, np.random.default_rng(seed))


@pytest.mark.parametrize("draw", ALL)
def test_a_figure_is_ink_on_black_and_depends_on_the_seed_alone(draw: Draw) -> None:
    images = drawn(draw, 20)
    assert (images.shape, images.dtype) == ((20, 28, 28), np.float32)
    assert images.min() >= 0
    assert images.max() <= 1
    assert (images.max(axis=(1, 2)) > 0.45).all()
    assert 0.02 < images.mean() < 0.35
    assert len(np.unique(images, axis=0)) == 20
    np.testing.assert_array_equal(images, drawn(draw, 20))
    assert (images != drawn(draw, 20, seed=8)).any()


def pieces(image: np.ndarray) -> int:
    return label(image > 0.3, np.ones((3, 3)))[1]


def test_a_letter_is_one_piece_but_arcs_are_several() -> None:
    assert {pieces(image) for image in drawn(letters, 18)} == {1}
    assert {pieces(image) for image in drawn(scribbles, 18)} == {1}
    assert np.mean([pieces(image) for image in drawn(arcs, 60)]) > 1.5


def test_letters_come_in_turn() -> None:
    """An X crosses in the middle and leaves its top empty; an H is the other way round."""
    h, x = list(LETTERS).index("H"), list(LETTERS).index("X")
    images = drawn(letters, 90).reshape(10, 9, 28, 28).mean(axis=0)  # over ten hands
    assert images[x, 3:8, 12:16].max() < 0.35 < images[x, 11:17, 11:17].max()
    for row in (slice(4, 8), slice(20, 24)):  # between its two posts
        assert images[h, row, 13:15].max() < 0.2
    assert images[h, 12:16, 13:15].max() > 0.5


def test_smears_are_long_soft_and_mostly_leaning() -> None:
    images = drawn(smears, 400)
    rows, columns = np.mgrid[:28, :28] - 13.5
    weight = images / images.sum(axis=(1, 2), keepdims=True)
    single = np.array([pieces(image / image.max()) == 1 for image in images])
    tall = (weight * rows**2).sum(axis=(1, 2)), (weight * columns**2).sum(axis=(1, 2))
    assert np.mean(tall[0]) > 8
    leaning = -(weight * rows * columns).sum(axis=(1, 2))  # up is to the right
    assert (leaning > 0).mean() > 0.7
    assert 0.5 < single.mean() < 1
    steps = np.abs(np.diff(images, axis=2)).max(axis=(1, 2))
    assert np.quantile(steps, 0.9) < 0.3  # a pen's border goes from nothing to all in two pixels
