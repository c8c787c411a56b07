"""The strip of grids: as wide as the page, a label under each."""

import base64
import io
import re
from dataclasses import replace

import numpy as np
import pytest
from artists import drawn
from gan_drawings import GRIDS, STRIP, prepared
from PIL import Image
from studies import make_study

from report.errors import RenderError
from report.figures.images import Samples
from report.figures.svg import svg_bytes


def draw(data):
    return drawn("tira", data)


def test_the_strip_fills_the_width_with_a_label_under_each_grid():
    axes = draw(STRIP).axes[0]
    boxes = [image.get_extent() for image in axes.images]
    assert boxes[0][0] == 0
    assert boxes[-1][1] == pytest.approx(142)
    for (left, right, bottom, _), label in zip(boxes, STRIP.samples.labels, strict=True):
        x, y = next(artist for artist in axes.texts if artist.get_text() == label).get_position()
        assert x == pytest.approx((left + right) / 2)
        assert y < bottom


def test_a_strip_of_one_grid_is_not_blown_up():
    one = replace(STRIP, samples=Samples(GRIDS[:1], ("0",)))
    left, right, bottom, top = draw(one).axes[0].images[0].get_extent()
    assert right - left == top - bottom < 40


def test_a_glyph_that_the_font_lacks_is_an_error():
    strange = draw(replace(STRIP, samples=Samples(GRIDS[:1], ("漢",))))
    with pytest.raises(RenderError, match="Se esperaba dibujar la figura «tira» sin avisos"):
        svg_bytes(strange, "tira")


def test_it_is_given_all_grids_of_the_first_seed():
    study = make_study(2)
    data = prepared("tira", study)
    np.testing.assert_array_equal(data.samples.grids, study.gan[0].arrays["grid"])
    assert data.samples.labels == ("0", "150", "300")
    assert data.words == STRIP.words


def test_pictures_are_embedded_in_grey():
    svg = svg_bytes(draw(STRIP), "tira").decode()
    pictures = re.findall(r"data:image/png;base64,([^\"]+)", svg)
    assert len(pictures) == 7
    for picture, grid in zip(pictures, GRIDS, strict=True):
        image = Image.open(io.BytesIO(base64.b64decode(picture)))
        assert image.mode == "L"
        assert (np.asarray(image)[1:29, 1:29] == 255 - grid[0]).all()
