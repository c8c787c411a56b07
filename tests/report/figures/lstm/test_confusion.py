"""The confusion matrix is judged by its artists, never by pixels."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn, text
from gan_drawings import prepared
from lstm_drawings import TABLE
from matplotlib.patches import Rectangle
from studies import make_study

from report.figures.labels import texts


def draw(data):
    return drawn("confusion", data)


def cells(figure):
    return [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]


def test_the_cells_keep_the_same_distance_to_each_other_and_to_the_rules():
    figure = draw(TABLE)
    boxes = [patch.get_bbox() for patch in cells(figure)]
    above, below = (
        (line.get_ydata()[0], line.get_linewidth() * 25.4 / 72) for line in figure.axes[0].lines[1:]
    )
    gaps = [
        above[0] - above[1] / 2 - boxes[0].y1,
        boxes[0].y0 - boxes[2].y1,
        boxes[2].y0 - below[0] - below[1] / 2,
        boxes[1].x0 - boxes[0].x1,
    ]
    np.testing.assert_allclose(gaps, 0.8)


def test_the_shade_of_a_cell_is_its_share_of_the_row():
    depths = np.array([cell.get_facecolor()[3] for cell in cells(draw(TABLE))])
    np.testing.assert_allclose(depths / depths[0], np.array([0.75, 0.25, 0.4, 0.6]) / 0.75)


def test_counts_stand_in_their_cells_and_hits_are_semibold():
    figure = draw(TABLE)
    for cell, printed in zip(
        cells(figure), (("30", "75 %"), ("10", "25 %"), ("16", "40 %"), ("24", "60 %")), strict=True
    ):
        for words in printed:
            assert cell.get_bbox().contains(*text(figure, words).get_position())
    weights = [text(figure, words).get_weight() for words in ("30", "10", "16", "24")]
    assert weights == [600, 400, 400, 600]
    assert text(figure, "40").get_position()[1] > text(figure, "41").get_position()[1]
    assert texts(figure).count("negativa") == texts(figure).count("positiva") == 2


def test_an_empty_row_is_drawn():
    empty = replace(TABLE, share=np.array([[0.0, 0.0], [0.4, 0.6]]), shares=(("—", "—"), ("40 %", "60 %")))
    assert [cell.get_facecolor()[3] for cell in cells(draw(empty))[:2]] == [0, 0]


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_number_that_is_none_is_refused(bad):
    with pytest.raises(ValueError, match="share: se esperaban números finitos"):
        replace(TABLE, share=np.array([[bad, 0], [0, 1]]))


def test_shares_are_no_percentages():
    with pytest.raises(ValueError, match="proporciones entre 0 y 1"):
        replace(TABLE, share=np.array([[75, 25], [40, 60]]))


def test_it_is_given_the_matrix_of_the_median_seed():
    confusions = [(170, 30, 30, 170), (190, 10, 10, 190), (180, 20, 25, 175)]
    data = prepared("confusion", make_study(3, lstm=[{"confusion": each} for each in confusions]))
    assert data.counts == (("180", "20"), ("25", "175"))
    assert data.shares == (("90.0\u00a0%", "10.0\u00a0%"), ("12.5\u00a0%", "87.5\u00a0%"))
    assert data.totals == ("200", "200")
    np.testing.assert_allclose(data.share, [[0.9, 0.1], [0.125, 0.875]])
