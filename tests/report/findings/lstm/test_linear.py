"""The control by itself."""

import math

import pytest
from studies import make_study, only

from report.findings.lstm.linear import BesideChance, Model, find


def test_what_it_reached_by_hand():
    """It errs once in ten of 400 reviews, 20 of each class; from the last words, twice as often; the
    usual weights, once more."""
    finding = find(only(make_study(2), "linear"))
    assert finding.verdict is BesideChance.ABOVE
    assert [each.value for each in finding.accuracy.each] == [0.9, 0.9]
    for interval in (*finding.wilson, finding.lowest):
        assert [end.value for end in interval] == pytest.approx([0.8667, 0.9257], abs=5e-5)
    assert finding.margin.value == pytest.approx(0.3667, abs=5e-5)
    assert [
        (name, accuracy.value.value, sd.value, loss.value) for name, _, accuracy, sd, loss in finding.rows
    ] == [
        (Model.CONTROL, 0.9, 0, 0.31),
        (Model.LAST_WORDS, 0.8, 0, 0.33),
        (Model.TFIDF, 0.8975, 0, 0.33),
    ]
    for estimate in (each.estimate for each in finding.models):
        half = (estimate.high.value - estimate.low.value) / 2
        share = estimate.value.value
        assert half == pytest.approx(1.96 * math.sqrt(share * (1 - share) / 400), rel=0.1)


def test_one_seed_has_no_column_of_deviations():
    assert [len(row) for row in find(make_study(1)).rows] == [4, 4, 4]


def test_half_right_is_no_more_than_chance():
    chance = {"confusion": (100, 100, 100, 100)}
    assert find(make_study(1, linear=chance)).verdict is BesideChance.NOT_ABOVE


def test_every_seed_must_be_above_chance():
    finding = find(make_study(2, linear=[{}, {"confusion": (110, 90, 92, 108)}]))  # 218 of 400: from 0.496
    assert finding.verdict is BesideChance.NOT_ABOVE
    assert finding.lowest == finding.wilson[1]
    assert finding.margin.value == pytest.approx(0.0040, abs=5e-5)


def test_the_penalties_that_were_tried_are_told():
    finding = find(make_study(2, linear=[{"chosen": 0.1}, {}]))
    tried = [(each.c.value, each.accuracy.mean.value) for each in finding.candidates]
    assert tried == [(0.1, 0.895), (0.3, 0.902)]
    assert [number.value for number in finding.chosen] == [0.1, 0.3]
