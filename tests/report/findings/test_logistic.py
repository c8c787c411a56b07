"""The regression of correct answers on the length, from counts: against what statsmodels finds in the same
answers, and what can be worked out by hand."""

import math

import numpy as np
import pytest

from experiments.reviews.by_length import regress
from report.findings.logistic import interaction

WINDOW = 250


def table(length, first, other):
    pairs = (first & other, first & ~other, ~first & other, ~first & ~other)
    words = np.unique(length)
    return np.array([[each, *(np.sum(pair & (length == each)) for pair in pairs)] for each in words])


@pytest.mark.parametrize("longest", [240, 900])
def test_as_statsmodels_finds_it_review_by_review(longest):
    rng = np.random.default_rng(7)
    length = rng.integers(20, longest, 3_000)
    hard = rng.random(3_000)
    first, other = hard < 0.95 - length / 3_000, hard + 0.1 * rng.normal(size=3_000) < 0.9
    theirs = regress(length, WINDOW, first, other)
    ours = interaction(table(length, first, other), WINDOW)
    expected = (theirs.interaction.estimate, theirs.interaction.low, theirs.interaction.high)
    assert ours == pytest.approx(expected, rel=1e-6)


def test_of_two_lengths_it_is_the_difference_of_log_odds_ratios():
    """Right on 60 and 40 of 100, the other always on 50: ln(6/4) twice, 2 standard deviations apart. Log
    odds from independent answers have a variance of 1 / (n p q)."""
    rows = [[50, 30, 30, 20, 20], [100, 20, 20, 30, 30]]
    estimate, low, high = interaction(np.array(rows), WINDOW)
    assert estimate == pytest.approx(-math.log(1.5))
    few = 200 / 199 * 399 / 396
    error = math.sqrt(few * (2 / 24 + 2 / 25)) / 2
    assert (high - low) / 2 == pytest.approx(1.959964 * error, rel=1e-5)


@pytest.mark.parametrize(
    "rows",
    [
        [[50, 30, 30, 20, 20]],  # one length alone
        [[50, 40, 0, 0, 0], [100, 40, 0, 0, 0]],  # always right
        [[50, 40, 0, 20, 0], [100, 0, 0, 40, 20]],  # the first always right at one length, never at the other
        [[50, 30, 30, 20, 20], [900, 20, 20, 30, 30]],  # nothing tells what is longer from what is cut
    ],
)
def test_answers_that_do_not_tell_have_none(rows):
    assert interaction(np.array(rows), WINDOW) is None
