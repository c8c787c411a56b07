"""What the threshold that validation would choose changes on the test part."""

import pytest
from studies import make_study, only

from report.findings.lstm.confusion import Bias
from report.findings.lstm.threshold import Explains, Worth, explains, find

TO_NEGATIVE, UNBIASED = (190, 10, 60, 140), (171, 29, 28, 172)
OTHER = {"chosen": 0.4}


@pytest.mark.parametrize(
    ("levels", "before", "after", "verdict"),
    [
        ([500, 500], Bias.NEGATIVE, Bias.NEGATIVE, Explains.SAME_THRESHOLD),
        ([400, 500], Bias.NOT_SHOWN, Bias.NEGATIVE, Explains.NO_BIAS),
        ([400, 500], Bias.NO_ERRORS, Bias.NO_ERRORS, Explains.NO_BIAS),
        ([400, 500], Bias.INCONSISTENT, Bias.NOT_SHOWN, Explains.VARIES),
        ([400, 500], Bias.NEGATIVE, Bias.INCONSISTENT, Explains.VARIES),
        ([400, 500], Bias.NEGATIVE, Bias.NOT_SHOWN, Explains.REMOVED),
        ([400, 500], Bias.NEGATIVE, Bias.NO_ERRORS, Explains.REMOVED),
        ([400, 500], Bias.NEGATIVE, Bias.NEGATIVE, Explains.REMAINS),
        ([400, 500], Bias.NEGATIVE, Bias.POSITIVE, Explains.REVERSED),
        ([600, 600], Bias.POSITIVE, Bias.POSITIVE, Explains.REMAINS),
    ],
)
def test_whether_the_threshold_explains_the_bias(levels, before, after, verdict):
    assert explains(levels, before, after) == verdict


@pytest.mark.parametrize(
    ("choices", "verdict", "worth"),
    [
        ({"confusion": TO_NEGATIVE}, Explains.SAME_THRESHOLD, Worth.NOT_SHOWN),
        ({"confusion": TO_NEGATIVE, **OTHER, "mended": 50}, Explains.REMOVED, Worth.GAINS),
        ({"confusion": TO_NEGATIVE, **OTHER, "mended": 20}, Explains.REMAINS, Worth.GAINS),
        (
            {"confusion": TO_NEGATIVE, **OTHER, "mended": 55, "broken": 60},
            Explains.REVERSED,
            Worth.NOT_SHOWN,
        ),
        ({"confusion": UNBIASED, **OTHER, "broken": 30}, Explains.NO_BIAS, Worth.LOSES),
    ],
)
def test_what_it_changes(choices, verdict, worth):
    finding = find(make_study(2, lstm=choices))
    assert (finding.verdict, finding.worth) == (verdict, worth)


def test_by_hand():
    """Of 60 false negatives 20 stand at 0.45, as do 5 true negatives; validation is best from 0.4 on:
    15 reviews of 400 more are right."""
    finding = find(make_study(1, lstm={"confusion": TO_NEGATIVE, **OTHER, "mended": 20, "broken": 5}))
    (row,) = finding.rows
    seed, chosen, false_negative, false_positive, p, points = (number.value for number in row)
    assert (seed, false_negative, false_positive) == (1, 40, 15)
    assert 0.39 < chosen < 0.42
    assert points == pytest.approx(3.75)
    assert finding.gain.value.value == finding.change.value.value == pytest.approx(3.75)
    assert p == pytest.approx(0.00102, abs=5e-5)  # binomial, 15 of 55
    assert (finding.before.false_negatives.value, finding.before.false_positives.value) == (60, 10)


def test_with_the_usual_threshold_nothing_changes():
    finding = find(make_study(2))
    assert {number.value for number in finding.chosen} == {0.5}
    assert (finding.gain.low.value, finding.gain.value.value, finding.gain.high.value) == (0, 0, 0)
    assert (finding.after.false_negatives.value, finding.after.false_positives.value) == (
        finding.before.false_negatives.value,
        finding.before.false_positives.value,
    )


def test_the_errors_of_all_seeds_of_the_control_stand_beside():
    control = find(make_study(2, linear={"confusion": TO_NEGATIVE})).control
    assert (control.false_negatives.value, control.false_positives.value) == (60, 10)
    assert control.bias is Bias.NEGATIVE
    assert find(only(make_study(2), "lstm")).control is None
