"""Answers packed for the PDF and read back."""

from dataclasses import replace

import numpy as np
import pytest
import studies

from report.study.answers import LEVELS, bits, levels, pack, probabilities, shortest_limit, unpack
from report.study.reduction import reduce


def test_no_level_has_probabilities_on_both_sides_of_one_half():
    """float32 next to 0.5 included: what is more than one half stays so."""
    half = np.float32(0.5)
    found = levels(np.array([np.nextafter(half, np.float32(0)), half, np.nextafter(half, np.float32(1))]))
    assert found.tolist() == [499, 499, 500]


def test_the_ends_of_the_scale():
    assert levels(np.array([0.0, 1e-9, 0.001, 0.0011, 0.9991, 1.0])).tolist() == [0, 0, 0, 1, 999, 999]


def test_a_probability_is_kept_to_half_a_level():
    said = np.linspace(0, 1, 5_001)
    assert np.abs(probabilities(pack(levels(said), 2)) - said).max() <= 0.5 / LEVELS + 1e-12


def test_what_is_packed_is_read_back():
    numbers = np.array([0, 255, 256, 12_499, 2**31 - 1])
    packed = pack(numbers, 4)
    assert (packed.shape, packed.dtype) == ((4, 5), np.uint8)
    assert packed[:, 2].tolist() == [0, 1, 0, 0]  # 256, the lowest byte first
    assert unpack(packed).tolist() == numbers.tolist()


def test_the_padding_is_not_read():
    assert bits(np.packbits([1, 0, 1]), 3).tolist() == [True, False, True]


def test_a_tenth_of_the_reviews_are_the_shortest():
    assert shortest_limit(np.arange(1, 101)) == 10
    assert shortest_limit(np.full(7, 30)) == 30


# --- the reduction -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def run():
    return studies.lstm_run(1, sequence_length=300)


def test_of_an_lstm_all_that_the_findings_need_is_kept(run):
    kept = reduce(run).arrays
    np.testing.assert_array_equal(unpack(kept["said"]), levels(run.arrays["probability"]))
    np.testing.assert_array_equal(bits(kept["positive"], 400), run.arrays["label"] == 1)
    np.testing.assert_array_equal(unpack(kept["numbers"]), run.arrays["review_id"])
    np.testing.assert_array_equal(kept["stars"], run.arrays["stars"])
    length = run.arrays["length"]
    assert kept["shortest"].tolist() == [shortest_limit(length)]
    np.testing.assert_array_equal(bits(kept["short"], 400), length <= shortest_limit(length))
    np.testing.assert_array_equal(bits(kept["cut"], 400), length > 300)


def test_of_validation_only_the_counts_at_each_level_are_kept(run):
    """100 reviews of each class, at 0.49 and at 0.51."""
    counts = reduce(run).arrays["val_said"]
    assert counts.shape == (2, LEVELS)
    (negative,), (positive,) = (np.flatnonzero(line) for line in counts)
    assert (negative, positive) == (int(levels(np.float32([0.49]))[0]), int(levels(np.float32([0.51]))[0]))
    assert counts[0, negative] == counts[1, positive] == 100


def test_what_is_right_is_what_the_levels_say(run):
    kept = reduce(run).arrays
    said, positive = unpack(kept["said"]) >= LEVELS // 2, bits(kept["positive"], 400)
    np.testing.assert_array_equal(bits(kept["right"], 400), said == positive)


def test_of_the_controls_the_answers_of_one_are_kept(run):
    linear = studies.measurements.linear_run(run, sure=0.7)
    kept = reduce(linear).arrays
    np.testing.assert_array_equal(unpack(kept["said"]), levels(linear.arrays["probability"][1]))
    assert kept["val_said"].sum() == len(linear.arrays["val_label"])
    assert kept["val_said"][1, levels(np.float32([0.9]))[0]] == len(linear.arrays["val_label"])


def test_of_variants_no_answers_travel(run):
    variant = replace(run, record=run.record.model_copy(update={"variant": "gru"}))
    assert set(reduce(variant).arrays) == {"right", "split", "long_counts", "cut"}


def test_reducing_again_changes_nothing(run):
    once = reduce(run)
    assert reduce(once) is once
