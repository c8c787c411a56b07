"""Differences with the base are judged by their artists, never by pixels."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn, text
from gan_drawings import prepared
from lstm_drawings import TRIED
from studies import make_study

from report.figures.differences import LONGEST
from report.figures.labels import texts

DATA = TRIED.differences
MORE, FEWER = {"confusion": (181, 19, 18, 182), "minutes": 130}, {"confusion": (161, 39, 38, 162)}


def draw(**changes):
    return drawn("variantes-lstm", replace(TRIED, differences=replace(DATA, **changes)))


def dots(axes):
    """Of each marker, whether it is full, and where its points are."""
    found = [line for line in axes.lines if line.get_marker() == "o"]
    return {line.get_markerfacecolor() != "none": np.column_stack(line.get_data()).tolist() for line in found}


def test_what_is_shown_has_a_full_dot_in_its_row():
    (axes,) = draw().axes
    assert dots(axes) == {True: [[1.5, 0], [-3.0, 2]], False: [[0.2, 1]]}
    bottom, top = axes.get_ylim()
    assert bottom > top  # the first row is the highest


def test_each_interval_and_the_base_are_lines():
    (axes,) = draw().axes
    intervals = [segment.tolist() for segment in axes.collections[1].get_segments()]
    assert intervals == [[[0.5, 0], [2.5, 0]], [[-0.8, 1], [1.2, 1]], [[-4.0, 2], [-2.0, 2]]]
    assert any(list(line.get_xdata()) == [0, 0] for line in axes.lines)
    low, high = axes.get_xlim()
    assert low < -4
    assert high > 2.5


def test_the_base_is_in_sight_where_all_are_above_it():
    (axes,) = draw(value=np.array([1, 2, 3.0]), low=np.array([0.5] * 3), high=np.array([4.0] * 3)).axes
    assert axes.get_xlim()[0] < 0


def test_names_stand_at_the_left_and_costs_at_the_right_of_their_rows():
    figure = draw()
    figure.draw_without_rendering()
    frame = figure.axes[0].get_window_extent()
    heights = []
    for name, cost in zip(DATA.names, DATA.costs, strict=True):
        left, right = (text(figure, words).get_window_extent() for words in (name, cost))
        assert left.x1 < frame.x0 < frame.x1 < right.x0
        assert (left.y0 + left.y1) / 2 == pytest.approx((right.y0 + right.y1) / 2, abs=2)
        heights.append(left.y0)
    assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize(("shown", "words"), [(True, DATA.words.shown), (False, DATA.words.unclear)])
def test_the_key_explains_only_what_is_there(shown, words):
    explained = {DATA.words.shown, DATA.words.unclear} & set(texts(draw(shown=np.array([shown] * 3))))
    assert explained == {words}


def test_a_name_of_any_length_leaves_room_for_the_drawing():
    name = "con-" * 20 + "todo"
    data = prepared("variantes-lstm", make_study(2, variants={name: {"lstm": MORE}})).differences
    (long,) = (each for each in data.names if each.startswith("«con-"))
    assert (len(long), long[-1]) == (LONGEST, "…")
    (axes,) = drawn("variantes-lstm", replace(TRIED, differences=data)).axes
    assert axes.get_position().width > 0.4


def test_of_a_study_what_has_a_difference_is_drawn_in_its_order():
    variants = {
        "peor": {"lstm": FEWER},
        "otras": {"lstm": {"max_reviews": 400}},
        "gru-2": {"lstm": {"cell": "gru", **MORE}},
    }
    study = make_study(2, variants=variants, linear={"confusion": (171, 29, 28, 172)})
    data = prepared("variantes-lstm", study).differences
    assert data.names == ("«gru-2»", "conjunto", "control solo", "«peor»")
    assert data.shown.tolist() == [True, False, False, True]
    assert (data.costs[0], data.words.minutes) == ("130.00", "Minutos")
    assert (data.value > 0).tolist() == [True, False, False, False]
    read = prepared("variantes-gan", study).differences
    assert (read.names, read.shown.tolist(), round(read.value[0])) == (("«densa»",), [True], -20)
