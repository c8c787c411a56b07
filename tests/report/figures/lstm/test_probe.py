"""The probe is judged by its artists, never by pixels."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn, tick_labels
from gan_drawings import prepared
from lstm_drawings import PROBE, band
from studies import make_study

from report.figures.labels import texts
from report.figures.lstm.probe import Apart, SeedLines
from report.figures.svg import svg_bytes
from report.findings.measures import wilson_interval


def draw(data):
    return drawn("sonda", data)


def test_the_probe_has_its_own_distances_and_its_levels():
    figure = draw(PROBE)
    (axes,) = figure.axes
    assert tick_labels(axes.xaxis) == ["10", "25", "50", "100", "200", "400"]
    for level in (0.95, 0.5):
        assert any(list(line.get_ydata()) == [level, level] for line in axes.lines)
    assert {"«b»", "azar", "celda", "control bidireccional"} <= set(texts(figure))


def test_one_distance_is_a_point():
    point = band((100,), (0.9,))
    assert svg_bytes(draw(replace(PROBE, cell=point, control=point)), "sonda")


def seed_lines(name, *seeds, half=0.03):
    values = np.array(seeds, dtype=float)
    return SeedLines(name, values, values - half, np.minimum(values + half, 1))


FLAT, AT_CHANCE = (1, 1, 1, 1, 1, 1), (0.58, 0.55, 0.5, 0.5, 0.5, 0.51)
APART = replace(
    PROBE,
    apart=Apart(
        (seed_lines("celda, «a»", FLAT, FLAT), seed_lines("celda, «b»", AT_CHANCE)), seed_lines("«c»", FLAT)
    ),
)


def test_seeds_that_behave_differently_have_no_mean_and_each_its_intervals():
    figure = draw(APART)
    (axes,) = figure.axes
    every = [line for line in axes.lines if len(line.get_xdata()) == 6]
    assert [line.get_ydata().tolist() for line in every] == [list(s) for s in (FLAT, FLAT, AT_CHANCE, FLAT)]
    assert len({line.get_linewidth() for line in every}) == 1
    bars = axes.collections[2].get_segments()
    np.testing.assert_allclose([bar[:, 1] for bar in bars], [(y - 0.03, y + 0.03) for y in AT_CHANCE])
    assert "media de las semillas" not in texts(figure)
    assert "media de las semillas" in texts(draw(PROBE))


def test_lines_that_coincide_are_both_seen():
    (axes,) = draw(APART).axes
    cell, *_, control = (line for line in axes.lines if len(line.get_xdata()) == 6)
    assert (cell.get_linestyle(), control.get_linestyle()) == ("-", "--")
    assert control.get_markerfacecolor() == "none"
    assert control.get_markersize() > cell.get_markersize() + 1


def test_each_group_of_seeds_is_named_beside_its_lines():
    (axes,) = draw(APART).axes
    low, high = axes.get_ylim()
    heights = {artist.get_text(): low + artist.get_position()[1] * (high - low) for artist in axes.texts}
    assert heights["celda, «a»"] > 1
    assert heights["«c»"] > 1
    assert 0.51 < heights["celda, «b»"] < 0.7  # over its line, above that of chance


def test_without_a_key_no_room_is_left_for_it():
    heights = [draw(data).get_size_inches()[1] * 25.4 for data in (PROBE, APART)]
    assert heights == pytest.approx([60, 54])


def test_lines_of_other_shapes_than_their_intervals_are_refused():
    with pytest.raises(ValueError, match="revise los registros"):
        SeedLines("", np.ones((1, 2)), np.ones((1, 3)), np.ones((1, 2)))


def test_the_probe_by_distance():
    data = prepared("sonda", make_study(2))
    assert data.cell.x.tolist() == [10, 100, 400]
    np.testing.assert_allclose(data.cell.seeds, [[0.98, 0.9, 0.6]] * 2)
    np.testing.assert_allclose(data.control.seeds, [[0.99, 0.98, 0.985]] * 2)
    assert (data.cell.low <= data.cell.seeds.mean(axis=0)).all()
    assert data.apart is None


def test_cells_that_learn_nothing_are_not_drawn():
    unlearned = {"cell_share": (0.5, 0.5, 0.5), "validation": 0.5}
    data = prepared("sonda", make_study(3, probe=[{}, unlearned, {"cell_share": (0.99, 0.98, 0.96)}]))
    assert [group.name for group in data.apart.cell] == ["celda, semilla 1", "celda, semilla 3"]
    np.testing.assert_allclose(data.apart.cell[1].values, [[0.99, 0.98, 0.96]])


def test_where_none_learns_the_control_stands_alone():
    data = prepared("sonda", make_study(2, probe={"cell_share": (0.5, 0.5, 0.5), "validation": 0.5}))
    assert data.cell is None
    (axes,) = draw(data).axes
    named = {text.get_text() for text in axes.texts}
    assert "control bidireccional" in named
    assert "celda" not in named


def test_seeds_of_the_probe_that_do_the_same_share_a_name():
    """The first two fail at some distance, the third at none: of 200 reviews each."""
    apart = prepared("sonda", make_study(3, probe=[{}, {}, {"cell_share": (0.99, 0.98, 0.96)}])).apart
    assert [group.name for group in apart.cell] == ["celda, semillas 1 y\u00a02", "celda, semilla 3"]
    np.testing.assert_allclose(apart.cell[0].values, [[0.98, 0.9, 0.6]] * 2)
    np.testing.assert_allclose(apart.cell[1].values, [[0.99, 0.98, 0.96]])
    np.testing.assert_allclose(apart.control.values, [[0.99, 0.98, 0.985]] * 2)
    ends = [wilson_interval(round(share * 200), 200) for share in (0.99, 0.98, 0.96)]
    np.testing.assert_allclose(apart.cell[1].low[0], [low for low, _ in ends])
    np.testing.assert_allclose(apart.cell[1].high[0], [high for _, high in ends])
