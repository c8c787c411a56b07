"""Predictions in files of all formats: what is taken, what is told, and one sentence for the rest."""

import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from experiments.brought.predictions import files
from experiments.brought.predictions.reader import (
    Predictions,
    confusion_of,
    cross_entropy,
    deciles,
    read_predictions,
)
from experiments.errors import BroughtError
from experiments.kinds.lstm import LstmRecord
from experiments.kinds.memory import MemoryRecord
from experiments.paths import REFERENCE
from experiments.records.parts import Confusion
from experiments.records.results import read_results
from experiments.reviews.by_length import Right, by_length

LABEL = np.array([0, 0, 1, 1, 1], np.int8)
PROBABILITY = np.array([0.1, 0.75, 0.5, 0.625, 0.9], np.float32)
KNOWN = Confusion(true_negative=1, false_positive=1, false_negative=1, true_positive=2)


def npz(folder: Path, **columns: object) -> Path:
    path = folder / "prueba.npz"
    np.savez(path, **columns)  # type: ignore[arg-type]
    return path


def written(folder: Path, content: str | bytes, name: str = "prueba.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def complaint(path: Path) -> str:
    with pytest.raises(BroughtError) as error:
        read_predictions(path)
    said = str(error.value)
    assert said.startswith(f"{path}: ")
    assert "\n" not in said
    assert said.endswith(".")
    return said.removeprefix(f"{path}: ")


def taken(predictions: Predictions) -> dict[str, str]:
    return {name.name: name.meaning for name in predictions.names}


def same(found: np.ndarray | None, expected: np.ndarray) -> bool:
    """To the bit, and of the same type."""
    return found is not None and found.dtype == expected.dtype and found.tobytes() == expected.tobytes()


# --- what is taken -----------------------------------------------------------------------


def test_arrays_with_their_own_names_need_no_words(tmp_path: Path) -> None:
    length, number = np.array([3, 1, 4, 1, 5]), np.array([9, 2, 6, 5, 3])
    path = npz(tmp_path, y_true=LABEL, y_prob=PROBABILITY, length=length, review_id=number)
    found = read_predictions(path)
    assert same(found.label, LABEL)
    assert same(found.probability, PROBABILITY)
    assert same(found.predicted, np.array([0, 1, 0, 1, 1], np.int8))
    assert same(found.length, length.astype(np.int32))
    assert same(found.review_id, number.astype(np.int32))
    assert (found.names, found.notices) == ((), ())


@pytest.mark.parametrize("shape", [(5,), (5, 1)])
@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_the_answer_of_a_sigmoid_in_any_precision(tmp_path: Path, shape: tuple[int, ...], kind: type) -> None:
    found = read_predictions(
        npz(tmp_path, y_true=LABEL.reshape(shape), y_prob=PROBABILITY.astype(kind).reshape(shape))
    )
    assert same(found.probability, PROBABILITY.astype(kind).astype(np.float32))
    assert confusion_of(found) == KNOWN


@pytest.mark.parametrize("kind", [bool, np.uint8, np.int64, np.float32])
def test_labels_of_any_type(tmp_path: Path, kind: type) -> None:
    assert same(read_predictions(npz(tmp_path, y_true=LABEL.astype(kind), y_prob=PROBABILITY)).label, LABEL)


def test_of_a_softmax_the_second_column(tmp_path: Path) -> None:
    both = np.column_stack([1 - PROBABILITY, PROBABILITY])
    found = read_predictions(npz(tmp_path, y_true=LABEL, y_prob=both))
    assert same(found.probability, PROBABILITY)
    assert found.notices == (
        "prueba.npz: de las dos columnas de «y_prob» se toma la segunda, que es la de la clase 1.",
    )


@pytest.mark.parametrize(
    ("names", "meanings"),
    [
        (("prob_0", "prob_1"), {"prob_0": "1 - y_prob", "prob_1": "y_prob"}),
        (("y_prob_neg", "y_prob_pos"), {"y_prob_neg": "1 - y_prob", "y_prob_pos": "y_prob"}),
    ],
)
def test_a_softmax_in_two_columns_of_a_table(
    tmp_path: Path, names: tuple[str, str], meanings: dict[str, str]
) -> None:
    # in the other order, and rounded: 0.125 and 0.875
    path = written(tmp_path, f"y_true,{names[1]},{names[0]}\n0,0.13,0.88\n1,0.88,0.13\n")
    found = read_predictions(path)
    assert same(found.probability, np.array([0.13, 0.88], np.float32))
    assert taken(found) == meanings


def test_one_of_both_is_enough_if_it_is_that_of_the_positive_class(tmp_path: Path) -> None:
    found = read_predictions(written(tmp_path, "y_true,prob_1\n0,0.25\n"))
    assert taken(found) == {"prob_1": "y_prob"}
    said = complaint(written(tmp_path, "y_true,prob_0\n0,0.25\n"))
    assert said.startswith("se esperaba la columna «y_prob» o «y_pred», se encontró y_true, prob_0; ")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["p.csv", "p.CSV", "p.tsv"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_table_with_any_separator(tmp_path: Path, separator: str, name: str, start: str) -> None:
    rows = "\r\n".join(f"{label}{separator}{p}" for label, p in zip(LABEL, PROBABILITY, strict=True))
    found = read_predictions(written(tmp_path, f"{start}y_true{separator}y_prob\r\n{rows}\r\n", name))
    assert same(found.label, LABEL)
    assert same(found.probability, PROBABILITY)
    assert (found.names, found.notices) == ((), ())


def test_empty_lines_are_no_rows(tmp_path: Path) -> None:
    found = read_predictions(written(tmp_path, "\n\ny_true;y_prob\n\n1;0.75\n\n"))
    assert same(found.probability, np.array([0.75], np.float32))


def test_a_table_as_pandas_writes_it(tmp_path: Path) -> None:
    frame = pd.DataFrame({"y_true": LABEL, "y_prob": PROBABILITY, "length": [231.0, 4, 5, 6, 7]})
    frame.to_csv(tmp_path / "prueba.csv")
    found = read_predictions(tmp_path / "prueba.csv")
    assert same(found.probability, PROBABILITY)
    assert same(found.length, np.array([231, 4, 5, 6, 7], np.int32))
    assert found.notices == ("prueba.csv: no se usa lo que no se conoce: la columna sin nombre.",)


def test_a_table_of_a_spreadsheet_in_spanish(tmp_path: Path) -> None:
    found = read_predictions(written(tmp_path, "Etiqueta;Probabilidad\n0;0,125\n1;1\n"))
    assert same(found.probability, np.array([0.125, 1], np.float32))
    assert taken(found) == {"Etiqueta": "y_true", "Probabilidad": "y_prob"}
    assert found.notices == ("prueba.csv: en «Probabilidad» la coma es la de los decimales.",)


def test_a_real_parquet_file(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame({"y_true": LABEL, "y_prob": PROBABILITY, "texto": list("abcde")})
    frame["review_id"] = pd.array([1, 2, 3, 4, 5], "Int64")
    frame.to_parquet(tmp_path / "prueba.parquet")
    found = read_predictions(tmp_path / "prueba.parquet")
    assert same(found.label, LABEL)
    assert same(found.probability, PROBABILITY)
    assert same(found.review_id, np.arange(1, 6, dtype=np.int32))
    assert found.notices == ("prueba.parquet: no se usa lo que no se conoce: texto.",)


def test_words_in_a_parquet_file(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "prueba.parquet"
    labels = pd.Categorical(["neg", "neg", "pos", "pos", "pos"])
    pd.DataFrame({"y_true": labels, "y_prob": PROBABILITY}).to_parquet(path)
    assert same(read_predictions(path).label, LABEL)


def test_a_broken_parquet_file_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "prueba.parquet"
    pd.DataFrame({"y_true": ["ñandú", "neg"], "y_prob": [0.1, 0.2]}).to_parquet(path, compression=None)
    whole = path.read_bytes()
    for content in (
        whole[:-9],
        whole[:100] + whole[-100:],
        whole.replace("ñ".encode(), b"\xf1\xf1"),
        b"PAR1",
    ):
        complaint(written(tmp_path, content, "prueba.parquet"))


def test_without_pyarrow_the_user_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    said = complaint(written(tmp_path, b"PAR1", "prueba.parquet"))
    assert "instálela con «pip install informe[parquet]»" in said


@given(arrays(np.float32, st.integers(1, 20), elements=st.floats(0, 1, width=32)))
def test_single_precision_comes_back_to_the_bit(
    tmp_path_factory: pytest.TempPathFactory, values: np.ndarray
) -> None:
    values = np.append(values, np.float32(0.3))  # so that not all are answers
    folder = tmp_path_factory.mktemp("p")
    frame = pd.DataFrame({"y_true": np.zeros(len(values), int), "y_prob": values})
    frame.to_csv(folder / "p.csv", index=False)
    assert same(read_predictions(folder / "p.csv").probability, values)
    assert same(read_predictions(npz(folder, y_true=frame["y_true"], y_prob=values)).probability, values)


def test_rounding_to_single_precision_changes_no_answer(tmp_path: Path) -> None:
    over = np.nextafter(0.5, 1)
    assert np.float32(over) == 0.5
    found = read_predictions(npz(tmp_path, y_true=[1, 1, 1], y_prob=[over, 0.5, np.nextafter(0.5, 0)]))
    assert found.probability is not None
    assert found.predicted.tolist() == [1, 0, 0] == (found.probability > 0.5).astype(int).tolist()


# --- names -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "label", ["label", "Labels", "y_test", "target", "verdadero", "etiqueta", "real", "Y True"]
)
@pytest.mark.parametrize(
    "probability", ["prob", "y_score", "y_pred_proba", "pred_prob", "probabilidad", "y-prob"]
)
def test_usual_names_are_understood_and_told(tmp_path: Path, label: str, probability: str) -> None:
    found = read_predictions(npz(tmp_path, **{label: LABEL, probability: PROBABILITY}))
    assert taken(found) == {label: "y_true", probability: "y_prob"}
    assert {name.file for name in found.names} == {"prueba.npz"}
    assert found.notices == ()


@pytest.mark.parametrize(
    ("length", "number"), [("n_words", "id"), ("longitud", "index"), ("palabras", "Índice")]
)
def test_so_are_those_of_lengths_and_ids(tmp_path: Path, length: str, number: str) -> None:
    found = read_predictions(
        npz(tmp_path, y_true=LABEL, y_prob=PROBABILITY, **{length: LABEL + 1, number: LABEL})
    )
    assert taken(found) == {length: "length", number: "review_id"}
    assert same(found.length, (LABEL + 1).astype(np.int32))


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("y_true,y_prob,label", "«y_true», se encontró «y_true» y «label»; quite las que no lo sean."),
        ("y_true,y_prob,y_prob", "«y_prob», se encontró «y_prob» y «y_prob»;"),
        ("y_true,score,prob", "«y_prob», se encontró «score» y «prob»;"),
        ("y_true,y_prob,prob_1", "«y_prob», se encontró «y_prob» y «prob_1»;"),
    ],
)
def test_two_columns_that_can_be_the_same_are_refused(tmp_path: Path, header: str, said: str) -> None:
    assert complaint(written(tmp_path, f"{header}\n0,0.5,0.5\n")).startswith(
        f"se esperaba una sola columna que sea {said}"
    )


def test_columns_that_are_not_known_are_told_and_not_read(tmp_path: Path) -> None:
    objects = np.array([{}, None], object)
    path = npz(tmp_path, y_true=[0, 1], y_prob=[0.25, 0.5], textos=objects, fold=[1, 2, 3])
    assert read_predictions(path).notices == ("prueba.npz: no se usa lo que no se conoce: textos, fold.",)


# --- answers without probabilities -------------------------------------------------------


def test_answers_alone_are_no_probabilities(tmp_path: Path) -> None:
    found = read_predictions(npz(tmp_path, y_true=LABEL, y_pred=[0, 1, 0, 1, 1]))
    assert found.probability is None
    assert cross_entropy(found) is None
    assert confusion_of(found) == KNOWN
    assert (found.names, found.notices) == ((), ())


def test_probabilities_that_are_all_0_or_1_are_answers(tmp_path: Path) -> None:
    found = read_predictions(npz(tmp_path, y_true=LABEL, y_prob=[0.0, 1.0, 0.0, 1.0, 1.0]))
    assert found.probability is None
    assert confusion_of(found) == KNOWN
    assert found.notices == (
        "prueba.npz: en «y_prob» solo hay 0 y 1: se toman por respuestas, no por probabilidades.",
    )


@pytest.mark.parametrize("name", ["y_pred", "predictions"])
def test_answers_that_are_no_whole_numbers_are_probabilities(tmp_path: Path, name: str) -> None:
    """What ``model.predict`` gives is often kept under this name."""
    found = read_predictions(npz(tmp_path, y_true=LABEL, **{name: PROBABILITY.reshape(-1, 1)}))
    assert same(found.probability, PROBABILITY)
    assert taken(found) == {name: "y_prob"}


def test_answers_may_stand_beside_the_probabilities_that_they_follow_from(tmp_path: Path) -> None:
    """Whatever they say at a half."""
    found = read_predictions(npz(tmp_path, y_true=LABEL, y_prob=PROBABILITY, y_pred=[0, 1, 1, 1, 1]))
    assert found.predicted.tolist() == [0, 1, 0, 1, 1]
    said = complaint(npz(tmp_path, y_true=LABEL, y_prob=PROBABILITY, y_pred=[0, 0, 0, 1, 1]))
    assert said == (
        "se esperaba en «y_pred» la respuesta que da «y_prob» con el umbral en un medio, se encontró «0» en "
        "la fila 2; quite una de las dos columnas."
    )


@pytest.mark.parametrize(
    ("negative", "positive"),
    [("neg", "pos"), ("Negative", "Positive"), ("negativo", "positivo"), ("False", "True"), ("NEG", "pos")],
)
def test_words_for_labels_are_understood_and_told(tmp_path: Path, negative: str, positive: str) -> None:
    rows = "".join(
        f"{[negative, positive][label]},{p}\n" for label, p in zip(LABEL, PROBABILITY, strict=True)
    )
    for found, name in (
        (read_predictions(written(tmp_path, f"y_true,y_prob\n{rows}")), "prueba.csv"),
        (
            read_predictions(npz(tmp_path, y_true=np.array([negative, positive])[LABEL], y_prob=PROBABILITY)),
            "prueba.npz",
        ),
    ):
        assert same(found.label, LABEL)
        words = f"«{negative.lower()}» como 0 y «{positive.lower()}» como 1"
        assert found.notices == (f"{name}: en «y_true» se lee {words}.",)


def test_one_class_is_enough(tmp_path: Path) -> None:
    found = read_predictions(npz(tmp_path, y_true=[1, 1], y_prob=[0.25, 0.75]))
    expected = Confusion(true_negative=0, false_positive=0, false_negative=1, true_positive=1)
    assert confusion_of(found) == expected


@pytest.mark.parametrize("ids", [["a1", "b2"], [1.5, 2], [2**31, 1], [np.nan, 1], ["", "3"]])
def test_ids_that_are_no_integers_are_left_out_and_told(tmp_path: Path, ids: list[object]) -> None:
    found = read_predictions(npz(tmp_path, y_true=[0, 1], y_prob=[0.25, 0.75], id=ids))
    assert found.review_id is None
    (notice,) = found.notices
    assert notice.startswith("prueba.npz: no se usan los identificadores de «id», que no son enteros («")


# --- what is refused ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"y_true": [0, 2], "y_prob": [0.1, 0.2]}, "en «y_true» una etiqueta 0 o 1 (o neg y pos, negative y"),
        ({"y_true": [0, 2], "y_prob": [0.1, 0.2]}, "se encontró «2» en la fila 2; conviértala."),
        ({"y_true": [-1, -1], "y_prob": [0.1, 0.2]}, "se encontró «-1» en la fila 1 y en 1 más;"),
        ({"y_true": [0, np.nan], "y_prob": [0.1, 0.2]}, "se encontró «nan» en la fila 2"),
        ({"y_true": ["malo", "pos"], "y_prob": [0.1, 0.2]}, "se encontró «malo» en la fila 1"),
        ({"y_true": [[1, 0], [0, 1]], "y_prob": [0.1, 0.2]}, "se encontró la forma (2, 2); guarde"),
        ({"y_true": [[1, 0], [0, 1]], "y_prob": [0.1, 0.2]}, "por ejemplo con y_true.argmax(axis=1)"),
        (
            {"y_true": [0, 1], "y_prob": [0.1, 3.5]},
            "de 0 a 1, se encontró «3.5» en la fila 2; si son logits, aplíqueles",
        ),
        ({"y_true": [0, 1], "y_prob": [-0.1, 0.5]}, "se encontró «-0.1» en la fila 1; si son logits"),
        ({"y_true": [0, 1], "y_pred": [-0.1, 2.5]}, "«-0.1» en la fila 1 y en 1 más; si son logits"),
        (
            {"y_true": [0, 1], "y_prob": [0.1, np.nan]},
            "un número en cada fila, se encontró «nan» en la fila 2",
        ),
        ({"y_true": [0, 1], "y_prob": [0.1, np.inf]}, "se encontró «inf» en la fila 2"),
        ({"y_true": [0, 1], "y_prob": ["0.1", "mucho"]}, "se encontró «mucho» en la fila 2"),
        ({"y_true": [0, 1], "y_prob": [0.1 + 0j, 0.2]}, "se encontró «(0.1+0j)» en la fila 1"),
        ({"y_true": [0, 1], "y_prob": [0.1, 0.2, 0.3]}, "tantos valores como en «y_true», 2, se encontró 3"),
        ({"y_true": [0, 1], "y_prob": [[0.1, 0.2]]}, "tantos valores como en «y_true», 2, se encontró 1"),
        ({"y_true": [0, 1], "y_prob": [0.1, 0.2], "length": [1]}, "en «length» tantos valores"),
        ({"y_true": [0, 1], "y_prob": [[0.1, 0.2, 0.7]] * 2}, "una o dos columnas, pues son dos clases,"),
        (
            {"y_true": [0, 1], "y_prob": [[0.9, 0.1], [0.9, 0.2]]},
            "sumen 1, se encontró 0.9 y 0.2 en la fila 2",
        ),
        ({"y_true": [0, 1], "prob_0": [0.9, 0.9], "prob_1": [0.1, 0.3]}, "en «prob_0» y «prob_1» dos proba"),
        ({"y_true": [0, 1], "y_prob": [[[0.1]], [[0.2]]]}, "se encontró la forma (2, 1, 1)"),
        ({"y_true": 0, "y_prob": 0.5}, "se encontró la forma ()"),
        ({"y_true": [], "y_prob": []}, "se esperaba de 1 a 10000000 reseñas, se encontró 0"),
        (
            {"y_true": [0, 1], "y_prob": [0.1, 0.2], "length": [1, -2]},
            "un número entero de palabras, se encontró «-2»",
        ),
        ({"y_true": [0, 1], "y_prob": [0.1, 0.2], "length": [1, 2.5]}, "se encontró «2.5» en la fila 2"),
        ({"y_true": [0, 1], "y_prob": [0.1, 0.2], "length": [2**31, 1]}, "«2147483648» en la fila 1"),
        ({"y_true": [0, 1], "y_prob": [0.1, 0.2], "length": ["1", "muchas"]}, "«muchas» en la fila 2"),
        ({"y_true": [0, 1]}, "la columna «y_prob» o «y_pred», se encontró y_true; ponga"),
        ({"y_prob": [0.1], "x": [1]}, "la columna «y_true», se encontró y_prob, x; ponga"),
        ({}, "se esperaba la columna «y_true», se encontró ninguna"),
        (
            {"y_true": [0, None], "y_prob": [0.1, 0.2]},
            "se encontró «y_true», un array de objetos; vuelva",
        ),
    ],
)
def test_wrong_arrays_are_refused(tmp_path: Path, columns: dict[str, object], said: str) -> None:
    assert said in complaint(npz(tmp_path, **columns))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "se encontró uno vacío"),
        ("y_true,y_prob\n", "se esperaba de 1 a 10000000 reseñas, se encontró 0"),
        ("\n\n", "se esperaba un fichero de predicciones legible"),
        ("y_true,y_prob\n0,0.5\n1\n", "se encontró «» en la fila 2"),
        ("y_true,y_prob\n0,\n", "se encontró «» en la fila 1; corríjalo o quite la fila."),
        ("y_true,y_prob\n0,NA\n", "se encontró «NA» en la fila 1"),
        ("y_true,y_prob\n0,1_0\n", "se encontró «1_0» en la fila 1"),
        ("y_true,y_prob\n0,0.5,7\n", "se encontró más campos en las filas que en la cabecera"),
        ("y_true,y_prob\n0,0.5\n0,0.5,7\n", "más campos en la línea 3 que en la cabecera"),
        ("0,0.93\n1,0.5\n", "se esperaba la columna «y_true», se encontró 0, 0.93"),
        ("y_true;y_prob;length\n0;0,5;1,000\n", "en «length» un número en cada fila, se encontró «1,000»"),
        ('y_true,y_prob\n0,"0.5\n', "EOF inside string"),
        (b"y_true,y_prob,a\xf1o\n0,0.5,1\n", "un texto en otra codificación; guárdelo como UTF-8"),
        (b"\x80\x04\x95\x00\x00\x00", "otra codificación"),
        (b"y_true,y_prob\n0,\x000.5\n", "en la fila 1"),
    ],
)
def test_wrong_tables_are_refused(tmp_path: Path, content: str | bytes, said: str) -> None:
    assert said in complaint(written(tmp_path, content))


@pytest.mark.parametrize("suffix", [".pkl", ".npy", ".h5", ".xlsx", ""])
def test_other_formats_are_refused_unopened(tmp_path: Path, suffix: str) -> None:
    said = complaint(written(tmp_path, b"\x80\x04.", f"prueba{suffix}"))
    assert said.startswith("se esperaba un fichero .npz, .csv, .tsv, .parquet, se encontró ")


@pytest.mark.parametrize("name", ["prueba.npz", "prueba.csv", "prueba.parquet"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    assert "se encontró que no existe" in complaint(tmp_path / name)
    (tmp_path / name).mkdir()
    assert "se encontró otra cosa; revise la ruta" in complaint(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "prueba.csv")
    assert "se encontró otra cosa" in complaint(tmp_path / "prueba.csv")


@pytest.mark.parametrize("content", [b"PK\x03\x04" + bytes(40), b"\x80\x04."])  # and see test_npz
def test_what_is_no_npz_file_is_refused(tmp_path: Path, content: bytes) -> None:
    said = complaint(written(tmp_path, content, "prueba.npz"))
    assert said.startswith("se esperaba un archivo NPZ de NumPy, se encontró «")


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "prueba.npz"
    np.savez_compressed(path, y_true=np.zeros(100_000), y_prob=np.zeros(2))
    monkeypatch.setattr(files, "MAX_BYTES", 100_000)
    assert "se esperaba un archivo de hasta 100000 bytes, se encontró uno de 800272" in complaint(path)


def test_an_array_of_records_is_no_column(tmp_path: Path) -> None:
    records = np.array([("a", 1)], [("x", "U1"), ("y", int)])
    complaint(npz(tmp_path, y_true=[1], y_prob=records))


def test_texts_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_ROWS", 4)
    said = complaint(npz(tmp_path, y_true=LABEL, y_prob=PROBABILITY.astype(str)))
    assert said == "se esperaba hasta 4 valores en «y_prob», se encontró 5; guarde solo las predicciones."


# --- what follows from them --------------------------------------------------------------


def test_the_cross_entropy_is_that_of_keras() -> None:
    from experiments import runtime

    os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported
    import keras

    extreme = np.array([0, 1e-9, 1e-7, 0.25, 0.5, 1 - 1e-6, 1], np.float32)
    random = np.random.default_rng(0).random(200, np.float32)
    probability = np.concatenate([extreme, extreme, random])
    label = np.concatenate([np.zeros(7), np.ones(7), random > 0.3]).astype(np.int8)
    for subset in [slice(place, place + 1) for place in range(14)] + [slice(None)]:
        p, y = probability[subset], label[subset]
        expected = float(keras.losses.binary_crossentropy(y.astype(np.float32), p))
        found = cross_entropy(Predictions(y, (p > 0.5).astype(np.int8), p))
        assert found == pytest.approx(expected, rel=1e-5, abs=1e-7)


def test_the_cross_entropy_by_hand() -> None:
    """-ln 0.5, -ln 0.25 and -ln 0.75."""
    p = np.array([0.5, 0.25, 0.25], np.float32)
    found = cross_entropy(Predictions(np.array([1, 1, 0], np.int8), np.zeros(3, np.int8), p))
    assert found == pytest.approx((0.693147 + 1.386294 + 0.287682) / 3, abs=1e-6)


def test_deciles_by_hand() -> None:
    """Twenty reviews of 1 to 20 words, of which those of even length are answered well."""
    length = np.arange(20, 0, -1, dtype=np.int32)
    found = deciles(length, length % 2 == 0)
    assert [(b.low, b.high, b.n, b.lstm_correct) for b in found] == [
        (i, i + 1, 2, 1) for i in range(1, 20, 2)
    ]


@given(
    arrays(np.int32, st.integers(1, 60), elements=st.integers(0, 12)),
    st.randoms(use_true_random=False),
)
def test_deciles_are_those_of_the_records(length: np.ndarray, random: object) -> None:
    right, other = np.random.default_rng(len(length)).random((2, len(length))) > 0.4
    expected = by_length(length, Right(lstm=right, linear=other, last=~other))
    assert [(b.low, b.high, b.n, b.lstm_correct) for b in deciles(length, right)] == [
        (b.low, b.high, b.n, b.lstm_correct) for b in expected
    ]


def test_what_the_reference_says_of_itself_follows_from_its_predictions(tmp_path: Path) -> None:
    runs = {run.name: run for run in read_results(REFERENCE)[1]}
    lstm, memory = runs["lstm/seed-1"], runs["memory/seed-1"]
    assert isinstance(lstm.record, LstmRecord)
    assert isinstance(memory.record, MemoryRecord)
    path = tmp_path / "prueba.npz"
    np.savez(path, **{name: lstm.arrays[name] for name in ("label", "probability", "length", "review_id")})
    found = read_predictions(path)
    assert found.length is not None
    assert same(found.probability, lstm.arrays["probability"])
    assert confusion_of(found) == lstm.record.confusion
    assert cross_entropy(found) == pytest.approx(lstm.record.test_loss, abs=1e-6)
    assert [b.model_dump() for b in deciles(found.length, found.predicted == found.label)] == [
        b.model_dump(include={"low", "high", "n", "lstm_correct"}) for b in memory.record.deciles
    ]
