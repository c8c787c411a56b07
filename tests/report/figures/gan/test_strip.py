"""A row for each noise vector, a column for each step, a label under each."""

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


def test_each_column_has_its_label_under_it():
    figure = draw(STRIP)
    axes = figure.axes[0]
    boxes = [image.get_extent() for image in axes.images]
    assert boxes[0][0] == 0
    assert boxes[-1][1] <= 142
    for (left, right, bottom, top), label in zip(boxes, STRIP.samples.labels, strict=True):
        assert right - left == pytest.approx(12)  # three times what could hardly be read
        assert (top - bottom) / (right - left) == pytest.approx((6 * 29 + 1) / 30)
        x, y = next(artist for artist in axes.texts if artist.get_text() == label).get_position()
        assert x == pytest.approx((left + right) / 2)
        assert y < bottom


def test_one_step_alone_is_not_blown_up():
    one = replace(STRIP, samples=Samples(GRIDS[:1, :6], ("0",)))
    left, right, *_ = draw(one).axes[0].images[0].get_extent()
    assert right - left == pytest.approx(12)


def test_a_glyph_that_the_font_lacks_is_an_error():
    strange = draw(replace(STRIP, samples=Samples(GRIDS[:1], ("漢",))))
    with pytest.raises(RenderError, match="Se esperaba dibujar la figura «tira» sin avisos"):
        svg_bytes(strange, "tira")


def test_it_is_given_six_vectors_of_the_first_seed_at_the_steps_that_are_shown():
    study = make_study(2)
    data = prepared("tira", study)
    np.testing.assert_array_equal(data.samples.grids, study.gan[0].arrays["grid"][:, :6])
    assert data.samples.labels == ("0", "150", "300")
    assert data.words == STRIP.words
    many = prepared("tira", make_study(1, gan={"steps": tuple(range(0, 301, 30))}))
    assert many.samples.labels == ("0", "60", "90", "150", "210", "240", "300")


def test_pictures_are_embedded_in_grey():
    svg = svg_bytes(draw(STRIP), "tira").decode()
    pictures = re.findall(r"data:image/png;base64,([^\"]+)", svg)
    assert len(pictures) == 7
    for picture, grid in zip(pictures, GRIDS, strict=True):
        image = Image.open(io.BytesIO(base64.b64decode(picture)))
        assert image.mode == "L"
        assert (np.asarray(image)[1:29, 1:29] == 255 - grid[0]).all()
