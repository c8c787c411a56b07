"""Words and short runs of words as features of linear models. What is counted and how it is weighed
comes from the training part alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

SMOOTHING = 1.0  # Wang & Manning's α

T = TypeVar("T")
U = TypeVar("U")
Document = Sequence[str]


@dataclass(frozen=True)
class Parts(Generic[T]):
    train: T
    validation: T
    test: T

    def map(self, function: Callable[[T], U]) -> "Parts[U]":
        return Parts(function(self.train), function(self.validation), function(self.test))


def words_to_triples(words: Document) -> list[str]:
    """Words, pairs and triples, joined by a space."""
    pairs, triples = pairwise(words), zip(words, words[1:], words[2:], strict=False)
    return [*words, *map(" ".join, pairs), *map(" ".join, triples)]


def count(documents: Parts[list[Document]], min_documents: int) -> tuple[CountVectorizer, Parts[csr_matrix]]:
    """How often each document has each of the words, pairs and triples that ``min_documents``
    training documents or more have, float32[n, features]; and what counts them in others."""
    counter = CountVectorizer(analyzer=words_to_triples, min_df=min_documents, dtype=np.float32)
    train = counter.fit_transform(documents.train)
    return counter, Parts(train, counter.transform(documents.validation), counter.transform(documents.test))


def tfidf(counter: CountVectorizer, counts: Parts[csr_matrix]) -> Parts[csr_matrix]:
    """Of words and pairs, with the logarithm of their frequency: float32[n, features]."""
    is_short = np.array([name.count(" ") < 2 for name in counter.get_feature_names_out()])
    short = counts.map(lambda part: part[:, is_short])
    return short.map(TfidfTransformer(sublinear_tf=True).fit(short.train).transform)


def log_count_ratio(counts: csr_matrix, label: np.ndarray) -> np.ndarray:
    """float32[features]: log((p / ‖p‖₁) / (q / ‖q‖₁)), where p and q are ``SMOOTHING`` plus the number
    of positive and of negative documents that have the feature (Wang & Manning, 2012)."""
    present = counts > 0
    p, q = (SMOOTHING + np.asarray(present[label == value].sum(axis=0)).ravel() for value in (1, 0))
    return np.log((p / p.sum()) / (q / q.sum())).astype(np.float32)


def weigh_presence(counts: csr_matrix, ratio: np.ndarray) -> csr_matrix:
    """``ratio`` of each feature where it is present, however often: float32[n, features]."""
    return csr_matrix((ratio[counts.indices], counts.indices, counts.indptr), counts.shape)
