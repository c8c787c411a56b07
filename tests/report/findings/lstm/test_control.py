"""The control beside the LSTM, by the reviews that only one of them gets right."""

import math
from dataclasses import replace

import pytest
from studies import make_study

from experiments.records.base import RecordError
from report.findings.lstm.control import Better, Order, find


def test_a_study_by_hand():
    """Of 400 reviews, in each class the last ones are read wrongly: 28 and 30 by the LSTM, 20 and
    20 by the control, which alone is right on 8 and on 10."""
    finding = find(make_study(1, lstm={"confusion": (172, 28, 30, 170)}))
    row = finding.by_seed[0]
    assert (row.only_lstm.value, row.only_control.value) == (0, 18)
    assert row.p.value == pytest.approx(2 / 2**18)
    assert finding.verdict == Better.CONTROL
    assert finding.difference.value.value == pytest.approx(4.5)  # 18 of 400, in points
    half = (finding.difference.high.value - finding.difference.low.value) / 2
    assert half == pytest.approx(196 * math.sqrt(0.045 * 0.955 / 400), rel=0.1)


def test_the_lead_is_of_whichever_is_right_more_often():
    control = find(make_study(1, lstm={"confusion": (172, 28, 30, 170)}))
    assert control.lead == control.difference
    lstm = find(make_study(1, lstm={"confusion": (196, 4, 3, 197)}))
    assert lstm.verdict == Better.LSTM
    assert lstm.difference.value.value == pytest.approx(-33 / 4)
    assert (lstm.lead.value.value, lstm.lead.low.value, lstm.lead.high.value) == (
        -lstm.difference.value.value,
        -lstm.difference.high.value,
        -lstm.difference.low.value,
    )


@pytest.mark.parametrize(
    ("lstm", "order", "points"),
    [
        ({"confusion": (172, 28, 30, 170)}, Order.ADVANTAGE, 5.5),
        ({"confusion": (150, 50, 50, 150)}, Order.NO_ADVANTAGE, 5.0),
        ({"confusion": (160, 40, 41, 159)}, Order.NOT_TOLD, 0.25),
        ({"confusion": (196, 4, 3, 197)}, Order.NOT_ASKED, 18.25),
        ({"confusion": (100, 100, 100, 100), "val_accuracy": (0.5,) * 5}, Order.NOT_ASKED, 30.0),
    ],
)
def test_reading_in_order_is_judged_by_a_control_of_the_same_words(lstm, order, points):
    """Of 400 reviews the control answers 360 rightly, and 320 where it sees the last words alone; the LSTM
    342, 300, 319, 393, and 200 where it learned nothing."""
    finding = find(make_study(1, lstm=lstm))
    assert (finding.order, finding.same_words.value.value) == (order, pytest.approx(points))


def test_seeds_that_disagree_have_a_verdict_each():
    """18 to none in the first, 5 to none (0.0625) in the second."""
    finding = find(make_study(2, lstm=[{"confusion": (172, 28, 30, 170)}, {"confusion": (178, 22, 23, 177)}]))
    assert finding.verdict == Better.MIXED
    assert {kind: [row.seed.value for row in rows] for kind, rows in finding.groups.items()} == {
        Better.CONTROL: [1],
        Better.NOT_SHOWN: [2],
    }


@pytest.mark.parametrize(
    ("third", "verdict"),
    [((178, 22, 22, 178), Better.CONTROL_ON_AVERAGE), ((171, 29, 28, 172), Better.CONTROL)],
)
def test_from_three_seeds_on_their_mean_may_decide(third, verdict):
    """4 to none is not shown by itself; 17 to none is."""
    confusions = [(171, 29, 28, 172), (171, 29, 28, 172), third]
    assert find(make_study(3, lstm=[{"confusion": each} for each in confusions])).verdict == verdict


def test_other_reviews_are_refused():
    study = make_study(2)
    linear, second = study.linear
    sizes = linear.record.sizes.model_copy(update={"test": 401})
    other = replace(linear, record=linear.record.model_copy(update={"sizes": sizes}))
    with pytest.raises(
        RecordError, match=r"las mismas reseñas de prueba que en lstm/seed-1 \(400\).*\(401\)"
    ):
        find(replace(study, linear=(other, second)))
    shorter = replace(linear, arrays=linear.arrays | {"right": linear.arrays["right"][:, :-1]})
    with pytest.raises(RecordError, match="ejecute «make train»"):
        find(replace(study, linear=(shorter, second)))


def test_reviews_of_other_classes_are_refused():
    study = make_study(1)
    (linear,) = study.linear
    other = replace(linear, arrays=linear.arrays | {"positive": ~linear.arrays["positive"]})
    with pytest.raises(RecordError, match=r"^linear/seed-1: .*que en lstm/seed-1, .* de otras clases"):
        find(replace(study, linear=(other,)))


def test_each_seed_stands_beside_its_own_control():
    """Both are right on 344 of 400 reviews; the control of the first seed on 360, of the second on all."""
    finding = find(
        make_study(2, lstm={"confusion": (172, 28, 28, 172)}, linear=[{}, {"confusion": (200, 0, 0, 200)}])
    )
    assert [row.only_control.value for row in finding.by_seed] == [16, 56]
    assert [row.control.value for row in finding.by_seed] == [0.9, 1.0]


def test_whether_the_control_was_fitted_on_the_same_reviews():
    assert find(make_study(2)).same_split
    assert not find(make_study(2, linear=[{}, {"same_split": False}])).same_split


def test_the_rows_of_the_table():
    finding = find(make_study(1, lstm={"confusion": (172, 28, 30, 170)}))
    assert [[number.value for number in row[:5]] for row in finding.rows] == [[1, 0.855, 0.9, 0, 18]]
