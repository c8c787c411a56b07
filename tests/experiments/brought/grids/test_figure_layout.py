"""Where matplotlib places the images of a figure."""

import matplotlib
import numpy as np
import pytest
from grid_pictures import figure

from experiments.brought.grids import figure_layout as layout
from experiments.brought.grids.lattices import Extremes, Lattice


def test_margins_are_those_of_matplotlib() -> None:
    expected = {"left": layout.LEFT, "right": layout.RIGHT, "bottom": layout.BOTTOM, "top": layout.TOP}
    expected |= {"wspace": layout.SPACE, "hspace": layout.SPACE}
    for name, value in expected.items():
        assert matplotlib.rcParamsDefault[f"figure.subplot.{name}"] == value


@pytest.mark.parametrize("shape", [(5, 5), (2, 8), (4, 3)])
@pytest.mark.parametrize("figsize", [(6.4, 4.8), (4, 4), (3, 9)])
def test_images_lie_where_they_are_expected(shape: tuple[int, int], figsize: tuple[float, float]) -> None:
    with figure(figsize=figsize, dpi=200) as made:
        cells = made.subplots(*shape)
        for cell in cells.flat:
            cell.imshow(np.zeros((28, 28)))
        made.canvas.draw()
        boxes = [[cell.get_window_extent() for cell in row] for row in cells]
        height = made.bbox.height
    whole, *_ = layout._layouts((round(height), round(200 * figsize[0])), shape, 200)
    np.testing.assert_allclose(whole.rows, [(height - row[0].y1, height - row[0].y0) for row in boxes])
    np.testing.assert_allclose(whole.columns, [(box.x0, box.x1) for box in boxes[0]])


def drawn(lattice: Lattice, size: tuple[int, int], shift: int = 0) -> np.ndarray:
    """A dark spot in the middle of each image, or ``shift`` pixels further down."""
    picture = np.full(size, 255, np.uint8)
    for top, bottom in lattice.rows:
        for left, right in lattice.columns:
            y, x = round((top + bottom) / 2) + shift, round((left + right) / 2)
            picture[y - 8 : y + 8, x - 8 : x + 8] = 0
    return picture


def found(picture: np.ndarray, shape: tuple[int, int]) -> Lattice | None:
    return layout.figure_layout(Extremes(picture, picture, 2, 32), picture[None], shape, 100)


@pytest.mark.parametrize("shape", [(5, 5), (3, 4)])
def test_ink_in_the_middle_agrees(shape: tuple[int, int]) -> None:
    size = (480, 640)
    for lattice in layout._layouts(size, shape, 100):
        agreeing = found(drawn(lattice, size), shape)
        assert agreeing is not None
        np.testing.assert_allclose(agreeing.rows, lattice.rows, atol=layout.SAME)
        np.testing.assert_allclose(agreeing.columns, lattice.columns, atol=layout.SAME)


def test_ink_elsewhere_does_not() -> None:
    size, shape = (480, 640), (5, 5)
    whole, *_ = layout._layouts(size, shape, 100)
    assert found(drawn(whole, size, shift=1), shape) == whole
    assert found(drawn(whole, size, shift=4), shape) is None
    between = drawn(whole, size)
    between[:, 160:190] = 0
    assert found(between, shape) is None
    one_row = drawn(whole, size)
    one_row[130:] = 255
    assert found(one_row, shape) is None
    assert found(drawn(whole, size), (5, 4)) is None
    assert found(np.full(size, 255, np.uint8), shape) is None
    assert found(drawn(whole, size), (30, 30)) is None  # images of fewer than 28 pixels
