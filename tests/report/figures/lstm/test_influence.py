"""Influence and gradients: reductions by hand, and what is drawn of them, never by pixels."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn, lines, tick_labels
from lstm_drawings import DISTANCE, PLACES, STEPS
from matplotlib.colors import to_hex
from studies import make_study, with_array

from report.figures.lstm.influence import Gradients, influence_band, relative
from report.figures.style import THICK, THIN
from report.figures.svg import svg_bytes

STUDY = make_study(2)


def draw(**changes):
    return drawn("influencia", replace(DISTANCE, **changes))


def test_influence_starts_at_nothing_and_gradients_at_their_largest():
    influences, gradients = draw().axes
    assert influences.get_ylim()[0] <= 0
    np.testing.assert_allclose(lines(influences, THICK)[0].get_ydata(), 0.32 * 0.99**PLACES)
    assert lines(influences, THICK)[1].get_xdata()[-1] == 150  # the control as far as it reaches
    selected, initial = lines(gradients, THICK)
    np.testing.assert_allclose(10 ** selected.get_ydata(), (0.99**STEPS + 0.985**STEPS) / 2)
    assert initial.get_ydata()[0] == 0
    assert initial.get_ydata()[-1] < gradients.get_ylim()[0]  # out of sight, not along the edge
    assert any(list(line.get_ydata()) == [-2, -2] for line in gradients.lines)


def test_the_gradients_are_named_in_their_panel_and_have_colours_of_their_own():
    figure = draw()
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
    gradients = draw().axes[1]
    assert {line.get_linestyle() for line in lines(gradients, THIN)} == {"-"}


@pytest.mark.parametrize(("sign", "label"), [(".", "0.0001"), (",", "0,0001")])
def test_the_decimals_of_the_gradient_are_written_out(sign, label):
    gradients = draw(decimal=sign).axes[1]
    assert tick_labels(gradients.yaxis)[0] == label
    assert tick_labels(gradients.yaxis)[-1] == "1"


def test_no_gradient_at_all_is_drawn():
    none = Gradients(np.zeros((1, 5)), np.zeros((1, 5)))
    assert svg_bytes(draw(gradients=none), "influencia")


@pytest.mark.parametrize(
    "made",
    [
        lambda: Gradients(np.ones((1, 3)), np.ones((1, 2))),
        lambda: Gradients(np.array([[np.inf]]), np.array([[1.0]])),
    ],
    ids=("shapes", "infinite"),
)
def test_what_cannot_be_drawn_is_refused(made):
    with pytest.raises(ValueError, match="revise los registros"):
        made()


def test_the_influence_of_seeds_goes_as_far_as_all_reach_within_the_bands_of_all():
    first, second = STUDY.memory
    shorter = second.record.model_copy(update={"influence": second.record.influence[:3]})
    band = influence_band((first, replace(second, record=shorter)))
    assert band.x.tolist() == [0, 50, 100]
    np.testing.assert_allclose(band.seeds[:, 0], [0.31, 0.32])
    assert (band.low[0], band.high[0]) == (pytest.approx(0.31 * 0.9), pytest.approx(0.32 * 1.1))


def test_gradients_are_relative_to_their_largest_as_far_as_reviews_reach():
    runs = [
        with_array(run, "gradient_initial", np.array(values, np.float32))
        for run, values in zip(STUDY.memory, ([2, 4, 1, np.nan], [8, 2, np.nan, np.nan]), strict=True)
    ]
    np.testing.assert_allclose(relative(runs, "gradient_initial"), [[0.5, 1], [1, 0.25]])
    still = [with_array(run, "gradient_initial", np.zeros(3, np.float32)) for run in STUDY.memory]
    np.testing.assert_allclose(relative(still, "gradient_initial"), np.zeros((2, 3)))
