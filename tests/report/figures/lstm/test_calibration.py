"""Order and calibration are judged by their artists, never by pixels."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn, lines
from gan_drawings import prepared
from lstm_drawings import BIN_MIDDLES, CALIBRATION, FALSE_ALARMS, answering
from studies import make_study, only

from report.figures.labels import texts
from report.figures.lstm.calibration import BINS, PLACES
from report.figures.style import THICK, THIN


def draw(**changes):
    return drawn("calibracion", replace(CALIBRATION, **changes))


def test_each_seed_is_thin_and_the_mean_thick():
    roc = draw().axes[0]
    np.testing.assert_allclose([line.get_ydata() for line in lines(roc, THIN)], CALIBRATION.lstm.found)
    lstm, control = lines(roc, THICK)
    np.testing.assert_allclose(lstm.get_ydata(), CALIBRATION.lstm.found.mean(axis=0))
    np.testing.assert_allclose(control.get_ydata(), CALIBRATION.control.found[0])
    assert lines(draw(lstm=answering(0.1), control=None).axes[0], THIN) == []


@pytest.mark.parametrize(("bend", "corner"), [(0.15, True), (0.16, False)])
def test_the_corner_is_shown_where_all_curves_bend_in_it(bend, corner):
    """With half of the false alarms 0.5 ** 0.15 = 0.901 are found, or 0.895."""
    roc = draw(lstm=answering(0.05), control=answering(bend)).axes[0]
    assert (roc.get_xlim(), roc.get_ylim()) == (((0, 0.5), (0.5, 1)) if corner else ((0, 1), (0, 1)))


def test_each_panel_has_its_own_line_of_dots_in_the_key():
    """That of chance is drawn only where the whole of the curve is."""
    near, whole = draw(lstm=answering(0.05), control=None), draw(lstm=answering(0.5), control=None)
    words = CALIBRATION.words
    assert words.diagonal in texts(near)
    assert [words.chance in texts(figure) for figure in (near, whole)] == [False, True]


def test_reliability_stands_over_the_shares_of_the_reviews():
    _, reliability, shares = draw().axes
    lstm, _ = lines(reliability, THICK)
    np.testing.assert_allclose(lstm.get_xdata(), BIN_MIDDLES)
    np.testing.assert_allclose(lstm.get_ydata(), CALIBRATION.lstm.happens)
    assert len(shares.patches) == 2 * BINS
    assert {bar.get_height() for bar in shares.patches} == {1 / BINS}
    assert reliability.get_xlim() == shares.get_xlim() == (0, 1)
    assert all(0 <= bar.get_x() <= 1 - bar.get_width() for bar in shares.patches)


def test_without_a_control_there_is_one_curve():
    figure = draw(control=None)
    assert len(lines(figure.axes[0], THICK)) == 1
    assert "control" not in texts(figure)


def test_what_is_drawn_comes_from_the_answers():
    """172 of 200 found with 28 of 200 false alarms: at 0.14 the curve reaches 0.86. All answers are
    0.2 or 0.8, in two bins of which 0.14 and 0.86 are positive."""
    study = make_study(1, lstm={"confusion": (172, 28, 28, 172)})
    data = prepared("calibracion", study)
    assert np.interp(0.14, FALSE_ALARMS, data.lstm.found[0]) == pytest.approx(0.86, abs=1e-6)
    np.testing.assert_allclose(data.lstm.happens, [0.14, 0.86])
    np.testing.assert_allclose(data.lstm.given, [0.2, 0.8], atol=6e-4)
    assert sorted(data.lstm.share) == [0] * (BINS - 2) + [0.5] * 2
    assert data.lstm.found.shape == (1, PLACES)
    assert prepared("calibracion", only(study, "lstm")).control is None


def test_nothing_that_cannot_be_drawn_is_prepared():
    with pytest.raises(ValueError, match="NaN o infinito"):
        replace(CALIBRATION.lstm, happens=np.full(BINS, np.nan))
