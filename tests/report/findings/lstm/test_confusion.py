"""Which class errs more, and whether that is more than chance."""

import pytest
from studies import make_study

from report.findings import measures
from report.findings.lstm import confusion
from report.findings.lstm.confusion import Bias, CommonError, MoreRecalled, Score, Sentiment

# (true negative, false positive, false negative, true positive)
BY_HAND = (11_142, 1_358, 2_048, 10_452)
NO_ERRORS, ONLY_ERRORS = (200, 0, 0, 200), (0, 200, 200, 0)
TO_NEGATIVE, TO_POSITIVE, UNBIASED = (190, 10, 60, 140), (140, 60, 10, 190), (171, 29, 28, 172)


def find(*confusions):
    return confusion.find(make_study(len(confusions), lstm=[{"confusion": each} for each in confusions]))


def test_the_matrix_of_the_report_written_by_hand():
    finding = find(BY_HAND)
    row = finding.by_seed[0]
    assert row.accuracy.value == pytest.approx(0.86376)
    assert (row.negatives.value, row.positives.value) == (12_500, 12_500)
    assert row.positives_wrong.value == pytest.approx(0.16384)
    assert row.negatives_wrong.value == pytest.approx(0.10864)
    assert finding.verdict == Bias.NEGATIVE
    assert finding.common_error == CommonError.MISSED_POSITIVE
    assert finding.positive.precision.mean.value == pytest.approx(10_452 / 11_810)
    assert finding.positive.recall.mean.value == pytest.approx(0.83616)
    assert finding.positive.f1.mean.value == pytest.approx(20_904 / 24_310)


@pytest.mark.parametrize(
    ("confusions", "verdict"),
    [
        ((TO_NEGATIVE,), Bias.NEGATIVE),
        ((TO_POSITIVE, TO_POSITIVE), Bias.POSITIVE),
        ((UNBIASED, UNBIASED), Bias.NOT_SHOWN),
        ((NO_ERRORS,), Bias.NO_ERRORS),
        ((NO_ERRORS, UNBIASED), Bias.NOT_SHOWN),
        ((TO_NEGATIVE, TO_POSITIVE), Bias.INCONSISTENT),
        ((TO_NEGATIVE, UNBIASED), Bias.INCONSISTENT),
        ((ONLY_ERRORS,), Bias.NOT_SHOWN),
    ],
)
def test_verdict(confusions, verdict):
    assert find(*confusions).verdict == verdict


@pytest.mark.parametrize(
    ("false_positive", "false_negative", "verdict"),
    [
        (0, 5, Bias.NOT_SHOWN),  # p = 2/32 = 0.0625
        (0, 6, Bias.NEGATIVE),  # p = 2/64 = 0.03125
        (6, 0, Bias.POSITIVE),
        (1, 8, Bias.NEGATIVE),  # p = 20/512 = 0.0391
        (1, 7, Bias.NOT_SHOWN),  # p = 18/256 = 0.0703
        (0, 0, Bias.NO_ERRORS),
        (9, 9, Bias.NOT_SHOWN),
    ],
)
def test_bias_of_one_seed(false_positive, false_negative, verdict):
    """Of twenty reviews of each class."""
    cells = (20 - false_positive, false_positive, false_negative, 20 - false_negative)
    assert confusion.bias_of(*cells) == verdict


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        # Three quarters are negative, and so are three quarters of the errors: no more of either class.
        ((291, 9, 3, 97), Bias.NOT_SHOWN),
        # As many errors of each class: of the smaller one, three times as large a part.
        # At three quarters 2 · P(X ≤ 6) for twelve errors is 0.109, 2 · P(X ≤ 12) for 24 is 0.0144.
        ((294, 6, 6, 94), Bias.NOT_SHOWN),
        ((288, 12, 12, 88), Bias.NEGATIVE),
        ((88, 12, 12, 288), Bias.POSITIVE),
    ],
)
def test_bias_between_classes_of_different_size(cells, verdict):
    assert confusion.bias_of(*cells) == verdict


def test_a_p_value_equal_to_the_significance_shows_nothing(monkeypatch):
    monkeypatch.setattr(measures, "SIGNIFICANCE", 2 / 64)
    assert confusion.bias_of(20, 0, 6, 14) == Bias.NOT_SHOWN


@pytest.mark.parametrize(
    ("false_positive", "false_negative", "error"),
    [
        (1, 2, CommonError.MISSED_POSITIVE),
        (2, 1, CommonError.MISSED_NEGATIVE),
        (2, 2, CommonError.TIE),
        (0, 0, CommonError.NONE),
    ],
)
def test_common_error(false_positive, false_negative, error):
    assert confusion.common_error(false_positive, false_negative) == error


def test_errors_of_seeds_that_read_the_same_reviews_are_averaged():
    finding = find(TO_NEGATIVE, UNBIASED)
    assert (finding.false_positives.value, finding.false_negatives.value) == (19.5, 44)
    alone = find(TO_NEGATIVE)
    assert alone.false_positives.value + alone.false_negatives.value == sum(TO_NEGATIVE[1:3])


def test_seeds_are_grouped_by_their_bias():
    groups = find(TO_NEGATIVE, UNBIASED, TO_NEGATIVE).groups
    assert {bias: [row.seed.value for row in rows] for bias, rows in groups.items()} == {
        Bias.NEGATIVE: [1, 3],
        Bias.NOT_SHOWN: [2],
    }


def test_the_matrix_shown_is_the_one_of_median_accuracy():
    better, middle, worse = (190, 10, 10, 190), (180, 20, 20, 180), (170, 30, 30, 170)
    assert find(worse, better, middle).shown.seed.value == 3
    assert find(better, worse).shown.seed.value == 2  # of two, the lower
    assert find(middle, middle).shown.seed.value == 1


def test_a_class_that_is_never_predicted_has_no_precision():
    finding = find((200, 0, 200, 0))
    assert finding.positive.precision is None
    assert finding.positive.recall.mean.value == 0
    assert finding.negative.precision.mean.value == 0.5
    assert [row[:2] for row in finding.class_rows] == [
        (Sentiment.NEGATIVE, finding.negative.precision),
        (Sentiment.POSITIVE, Score.UNDEFINED),
    ]


def test_the_weakest_evidence_decides_the_margin():
    finding = find((100, 0, 6, 94), (100, 0, 8, 92))  # p = 2/64 and 2/256
    assert finding.worst_p.value == pytest.approx(2 / 64)
    assert finding.margin.value == pytest.approx(0.05 - 2 / 64)


def test_of_seeds_without_bias_the_nearest_to_one_decides_the_margin():
    finding = find((100, 0, 5, 95), (100, 5, 5, 95))  # p = 2/32 and 1
    assert finding.margin.value == pytest.approx(2 / 32 - 0.05)


def test_the_rows_of_the_bias_give_the_missed_positives_first():
    assert [[number.value for number in row[:3]] for row in find(TO_NEGATIVE, UNBIASED).bias_rows] == [
        [1, 60, 10],
        [2, 28, 29],
    ]


def test_of_two_seeds_none_is_in_the_middle():
    assert [confusion.find(make_study(n)).of_median for n in (1, 2, 3)] == [False, False, True]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((90, 10, 30, 70), MoreRecalled.NEGATIVE),  # recalls of 0.9 and 0.7, precisions of 0.75 and 0.875
        ((70, 30, 10, 90), MoreRecalled.POSITIVE),
        ((80, 20, 20, 80), MoreRecalled.NEITHER),
        ((0, 100, 0, 100), MoreRecalled.NEITHER),  # the negative class is never named
        ((95, 5, 10, 10), MoreRecalled.NEITHER),  # more of both: 0.95 and 0.5, 0.905 and 0.667
    ],
)
def test_the_class_that_is_named_too_often(cells, expected):
    assert find(cells).more_recalled is expected
