"""The course of the validation loss, as it was logged."""

import pytest
from brought import RISING, SWINGING, brought_lstm, brought_study

from report.findings.lstm.val_loss_rises import Course, classify, find


@pytest.mark.parametrize(
    ("losses", "course"),
    [
        ((0.5,), Course.SINGLE_EPOCH),
        ((0.6, 0.5, 0.4), Course.FALLS),
        ((0.6, 0.5, 0.5, 0.4), Course.FALLS),  # a step that stays is no rise
        ((0.6, 0.65, 0.4), Course.SWINGS_DOWN),
        ((0.5, 0.4, 0.4, 0.5), Course.RISES),
        ((0.4, 0.4), Course.STAYS),
        ((0.5, 0.4, 0.4), Course.STAYS),
        ((0.5, 0.4, 0.6, 0.5), Course.RISES_AND_FALLS),
    ],
)
def test_course(losses, course):
    assert classify(losses) is course


def test_the_history_behind_a_report_written_by_hand():
    """From its third epoch on: 0.308916, 0.298916, 0.301842, 0.386241, 0.432091, 0.375995, 0.382462, of mean
    0.355209; and in the whole of it five epochs are above the one before, as its author wrote."""
    finding = find(brought_study(brought_lstm()))
    (seed,) = finding.by_seed
    assert finding.verdict is Course.RISES_AND_FALLS
    assert (seed.minimum.value, seed.loss.value, seed.after.value) == (3, 0.287634, 7)
    assert seed.above.value == pytest.approx(0.355209 - 0.287634, abs=1e-6)
    assert seed.share.value == pytest.approx(0.067575 / 0.287634, abs=1e-4)
    assert (seed.rises.value, seed.sign_changes.value) == (5, 5)


def test_where_no_epoch_follows_there_is_no_rise():
    (seed,) = find(brought_study(brought_lstm(1, SWINGING, None))).by_seed
    assert (seed.above, seed.share, seed.after.value, seed.rises.value) == (None, None, 0, 1)


def test_seeds_that_part_have_no_common_course():
    study = brought_study(brought_lstm(1, SWINGING, None), brought_lstm(2, RISING, None))
    finding = find(study)
    assert finding.verdict is Course.MIXED
    assert [[each.seed.value for each in members] for members in finding.groups.values()] == [[1], [2]]
