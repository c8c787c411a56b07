"""Features that can be counted on the fingers."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from experiments.reviews.ngrams import Parts, count, log_count_ratio, tfidf, weigh_presence, words_to_triples

DOCUMENTS = Parts[list[Sequence[str]]](
    train=[["not", "so", "good"], ["not", "so", "good", "not"], ["so", "dull"]],
    validation=[["not", "so"]],
    test=[["good", "good", "unheard"]],
)


def test_words_pairs_and_triples() -> None:
    words = ["not", "so", "very", "good"]
    assert words_to_triples(words) == [
        *words,
        *("not so", "so very", "very good"),
        *("not so very", "so very good"),
    ]
    assert words_to_triples(["a", "b"]) == ["a", "b", "a b"]
    assert words_to_triples([]) == []


def test_what_is_in_too_few_training_documents_is_not_counted() -> None:
    counter, counts = count(DOCUMENTS, min_documents=2)
    names = counter.get_feature_names_out().tolist()
    assert names == ["good", "not", "not so", "not so good", "so", "so good"]
    assert counts.train.toarray().tolist() == [[1, 1, 1, 1, 1, 1], [1, 2, 1, 1, 1, 1], [0, 0, 0, 0, 1, 0]]
    assert counts.validation.toarray().tolist() == [[0, 1, 1, 0, 1, 0]]
    assert counts.test.toarray().tolist() == [[2, 0, 0, 0, 0, 0]]
    assert counts.train.dtype == np.float32


def test_tfidf_is_that_of_words_and_pairs_counted_by_themselves() -> None:
    expected = TfidfVectorizer(
        analyzer=lambda words: [*words, *(f"{a} {b}" for a, b in pairwise(words))],
        min_df=2,
        sublinear_tf=True,
    )
    found = tfidf(*count(DOCUMENTS, min_documents=2))
    np.testing.assert_allclose(found.train.toarray(), expected.fit_transform(DOCUMENTS.train).toarray(), 1e-6)
    np.testing.assert_allclose(found.test.toarray(), expected.transform(DOCUMENTS.test).toarray(), 1e-6)


def test_the_log_count_ratio_is_that_of_the_paper() -> None:
    # three positive reviews and one negative; the second feature is twice in one review
    counts = csr_matrix(np.array([[1, 2, 0], [1, 0, 0], [0, 0, 0], [0, 1, 1]], np.float32))
    ratio = log_count_ratio(counts, np.array([1, 1, 1, 0]))
    # p = 1 + (2, 1, 0), of 6; q = 1 + (0, 1, 1), of 5
    expected = np.log([(3 / 6) / (1 / 5), (2 / 6) / (2 / 5), (1 / 6) / (2 / 5)])
    assert ratio == pytest.approx(expected)
    assert ratio.dtype == np.float32
    assert weigh_presence(counts, ratio).toarray() == pytest.approx(
        np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0], [0, 1, 1]]) * expected
    )
