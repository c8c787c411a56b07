"""How much can be read: its lines, its words and what it refuses."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn
from gan_drawings import READABLE, prepared, shares
from studies import make_study

from report.figures.labels import texts
from report.figures.style import THICK, THIN
from report.figures.svg import svg_bytes


def draw(data):
    return drawn("legibilidad", data)


def lines(data, width):
    (axes,) = (axes for axes in draw(data).axes)
    return [line for line in axes.lines if line.get_linewidth() == width]


def test_each_seed_is_thin_and_the_mean_thick():
    assert [line.get_ydata().tolist() for line in lines(READABLE, THIN)[:2]] == [[0, 0.2, 0.4], [0, 0.1, 0.2]]
    np.testing.assert_allclose(next(line.get_ydata() for line in lines(READABLE, THICK)), [0, 0.15, 0.3])


def test_one_seed_is_drawn_once_and_explains_no_mean():
    data = replace(READABLE, **shares((0.0, 0.2, 0.4)))
    assert (len(lines(data, THIN)), len(lines(data, THICK))) == (0, 1)
    assert "media" not in texts(draw(data))


def test_only_the_rungs_in_reach_are_drawn():
    """The band ends at 0.44: the rungs at 0.09, 0.225 and 0.45 are in reach, that at 0.81 is not."""
    said = texts(draw(READABLE))
    assert [f"peldaño {share:.0%}" in said for share in (0.1, 0.25, 0.5, 0.9)] == [True, True, True, False]


def test_nothing_readable_still_shows_the_first_rung():
    data = replace(READABLE, **shares((0.0, 0.0, 0.0)))
    assert "peldaño 10%" in texts(draw(data))


def test_without_a_judge_there_are_no_rungs():
    figure = draw(replace(READABLE, rungs=()))
    assert not any("%" in text for text in texts(figure))
    assert svg_bytes(figure, "sin-peldaños")


def test_curves_of_another_length_are_refused():
    with pytest.raises(ValueError, match="iterations: se esperaba una matriz de forma"):
        replace(READABLE, iterations=READABLE.iterations[:2])


def test_it_is_given_shares_of_each_seed_and_rungs_as_shares_of_all_images():
    """Of 1,000; the judge reads 0.95 of real digits, and the first rung is a tenth of that."""
    data = prepared("legibilidad", make_study(2, readability={"readable": (0, 100, 200, 300, 400)}))
    assert data.iterations.tolist() == [0, 75, 150, 225, 300]
    np.testing.assert_allclose(data.share, [[0, 0.1, 0.2, 0.3, 0.4]] * 2)
    assert (data.rungs[0].value, data.rungs[0].label) == (pytest.approx(0.095), "peldaño 10\u00a0%")
    assert data.words == READABLE.words
