"""Images become pictures of whole pixels."""

import io

import numpy as np
import pytest
from gan_drawings import GRIDS
from PIL import Image

from report.figures.images import Samples, grid_png


def test_a_grid_is_dark_ink_on_white_in_whole_pixels():
    images = np.zeros((4, 2, 3), np.uint8)
    images[1, 0, 2] = 255  # second image, upper right corner
    picture = np.asarray(Image.open(io.BytesIO(grid_png(images, columns=2))))
    assert picture.shape == (4 * (2 * 3 + 1), 4 * (2 * 4 + 1))
    small = picture[::4, ::4]
    assert (picture == small.repeat(4, axis=0).repeat(4, axis=1)).all()
    assert small[1, 4 + 3] == 0
    assert (small == 0).sum() == 1
    assert (small[1:3, 1:4] == 255).all()
    assert (small[0] == small[0, 0]).all()
    assert 150 < small[0, 0] < 255


def test_a_grid_with_a_hole_and_bad_images():
    assert Image.open(io.BytesIO(grid_png(GRIDS[0]))).size == (4 * (5 * 29 + 1),) * 2
    assert Image.open(io.BytesIO(grid_png(GRIDS[0][:6]))).size == (4 * (5 * 29 + 1), 4 * (2 * 29 + 1))
    with pytest.raises(ValueError, match=r"uint8\[n, alto, ancho\], se encontró float64\[25, 28, 28\]"):
        grid_png(GRIDS[0] / 255)
    with pytest.raises(ValueError, match="se esperaban imágenes"):
        grid_png(GRIDS)


def test_each_sample_needs_a_label():
    with pytest.raises(ValueError, match="cada una de las 7 cuadrículas, se encontraron 6"):
        Samples(GRIDS, ("paso",) * 6)
