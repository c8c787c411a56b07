"""What a training logged: only the panels and the curves that there are."""

from dataclasses import replace

import numpy as np
import pytest
from artists import drawn
from brought import NO_LOSS, RISING, UNVALIDATED, brought_lstm, brought_study
from lstm_drawings import LOG

from report.figures.base import Source
from report.figures.lstm.logged_curves import Panel, prepare
from report.findings.collection import find_all
from report.ledger.ledger import Ledger
from report.ledger.spanish import Style


def prepared(*histories):
    study = brought_study(*(brought_lstm(seed, each, None) for seed, each in enumerate(histories, start=1)))
    return prepare(Source(study, find_all(study), Ledger(Style())), LOG.words)


def words(figure):
    return {text.get_text() for axes in figure.axes for text in axes.texts} | {
        text.get_text() for text in figure.texts
    }


def test_it_is_given_what_was_logged_and_nothing_else():
    data = prepared(RISING)
    np.testing.assert_array_equal(data.losses.validation[0], RISING["val_loss"])
    np.testing.assert_array_equal(data.losses.training[0], RISING["running_loss"])
    assert data.accuracies is None
    assert (data.lowest, data.names) == ((2,), ())


def test_without_a_validation_loss_nothing_is_ringed():
    assert prepared(NO_LOSS).lowest == ()
    assert prepared(UNVALIDATED).losses.validation is None


def test_of_two_seeds_each_is_named():
    assert prepared(RISING, RISING).names == ("1", "2")


@pytest.mark.parametrize("present", ["losses", "accuracies"])
def test_one_panel_alone_has_the_width_of_the_page(present):
    absent = "accuracies" if present == "losses" else "losses"
    figure = drawn("registro", replace(LOG, **{absent: None}))
    (axes,) = figure.axes
    assert axes.get_position().width * 142 > 110
    assert getattr(LOG.words, "loss" if present == "losses" else "accuracy") in words(figure)


def test_each_seed_is_thin_and_the_mean_thick():
    figure = drawn("registro", LOG)
    losses, accuracies = figure.axes
    assert [line.get_linewidth() for line in losses.lines if len(line.get_xdata()) > 1] == [0.6, 0.6, 1.6] * 2
    assert [line.get_linewidth() for line in accuracies.lines if len(line.get_xdata()) > 1] == [0.6, 0.6, 1.6]
    rings = [line for line in losses.lines if line.get_marker() == "o" and len(line.get_xdata()) == 1]
    assert [ring.get_xdata()[0] for ring in rings] == [2, 3]


def test_a_panel_with_no_curve_or_with_no_number_is_refused():
    with pytest.raises(ValueError, match="se esperaba alguna curva"):
        Panel(None, None)
    with pytest.raises(ValueError, match="se esperaban números finitos"):
        Panel((np.array([0.5, np.nan]),), None)
