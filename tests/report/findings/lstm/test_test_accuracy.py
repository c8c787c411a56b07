"""The test accuracy beside chance and a published LSTM; ``linear_reference`` goes by the same rule."""

import numpy as np
import pytest
from studies import make_study

from report.findings.lstm import linear_reference
from report.findings.lstm.linear_reference import Linear
from report.findings.lstm.test_accuracy import Line, Standing, find


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
        # one seed, half widths of about 0.039, 0.034, 0.028, 0.010
        ((320,), 400, Standing.BELOW, Linear.BELOW),
        ((346,), 400, Standing.UNCLEAR, Linear.BELOW),
        ((365,), 400, Standing.ABOVE, Linear.UNCLEAR),
        ((396,), 400, Standing.ABOVE, Linear.ABOVE),
        ((200,), 400, Standing.CHANCE, Linear.BELOW),
        ((218,), 400, Standing.CHANCE, Linear.BELOW),  # 0.545, Wilson from 0.496
        ((222,), 400, Standing.BELOW, Linear.BELOW),  # 0.555, from 0.506
        ((400,), 400, Standing.ABOVE, Linear.ABOVE),
        # seeds as near to each other as to be one: what they agree on leaves the same error
        ((339, 340, 341), 400, Standing.UNCLEAR, Linear.BELOW),
        ((319, 320, 321), 400, Standing.BELOW, Linear.BELOW),
        ((364, 365, 366), 400, Standing.ABOVE, Linear.UNCLEAR),
        ((379, 380, 381), 400, Standing.ABOVE, Linear.ABOVE),
        # seeds far apart: 0.8 and 0.9 of 4,000, with less than 0.013 for reviews, differ by more
        ((3_200, 3_600), 4_000, Standing.UNCLEAR, Linear.BELOW),
        ((3_200, 3_400, 3_680), 4_000, Standing.UNCLEAR, Linear.UNCLEAR),
    ],
)
def test_verdict_on_the_test_accuracy(hits, n, verdict, linear):
    results = study(*hits, n=n)
    assert find(results).verdict == verdict
    assert linear_reference.find(results).verdict == linear


def test_the_report_written_by_hand_does_not_clearly_differ_from_dai_and_le():
    """0.8638 of 25,000: Wilson from 0.8595 to 0.8680, which holds 0.8650, 0.1 points above it."""
    finding = find(make_study(1, lstm={"confusion": (11_142, 1_358, 2_048, 10_452)}))
    low, high = finding.wilson[0]
    assert (round(low.value, 4), round(high.value, 4)) == (0.8595, 0.8680)
    assert [finding.estimate.low.value, finding.estimate.high.value] == pytest.approx(
        [0.8595, 0.8680], abs=3e-4
    )
    assert finding.verdict == Standing.UNCLEAR
    assert finding.placed.apart.value == pytest.approx(100 * (0.8650 - 21_594 / 25_000))
    assert finding.hits[0].value == 21_594


def test_seeds_on_one_test_set_do_not_shrink_the_error_of_its_reviews():
    """Student's interval of 344, 345 and 346 of 400 would be ± 0.006; 400 reviews leave ± 0.034."""
    estimate = find(study(344, 345, 346)).estimate
    assert estimate.value.value == pytest.approx(0.8625)
    assert (estimate.high.value - estimate.low.value) / 2 == pytest.approx(0.034, abs=0.003)


def test_where_nothing_varies_wilson_stands_in():
    """All of 400 right in each seed: 1 / (1 + 1.96² / 400)."""
    estimate = find(study(400, 400)).estimate
    assert (estimate.low.value, estimate.high.value) == (pytest.approx(0.99049, abs=1e-5), 1.0)


@pytest.mark.parametrize("choices", [{"profile": "quick"}, {"sample_reviews": True}])
def test_published_figures_say_nothing_of_other_data_or_of_a_quick_look(choices):
    results = study(346, **choices)
    test, linear = find(results), linear_reference.find(results)
    assert (test.verdict, test.margin, test.placed) == (Standing.NO_REFERENCE, None, None)
    assert (linear.verdict, linear.margin, linear.placed) == (Linear.NO_REFERENCE, None, None)


def test_sample_digits_do_not_touch_part_a():
    assert find(study(346, sample_digits=True)).verdict == Standing.UNCLEAR


def test_chance_is_said_of_the_weakest_seed_and_without_reference_too():
    assert find(study(210, 390, sample_reviews=True)).verdict == Standing.CHANCE


def test_worse_than_chance_is_not_chance():
    """0.25 of 400: the interval ends below 0.3, so the answers are wrong more often than a coin's."""
    assert find(study(100)).verdict == Standing.WORSE_THAN_CHANCE


def test_one_seed_has_no_deviation():
    finding = find(study(346))
    assert finding.accuracy.sd is finding.accuracy.interval is None
    assert finding.estimate.value.value == 0.865
    assert len(finding.rows) == 1


def test_the_rows_hold_each_seed_their_mean_and_how_far_they_are_apart():
    """346 and 350 of 400 differ from their mean by 0.005: √(2 · 0.005²)."""
    finding = find(study(346, 350))
    first, second, mean, deviation = finding.rows
    assert [number.value for number in first[:3]] == [1, 346, 0.865]
    assert [number.value for number in second[:3]] == [2, 350, 0.875]
    assert [row[3:] for row in (first, second)] == list(finding.wilson)
    assert mean[0] is Line.MEAN
    assert mean[2:] == (finding.estimate.value, finding.estimate.low, finding.estimate.high)
    assert deviation[0] is Line.DEVIATION
    assert deviation[2].value == pytest.approx(np.sqrt(2) * 0.005)
    assert deviation[3:] == (None, None)


@pytest.mark.parametrize(
    ("hits", "compared"), [(320, True), (346, True), (365, True), (200, False), (100, False)]
)
def test_the_verdict_compares_with_the_reference_or_with_chance_alone(hits, compared):
    finding = find(study(hits))
    assert finding.compared is compared is (finding.placed is not None)


def test_the_seeds_above_chance_are_counted():
    """Of 400: 200 and 210 are within 0.05 of a coin's, 390 is not."""
    assert find(study(210, 390)).above_chance.value == 1
    assert find(study(200, 210)).above_chance.value == 0
