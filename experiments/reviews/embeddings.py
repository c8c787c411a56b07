"""Where the words' vectors may begin instead of at random: at what the training text tells of which
words go together, or at vectors from a file."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from experiments.data.sets import DataError
from experiments.reviews.text import UNKNOWN, Vocabulary

WINDOW = 5  # words on each side
LIMIT = 0.05  # Keras' default start of an embedding is uniform in ± this
SPREAD = LIMIT / 3**0.5  # its standard deviation


# --- from the training text --------------------------------------------------------------


def ppmi_svd(documents: Sequence[Sequence[str]], vocabulary: Vocabulary, dim: int, seed: int) -> np.ndarray:
    """float32[len(vocabulary) + 2, dim]: U √S of the truncated singular value decomposition of the
    positive pointwise mutual information between words up to ``WINDOW`` apart (Levy & Goldberg,
    2014); words out of the vocabulary are one word. Scaled to the standard deviation ``SPREAD``, so
    that a network that begins here instead of at Keras' own start differs in the directions alone.
    The row of the padding and the columns beyond the rank are 0, up to rounding.

    Raises:
        DataError: no two words go together more often than by chance.
    """
    n = len(vocabulary) + 2
    information = positive_information(count_neighbours(documents, vocabulary))
    if not information.nnz:
        raise DataError(
            "Vectores de las palabras: se esperaban reseñas con palabras que vayan juntas, no se "
            "encontró ninguna pareja; entrene con más reseñas o con embedding = learned."
        )
    # Halko, Martinsson & Tropp (2011)
    left, singular, _ = randomized_svd(information, min(dim, n), random_state=seed)
    vectors = np.zeros((n, dim), np.float32)
    vectors[:, : len(singular)] = left * np.sqrt(singular)
    return vectors * np.float32(SPREAD / vectors.std(dtype=np.float64))


def count_neighbours(documents: Sequence[Sequence[str]], vocabulary: Vocabulary) -> sparse.csr_array:
    """float64[n, n], symmetric: how often two words, by their ids, stand up to ``WINDOW`` apart in
    the same document; n = len(vocabulary) + 2."""
    n = len(vocabulary) + 2
    ids = np.fromiter(_ids_and_gaps(documents, vocabulary), np.int32)
    counts = sparse.csr_array((n, n), dtype=np.float64)
    for distance in range(1, WINDOW + 1):
        left, right = ids[:-distance], ids[distance:]
        inside = (left >= 0) & (right >= 0)
        ones = np.ones(int(inside.sum()))
        pairs = sparse.coo_array((ones, (left[inside], right[inside])), shape=(n, n))
        counts = counts + pairs.tocsr()  # adds up equal pairs
    return counts + counts.T


def _ids_and_gaps(documents: Sequence[Sequence[str]], vocabulary: Vocabulary) -> Iterator[int]:
    """The ids of all words, and after each document a gap of -1 as wide as the window."""
    for document in documents:
        yield from (vocabulary.get(word, UNKNOWN) for word in document)
        yield from (-1 for _ in range(WINDOW))


def positive_information(counts: sparse.csr_array) -> sparse.csr_array:
    """float32[n, n]: max(0, log(#(w, c) · #all / (#(w) · #(c)))) of the symmetric ``counts``."""
    pairs = counts.tocoo()
    of_word = np.asarray(counts.sum(axis=1)).ravel()
    ratio = pairs.data * of_word.sum() / (of_word[pairs.row] * of_word[pairs.col])
    above = ratio > 1
    values = np.log(ratio[above]).astype(np.float32)
    return sparse.csr_array((values, (pairs.row[above], pairs.col[above])), shape=counts.shape)


# --- from a file -------------------------------------------------------------------------


def read_vectors(path: Path, vocabulary: Vocabulary, dim: int, seed: int) -> tuple[np.ndarray, int]:
    """float32[len(vocabulary) + 2, dim] from a text file with one word and its vector a line, as
    GloVe (Pennington et al., 2014) or, with a first line «n dim», word2vec (Mikolov et al., 2013)
    write it, and how many words of the vocabulary are in it. The other rows begin as Keras would
    begin them.

    Raises:
        DataError: no such file, vectors of another dimension, or what is no such file.
    """
    size = (len(vocabulary) + 2, dim)
    vectors = np.random.default_rng(seed).uniform(-LIMIT, LIMIT, size).astype(np.float32)
    known: set[str] = set()
    for word, line, numbers in _lines(path, dim):
        if word in vocabulary and word not in known:
            vectors[vocabulary[word]] = _numbers(numbers, path, line)
            known.add(word)
    return vectors, len(known)


def _lines(path: Path, dim: int) -> Iterator[tuple[str, int, list[str]]]:
    """The word, the number of the line, and the ``dim`` numbers on it as they are written."""
    try:
        # a broken word is one unknown; words may have other marks that end a line
        with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
            first = file.readline()
            announced = _announced(first, path, dim)
            rest = file if announced is not None else chain([first], file)
            before = number = 0 if announced is None else 1
            for number, text in enumerate(rest, start=before + 1):
                word, *numbers = text.rstrip().rsplit(" ", dim)  # GloVe has words with spaces
                if len(numbers) != dim:
                    expected = f"una palabra y {dim} números en la línea {number}"
                    raise _unusable(path, expected, f"«{text.strip()[:40]}»")
                yield word, number, numbers
    except OSError as error:
        found = "que no existe" if isinstance(error, FileNotFoundError) else f"«{error.strerror}»"
        raise _unusable(path, "un fichero de vectores", found) from error
    if announced is not None and number - 1 != announced:
        raise _unusable(path, f"un fichero con {announced} vectores", f"uno con {number - 1}")


def _announced(first: str, path: Path, dim: int) -> int | None:
    """How many vectors word2vec's first line announces; None if it is a word's.

    Raises:
        DataError: vectors of another dimension.
    """
    word, *numbers = first.rstrip().split(" ")
    is_header = len(numbers) == 1 and word.isdecimal() and numbers[0].isdecimal()
    found = int(numbers[0]) if is_header else len(numbers)
    if found != dim:
        raise _unusable(path, f"vectores de {dim} números (embedding_dim)", f"uno de {found}")
    return int(word) if is_header else None


def _numbers(numbers: list[str], path: Path, line: int) -> np.ndarray:
    try:
        vector = np.array([float(number) for number in numbers])
    except ValueError:
        vector = np.array([np.nan])
    if not np.all(np.abs(vector) < np.finfo(np.float32).max):
        raise _unusable(path, f"solo números en la línea {line}", f"«{' '.join(numbers)[:40]}»")
    return vector


def _unusable(path: Path, expected: str, found: str) -> DataError:
    return DataError(
        f"{path}: se esperaba {expected}, se encontró {found}; corrija el fichero o los ajustes."
    )
