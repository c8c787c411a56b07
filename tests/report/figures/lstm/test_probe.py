"""The probe is judged by its artists, never by pixels."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn, lines, tick_labels
from gan_drawings import prepared
from lstm_drawings import DISTANCES, PROBE, band
from studies import make_study

from report.figures.labels import texts
from report.figures.style import THIN
from report.figures.svg import svg_bytes


def draw(data):
    return drawn("sonda", data)


def test_the_probe_has_its_own_distances_and_its_level():
    figure = draw(PROBE)
    (axes,) = figure.axes
    assert tick_labels(axes.xaxis) == ["10", "25", "50", "100", "200", "400"]
    assert any(list(line.get_ydata()) == [0.5, 0.5] for line in axes.lines)
    assert {"azar", "celda", "control bidireccional"} <= set(texts(figure))


def test_one_distance_is_a_point():
    point = band((100,), (0.9,))
    assert svg_bytes(draw(replace(PROBE, cell=point, control=point)), "sonda")


def test_each_seed_is_thin_and_the_interval_of_their_mean_a_band():
    """However differently they behave: what none of them does is not drawn alone."""
    apart = replace(PROBE, cell=band(DISTANCES, (1.0,) * 6, (0.55, 0.5, 0.5, 0.5, 0.5, 0.5)))
    (axes,) = draw(apart).axes
    np.testing.assert_allclose([line.get_ydata() for line in lines(axes, THIN)][:2], apart.cell.seeds)
    heights = axes.collections[0].get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == pytest.approx((0.48, 1.02))


def test_without_a_key_no_room_is_left_for_it():
    alone = replace(PROBE, cell=band((10, 400), (1.0, 0.9)), control=band((10, 400), (1.0, 1.0)))
    heights = [draw(data).get_size_inches()[1] * 25.4 for data in (PROBE, alone)]
    assert heights == pytest.approx([51.5, 46.5])


def test_the_probe_by_distance():
    data = prepared("sonda", make_study(2))
    assert data.cell.x.tolist() == [10, 100, 400]
    np.testing.assert_allclose(data.cell.seeds, [[0.98, 0.9, 0.6]] * 2)
    np.testing.assert_allclose(data.control.seeds, [[0.99, 0.98, 0.985]] * 2)
    assert (data.cell.low <= data.cell.seeds.mean(axis=0)).all()


def test_cells_that_learn_nothing_are_not_drawn():
    unlearned = {"cell_share": (0.5, 0.5, 0.5), "validation": 0.5}
    data = prepared("sonda", make_study(3, probe=[{}, unlearned, {"cell_share": (0.99, 0.98, 0.96)}]))
    np.testing.assert_allclose(data.cell.seeds, [[0.98, 0.9, 0.6], [0.99, 0.98, 0.96]])


def test_where_none_learns_the_control_stands_alone():
    data = prepared("sonda", make_study(2, probe={"cell_share": (0.5, 0.5, 0.5), "validation": 0.5}))
    assert data.cell is None
    (axes,) = draw(data).axes
    named = {text.get_text() for text in axes.texts}
    assert "control bidireccional" in named
    assert "celda" not in named
