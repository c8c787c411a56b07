"""The figures on memory are judged by their artists and by the SVG's text, never by pixels."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

from report.figures.data import Apart, Band, ByDistance, ByLength, ByProbe, Gradients, Level, SeedLines
from report.figures.labels import texts
from report.figures.memory import draw_by_distance, draw_by_length, draw_by_probe
from report.figures.style import THICK, THIN
from report.figures.svg import svg_bytes

SVG = "{http://www.w3.org/2000/svg}"


def band(x, *seeds, half=0.02) -> Band:
    values = np.array(seeds, dtype=float)
    return Band(np.array(x, dtype=float), values, values.min(axis=0) - half, values.max(axis=0) + half)


WORDS, STARS = (50, 100, 200, 400, 1_000), (3, 4, 7, 8)
LENGTH = ByLength(
    lstm=band(WORDS, (0.9, 0.88, 0.87, 0.84, 0.80), (0.9, 0.86, 0.85, 0.82, 0.82)),
    control=band(WORDS, (0.92, 0.91, 0.9, 0.9, 0.89)),
    lstm_stars=band(STARS, (0.94, 0.8, 0.78, 0.92), (0.92, 0.78, 0.80, 0.94)),
    control_stars=band(STARS, (0.95, 0.84, 0.83, 0.95)),
    window=Level(250, "ventana: «w»"),
)
PLACES = np.arange(0, 250, 50)
STEPS = np.arange(250)
DISTANCE = ByDistance(
    lstm=band(PLACES, 0.3 * 0.99**PLACES, 0.34 * 0.99**PLACES),
    control=band(np.arange(0, 200, 50), (0.1, 0.1, 0.09, 0.1)),
    gradients=Gradients(np.stack([0.9**STEPS, 0.88**STEPS]), np.stack([0.99**STEPS, 0.985**STEPS])),
    reach=Level(0.01, "«a»"),
)
PROBE = ByProbe(
    cell=band(
        (10, 25, 50, 100, 200, 400), (0.99, 0.98, 0.97, 0.9, 0.7, 0.5), (0.99, 0.99, 0.96, 0.8, 0.6, 0.5)
    ),
    control=band(
        (10, 25, 50, 100, 200, 400), (1, 0.99, 0.99, 0.99, 0.98, 0.98), (1, 1, 0.99, 0.99, 0.98, 0.97)
    ),
    enough=Level(0.95, "«b»"),
    chance=Level(0.5, "azar"),
)
FIGURES = {
    "longitud": lambda: draw_by_length(LENGTH),
    "influencia": lambda: draw_by_distance(DISTANCE),
    "sonda": lambda: draw_by_probe(PROBE),
}


def lines(axes, width):
    return [line for line in axes.lines if line.get_linewidth() == width and len(line.get_xdata()) > 1]


def labels(axis):
    axis.figure.draw_without_rendering()
    return [label.get_text() for label in axis.get_ticklabels()]


def one_seed(whole: Band) -> Band:
    return replace(whole, seeds=whole.seeds[:1])


def test_each_seed_is_thin_the_mean_thick_and_the_interval_a_band():
    lengths, _ = draw_by_length(LENGTH).axes
    np.testing.assert_allclose([line.get_ydata() for line in lines(lengths, THIN)], LENGTH.lstm.seeds)
    lstm, control = lines(lengths, THICK)
    np.testing.assert_allclose(lstm.get_ydata(), [0.9, 0.87, 0.86, 0.83, 0.81])
    np.testing.assert_allclose(control.get_ydata(), LENGTH.control.seeds[0])
    heights = lengths.collections[0].get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == pytest.approx((0.78, 0.92))


def test_stars_that_do_not_follow_each_other_are_not_joined():
    stars = draw_by_length(LENGTH).axes[1]
    joined = [(line.get_xdata().tolist(), line.get_ydata().tolist()) for line in lines(stars, THICK)[:2]]
    assert joined == [([3, 4], pytest.approx([0.93, 0.79])), ([7, 8], pytest.approx([0.79, 0.93]))]
    edges = [band.get_paths()[0].vertices[:, 0] for band in stars.collections[:2]]
    assert [(edge.min(), edge.max()) for edge in edges] == [(3, 4), (7, 8)]


def test_a_star_alone_has_its_interval_as_a_bar():
    alone = replace(LENGTH.lstm_stars, x=np.array([1.0, 3, 5, 7]))
    stars = draw_by_length(replace(LENGTH, lstm_stars=alone)).axes[1]
    (bar,) = stars.collections[0].get_segments()
    np.testing.assert_allclose(bar, [[1, 0.9], [1, 0.96]])


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_the_two_models_differ_in_line_style_and_colour(draw):
    for axes in draw().axes:
        first, *_, second = lines(axes, THICK)
        assert (first.get_linestyle(), second.get_linestyle()) == ("-", "--")
        assert to_hex(first.get_color()) != to_hex(second.get_color())


def test_lengths_stand_on_a_scale_of_logarithms_with_whole_words():
    lengths, stars = draw_by_length(LENGTH).axes
    np.testing.assert_allclose(10 ** lines(lengths, THICK)[0].get_xdata(), WORDS)
    assert labels(lengths.xaxis) == ["50", "100", "200", "500", "1000"]
    assert labels(stars.xaxis) == ["3", "4", "7", "8"]


def test_what_the_network_sees_is_a_line_with_its_name():
    figure = draw_by_length(LENGTH)
    lengths = figure.axes[0]
    assert any(np.allclose(10 ** np.asarray(line.get_xdata()), 250) for line in lengths.lines)
    assert "ventana: «w»" in texts(figure)
    short = replace(LENGTH, lstm=band((50, 60), (0.9, 0.8)), control=band((50, 60), (0.9, 0.9)))
    low, high = draw_by_length(short).axes[0].get_xlim()
    assert low < np.log10(50) < np.log10(250) <= high


def test_data_without_stars_have_one_wide_panel():
    plain = draw_by_length(replace(LENGTH, lstm_stars=None, control_stars=None))
    (axes,) = plain.axes
    assert axes.get_position().width > 0.9
    assert "Exactitud según las estrellas" not in texts(plain)


def test_influence_starts_at_nothing_and_gradients_at_their_largest():
    influences, gradients = draw_by_distance(DISTANCE).axes
    assert influences.get_ylim()[0] <= 0
    np.testing.assert_allclose(lines(influences, THICK)[0].get_ydata(), 0.32 * 0.99**PLACES)
    assert lines(influences, THICK)[1].get_xdata()[-1] == 150  # the control as far as it reaches
    selected, initial = lines(gradients, THICK)
    np.testing.assert_allclose(10 ** selected.get_ydata(), (0.99**STEPS + 0.985**STEPS) / 2)
    assert initial.get_ydata()[0] == 0
    assert initial.get_ydata()[-1] < gradients.get_ylim()[0]  # out of sight, not along the edge
    assert any(list(line.get_ydata()) == [-2, -2] for line in gradients.lines)


def test_the_gradients_are_named_in_their_panel_and_have_colours_of_their_own():
    figure = draw_by_distance(DISTANCE)
    influences, gradients = figure.axes
    named = {artist.get_text() for artist in gradients.texts}
    assert {"época elegida", "al empezar"} <= named
    key = [artist.get_text() for artist in figure.texts]
    assert key == ["cada semilla", "media de las semillas"]
    left, right = (
        {to_hex(line.get_color()) for line in lines(axes, THICK)} for axes in (influences, gradients)
    )
    assert not left & right


def test_the_seeds_of_the_gradient_do_not_fill_the_gaps_of_the_mean():
    gradients = draw_by_distance(DISTANCE).axes[1]
    assert {line.get_linestyle() for line in lines(gradients, THIN)} == {"-"}


@pytest.mark.parametrize(("sign", "label"), [(".", "0.0001"), (",", "0,0001")])
def test_the_decimals_of_the_gradient_are_written_out(sign, label):
    gradients = draw_by_distance(DISTANCE, sign).axes[1]
    assert labels(gradients.yaxis)[0] == label
    assert labels(gradients.yaxis)[-1] == "1"


def test_no_gradient_at_all_is_drawn():
    none = Gradients(np.zeros((1, 5)), np.zeros((1, 5)))
    assert svg_bytes(draw_by_distance(replace(DISTANCE, gradients=none)), "influencia")


def test_the_probe_has_its_own_distances_and_its_levels():
    figure = draw_by_probe(PROBE)
    (axes,) = figure.axes
    assert labels(axes.xaxis) == ["10", "25", "50", "100", "200", "400"]
    for level in (0.95, 0.5):
        assert any(list(line.get_ydata()) == [level, level] for line in axes.lines)
    assert {"«b»", "azar", "celda", "control bidireccional"} <= set(texts(figure))


@pytest.mark.parametrize("name", ["longitud", "sonda"])
def test_names_touch_no_curve(name):
    figure = FIGURES[name]()
    figure.draw_without_rendering()
    names = {"LSTM", "control", "celda", "control bidireccional"}
    for axes in figure.axes:
        for label in (artist for artist in axes.texts if artist.get_text() in names):
            box = label.get_window_extent().padded(-1.5)
            for line in (*lines(axes, THIN), *lines(axes, THICK)):
                path = line.get_transform().transform_path(line.get_path())
                assert not path.intersects_bbox(box, filled=False), (label.get_text(), line.get_ydata())


def test_one_seed_needs_no_thin_line_and_no_key_to_it():
    figures = (
        draw_by_length(replace(LENGTH, lstm=one_seed(LENGTH.lstm), lstm_stars=one_seed(LENGTH.lstm_stars))),
        draw_by_distance(
            replace(
                DISTANCE,
                lstm=one_seed(DISTANCE.lstm),
                gradients=Gradients(DISTANCE.gradients.initial[:1], DISTANCE.gradients.selected[:1]),
            )
        ),
        draw_by_probe(replace(PROBE, cell=one_seed(PROBE.cell), control=one_seed(PROBE.control))),
    )
    for figure in figures:
        assert [line for axes in figure.axes for line in lines(axes, THIN)] == []
        assert "cada semilla" not in texts(figure)


def test_one_bucket_and_one_distance_are_points():
    point = band((100,), (0.9,))
    one = ByLength(point, point, None, None, LENGTH.window)
    assert [
        line.get_marker() for line in draw_by_length(one).axes[0].lines if line.get_linewidth() == THICK
    ] == [
        "o",
        "o",
    ]
    assert svg_bytes(draw_by_probe(ByProbe(point, point, PROBE.enough, PROBE.chance)), "sonda")


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
    figure = draw_by_probe(APART)
    (axes,) = figure.axes
    drawn = [line for line in axes.lines if len(line.get_xdata()) == 6]
    assert [line.get_ydata().tolist() for line in drawn] == [list(s) for s in (FLAT, FLAT, AT_CHANCE, FLAT)]
    assert len({line.get_linewidth() for line in drawn}) == 1
    bars = axes.collections[2].get_segments()
    np.testing.assert_allclose([bar[:, 1] for bar in bars], [(y - 0.03, y + 0.03) for y in AT_CHANCE])
    assert "media de las semillas" not in texts(figure)


def test_lines_that_coincide_are_both_seen():
    (axes,) = draw_by_probe(APART).axes
    cell, *_, control = (line for line in axes.lines if len(line.get_xdata()) == 6)
    assert (cell.get_linestyle(), control.get_linestyle()) == ("-", "--")
    assert control.get_markerfacecolor() == "none"
    assert control.get_markersize() > cell.get_markersize() + 1


def test_each_group_of_seeds_is_named_beside_its_lines():
    figure = draw_by_probe(APART)
    (axes,) = figure.axes
    low, high = axes.get_ylim()
    heights = {artist.get_text(): low + artist.get_position()[1] * (high - low) for artist in axes.texts}
    assert heights["celda, «a»"] > 1
    assert heights["«c»"] > 1
    assert 0.51 < heights["celda, «b»"] < 0.7  # over its line, above that of chance


def test_without_a_key_no_room_is_left_for_it():
    heights = [draw_by_probe(data).get_size_inches()[1] * 25.4 for data in (PROBE, APART)]
    assert heights == pytest.approx([60, 54])


@pytest.mark.parametrize(
    "made",
    [
        lambda: band((1, 2), (0.5, np.nan)),
        lambda: Band(np.array([1.0, 2.0]), np.ones((1, 2)), np.ones(1), np.ones(2)),
        lambda: Gradients(np.ones((1, 3)), np.ones((1, 2))),
        lambda: Gradients(np.array([[np.inf]]), np.array([[1.0]])),
        lambda: Band(np.array([]), np.ones((1, 0)), np.array([]), np.array([])),
        lambda: SeedLines("", np.ones((1, 2)), np.ones((1, 3)), np.ones((1, 2))),
    ],
    ids=("NaN", "band", "shapes", "infinite", "empty", "seeds"),
)
def test_what_cannot_be_drawn_is_refused(made):
    with pytest.raises(ValueError, match="revise los registros"):
        made()


@pytest.mark.parametrize("name", FIGURES)
def test_one_family(name):
    figure = FIGURES[name]()
    figure.draw_without_rendering()
    width, height = figure.get_size_inches() * 25.4
    assert width == pytest.approx(142)
    assert 60 <= height + 1e-9 <= 68
    assert {artist.get_fontsize() for artist in figure.findobj(Text) if artist.get_text()} == {9}
    paper = figure.bbox.padded(0.5)
    for drawn in [*figure.axes, *figure.texts]:
        box = drawn.get_tightbbox()
        assert paper.x0 <= box.x0 < box.x1 <= paper.x1, drawn
        assert paper.y0 <= box.y0 < box.y1 <= paper.y1, drawn


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_prints_no_number_of_its_own_and_is_the_same_each_time(name):
    figure = FIGURES[name]()
    assert not re.search(r"\d", " ".join(texts(figure)))
    svg = svg_bytes(figure, name)
    assert svg == svg_bytes(FIGURES[name](), name)
    written = [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert set(texts(figure)) <= set(written)
