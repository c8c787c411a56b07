"""Rows and groups of images: each is shown and named, none is stretched."""

from dataclasses import replace

import numpy as np
import pytest
from gan_drawings import IMAGES, ROWS
from matplotlib import rc_context
from matplotlib.image import AxesImage
from matplotlib.text import Text

from report.figures.image_rows import SAID_MM, ImageRows, draw_groups, draw_rows
from report.figures.labels import texts
from report.figures.style import FONT_SIZE, STYLE
from report.figures.svg import svg_bytes

SHAPE = (28, 28)


@pytest.fixture(autouse=True)
def _style():
    with rc_context(STYLE):
        yield


def as_rows(data):
    return draw_rows(data, "ninguna")


@pytest.mark.parametrize("draw", [as_rows, draw_groups])
def test_every_image_is_shown_and_every_row_named(draw):
    """A row is one picture of four images of 28 pixels and the five lines between them."""
    figure = draw(ROWS)
    assert [image.get_array().shape[:2] for image in figure.findobj(AxesImage)] == [(30, 117)] * 3
    assert texts(figure) == ["reales", "ruido", "mezclas"]


@pytest.mark.parametrize("draw", [as_rows, draw_groups])
def test_images_stay_inside_the_page(draw):
    figure = draw(ROWS)
    width, height = figure.get_size_inches() * 25.4
    for image in figure.findobj(AxesImage):
        left, right, bottom, top = image.get_extent()
        assert 0 <= left < right <= width
        assert 0 <= bottom < top <= height
        assert (right - left) / (top - bottom) == pytest.approx(117 / 30)  # nothing is stretched


def test_a_row_may_be_shorter_or_empty():
    """As when the judge accepts nothing, or hardly anything."""
    figure = as_rows(ImageRows((IMAGES[0][:2], IMAGES[1][:0]), ("legibles", "ilegibles")))
    assert [image.get_array().shape[1] for image in figure.findobj(AxesImage)] == [59]  # of two images
    assert texts(figure) == ["legibles", "ilegibles", "ninguna"]
    nothing = as_rows(ImageRows((IMAGES[0][:0], IMAGES[1][:0]), ("legibles", "ilegibles")))
    assert texts(nothing).count("ninguna") == 2


def test_what_is_said_of_an_image_stands_under_its_middle():
    said = (("4", "7"), ("9", "3"))
    figure = as_rows(ImageRows((IMAGES[0][:2], IMAGES[1][:2]), ("legibles", "ilegibles"), said))
    assert texts(figure) == ["legibles", "4", "7", "ilegibles", "9", "3"]
    pictures = [image.get_extent() for image in figure.findobj(AxesImage)]
    words = [text for text in figure.findobj(Text) if text.get_text().isdigit()]
    for (left, right, bottom, _), (first, second) in zip(pictures, (words[:2], words[2:]), strict=True):
        quarter = (right - left) / 4
        assert first.get_position()[0] == pytest.approx(left + quarter, abs=0.5)
        assert second.get_position()[0] == pytest.approx(left + 3 * quarter, abs=0.5)
        assert 0 < bottom - first.get_position()[1] < SAID_MM
    assert {text.get_fontsize() for text in words} == {FONT_SIZE}


def test_something_is_said_of_every_image_or_of_none():
    with pytest.raises(ValueError, match="said: se esperaba un texto para cada imagen"):
        ImageRows((IMAGES[0][:2],), ("legibles",), (("4",),))


def test_groups_keep_their_tones_on_a_dark_page_and_rows_become_part_of_it():
    assert svg_bytes(draw_groups(ROWS), "a").count(b'class="tonos"') == 3
    assert b"tonos" not in svg_bytes(as_rows(ROWS), "a")


def test_each_row_needs_a_name():
    with pytest.raises(ValueError, match="names: se esperaba un nombre para cada una de las 3 filas"):
        ImageRows(IMAGES, ("reales",))


@pytest.mark.parametrize(("rows", "columns"), [(2, 10), (2, 3), (5, 1)])
def test_rows_of_images_end_where_the_page_does_unless_they_would_be_too_large(rows, columns):
    images = ImageRows((np.zeros((columns, *SHAPE), np.uint8),) * rows, ("«a»",) * rows)
    right = max(image.get_extent()[1] for image in as_rows(images).axes[0].images)
    assert right == pytest.approx(166) if columns == 10 else right < 166
    groups = draw_groups(replace(images, images=images.images * 2, names=images.names * 2))
    right = max(image.get_extent()[1] for image in groups.axes[0].images)
    assert right == pytest.approx(166) if columns == 10 else right < 166
