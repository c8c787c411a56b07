"""Definitions against values worked out by hand, in tables or by summing."""

import math
from statistics import NormalDist

import pytest

from report.findings import measures
from report.findings.measures import ClassScores

# --- mean, spread, intervals -------------------------------------------------------------


def test_mean_and_standard_deviation():
    assert measures.mean([2, 4, 9]) == 5
    assert measures.standard_deviation([2, 4, 9]) == pytest.approx(math.sqrt(13))  # (9 + 1 + 16) / 2


def test_a_single_value_has_no_spread():
    assert measures.mean([0.25]) == 0.25
    assert measures.standard_deviation([0.25]) is None
    assert measures.t_interval([0.25]) is None


def test_t_interval_with_the_quantiles_of_the_printed_tables():
    low, high = measures.t_interval([0.86, 0.87, 0.88])
    half = 4.3027 * 0.01 / math.sqrt(3)  # t with two degrees of freedom
    assert (low, high) == pytest.approx((0.87 - half, 0.87 + half), abs=1e-6)
    low, high = measures.t_interval([1, 2, 3, 4, 5])
    half = 2.7764 * math.sqrt(2.5) / math.sqrt(5)
    assert (low, high) == pytest.approx((3 - half, 3 + half), abs=1e-4)


def test_t_interval_of_equal_values_is_a_point():
    assert measures.t_interval([0.5, 0.5]) == (0.5, 0.5)


def test_a_higher_confidence_is_a_wider_interval():
    """At 99 %: 9.925 with two degrees of freedom, and 2.576 of the normal distribution."""
    low, high = measures.t_interval([0.86, 0.87, 0.88], 0.99)
    assert (high - low) / 2 == pytest.approx(9.925 * 0.01 / 3**0.5, rel=1e-3)
    z2 = 2.5758**2
    assert measures.wilson_interval(0, 20, 0.99)[1] == pytest.approx(z2 / (20 + z2), rel=1e-4)


def test_the_interval_of_seeds_adds_both_sources_in_squares():
    """1, 2 and 3: a half of 2.484 between them; 0.5 below and 1 above each, on average."""
    low, high = measures.seeds_interval([1, 2, 3], [(0.6, 1.5), (1.4, 3), (2.5, 4.5)])
    assert low == pytest.approx(2 - math.hypot(4.3027 / 3**0.5, 0.5), abs=1e-3)
    assert high == pytest.approx(2 + math.hypot(4.3027 / 3**0.5, 1), abs=1e-3)


def test_one_seed_has_its_own_interval():
    assert measures.seeds_interval([0.5], [(0.4, 0.7)]) == (0.4, 0.7)


def test_seeds_that_agree_have_the_interval_of_the_reviews():
    assert measures.seeds_interval([0.5] * 3, [(0.4, 0.7)] * 3) == pytest.approx((0.4, 0.7))


def test_the_interval_of_a_mean_ratio_is_that_of_its_logarithm():
    """Of e, e squared and e cubed the logarithms are 1, 2 and 3: 4.3027 times 1 / sqrt(3) to either side,
    and 0.5 and 1 added in squares."""
    values = [math.exp(one) for one in (1, 2, 3)]
    ends = [(math.exp(low), math.exp(high)) for low, high in [(0.5, 2), (1.5, 3), (2.5, 4)]]
    assert measures.geometric_mean(values) == pytest.approx(math.exp(2))
    low, high = measures.ratio_interval(values, ends)
    assert math.log(low) == pytest.approx(2 - math.hypot(4.3027 / 3**0.5, 0.5), abs=1e-3)
    assert math.log(high) == pytest.approx(2 + math.hypot(4.3027 / 3**0.5, 1), abs=1e-3)


def test_the_paired_interval_by_hand():
    """Agresti and Min: 40 and 20 of 98 reviews, 40.5 and 20.5 of 100: 0.2, to either side 1.96 times the
    root of 61 - 4 over 100."""
    low, high = measures.paired_interval(40, 20, 98)
    half = 1.95996 * 57**0.5 / 100
    assert (low, high) == pytest.approx((0.2 - half, 0.2 + half), abs=1e-5)
    assert measures.paired_interval(20, 40, 98) == pytest.approx((-high, -low))


def test_the_paired_interval_holds_what_was_found():
    """All of ten: the middle is 10 / 12."""
    low, high = measures.paired_interval(10, 0, 10)
    assert low < 10 / 12 < 1.0 <= high
    low, high = measures.paired_interval(0, 0, 10)
    assert low < 0 < high


def test_newcombes_interval_of_his_own_example():
    """Newcombe (1998), table II, row (a): 56 of 70 and 48 of 80, method 10: 0.0524 to 0.3339."""
    first, second = measures.wilson_interval(56, 70), measures.wilson_interval(48, 80)
    low, high = measures.difference_interval(0.8, first, 0.6, second)
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_wilson_interval_of_the_report_written_by_hand():
    low, high = measures.wilson_interval(21_594, 25_000)  # 11142 + 10452
    assert (round(low, 4), round(high, 4)) == (0.8595, 0.8680)


def test_wilson_interval_solves_its_equation():
    """Its ends are the rates p with (k/n - p)^2 = z^2 p (1 - p) / n."""
    z = NormalDist().inv_cdf(0.975)
    for k, n in ((3, 10), (50, 100), (399, 400)):
        for p in measures.wilson_interval(k, n):
            assert (k / n - p) ** 2 == pytest.approx(z**2 * p * (1 - p) / n)


def test_wilson_interval_without_and_with_all_hits():
    z2 = NormalDist().inv_cdf(0.975) ** 2
    assert measures.wilson_interval(0, 20) == pytest.approx((0, z2 / (20 + z2)))
    assert measures.wilson_interval(20, 20) == pytest.approx((20 / (20 + z2), 1))


# --- the binomial test -------------------------------------------------------------------


def summed(a: int, b: int) -> float:
    """The probability of a division at least as uneven, term by term."""
    n, far = a + b, abs(a - b)
    return sum(math.comb(n, k) for k in range(n + 1) if abs(2 * k - n) >= far) / 2**n


@pytest.mark.parametrize(
    ("a", "b"), [(0, 1), (0, 5), (0, 6), (3, 3), (2, 8), (8, 2), (28, 30), (7, 20), (40, 61)]
)
def test_binomial_test_is_the_sum_of_the_tails(a, b):
    assert measures.binomial_p(a, b) == pytest.approx(summed(a, b), rel=1e-10)


def test_binomial_test_by_hand():
    assert measures.binomial_p(0, 5) == pytest.approx(2 / 32)
    assert measures.binomial_p(0, 6) == pytest.approx(2 / 64)


def test_binomial_test_of_nothing_and_of_a_tie_is_one():
    assert measures.binomial_p(0, 0) == 1
    assert measures.binomial_p(4, 4) == 1


def test_binomial_test_of_the_report_written_by_hand():
    assert measures.binomial_p(1_358, 2_048) < 1e-30


# --- curves ------------------------------------------------------------------------------


def test_rises_of_a_curve():
    curve = [0.6, 0.5, 0.55, 0.55, 0.54, 0.60]
    assert measures.rises(curve) == 2
    assert measures.sign_changes(curve) == 3  # down, up, flat, down, up
    assert measures.increments([1, 3, 2]) == [2, -1]


def test_a_steady_climb_changes_sign_never():
    assert measures.sign_changes([0.4, 0.5, 0.6, 0.7]) == 0
    assert measures.sign_changes([0.4, 0.4, 0.4]) == 0


@pytest.mark.parametrize("curve", [[], [0.5]])
def test_nothing_rises_in_one_epoch(curve):
    assert measures.rises(curve) == measures.sign_changes(curve) == 0


def test_generalization_loss_by_hand():
    assert measures.generalization_loss([0.5, 0.4, 0.44, 0.38, 0.57]) == pytest.approx([0, 0, 0.1, 0, 0.5])


def test_generalization_loss_above_a_minimum_of_zero_has_no_bound():
    assert measures.generalization_loss([0.5, 0.0, 0.0, 0.1]) == [0, 0, 0, math.inf]


def test_onset_is_the_first_of_the_epochs_that_hold():
    assert measures.onset([0.5, 0.4, 0.404, 0.42, 0.43], 0.02, 2) == 4  # 1 %, 5 %, 7.5 %
    assert measures.onset([0.4, 0.42, 0.40, 0.42, 0.43], 0.02, 2) == 4  # the first is not held


def test_no_onset():
    assert measures.onset([0.5, 0.4, 0.3], 0.02, 2) is None
    assert measures.onset([0.5, 0.4, 0.42], 0.02, 2) is None  # only one epoch is left to hold
    assert measures.onset([0.4], 0.02, 2) is None
    assert measures.onset([1.0, 1.5, 1.5], 0.5, 2) is None  # equal to the threshold


# --- classes -----------------------------------------------------------------------------


def test_class_scores_by_hand():
    assert measures.class_scores(6, 2, 4) == ClassScores(0.75, 0.6, pytest.approx(2 / 3))


def test_scores_without_denominator_are_missing():
    assert measures.class_scores(0, 0, 5) == ClassScores(None, 0, 0)
    assert measures.class_scores(0, 5, 0) == ClassScores(0, None, 0)
    assert measures.class_scores(0, 0, 0) == ClassScores(None, None, None)
