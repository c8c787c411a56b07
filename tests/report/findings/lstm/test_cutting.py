"""What seeing only the end costs the control."""

import pytest
from studies import make_study, only

from report.findings.lstm.cutting import Cost, find

WORSE, BETTER, AS_MUCH = (170, 30, 30, 170), (196, 4, 3, 197), (178, 22, 22, 178)


@pytest.mark.parametrize(
    ("last", "verdict"),
    [
        ([WORSE, WORSE], Cost.COSTS),
        ([BETTER, BETTER], Cost.GAINS),
        ([WORSE, WORSE, AS_MUCH], Cost.COSTS_ON_AVERAGE),
        ([WORSE, BETTER], Cost.MIXED),
        ([AS_MUCH, AS_MUCH], Cost.NOT_SHOWN),  # 4 of 4 in each
    ],
)
def test_all_words_against_the_last_ones(last, verdict):
    assert find(make_study(len(last), linear=[{"last": each} for each in last])).verdict == verdict


def test_by_hand():
    """The control errs on 40 of 400 with all words and on 60 with the last: 5 points, ± 1.96 √(0.05 · 0.95
    / 400); the change has no sign."""
    costs = find(only(make_study(1, linear={"last": WORSE}), "linear"))
    assert costs.difference.value.value == costs.change.value.value == pytest.approx(5)
    assert costs.difference.low.value == pytest.approx(5 - 2.1, abs=0.4)
    gains = find(make_study(1, linear={"last": BETTER}))
    assert gains.difference.value.value == pytest.approx(-8.25)
    assert gains.change.value.value == pytest.approx(8.25)
    assert costs.words.value == 250
