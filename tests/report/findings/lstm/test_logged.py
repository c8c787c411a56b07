"""The table of epochs."""

from brought import RISING, UNVALIDATED, brought_lstm, brought_study
from studies import make_study

from report.findings.lstm.logged import Column, Minimum, find

SECOND, LAST = (0.6, 0.4, 0.5), (0.6, 0.5, 0.4)


def test_the_table_of_each_seed_by_hand():
    finding = find(make_study(2, lstm=[{"val_loss": curve} for curve in (SECOND, LAST)]))
    first, second = finding.histories
    assert (finding.verdict, finding.columns) == (Minimum.KNOWN, tuple(Column))
    assert (first.seed.value, first.selected.value, first.trained.value) == (1, 2, 3)
    assert (first.chosen, second.chosen) == (1, 2)
    assert [row[0].value for row in first.rows] == [1, 2, 3]
    assert [row[5].value for row in second.rows] == list(LAST)  # the validation losses
    assert len({len(row) for row in (*first.rows, *second.rows)}) == 1


def test_what_was_not_logged_has_no_column():
    finding = find(brought_study(brought_lstm(1, RISING, None)))
    assert finding.verdict is Minimum.KNOWN
    assert finding.columns == (Column.EPOCH, Column.RUNNING_LOSS, Column.VAL_LOSS, Column.LEARNING_RATE)
    (history,) = finding.histories
    assert [number.value for number in history.rows[1]] == [2, 0.5, 0.4, 1e-3]
    assert (history.selected.value, history.chosen) == (2, 1)


def test_without_a_validation_loss_no_epoch_stands_out():
    finding = find(brought_study(brought_lstm(1, UNVALIDATED, None)))
    assert finding.verdict is Minimum.UNKNOWN
    (history,) = finding.histories
    assert (history.selected, history.chosen, history.trained.value) == (None, None, 2)


def test_a_column_that_one_seed_lacks_is_left_out():
    finding = find(
        brought_study(brought_lstm(1, RISING, None), brought_lstm(2, {"val_loss": (0.5, 0.6)}, None))
    )
    assert finding.columns == (Column.EPOCH, Column.VAL_LOSS)
