"""The reviews that are named, with what they are given whole."""

import numpy as np
from studies import lstm_run, make_study, with_array

from report.study.named import GIVEN, ROWS, SURE_WRONG, highest, named, surely_wrong, with_named


def test_the_highest_and_of_equals_the_first():
    values = np.array([0.5, 0.9, 0.7, 0.9, 0.1, 0.6, 0.7, 0.8])
    among = np.array([True, True, True, True, True, True, True, False])
    assert highest(values, among).tolist() == [1, 3, 2, 6, 5]
    assert highest(values, np.zeros(8, bool)).tolist() == []


def test_the_surest_of_both_kinds_and_those_far_from_the_control():
    """Rows 0 to 6 are read well, 7 is not; the control says the same but of row 6."""
    ours = np.array([[0.1, 0.2, 0.3, 0.05, 0.4, 0.15, 0.45, 0.9]])
    theirs = np.where(np.arange(8) == 6, 0.9, ours)
    positive = np.zeros(8, bool)
    assert named(ours, None, positive).tolist() == [0, 1, 2, 3, 5, 7]
    assert named(ours, theirs, positive).tolist() == [0, 1, 2, 3, 5, 6, 7]


def test_what_each_is_given_is_kept_to_the_last_bit():
    run = lstm_run(1)
    said = run.arrays["probability"].copy()
    said[3] = 1.5e-6
    ((kept,), _) = with_named([with_array(run, "probability", said)])
    assert 3 in kept.arrays[ROWS]
    np.testing.assert_array_equal(kept.arrays[GIVEN], said[kept.arrays[ROWS]])


def test_the_surely_wrong_are_counted_to_the_last_bit():
    """Means of 0.9 and 0.8999 for the wrong class, which are one thousandth; of 0.95 for the right one; and
    of 0.1 for the positive class of a positive review."""
    ours = np.array([[0.9, 0.8998, 0.95, 0.1], [0.9, 0.9, 0.95, 0.1]])
    assert surely_wrong(ours, np.array([False, False, True, True])) == 2
    study = make_study(2)
    assert study.lstm[0].arrays[SURE_WRONG].tolist() == [0]  # all answers are of 0.8
    assert SURE_WRONG not in study.linear[0].arrays


def test_what_is_reduced_stays_as_it_is():
    study = make_study(2)
    assert with_named(study.lstm, study.linear) == (study.lstm, study.linear)
    for run in (*study.lstm, *study.linear):
        assert run.arrays[ROWS].tolist() == study.lstm[0].arrays[ROWS].tolist()


def test_tests_on_other_reviews_have_none_in_common():
    first, second = lstm_run(1), lstm_run(2)
    other = with_array(second, "label", 1 - second.arrays["label"])
    runs, _ = with_named([first, other])
    assert all(ROWS not in run.arrays for run in runs)
