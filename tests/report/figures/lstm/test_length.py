"""Accuracy by length and by stars is judged by its artists, never by pixels."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn, lines, tick_labels
from gan_drawings import prepared
from lstm_drawings import LENGTH, WORDS, band
from studies import make_study

from report.figures.labels import texts
from report.figures.style import THICK, THIN


def draw(**changes):
    return drawn("longitud", replace(LENGTH, **changes))


def test_each_seed_is_thin_the_mean_thick_and_the_interval_a_band():
    lengths, _ = draw().axes
    np.testing.assert_allclose([line.get_ydata() for line in lines(lengths, THIN)], LENGTH.lstm.seeds)
    lstm, control = lines(lengths, THICK)
    np.testing.assert_allclose(lstm.get_ydata(), [0.9, 0.87, 0.86, 0.83, 0.81])
    np.testing.assert_allclose(control.get_ydata(), LENGTH.control.seeds[0])
    heights = lengths.collections[0].get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == pytest.approx((0.78, 0.92))


def test_stars_that_do_not_follow_each_other_are_not_joined():
    stars = draw().axes[1]
    joined = [(line.get_xdata().tolist(), line.get_ydata().tolist()) for line in lines(stars, THICK)[:2]]
    assert joined == [([3, 4], pytest.approx([0.93, 0.79])), ([7, 8], pytest.approx([0.79, 0.93]))]
    edges = [band.get_paths()[0].vertices[:, 0] for band in stars.collections[:2]]
    assert [(edge.min(), edge.max()) for edge in edges] == [(3, 4), (7, 8)]


def test_a_star_alone_has_its_interval_as_a_bar():
    stars = draw(lstm_stars=replace(LENGTH.lstm_stars, x=np.array([1.0, 3, 5, 7]))).axes[1]
    (bar,) = stars.collections[0].get_segments()
    np.testing.assert_allclose(bar, [[1, 0.9], [1, 0.96]])


def test_lengths_stand_on_a_scale_of_logarithms_with_whole_words():
    lengths, stars = draw().axes
    np.testing.assert_allclose(10 ** lines(lengths, THICK)[0].get_xdata(), WORDS)
    assert tick_labels(lengths.xaxis) == ["50", "100", "200", "500", "1000"]
    assert tick_labels(stars.xaxis) == ["3", "4", "7", "8"]


def test_what_the_network_sees_is_a_line_with_its_name():
    figure = draw()
    lengths = figure.axes[0]
    assert any(np.allclose(10 ** np.asarray(line.get_xdata()), 250) for line in lengths.lines)
    assert "ventana: «w»" in texts(figure)
    short = draw(lstm=band((50, 60), (0.9, 0.8)), control=band((50, 60), (0.9, 0.9)))
    low, high = short.axes[0].get_xlim()
    assert low < np.log10(50) < np.log10(250) <= high


def test_data_without_stars_have_one_wide_panel():
    plain = draw(lstm_stars=None, control_stars=None)
    (axes,) = plain.axes
    assert axes.get_position().width > 0.9
    assert "Exactitud según las estrellas" not in texts(plain)
    assert "Exactitud según las estrellas" in texts(draw())


def test_one_bucket_is_a_point():
    point = band((100,), (0.9,))
    axes = draw(lstm=point, control=point, lstm_stars=None, control_stars=None).axes[0]
    marks = [line.get_marker() for line in axes.lines if line.get_linewidth() == THICK]
    assert marks == ["o", "o"]


def test_buckets_stand_at_the_geometric_mean_of_their_limits():
    data = prepared("longitud", make_study(2))
    np.testing.assert_allclose(data.lstm.x, [(10 * 120) ** 0.5, (121 * 240) ** 0.5, (241 * 900) ** 0.5])
    np.testing.assert_allclose(data.lstm.seeds, [[0.9, 0.86, 0.8]] * 2)
    np.testing.assert_allclose(data.control.seeds, [[0.9, 0.89, 0.88]] * 2)
    np.testing.assert_allclose(data.lstm_stars.x, [1, 4, 7, 10])
    assert data.window.label == "lo que ve la LSTM: 250\u00a0palabras"


def test_data_without_stars_give_none():
    data = prepared("longitud", make_study(1, memory={"stars": False}))
    assert data.lstm_stars is data.control_stars is None
