"""A row for each noise vector, a column for each step, a label over each, and what is read beside."""

import base64
import io
import re
from dataclasses import replace

import numpy as np
import pytest
from artists import drawn, text
from brought import brought_gan, brought_study, grids
from gan_drawings import GRIDS, STRIP, prepared
from PIL import Image
from studies import make_study

from report.errors import RenderError
from report.figures.gan.strip import pitch
from report.figures.images import Samples
from report.figures.style import EDGE_MM
from report.figures.svg import svg_bytes


def draw(data):
    return drawn("tira", data)


def test_each_column_has_its_label_over_it():
    axes = draw(STRIP).axes[0]
    boxes = [image.get_extent() for image in axes.images]
    assert boxes[0][0] == 0
    for (left, right, bottom, top), label in zip(boxes, STRIP.samples.labels, strict=True):
        assert bottom == 0
        assert (top - bottom) / 6 == pytest.approx(8.4)  # 20 of its 28 pixels, the digit, are 6 mm
        assert (top - bottom) / (right - left) == pytest.approx((6 * 29 + 1) / 30)
        x, y = text(axes.figure, label).get_position()
        assert x == left
        assert y > top


def test_columns_begin_at_equal_distances_and_seven_are_as_wide_as_the_page():
    figure = draw(STRIP)
    places = [image.get_extent()[:2] for image in figure.axes[0].images]
    lefts = [left for left, _ in places]
    assert np.diff(lefts) == pytest.approx([pitch(STRIP)] * 6)
    figure.draw_without_rendering()
    words = [artist for artist in figure.axes[0].texts if artist.get_position()[0] > places[-1][1]]
    right = max(artist.get_window_extent().x1 for artist in words)
    assert right / figure.bbox.width * 166 == pytest.approx(166 - EDGE_MM, abs=0.3)
    none = replace(STRIP, read=((),) * 7)
    right = max(image.get_extent()[1] for image in draw(none).axes[0].images)
    assert right == pytest.approx(166 - EDGE_MM, abs=0.3)
    few = replace(STRIP, samples=Samples(GRIDS[:2, :6], ("0", "1")), read=STRIP.read[:2])
    assert np.diff([image.get_extent()[0] for image in draw(few).axes[0].images]) == pytest.approx(
        [pitch(few)]
    )


def test_what_is_read_stands_beside_its_image():
    read = (("«a»", "", "", "", "", ""), ("", "", "«b»", "", "", "«c»"))
    axes = draw(replace(STRIP, samples=Samples(GRIDS[:2, :6], ("0", "1")), read=read)).axes[0]
    first, second = (image.get_extent() for image in axes.images)
    for name, (_, right, bottom, top), row in (("«a»", first, 0), ("«b»", second, 2), ("«c»", second, 5)):
        x, y = text(axes.figure, name).get_position()
        assert 0 < x - right < 1
        assert y == pytest.approx(top - (row + 0.5) * (top - bottom) / 6)


def test_a_long_name_is_cut_before_the_next_column():
    long = replace(STRIP, read=tuple(("zapatillas de deporte",) * 6 for _ in range(7)))
    figure = draw(long)
    figure.draw_without_rendering()
    axes = figure.axes[0]
    names = [artist for artist in axes.texts if artist.get_text().startswith("za")]
    assert len(names) == 42
    next_column = axes.transData.transform((pitch(long), 0))[0]
    assert names[0].get_text().endswith("…")
    assert names[0].get_window_extent().x1 < next_column


def test_a_glyph_that_the_font_lacks_is_an_error():
    strange = draw(replace(STRIP, samples=Samples(GRIDS[:1], ("漢",)), read=((),)))
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


def test_it_is_given_what_the_judge_reads_in_the_grid_of_the_same_iteration():
    """Of the made-up grids the five checkpoints, of nine images each, have no readable image, none, one in
    five, one in five and two in five; the steps 0, 150 and 300 are the first, third and fifth. The class
    of an image is the last digit of its place among all."""
    study = make_study(1)
    assert prepared("tira", study).read == (
        ("",) * 6,
        ("", "", "0", "", "", ""),
        ("6", "", "", "", "0", "1"),
    )
    assert prepared("tira", make_study(1, judge={"failed": ["blur"]})).read == (("",) * 6,) * 3


def test_of_grids_that_an_author_brought_what_is_read_if_a_judge_was_asked():
    judge = make_study(1).judge[0]
    read = brought_study(brought_gan(images=grids((1, 2)), steps=(1, 2), read=(0, 3)), judge=judge)
    assert prepared("tira", read).read == (("",) * 6, ("0", "1", "2", "", "", ""))
    alone = prepared("tira", brought_study(brought_gan(images=grids((1, 2)), steps=(1, 2))))
    assert alone.read == (("",) * 6,) * 2
    assert alone.words.iteration == "Paso"


def test_pictures_are_embedded_in_grey():
    svg = svg_bytes(draw(STRIP), "tira").decode()
    pictures = re.findall(r"data:image/png;base64,([^\"]+)", svg)
    assert len(pictures) == 7
    for picture, grid in zip(pictures, GRIDS, strict=True):
        image = Image.open(io.BytesIO(base64.b64decode(picture)))
        assert image.mode == "L"
        assert (np.asarray(image)[1:29, 1:29] == 255 - grid[0]).all()
