"""Intervals over reviews and seeds, against what theory gives for simple cases."""

import math

import numpy as np
import pytest

from report.findings import two_way as module
from report.findings.two_way import GROUPS, SAMPLES, ends, mean_ends, two_way


def half_width(interval):
    low, high = interval
    return (high - low) / 2


def test_one_seed_has_the_error_of_a_proportion():
    """3,440 of 4,000: 1.96 √(0.86 · 0.14 / 4,000)."""
    values = np.repeat([[1.0, 0.0]], [3_440, 560], axis=1)
    low, high = mean_ends(values)
    assert half_width((low, high)) == pytest.approx(1.96 * math.sqrt(0.86 * 0.14 / 4_000), rel=0.08)
    assert (low + high) / 2 == pytest.approx(0.86, abs=5e-4)


def test_seeds_that_agree_on_every_review_are_worth_one():
    one = np.repeat([[1.0, 0.0]], [3_440, 560], axis=1)
    assert half_width(mean_ends(np.vstack([one] * 5))) == pytest.approx(half_width(mean_ends(one)), rel=0.05)


def test_seeds_that_differ_widen_it_by_the_error_of_their_mean():
    """Each seed right or wrong on every review: reviews add nothing, and of three seeds two are drawn:
    their means are 0, 1/2 or 1 with probabilities 4/9, 4/9 and 1/9, all more likely than a tail."""
    values = np.array([[0.0] * 50, [0.0] * 50, [1.0] * 50])
    assert mean_ends(values) == (0.0, 1.0)
    samples = two_way(50, 3)
    drawn = samples.over_seeds(samples.means(values))
    assert np.var(drawn) == pytest.approx(np.var([0, 0, 1], ddof=1) / 3, rel=0.1)


def test_both_sources_add():
    """Crossed: the variance is that of the mean of seeds plus that of the mean of reviews."""
    rng = np.random.default_rng(0)
    seeds, reviews = rng.normal(0, 0.02, (8, 1)), rng.normal(0, 1, (1, 4_000))
    values = seeds + reviews
    expected = math.sqrt(np.var(seeds, ddof=1) / 8 + np.var(reviews) / 4_000)
    samples = two_way(4_000, 8)
    assert np.std(samples.over_seeds(samples.means(values))) == pytest.approx(expected, rel=0.08)


def test_few_reviews_are_resampled_one_by_one_and_many_in_groups_of_equal_size():
    few, many = two_way(60, 2), two_way(4 * GROUPS + 3, 2)
    assert sorted(few.group) == list(range(60))
    assert sorted(np.bincount(many.group)) == [4] * (GROUPS - 3) + [5] * 3
    assert many.group.tolist() != sorted(many.group)  # not by rows, which are in order of class


def test_each_sample_draws_as_many_as_there_are_and_one_seed_less():
    samples = two_way(60, 4)
    assert samples.times.shape == (SAMPLES, 60)
    assert set(samples.times.sum(axis=1)) == set(samples.sizes) == {60}
    assert set(samples.drawn.sum(axis=1)) == {3}


def test_the_samples_are_the_same_everywhere():
    """Of the generator's whole numbers alone: PCG64 with the seed of the module."""
    rng = np.random.Generator(np.random.PCG64(module.RANDOM_SEED))
    expected = np.bincount(rng.integers(0, 60, (SAMPLES, 60), dtype=np.uint32)[0], minlength=60)
    np.testing.assert_array_equal(two_way(60, 3).times[0], expected)
    two_way.cache_clear()
    np.testing.assert_array_equal(two_way(60, 3).times[0], expected)


def test_sums_of_whole_numbers_are_whole():
    values = np.arange(60).reshape(1, 60) % 2.0
    assert set(two_way(60, 1).sums(values).ravel() % 1) == {0.0}


def test_a_mean_among_some_ignores_the_others():
    values, among = np.array([[1.0, 1.0, 5.0, 5.0]]), np.array([True, True, False, False])
    means = two_way(4, 1).means(values, among)
    assert set(means[~np.isnan(means)]) == {1.0}
    assert np.isnan(means).any()  # samples without any of them
    assert mean_ends(values, among) == (1.0, 1.0)


def test_sums_by_kind_are_those_of_each_kind():
    samples, kind = two_way(6, 1), np.array([0, 1, 2, 0, 1, 2])
    values = np.arange(6.0)
    apart = np.stack([samples.sums((values * (kind == k))[None])[:, 0] for k in range(3)], axis=1)
    np.testing.assert_allclose(samples.sums_by(values, kind, 3), apart)


def test_two_quantities_are_compared_within_each_sample():
    """Pairs that always differ by one have an interval of no width."""
    first = np.random.default_rng(1).random((2, 300))
    samples = two_way(300, 2)
    apart = samples.over_seeds(samples.means(first + 1) - samples.means(first))
    np.testing.assert_allclose(ends(apart), (1, 1))
