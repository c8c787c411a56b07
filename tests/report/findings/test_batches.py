"""Means over a stretch, by batches."""

import numpy as np
import pytest

from report.findings.batches import (
    batch_means,
    earlier_means,
    slope_interval,
    swing,
    tail,
    tail_mean,
    tail_start,
)


def test_the_tail_is_the_last_third():
    assert tail_mean(np.arange(9.0)) == 7  # 6, 7, 8
    assert tail_start(300) == 201
    assert tail(np.array([1.0])).tolist() == [1.0]
    assert tail_start(1) == 1


def test_batches_are_ten_and_the_last_values_are_kept():
    """Of 53 values, five a batch: the first three are left out."""
    values = np.concatenate([[9.0] * 3, np.repeat(np.arange(10.0), 5)])
    assert batch_means(values).tolist() == list(range(10))


def test_batches_of_fewer_than_five_are_none():
    assert batch_means(np.ones(49)) is None
    assert batch_means(np.ones(50)).tolist() == [1.0] * 10


@pytest.mark.parametrize(
    ("means", "expected"),
    [((1.0, 3.0, 1.0, 3.0), 1.1547), ((1.0, 2.0, 3.0, 4.0), 0.0), ((4.0, 3.0, 2.0), 0.0), ((1.0, 1.0), 0.0)],
)
def test_what_only_rises_or_falls_does_not_swing(means, expected):
    """Of 1, 3, 1, 3 the deviation is √(4 / 3)."""
    assert swing(means) == pytest.approx(expected, abs=1e-4)


def test_a_slope_by_hand():
    """Through 0, 2, 1, 3, two apart: x from the middle -3, -1, 1, 3, so that Σxy / Σx² = 8 / 20. The
    residuals are -0.3, 0.9, -0.9, 0.3, their squares 1.8; its error √(1.8 / 2 / 20) = 0.2121, Student's
    quantile of two degrees 4.3027."""
    slope, (low, high) = slope_interval((0, 2, 1, 3), 2)
    assert slope == pytest.approx(0.4)
    assert (low, high) == (pytest.approx(0.4 - 0.9128, abs=1e-4), pytest.approx(0.4 + 0.9128, abs=1e-4))


def test_the_thirds_before_the_last():
    assert earlier_means(np.array([1.0, 1.0, 3.0, 3.0, 9.0, 9.0])) == (1.0, 3.0)
    assert earlier_means(np.arange(4.0)) == (0.0, 1.5)  # the last of four is one: three are halved
