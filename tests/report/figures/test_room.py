"""Where words go in a panel, in millimetres."""

import numpy as np
import pytest

from report.figures.room import CLEAR_MM, END_MM, HALF_MM, Named, Room
from report.figures.style import BLUE, Curve, new_figure, panel

ACROSS = np.linspace(0, 1, 50)


def flat(height, *bands):
    """A curve over the whole panel."""
    return Named(Curve("x", BLUE, "-"), [(ACROSS, np.full(50, height))], bands)


def room(*curves, **obstacles):
    """A panel of 50 mm by 40 mm, both scales from 0 to 1."""
    axes = panel(new_figure(60), 10, 10, 50, 40)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    return Room(axes, curves, **obstacles)


@pytest.mark.parametrize(
    ("curves", "obstacles", "middle"),
    [
        ([flat(0.5)], {}, 20 + CLEAR_MM),
        ([flat(0.5)], {"levels": [0.55]}, 20 - CLEAR_MM),
        ([flat(0.5), flat(0.6)], {}, 20 - CLEAR_MM),
        ([flat(0.5)], {"grid": [0.56]}, 20 - CLEAR_MM),
        ([flat(0.5, (ACROSS, np.full(50, 0.5), np.full(50, 0.7)))], {}, 20 - CLEAR_MM),
        ([flat(0.98)], {}, 39.2 - CLEAR_MM),
        ([flat(0.02)], {}, 0.8 + CLEAR_MM),
    ],
    ids=["free", "level above", "curve above", "grid above", "band above", "top", "bottom"],
)
def test_a_word_stands_beside_its_curve_with_nothing_under_it_or_between(curves, obstacles, middle):
    left, found = room(*curves, **obstacles).beside_curve(0, 10)
    assert found == pytest.approx(middle)
    assert left == pytest.approx(50 - 10 - END_MM)  # at the right end


def test_a_word_goes_aside_where_its_curve_is_free():
    falling = Named(Curve("x", BLUE, "-"), [(ACROSS, 0.9 - 0.4 * ACROSS)])
    left, middle = room(falling, flat(0.5), levels=[0.62]).beside_curve(0, 10)
    assert 0.9 - 0.4 * (left + 5) / 50 > 0.62  # where the curve is above the level
    assert middle > 0.62 * 40 + HALF_MM


def test_a_word_keeps_clear_of_uprights_and_of_other_words():
    left, _ = room(flat(0.5), uprights=[0.9]).beside_curve(0, 10)
    assert left + 10 < 45
    shared = room(flat(0.5), flat(0.5))
    (first_left, first), (left, second) = shared.beside_curve(0, 10), shared.beside_curve(1, 10)
    assert abs(first - second) >= 2 * HALF_MM or abs(first_left - left) >= 10


def test_without_room_a_word_is_at_least_inside():
    crowded = room(*(flat(height) for height in np.linspace(0, 1, 30)))
    left, middle = crowded.beside_curve(29, 10)
    assert 0 <= left <= 40
    assert HALF_MM <= middle <= 40 - HALF_MM


def test_a_word_near_a_point_avoids_marks_and_lines():
    near = room(flat(0.5))
    near.add_mark(0, 0.5, 0.5, 3.0)
    assert near.near_point(25, 20, 2)[1] >= 20 + 3 + HALF_MM
    joined = room(flat(0.5))
    joined.add_hairline((25, 20), (25.1, 30))
    assert joined.near_point(25, 20, 2) == (pytest.approx(24), pytest.approx(20 - CLEAR_MM))
