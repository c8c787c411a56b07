"""The curves by epoch are judged by their artists and by the SVG's text, never by pixels."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn, lines, tick_labels
from cases import UNLEARNT
from gan_drawings import prepared
from lstm_drawings import CURVE_WORDS, CURVES, LONG, SHORT
from matplotlib.colors import to_hex
from studies import make_study

from report.figures.labels import texts
from report.figures.lstm.curves import Curves, Seed
from report.figures.style import THICK, THIN


def draw(*seeds, named=False, decimal="."):
    data = Curves(seeds, named, CURVE_WORDS, decimal) if seeds else replace(CURVES, decimal=decimal)
    return drawn("curvas", data)


def rings(axes):
    return [
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in axes.lines
        if line.get_marker() == "o" and line.get_markerfacecolor() == "none"
    ]


def test_each_seed_is_thin_and_the_mean_thick_as_far_as_all_seeds_reach():
    losses, accuracies = draw().axes
    assert [list(line.get_ydata()) for line in lines(losses, THIN)] == [
        [0.5, 0.4, 0.45],
        [0.7, 0.6, 0.35, 0.5],
        [0.6, 0.4, 0.2],
        [0.8, 0.6, 0.4, 0.1],
    ]
    validation, training = lines(losses, THICK)
    assert list(validation.get_xdata()) == [1, 2, 3]
    np.testing.assert_allclose(validation.get_ydata(), [0.6, 0.5, 0.4])
    np.testing.assert_allclose(training.get_ydata(), [0.7, 0.5, 0.3])
    validation, training = lines(accuracies, THICK)
    np.testing.assert_allclose(validation.get_ydata(), [0.65, 0.75, 0.79])
    np.testing.assert_allclose(training.get_ydata(), [0.55, 0.75, 0.85])


def test_the_selected_epoch_is_ringed_on_each_seed():
    losses, accuracies = draw().axes
    assert rings(losses) == [(2, 0.4), (3, 0.35)]
    assert rings(accuracies) == [(2, 0.8), (3, 0.8)]


def test_a_ring_that_would_hide_another_goes_around_it():
    for axes in draw(SHORT, replace(SHORT, name="«c»"), LONG, named=True).axes:
        sizes = [line.get_markersize() for line in axes.lines if line.get_markerfacecolor() == "none"]
        assert sizes[1] > sizes[0] + 2
        assert sizes[2] == sizes[0]  # far away


def test_each_seed_is_named_where_its_validation_ends():
    losses, _ = draw().axes
    low, high = losses.get_ylim()
    beside = next(artist for artist in losses.texts if artist.get_text() == LONG.name)
    x, y = beside.get_position()  # in parts of the panel
    assert 1 < x < 1.05
    assert low + y * (high - low) == pytest.approx(0.5)
    inside = next(artist for artist in losses.texts if artist.get_text() == SHORT.name)
    left, right = losses.get_xlim()
    x, y = inside.get_position()
    assert abs(left + x * (right - left) - 3) < 0.4
    assert 0.02 < abs(low + y * (high - low) - 0.45) < 0.15


def test_more_than_five_seeds_have_no_names():
    assert [prepared("curvas", make_study(n)).named for n in (1, 2, 5, 6)] == [False, True, True, False]
    five = (SHORT, LONG, SHORT, LONG, SHORT)
    assert texts(draw(*five, named=True)).count(SHORT.name) == 2 * 3
    assert SHORT.name not in texts(draw(*five, LONG))
    assert SHORT.name not in texts(draw(SHORT))


def test_training_and_validation_differ_in_line_style_and_colour():
    losses, _ = draw().axes
    validation, training = lines(losses, THICK)
    assert validation.get_linestyle() == "-"
    assert training.get_linestyle() == "--"
    assert to_hex(validation.get_color()) != to_hex(training.get_color())


def test_the_names_stand_on_the_side_where_their_curves_end():
    def height(axes, name):
        return next(artist for artist in axes.texts if artist.get_text() == name).get_position()[1]

    losses, accuracies = draw().axes
    assert height(losses, "validación") > height(losses, "entrenamiento")
    assert height(accuracies, "validación") < height(accuracies, "entrenamiento")


def test_names_touch_no_curve():
    figure = draw()
    figure.draw_without_rendering()
    for axes in figure.axes:
        for name in ("validación", "entrenamiento", SHORT.name, LONG.name):
            label = next(artist for artist in axes.texts if artist.get_text() == name)
            box = label.get_window_extent().padded(-1.5)  # the font's line, less its empty edges
            for line in axes.lines:
                path = line.get_transform().transform_path(line.get_path())
                assert not path.intersects_bbox(box, filled=False), (name, line.get_ydata())


def test_epochs_are_whole_numbers_and_few():
    losses, _ = draw().axes
    assert tick_labels(losses.xaxis) == ["1", "2", "3", "4"]
    many = np.linspace(1, 0.5, 31)
    losses, _ = draw(Seed("", many, many, many, many, 31)).axes
    assert tick_labels(losses.xaxis) == ["1", "5", "9", "13", "17", "21", "25", "29"]


def test_one_seed_needs_no_thin_line_and_no_key_to_it():
    figure = draw(SHORT)
    for axes in figure.axes:
        assert lines(axes, THIN) == []
        assert len(lines(axes, THICK)) == 2
    assert "cada semilla" not in texts(figure)
    assert "cada semilla" in texts(draw())


def test_one_epoch_is_drawn_as_points():
    point = Seed("", np.array([0.6]), np.array([0.5]), np.array([0.7]), np.array([0.8]), 1)
    losses, _ = draw(point).axes
    points = [line for line in losses.lines if line.get_linewidth() == THICK]
    assert [line.get_marker() for line in points] == ["o", "o"]
    assert tick_labels(losses.xaxis) == ["1"]


def test_equal_curves_have_limits_and_both_names():
    flat = np.full(3, 0.5)
    figure = draw(*(Seed("", flat, flat, flat, flat, 1),) * 2, named=True)
    low, high = figure.axes[0].get_ylim()
    assert low < 0.5 < high
    assert texts(figure).count("validación") == texts(figure).count("entrenamiento") == 2


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_number_that_is_none_is_refused(bad):
    with pytest.raises(
        ValueError, match="val_loss: se esperaban números finitos, se encontró NaN o infinito"
    ):
        replace(SHORT, val_loss=np.array([0.5, bad, 0.4]))


def test_what_cannot_belong_together_is_refused():
    with pytest.raises(
        ValueError, match=r"val_loss: se esperaba una matriz de forma \(3,\), se encontró \(2,\)"
    ):
        replace(SHORT, val_loss=np.array([0.5, 0.4]))
    with pytest.raises(ValueError, match="se esperaba una época entre 1 y 3, se encontró 4"):
        replace(SHORT, selected_epoch=4)
    with pytest.raises(ValueError, match="se encontró nada"):
        replace(CURVES, seeds=())


def test_curves_are_named_by_the_numbers_of_their_seeds():
    assert [seed.name for seed in prepared("curvas", make_study(3)).seeds] == ["1", "2", "3"]


def test_the_decimal_sign_reaches_the_axes():
    for sign in ".,":
        losses, _ = draw(decimal=sign).axes
        assert f"0{sign}2" in tick_labels(losses.yaxis)


# --- the panel between both -----------------------------------------------------------------

ONWARDS = replace(SHORT, above=np.array([0.05]), half=np.array([0.02]), rise=(0.05, 0.02))
LATER = replace(
    LONG,
    val_loss=np.array([0.7, 0.35, 0.6, 0.5]),
    selected_epoch=2,
    above=np.array([0.25, 0.15]),
    half=np.array([0.04, 0.03]),
    rise=(0.2, 0.01),
    cuts=(2, 4),
)
CUT = 7  # a triangle whose tip is on the point


def bars(axes):
    return [
        [tuple(end) for end in segment]
        for collection in axes.collections
        for segment in collection.get_segments()
    ]


def marks(axes):
    return [
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in axes.lines
        if line.get_marker() == CUT and len(line.get_xdata()) == 1
    ]


def above_of(figure):
    """The panels of the epochs after the selected one and of their means, which stand in the middle."""
    losses, above, means, accuracies = figure.axes
    lefts = [axes.get_position().x0 for axes in (losses, above, means, accuracies)]
    assert lefts == sorted(lefts)
    return above, means


def test_it_has_the_rises_with_their_intervals_by_epochs_after_the_selected_one():
    above, _ = above_of(draw(ONWARDS, LATER, named=True))
    first, *others = bars(above)
    (x, low), (same, high) = first
    assert x == same == pytest.approx(1, abs=0.3)
    assert (low, high) == pytest.approx((0.03, 0.07))
    assert [y for bar in others for _, y in bar] == pytest.approx([0.21, 0.29, 0.12, 0.18])
    assert [round(bar[0][0]) for bar in others] == [1, 2]
    assert tick_labels(above.xaxis) == ["0", "1", "2"]
    assert rings(above) == [(0, 0)]


def test_at_its_end_stands_the_mean_of_each_seed_under_its_number():
    above, means = above_of(draw(ONWARDS, LATER, named=True))
    assert [y for bar in bars(means) for _, y in bar] == pytest.approx([0.03, 0.07, 0.19, 0.21])
    assert [text.get_text() for text in means.texts] == ["«a»", "«b»"]
    assert means.get_ylim() == above.get_ylim()
    assert tick_labels(above_of(draw(ONWARDS, LATER))[1].xaxis) == []


def test_seeds_stand_aside_of_each_other_in_their_order_and_one_alone_in_its_place():
    one, other = (bar[0][0] for bar in bars(above_of(draw(ONWARDS, ONWARDS))[0]))
    assert other - one > 0.3
    assert bars(above_of(draw(ONWARDS))[0])[0][0][0] == 1


def test_the_cut_of_the_rate_is_marked_once():
    losses, above, _, accuracies = draw(ONWARDS, LATER).axes
    assert marks(losses) == [(2, 0.35)]  # not after the minimum, and so not in the panel beside
    assert marks(accuracies) == []
    ((x, y),) = marks(above)
    assert (round(x), y) == (2, pytest.approx(0.18))
    alone, _ = draw(replace(LONG, cuts=(2, 4))).axes
    assert marks(alone) == [(2, 0.6), (4, 0.5)]


def test_the_key_explains_only_marks_that_are_there():
    assert "se reduce la tasa" in texts(draw(ONWARDS, LATER))
    assert "se reduce la tasa" not in texts(draw(ONWARDS))


def test_the_panel_is_there_only_where_something_is_said_of_it():
    assert len(draw().axes) == 2
    assert len(drawn("curvas", prepared("curvas", make_study(2))).axes) == 4
    falls = make_study(1, lstm={"val_loss": (0.6, 0.5)})
    assert len(drawn("curvas", prepared("curvas", falls)).axes) == 2
    assert len(drawn("curvas", prepared("curvas", make_study(1, lstm=UNLEARNT))).axes) == 2


def test_what_is_prepared_is_what_the_findings_say():
    study = make_study(1, lstm={"val_loss": (0.6, 0.4, 0.5, 0.45), "learning_rate": (2e-4, 2e-4, 1e-4, 1e-4)})
    (seed,) = prepared("curvas", study).seeds
    assert seed.above == pytest.approx([0.1, 0.05])
    assert seed.rise[0] == pytest.approx(0.075)
    assert (seed.half > 0).all()
    assert 0 < seed.rise[1] < max(seed.half)  # the mean of two is surer than each
    assert seed.cuts == (3,)


def test_rises_that_are_not_those_of_the_epochs_after_the_minimum_are_refused():
    with pytest.raises(ValueError, match=r"above: se esperaba una matriz de forma \(1,\)"):
        replace(ONWARDS, above=np.array([0.1, 0.2]))
    with pytest.raises(ValueError, match=r"rise: se esperaba una matriz de forma \(2,\)"):
        replace(ONWARDS, rise=None)
