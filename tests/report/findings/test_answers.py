"""Order, calibration and threshold of probabilities, by hand."""

import numpy as np
import pytest

from report.findings import answers
from report.findings.two_way import ends, two_way
from report.study.answers import LEVELS, levels, middles

POSITIVE = np.array([False, False, True, True])


def at(*said):
    return levels(np.array(said))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((0.1, 0.2, 0.8, 0.9), 1.0),
        ((0.9, 0.8, 0.2, 0.1), 0.0),
        ((0.5, 0.5, 0.5, 0.5), 0.5),
        ((0.1, 0.6, 0.4, 0.9), 0.75),  # of four pairs, one is the wrong way round
        ((0.1, 0.4, 0.4, 0.9), 0.875),  # one tie
    ],
)
def test_the_area_is_the_share_of_pairs_in_order(said, expected):
    assert answers.area(at(*said), POSITIVE) == expected
    x, y = answers.roc(at(*said), POSITIVE)
    assert np.trapezoid(y, x) == pytest.approx(expected)
    assert (x[0], y[0], x[-1], y[-1]) == (0, 0, 1, 1)


def test_both_classes_give_the_same_area():
    rng = np.random.default_rng(0)
    positive = rng.random(500) < 0.4
    placed = answers.placements(levels(np.clip(rng.random(500) + positive / 4, 0, 1)), positive)
    assert placed[positive].mean() == pytest.approx(placed[~positive].mean())


def test_the_interval_of_an_area_is_that_of_hanley_and_mcneil():
    """Exponential scores of both classes with area A: their equation for the standard error, with
    Q1 = A / (2 - A) and Q2 = 2 A² / (1 + A), holds exactly for these."""
    rng = np.random.default_rng(3)
    n = 3_000
    positive = np.arange(n) % 2 == 0
    scores = rng.exponential(np.where(positive, 4.0, 1.0))
    level = levels(1 - np.exp(-scores / 3))
    a = answers.area(level, positive)
    assert a == pytest.approx(0.8, abs=0.02)
    q1, q2, m = a / (2 - a), 2 * a**2 / (1 + a), n / 2
    error = np.sqrt((a * (1 - a) + (m - 1) * (q1 - a**2) + (m - 1) * (q2 - a**2)) / m**2)
    samples = two_way(n, 1)
    low, high = ends(samples.over_seeds(answers.area_samples(level[None], positive, samples)))
    assert (high - low) / 2 == pytest.approx(1.96 * error, rel=0.1)


def test_brier_by_hand():
    """0.3 and 0.7 for a negative and a positive review: 0.09 each, up to the level."""
    found = answers.squared_errors(at(0.3, 0.7), np.array([False, True]))
    np.testing.assert_allclose(found, 0.09, atol=5e-4)


def test_surplus_is_confidence_less_being_right():
    found = answers.surplus_of(at(0.8, 0.8, 0.3), np.array([True, False, False]))
    np.testing.assert_allclose(found, [-0.2, 0.8, -0.3], atol=6e-4)


def test_the_calibration_error_by_hand():
    """Ten reviews at 0.9, of which seven are positive, and ten at 0.1, of which one is: half of 0.2."""
    level = at(*[0.9] * 10, *[0.1] * 10)
    positive = np.array([True] * 7 + [False] * 12 + [True])
    assert answers.calibration_error(level, positive) == pytest.approx(0.1, abs=6e-4)


def test_errors_of_both_signs_in_one_bin_cancel_and_in_two_do_not():
    level = at(0.61, 0.63)
    assert len(set(answers.bins(level))) == 1
    assert answers.calibration_error(level, np.array([True, False])) == pytest.approx(0.12, abs=1e-3)
    far = at(0.61, 0.81)
    assert answers.calibration_error(far, np.array([True, False])) == pytest.approx(
        (0.39 + 0.81) / 2, abs=1e-3
    )


def test_the_bins_are_of_equal_width_and_hold_the_ends():
    edges = answers.bins(np.array([0, 66, 67, LEVELS - 1]))
    assert edges.tolist() == [0, 0, 1, answers.BINS - 1]


def test_chance_alone_gives_what_simulation_gives():
    rng = np.random.default_rng(5)
    said = rng.random(2_000)
    level = levels(said)
    trials = [answers.calibration_error(level, rng.random(2_000) < middles(level)) for _ in range(200)]
    assert answers.error_by_chance(level) == pytest.approx(np.mean(trials), rel=0.05)


def test_samples_of_the_calibration_error_are_errors_of_samples():
    """One by one: the sample that draws each review so often, measured by itself."""
    rng = np.random.default_rng(6)
    level, positive = levels(rng.random(40)), rng.random(40) < 0.5
    samples = two_way(40, 1)
    drawn = np.repeat(np.arange(40), samples.times[7].astype(int))
    expected = answers.calibration_error(level[drawn], positive[drawn])
    assert answers.calibration_samples(level[None], positive, samples)[7, 0] == pytest.approx(expected)


def counts(negative, positive):
    found = np.zeros((2, LEVELS), np.int64)
    for line, given in enumerate((negative, positive)):
        np.add.at(found[line], levels(np.array(given)), 1)
    return found


@pytest.mark.parametrize(
    ("negative", "positive", "chosen"),
    [
        ([0.3], [0.7], 500),  # anything between will do: the nearest to one half
        ([0.3], [0.4], 399),  # the highest that still holds the positive one
        ([0.65], [0.9], 650),  # the lowest that leaves out the negative one
        ([0.9], [0.1], 900),  # one hit below both or above both: 99 and 900, and 900 is nearer
        ([0.901], [0.1], 99),  # as far, 99 and 901: the lower
    ],
)
def test_the_best_threshold_is_the_nearest_to_one_half(negative, positive, chosen):
    given = counts(negative, positive)
    assert answers.best_threshold(given) == chosen
    assert answers.hits_by_threshold(given)[chosen] == answers.hits_by_threshold(given).max()


def test_hits_at_every_threshold_by_hand():
    hits = answers.hits_by_threshold(counts([0.1, 0.6], [0.4, 0.9]))
    assert hits[0] == hits[LEVELS] == 2  # all positive, none positive
    assert (hits[300], hits[500], hits[700]) == (3, 2, 3)
    assert len(hits) == LEVELS + 1
