"""The table of epochs."""

from brought import HISTORY, RISING, UNVALIDATED, brought_lstm, brought_study
from studies import make_study

from experiments.records.brought import Brought
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


# --- what was printed ------------------------------------------------------------------------


def rounded(*runs: Brought) -> list[tuple[int, tuple[Column, ...]]]:
    return [(each.decimals.value, each.columns) for each in find(brought_study(*runs)).rounded]


def test_what_was_printed_comes_rounded():
    """The rate is told by its significant digits, and a sixth decimal changes nothing that is printed."""
    decimals = {"running_loss": 4, "running_accuracy": 2, "val_loss": 4, "val_accuracy": 5}
    assert rounded(brought_lstm(1, HISTORY, None, decimals=decimals)) == [
        (4, (Column.RUNNING_LOSS, Column.VAL_LOSS)),
        (2, (Column.RUNNING_ACCURACY,)),
    ]
    assert rounded(brought_lstm(1, RISING, None, decimals={"learning_rate": 4})) == []


def test_of_several_seeds_the_coarsest_says_what_the_mean_is_worth():
    fine, coarse = (brought_lstm(seed, RISING, None, decimals={"val_loss": 5 - seed}) for seed in (1, 2))
    assert rounded(fine, coarse) == [(3, (Column.VAL_LOSS,))]
    assert rounded(fine, brought_lstm(2, RISING, None)) == [(4, (Column.VAL_LOSS,))]


def test_whole_numbers_are_not_rounded():
    assert rounded(brought_lstm(1, HISTORY, None)) == []
    assert find(make_study(1)).rounded == ()
