"""Accuracy from the shortest to the longest reviews, by hand: buckets of 100 reviews, whose Wilson
intervals are some 0.06 to 0.1 to either side."""

import pytest
from studies import make_study

from report.findings import lstm_length
from report.findings.lstm_length import Trend
from report.numbers import Leaf
from report.quantities import ACCURACY


def interval(low: float, high: float):
    return ACCURACY(Leaf(low, "a")), ACCURACY(Leaf(high, "b"))


SHORT, LOWER, TOUCHING, HIGHER = (
    interval(*ends) for ends in ((0.8, 0.9), (0.6, 0.7), (0.7, 0.8), (0.92, 0.95))
)


@pytest.mark.parametrize(
    ("pairs", "trend", "margin"),
    [
        ([(SHORT, LOWER)], Trend.FALLS, 0.1),
        ([(SHORT, HIGHER)], Trend.RISES, 0.02),
        ([(SHORT, TOUCHING)], Trend.NOT_SHOWN, 0.0),
        ([(SHORT, SHORT)], Trend.NOT_SHOWN, 0.1),
        ([(SHORT, LOWER), (SHORT, LOWER)], Trend.FALLS, 0.1),
        ([(SHORT, LOWER), (SHORT, SHORT)], Trend.NOT_SHOWN, 0.1),
        ([(SHORT, LOWER), (SHORT, HIGHER)], Trend.NOT_SHOWN, 0.15),  # until the second falls too
    ],
)
def test_a_change_is_said_only_if_all_seeds_show_it(pairs, trend, margin):
    assert lstm_length.trend_of(pairs) == trend
    assert lstm_length.margin(pairs).value == pytest.approx(margin)


def test_turning_the_reviews_round_turns_the_trend_round():
    for pairs in ([(SHORT, LOWER)], [(SHORT, HIGHER)], [(SHORT, TOUCHING)]):
        back = [(last, first) for first, last in pairs]
        turned = {Trend.FALLS: Trend.RISES, Trend.RISES: Trend.FALLS}
        here = lstm_length.trend_of(pairs)
        assert lstm_length.trend_of(back) == turned.get(here, here)
        assert lstm_length.margin(back).value == lstm_length.margin(pairs).value


def find(*lengths, **choices):
    memory = [{"lengths": each, **choices} for each in lengths]
    return lstm_length.find(make_study(len(lengths), memory=memory))


def test_the_rows_hold_seeds_mean_and_control():
    first, _, last = find((0.9, 0.8, 0.7), (0.8, 0.8, 0.6)).values["deciles"]
    assert (first["low"].value, first["high"].value, first["n"].value) == (10, 120, 100)
    assert [number.value for number in first["lstm"].each] == [0.9, 0.8]
    assert first["lstm"].mean.value == pytest.approx(0.85)
    assert first["linear"].value == 0.9
    assert last["linear"].value == 0.88
    # Wilson's interval of the mean, 85 of 100
    assert [end.value for end in first["band"]] == pytest.approx([0.7672, 0.9069], abs=5e-5)


def test_the_trends_of_both_models():
    finding = find((0.95, 0.9, 0.7), linear_lengths=(0.7, 0.8, 0.9))
    assert (finding.verdict, finding.values["control"]) == (Trend.FALLS, Trend.RISES)
    assert find((0.95, 0.9, 0.7), (0.95, 0.9, 0.94)).verdict == Trend.NOT_SHOWN


def test_the_seeds_that_change_are_named():
    values = find((0.95, 0.9, 0.7), (0.7, 0.9, 0.95), (0.9, 0.9, 0.9)).values
    named = {trend: [seed.value for seed in seeds] for trend, seeds in values["changing"].items()}
    assert named == {Trend.FALLS: [1], Trend.RISES: [2]}
    # to the second bucket, the last that is seen whole: 0.95 to 0.6 alone is a fall
    values = find((0.95, 0.6, 0.5), (0.9, 0.9, 0.9)).values
    assert [seed.value for seed in values["whole_falling"]] == [1]


def test_the_stars_with_most_errors():
    hardest = find((0.9, 0.8, 0.7)).values["hardest"]
    assert (hardest["low"].value, hardest["lstm"].mean.value, hardest["linear"].value) == (7, 0.74, 0.82)
    assert find((0.9, 0.8, 0.7), stars=False).values["hardest"] is None


def test_a_term_that_the_reviews_cannot_give_is_none():
    (row,) = find((0.9, 0.8, 0.7)).values["regression"]
    assert [number.value for number in (row["model"].value, row["model"].low, row["model"].high)] == [
        -0.35,
        -0.41,
        -0.29,
    ]
    (row,) = find((0.9, 0.8, 0.7), truncated=False).values["regression"]
    assert row["truncated"] is None
