"""The control beside the LSTM, by the reviews that only one of them gets right."""

from dataclasses import replace

import numpy as np
import pytest
from studies import make_study

from experiments.records.base import RecordError
from report.findings.base import shared
from report.findings.lstm.control import Better, compare, find, only_first


@pytest.mark.parametrize(
    ("only_lstm", "only_control", "verdict"),
    [
        (0, 0, Better.NOT_SHOWN),
        # twice the tail of fair coins: 5 of 5 is 2/32 = 0.0625, 6 of 6 is 2/64 = 0.031
        (0, 5, Better.NOT_SHOWN),
        (0, 6, Better.CONTROL),
        (6, 0, Better.LSTM),
        (1, 7, Better.NOT_SHOWN),  # 2 (1 + 8) / 256 = 0.070
        (1, 8, Better.CONTROL),  # 2 (1 + 9) / 512 = 0.039
        (500, 500, Better.NOT_SHOWN),
        (450, 550, Better.CONTROL),
    ],
)
def test_the_models_are_compared_on_what_one_alone_gets_right(only_lstm, only_control, verdict):
    assert compare(only_lstm, only_control) == verdict


def test_swapping_the_models_turns_the_verdict_over():
    other = {Better.CONTROL: Better.LSTM, Better.LSTM: Better.CONTROL}
    for a in range(12):
        for b in range(12):
            here = compare(a, b)
            assert compare(b, a) == other.get(here, here)


@pytest.mark.parametrize(
    ("verdicts", "verdict"),
    [
        ([Better.LSTM], Better.LSTM),
        ([Better.CONTROL, Better.CONTROL], Better.CONTROL),
        ([Better.NOT_SHOWN, Better.NOT_SHOWN], Better.NOT_SHOWN),
        ([Better.CONTROL, Better.NOT_SHOWN], Better.MIXED),
        ([Better.CONTROL, Better.LSTM], Better.MIXED),
    ],
)
def test_one_verdict_only_if_all_seeds_share_it(verdicts, verdict):
    assert shared(verdicts, Better.MIXED) == verdict


def test_only_the_bits_of_the_first_are_counted_and_no_padding():
    """Ten reviews take two bytes; the six bits of padding are zero in both."""
    first = np.packbits([1, 1, 1, 0, 0, 0, 0, 0, 1, 1])
    second = np.packbits([1, 0, 0, 1, 0, 0, 0, 0, 0, 1])
    assert only_first(first, second) == 3
    assert only_first(second, first) == 1
    assert only_first(first, first) == 0


def test_a_study_by_hand():
    """Of 400 reviews, in each class the last ones are read wrongly: 28 and 30 by the LSTM, 20 and
    20 by the control, which alone is right on 8 and on 10."""
    finding = find(make_study(1, lstm={"confusion": (172, 28, 30, 170)}))
    row = finding.by_seed[0]
    assert (row.only_lstm.value, row.only_control.value) == (0, 18)
    assert row.p.value == pytest.approx(2 / 2**18)
    assert finding.verdict == Better.CONTROL
    assert finding.margin.value == pytest.approx(0.05 - 2 / 2**18)


def test_the_margin_is_of_the_seed_nearest_to_the_limit():
    """18 to none in the first, 5 to none (0.0625) in the second."""
    finding = find(make_study(2, lstm=[{"confusion": (172, 28, 30, 170)}, {"confusion": (178, 22, 23, 177)}]))
    assert finding.verdict == Better.MIXED
    assert finding.margin.value == pytest.approx(0.0125)
    assert {kind: [row.seed.value for row in rows] for kind, rows in finding.groups.items()} == {
        Better.CONTROL: [1],
        Better.NOT_SHOWN: [2],
    }


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
