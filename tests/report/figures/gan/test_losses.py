"""Losses and accuracies by iteration: what is drawn, what is left out, and where the words stand."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from artists import drawn, lines, shown_ticks, text
from brought import brought_gan, brought_study, every, gan_losses
from gan_drawings import EQUILIBRIA, LOSSES, gan_seed, prepared
from studies import make_study

from report.figures.checks import Level
from report.figures.equilibria import Equilibria
from report.figures.gan.losses import Seed, running_mean
from report.figures.labels import texts
from report.figures.style import THICK, THIN
from report.figures.svg import svg_bytes
from report.findings.gan.losses import WINDOW
from report.ledger.spanish import Style


def draw(data):
    return drawn("perdidas", data)


def test_running_mean_by_hand():
    np.testing.assert_allclose(running_mean(np.array([1, 2, 6, 3, 8]), 3), [1.5, 3, 11 / 3, 17 / 3, 5.5])
    np.testing.assert_allclose(running_mean(np.array([1, 2, 6]), 1), [1, 2, 6])
    np.testing.assert_allclose(running_mean(np.array([1, 2, 6]), 99), [3, 3, 3])


@pytest.mark.parametrize("window", [0, -1, 4])
def test_a_running_mean_needs_a_middle(window):
    with pytest.raises(ValueError, match=f"impar y positivo, se encontró {window}"):
        running_mean(np.ones(3), window)


def test_gan_losses_draw_running_means_of_seeds_and_their_mean():
    few = replace(LOSSES, seeds=(gan_seed(1, 50), gan_seed(2, 50)), window=5)
    losses, accuracies = draw(few).axes
    for axes, name in ((losses, "discriminator_loss"), (accuracies, "accuracy_real")):
        expected = [running_mean(getattr(seed, name), 5) for seed in few.seeds]
        thin, thick = lines(axes, THIN), lines(axes, THICK)
        assert list(thin[0].get_xdata()) == list(range(1, 51))
        np.testing.assert_allclose(thin[0].get_ydata(), expected[0])
        np.testing.assert_allclose(thin[1].get_ydata(), expected[1])
        np.testing.assert_allclose(thick[0].get_ydata(), (expected[0] + expected[1]) / 2)


def test_the_band_holds_every_raw_loss():
    losses, accuracies = draw(LOSSES).axes
    assert len(accuracies.collections) == 0  # theirs would fill the panel
    raw = np.stack([seed.discriminator_loss for seed in LOSSES.seeds])
    heights = losses.collections[0].get_paths()[0].vertices[:, 1]
    assert heights.max() == pytest.approx(raw.max())
    assert heights.min() == pytest.approx(raw.min())


def test_the_bands_differ_also_in_grey():
    one, other = (band.get_alpha() for band in draw(LOSSES).axes[0].collections)
    assert one > 1.5 * other


def test_the_frame_holds_the_raw_losses_after_the_start_unless_they_flatten_the_means():
    def top(place, raw):
        seed = gan_seed(1)
        loss = seed.generator_loss.copy()
        loss[place] = raw
        figure = draw(replace(LOSSES, seeds=(replace(seed, generator_loss=loss),)))
        return figure.axes[0].get_ylim()[1]

    settled = top(1500, 1.0)
    assert top(10, 9.0) == settled  # within the first 2 %
    assert top(1500, 1.9) == pytest.approx(1.9)
    assert top(1500, 9.0) == pytest.approx(1.6 * 2 * np.log(2))


def middle(figure, axes, name):
    """Where a word stands beside its panel, in the data of the panel."""
    across, height = text(figure, name).get_position()
    low, high = axes.get_ylim()
    assert across > 1
    return low + height * (high - low)


def test_equilibria_are_lines_with_their_names_beside_them():
    figure = draw(LOSSES)
    losses, accuracies = figure.axes
    for axes, levels in (
        (losses, {"2·ln 2": 2 * np.log(2), "ln 2": np.log(2)}),
        (accuracies, {"50 %": 0.5}),
    ):
        for value in levels.values():
            assert any(list(line.get_ydata()) == [value, value] for line in axes.lines)
    assert middle(figure, losses, "2·ln 2") == pytest.approx(2 * np.log(2), abs=0.06)
    assert middle(figure, losses, "ln 2") == pytest.approx(np.log(2), abs=0.06)
    across, height = text(figure, "50 %").xy
    low, high = accuracies.get_ylim()
    assert (across, low + height * (high - low)) == (1, pytest.approx(0.5))


def test_losses_are_named_where_they_end_as_no_word_between_them_would_be():
    """The discriminator's at 1.2, the generator's at 0.9, equilibria at 1.386 and 0.693."""
    figure = draw(LOSSES)
    losses, _ = figure.axes
    names = ("ln 2", "generador", "discriminador", "2·ln 2")
    heights = [middle(figure, losses, name) for name in names]
    assert heights == pytest.approx([0.693, 0.9, 1.2, 1.386], abs=0.06)
    boxes = [text(figure, name).get_window_extent().padded(-1) for name in names]
    assert all(low.y1 < high.y0 for low, high in itertools.pairwise(boxes))
    assert {losses.bbox.x1 < box.x0 for box in boxes} == {True}


@pytest.mark.parametrize("distance", [0.0, 0.04, 0.08, 0.12, 0.16])
def test_names_keep_clear_of_the_equilibrium(distance):
    flat = np.ones(100)
    near = Seed(
        (2 * np.log(2) - distance) * flat, (np.log(2) + distance) * flat, (0.5 - distance) * flat, 0.2 * flat
    )
    figure = draw(replace(LOSSES, seeds=(near,)))
    figure.draw_without_rendering()
    losses, accuracies = figure.axes
    height = accuracies.transData.transform((0, 0.5))[1]
    for name in ("imágenes reales", "imágenes generadas"):
        box = text(figure, name).get_window_extent().padded(-1.5)
        assert not box.y0 < height < box.y1, name
    for name in ("discriminador", "generador"):
        assert text(figure, name).get_window_extent().x0 > losses.bbox.x1


def test_a_discriminator_that_wins_leaves_room_for_every_name():
    x = np.arange(200)
    won = Seed(np.exp(-x / 9), 8 - 7.3 * np.exp(-x / 9), 1 - 0.5 * np.exp(-x / 9), 0.5 * np.exp(-x / 9))
    figure = draw(replace(LOSSES, seeds=(won,), window=1))
    figure.draw_without_rendering()
    for axes, names in zip(
        figure.axes, (("discriminador", "generador"), ("imágenes reales", "imágenes generadas")), strict=True
    ):
        for name in names:
            box = text(figure, name).get_window_extent().padded(-1.5)
            assert axes.bbox.y0 < box.y0 < box.y1 < axes.bbox.y1
            for line in axes.lines:
                path = line.get_transform().transform_path(line.get_path())
                assert not path.intersects_bbox(box, filled=False), (name, line.get_ydata())
    apart = [text(figure, name).get_window_extent() for name in ("ln 2", "2·ln 2")]
    assert apart[0].y1 <= apart[1].y0 + 1.5
    assert not any("−" in label for axes in figure.axes for label in shown_ticks(axes.yaxis))


def test_gan_losses_of_one_seed_and_of_one_iteration():
    one = draw(replace(LOSSES, seeds=LOSSES.seeds[:1]))
    assert lines(one.axes[0], THIN) == []
    assert "cada semilla" not in texts(one)
    point = draw(replace(LOSSES, seeds=(gan_seed(1, 1),), window=1))
    assert [line.get_marker() for line in point.axes[0].lines if line.get_linewidth() == THICK] == ["o", "o"]


def test_long_training_makes_no_long_file():
    five = replace(LOSSES, seeds=tuple(gan_seed(seed, 20_000) for seed in range(5)))
    figure = draw(five)
    assert sum(len(line.get_xdata()) for axes in figure.axes for line in axes.lines) < 5_000
    assert len(svg_bytes(figure, "perdidas")) < 120_000


def test_it_prints_no_number_of_its_own():
    levels = Equilibria(Level(1.4, "d"), Level(0.7, "g"), Level(0.5, "o"))
    figure = draw(replace(LOSSES, window_text="w", equilibria=levels))
    assert not any(character.isdigit() for words in texts(figure) for character in words)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_number_that_is_none_is_refused(bad):
    with pytest.raises(ValueError, match="accuracy_real: se esperaban números finitos"):
        replace(gan_seed(1, 3), accuracy_real=np.array([0.5, bad, 0.4]))


def test_what_cannot_belong_together_is_refused():
    with pytest.raises(ValueError, match=r"el mismo número de iteraciones en todas, se encontró \[3, 4\]"):
        replace(LOSSES, seeds=(gan_seed(1, 3), gan_seed(1, 4)))


def test_it_is_given_the_curves_of_each_seed_and_its_words():
    study = make_study(2)
    data = prepared("perdidas", study, Style(decimal=","))
    assert [
        seed.accuracy_fake is run.arrays["accuracy_fake"]
        for seed, run in zip(data.seeds, study.gan, strict=True)
    ]
    assert data.window == WINDOW
    assert data.window_text == f"media móvil de {WINDOW}\u00a0iteraciones"
    assert data.words == LOSSES.words
    assert data.equilibria.discriminator.value == EQUILIBRIA.discriminator.value
    assert (data.equilibria.accuracy.label, data.decimal) == ("50\u00a0%", ",")


def test_a_critic_has_losses_alone_and_no_levels():
    data = prepared("perdidas", make_study(1, gan={"loss": "wasserstein_gp"}))
    assert not data.decides
    figure = draw(data)
    (axes,) = figure.axes
    assert "Aciertos del discriminador" not in texts(figure)
    assert not any("ln" in words for words in texts(figure))
    assert axes.get_position().width > 0.7
    below = replace(data, seeds=(Seed(*(np.full(50, v) for v in (-3.0, -1.0, 0.5, 0.5))),), window=1)
    low, high = draw(below).axes[0].get_ylim()
    assert low <= -3 < -1 <= high


# --- what an author logged -------------------------------------------------------------------


def of_brought(losses, **fields):
    return prepared("perdidas", brought_study(brought_gan(losses=losses, **fields)))


def test_of_losses_logged_every_hundred_iterations_the_mean_would_take_more_than_the_window_has():
    data = of_brought(every(100, gan_losses()))
    assert (data.window, data.window_text, data.decides) == (1, "valores registrados", False)
    (axes,) = draw(data).axes
    (mean,) = [line for line in axes.lines if line.get_linewidth() == THICK][:1]
    np.testing.assert_array_equal(mean.get_xdata(), np.arange(100, 3_001, 100))


def test_of_losses_logged_every_tenth_the_window_is_as_long_in_iterations():
    data = of_brought(every(10, gan_losses()))
    assert (data.window, data.window_text) == (5, "media móvil de 50\u00a0iteraciones")


def test_the_equilibrium_is_that_of_the_sum_or_of_the_mean_of_the_halves():
    labels = {form: of_brought(gan_losses(), form=form).equilibria.discriminator for form in ("sum", "mean")}
    assert labels["sum"].value == pytest.approx(1.3863, abs=5e-5)
    assert (labels["mean"].value, labels["mean"].label) == (pytest.approx(0.6931, abs=5e-5), "ln 2")


def test_epochs_are_called_so():
    (axes,) = draw(of_brought(gan_losses(30), unit="epoch")).axes
    assert axes.get_xlabel() == "Época"
