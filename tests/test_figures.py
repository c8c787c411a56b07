"""The figures are judged by their artists and by the SVG's text, never by pixels."""

import base64
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image
from studies import make_study

from report.errors import RenderError
from report.figures.data import (
    ConfusionTable,
    Dots,
    GanGlance,
    GanLosses,
    GanSeed,
    GanStrip,
    ImageRows,
    Level,
    LstmCurves,
    LstmGlance,
    LstmSeed,
)
from report.figures.drawing import Drawn, draw
from report.figures.gan import draw_gan_glance, draw_gan_losses, running_mean
from report.figures.gan_readable import draw_image_groups, draw_image_rows
from report.figures.images import draw_gan_strip, grid_png
from report.figures.labels import spread, texts
from report.figures.lstm import draw_confusion_table, draw_lstm_curves, draw_lstm_glance
from report.figures.room import CLEAR_MM, END_MM, HALF_MM, Named, Room
from report.figures.style import (
    BLUE,
    THICK,
    THIN,
    Curve,
    DecimalFormatter,
    PercentFormatter,
    new_figure,
    panel,
)
from report.figures.svg import save_svg, svg_bytes
from report.figures_data import gan_glance, lstm_curves, lstm_glance
from report.findings import find_all
from report.numbers import Ledger
from report.spanish import Style

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"

SHORT = LstmSeed(
    name="«a»",
    train_loss=np.array([0.6, 0.4, 0.2]),
    val_loss=np.array([0.5, 0.4, 0.45]),
    train_accuracy=np.array([0.6, 0.8, 0.9]),
    val_accuracy=np.array([0.7, 0.8, 0.78]),
    selected_epoch=2,
)
LONG = LstmSeed(
    name="«b»",
    train_loss=np.array([0.8, 0.6, 0.4, 0.1]),
    val_loss=np.array([0.7, 0.6, 0.35, 0.5]),
    train_accuracy=np.array([0.5, 0.7, 0.8, 0.95]),
    val_accuracy=np.array([0.6, 0.7, 0.8, 0.75]),
    selected_epoch=3,
)
CURVES = LstmCurves((SHORT, LONG))

TABLE = ConfusionTable(
    share=np.array([[0.75, 0.25], [0.4, 0.6]]),
    counts=(("30", "10"), ("16", "24")),
    shares=(("75 %", "25 %"), ("40 %", "60 %")),
    totals=("40", "41"),
)

LSTM_GLANCE = LstmGlance(
    seeds=("semilla 1", "semilla 2"),
    accuracy=np.array([0.86, 0.88]),
    accuracy_low=np.array([0.85, 0.87]),
    accuracy_high=np.array([0.87, 0.89]),
    accuracy_mean=0.87,
    accuracy_text="media 87 %",
    reference=Level(0.9, "publicada 0.9"),
    gap=np.array([0.05, -0.01]),
    gap_mean=0.02,
    gap_text="media 2 puntos",
    degrees=(Level(0.01, "leve"), Level(0.05, "moderado"), Level(0.10, "severo")),
    selected_epoch=np.array([3, 5]),
    last_epoch=np.array([6, 8]),
    epoch_text="mediana 4",
)

EQUILIBRIUM = Level(2 * np.log(2), "2·ln 2")
HALF = Level(0.5, "½")


def gan_seed(seed: int, iterations: int = 3000) -> GanSeed:
    noise = np.random.default_rng(seed).normal(0, 0.05, (4, iterations)).astype(np.float32)
    return GanSeed(1.2 + noise[0], 0.9 + noise[1], 0.6 + noise[2] / 2, 0.4 + noise[3] / 2)


LOSSES = GanLosses(
    seeds=(gan_seed(1), gan_seed(2)),
    window=101,
    window_text="media móvil de 101 iteraciones",
    discriminator_equilibrium=EQUILIBRIUM,
    generator_equilibrium=Level(np.log(2), "ln 2"),
    output_equilibrium=HALF,
)

GRIDS = np.random.default_rng(0).integers(0, 256, (7, 25, 28, 28), dtype=np.uint8)
STRIP = GanStrip(GRIDS, tuple(f"paso {i}" for i in range(7)))

GAN_GLANCE = GanGlance(
    discriminator_loss=Dots(np.array([1.2, 1.3]), "1.25", EQUILIBRIUM),
    generator_loss=Dots(np.array([0.9, 1.0]), "0.95", Level(np.log(2), "ln 2")),
    d_real=Dots(np.array([0.6, 0.7]), "0.65", HALF),
    d_fake=Dots(np.array([0.4, 0.3]), "0.35", HALF),
    samples=GanStrip(GRIDS[:3, :9], ("inicio", "mitad", "final")),
)

FIGURES = {
    "curvas": lambda: draw_lstm_curves(CURVES),
    "confusion": lambda: draw_confusion_table(TABLE),
    "lstm": lambda: draw_lstm_glance(LSTM_GLANCE),
    "perdidas": lambda: draw_gan_losses(LOSSES),
    "tira": lambda: draw_gan_strip(STRIP),
    "gan": lambda: draw_gan_glance(GAN_GLANCE),
}


def lines(axes, width):
    return [line for line in axes.lines if line.get_linewidth() == width and len(line.get_xdata()) > 1]


def rings(axes):
    return [
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in axes.lines
        if line.get_marker() == "o" and line.get_markerfacecolor() == "none"
    ]


def tick_labels(axis):
    axis.figure.draw_without_rendering()
    return [label.get_text() for label in axis.get_ticklabels()]


def text(figure, words):
    return next(artist for artist in figure.findobj(Text) if artist.get_text() == words)


# --- LSTM: curves ------------------------------------------------------------------------


def test_each_seed_is_thin_and_the_mean_thick_as_far_as_all_seeds_reach():
    losses, accuracies = draw_lstm_curves(CURVES).axes
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
    losses, accuracies = draw_lstm_curves(CURVES).axes
    assert rings(losses) == [(2, 0.4), (3, 0.35)]
    assert rings(accuracies) == [(2, 0.8), (3, 0.8)]


def test_a_ring_that_would_hide_another_goes_around_it():
    same = LstmCurves((SHORT, replace(SHORT, name="«c»"), LONG))
    for axes in draw_lstm_curves(same).axes:
        sizes = [line.get_markersize() for line in axes.lines if line.get_markerfacecolor() == "none"]
        assert sizes[1] > sizes[0] + 2
        assert sizes[2] == sizes[0]  # far away


def test_each_seed_is_named_where_its_validation_ends():
    losses, _ = draw_lstm_curves(CURVES).axes
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
    five, six = ((SHORT, LONG) * 3)[:5], (SHORT, LONG) * 3
    assert texts(draw_lstm_curves(LstmCurves(five))).count(SHORT.name) == 2 * 3
    assert SHORT.name not in texts(draw_lstm_curves(LstmCurves(six)))
    assert SHORT.name not in texts(draw_lstm_curves(LstmCurves((SHORT,))))


def test_training_and_validation_differ_in_line_style_and_colour():
    losses, _ = draw_lstm_curves(CURVES).axes
    validation, training = lines(losses, THICK)
    assert validation.get_linestyle() == "-"
    assert training.get_linestyle() == "--"
    assert to_hex(validation.get_color()) != to_hex(training.get_color())


def test_the_names_stand_on_the_side_where_their_curves_end():
    figure = draw_lstm_curves(CURVES)

    def height(axes, name):
        return next(artist for artist in axes.texts if artist.get_text() == name).get_position()[1]

    losses, accuracies = figure.axes
    assert height(losses, "validación") > height(losses, "entrenamiento")
    assert height(accuracies, "validación") < height(accuracies, "entrenamiento")


def test_names_touch_no_curve():
    figure = draw_lstm_curves(CURVES)
    figure.draw_without_rendering()
    for axes in figure.axes:
        for name in ("validación", "entrenamiento", SHORT.name, LONG.name):
            label = next(artist for artist in axes.texts if artist.get_text() == name)
            box = label.get_window_extent().padded(-1.5)  # the font's line, less its empty edges
            for line in axes.lines:
                path = line.get_transform().transform_path(line.get_path())
                assert not path.intersects_bbox(box, filled=False), (name, line.get_ydata())


def test_epochs_are_whole_numbers_and_few():
    losses, _ = draw_lstm_curves(CURVES).axes
    assert tick_labels(losses.xaxis) == ["1", "2", "3", "4"]
    many = np.linspace(1, 0.5, 31)
    losses, _ = draw_lstm_curves(LstmCurves((LstmSeed("", many, many, many, many, 31),))).axes
    assert tick_labels(losses.xaxis) == ["1", "5", "9", "13", "17", "21", "25", "29"]


def test_one_seed_needs_no_thin_line_and_no_key_to_it():
    figure = draw_lstm_curves(LstmCurves((SHORT,)))
    for axes in figure.axes:
        assert lines(axes, THIN) == []
        assert len(lines(axes, THICK)) == 2
    assert "cada semilla" not in texts(figure)
    assert "cada semilla" in texts(draw_lstm_curves(CURVES))


def test_one_epoch_is_drawn_as_points():
    point = LstmSeed("", np.array([0.6]), np.array([0.5]), np.array([0.7]), np.array([0.8]), 1)
    losses, _ = draw_lstm_curves(LstmCurves((point,))).axes
    points = [line for line in losses.lines if line.get_linewidth() == THICK]
    assert [line.get_marker() for line in points] == ["o", "o"]
    assert tick_labels(losses.xaxis) == ["1"]


def test_equal_curves_have_limits_and_both_names():
    flat = np.full(3, 0.5)
    figure = draw_lstm_curves(LstmCurves((LstmSeed("", flat, flat, flat, flat, 1),) * 2))
    low, high = figure.axes[0].get_ylim()
    assert low < 0.5 < high
    assert texts(figure).count("validación") == texts(figure).count("entrenamiento") == 2


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_number_that_is_none_is_refused(bad):
    with pytest.raises(
        ValueError, match="val_loss: se esperaban números finitos, se encontró NaN o infinito"
    ):
        replace(SHORT, val_loss=np.array([0.5, bad, 0.4]))
    with pytest.raises(ValueError, match="d_real: se esperaban números finitos"):
        replace(gan_seed(1, 3), d_real=np.array([0.5, bad, 0.4]))
    with pytest.raises(ValueError, match="gap: se esperaban números finitos"):
        replace(LSTM_GLANCE, gap=np.array([bad, 0.1]))
    with pytest.raises(ValueError, match="share: se esperaban números finitos"):
        replace(TABLE, share=np.array([[bad, 0], [0, 1]]))
    with pytest.raises(ValueError, match="level: se esperaban números finitos"):
        Level(bad, "x")


def test_what_cannot_belong_together_is_refused():
    with pytest.raises(
        ValueError, match=r"val_loss: se esperaba una matriz de forma \(3,\), se encontró \(2,\)"
    ):
        replace(SHORT, val_loss=np.array([0.5, 0.4]))
    with pytest.raises(ValueError, match="se esperaba una época entre 1 y 3, se encontró 4"):
        replace(SHORT, selected_epoch=4)
    with pytest.raises(ValueError, match="se encontró nada"):
        LstmCurves(())
    with pytest.raises(ValueError, match=r"el mismo número de iteraciones en todas, se encontró \[3, 4\]"):
        replace(LOSSES, seeds=(gan_seed(1, 3), gan_seed(1, 4)))
    with pytest.raises(ValueError, match="cada una de las 7 cuadrículas, se encontraron 6"):
        replace(STRIP, labels=STRIP.labels[1:])
    with pytest.raises(ValueError, match="proporciones entre 0 y 1"):
        replace(TABLE, share=np.array([[75, 25], [40, 60]]))


# --- LSTM: confusion and glance ----------------------------------------------------------


def test_the_cells_keep_the_same_distance_to_each_other_and_to_the_rules():
    axes = draw_confusion_table(TABLE).axes[0]
    boxes = [patch.get_bbox() for patch in axes.patches if isinstance(patch, Rectangle)]
    above, below = ((line.get_ydata()[0], line.get_linewidth() * 25.4 / 72) for line in axes.lines[1:])
    gaps = [
        above[0] - above[1] / 2 - boxes[0].y1,
        boxes[0].y0 - boxes[2].y1,
        boxes[2].y0 - below[0] - below[1] / 2,
        boxes[1].x0 - boxes[0].x1,
    ]
    np.testing.assert_allclose(gaps, 0.8)


def test_the_shade_of_a_cell_is_its_share_of_the_row():
    axes = draw_confusion_table(TABLE).axes[0]
    cells = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    depths = np.array([cell.get_facecolor()[3] for cell in cells])
    np.testing.assert_allclose(depths / depths[0], np.array([0.75, 0.25, 0.4, 0.6]) / 0.75)


def test_counts_stand_in_their_cells_and_hits_are_semibold():
    figure = draw_confusion_table(TABLE)
    cells = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    for cell, printed in zip(
        cells, (("30", "75 %"), ("10", "25 %"), ("16", "40 %"), ("24", "60 %")), strict=True
    ):
        for words in printed:
            assert cell.get_bbox().contains(*text(figure, words).get_position())
    weights = [text(figure, words).get_weight() for words in ("30", "10", "16", "24")]
    assert weights == [600, 400, 400, 600]
    assert text(figure, "40").get_position()[1] > text(figure, "41").get_position()[1]
    assert texts(figure).count("negativa") == texts(figure).count("positiva") == 2


def test_an_empty_row_is_drawn():
    empty = replace(TABLE, share=np.array([[0.0, 0.0], [0.4, 0.6]]), shares=(("—", "—"), ("40 %", "60 %")))
    cells = [patch for patch in draw_confusion_table(empty).axes[0].patches if isinstance(patch, Rectangle)]
    assert [cell.get_facecolor()[3] for cell in cells[:2]] == [0, 0]


def test_lstm_glance_puts_all_of_a_seed_on_one_row():
    accuracies, gaps, epochs = draw_lstm_glance(LSTM_GLANCE).axes
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


def test_lstm_glance_shows_its_means_and_summaries():
    figure = draw_lstm_glance(LSTM_GLANCE)
    accuracies, gaps, _ = figure.axes
    assert any(list(line.get_xdata()) == [0.87, 0.87] for line in accuracies.lines)
    assert any(list(line.get_xdata()) == [0.02, 0.02] for line in gaps.lines)
    assert {"semilla 1", "semilla 2", "media 87 %", "media 2 puntos", "mediana 4"} <= set(texts(figure))


def test_the_published_accuracy_is_drawn_inside_if_there_is_one():
    figure = draw_lstm_glance(LSTM_GLANCE)
    accuracies = figure.axes[0]
    reference = next(line for line in accuracies.lines if list(line.get_xdata()) == [0.9, 0.9])
    mean = next(line for line in accuracies.lines if list(line.get_xdata()) == [0.87, 0.87])
    assert reference.get_linestyle() != mean.get_linestyle()
    assert accuracies.get_xlim()[1] > 0.9  # all intervals end before
    assert "publicada 0.9" in texts(figure)
    without = draw_lstm_glance(replace(LSTM_GLANCE, reference=None))
    assert not any(list(line.get_xdata()) == [0.9, 0.9] for line in without.axes[0].lines)
    assert without.axes[0].get_xlim()[1] < 0.9


@pytest.mark.parametrize("published", [0.5, 0.999])
def test_the_name_of_the_published_accuracy_stays_over_its_panel(published):
    figure = draw_lstm_glance(replace(LSTM_GLANCE, reference=Level(published, "publicada")))
    figure.draw_without_rendering()
    box, panel = text(figure, "publicada").get_window_extent(), figure.axes[0].bbox
    assert panel.x0 - 1 <= box.x0 < box.x1 <= panel.x1 + 1
    assert box.y0 > panel.y1


def test_the_degrees_of_the_gap_are_parted_and_named_where_there_is_room():
    figure = draw_lstm_glance(LSTM_GLANCE)
    gaps = figure.axes[1]
    strokes = [line.get_xdata()[0] for line in gaps.lines if line.get_alpha() == 0.45]
    assert strokes == [0.01, 0.05, 0.10]
    assert gaps.get_xlim()[1] > 0.10  # though no gap is above 0.05
    low, high = gaps.get_xlim()
    for name, middle in (("leve", 0.03), ("moderado", 0.075), ("severo", (0.10 + high) / 2)):
        assert low + text(figure, name).xy[0] * (high - low) == pytest.approx(middle)
    wide = texts(draw_lstm_glance(replace(LSTM_GLANCE, gap=np.array([0.05, 0.9]))))
    assert ["leve" in wide, "moderado" in wide, "severo" in wide] == [False, False, True]


def test_lstm_glance_of_one_seed():
    names = ("accuracy", "accuracy_low", "accuracy_high", "gap", "selected_epoch", "last_epoch")
    one = replace(
        LSTM_GLANCE, seeds=("semilla 1",), **{name: getattr(LSTM_GLANCE, name)[:1] for name in names}
    )
    figure = draw_lstm_glance(one)
    assert "semilla 2" not in texts(figure)
    assert figure.get_size_inches()[1] < draw_lstm_glance(LSTM_GLANCE).get_size_inches()[1]


# --- GAN ---------------------------------------------------------------------------------


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
    losses, outputs = draw_gan_losses(few).axes
    for axes, name in ((losses, "discriminator_loss"), (outputs, "d_real")):
        expected = [running_mean(getattr(seed, name), 5) for seed in few.seeds]
        thin, thick = lines(axes, THIN), lines(axes, THICK)
        assert list(thin[0].get_xdata()) == list(range(1, 51))
        np.testing.assert_allclose(thin[0].get_ydata(), expected[0])
        np.testing.assert_allclose(thin[1].get_ydata(), expected[1])
        np.testing.assert_allclose(thick[0].get_ydata(), (expected[0] + expected[1]) / 2)


def test_the_band_holds_every_raw_value():
    losses, _ = draw_gan_losses(LOSSES).axes
    raw = np.stack([seed.discriminator_loss for seed in LOSSES.seeds])
    heights = losses.collections[0].get_paths()[0].vertices[:, 1]
    assert heights.max() == pytest.approx(raw.max())
    assert heights.min() == pytest.approx(raw.min())


def test_the_bands_differ_also_in_grey():
    one, other = (band.get_alpha() for band in draw_gan_losses(LOSSES).axes[0].collections)
    assert one > 1.5 * other


def test_the_frame_holds_the_raw_losses_after_the_start_unless_they_flatten_the_means():
    def top(place, raw):
        seed = gan_seed(1)
        loss = seed.generator_loss.copy()
        loss[place] = raw
        figure = draw_gan_losses(replace(LOSSES, seeds=(replace(seed, generator_loss=loss),)))
        return figure.axes[0].get_ylim()[1]

    settled = top(1500, 1.0)
    assert top(10, 9.0) == settled  # within the first 2 %
    assert top(1500, 1.9) == pytest.approx(1.9)
    assert top(1500, 9.0) == pytest.approx(1.6 * 2 * np.log(2))


def test_equilibria_are_lines_with_their_names_beside_them():
    figure = draw_gan_losses(LOSSES)
    losses, outputs = figure.axes
    for axes, levels in (
        (losses, {"2·ln 2": 2 * np.log(2), "ln 2": np.log(2)}),
        (outputs, {"½": 0.5}),
    ):
        for name, value in levels.items():
            assert any(list(line.get_ydata()) == [value, value] for line in axes.lines)
            across, height = text(figure, name).xy
            low, high = axes.get_ylim()
            assert across == 1
            assert low + height * (high - low) == pytest.approx(value)


@pytest.mark.parametrize("distance", [0.0, 0.04, 0.08, 0.12, 0.16])
def test_names_keep_clear_of_the_equilibrium(distance):
    flat = np.ones(100)
    near = GanSeed(
        (2 * np.log(2) - distance) * flat, (np.log(2) + distance) * flat, (0.5 - distance) * flat, 0.2 * flat
    )
    figure = draw_gan_losses(replace(LOSSES, seeds=(near,)))
    figure.draw_without_rendering()
    losses, outputs = figure.axes
    for axes, name, values in (
        (losses, "discriminador", (2 * np.log(2), np.log(2))),
        (losses, "generador", (2 * np.log(2), np.log(2))),
        (outputs, "imágenes reales", (0.5,)),
        (outputs, "imágenes generadas", (0.5,)),
    ):
        box = text(figure, name).get_window_extent().padded(-1.5)
        for value in values:
            height = axes.transData.transform((0, value))[1]
            assert not box.y0 < height < box.y1, (name, value)


def test_a_discriminator_that_wins_leaves_room_for_every_name():
    x = np.arange(200)
    won = GanSeed(np.exp(-x / 9), 8 - 7.3 * np.exp(-x / 9), 1 - 0.5 * np.exp(-x / 9), 0.5 * np.exp(-x / 9))
    figure = draw_gan_losses(replace(LOSSES, seeds=(won,), window=1))
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
    assert not any("−" in label for axes in figure.axes for label in _shown(axes.yaxis))


def test_gan_losses_of_one_seed_and_of_one_iteration():
    one = draw_gan_losses(replace(LOSSES, seeds=LOSSES.seeds[:1]))
    assert lines(one.axes[0], THIN) == []
    assert "cada semilla" not in texts(one)
    point = draw_gan_losses(replace(LOSSES, seeds=(gan_seed(1, 1),), window=1))
    assert [line.get_marker() for line in point.axes[0].lines if line.get_linewidth() == THICK] == ["o", "o"]


def test_long_training_makes_no_long_file():
    five = replace(LOSSES, seeds=tuple(gan_seed(seed, 20_000) for seed in range(5)))
    figure = draw_gan_losses(five)
    assert sum(len(line.get_xdata()) for axes in figure.axes for line in axes.lines) < 5_000
    assert len(svg_bytes(figure, "perdidas")) < 120_000


def test_a_grid_is_dark_ink_on_white_in_whole_pixels():
    images = np.zeros((4, 2, 3), np.uint8)
    images[1, 0, 2] = 255  # second image, upper right corner
    picture = np.asarray(Image.open(io.BytesIO(grid_png(images, columns=2))))
    assert picture.shape == (4 * (2 * 3 + 1), 4 * (2 * 4 + 1))
    small = picture[::4, ::4]
    assert (picture == small.repeat(4, axis=0).repeat(4, axis=1)).all()
    assert small[1, 4 + 3] == 0
    assert (small == 0).sum() == 1
    assert (small[1:3, 1:4] == 255).all()
    assert (small[0] == small[0, 0]).all()
    assert 150 < small[0, 0] < 255


def test_a_grid_with_a_hole_and_bad_images():
    assert Image.open(io.BytesIO(grid_png(GRIDS[0]))).size == (4 * (5 * 29 + 1),) * 2
    assert Image.open(io.BytesIO(grid_png(GRIDS[0][:6]))).size == (4 * (5 * 29 + 1), 4 * (2 * 29 + 1))
    with pytest.raises(ValueError, match=r"uint8\[n, alto, ancho\], se encontró float64\[25, 28, 28\]"):
        grid_png(GRIDS[0] / 255)
    with pytest.raises(ValueError, match="se esperaban imágenes"):
        grid_png(GRIDS)


def test_the_strip_fills_the_width_with_a_label_under_each_grid():
    axes = draw_gan_strip(STRIP).axes[0]
    boxes = [image.get_extent() for image in axes.images]
    assert boxes[0][0] == 0
    assert boxes[-1][1] == pytest.approx(142)
    for (left, right, bottom, _), label in zip(boxes, STRIP.labels, strict=True):
        x, y = next(artist for artist in axes.texts if artist.get_text() == label).get_position()
        assert x == pytest.approx((left + right) / 2)
        assert y < bottom


def test_a_strip_of_one_grid_is_not_blown_up():
    left, right, bottom, top = draw_gan_strip(GanStrip(GRIDS[:1], ("0",))).axes[0].images[0].get_extent()
    assert right - left == top - bottom < 40


def test_gan_glance_sets_each_seed_against_the_equilibrium_on_a_scale_of_its_own():
    figure = draw_gan_glance(GAN_GLANCE)
    page, *rows = figure.axes
    dots = [next(line for line in axes.lines if line.get_marker() == "o") for axes in rows]
    assert [list(line.get_xdata()) for line in dots] == [[1.2, 1.3], [0.9, 1.0], [0.6, 0.7], [0.4, 0.3]]
    strokes = [axes.collections[0].get_segments()[0][0][0] for axes in rows]
    np.testing.assert_allclose(strokes, [2 * np.log(2), np.log(2), 0.5, 0.5])
    for axes, line, stroke in zip(rows, dots, strokes, strict=True):
        values = [*line.get_xdata(), stroke]
        low, high = axes.get_xlim()
        assert (max(values) - min(values)) / (high - low) == pytest.approx(1 / 1.2)
    assert len(page.images) == 3
    assert {
        "1.25",
        "0.95",
        "0.65",
        "0.35",
        "2·ln 2",
        "ln 2",
        "½",
        "iteración inicio",
        "iteración mitad",
    } <= set(texts(figure))


@pytest.mark.parametrize(("rows", "columns"), [(2, 8), (2, 3), (5, 1)])
def test_rows_of_images_end_at_the_measure_unless_they_would_be_too_large(rows, columns):
    images = ImageRows((np.zeros((columns, 28, 28), np.uint8),) * rows, ("«a»",) * rows)
    right = max(image.get_extent()[1] for image in draw_image_rows(images).axes[0].images)
    assert right == pytest.approx(142) if columns == 8 else right < 142
    groups = draw_image_groups(replace(images, images=images.images * 2, names=images.names * 2))
    assert max(image.get_extent()[1] for image in groups.axes[0].images) == pytest.approx(142)


# --- where words go ----------------------------------------------------------------------

ACROSS = np.linspace(0, 1, 50)


def flat(height, *bands):
    """A curve over the whole panel."""
    return Named(Curve("x", BLUE, "-"), [(ACROSS, np.full(50, height))], bands)


def room(*curves, **obstacles):
    """A panel of 50 mm by 40 mm, both scales from 0 to 1."""
    axes = panel(new_figure(60), 10, 10, 50, 40)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    return Room(axes, curves, **obstacles)


@pytest.mark.parametrize(
    ("curves", "obstacles", "middle"),
    [
        ([flat(0.5)], {}, 20 + CLEAR_MM),
        ([flat(0.5)], {"levels": [0.55]}, 20 - CLEAR_MM),
        ([flat(0.5), flat(0.6)], {}, 20 - CLEAR_MM),
        ([flat(0.5)], {"grid": [0.56]}, 20 - CLEAR_MM),
        ([flat(0.5, (ACROSS, np.full(50, 0.5), np.full(50, 0.7)))], {}, 20 - CLEAR_MM),
        ([flat(0.98)], {}, 39.2 - CLEAR_MM),
        ([flat(0.02)], {}, 0.8 + CLEAR_MM),
    ],
    ids=["free", "level above", "curve above", "grid above", "band above", "top", "bottom"],
)
def test_a_word_stands_beside_its_curve_with_nothing_under_it_or_between(curves, obstacles, middle):
    left, found = room(*curves, **obstacles).beside_curve(0, 10)
    assert found == pytest.approx(middle)
    assert left == pytest.approx(50 - 10 - END_MM)  # at the right end


def test_a_word_goes_aside_where_its_curve_is_free():
    falling = Named(Curve("x", BLUE, "-"), [(ACROSS, 0.9 - 0.4 * ACROSS)])
    left, middle = room(falling, flat(0.5), levels=[0.62]).beside_curve(0, 10)
    assert 0.9 - 0.4 * (left + 5) / 50 > 0.62  # where the curve is above the level
    assert middle > 0.62 * 40 + HALF_MM


def test_a_word_keeps_clear_of_uprights_and_of_other_words():
    left, _ = room(flat(0.5), uprights=[0.9]).beside_curve(0, 10)
    assert left + 10 < 45
    shared = room(flat(0.5), flat(0.5))
    (first_left, first), (left, second) = shared.beside_curve(0, 10), shared.beside_curve(1, 10)
    assert abs(first - second) >= 2 * HALF_MM or abs(first_left - left) >= 10


def test_without_room_a_word_is_at_least_inside():
    crowded = room(*(flat(height) for height in np.linspace(0, 1, 30)))
    left, middle = crowded.beside_curve(29, 10)
    assert 0 <= left <= 40
    assert HALF_MM <= middle <= 40 - HALF_MM


def test_a_word_near_a_point_avoids_marks_and_lines():
    near = room(flat(0.5))
    near.add_mark(0, 0.5, 0.5, 3.0)
    assert near.near_point(25, 20, 2)[1] >= 20 + 3 + HALF_MM
    joined = room(flat(0.5))
    joined.add_hairline((25, 20), (25.1, 30))
    assert joined.near_point(25, 20, 2) == (pytest.approx(24), pytest.approx(20 - CLEAR_MM))


@pytest.mark.parametrize(
    ("heights", "moved"),
    [
        ([0, 1, 10], [-1.5, 2.5, 10]),
        ([5, 1], [5, 1]),
        ([1, 1], [-1, 3]),
        ([2, 0, 1], [5, -3, 1]),
        ([0, 3, 4.5], [-1.5, 2.5, 6.5]),
    ],
)
def test_heights_are_spread_no_more_than_needed(heights, moved):
    assert spread(heights, 4) == pytest.approx(moved)


# --- what they are given -----------------------------------------------------------------


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
    findings = find_all(make_study(2, lstm=changes))
    reference = lstm_glance(findings, Ledger(Style(decimal=","))).reference
    assert (reference and reference.label) == label


def test_sample_reviews_have_no_published_accuracy():
    findings = find_all(make_study(1, sample_reviews=True))
    assert lstm_glance(findings, Ledger(Style())).reference is None


def test_the_degrees_begin_at_the_thresholds_of_the_verdict():
    glance = lstm_glance(find_all(make_study(2)), Ledger(Style()))
    degrees = [(level.value, level.label) for level in glance.degrees]
    assert degrees == [(0.01, "leve"), (0.05, "moderado"), (0.10, "severo")]


def test_curves_are_named_by_the_numbers_of_their_seeds():
    assert [seed.name for seed in lstm_curves(make_study(3), Ledger(Style())).seeds] == ["1", "2", "3"]


def test_the_glance_at_the_gan_prints_means_with_their_spread():
    study = make_study(3)
    findings = find_all(study)
    summary = findings["gan.losses"].values["d_real"]
    text = gan_glance(study, findings, Ledger(Style())).d_real.text
    assert text == f"{summary.mean.value:.3f} ± {summary.sd.value:.3f}"
    alone = make_study(1)
    assert "±" not in gan_glance(alone, find_all(alone), Ledger(Style())).d_real.text


# --- all figures -------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIGURES)
def test_one_family(name):
    figure = FIGURES[name]()
    figure.draw_without_rendering()
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(142)
    assert {artist.get_fontsize() for artist in figure.findobj(Text) if artist.get_text()} == {9}
    paper = figure.bbox.padded(0.5)
    for drawn in [*figure.axes, *figure.texts]:
        box = drawn.get_tightbbox()
        assert paper.x0 <= box.x0 < box.x1 <= paper.x1, drawn
        assert paper.y0 <= box.y0 < box.y1 <= paper.y1, drawn


@pytest.mark.parametrize("name", FIGURES)
def test_texts_are_what_the_svg_says_less_the_numbers_on_scales(name):
    figure = FIGURES[name]()
    root = ElementTree.fromstring(svg_bytes(figure, name))
    written = sorted(element.text for element in root.iter(f"{SVG}text"))
    scales = [
        label
        for axes in figure.axes
        if axes.axison
        for axis in (axes.xaxis, axes.yaxis)
        for label in _shown(axis)
    ]
    assert sorted(texts(figure) + scales) == written


def _shown(axis):
    low, high = sorted(axis.get_view_interval())
    return [
        label
        for value, label in zip(axis.get_ticklocs(), tick_labels(axis), strict=True)
        if low <= value <= high
    ]


def test_figures_print_no_number_of_their_own():
    without_digits = {
        "curvas": draw_lstm_curves(CURVES),
        "lstm": draw_lstm_glance(
            replace(
                LSTM_GLANCE, seeds=("a", "b"), accuracy_text="", gap_text="", epoch_text="", reference=None
            )
        ),
        "perdidas": draw_gan_losses(
            replace(
                LOSSES, window_text="w", discriminator_equilibrium=Level(1.4, "d"),
                generator_equilibrium=Level(0.7, "g"), output_equilibrium=Level(0.5, "o"),
            )
        ),
    }  # fmt: skip
    for name, figure in without_digits.items():
        assert not re.search(r"\d", " ".join(texts(figure))), name


@pytest.mark.parametrize(
    ("sign", "locs", "labels"),
    [
        (".", [0, 0.5, 1], ["0.0", "0.5", "1.0"]),
        (",", [0.25, 0.5], ["0,25", "0,50"]),
        (",", [-1, 0, 1], ["−1", "0", "1"]),
        (".", [0, 2000, 4000], ["0", "2000", "4000"]),
        (",", [5000, 10_000], ["5000", "10\u00a0000"]),
        (",", [-0.1, -1e-17], ["−0,1", "0,0"]),
        (".", [0.1 + 0.2], ["0.3"]),
    ],
)
def test_tick_labels_are_spanish(sign, locs, labels):
    assert DecimalFormatter(sign).format_ticks(locs) == labels


@pytest.mark.parametrize(
    ("sign", "locs", "labels"),
    [
        (".", [0, 0.2, 0.4], ["0\u00a0%", "20\u00a0%", "40\u00a0%"]),
        (",", [0, 0.005, 0.01], ["0,0\u00a0%", "0,5\u00a0%", "1,0\u00a0%"]),
        (".", [0.29], ["29\u00a0%"]),
    ],
)
def test_shares_are_labelled_as_percentages(sign, locs, labels):
    assert PercentFormatter(sign).format_ticks(locs) == labels


def test_the_decimal_sign_reaches_the_axes():
    for sign in ".,":
        losses, _ = draw_lstm_curves(CURVES, decimal=sign).axes
        assert f"0{sign}2" in tick_labels(losses.yaxis)


# --- SVG ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIGURES)
def test_svg_is_lean_recolourable_and_self_contained(name):
    svg = svg_bytes(FIGURES[name](), name).decode()
    root = ElementTree.fromstring(svg)
    assert float(root.get("width").removesuffix("pt")) == pytest.approx(142 / 25.4 * 72)
    assert svg.count("#1c1c1c") == 1
    assert root.get("color") == "#1c1c1c"
    assert "currentColor" in svg
    assert not re.search(r"<style|<metadata|<!DOCTYPE|<\?xml|20\d\d-\d\d", svg)
    assert set(re.findall(r"font-family[=:]\s*[\"']+([^\"']+)", svg)) == {"Source Sans Pro"}
    assert list(root.iter(f"{SVG}text"))


def test_ids_of_two_figures_do_not_collide_and_all_references_hold():
    first, second = (svg_bytes(draw_lstm_curves(CURVES), name).decode() for name in ("a", "b"))
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (first, second)]
    assert ids[0]
    assert not ids[0] & ids[1]
    for svg, own in zip((first, second), ids, strict=True):
        assert set(re.findall(r'(?:url\(|href=")#([^")]+)', svg)) == own


def test_pictures_are_embedded_in_grey():
    svg = svg_bytes(draw_gan_strip(STRIP), "tira").decode()
    pictures = re.findall(r"data:image/png;base64,([^\"]+)", svg)
    assert len(pictures) == 7
    for picture, grid in zip(pictures, GRIDS, strict=True):
        image = Image.open(io.BytesIO(base64.b64decode(picture)))
        assert image.mode == "L"
        assert (np.asarray(image)[1:29, 1:29] == 255 - grid[0]).all()


def test_a_glyph_that_the_font_lacks_is_an_error():
    strange = draw_gan_strip(GanStrip(GRIDS[:1], ("漢",)))
    with pytest.raises(RenderError, match="Se esperaba dibujar la figura «tira» sin avisos"):
        svg_bytes(strange, "tira")


def test_drawing_leaves_no_global_trace():
    before = dict(mpl.rcParams)
    svg_bytes(draw_lstm_curves(CURVES), "curvas")
    assert dict(mpl.rcParams) == before


def test_save_svg_names_the_figure_after_its_file(tmp_path):
    save_svg(draw_lstm_curves(CURVES), tmp_path / "curvas.svg")
    assert (tmp_path / "curvas.svg").read_bytes() == svg_bytes(draw_lstm_curves(CURVES), "curvas")


def test_equal_bytes_in_any_process():
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests'); import test_figures as t; "
        "print(hashlib.sha256(b''.join(t.svg_bytes(f(), n) for n, f in t.FIGURES.items())"
        " + t.grid_png(t.GRIDS[0])).hexdigest()); print('matplotlib.pyplot' in sys.modules)"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(printed) == 1
    assert printed.pop().split()[1] == "False"


# --- files -------------------------------------------------------------------------------


def test_a_drawn_file_tells_its_labels_but_not_its_scales():
    drawn = draw("curvas.svg", (CURVES, "."))
    assert drawn.content == svg_bytes(draw_lstm_curves(CURVES, "."), "curvas")
    assert "Época" in drawn.labels
    assert "1" in re.findall(r"<text\b[^>]*>([^<]*)</text>", drawn.content.decode())
    assert "1" not in drawn.labels


def test_a_grid_has_no_labels():
    images = np.zeros((10, 28, 28), np.uint8)
    assert draw("paso-a.png", (images,)) == Drawn(grid_png(images), [])
