"""The GAN at a glance: a row of dots for each quantity, and three samples."""

import numpy as np
import pytest
from artists import drawn, shown_ticks
from gan_drawings import GLANCE, prepared
from studies import make_study

from report.figures.labels import texts
from report.findings.gan.losses import find


def test_each_seed_stands_on_a_scale_that_is_not_cut():
    """Shares from 0 to 1, losses from 0 on: seeds that agree must not seem to differ."""
    figure = drawn("vistazo-gan", GLANCE)
    page, *rows = figure.axes
    dots = [next(line for line in axes.lines if line.get_marker() == "o") for axes in rows]
    assert [list(line.get_xdata()) for line in dots] == [[0.66, 0.65], [1.2, 1.3], [0.9, 1.0], [0.4, 0.45]]
    assert [axes.get_xlim()[0] for axes in rows] == [0, 0, 0, 0]
    assert rows[0].get_xlim() == rows[3].get_xlim() == (0, 1)
    assert rows[1].get_xlim()[1] == pytest.approx(1.1 * 2 * np.log(2))
    assert shown_ticks(rows[0].xaxis) == ["0\u00a0%", "50\u00a0%", "100\u00a0%"]
    assert len(page.images) == 3
    assert {"65.5 %", "1.25", "0.95", "42.5 %", "iteración inicio", "Aciertos de D"} <= set(texts(figure))


def test_a_stroke_marks_the_equilibrium_of_what_has_one():
    _, *rows = drawn("vistazo-gan", GLANCE).axes
    strokes = [[float(line.get_segments()[0][0][0]) for line in axes.collections] for axes in rows]
    assert strokes == [[0.5], [pytest.approx(2 * np.log(2))], [pytest.approx(np.log(2))], []]


def test_a_loss_below_zero_has_a_scale_that_holds_it():
    study = make_study(1, gan={"loss": "wasserstein_gp"})
    rows = prepared("vistazo-gan", study).rows
    assert [row.name for row in rows] == ["Pérdida de D (nats)", "Pérdida de G (nats)", "Imágenes legibles"]
    assert [row.level for row in rows] == [None] * 3
    below = type(rows[0])("D", np.array([-2.0]), "", None, False)
    assert below.limits == pytest.approx((-2.2, 0.2))


def test_it_prints_means_with_their_spread():
    study = make_study(3)
    summary = find(study).discriminator
    data = prepared("vistazo-gan", study)
    assert data.rows[1].text == f"{summary.mean.value:.3f} ± {summary.sd.value:.3f}"
    assert "±" not in prepared("vistazo-gan", make_study(1)).rows[1].text


def test_what_is_read_stands_there_where_something_can_be_read():
    def names(**choices) -> list[str]:
        return [row.name for row in prepared("vistazo-gan", make_study(1, **choices)).rows]

    assert "Imágenes legibles" in names()
    assert "Imágenes legibles" not in names(readability={"readable": (0,) * 5})
    assert "Imágenes legibles" not in names(judge={"failed": ["blur"]})


def test_it_shows_the_first_the_middle_and_the_last_sample():
    study = make_study(1)
    data = prepared("vistazo-gan", study)
    assert data.samples.labels == ("iteración 0", "iteración 150", "iteración 300")
    np.testing.assert_array_equal(data.samples.grids, study.gan[0].arrays["grid"][[0, 1, 2], :9])
    assert (data.end, data.mean, data.title) == (GLANCE.end, GLANCE.mean, GLANCE.title)
