"""Who is right at which length, on answers that can be counted or that were drawn from known odds."""

from typing import Any

import numpy as np
import pytest
from scipy.special import expit

from experiments.records.coherence import memory as coherence
from experiments.reviews.by_length import MIN_WHOLE, PARTS, Right, by_length, by_stars, regress, regress_whole


def rows(buckets: tuple[Any, ...]) -> list[tuple[int, ...]]:
    """low, high, n, and the right answers of the LSTM, of its control and of the last words."""
    return [tuple(bucket.model_dump().values()) for bucket in buckets]


def test_deciles_keep_equal_lengths_together() -> None:
    length = np.array([5] * 15 + list(range(10, 95)))  # 5 takes the first decile and half the second
    right = Right(length < 20, np.ones(100, bool), length > 5)
    found = rows(by_length(length, right))
    assert found[:3] == [(5, 5, 15, 15, 15, 0), (10, 14, 5, 5, 5, 5), (15, 24, 10, 5, 10, 10)]
    assert found[-1] == (85, 94, 10, 0, 10, 10)
    assert sum(n for _, _, n, *_ in found) == 100
    assert len(found) == 10


def test_each_number_of_stars_has_its_bucket_and_unknown_has_none() -> None:
    stars = np.array([0, 1, 1, 10, 0])
    right = Right(*np.array([[1, 1, 0, 1, 1], [0, 1, 1, 0, 0], [1, 0, 0, 1, 1]], bool))
    assert rows(by_stars(stars, right)) == [(1, 1, 2, 1, 2, 0), (10, 10, 1, 1, 0, 1)]
    assert by_stars(np.zeros(5, int), right) == ()


# --- the regression ----------------------------------------------------------------------


def answers(
    slope_lstm: float, slope_linear: float, n: int = 4_000, cut_lstm: float = 0.0, cut_linear: float = 0.0
) -> tuple[np.ndarray, ...]:
    """Lengths, and right answers whose log odds go down with the standardised log-length and, by
    ``cut_*``, at 250 words."""
    rng = np.random.default_rng(5)
    length = np.round(np.exp(rng.normal(5, 0.6, n))).astype(int)
    z = (np.log(length) - np.log(length).mean()) / np.log(length).std()
    lstm, linear = (
        rng.random(n) < expit(2 + slope * z - cut * (length > 250))
        for slope, cut in ((slope_lstm, cut_lstm), (slope_linear, cut_linear))
    )
    return length, lstm, linear


def test_a_steeper_fall_of_the_lstm_is_the_interaction() -> None:
    length, lstm, linear = answers(-0.6, -0.1)
    found = regress(length, 250, lstm, linear)
    assert found.n == 4_000
    assert found.interaction.low < -0.5 < found.interaction.high < 0
    assert found.truncated is not None
    assert found.truncated.low < 0 < found.truncated.high
    assert found.truncated_model is not None
    assert found.truncated_model.low < 0 < found.truncated_model.high


def test_what_truncation_costs_the_lstm_alone_is_no_effect_of_length() -> None:
    length, lstm, linear = answers(-0.3, -0.3, n=20_000, cut_lstm=1.0)
    found = regress(length, 250, lstm, linear)
    assert found.truncated is not None
    assert found.truncated_model is not None
    assert found.truncated_model.low < -1 < found.truncated_model.high < 0
    assert found.truncated.low < 0 < found.truncated.high
    assert found.interaction.low < 0 < found.interaction.high


def test_what_truncation_costs_both_is_no_interaction() -> None:
    length, lstm, linear = answers(-0.3, -0.3, n=20_000, cut_lstm=0.7, cut_linear=0.7)
    found = regress(length, 250, lstm, linear)
    assert found.truncated is not None
    assert found.truncated_model is not None
    assert found.truncated.low < -0.7 < found.truncated.high < 0
    assert found.truncated_model.low < 0 < found.truncated_model.high


def test_shuffled_answers_have_no_interaction() -> None:
    length, lstm, linear = answers(-0.6, -0.1)
    rng = np.random.default_rng(1)
    found = regress(length, 250, rng.permutation(lstm), rng.permutation(linear))
    assert found.interaction.low < 0 < found.interaction.high
    assert found.log_length.low < 0 < found.log_length.high


def test_the_same_answers_twice_are_not_twice_the_evidence() -> None:
    length, right, _ = answers(-0.6, 0)
    found = regress(length, 10_000, right, right)
    assert found.truncated is None
    assert found.truncated_model is None
    assert (found.model.estimate, found.interaction.estimate) == pytest.approx((0, 0), abs=1e-8)
    # logistic regression of one model alone by Newton's method, with White's covariance
    logs = np.log(length)
    x = np.column_stack([np.ones(len(length)), (logs - logs.mean()) / logs.std()])
    beta = np.zeros(2)
    for _ in range(20):
        p = expit(x @ beta)
        bread = np.linalg.inv(x.T @ (x * (p * (1 - p))[:, None]))
        beta += bread @ x.T @ (right - p)
    covariance = bread @ (x.T @ (x * ((right - p) ** 2)[:, None])) @ bread
    error = 1.96 * np.sqrt(covariance[1, 1])
    assert found.log_length.estimate == pytest.approx(beta[1])
    assert found.log_length.low == pytest.approx(beta[1] - error, abs=1e-3)
    assert found.log_length.high == pytest.approx(beta[1] + error, abs=1e-3)


def test_where_no_truncated_review_is_misread_truncation_is_left_out() -> None:
    length, lstm, linear = answers(-0.3, -0.3, n=400)
    found = regress(length, 250, lstm | (length > 250), linear)  # no finite log odds for the LSTM there
    assert found.truncated is None
    assert found.truncated_model is None
    assert found.model.low < found.model.estimate < found.model.high


LENGTH = np.arange(1, 201)
SOME = LENGTH % 3 > 0
ALL = np.ones(200, bool)


@pytest.mark.parametrize(
    ("length", "lstm", "linear"),
    [
        (LENGTH, ALL, ALL),
        (LENGTH, SOME, ALL),
        (LENGTH, ~ALL, SOME),
        (np.full(200, 7), SOME, SOME),
        (LENGTH, LENGTH < 50, LENGTH < 50),
    ],
    ids=["no error", "no error of the control", "only errors", "one length", "length decides"],
)
def test_answers_without_a_regression_have_none(
    length: np.ndarray, lstm: np.ndarray, linear: np.ndarray
) -> None:
    assert regress(length, 10_000, lstm, linear) is None
    assert regress_whole(length, 10_000, lstm, linear) is None


def test_the_regression_on_whole_reviews_leaves_the_others_out() -> None:
    length, lstm, linear = answers(-0.6, -0.1)
    whole = length <= 250
    found = regress_whole(length, 250, lstm, linear)
    assert found == regress(length[whole], 250, lstm[whole], linear[whole])
    assert found is not None
    assert found.n == whole.sum()
    assert found.truncated is None


def test_too_few_whole_reviews_have_no_regression() -> None:
    assert regress_whole(LENGTH, MIN_WHOLE, SOME, np.roll(SOME, 1)) is not None
    assert regress_whole(LENGTH, MIN_WHOLE - 1, SOME, np.roll(SOME, 1)) is None


def test_records_are_asked_for_the_same_numbers() -> None:
    assert (coherence.TENTHS, coherence.FEWEST_WHOLE) == (PARTS, MIN_WHOLE)
