"""The grid at which digits begin to be read, with what is read."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn
from gan_drawings import START, prepared
from studies import make_study, with_array

from report.figures.labels import texts
from report.study.study import Study

CURVES = [{"readable": (0,) * 5}, {"readable": (0, 0, 300, 300, 300)}]


def study_with_grids() -> Study:
    """The grid of the step ``t`` of the second seed is all ``t``."""
    study = make_study(2, readability=CURVES)
    first, second = study.readability
    for t in range(5):
        second = with_array(second, f"grid_{t}", np.full((9, 28, 28), t, np.uint8))
    return replace(study, readability=(first, second))


def test_it_is_the_grid_of_exactly_that_step_of_the_first_seed_that_begins():
    """Of the made-up grids, that of the third checkpoint has the images 18 to 26, each shows its last
    digit, and those are read that five divides."""
    data = prepared("comienzo", study_with_grids())
    assert set(data.images.ravel().tolist()) == {2}
    assert data.read == ("", "", "0", "", "", "", "", "5", "")


def test_what_is_read_stands_under_its_image():
    figure = drawn("comienzo", START)
    (axes,) = figure.axes
    assert len(axes.images) == 25
    assert texts(figure) == [name for name in START.read if name]
    boxes = [image.get_extent() for image in axes.images]
    for words in axes.texts:
        x, y = words.get_position()
        assert any(left < x < right and 0 < bottom - y < 5 for left, right, bottom, _ in boxes)


def test_without_a_seed_that_begins_there_is_no_such_figure():
    with pytest.raises(ValueError, match="se esperaba una semilla en la que se lee algo"):
        prepared("comienzo", make_study(1, readability={"readable": (0,) * 5}))
