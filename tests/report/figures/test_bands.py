"""Bands: made of the findings' numbers, and refused where they cannot be drawn."""

import numpy as np
import pytest
from lstm_drawings import band

from report.figures.bands import Band, band_of, in_logs
from report.ledger.ledger import Leaf
from report.ledger.quantities import ACCURACY


def numbers(*values):
    return tuple(ACCURACY(Leaf(value, "n")) for value in values)


def test_a_band_of_two_seeds_at_three_places():
    x = np.array([1.0, 10, 100])
    made = band_of(
        x,
        [numbers(0.9, 0.8), numbers(0.7, 0.6), numbers(0.5, 0.4)],
        [numbers(0.7, 1), numbers(0.5, 0.8), numbers(0.3, 0.6)],
    )
    assert made.seeds.tolist() == [[0.9, 0.7, 0.5], [0.8, 0.6, 0.4]]
    assert (made.low.tolist(), made.high.tolist()) == ([0.7, 0.5, 0.3], [1, 0.8, 0.6])
    assert in_logs(made).x.tolist() == [0, 1, 2]
    assert in_logs(made).seeds is made.seeds


@pytest.mark.parametrize(
    "made",
    [
        lambda: band((1, 2), (0.5, np.nan)),
        lambda: Band(np.array([1.0, 2.0]), np.ones((1, 2)), np.ones(1), np.ones(2)),
        lambda: Band(np.array([]), np.ones((1, 0)), np.array([]), np.array([])),
    ],
    ids=("NaN", "band", "empty"),
)
def test_what_cannot_be_drawn_is_refused(made):
    with pytest.raises(ValueError, match="revise los registros"):
        made()
