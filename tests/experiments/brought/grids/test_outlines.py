"""Rectangles that stand out from a page, and what is none."""

import numpy as np
import pytest

from experiments.brought.grids.lattices import Extremes, Lattice
from experiments.brought.grids.outlines import separated


def page(
    rows: list[tuple[int, int]], columns: list[tuple[int, int]], size: tuple[int, int] = (100, 140)
) -> np.ndarray:
    """White, with dark rectangles and a light spot in each."""
    picture = np.full(size, 255, np.uint8)
    for top, bottom in rows:
        for left, right in columns:
            picture[top:bottom, left:right] = 0
            picture[(top + bottom) // 2, (left + right) // 2] = 200
    return picture


def found(*pictures: np.ndarray) -> Lattice | None:
    return separated(Extremes(np.min(pictures, axis=0), np.max(pictures, axis=0), 2, 32))


def test_by_hand() -> None:
    lattice = found(page([(10, 40), (50, 80)], [(20, 50), (55, 85), (90, 120)]))
    assert lattice == Lattice(((10, 40), (50, 80)), ((20, 50), (55, 85), (90, 120)))


def test_whole_pixels_are_evened_out() -> None:
    """Heights of 30 and 31, whose middles are 40.5 apart; and of widths 30, 31 and 30, 35.5."""
    lattice = found(page([(10, 40), (50, 81)], [(20, 50), (55, 86), (91, 121)]))
    assert lattice is not None
    np.testing.assert_allclose(lattice.rows, [(9.75, 40.25), (50.25, 80.75)])
    np.testing.assert_allclose(
        lattice.columns, [(20 - 1 / 6, 50 + 1 / 6), (55 + 1 / 3, 85 + 2 / 3), (90 + 5 / 6, 121 + 1 / 6)]
    )


def test_one_step_may_show_what_another_does_not() -> None:
    half = page([(10, 40)], [(20, 50), (55, 85)])
    assert found(half, page([(50, 80)], [(20, 50), (55, 85)])) is not None


def test_a_title_above_is_left_out_and_a_word_elsewhere_is_not() -> None:
    rows, columns = [(20, 50), (60, 90)], [(20, 50), (60, 90)]
    titled = page(rows, columns)
    titled[3:10, 40:100] = 0
    assert found(titled) == Lattice(((20, 50), (60, 90)), ((20, 50), (60, 90)))
    for where in (np.s_[52:58, 30:40], np.s_[93:97, 30:40], np.s_[30:40, 5:9], np.s_[30:40, 100:110]):
        labelled = page(rows, columns)
        labelled[where] = 0
        assert found(labelled) is None


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([(10, 40)], [(20, 50)]),  # one alone
        ([(10, 40), (50, 90)], [(20, 50), (60, 90)]),  # of other heights
        ([(10, 40)], [(5, 35), (40, 70), (90, 120)]),  # at other distances
        ([(10, 40), (50, 80)], [(20, 60), (70, 110)]),  # not square
        ([(0, 30), (40, 70)], [(20, 50), (60, 90)]),  # to the edge of the page
        ([], []),
    ],
)
def test_other_rectangles(rows: list[tuple[int, int]], columns: list[tuple[int, int]]) -> None:
    assert found(page(rows, columns)) is None


def test_what_is_not_full_or_has_nothing_in_it() -> None:
    rows, columns = [(10, 40), (50, 80)], [(20, 50), (60, 90)]
    empty = np.where(page(rows, columns) == 255, np.uint8(255), np.uint8(0))
    assert found(empty) is None
    rounded = page(rows, columns)
    for top, bottom in rows:
        for left, right in columns:
            for corner in (np.s_[top : top + 4], np.s_[bottom - 4 : bottom]):
                rounded[corner, left : left + 4] = rounded[corner, right - 4 : right] = 255
    assert found(rounded) is None


def test_a_line_around_each_is_cut_off() -> None:
    rows, columns = [(10, 42), (50, 82)], [(20, 52), (60, 92)]
    picture = page(rows, columns)
    for top, bottom in rows:
        for left, right in columns:
            picture[top + 1 : bottom - 1, left + 1 : right - 1] = 255  # the ground
            picture[top + 10, left + 10] = 0  # the ink
    assert found(picture) == Lattice(((11, 41), (51, 81)), ((21, 51), (61, 91)))
