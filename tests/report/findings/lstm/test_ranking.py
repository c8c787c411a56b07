"""How well the LSTM orders the reviews, beside its control."""

from dataclasses import replace

import numpy as np
import pytest
from studies import make_study, only, with_array

from experiments.records.base import RecordError
from report.findings.lstm.ranking import Order, find

CHANCE, REVERSED = (100, 100, 100, 100), (50, 150, 150, 50)
EXCELLENT, LIKE_CONTROL = (196, 4, 3, 197), (180, 20, 20, 180)


@pytest.mark.parametrize(
    ("confusion", "verdict"),
    [
        (None, Order.CONTROL),
        (EXCELLENT, Order.LSTM),
        (LIKE_CONTROL, Order.NOT_SHOWN),
        (CHANCE, Order.CHANCE),
        (REVERSED, Order.REVERSED),
    ],
)
def test_the_order_of_both(confusion, verdict):
    assert find(make_study(2, lstm={"confusion": confusion})).verdict == verdict


def test_by_hand():
    """Two levels: with 172 of 200 right in each class the area is their accuracy, of whose pairs the ties
    count half: 0.86² + 0.86 · 0.14 = 0.86."""
    finding = find(make_study(1, lstm={"confusion": (172, 28, 28, 172)}))
    assert finding.lstm.area.value.value == pytest.approx(0.86)
    assert finding.control.area.value.value == pytest.approx(0.9)
    assert finding.lead.value.value == pytest.approx(0.04)
    assert finding.lstm.seeds.sd is None


def test_the_lead_has_no_sign():
    finding = find(make_study(1, lstm={"confusion": EXCELLENT}))
    assert finding.lead.value.value == pytest.approx(0.9825 - 0.9)
    assert finding.lead.low.value > 0


def test_both_are_compared_in_pairs():
    """What both err on widens their own intervals and not that of the difference."""
    finding = find(make_study(1, lstm={"confusion": (176, 24, 24, 176)}))

    def width(estimate):
        return estimate.high.value - estimate.low.value

    assert width(finding.lead) < 0.6 * width(finding.control.area)


def test_reviews_of_one_class_have_no_order():
    study = make_study(1)
    (run,) = study.lstm
    one = replace(study, lstm=(with_array(run, "positive", np.zeros(50, np.uint8)),))
    with pytest.raises(RecordError, match=r"^lstm/seed-1: se esperaban reseñas de prueba de ambas clases"):
        find(one)


def test_without_a_control():
    finding = find(only(make_study(2), "lstm"))
    assert (finding.verdict, finding.control, finding.lead) == (Order.ALONE, None, None)
    assert len(finding.lstm.seeds.each) == 2
