"""The panel of page one: three panels side by side, those that there are."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn, lines, shown_ticks, text
from brought import brought_gan, brought_lstm, brought_study, grids
from front_drawings import ACCURACIES, FRONT, LEGIBLE, NOISE
from gan_drawings import GRIDS, prepared
from studies import make_study, only

from report.figures.images import Samples
from report.figures.labels import texts
from report.figures.style import BLUE, ORANGE, THICK, THIN


def draw(data):
    figure = drawn("portada", data)
    figure.draw_without_rendering()
    return figure


def panels(figure):
    return [axes for axes in figure.axes if axes.axison]


def pictures(figure):
    return [image.get_extent() for axes in figure.axes for image in axes.images]


# --- drawn -------------------------------------------------------------------------------


def test_it_leaves_room_for_the_answers_under_it():
    assert draw(FRONT).get_size_inches()[1] * 25.4 <= 52


def test_accuracies_are_percentages_with_a_ring_where_each_seed_was_kept():
    axes = panels(draw(FRONT))[0]
    assert all(label.endswith("\N{NO-BREAK SPACE}%") for label in shown_ticks(axes.yaxis))
    thick = {line.get_color(): line.get_ydata() for line in lines(axes, THICK)}
    assert thick[BLUE] == pytest.approx([0.765, 0.855, 0.865])  # as far as both seeds go
    assert thick[ORANGE] == pytest.approx([0.805, 0.895, 0.93])
    rings = [line for line in axes.lines if line.get_marker() == "o" and line.get_linestyle() == "None"]
    placed = sorted((float(x), float(y)) for ring in rings for x, y in ring.get_xydata())
    assert placed == [(2, 0.86), (3, 0.86)]


def test_what_was_not_validated_has_no_ring():
    training = replace(ACCURACIES, validation=None)
    axes = panels(draw(replace(FRONT, accuracies=training)))[0]
    assert "validación" not in texts(axes.figure)
    assert [line for line in axes.lines if line.get_marker() == "o"] == []


def test_the_share_stands_between_the_rung_and_a_band_from_the_first_seed_to_the_last():
    axes = panels(draw(FRONT))[1]
    (mean,) = lines(axes, THICK)
    assert mean.get_ydata() == pytest.approx([0, 0.15, 0.3])
    assert len(lines(axes, THIN)) == 2
    (rung,) = (line for line in axes.lines if set(line.get_ydata()) == {0.09})
    assert rung.get_linestyle() == ":" or rung.is_dashed()
    band = next(patch for patch in axes.patches if patch.get_width() == 100)
    assert band.get_x() == 100


def test_where_all_seeds_begin_at_once_a_line_says_so():
    once = panels(draw(replace(FRONT, legible=replace(LEGIBLE, begins=(200, 200)))))[1]
    assert any(list(line.get_xdata()) == [200, 200] for line in once.lines)
    never = panels(draw(replace(FRONT, legible=replace(LEGIBLE, begins=None))))[1]
    assert not never.patches


def test_each_noise_has_a_row_and_a_column_for_each_step_that_has_room():
    figure = draw(FRONT)
    extents = pictures(figure)
    assert len(extents) == 6  # of seven steps, the first and the last among them
    assert text(figure, "«0»").get_position()[0] == extents[0][0]
    assert text(figure, "«6»").get_position()[0] == extents[-1][0]
    heights = {round(top - bottom, 6) for _, _, bottom, top in extents}
    assert len(heights) == 1
    few = pictures(draw(replace(FRONT, noise=Samples(GRIDS[:2, :4], ("«a»", "«b»")))))
    assert len(few) == 2


def test_alone_they_are_larger_and_half_as_many_vectors():
    (_, _, bottom, top), *others = pictures(draw(replace(FRONT, accuracies=None, legible=None)))
    assert len(others) == 6
    _, _, low, high = pictures(draw(FRONT))[0]
    assert (top - bottom) / 2 == pytest.approx(2 * (high - low) / 4)


@pytest.mark.parametrize(
    ("missing", "n_panels", "n_pictures"),
    [("accuracies", 1, 6), ("legible", 1, 6), ("noise", 2, 0)],
)
def test_what_was_not_measured_leaves_its_room_to_the_others(missing, n_panels, n_pictures):
    figure = draw(replace(FRONT, **{missing: None}))
    assert len(panels(figure)) == n_panels
    assert (len(pictures(figure)) > 0) == (n_pictures > 0)
    whole = panels(draw(FRONT))[0].get_position().width
    assert all(axes.get_position().width > 1.3 * whole for axes in panels(figure))


def test_titles_touch_no_other():
    figure = draw(FRONT)
    boxes = [text(figure, words).get_window_extent() for words in (
        FRONT.words.accuracy_of, FRONT.words.legible_of, FRONT.words.noise_of
    )]  # fmt: skip
    assert boxes[0].x1 < boxes[1].x0 < boxes[1].x1 < boxes[2].x0 < boxes[2].x1 <= figure.bbox.x1


# --- prepared ----------------------------------------------------------------------------


def test_of_a_training_its_accuracies_what_is_read_and_four_vectors():
    study = make_study(2)
    data = prepared("portada", study)
    assert [len(values) for values in data.accuracies.validation] == [
        len(run.record.epochs) for run in study.lstm
    ]
    assert data.accuracies.ringed == tuple(run.record.selected_epoch for run in study.lstm)
    assert data.legible.share.shape == (2, len(study.readability[0].record.steps))
    np.testing.assert_array_equal(data.noise.grids, study.gan[0].arrays["grid"][1:, :4])
    assert data.noise.labels == ("150", "300")  # not what is drawn before training


def test_the_titles_say_what_was_found():
    """Of a gap of 0.03 a mild overfitting; at chance, that nothing was learned."""
    assert prepared("portada", make_study(2, lstm={"gap": 0.03})).words.accuracy == "Sobreajuste leve"
    unlearned = {"val_accuracy": (0.49, 0.5, 0.52, 0.51, 0.5), "confusion": (100, 100, 100, 100)}
    chance = make_study(2, lstm=unlearned)
    assert prepared("portada", chance).words.accuracy == "No se demuestra que aprenda"
    unread = prepared("portada", make_study(1, readability={"readable": (0, 0, 0, 0, 20)}))
    assert unread.words.legible == "No llega a reconocerse"
    assert unread.legible.begins is None


def test_of_parts_that_were_not_trained_there_is_nothing():
    whole = make_study(1)
    classified = prepared("portada", only(whole, "lstm"))
    assert (classified.legible, classified.noise) == (None, None)
    generated = prepared("portada", only(whole, "gan"))
    assert (generated.accuracies, generated.legible) == (None, None)
    assert generated.noise is not None


def test_of_what_an_author_brought_the_history_and_the_grids():
    judge = make_study(1).judge[0]
    study = brought_study(
        brought_lstm(), brought_gan(images=grids((1, 2)), steps=(1, 2), read=(0, 3)), judge=judge
    )
    data = prepared("portada", study)
    assert data.accuracies.validation is not None
    assert data.legible.share.shape == (1, 2)
    assert data.noise.labels == ("1", "2")
    assert data.words.iteration == "Paso"
    assert NOISE.grids.shape[1] == data.noise.grids.shape[1]
