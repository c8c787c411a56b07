"""The epoch from which the validation loss stays above its minimum."""

import pytest
from studies import make_study

from report.findings.lstm.onset import Reached, find

FLAT, CLIMBS = (0.5, 0.4, 0.4, 0.4), (0.5, 0.4, 0.41, 0.42)  # 2.5 % and 5 % above


@pytest.mark.parametrize(
    ("curves", "verdict", "epochs"),
    [
        ((CLIMBS,), Reached.ALL, [3]),
        ((CLIMBS, CLIMBS), Reached.ALL, [3, 3]),
        ((CLIMBS, FLAT), Reached.SOME, [3]),
        ((FLAT,), Reached.NONE, []),
        (((0.5, 0.4, 0.408, 0.408),), Reached.NONE, []),  # two per cent and no more
        (((0.5,),), Reached.UNKNOWN, []),
        (((0.4, 0.5),), Reached.UNKNOWN, []),
        ((CLIMBS, (0.5,)), Reached.SOME, [3]),
        ((FLAT, (0.5,)), Reached.UNKNOWN, []),
        (((0.5, 0.4, 0.3),), Reached.UNKNOWN, []),  # nothing was trained after the minimum
        (((0.5, 0.4, 0.3, 0.4),), Reached.UNKNOWN, []),  # one epoch, where two are asked for
        (((0.5, 0.4, 0.3, 0.3, 0.3),), Reached.NONE, []),
    ],
)
def test_onset(curves, verdict, epochs):
    finding = find(make_study(len(curves), lstm=[{"val_loss": curve} for curve in curves]))
    assert finding.verdict == verdict
    assert [epoch.value for epoch in finding.epochs] == epochs
    assert finding.count.value == len(epochs)
