"""From reviews to words and to numbers, the same for all models that read them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import train_test_split

from experiments.data.sets import Reviews

PADDING, UNKNOWN = 0, 1  # token ids

Vocabulary = dict[str, int]

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def tokenize(text: str) -> list[str]:
    """Lower-case words, inner apostrophes kept; HTML line breaks are spaces."""
    return _WORD.findall(text.lower().replace("<br />", " "))


def build_vocabulary(documents: Iterable[Sequence[str]], size: int) -> Vocabulary:
    """The ``size`` - 2 most frequent words (ties in alphabetical order) -> ids from 2."""
    counts = Counter(word for document in documents for word in document)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: index for index, word in enumerate(ranked[: size - 2], start=2)}


def encode(documents: Sequence[Sequence[str]], vocabulary: Vocabulary, length: int) -> np.ndarray:
    """int32[n, length]: ids of the *last* ``length`` words, padded at the front."""
    tokens = np.full((len(documents), length), PADDING, np.int32)
    for row, document in zip(tokens, documents, strict=True):
        ids = [vocabulary.get(word, UNKNOWN) for word in document[-length:]]
        row[length - len(ids) :] = ids
    return tokens


def choose(label: np.ndarray, limit: int | None) -> np.ndarray:
    """int[k]: indices of ``limit`` reviews, always the same ones, in the classes' proportions and in
    ascending order; all of them if None or where there are no more."""
    rows = np.arange(len(label))
    if limit is None or limit >= len(rows):
        return rows
    chosen, _ = train_test_split(rows, train_size=limit, stratify=label, random_state=0)
    return np.sort(chosen)


@dataclass(frozen=True)
class Split:
    """int[k] each: places of the reviews in the training part, shuffled, and in the test part."""

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


def split(train: Reviews, test: Reviews, limit: int | None, validation_fraction: float, seed: int) -> Split:
    """The same for all models of one seed: a stratified validation part of the (first ``limit``)
    training reviews, and the (first ``limit``) test reviews."""
    kept = choose(train.labels, limit)
    rows, val_rows = train_test_split(
        kept, test_size=validation_fraction, stratify=train.labels[kept], random_state=seed
    )
    return Split(rows, val_rows, choose(test.labels, limit))
