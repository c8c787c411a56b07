"""Copies: only nearer than real digits in every seed, and beyond chance."""

import pytest
from studies import make_study

from report.findings.gan.memorisation import Nearness, find


@pytest.mark.parametrize(
    ("measured", "verdict"),
    [
        (((0.6, 0.001), (0.6, 0.04)), Nearness.NEARER),
        (((0.6, 0.001), (0.6, 0.05)), Nearness.MIXED),  # equal to the threshold is not enough
        (((0.6, 0.2), (0.6, 0.2)), Nearness.NOT_NEARER),
        (((0.4, 0.001), (0.4, 0.001)), Nearness.NOT_NEARER),  # farther away, beyond chance
        (((0.4, 0.001), (0.4, 0.05)), Nearness.NOT_NEARER),  # only one of them
        (((0.5, 0.001), (0.6, 0.001)), Nearness.MIXED),
    ],
)
def test_memorisation(measured, verdict):
    study = make_study(2, readability=[{"auc": auc, "p": p} for auc, p in measured])
    finding = find(study)
    assert finding.verdict is verdict
    assert finding.farther == all(auc < 0.5 and p < 0.05 for auc, p in measured)
    assert finding.margin.value == pytest.approx(min(abs(auc - 0.5) for auc, _ in measured))
    assert finding.worst_p.value == max(p for _, p in measured)
