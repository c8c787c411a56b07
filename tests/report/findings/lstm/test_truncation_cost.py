"""What cutting costs a model that forgets nothing, by hand.

Of 400 reviews, 200 negative ones first, those whose number times 3 leaves more than 150 over 400 are
longer than 250 words: 249 of them. A model errs on the last reviews of each class.
"""

from dataclasses import replace

import numpy as np
import pytest
from studies import make_study, with_array

from report.findings.conditions import Basis
from report.findings.lstm import truncation_cost
from report.findings.lstm.truncation_cost import Cost, Line

NONE, FEW, MANY = (200, 0, 0, 200), (198, 2, 2, 198), (160, 40, 40, 160)


def find(*pairs, **config):
    """One seed for each (whole reviews, last words)."""
    linear = [{"confusion": whole, "last_words": last} for whole, last in pairs]
    return truncation_cost.find(make_study(len(pairs), linear=linear, lstm=config))


def inside(rows):
    """How many of these reviews are cut."""
    return sum(3 * row % 400 > 150 for row in rows)


@pytest.mark.parametrize(
    ("pairs", "verdict"),
    [
        ([(NONE, MANY)], Cost.LOSES),
        ([(MANY, NONE)], Cost.GAINS),
        ([(MANY, MANY)], Cost.NOT_SHOWN),
        ([(NONE, FEW)], Cost.NOT_SHOWN),
        ([(NONE, MANY)] * 2, Cost.LOSES),
        ([(NONE, MANY), (MANY, MANY)], Cost.SOME),
        ([(MANY, NONE), (MANY, MANY)], Cost.NOT_SHOWN),
        ([(MANY, NONE), (NONE, MANY)], Cost.SOME),
    ],
)
def test_verdict(pairs, verdict):
    assert find(*pairs).verdict is verdict


def test_only_what_is_cut_counts():
    """The control errs on none; the other on the last forty of each class."""
    finding = find((NONE, MANY))
    wrong = inside([*range(160, 200), *range(360, 400)])
    assert finding.cut.n.value == inside(range(400)) == 249
    assert finding.whole.n.value == 151
    assert finding.cost.mean.value == pytest.approx(wrong / 249)
    assert finding.cut.control.mean.value == 1.0
    assert finding.cut.last_words.mean.value == pytest.approx(1 - wrong / 249)
    assert finding.whole.last_words.mean.value == pytest.approx(1 - (80 - wrong) / 151)
    assert [row[0] for row in finding.rows] == list(Line)
    assert [row[1].mean.value for row in finding.rows[:2]] == [1.0, pytest.approx(1 - wrong / 249)]


def test_the_lstm_beside_them():
    """Its errors are the last 30 - 1 of the negative and the last 28 of the positive reviews."""
    finding = find((NONE, MANY))
    assert finding.n_seeds.value == 1
    wrong = inside([*range(171, 200), *range(372, 400)])
    assert finding.cut.lstm.mean.value == pytest.approx(1 - wrong / 249)


def test_pairs_have_an_interval_by_agresti_and_min():
    """Where only the control is right in b of n: (b + 0.5 - 0.5) / (n + 2), to either side 1.96 times
    the root of (b + 1 - b²/(n + 2)) over n + 2."""
    (change,) = find((NONE, MANY)).change.each
    b, n = inside([*range(160, 200), *range(360, 400)]), 249
    half = 1.95996 * np.sqrt(b + 1 - b**2 / (n + 2)) / (n + 2)
    assert change.low.value == pytest.approx(-b / (n + 2) - half, abs=1e-6)
    assert change.high.value == pytest.approx(-b / (n + 2) + half, abs=1e-6)
    assert change.value.value == pytest.approx(-b / n)


def test_where_no_review_is_longer_nothing_is_cut():
    finding = find((NONE, MANY), sequence_length=600)
    assert (finding.verdict, finding.cut, finding.change, finding.cost) == (Cost.NONE_CUT, None, None, None)
    assert finding.whole.n.value == 400
    assert [row[1] for row in finding.rows] == [None] * 3


def test_where_all_are_longer_none_is_seen_whole():
    finding = find((NONE, MANY), sequence_length=50)
    assert (finding.cut.n.value, finding.whole) == (400, None)


def test_a_mean_of_three_may_show_what_one_does_not():
    finding = find(*[(NONE, MANY)] * 2, (NONE, (190, 10, 5, 195)), (NONE, MANY), (NONE, MANY))
    assert finding.verdict is Cost.LOSES
    thin = find((NONE, MANY), (NONE, MANY), (NONE, MANY), (NONE, FEW))
    assert (thin.verdict, thin.change.basis) == (Cost.LOSES, Basis.MEAN)


def test_padding_of_the_bits_is_no_review():
    """Of 12 reviews, the last four bits of the second byte."""
    assert truncation_cost.count(np.packbits(np.ones(12, bool))) == 12
    assert truncation_cost.count(truncation_cost.others(np.packbits(np.zeros(12, bool)), 12)) == 12
    some = np.packbits(np.arange(12) % 3 == 0)
    assert truncation_cost.count(truncation_cost.others(some, 12)) == 8


def test_the_reviews_that_are_cut_are_those_of_the_lstm():
    study = make_study(1, linear={"confusion": NONE, "last_words": MANY})
    (run,) = study.lstm
    only = with_array(run, "cut", np.packbits(np.arange(400) < 8))
    finding = truncation_cost.find(replace(study, lstm=(only,)))
    assert (finding.cut.n.value, finding.cost.mean.value) == (8, 0.0)
