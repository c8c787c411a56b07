"""What early stopping did."""

import pytest
from studies import make_study

from report.findings.lstm.stopping import Stopped, find


@pytest.mark.parametrize(
    ("stopped", "verdict"),
    [
        ([True], Stopped.ALL),
        ([False], Stopped.NONE),
        ([True, True], Stopped.ALL),
        ([True, False, False], Stopped.SOME),
        ([False, False], Stopped.NONE),
    ],
)
def test_stopping(stopped, verdict):
    finding = find(make_study(len(stopped), lstm=[{"stopped_early": each} for each in stopped]))
    assert finding.verdict == verdict
    assert finding.stopped.value == sum(stopped)
    assert [number.value for number in finding.trained] == [5] * len(stopped)
    assert finding.max_epochs.value == 10
