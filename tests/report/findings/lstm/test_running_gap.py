"""The gap by what the training logged, on the history behind a report that was written by hand."""

import pytest
from brought import HISTORY, UNVALIDATED, brought_lstm, brought_study
from studies import make_study

from report.findings.collection import find_all
from report.findings.gap import Grade
from report.findings.lstm import running_gap, running_gap_last
from report.findings.lstm.running_gap import RunningGap
from report.findings.lstm.running_gap_last import RunningGapLast


def test_at_the_lowest_validation_loss_and_at_the_last_epoch_by_hand():
    """0.89955 - 0.8866 at the third epoch, and 0.9722 - 0.8830 at the tenth."""
    study = brought_study(brought_lstm())
    lowest, last = running_gap.find(study), running_gap_last.find(study)
    assert lowest.gap.mean.value == pytest.approx(0.01295)
    assert last.gap.mean.value == pytest.approx(0.0892)
    assert (lowest.verdict, last.verdict) == (Grade.MILD, Grade.MODERATE)
    assert (lowest.epochs[0].value, last.epochs[0].value) == (3, 10)


def test_of_a_training_done_here_it_is_apart_from_that_in_inference_mode():
    """The accuracy in marching mode is 0.02 above that of validation in the made-up runs."""
    finding = running_gap.find(make_study(2, lstm={"gap": 0.3}))
    assert [each.value for each in finding.gap.each] == pytest.approx([0.02, 0.02])


@pytest.mark.parametrize(
    ("history", "there"),
    [
        (HISTORY, {RunningGap, RunningGapLast}),
        ({"val_accuracy": (0.8, 0.8), "running_accuracy": (0.8, 0.9)}, {RunningGapLast}),
        (UNVALIDATED, set()),
        ({"val_loss": (0.4, 0.3)}, set()),
    ],
)
def test_it_needs_both_accuracies_and_for_an_epoch_the_loss(history, there):
    found = find_all(brought_study(brought_lstm(1, history)))
    assert {kind for kind in (RunningGap, RunningGapLast) if found.get(kind)} == there
