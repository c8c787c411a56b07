"""The test accuracy beside chance and a published LSTM; ``linear_reference`` goes by the same rule."""

import pytest
from studies import make_study

from report.findings.lstm import linear_reference
from report.findings.lstm.linear_reference import Linear
from report.findings.lstm.test_accuracy import Standing, find
from report.findings.published import Side


def study(*hits: int, n: int = 400, **choices):
    """One seed for each number of hits out of ``n``, half the errors in each class."""
    half = n // 2
    confusions = [
        (half - (n - k) // 2, (n - k) // 2, n - k - (n - k) // 2, k - half + (n - k) // 2) for k in hits
    ]
    return make_study(len(hits), lstm=[{"confusion": confusion} for confusion in confusions], **choices)


@pytest.mark.parametrize(
    ("hits", "n", "verdict", "linear"),
    [
        # Wilson, half widths of about 0.042, 0.034, 0.028, 0.012
        ((320,), 400, Standing.BELOW, Linear.BELOW),
        ((346,), 400, Standing.COMPATIBLE, Linear.BELOW),
        ((365,), 400, Standing.ABOVE, Linear.COMPATIBLE),
        ((396,), 400, Standing.ABOVE, Linear.ABOVE),
        ((200,), 400, Standing.CHANCE, Linear.BELOW),
        ((218,), 400, Standing.CHANCE, Linear.BELOW),  # 0.545, from 0.496
        ((222,), 400, Standing.BELOW, Linear.BELOW),  # 0.555, from 0.506
        ((400,), 400, Standing.ABOVE, Linear.ABOVE),
        # Student, ± 4.303 · 0.0025 / √3 = ± 0.0062 around the mean, leaves 0.8650 out in the first
        # and in the third; Wilson's, of about ± 0.034 each, do so only in those that follow
        ((339, 340, 341), 400, Standing.COMPATIBLE, Linear.BELOW),
        ((344, 345, 346), 400, Standing.COMPATIBLE, Linear.BELOW),
        ((349, 350, 351), 400, Standing.COMPATIBLE, Linear.BELOW),
        ((319, 320, 321), 400, Standing.BELOW, Linear.BELOW),
        ((364, 365, 366), 400, Standing.ABOVE, Linear.COMPATIBLE),
        ((379, 380, 381), 400, Standing.ABOVE, Linear.ABOVE),
        ((319, 320, 346), 400, Standing.COMPATIBLE, Linear.COMPATIBLE),  # 0.8208 ± 4.303 · 0.0383 / √3
        ((300, 396), 400, Standing.COMPATIBLE, Linear.COMPATIBLE),  # two seeds far apart
    ],
)
def test_verdict_on_the_test_accuracy(hits, n, verdict, linear):
    results = study(*hits, n=n)
    assert find(results).verdict == verdict
    assert linear_reference.find(results).verdict == linear


def test_the_report_written_by_hand_is_compatible_with_dai_and_le():
    """0.8638 of 25,000: Wilson from 0.8595 to 0.8680, which holds 0.8650."""
    finding = find(make_study(1, lstm={"confusion": (11_142, 1_358, 2_048, 10_452)}))
    low, high = finding.wilson[0]
    assert (round(low.value, 4), round(high.value, 4)) == (0.8595, 0.8680)
    assert finding.verdict == Standing.COMPATIBLE
    assert finding.margin.value == pytest.approx(0.8680 - 0.8650, abs=5e-5)
    assert finding.hits[0].value == 21_594


@pytest.mark.parametrize("choices", [{"profile": "quick"}, {"sample_reviews": True}])
def test_published_figures_say_nothing_of_other_data_or_of_a_quick_look(choices):
    results = study(346, **choices)
    test, linear = find(results), linear_reference.find(results)
    assert (test.verdict, test.margin) == (Standing.NO_REFERENCE, None)
    assert (linear.verdict, linear.margin) == (Linear.NO_REFERENCE, None)


def test_sample_digits_do_not_touch_part_a():
    assert find(study(346, sample_digits=True)).verdict == Standing.COMPATIBLE


def test_chance_is_said_of_the_weakest_seed_and_without_reference_too():
    assert find(study(210, 390, sample_reviews=True)).verdict == Standing.CHANCE


def test_worse_than_chance_is_not_chance():
    """0.25 of 400: the interval ends below 0.3, so the answers are wrong more often than a coin's."""
    assert find(study(100)).verdict != Standing.CHANCE


def test_each_interval_has_its_side():
    """Wilson's of 0.80, 0.86 and 0.92 of 4,000 reach some 0.01 to either side of them, Student's of
    their mean 0.15; the reference is 0.865."""
    sides = find(study(3_200, 3_440, 3_680, n=4_000)).sides
    assert {placed.side: [seed.value for seed in placed.seeds] for placed in sides} == {
        Side.BELOW: [1],
        Side.COMPATIBLE: [2],
        Side.ABOVE: [3],
    }
    assert [placed.side for placed in sides if placed.mean] == [Side.COMPATIBLE]


def test_only_the_sides_that_are_taken_are_told():
    assert [placed.side for placed in find(study(3_200, n=4_000)).sides] == [Side.BELOW]
    assert find(study(200, n=400)).sides == ()  # chance: nothing to compare


def test_one_seed_has_no_interval_between_seeds():
    accuracy = find(study(346)).accuracy
    assert accuracy.sd is accuracy.interval is None
    assert accuracy.mean.value == 0.865


def test_the_rows_hold_each_seed_with_its_interval():
    finding = find(study(346, 350))
    assert [[number.value for number in row[:3]] for row in finding.rows] == [
        [1, 346, 0.865],
        [2, 350, 0.875],
    ]
    assert [row[3:] for row in finding.rows] == list(finding.wilson)


@pytest.mark.parametrize(
    ("hits", "compared"), [(320, True), (346, True), (365, True), (200, False), (100, False)]
)
def test_the_verdict_compares_with_the_reference_or_with_chance_alone(hits, compared):
    assert find(study(hits)).compared is compared
