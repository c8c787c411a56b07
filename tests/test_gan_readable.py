"""The figures of what can be read: their lines, their words and what they refuse."""

import numpy as np
import pytest
from matplotlib.image import AxesImage

from report.figures.data import ImageRows, Level, Readable, ReadableCurves
from report.figures.gan_readable import (
    CONVOLUTIONAL,
    DENSE,
    draw_image_groups,
    draw_image_rows,
    draw_readable_curves,
)
from report.figures.labels import texts
from report.figures.style import THICK, THIN
from report.figures.svg import svg_bytes

ITERATIONS = np.array([0, 100, 200])
RUNGS = tuple(Level(0.9 * share, f"{share:.0%}") for share in (0.1, 0.25, 0.5, 0.9))


def readable(curve, *seeds) -> Readable:
    share = np.array(seeds, float)
    return Readable(curve, share, share.min(axis=0) * 0.9, share.max(axis=0) * 1.1)


TWO = (
    readable(CONVOLUTIONAL, (0.0, 0.2, 0.4), (0.0, 0.1, 0.2)),
    readable(DENSE, (0.0, 0.05, 0.1), (0.0, 0.05, 0.1)),
)


def lines(data, width):
    (axes,) = (axes for axes in draw_readable_curves(data).axes)
    return [line for line in axes.lines if line.get_linewidth() == width]


def test_each_seed_is_thin_and_the_mean_thick():
    data = ReadableCurves(ITERATIONS, TWO, RUNGS)
    assert [line.get_ydata().tolist() for line in lines(data, THIN)[:2]] == [[0, 0.2, 0.4], [0, 0.1, 0.2]]
    np.testing.assert_allclose(next(line.get_ydata() for line in lines(data, THICK)), [0, 0.15, 0.3])


def test_one_seed_is_drawn_once_and_explains_no_mean():
    data = ReadableCurves(ITERATIONS, (readable(CONVOLUTIONAL, (0.0, 0.2, 0.4)),), RUNGS)
    assert (len(lines(data, THIN)), len(lines(data, THICK))) == (0, 1)
    said = texts(draw_readable_curves(data))
    assert "media" not in said
    assert "densa" not in said


def test_both_architectures_are_named_beside_their_curves():
    assert {"convolucional", "densa"} <= set(
        texts(draw_readable_curves(ReadableCurves(ITERATIONS, TWO, RUNGS)))
    )


def test_only_the_rungs_in_reach_are_drawn():
    """The band ends at 0.44: the rungs at 0.09, 0.225 and 0.45 are in reach, that at 0.81 is not."""
    said = texts(draw_readable_curves(ReadableCurves(ITERATIONS, TWO, RUNGS)))
    assert [f"peldaño {share:.0%}" in said for share in (0.1, 0.25, 0.5, 0.9)] == [True, True, True, False]


def test_nothing_readable_still_shows_the_first_rung():
    data = ReadableCurves(ITERATIONS, (readable(CONVOLUTIONAL, (0.0, 0.0, 0.0)),), RUNGS)
    assert "peldaño 10%" in texts(draw_readable_curves(data))


def test_without_a_judge_there_are_no_rungs():
    figure = draw_readable_curves(ReadableCurves(ITERATIONS, TWO, ()))
    assert not any("%" in text for text in texts(figure))
    assert svg_bytes(figure, "sin-peldaños")


def test_curves_of_another_length_are_refused():
    with pytest.raises(ValueError, match="iterations: se esperaba una matriz de forma"):
        ReadableCurves(ITERATIONS[:2], TWO, RUNGS)


IMAGES = tuple(np.zeros((3, 4, 28, 28), np.uint8))


@pytest.mark.parametrize("draw", [draw_image_rows, draw_image_groups])
def test_every_image_is_shown_and_every_row_named(draw):
    """A row is one picture of four images of 28 pixels and the five lines between them."""
    figure = draw(ImageRows(IMAGES, ("reales", "ruido", "mezclas")))
    assert [image.get_array().shape[:2] for image in figure.findobj(AxesImage)] == [(30, 117)] * 3
    assert texts(figure) == ["reales", "ruido", "mezclas"]


@pytest.mark.parametrize("draw", [draw_image_rows, draw_image_groups])
def test_images_stay_inside_the_page(draw):
    figure = draw(ImageRows(IMAGES, ("reales", "ruido", "mezclas")))
    width, height = figure.get_size_inches() * 25.4
    for image in figure.findobj(AxesImage):
        left, right, bottom, top = image.get_extent()
        assert 0 <= left < right <= width
        assert 0 <= bottom < top <= height
        assert (right - left) / (top - bottom) == pytest.approx(117 / 30)  # nothing is stretched


def test_a_row_may_be_shorter_or_empty():
    """As when the judge accepts nothing, or hardly anything."""
    figure = draw_image_rows(ImageRows((IMAGES[0][:2], IMAGES[1][:0]), ("legibles", "ilegibles")))
    assert [image.get_array().shape[1] for image in figure.findobj(AxesImage)] == [59]  # of two images
    assert texts(figure) == ["legibles", "ilegibles", "ninguna"]
    nothing = draw_image_rows(ImageRows((IMAGES[0][:0], IMAGES[1][:0]), ("legibles", "ilegibles")))
    assert texts(nothing).count("ninguna") == 2


def test_each_row_needs_a_name():
    with pytest.raises(ValueError, match="names: se esperaba un nombre para cada una de las 3 filas"):
        ImageRows(IMAGES, ("reales",))
