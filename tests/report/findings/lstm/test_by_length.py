"""Accuracy by the length of the reviews of an author."""

import pytest
from brought import answers, brought_lstm, brought_study, deciles

from report.findings.collection import find_all
from report.findings.lstm.by_length import ByLength, find
from report.findings.trend import Trend


def study(*rights):
    return brought_study(
        *(
            brought_lstm(seed, None, answers=answers(), deciles=deciles(*right))
            for seed, right in enumerate(rights, start=1)
        )
    )


@pytest.mark.parametrize(
    ("rights", "verdict"),
    [
        ([(95, 70)], Trend.FALLS),
        ([(70, 95)], Trend.RISES),
        ([(85, 80)], Trend.NOT_SHOWN),
        ([(95, 70), (85, 85)], Trend.NOT_SHOWN),  # of all seeds or of none
        ([(95, 70), (96, 71)], Trend.FALLS),
    ],
)
def test_by_wilson_intervals_of_the_first_and_the_last(rights, verdict):
    assert find(study(*rights)).verdict is verdict


def test_a_decile_by_hand():
    """Wilson's interval of 95 in 100 is 0.8882 to 0.9785 (equation 5)."""
    first = find(study((95, 70))).deciles[0]
    assert (first.low.value, first.high.value, first.n.value) == (10, 200, 100)
    assert first.accuracy.mean.value == 0.95
    assert [end.value for end in first.band] == pytest.approx([0.8882, 0.9785], abs=5e-5)


def test_without_lengths_there_is_none():
    assert find_all(brought_study(brought_lstm(1, None, answers=answers()))).get(ByLength) is None
