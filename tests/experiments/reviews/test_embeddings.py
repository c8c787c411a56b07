"""Vectors of words, against their definition and against files written by hand."""

from math import log
from pathlib import Path

import numpy as np
import pytest

from experiments.data.sets import DataError
from experiments.reviews.embeddings import (
    SPREAD,
    count_neighbours,
    positive_information,
    ppmi_svd,
    read_vectors,
)

VOCABULARY = {"a": 2, "b": 3, "c": 4}


# --- from the training text --------------------------------------------------------------


def test_neighbours_by_hand() -> None:
    # ids: a b unknown | c
    counts = count_neighbours([["a", "b", "new"], ["c"]], VOCABULARY).toarray()
    expected = np.zeros((5, 5))
    for word, other in ((2, 3), (2, 1), (3, 1)):
        expected[word, other] = expected[other, word] = 1
    np.testing.assert_array_equal(counts, expected)


def test_neighbours_are_up_to_five_words_apart() -> None:
    filler = ["b"] * 4
    near = count_neighbours([["a", *filler, "c"]], VOCABULARY)
    far = count_neighbours([["a", *filler, "b", "c"]], VOCABULARY)
    assert (near[2, 4], far[2, 4]) == (1, 0)
    assert near[3, 3] == 2 * (3 + 2 + 1)  # each pair of the four fillers, from both sides


def test_information_by_hand() -> None:
    counts = count_neighbours([["a", "b"], ["a", "b"], ["a", "c"], ["c", "c"]], VOCABULARY)
    information = positive_information(counts).toarray()
    # a with b twice, a with c once, c with itself once (counted from both sides): 8 in all;
    # a 3, b 2, c 3
    assert information[2, 3] == pytest.approx(log(2 * 8 / (3 * 2)))
    assert information[4, 4] == pytest.approx(log(2 * 8 / (3 * 3)))
    assert information[2, 4] == 0  # log(1 * 8 / (3 * 3)) is negative
    np.testing.assert_array_equal(information, information.T)


def test_vectors_are_the_decomposition_scaled_as_keras_begins() -> None:
    rng = np.random.default_rng(0)
    words = [f"w{number}" for number in range(12)]
    documents = [rng.choice(words, 9, p=rng.dirichlet(np.full(12, 0.3))).tolist() for _ in range(30)]
    vocabulary = {word: number for number, word in enumerate(words[:-1], start=2)}  # the last is unknown
    vectors = ppmi_svd(documents, vocabulary, 3, seed=1)
    assert vectors.dtype == np.float32
    assert vectors.std() == pytest.approx(0.1 / 12**0.5, rel=1e-5) == pytest.approx(SPREAD, rel=1e-5)
    np.testing.assert_allclose(vectors[0], 0, atol=1e-7)  # padding
    # the same directions and proportions as NumPy's dense decomposition
    left, singular, _ = np.linalg.svd(positive_information(count_neighbours(documents, vocabulary)).toarray())
    assert singular[2] > 1.05 * singular[3]  # else any of several would do
    expected = left[:, :3] * np.sqrt(singular[:3])
    expected *= SPREAD / expected.std()
    np.testing.assert_allclose(vectors @ vectors.T, expected @ expected.T, atol=1e-6)
    np.testing.assert_array_equal(vectors, ppmi_svd(documents, vocabulary, 3, seed=1))


def test_words_that_go_with_the_same_words_have_vectors_that_point_the_same_way() -> None:
    documents = [[w, "one"] for w in ("good", "fine")] * 3 + [[w, "two"] for w in ("bad", "poor")] * 3
    vocabulary = {word: i for i, word in enumerate(["good", "fine", "bad", "poor", "one", "two"], start=2)}
    vectors = ppmi_svd(documents, vocabulary, 4, seed=0)
    good, fine, bad = (vectors[vocabulary[word]] for word in ("good", "fine", "bad"))
    assert good @ fine == pytest.approx(good @ good, rel=1e-4)
    assert good @ bad == pytest.approx(0, abs=1e-6)


def test_more_columns_than_the_text_has_ranks_stay_empty() -> None:
    vectors = ppmi_svd([["a", "b"]] * 3, VOCABULARY, 10, seed=0)
    assert vectors.shape == (5, 10)
    assert np.isfinite(vectors).all()
    assert not vectors[:, 5:].any()


@pytest.mark.parametrize("documents", [[], [["a"], ["b"]], [["a", "a"]]])
def test_text_without_words_that_go_together_is_refused(documents: list[list[str]]) -> None:
    with pytest.raises(DataError, match="se esperaban reseñas con palabras que vayan juntas"):
        ppmi_svd(documents, VOCABULARY, 2, seed=0)


# --- from a file -------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["", "4 2\n"])
def test_known_words_have_the_vector_of_the_file(tmp_path: Path, header: str) -> None:
    path = tmp_path / "vectors.txt"
    path.write_text(f"{header}b 1 -2.5\n. . 7 8\nother x y\na 3e-1 4 \n", encoding="utf-8")
    vectors, known = read_vectors(path, VOCABULARY, 2, seed=1)
    assert (vectors.dtype, vectors.shape, known) == (np.float32, (5, 2), 2)
    np.testing.assert_array_equal(vectors[[3, 2]], np.array([[1, -2.5], [0.3, 4]], np.float32))
    begun = vectors[[0, 1, 4]]
    assert np.all(np.abs(begun) <= 0.05)
    assert len(np.unique(begun)) == 6
    np.testing.assert_array_equal(vectors, read_vectors(path, VOCABULARY, 2, seed=1)[0])
    assert not np.array_equal(begun, read_vectors(path, VOCABULARY, 2, seed=2)[0][[0, 1, 4]])


def test_a_word_given_twice_has_its_first_vector(tmp_path: Path) -> None:
    path = tmp_path / "vectors.txt"
    path.write_text("a 1 2\na 3 4\n")
    vectors, known = read_vectors(path, VOCABULARY, 2, seed=1)
    assert (vectors[2].tolist(), known) == ([1.0, 2.0], 1)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "vectores de 2 números"),
        ("a 1 2 3\n", r"vectores de 2 números \(embedding_dim\), se encontró uno de 3"),
        ("1 3\na 1 2 3\n", "vectores de 2 números"),
        ("a 1 2\nb 1\n", "una palabra y 2 números en la línea 2, se encontró «b 1»"),
        ("2 2\na 1 2\nb 1 x\n", "solo números en la línea 3, se encontró «1 x»"),
        ("a 1 2\nb 1 nan\n", "solo números en la línea 2"),
        ("a 1 1e39\n", "solo números en la línea 1"),
        ("3 2\na 1 2\nb 1 2\n", "un fichero con 3 vectores, se encontró uno con 2"),
    ],
)
def test_what_is_no_file_of_such_vectors_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "vectors.txt"
    path.write_text(content)
    with pytest.raises(DataError, match=complaint):
        read_vectors(path, VOCABULARY, 2, seed=1)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "vectors.bin"
    path.write_bytes(bytes(range(256)) * 4)
    with pytest.raises(DataError, match="vectores de 2 números"):
        read_vectors(path, VOCABULARY, 2, seed=1)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="se esperaba un fichero de vectores, se encontró que no existe"):
        read_vectors(tmp_path / "none.txt", VOCABULARY, 2, seed=1)
