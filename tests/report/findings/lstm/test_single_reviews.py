"""Single reviews by name."""

from dataclasses import replace

import numpy as np
import pytest
from brought import brought_lstm, brought_study
from studies import gan_run, lstm_run, make_study, only, study_of, with_array, with_leaf

from report.findings.lstm.single_reviews import Errors, Why, find
from report.ledger.ledger import Ledger
from report.ledger.spanish import Style
from report.study.named import SHOWN

ERRORS = (172, 28, 28, 172)


@pytest.mark.parametrize(
    ("choices", "verdict", "errors", "sure"),
    [
        ({"confusion": ERRORS}, Errors.UNSURE, 56, 0),
        ({"confusion": ERRORS, "sure": 0.97}, Errors.SURE, 56, 56),
        ({"confusion": (200, 0, 0, 200), "sure": 0.97}, Errors.NONE, 0, 0),
    ],
)
def test_whether_it_is_sure_of_what_it_gets_wrong(choices, verdict, errors, sure):
    finding = find(make_study(2, lstm=choices))
    assert (finding.verdict, finding.errors.value, finding.sure.value) == (verdict, errors, sure)


def saying(**rows):
    """The only seed says 0.6 of all reviews but of ``rows``."""
    said = np.full(400, 0.6, np.float32)
    for row, probability in rows.items():
        said[int(row.removeprefix("r"))] = probability
    return study_of([with_array(lstm_run(1), "probability", said), gan_run(1)])


def test_by_hand():
    """Rows 0 to 199 are negative with 2 stars, the others positive with 9; the control is right on all
    but the last 20 of each class."""
    study = saying(r3=0.01, r250=0.95, r7=0.99, r199=0.975, r300=0.02)
    finding = find(study)
    assert [each.name.value for each in finding.right[:2]] == ["test/neg/3_2.txt", "test/pos/250_9.txt"]
    assert [each.name.value for each in finding.wrong[:3]] == [
        *("test/neg/7_2.txt", "test/pos/300_9.txt", "test/neg/199_2.txt")
    ]
    # 0.99 and 0.02 where the control says 0.1 and 0.9
    assert [each.name.value for each in finding.apart[:2]] == ["test/neg/7_2.txt", "test/pos/300_9.txt"]
    assert finding.wrong[0].lstm.value == pytest.approx(0.99, abs=1e-6)
    assert finding.wrong[0].control.value == pytest.approx(0.1, abs=1e-6)
    # the other errors are at 0.6: the first two rows, on which the control is right
    assert [each.name.value for each in finding.wrong[3:]] == ["test/neg/0_2.txt", "test/neg/1_2.txt"]
    assert finding.both.value == 1


def test_seeds_are_averaged():
    """0.2 and 0.9 of the first review are 0.55, which is wrong."""
    first, second = (lstm_run(seed, confusion=(200, 0, 0, 200)) for seed in (1, 2))
    said = np.where(np.arange(400) < 200, 0.2, 0.8).astype(np.float32)
    said[0] = 0.9
    (wrong,) = find(study_of([first, with_array(second, "probability", said), gan_run(1), gan_run(2)])).wrong
    assert wrong.lstm.value == pytest.approx(0.55, abs=1e-6)


# --- to the last bit ---------------------------------------------------------------------

# Of twelve reviews, the first six negative; four of each class stand in the same thousandth.
GIVEN = (0.0009, 0.0003, 0.0091, 0.00002, 0.7, 0.70004, 0.9996, 0.9999, 0.99995, 0.9992, 0.3, 0.2999)


def given(*probabilities, positives):
    """What an author brings of one training, the ids from 100 on."""
    n = len(probabilities)
    return brought_lstm(
        1,
        None,
        answers={
            "probability": np.array(probabilities, np.float32),
            "label": (np.arange(n) >= n - positives).astype(np.int8),
            "review_id": np.arange(100, 100 + n, dtype=np.int32),
        },
    )


def test_the_surest_of_those_that_share_a_thousandth_come_first():
    """1 - 0.00002, 0.99995, 0.9999, 1 - 0.0003 and 0.9996: not the first at 0.000 or 0.999; of the
    errors 1 - 0.2999, 0.70004, 0.7 and 1 - 0.3."""
    finding = find(brought_study(given(*GIVEN, positives=6)))
    assert [each.name.value for each in finding.right] == [103, 108, 107, 101, 106]
    assert [each.name.value for each in finding.wrong] == [111, 105, 104, 110]


def test_a_probability_is_rounded_to_the_nearest_thousandth():
    """0.0091 is 0.009 and 0.0001 is 0.000; half a thousandth goes up."""
    ledger = Ledger(Style())
    finding = find(brought_study(given(0.0091, 0.0001, 0.0496, 0.9994, 0.99951, positives=2)))
    printed = {each.name.value: ledger.plain(each.lstm) for each in finding.right}
    assert printed == {100: "0.009", 101: "0.000", 102: "0.050", 103: "0.999", 104: "1.000"}


@pytest.mark.parametrize("name", ["sample_reviews", "own_reviews"])
def test_reviews_that_are_no_files_are_known_by_their_place(name):
    study = make_study(1)
    (run,) = study.lstm
    finding = find(replace(study, lstm=(with_leaf(run, "data.name", name),)))
    assert not finding.by_file
    assert finding.right[0].name.value == 201  # row 200, counted from 1


def test_unknown_stars_are_no_number():
    study = make_study(1)
    (run,) = study.lstm
    blank = with_array(run, "stars", np.zeros(400, np.uint8))
    assert {each.stars for each in find(replace(study, lstm=(blank,))).right} == {None}


def test_at_most_five_of_each_and_none_apart_without_a_control():
    whole = find(make_study(1))
    assert [row[0] for row in whole.rows] == [Why.RIGHT] * SHOWN + [Why.WRONG] * SHOWN + [Why.APART] * SHOWN
    alone = find(only(make_study(1), "lstm"))
    assert (alone.apart, alone.both) == ((), None)
    assert {row[-1] for row in alone.rows} == {None}
