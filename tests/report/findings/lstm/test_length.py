"""Accuracy from the shortest to the longest reviews, by hand: buckets of 100 reviews, whose Wilson
intervals are some 0.06 to 0.1 to either side."""

import math
from dataclasses import replace

import pytest
from studies import make_study

from report.findings.lstm import length
from report.findings.lstm.length import Line, Term
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
    # of 90 of 100, both seeds alike: Wilson's
    assert [end.value for end in first.linear_band] == pytest.approx([0.8256, 0.9448], abs=5e-5)
    # 88 % of each and 99 % of the control's
    assert last.last.mean.value == pytest.approx(0.87)


def test_the_band_has_what_varies_between_seeds():
    """0.9, 0.8 and 0.85: a standard deviation of 0.05, 4.303 times 0.05 / sqrt(3) is 0.1242; Wilson's ends
    0.8256, 0.7112 and 0.7672 are 0.0820 below on average."""
    first, *_ = find((0.9, 0.8, 0.7), (0.8, 0.8, 0.6), (0.85, 0.8, 0.6)).deciles
    below = ((0.9 - 0.8256) + (0.8 - 0.7112) + (0.85 - 0.7672)) / 3
    low = 0.85 - math.hypot(4.30265 * 0.05 / math.sqrt(3), below)
    assert first.band[0].value == pytest.approx(low, abs=1e-4)
    assert first.band[1].value <= 1


def test_a_band_ends_where_accuracies_do():
    """Of two seeds Student's t knows next to nothing: 12.7 times 0.05."""
    first, *_ = find((0.9, 0.8, 0.7), (0.8, 0.8, 0.6)).deciles
    assert first.band[1].value == 1.0


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
    assert [seed.value for seed in finding.whole_changing[Trend.FALLS]] == [1]


def test_the_stars_with_most_errors():
    hardest = find((0.9, 0.8, 0.7)).hardest
    assert (hardest.low.value, hardest.lstm.mean.value, hardest.linear.mean.value) == (7, 0.74, 0.82)
    assert find((0.9, 0.8, 0.7), stars=False).hardest is None


def terms(finding):
    return {each.term: (each.every, each.whole) for each in finding.regressions}


def test_both_regressions_are_told_term_by_term():
    found = terms(find((0.9, 0.8, 0.7)))
    assert list(found) == list(Term)
    every, whole = found[Term.INTERACTION]
    assert (every.value.value, whole.value.value) == (-0.10, -0.12)
    assert [number.value for number in (every.low, every.high)] == [-0.18, -0.02]
    assert found[Term.TRUNCATED_MODEL][0].value.value == -0.05
    assert found[Term.TRUNCATED_MODEL][1] is None  # nothing is cut there


def test_a_term_that_no_regression_gives_has_no_line():
    assert set(terms(find((0.9, 0.8, 0.7), truncated=False))) == {
        Term.LOG_LENGTH,
        Term.MODEL,
        Term.INTERACTION,
    }
    assert terms(find((0.9, 0.8, 0.7), whole=None))[Term.MODEL][1] is None
    nothing = find((0.9, 0.8, 0.7), (0.9, 0.8, 0.7), interaction=None, whole=None)
    assert nothing.regression_rows == ()
    only = find((0.9, 0.8, 0.7), interaction=None)
    assert terms(only)[Term.INTERACTION][0] is None


def test_the_columns_of_the_tables_are_headed_by_their_limits():
    finding = find((0.9, 0.8, 0.7), (0.8, 0.8, 0.6))
    assert [number.value for number in finding.decile_limits] == [120, 240, 900]
    reviews, lstm, control, last, ahead = finding.decile_rows
    assert [number.value for number in ahead[1:]] == pytest.approx([5.0, 9.0, 23.0])
    assert [row[0] for row in (reviews, lstm, control, last, ahead)] == list(Line)
    assert [number.value for number in last[1:]] == [0.89, 0.88, 0.87]
    assert [number.value for number in reviews[1:]] == [100, 100, 100]
    assert [number.value for number in lstm[1:]] == pytest.approx([0.85, 0.8, 0.65])
    assert [number.value for number in control[1:]] == [0.9, 0.89, 0.88]
    assert len(finding.star_limits) == len(finding.stars) == len(finding.star_rows[0]) - 1
    assert {len(row) for row in finding.regression_rows} == {4}


def test_those_that_are_printed_alike_are_equally_far():
    """Points of 8.04, 7.96 and 7.94: the first two are printed as 8.0."""
    near = length.find(make_study(1)).stars[0]
    each = [replace(near, ahead=replace(near.ahead, value=value)) for value in (8.04, 7.96, 7.94)]
    assert [bucket.ahead.value for bucket in length.most_ahead(each)] == [8.04, 7.96]
    assert length.most_ahead([]) == ()
