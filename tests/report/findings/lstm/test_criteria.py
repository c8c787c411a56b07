"""The epoch that accuracy would have chosen."""

import pytest
from studies import make_study

from report.findings.lstm.criteria import Agreement, find

SECOND = (0.6, 0.4, 0.5)


@pytest.mark.parametrize(
    ("accuracies", "verdict", "best"),
    [
        ((0.7, 0.8, 0.75), Agreement.AGREE, 2),
        ((0.7, 0.8, 0.9), Agreement.DIFFER, 3),
        ((0.8, 0.8, 0.7), Agreement.AGREE, 1),  # a tie counts for both epochs
        ((0.8, 0.7, 0.8), Agreement.DIFFER, 1),  # of equal ones, the first
    ],
)
def test_criteria(accuracies, verdict, best):
    finding = find(make_study(1, lstm={"val_loss": SECOND, "val_accuracy": accuracies}))
    assert finding.verdict == verdict
    assert finding.best_epochs[0].value == best
    assert finding.best_accuracies[0].value == max(accuracies)
    assert finding.selected_accuracies[0].value == accuracies[1]


def test_one_seed_that_differs_is_enough():
    curves = make_study(
        2,
        lstm=[
            {"val_loss": SECOND, "val_accuracy": (0.7, 0.8, 0.7)},
            {"val_loss": SECOND, "val_accuracy": (0.7, 0.8, 0.9)},
        ],
    )
    finding = find(curves)
    assert finding.verdict == Agreement.DIFFER
    assert [seed.value for seed in finding.differing] == [2]
