"""Accuracy from the shortest to the longest reviews, by hand: buckets of 100 reviews, whose Wilson
intervals are some 0.06 to 0.1 to either side."""

import pytest
from studies import make_study

from report.findings.lstm import length
from report.findings.lstm.length import Line
from report.findings.trend import Trend


def find(*lengths, **choices):
    memory = [{"lengths": each, **choices} for each in lengths]
    return length.find(make_study(len(lengths), memory=memory))


def test_the_rows_hold_seeds_mean_and_control():
    first, _, last = find((0.9, 0.8, 0.7), (0.8, 0.8, 0.6)).deciles
    assert (first.low.value, first.high.value, first.n.value) == (10, 120, 100)
    assert [number.value for number in first.lstm.each] == [0.9, 0.8]
    assert first.lstm.mean.value == pytest.approx(0.85)
    assert [number.value for number in first.linear.each] == [0.9, 0.9]
    assert last.linear.mean.value == 0.88
    # Wilson's interval of the mean, 85 of 100; and of 90 of 100
    assert [end.value for end in first.band] == pytest.approx([0.7672, 0.9069], abs=5e-5)
    assert [end.value for end in first.linear_band] == pytest.approx([0.8256, 0.9448], abs=5e-5)


def test_the_controls_that_change_are_named():
    study = make_study(2, memory=[{"linear_lengths": (0.95, 0.9, 0.7)}, {"linear_lengths": (0.9, 0.9, 0.9)}])
    finding = length.find(study)
    assert finding.control == Trend.NOT_SHOWN
    named = {trend: [seed.value for seed in seeds] for trend, seeds in finding.control_changing.items()}
    assert named == {Trend.FALLS: [1]}


def test_the_trends_of_both_models():
    finding = find((0.95, 0.9, 0.7), linear_lengths=(0.7, 0.8, 0.9))
    assert (finding.verdict, finding.control) == (Trend.FALLS, Trend.RISES)
    assert find((0.95, 0.9, 0.7), (0.95, 0.9, 0.94)).verdict == Trend.NOT_SHOWN


def test_the_seeds_that_change_are_named():
    finding = find((0.95, 0.9, 0.7), (0.7, 0.9, 0.95), (0.9, 0.9, 0.9))
    named = {trend: [seed.value for seed in seeds] for trend, seeds in finding.changing.items()}
    assert named == {Trend.FALLS: [1], Trend.RISES: [2]}
    # to the second bucket, the last that is seen whole: 0.95 to 0.6 alone is a fall
    finding = find((0.95, 0.6, 0.5), (0.9, 0.9, 0.9))
    assert [seed.value for seed in finding.whole_falling] == [1]


def test_the_stars_with_most_errors():
    hardest = find((0.9, 0.8, 0.7)).hardest
    assert (hardest.low.value, hardest.lstm.mean.value, hardest.linear.mean.value) == (7, 0.74, 0.82)
    assert find((0.9, 0.8, 0.7), stars=False).hardest is None


def test_a_term_that_the_reviews_cannot_give_is_none():
    (row,) = find((0.9, 0.8, 0.7)).regression
    assert [number.value for number in (row.model.value, row.model.low, row.model.high)] == [
        -0.35,
        -0.41,
        -0.29,
    ]
    assert row.truncated_model.value.value == -0.05
    finding = find((0.9, 0.8, 0.7), truncated=False)
    (row,) = finding.regression
    assert (row.truncated, row.truncated_model, finding.parts_truncated) == (None, None, False)


def test_the_columns_of_the_tables_are_headed_by_their_limits():
    finding = find((0.9, 0.8, 0.7), (0.8, 0.8, 0.6))
    assert [number.value for number in finding.decile_limits] == [120, 240, 900]
    reviews, lstm, control = finding.decile_rows
    assert [row[0] for row in (reviews, lstm, control)] == list(Line)
    assert [number.value for number in reviews[1:]] == [100, 100, 100]
    assert [number.value for number in lstm[1:]] == pytest.approx([0.85, 0.8, 0.65])
    assert [number.value for number in control[1:]] == [0.9, 0.89, 0.88]
    assert len(finding.star_limits) == len(finding.stars) == len(finding.star_rows[0]) - 1
    assert [len(row) for row in finding.regression_rows] == [5, 5]
