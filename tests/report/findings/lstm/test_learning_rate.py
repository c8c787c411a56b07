"""What the schedule did to the learning rate."""

import pytest
from studies import make_study

from report.findings.lstm import learning_rate
from report.findings.lstm.learning_rate import Lowered, find

FLAT, DROPS = (2e-4,) * 5, (2e-4, 1e-4, 1e-4, 5e-5, 5e-5)


@pytest.mark.parametrize(
    ("rates", "verdict", "drops", "lowest"),
    [
        ([FLAT], Lowered.NONE, [0], 2e-4),
        ([DROPS], Lowered.ALL, [2], 5e-5),
        ([DROPS, DROPS], Lowered.ALL, [2, 2], 5e-5),
        ([DROPS, FLAT], Lowered.SOME, [2, 0], 5e-5),
        ([FLAT, FLAT], Lowered.NONE, [0, 0], 2e-4),
    ],
)
def test_schedule(rates, verdict, drops, lowest):
    finding = find(make_study(len(rates), lstm=[{"learning_rate": each} for each in rates]))
    assert finding.verdict == verdict
    assert [number.value for number in finding.drops] == drops
    assert finding.lowest.value == lowest


def test_one_epoch_drops_nothing():
    study = make_study(1, lstm={"val_loss": (0.5,)})
    assert find(study).verdict == Lowered.NONE


def test_a_rise_is_no_drop():
    assert learning_rate.drops([1e-4, 2e-4, 2e-4, 1e-4]) == 1
