"""All ways to divide a picture, and what tells a photo from a grid."""

import numpy as np
import pytest
from grid_pictures import digits, noise, tiling
from hypothesis import given
from hypothesis import strategies as st

from experiments.brought.grids.lattices import Extremes, Lattice
from experiments.brought.grids.tilings import is_one_picture, tiled


def extremes(*pictures: np.ndarray) -> Extremes:
    return Extremes(np.min(pictures, axis=0), np.max(pictures, axis=0), 2, 32)


def starts(lattice: Lattice) -> tuple[list[float], list[float]]:
    return [start for start, _ in lattice.rows], [start for start, _ in lattice.columns]


def test_by_hand() -> None:
    picture = tiling(digits(1, 6)[0], (2, 3), 2, shade=255)  # 62 × 92
    (lattice,) = tiled(extremes(picture), (2, 3))
    assert starts(lattice) == ([2, 32], [2, 32, 62])
    assert (lattice.size, lattice.shape, lattice.padding) == ((28, 28), (2, 3), 2)
    assert tiled(extremes(picture), (3, 2)) == []


@given(
    shape=st.tuples(st.integers(1, 6), st.integers(2, 6)),
    padding=st.integers(0, 8),
    around=st.booleans(),
    side=st.sampled_from([28, 32, 56, 64]),
    shade=st.sampled_from([0, 255]),
)
def test_what_is_drawn_to_the_border_is_found(
    shape: tuple[int, int], padding: int, around: bool, side: int, shade: int
) -> None:
    images = np.random.default_rng(0).integers(60, 190, (shape[0] * shape[1], side, side), np.uint8)
    (lattice,) = tiled(extremes(tiling(images, shape, padding, around, shade)), shape)
    edge = padding if around else 0
    step = side + padding
    assert starts(lattice) == tuple([edge + i * step for i in range(n)] for n in shape)
    assert lattice.size == (side, side)


@pytest.mark.parametrize("side", [27, 30, 40, 65, 84])
def test_sides_that_networks_do_not_draw(side: int) -> None:
    images = np.random.default_rng(0).integers(0, 256, (4, side, side), np.uint8)
    assert tiled(extremes(tiling(images, (2, 2))), (2, 2)) == []


def test_most_images_must_have_something() -> None:
    images = digits(1, 25)[0].copy()
    images[:13] = 0
    assert tiled(extremes(tiling(images, (5, 5))), (5, 5)) == []
    images[12] = 1 + digits(1, 1)[0, 0] // 2
    assert len(tiled(extremes(tiling(images, (5, 5))), (5, 5))) == 1


def lattice_of(picture: np.ndarray) -> Lattice:
    n = len(picture) // 28
    spans = tuple((28.0 * i, 28.0 * i + 28) for i in range(n))
    return Lattice(spans, spans, 0)


@pytest.mark.parametrize("images", [digits(1, 25)[0], noise(25)[0]], ids=["digits", "noise"])
def test_grids_do_not_go_on_from_one_image_into_the_next(images: np.ndarray) -> None:
    picture = tiling(images, (5, 5))
    assert not is_one_picture(picture[None], lattice_of(picture))


def test_photos_do() -> None:
    ramp = np.arange(140, dtype=np.uint8)
    for picture in (ramp[:, None] + 0 * ramp, ramp[:, None] // 2 + ramp // 2, 255 - ramp + 0 * ramp[:, None]):
        assert is_one_picture(picture[None], lattice_of(picture))


def test_a_ground_tells_nothing() -> None:
    picture = np.zeros((140, 140), np.uint8)
    assert not is_one_picture(picture[None], lattice_of(picture))
