"""The LSTM at a glance is judged by its artists, never by pixels."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn, text
from gan_drawings import prepared
from lstm_drawings import GLANCE
from studies import make_study

from report.figures.checks import Level
from report.figures.labels import texts
from report.ledger.spanish import Style


def draw(**changes):
    return drawn("vistazo-lstm", replace(GLANCE, **changes))


def test_all_of_a_seed_stands_on_one_row():
    accuracies, gaps, epochs = draw().axes
    for axes, values in ((accuracies, [0.86, 0.88]), (gaps, [0.05, -0.01]), (epochs, [3, 5])):
        dots = next(line for line in axes.lines if line.get_marker() == "o")
        np.testing.assert_allclose(dots.get_xdata(), values)
        assert list(dots.get_ydata()) == [0, 1]
    intervals = accuracies.collections[1].get_segments()
    np.testing.assert_allclose(intervals, [[[0.85, 0], [0.87, 0]], [[0.87, 1], [0.89, 1]]])
    stems = gaps.collections[1].get_segments()
    np.testing.assert_allclose(stems, [[[0, 0], [0.05, 0]], [[0, 1], [-0.01, 1]]])
    spans = epochs.collections[1].get_segments()
    np.testing.assert_allclose(spans, [[[1, 0], [6, 0]], [[1, 1], [8, 1]]])


def test_it_shows_its_means_and_summaries():
    figure = draw()
    accuracies, gaps, _ = figure.axes
    assert any(list(line.get_xdata()) == [0.87, 0.87] for line in accuracies.lines)
    assert any(list(line.get_xdata()) == [0.02, 0.02] for line in gaps.lines)
    assert {"semilla 1", "semilla 2", "media 87 %", "media 2 puntos", GLANCE.words.last_epoch} <= set(
        texts(figure)
    )


def test_the_published_accuracy_is_drawn_inside_if_there_is_one():
    figure = draw()
    accuracies = figure.axes[0]
    reference = next(line for line in accuracies.lines if list(line.get_xdata()) == [0.9, 0.9])
    mean = next(line for line in accuracies.lines if list(line.get_xdata()) == [0.87, 0.87])
    assert reference.get_linestyle() != mean.get_linestyle()
    assert accuracies.get_xlim()[1] > 0.9  # all intervals end before
    assert "publicada 0.9" in texts(figure)
    without = draw(reference=None)
    assert not any(list(line.get_xdata()) == [0.9, 0.9] for line in without.axes[0].lines)
    assert without.axes[0].get_xlim()[1] < 0.9


@pytest.mark.parametrize("published", [0.5, 0.999])
def test_the_name_of_the_published_accuracy_stays_over_its_panel(published):
    figure = draw(reference=Level(published, "publicada"))
    figure.draw_without_rendering()
    box, panel = text(figure, "publicada").get_window_extent(), figure.axes[0].bbox
    assert panel.x0 - 1 <= box.x0 < box.x1 <= panel.x1 + 1
    assert box.y0 > panel.y1


def test_the_degrees_of_the_gap_are_parted_and_named_where_there_is_room():
    figure = draw()
    gaps = figure.axes[1]
    strokes = [line.get_xdata()[0] for line in gaps.lines if line.get_alpha() == 0.45]
    assert strokes == [0.01, 0.05, 0.10]
    assert gaps.get_xlim()[1] > 0.10  # though no gap is above 0.05
    low, high = gaps.get_xlim()
    for name, middle in (("leve", 0.03), ("moderado", 0.075), ("severo", (0.10 + high) / 2)):
        assert low + text(figure, name).xy[0] * (high - low) == pytest.approx(middle)
    wide = texts(draw(gap=np.array([0.05, 0.9])))
    assert ["leve" in wide, "moderado" in wide, "severo" in wide] == [False, False, True]


def test_one_seed_takes_less_room():
    names = ("accuracy", "accuracy_low", "accuracy_high", "gap", "selected_epoch", "last_epoch")
    figure = draw(seeds=("semilla 1",), **{name: getattr(GLANCE, name)[:1] for name in names})
    assert "semilla 2" not in texts(figure)
    assert figure.get_size_inches()[1] < draw().get_size_inches()[1]


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_number_that_is_none_is_refused(bad):
    with pytest.raises(ValueError, match="gap: se esperaban números finitos"):
        replace(GLANCE, gap=np.array([bad, 0.1]))


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({}, "referencia 0,8650"),
        ({"confusion": (200, 0, 0, 200)}, "referencia 0,8650"),
        ({"confusion": (100, 100, 100, 100)}, None),
    ],
    ids=["compatible", "above", "chance"],
)
def test_the_published_accuracy_is_shown_where_the_verdict_is_about_it(changes, label):
    reference = prepared("vistazo-lstm", make_study(2, lstm=changes), Style(decimal=",")).reference
    assert (reference and reference.label) == label


def test_sample_reviews_have_no_published_accuracy():
    assert prepared("vistazo-lstm", make_study(1, sample_reviews=True)).reference is None


def test_the_degrees_begin_at_the_thresholds_of_the_verdict():
    glance = prepared("vistazo-lstm", make_study(2))
    degrees = [(level.value, level.label) for level in glance.degrees]
    assert degrees == [(0.01, "leve"), (0.05, "moderado"), (0.10, "severo")]


def test_the_rows_are_named_by_the_numbers_of_their_seeds():
    assert prepared("vistazo-lstm", make_study(2)).seeds == ("Semilla 1", "Semilla 2")
