"""Whether the probabilities can be taken at their word."""

import pytest
from studies import make_study, only

from experiments.records.base import RecordError
from report.findings.base import Estimate
from report.findings.lstm.calibration import Reader, Sure, Tilt, Trust, find, sure_of, tilt_of, trust_of
from report.ledger.ledger import Leaf
from report.ledger.quantities import CALIBRATION

TO_NEGATIVE, TO_POSITIVE = (190, 10, 60, 140), (140, 60, 10, 190)


def estimate(low, high):
    return Estimate(*(CALIBRATION(Leaf(each, "e")) for each in ((low + high) / 2, low, high)))


@pytest.mark.parametrize(
    ("error", "by_chance", "surplus", "trust"),
    [
        ((0.00, 0.02), 0.00, (0.01, 0.03), Trust.CALIBRATED),
        ((0.01, 0.03), 0.01, (0.01, 0.03), Trust.CALIBRATED),  # chance gives half of what passes
        ((0.01, 0.03), 0.00, (0.01, 0.03), Trust.UNCLEAR),
        ((0.02, 0.03), 0.00, (0.01, 0.03), Trust.UNCLEAR),
        ((0.03, 0.05), 0.00, (0.01, 0.03), Trust.OVERCONFIDENT),
        ((0.03, 0.05), 0.02, (0.01, 0.03), Trust.UNCLEAR),
        ((0.03, 0.05), 0.00, (-0.03, -0.01), Trust.UNDERCONFIDENT),
        ((0.03, 0.05), 0.00, (-0.01, 0.01), Trust.OFF),
    ],
)
def test_first_how_far_then_to_which_side(error, by_chance, surplus, trust):
    assert trust_of(estimate(*error), by_chance, estimate(*surplus)) == trust


@pytest.mark.parametrize(
    ("excess", "tilt"),
    [((-0.2, -0.1), Tilt.LITTLE), ((0.1, 0.2), Tilt.MUCH), ((-0.1, 0.1), Tilt.NOT_SHOWN)],
)
def test_what_the_positive_class_is_given(excess, tilt):
    assert tilt_of(estimate(*excess)) == tilt


def test_by_hand():
    """Always 0.97 sure and right on 344 of 400: 0.11 too sure, and as far off in both bins."""
    finding = find(make_study(2, lstm={"confusion": (172, 28, 28, 172), "sure": 0.97}))
    lstm = finding.lstm
    assert finding.verdict is lstm.trust is Trust.OVERCONFIDENT
    assert lstm.error.value.value == pytest.approx(0.11, abs=1e-3)
    assert lstm.surplus.value.value == pytest.approx(0.11, abs=1e-3)
    assert lstm.excess.value.value == pytest.approx(0, abs=1e-3)
    assert lstm.brier.value.value == pytest.approx(0.86 * 0.03**2 + 0.14 * 0.97**2, abs=2e-3)
    # two bins of 200 with a deviation of √(0.03 · 0.97) each: √(2 / π) · 2 √(200 · 0.0291) / 400
    assert lstm.by_chance.value == pytest.approx(0.00963, abs=2e-4)
    assert lstm.tilt is Tilt.NOT_SHOWN
    # 172 right and 28 wrong of each class, at 0.03 or 0.97: 200 of 400 in the first bin, as many in the last
    assert (lstm.lowest.value, lstm.highest.value) == (0.5, 0.5)


def test_the_share_in_the_outer_bins_is_of_all_seeds_together():
    """Of the second seed 160 + 20 of 400 are told negative, all of them as surely."""
    each = [{"confusion": confusion, "sure": 0.97} for confusion in ((172, 28, 28, 172), (160, 40, 20, 180))]
    lstm = find(make_study(2, lstm=each)).lstm
    assert lstm.lowest.value == pytest.approx((200 + 180) / 800)
    assert lstm.highest.value == pytest.approx((200 + 220) / 800)


def test_those_near_the_middle_are_in_no_outer_bin():
    lstm = find(make_study(1, lstm={"confusion": (172, 28, 28, 172), "sure": 0.6})).lstm
    assert (lstm.lowest.value, lstm.highest.value) == (0, 0)


def test_the_interval_of_the_error_is_around_it():
    """A single bin on one side: the error is that of a proportion, 1.96 √(0.86 · 0.14 / 400)."""
    error = find(make_study(1, lstm={"confusion": (172, 28, 28, 172), "sure": 0.97})).lstm.error
    assert (error.low.value + error.high.value) / 2 == pytest.approx(error.value.value, abs=4e-3)
    assert (error.high.value - error.low.value) / 2 == pytest.approx(0.034, rel=0.12)


@pytest.mark.parametrize(("confusion", "tilt"), [(TO_NEGATIVE, Tilt.LITTLE), (TO_POSITIVE, Tilt.MUCH)])
def test_a_model_that_leans_to_a_class_gives_the_other_too_little(confusion, tilt):
    finding = find(make_study(2, lstm={"confusion": confusion, "sure": 0.825}))
    assert (finding.verdict, finding.lstm.tilt) == (Trust.OFF, tilt)


@pytest.mark.parametrize("confusion", [(172, 28, 28, 180), (180, 28, 28, 164)], ids=["more", "of others"])
def test_seeds_that_were_tested_on_other_reviews_are_refused(confusion):
    other = make_study(2, lstm=[{"confusion": (172, 28, 28, 172)}, {"confusion": confusion}])
    with pytest.raises(
        RecordError, match=r"^lstm/seed-2: .* las mismas reseñas de prueba que en lstm/seed-1"
    ):
        find(other)


def test_the_control_has_a_line_of_its_own_where_there_is_one():
    assert [row[0] for row in find(make_study(1)).rows] == [Reader.LSTM, Reader.CONTROL]
    alone = find(only(make_study(1), "lstm"))
    assert (alone.control, [row[0] for row in alone.rows]) == (None, [Reader.LSTM])


def test_an_error_is_never_less_than_none():
    control = find(make_study(2, lstm={"sure": 0.86}, linear={"sure": 0.9})).control
    assert control.trust is Trust.CALIBRATED
    assert control.error.low.value == 0


SHOWN, NOT = estimate(0.01, 0.03), estimate(-0.01, 0.03)


@pytest.mark.parametrize(
    ("negative", "positive", "sure"),
    [
        (SHOWN, SHOWN, Sure.BOTH),
        (SHOWN, NOT, Sure.NEGATIVE),
        (NOT, SHOWN, Sure.POSITIVE),
        (SHOWN, None, Sure.NEGATIVE),
        (NOT, NOT, None),
    ],
)
def test_of_which_answers_it_is_too_sure(negative, positive, sure):
    assert sure_of(negative, positive) is sure


def test_too_sure_of_negative_answers_alone():
    """Always 0.9 sure: of 250 negative answers 190 are right, 0.76, and of 150 positive ones 140, 0.933."""
    lstm = find(make_study(2, lstm={"confusion": TO_NEGATIVE, "sure": 0.9})).lstm
    assert lstm.surplus_negative.value.value == pytest.approx(0.14, abs=1e-3)
    assert lstm.surplus_positive.value.value == pytest.approx(0.9 - 140 / 150, abs=1e-3)
    assert (lstm.trust, lstm.sure) == (Trust.OVERCONFIDENT, Sure.NEGATIVE)


def test_of_an_answer_that_is_never_given_nothing_is_said():
    lstm = find(make_study(1, lstm={"confusion": (200, 0, 200, 0), "sure": 0.9})).lstm
    assert lstm.surplus_positive is None
    assert lstm.surplus_negative.value.value == pytest.approx(0.4, abs=1e-3)


def test_confidence_may_be_off_where_calibration_is_not_decided():
    """All is given 0.8 or 0.2, and 0.8575 is right: surely less confident than right, by 0.0575."""
    finding = find(make_study(1, lstm={"confusion": (171, 29, 28, 172)}))
    assert finding.verdict is Trust.UNCLEAR
    assert (finding.lstm.is_unlike, finding.lstm.is_surer) == (True, False)
    assert finding.lstm.surplus.value.value == pytest.approx(-0.0575, abs=1e-4)
    assert not finding.control.is_unlike
