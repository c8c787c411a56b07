"""The four numbers of a confusion matrix, however they are written, and one sentence for the rest."""

import itertools
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from experiments.brought.confusion import MAX_BYTES, MAX_COUNT, read_confusion
from experiments.errors import BroughtError
from experiments.records.parts import Confusion

KNOWN = Confusion(true_negative=11142, false_positive=1358, false_negative=2048, true_positive=10452)
COUNTS = st.integers(0, 50_000)
PRINTED = "[[11142  1358]\n [ 2048 10452]]"


def complaint(text: str) -> str:
    with pytest.raises(BroughtError) as error:
        read_confusion(text)
    said = str(error.value)
    assert "\n" not in said
    assert said.endswith(".")
    return said


@pytest.mark.parametrize(
    "text",
    [
        "11142,1358,2048,10452",
        "11142, 1358, 2048, 10452\n",
        "11142;1358;2048;10452",
        "11142 1358\n2048\t10452",
        "11142.0,1358.,2048,10452",
        "1.1142e+04 1.358e+03 2.048e+03 1.0452e+04",
        "tn=11142 fp=1358 fn=2048 tp=10452",
        "TP: 10452, FN: 2048; TN: 11142, FP: 1358",
        PRINTED,
        "[[11142, 1358], [2048, 10452]]",
        "array([[11142,  1358],\n       [ 2048, 10452]])",
        "array([[11142.,  1358.],\n       [ 2048., 10452.]], dtype=float32)",
        "[11142  1358  2048 10452]",
    ],
)
def test_what_is_understood(text: str) -> None:
    assert read_confusion(text) == KNOWN


def test_the_order_is_that_of_scikit_learn() -> None:
    """Rows are the real classes and columns the answers, the negative class first."""
    from sklearn.metrics import confusion_matrix

    label, answer = [0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 1, 0, 1, 1, 1, 1]
    matrix = confusion_matrix(label, answer)
    expected = Confusion(true_negative=2, false_positive=1, false_negative=1, true_positive=4)
    assert read_confusion(str(matrix)) == expected
    assert read_confusion(repr(matrix)) == expected
    assert read_confusion(",".join(map(str, matrix.ravel().tolist()))) == expected


@given(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS))
def test_all_ways_of_writing_say_the_same(counts: tuple[int, int, int, int]) -> None:
    assume(any(counts))
    tn, fp, fn, tp = counts
    expected = Confusion(true_negative=tn, false_positive=fp, false_negative=fn, true_positive=tp)
    matrix = np.array(counts).reshape(2, 2)
    named = [f"{name}={count}" for name, count in zip(("tn", "fp", "fn", "tp"), counts, strict=True)]
    texts = [str(matrix), repr(matrix), str(matrix.tolist()), "{},{},{},{}".format(*counts)]
    texts += [" ".join(order) for order in itertools.permutations(named)]
    assert {read_confusion(text) for text in texts} == {expected}


@pytest.mark.parametrize(
    "content", [PRINTED, "\ufeff11142,1358,2048,10452\r\n", "tn=11142 fp=1358 fn=2048 tp=10452"]
)
def test_a_file_has_what_could_be_typed(tmp_path: Path, content: str) -> None:
    path = tmp_path / "matriz.txt"
    path.write_bytes(content.encode())
    assert read_confusion(str(path)) == KNOWN


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("-1,2,3,4", "se esperaba un número de reseñas, se encontró «-1»; compruebe el signo"),
        ("1.5,2,3,4", "se esperaba un entero, se encontró «1.5»; escriba el número de reseñas"),
        ("0.89,0.11,0.16,0.84", "«0.89»; si son proporciones, escriba la matriz sin normalizar"),
        ("[[0.89 0.11]\n [0.16 0.84]]", "«0.89»; si son proporciones"),
        ("11.142,1.358,2.048,10.452", "«11.142»; escriba el número de reseñas, sin separar los miles"),
        ("11.000,1,2,3", "«11.000», que puede ser dos distintos; escríbalo sin punto"),
        ("11,142,1,358,2,048,10,452", "se encontró una de 8; escríbala como 11142,1358,2048,10452"),
        ("1,2,3", "se encontró una de 3"),
        (
            "[[1 2 3]\n [4 5 6]\n [7 8 9]]",
            "se esperaba una matriz de 2 × 2, de dos clases, se encontró una de 3 × 3",
        ),
        ("[[1 2] [3]]", "una de filas desiguales"),
        ("[]", "una de 1 × 0"),
        ("[[1 2] [3 4]", "se esperaba [[tn fp] [fn tp]], se encontró «[[1 2] [3 4]»"),
        ("[[1 2] y [3 4]]", "«[[1 2] y [3 4]]»"),
        ("[[[1 2] [3 4]]]", "«[[[1 2] [3 4]]]»"),
        ("[[1 2] [3 x]]", "«[[1 2] [3 x]]»"),
        ("[" * 9_000, "«[[["),
        ("0,0,0,0", "se esperaba alguna reseña, se encontró una matriz de ceros"),
        ("1e400,1,1,1", f"se esperaba un número de hasta {MAX_COUNT} reseñas, se encontró «1e400»"),
        (f"{MAX_COUNT + 1},1,1,1", f"se encontró «{MAX_COUNT + 1}»"),
        ("1e-400,1,1,1", "se esperaba un entero, se encontró «1e-400»"),
        ("1e99999999999999999999,1,1,1", "«1e99999999999999999999,1,1,1»"),
        ("nan,1,1,1", "«nan,1,1,1»"),
        ("inf,1,1,1", "«inf,1,1,1»"),
        ("1_0,1,1,1", "«1_0,1,1,1»"),
        ("١,1,1,1", "«١,1,1,1»"),
        ("tn=1 fp=2 fn=3", "se encontró la matriz sin tp; complétela"),
        ("tn=1 fp=2 fn=3 tp=4 tp=5", "se esperaba un solo valor de «tp», se encontró «4» y «5»"),
        ("tn=1 fp=2 fn=3 tp=4 total=10", "«total=10»"),
        ("tn=1fp=2fn=3tp=4", "«tn=1fp=2fn=3tp=4»"),
        ("tn=-1 fp=2 fn=3 tp=4", "se encontró «-1»"),
        (
            "matriz.txt",
            "«matriz.txt»; escríbala como 11142,1358,2048,10452 o indique un fichero que la tenga",
        ),
        ("", "se encontró «»"),
        ("\0", "se esperaba una matriz de cuatro enteros"),
        ("x" * 9_000, "xxx…»"),
    ],
)
def test_what_is_refused(text: str, found: str) -> None:
    said = complaint(text)
    assert said.startswith("la matriz de confusión: se esperaba")
    assert found in said


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\x80\x04\x95\x00\xff", "se esperaba un texto, se encontró otra cosa; guárdelo como UTF-8"),
        (b"", "se encontró «»"),
        (b"1,2,3,4\n" + b" " * MAX_BYTES, f"un fichero de más de {MAX_BYTES} bytes"),
        (b"clase,0,1\n0,11142,1358\n1,2048,10452\n", "«clase,0,1 0,11142,1358 1,2048,10452»"),
    ],
)
def test_a_file_that_has_something_else_is_named(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "matriz.txt"
    path.write_bytes(content)
    said = complaint(str(path))
    assert said.startswith(f"{path}: se esperaba")
    assert found in said


@given(st.text("tnfp=:[]()0123456789.,; -+e\n", max_size=40))
def test_no_text_ends_in_anything_but_a_matrix_or_a_sentence(text: str) -> None:
    with suppress(BroughtError):
        assert read_confusion(text).n > 0
