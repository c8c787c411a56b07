"""The control beside the LSTM, by the reviews that only one of them gets right."""

from dataclasses import replace

import numpy as np
import pytest
from studies import make_study

from experiments.records import RecordError
from report.findings import lstm_control
from report.findings.lstm_control import Control


@pytest.mark.parametrize(
    ("only_lstm", "only_control", "verdict"),
    [
        (0, 0, Control.NOT_SHOWN),
        # twice the tail of fair coins: 5 of 5 is 2/32 = 0.0625, 6 of 6 is 2/64 = 0.031
        (0, 5, Control.NOT_SHOWN),
        (0, 6, Control.CONTROL),
        (6, 0, Control.LSTM),
        (1, 7, Control.NOT_SHOWN),  # 2 (1 + 8) / 256 = 0.070
        (1, 8, Control.CONTROL),  # 2 (1 + 9) / 512 = 0.039
        (500, 500, Control.NOT_SHOWN),
        (450, 550, Control.CONTROL),
    ],
)
def test_the_models_are_compared_on_what_one_alone_gets_right(only_lstm, only_control, verdict):
    assert lstm_control.compare(only_lstm, only_control) == verdict


def test_swapping_the_models_turns_the_verdict_over():
    other = {Control.CONTROL: Control.LSTM, Control.LSTM: Control.CONTROL}
    for a in range(12):
        for b in range(12):
            here = lstm_control.compare(a, b)
            assert lstm_control.compare(b, a) == other.get(here, here)


@pytest.mark.parametrize(
    ("verdicts", "verdict"),
    [
        ([Control.LSTM], Control.LSTM),
        ([Control.CONTROL, Control.CONTROL], Control.CONTROL),
        ([Control.NOT_SHOWN, Control.NOT_SHOWN], Control.NOT_SHOWN),
        ([Control.CONTROL, Control.NOT_SHOWN], Control.MIXED),
        ([Control.CONTROL, Control.LSTM], Control.MIXED),
    ],
)
def test_one_verdict_only_if_all_seeds_share_it(verdicts, verdict):
    assert lstm_control.overall(verdicts) == verdict


def test_only_the_bits_of_the_first_are_counted_and_no_padding():
    """Ten reviews take two bytes; the six bits of padding are zero in both."""
    first = np.packbits([1, 1, 1, 0, 0, 0, 0, 0, 1, 1])
    second = np.packbits([1, 0, 0, 1, 0, 0, 0, 0, 0, 1])
    assert lstm_control.only_first(first, second) == 3
    assert lstm_control.only_first(second, first) == 1
    assert lstm_control.only_first(first, first) == 0


def test_a_study_by_hand():
    """Of 400 reviews, in each class the last ones are read wrongly: 28 and 30 by the LSTM, 20 and
    20 by the control, which alone is right on 8 and on 10."""
    finding = lstm_control.find(make_study(1, lstm={"confusion": (172, 28, 30, 170)}))
    row = finding.values["rows"][0]
    assert (row["only_lstm"].value, row["only_control"].value) == (0, 18)
    assert row["p"].value == pytest.approx(2 / 2**18)
    assert finding.verdict == Control.CONTROL
    assert finding.margin.value == pytest.approx(0.05 - 2 / 2**18)
    assert finding.values["accuracy"].value == 0.9
    assert [end.value for end in finding.values["wilson"]] == pytest.approx([0.8667, 0.9257], abs=5e-5)


def test_the_margin_is_of_the_seed_nearest_to_the_limit():
    """18 to none in the first, 5 to none (0.0625) in the second."""
    finding = lstm_control.find(
        make_study(2, lstm=[{"confusion": (172, 28, 30, 170)}, {"confusion": (178, 22, 23, 177)}])
    )
    assert finding.verdict == Control.MIXED
    assert finding.margin.value == pytest.approx(0.0125)
    assert {kind: [row["seed"].value for row in rows] for kind, rows in finding.values["groups"].items()} == {
        Control.CONTROL: [1],
        Control.NOT_SHOWN: [2],
    }


def test_the_penalties_that_were_tried_are_told():
    values = lstm_control.find(make_study(1)).values
    assert [(c.value, accuracy.value) for c, accuracy in values["candidates"]] == [(1.0, 0.895), (4.0, 0.902)]
    assert values["chosen_c"].value == 4.0


def test_other_reviews_are_refused():
    study = make_study(2)
    linear = study.linear
    sizes = linear.record.sizes.model_copy(update={"test": 401})
    other = replace(linear, record=linear.record.model_copy(update={"sizes": sizes}))
    with pytest.raises(
        RecordError, match=r"las mismas reseñas de prueba que en lstm/seed-1 \(400\).*\(401\)"
    ):
        lstm_control.find(replace(study, linear=other))
    shorter = replace(linear, arrays={"right": linear.arrays["right"][:-1]})
    with pytest.raises(RecordError, match="ejecute «make train»"):
        lstm_control.find(replace(study, linear=shorter))
