"""Words and parts of the reviews, on reviews that can be read at a glance."""

from collections import Counter

import numpy as np
import pytest

from experiments.data.sets import Reviews
from experiments.reviews.text import build_vocabulary, choose, encode, split, tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A GOOD film.", ["a", "good", "film"]),
        ("good<br /><br />bad", ["good", "bad"]),
        ("I don't; 'quoted' ones'", ["i", "don't", "quoted", "ones"]),
        ("10/10, café_bar!", ["10", "10", "café", "bar"]),
        ("...", []),
    ],
)
def test_words_are_lower_case_without_marks(text: str, words: list[str]) -> None:
    assert tokenize(text) == words


def test_the_vocabulary_has_the_most_frequent_words_and_ties_in_alphabetical_order() -> None:
    documents = [["b", "a", "c"], ["b", "d", "a"], ["b"]]  # b 3, a 2, c and d 1
    assert build_vocabulary(documents, 5) == {"b": 2, "a": 3, "c": 4}
    assert build_vocabulary(documents, 100) == {"b": 2, "a": 3, "c": 4, "d": 5}


def test_the_last_words_are_kept_and_short_reviews_are_padded_in_front() -> None:
    vocabulary = {"a": 2, "b": 3, "c": 4}
    documents = [["a", "b", "c", "b"], ["c"], [], ["a", "unheard", "b"]]
    tokens = encode(documents, vocabulary, 3)
    assert tokens.dtype == np.int32
    assert tokens.tolist() == [[3, 4, 3], [0, 0, 4], [0, 0, 0], [2, 1, 3]]


def test_choosing_fewer_reviews_keeps_the_classes_balanced() -> None:
    label = np.array([0] * 15 + [1] * 5, np.int8)
    kept = choose(label, 8)
    assert Counter(label[kept].tolist()) == {0: 6, 1: 2}
    assert kept.tolist() == sorted(set(kept.tolist()))
    np.testing.assert_array_equal(choose(label, 8), kept)
    assert not np.array_equal(kept, np.arange(8))


@pytest.mark.parametrize("limit", [None, 20, 21])
def test_choosing_all_reviews_takes_each_once(limit: int | None) -> None:
    assert choose(np.array([0, 1] * 10, np.int8), limit).tolist() == list(range(20))


def labelled(labels: list[int]) -> Reviews:
    n = len(labels)
    nothing = np.zeros(n, np.int32)
    return Reviews(["x"] * n, np.array(labels, np.int8), nothing.astype(np.int8), nothing, nothing)


def test_the_seed_decides_which_fifth_is_for_validation_and_no_review_is_in_both_parts() -> None:
    data = labelled([0, 1] * 10), labelled([0, 1, 1])
    first, again, other = (split(*data, None, 0.2, seed) for seed in (1, 1, 2))
    assert sorted([*first.train, *first.validation]) == list(range(20))
    assert Counter(data[0].labels[first.validation].tolist()) == {0: 2, 1: 2}
    assert first.test.tolist() == [0, 1, 2]
    np.testing.assert_array_equal(first.train, again.train)
    assert set(first.validation) != set(other.validation)
