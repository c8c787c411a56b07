"""The grid of one step, as a picture."""

import io
import re
from dataclasses import replace

import numpy as np
from PIL import Image
from studies import make_study, with_array

from report.figures.drawing import Drawn, draw
from report.figures.gan.step import Step
from report.figures.images import grid_png
from report.settings import Settings
from report.text.document import compose


def test_a_grid_has_no_labels():
    images = np.zeros((10, 28, 28), np.uint8)
    assert draw("paso-a", Step(images)) == Drawn(grid_png(images), [])


def test_many_images_are_a_square():
    """200 in 15 columns and 14 rows, 29 pixels each and a line, four times as large."""
    drawn = draw("paso-a", Step(np.zeros((200, 28, 28), np.uint8))).content
    assert Image.open(io.BytesIO(drawn)).size == (4 * (15 * 29 + 1), 4 * (14 * 29 + 1))


def test_each_picture_is_of_the_iteration_that_its_caption_names():
    """More steps than are shown, that of the untrained generator among them."""
    study = make_study(2, gan={"steps": tuple(range(0, 301, 25))})
    steps = study.gan[0].record.sampled_steps
    grids = np.stack([np.full((25, 28, 28), place, np.uint8) for place in range(len(steps))])
    study = replace(study, gan=tuple(with_array(run, "grid", grids) for run in study.gan))
    document = compose(study, Settings())
    captions = re.findall(r"figures/paso-(\w)\.png\)\n\n[^\n]*?Iteración (\d+)", document.markdown)
    assert len(captions) > 2
    for letter, iteration in captions:
        shown = document.drawings[f"paso-{letter}.png"].images
        np.testing.assert_array_equal(shown, grids[steps.index(int(iteration))])
