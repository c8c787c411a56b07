"""What early stopping and the schedule did."""

import pytest
from studies import make_study

from report.findings import lstm_stopping
from report.findings.lstm_stopping import Schedule, Stopping


@pytest.mark.parametrize(
    ("stopped", "verdict"),
    [
        ([True], Stopping.ALL),
        ([False], Stopping.NONE),
        ([True, True], Stopping.ALL),
        ([True, False, False], Stopping.SOME),
        ([False, False], Stopping.NONE),
    ],
)
def test_stopping(stopped, verdict):
    finding = lstm_stopping.find_stopping(
        make_study(len(stopped), lstm=[{"stopped_early": each} for each in stopped])
    )
    assert finding.verdict == verdict
    assert finding.values["stopped"].value == sum(stopped)
    assert [number.value for number in finding.values["trained"]] == [5] * len(stopped)
    assert finding.values["max_epochs"].value == 10


FLAT, DROPS = (2e-4,) * 5, (2e-4, 1e-4, 1e-4, 5e-5, 5e-5)


@pytest.mark.parametrize(
    ("rates", "verdict", "drops", "lowest"),
    [
        ([FLAT], Schedule.NONE, [0], 2e-4),
        ([DROPS], Schedule.ALL, [2], 5e-5),
        ([DROPS, DROPS], Schedule.ALL, [2, 2], 5e-5),
        ([DROPS, FLAT], Schedule.SOME, [2, 0], 5e-5),
        ([FLAT, FLAT], Schedule.NONE, [0, 0], 2e-4),
    ],
)
def test_schedule(rates, verdict, drops, lowest):
    finding = lstm_stopping.find_schedule(
        make_study(len(rates), lstm=[{"learning_rate": each} for each in rates])
    )
    assert finding.verdict == verdict
    assert [number.value for number in finding.values["drops"]] == drops
    assert finding.values["lowest"].value == lowest


def test_one_epoch_drops_nothing():
    study = make_study(1, lstm={"val_loss": (0.5,)})
    assert lstm_stopping.find_schedule(study).verdict == Schedule.NONE


def test_a_rise_is_no_drop():
    assert lstm_stopping.drops([1e-4, 2e-4, 2e-4, 1e-4]) == 1
