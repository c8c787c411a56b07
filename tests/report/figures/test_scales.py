"""The numbers on the scales, as Spanish writes them."""

import numpy as np
import pytest

from report.figures.scales import DecimalFormatter, PercentFormatter, log_scale
from report.figures.style import new_figure, panel


@pytest.mark.parametrize(
    ("sign", "locs", "labels"),
    [
        (".", [0, 0.5, 1], ["0.0", "0.5", "1.0"]),
        (",", [0.25, 0.5], ["0,25", "0,50"]),
        (",", [-1, 0, 1], ["−1", "0", "1"]),
        (".", [0, 2000, 4000], ["0", "2000", "4000"]),
        (",", [5000, 10_000], ["5000", "10\u00a0000"]),
        (",", [-0.1, -1e-17], ["−0,1", "0,0"]),
        (".", [0.1 + 0.2], ["0.3"]),
    ],
)
def test_tick_labels_are_spanish(sign, locs, labels):
    assert DecimalFormatter(sign).format_ticks(locs) == labels


@pytest.mark.parametrize(
    ("sign", "locs", "labels"),
    [
        (".", [0, 0.2, 0.4], ["0\u00a0%", "20\u00a0%", "40\u00a0%"]),
        (",", [0, 0.005, 0.01], ["0,0\u00a0%", "0,5\u00a0%", "1,0\u00a0%"]),
        (".", [0.29], ["29\u00a0%"]),
    ],
)
def test_shares_are_labelled_as_percentages(sign, locs, labels):
    assert PercentFormatter(sign).format_ticks(locs) == labels


def test_whole_numbers_stand_at_their_logarithms():
    axes = panel(new_figure(40), 10, 10, 50, 20)
    log_scale(axes.xaxis, [10, 500, 20_000])
    np.testing.assert_allclose(axes.get_xticks(), [1, np.log10(500), np.log10(20_000)])
    assert [label.get_text() for label in axes.get_xticklabels()] == ["10", "500", "20\u00a0000"]
