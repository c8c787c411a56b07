"""The chosen epoch, and the one that accuracy would have chosen."""

import pytest
from studies import make_study

from report.findings import lstm_selection
from report.findings.lstm_selection import Criteria, Selected

SECOND, LAST = (0.6, 0.4, 0.5), (0.6, 0.5, 0.4)


def study(*curves, **choices):
    return make_study(len(curves), lstm=[{"val_loss": curve, **choices} for curve in curves])


@pytest.mark.parametrize(
    ("curves", "verdict", "epochs", "last"),
    [
        ((SECOND,), Selected.SINGLE_SEED, [2], []),
        ((LAST,), Selected.SINGLE_SEED, [3], [1]),
        (((0.5,),), Selected.SINGLE_SEED, [1], [1]),
        ((SECOND, SECOND), Selected.SAME, [2, 2], []),
        ((SECOND, LAST, LAST), Selected.VARIES, [2, 3, 3], [2, 3]),
        (((0.4, 0.4),), Selected.SINGLE_SEED, [1], []),
    ],
)
def test_selected(curves, verdict, epochs, last):
    finding = lstm_selection.find_selected(study(*curves))
    assert finding.verdict == verdict
    assert [number.value for number in finding.values["epochs"]] == epochs
    assert [number.value for number in finding.values["last_selected"]] == last
    assert finding.headlines == ("epochs",)


@pytest.mark.parametrize(
    ("accuracies", "verdict", "best"),
    [
        ((0.7, 0.8, 0.75), Criteria.AGREE, 2),
        ((0.7, 0.8, 0.9), Criteria.DIFFER, 3),
        ((0.8, 0.8, 0.7), Criteria.AGREE, 1),  # a tie counts for both epochs
        ((0.8, 0.7, 0.8), Criteria.DIFFER, 1),  # of equal ones, the first
    ],
)
def test_criteria(accuracies, verdict, best):
    finding = lstm_selection.find_criteria(study(SECOND, val_accuracy=accuracies))
    assert finding.verdict == verdict
    assert finding.values["best_epochs"][0].value == best
    assert finding.values["best_accuracies"][0].value == max(accuracies)
    assert finding.values["selected_accuracies"][0].value == accuracies[1]


def test_one_seed_that_differs_is_enough():
    curves = make_study(
        2,
        lstm=[
            {"val_loss": SECOND, "val_accuracy": (0.7, 0.8, 0.7)},
            {"val_loss": SECOND, "val_accuracy": (0.7, 0.8, 0.9)},
        ],
    )
    finding = lstm_selection.find_criteria(curves)
    assert finding.verdict == Criteria.DIFFER
    assert [seed.value for seed in finding.values["differing"]] == [2]
