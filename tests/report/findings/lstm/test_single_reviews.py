"""Single reviews by name."""

from dataclasses import replace

import numpy as np
import pytest
from studies import make_study, only, with_array, with_leaf

from report.findings.lstm.single_reviews import SHOWN, Errors, Why, find, highest
from report.study.answers import levels, pack

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


def test_the_highest_and_of_equals_the_first():
    values = np.array([0.5, 0.9, 0.7, 0.9, 0.1, 0.6, 0.7, 0.8])
    assert highest(values, np.array([True, True, True, True, True, True, True, False])) == (1, 3, 2, 6, 5)
    assert highest(values, np.zeros(8, bool)) == ()


def saying(study, **rows):
    """The only seed says ``rows`` of single reviews."""
    run = study.lstm[0]
    said = np.full(400, 0.6)
    for row, probability in rows.items():
        said[int(row.removeprefix("r"))] = probability
    return replace(study, lstm=(with_array(run, "said", pack(levels(said), 2)),))


def test_by_hand():
    """Rows 0 to 199 are negative with 2 stars, the others positive with 9; the control is right on all
    but the last 20 of each class."""
    study = saying(make_study(1), r3=0.01, r250=0.95, r7=0.99, r199=0.98, r300=0.02)
    finding = find(study)
    assert [each.name.value for each in finding.right[:2]] == ["test/neg/3_2.txt", "test/pos/250_9.txt"]
    assert [each.name.value for each in finding.wrong[:3]] == [
        *("test/neg/7_2.txt", "test/pos/300_9.txt", "test/neg/199_2.txt")
    ]
    # 0.99 and 0.02 where the control says 0.1 and 0.9
    assert [each.name.value for each in finding.apart[:2]] == ["test/neg/7_2.txt", "test/pos/300_9.txt"]
    assert finding.wrong[0].lstm.value == pytest.approx(0.99, abs=6e-4)
    assert finding.wrong[0].control.value == pytest.approx(0.1, abs=6e-4)
    # the other errors are at 0.6: the first two rows, on which the control is right
    assert [each.name.value for each in finding.wrong[3:]] == ["test/neg/0_2.txt", "test/neg/1_2.txt"]
    assert finding.both.value == 1


def test_seeds_are_averaged():
    """0.2 and 0.9 of the first review are 0.55, which is wrong."""
    study = make_study(2, lstm={"confusion": (200, 0, 0, 200)})
    second = study.lstm[1]
    said = np.where(np.arange(400) < 200, 0.2, 0.8)
    said[0] = 0.9
    other = replace(study, lstm=(study.lstm[0], with_array(second, "said", pack(levels(said), 2))))
    (wrong,) = find(other).wrong
    assert wrong.lstm.value == pytest.approx(0.55, abs=1e-3)


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
