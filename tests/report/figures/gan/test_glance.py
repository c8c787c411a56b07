"""The GAN at a glance: a row of dots for each quantity, and three samples."""

import numpy as np
import pytest
from artists import drawn
from gan_drawings import GLANCE, prepared
from studies import make_study

from report.figures.labels import texts
from report.findings.gan.losses import find


def test_gan_glance_sets_each_seed_against_the_equilibrium_on_a_scale_of_its_own():
    figure = drawn("vistazo-gan", GLANCE)
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


def test_the_glance_at_the_gan_prints_means_with_their_spread():
    study = make_study(3)
    summary = find(study).d_real
    data = prepared("vistazo-gan", study)
    assert data.d_real.text == f"{summary.mean.value:.3f} ± {summary.sd.value:.3f}"
    assert "±" not in prepared("vistazo-gan", make_study(1)).d_real.text


def test_it_shows_the_first_the_middle_and_the_last_sample():
    study = make_study(1)
    samples = prepared("vistazo-gan", study).samples
    assert samples.labels == ("iteración 0", "iteración 150", "iteración 300")
    np.testing.assert_array_equal(samples.grids, study.gan[0].arrays["grid"][[0, 1, 2], :9])
    assert prepared("vistazo-gan", study).words == GLANCE.words
