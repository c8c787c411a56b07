"""A threshold that makes both errors alike on the validation part, and what it leaves of the bias."""

import numpy as np
import pytest
from studies import make_study, with_array

from report.findings.answers import balanced_threshold
from report.findings.lstm.balanced_threshold import Harder, find, harder_of
from report.findings.lstm.confusion import Bias
from report.findings.lstm.threshold import Explains
from report.study.answers import LEVELS

TO_NEGATIVE = (190, 10, 60, 140)


def counts(negatives, positives):
    """int64[2, LEVELS] of how many stand at which level."""
    found = np.zeros((2, LEVELS), np.int64)
    for line, given in zip(found, (negatives, positives), strict=True):
        for level, n in given.items():
            line[level] = n
    return found


@pytest.mark.parametrize(
    ("negatives", "positives", "level"),
    [
        ({100: 90, 600: 10}, {400: 10, 900: 90}, 500),  # from 401 to 600 ten of each: nearest to one half
        ({100: 100}, {300: 20, 900: 80}, 300),  # none of either from 101 to 300
        ({100: 90, 700: 10}, {400: 30, 900: 70}, 400),  # none beside ten, not thirty beside ten
        ({100: 90, 700: 10}, {450: 1, 900: 9}, 500),  # of other sizes: a tenth of each
        ({100: 5}, {}, 500),  # nothing to make alike
    ],
)
def test_the_threshold_that_makes_shares_alike(negatives, positives, level):
    assert balanced_threshold(counts(negatives, positives)) == level


def test_by_hand():
    """Of 60 false negatives 20 stand at 0.45, as do 5 true negatives; validation has no errors from 0.40
    to 0.41."""
    finding = find(make_study(1, lstm={"confusion": TO_NEGATIVE, "chosen": 0.4, "mended": 20, "broken": 5}))
    (row,) = finding.rows
    seed, chosen, false_negative, false_positive, p, points = (number.value for number in row)
    assert (seed, false_negative, false_positive) == (1, 40, 15)
    assert 0.40 < chosen < 0.42
    assert (points, finding.worst_p.value) == (pytest.approx(3.75), p)
    assert p == pytest.approx(0.00102, abs=5e-5)  # binomial, 15 of 55
    assert (finding.wrong.positives.mean.value, finding.wrong.negatives.mean.value) == (0.2, 0.075)
    assert (finding.usual.positives.mean.value, finding.usual.negatives.mean.value) == (0.3, 0.05)
    assert (finding.validation.positives.mean.value, finding.validation.negatives.mean.value) == (1.0, 0.0)
    assert (finding.verdict, finding.by_seed[0].bias) == (Explains.REMAINS, Bias.NEGATIVE)


@pytest.mark.parametrize(
    ("mended", "broken", "verdict"),
    [(20, 5, Explains.REMAINS), (50, 0, Explains.REMOVED), (55, 60, Explains.REVERSED)],
)
def test_what_becomes_of_the_bias(mended, broken, verdict):
    choices = {"confusion": TO_NEGATIVE, "chosen": 0.4, "mended": mended, "broken": broken}
    assert find(make_study(2, lstm=choices)).verdict is verdict


def test_with_the_usual_threshold_nothing_changes():
    assert find(make_study(2, lstm={"confusion": TO_NEGATIVE})).verdict is Explains.SAME_THRESHOLD


@pytest.mark.parametrize(
    ("wrong", "harder"),
    [
        # 0.05 and 0.3 of 200 on the test part; on validation, of 1,000 of each class
        ((0, 0), Harder.BOTH),
        ((0, 300), Harder.NEGATIVE),
        ((50, 100), Harder.POSITIVE),
        ((50, 300), Harder.NEITHER),
        ((200, 600), Harder.NEITHER),
    ],
)
def test_which_class_is_harder_on_the_test_part(wrong, harder):
    study = make_study(2, lstm={"confusion": TO_NEGATIVE})
    of_negatives, of_positives = wrong
    said = counts(
        {100: 1_000 - of_negatives, 900: of_negatives}, {100: of_positives, 900: 1_000 - of_positives}
    )
    assert harder_of([with_array(run, "val_said", said) for run in study.lstm]) is harder


def test_harder_is_what_every_seed_shows():
    study = make_study(2, lstm={"confusion": TO_NEGATIVE})
    first, second = study.lstm
    none, same = counts({100: 1_000}, {900: 1_000}), counts({100: 950, 900: 50}, {100: 300, 900: 700})
    runs = [with_array(first, "val_said", none), with_array(second, "val_said", same)]
    assert harder_of(runs) is Harder.NEITHER
