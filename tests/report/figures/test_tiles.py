"""Where drawings may be divided."""

import numpy as np
import pytest

from report.figures.style import heading, new_figure, panel, sheet
from report.figures.tiles import ROWS, Box, as_attribute, tiles


def two_panels(gap_mm: float, names: bool):
    figure = new_figure(60)
    for left in (20, 70 + gap_mm):
        axes = panel(figure, left, 20, 40, 30)
        axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[0, 1], yticks=[0, 1] if names or left == 20 else [])
        heading(axes, "Un título")
    figure.draw_without_rendering()
    return figure


def test_panels_with_their_own_scales_are_parted_from_left_to_right():
    left, right = tiles(two_panels(10, names=True))
    assert left.right < right.left
    # Each has its frame, the numbers at its left and below, and its title above; 1 mm is 2.83 points.
    for box, start in ((left, 20), (right, 80)):
        assert (start - 8) * 2.83 < box.left < start * 2.83
        assert (start + 40) * 2.83 <= box.right < (start + 45) * 2.83
        assert box.bottom < 20 * 2.83
        assert box.top > 50 * 2.84


def test_a_panel_that_reads_its_scale_off_its_neighbour_stays_beside_it():
    assert tiles(two_panels(10, names=False)) == []


def test_what_touches_is_not_parted():
    assert tiles(two_panels(-9, names=True)) == []


def test_one_panel_has_no_parts():
    figure = new_figure(60)
    panel(figure, 20, 20, 40, 30)
    figure.draw_without_rendering()
    assert tiles(figure) == []


def test_marks_are_explained_below_each_with_its_words():
    figure = two_panels(10, names=True)
    for left in (60, 220):
        figure.text(left / figure.bbox.width, 0.02, "una marca", va="bottom")
    figure.draw_without_rendering()
    *panels, first, second = tiles(figure)
    assert len(panels) == 2
    assert (first.left, second.left) == (pytest.approx(60, abs=1), pytest.approx(220, abs=1))
    assert max(first.top, second.top) < min(box.bottom for box in panels)


def columns_of_pictures(names):
    figure = new_figure(60)
    axes = sheet(figure)
    for column, name in enumerate(names):
        left = 30.0 * column
        axes.imshow(np.zeros((40, 10)), extent=(left, left + 10, 0, 40), aspect="auto")
        axes.text(left, 41, name)
    axes.text(0, 43.5, "Cosa")  # over the first alone
    figure.draw_without_rendering()
    return tiles(figure)


def test_columns_of_pictures_are_all_as_high_and_as_wide():
    boxes = columns_of_pictures(["1", "20", "300"])
    assert len(boxes) == 3
    assert len({(box.bottom, box.top) for box in boxes}) == 1
    assert [box.right - box.left for box in boxes] == pytest.approx([boxes[0].right - boxes[0].left] * 3)


def test_a_column_never_reaches_into_the_next():
    first, second, last = columns_of_pictures(["1", "2", "un nombre mucho más largo que los demás"])
    assert first.right < second.left
    assert last.right - last.left > 2 * (first.right - first.left)


def test_rows_stand_under_their_names_and_over_their_scale():
    """A panel from 40 mm to 80 mm, that is from 113 to 227 points, with two rows of 15 mm."""
    figure = new_figure(60)
    axes = panel(figure, 40, 20, 40, 30)
    axes.set_label(ROWS)
    axes.set(xlim=(0, 1), ylim=(1.5, -0.5), xticks=[0, 1], yticks=[])
    heading(axes, "Un título")
    for row, name in enumerate(("una", "otra")):
        beside = {"xycoords": axes.get_yaxis_transform(), "textcoords": "offset points"}
        axes.annotate(name, (0, row), (-6, 0), ha="right", va="center_baseline", **beside)
        axes.annotate("7.5", (1, row), (30, 0), ha="right", va="center_baseline", **beside)
    figure.text(0.3, 0.02, "una marca")
    figure.draw_without_rendering()
    title, *rows, scale, key = tiles(figure)
    (first, cost, slice_), (second, other, following) = rows[:3], rows[3:]
    assert slice_.top - slice_.bottom == pytest.approx(15 * 72 / 25.4 - 6)
    assert (slice_.bottom, following.bottom) == pytest.approx((following.top + 6, scale.top + 4))
    assert {(box.left, box.right) for box in (slice_, following)} == {(scale.left, scale.right)}
    assert title.bottom > slice_.top
    for name, number, row in ((first, cost, slice_), (second, other, following)):
        assert row.bottom < name.bottom < name.top < row.top
        assert name.right < 113 < 227 < number.left
        assert row.bottom < number.bottom < number.top < row.top
    assert key.top < scale.bottom


def test_parts_are_written_downwards_with_air_around_them():
    boxes = [Box(10, 20, 110, 70), Box(120, 20, 200.26, 70)]
    assert as_attribute(boxes, 100) == "8.0 28.0 104.0 54.0, 118.0 28.0 84.3 54.0"
