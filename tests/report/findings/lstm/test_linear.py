"""The control by itself."""

import pytest
from studies import make_study, only

from report.findings.lstm.linear import BesideChance, Model, find


def test_what_it_reached_by_hand():
    """It errs once in ten of 400 reviews, 20 of each class."""
    finding = find(only(make_study(1), "linear"))
    assert finding.verdict is BesideChance.ABOVE
    assert finding.accuracy.value == 0.9
    assert [end.value for end in finding.wilson] == pytest.approx([0.8667, 0.9257], abs=5e-5)
    assert finding.margin.value == pytest.approx(0.3667, abs=5e-5)
    ((name, hits, accuracy, *ends),) = finding.accuracy_rows
    assert (name, hits.value, accuracy.value) == (Model.CONTROL, 360, 0.9)
    assert tuple(ends) == finding.wilson


def test_half_right_is_no_more_than_chance():
    assert find(make_study(1, linear={"confusion": (100, 100, 100, 100)})).verdict is BesideChance.NOT_ABOVE


def test_the_penalties_that_were_tried_are_told():
    finding = find(make_study(1))
    assert [(c.value, accuracy.value) for c, accuracy in finding.candidates] == [(1.0, 0.895), (4.0, 0.902)]
    assert finding.chosen_c.value == 4.0
