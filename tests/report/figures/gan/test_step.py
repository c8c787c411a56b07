"""The grid of one step, as a picture."""

import numpy as np
from gan_drawings import prepared
from studies import make_study

from report.figures.drawing import Drawn, draw
from report.figures.gan.step import Step
from report.figures.images import grid_png


def test_a_grid_has_no_labels():
    images = np.zeros((10, 28, 28), np.uint8)
    assert draw("paso-a", Step(images)) == Drawn(grid_png(images), [])


def test_it_is_given_the_grid_of_its_step():
    study = make_study(2)
    data = prepared("paso", study, number=1)
    np.testing.assert_array_equal(data.images, study.gan[0].arrays["grid"][1])
