import json
from pathlib import Path

import pandas as pd
import pytest

from experiments.data.own_tables import Row, label_word, read_test, read_train
from experiments.data.sets import DataError
from experiments.data.source import OwnReviews


def own(place: Path, **keys: object) -> OwnReviews:
    columns = {} if place.is_dir() else {"text": "texto", "label": "etiqueta"}
    name = "folder" if place.is_dir() else place.suffix[1:]
    return OwnReviews.model_validate({name: place, "language": "es"} | columns | keys)


def written(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def refusal(path: Path, **keys: object) -> str:
    with pytest.raises(DataError) as error:
        read_train(own(path, **keys))
    assert str(error.value).startswith(str(path))
    return str(error.value).removeprefix(str(path))


# --- reading -----------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_csv_file(tmp_path: Path, encoding: str) -> None:
    content = 'etiqueta,n,texto\npos,1,"Sí, buena:\r\n""muy"" buena"\nneg,2, Años de más \n'
    assert read_train(own(written(tmp_path / "r.csv", content, encoding))) == [
        Row('Sí, buena:\n"muy" buena', "pos", "la fila 1"),
        Row("Años de más", "neg", "la fila 2"),
    ]


def test_a_tsv_file(tmp_path: Path) -> None:
    path = written(tmp_path / "r.tsv", "texto\tetiqueta\nSí, buena\t1\nmala\t0\n")
    assert read_train(own(path)) == [Row("Sí, buena", "1", "la fila 1"), Row("mala", "0", "la fila 2")]


def test_nothing_in_a_csv_file_is_taken_for_a_missing_value_or_a_number(tmp_path: Path) -> None:
    path = written(tmp_path / "r.csv", "texto,etiqueta\nNA,None\nnull,01\n")
    assert [row[:2] for row in read_train(own(path))] == [("NA", "None"), ("null", "01")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_json_lines(tmp_path: Path, encoding: str) -> None:
    lines = [{"texto": "muy\r\nbuena", "etiqueta": True, "n": 1}, {"etiqueta": False, "texto": "mala"}]
    content = "\n\n".join(json.dumps(line) for line in lines)
    assert read_train(own(written(tmp_path / "r.jsonl", content, encoding))) == [
        Row("muy\nbuena", "true", "la línea 1"),
        Row("mala", "false", "la línea 3"),
    ]


def test_a_parquet_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pandas reads it; here it has read a frame."""
    frame = pd.DataFrame({"texto": ["buena", "mala"], "etiqueta": [1, 0], "n": [3, 4]})
    monkeypatch.setattr(pd, "read_parquet", {tmp_path / "r.parquet": frame}.__getitem__)
    assert read_train(own(tmp_path / "r.parquet")) == [
        Row("buena", "1", "la fila 1"),
        Row("mala", "0", "la fila 2"),
    ]


def test_a_real_parquet_file(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "r.parquet"
    pd.DataFrame({"texto": ["buena", "mala"], "etiqueta": pd.array([1, 0], "Int64")}).to_parquet(path)
    assert [row[:2] for row in read_train(own(path))] == [("buena", "1"), ("mala", "0")]


def test_a_folder_like_that_of_imdb(tmp_path: Path) -> None:
    for name, text in {
        "train/pos/b.txt": "segunda",
        "train/pos/a.txt": "\ufeffprimera\r\n",
        "train/pos/a.html": "no",
        "train/neg/z.txt": "mala",
        "train/unsup/q.txt": "sin etiqueta",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        written(tmp_path / name, text)
    assert [row[:2] for row in read_train(own(tmp_path))] == [
        ("mala", "neg"),
        ("primera", "pos"),
        ("segunda", "pos"),
    ]
    assert read_test(own(tmp_path)) is None
    (tmp_path / "train").rename(tmp_path / "test")
    rows = read_test(own(tmp_path))
    assert rows is not None
    assert rows[0] == Row("mala", "neg", f"«{tmp_path}/test/neg/z.txt»")


def test_the_test_part_has_a_file_of_the_same_format(tmp_path: Path) -> None:
    path = written(tmp_path / "r.csv", "texto,etiqueta\nbuena,1\n")
    assert read_test(own(path)) is None
    other = written(tmp_path / "p.csv", "texto,etiqueta\nmala,0\n")
    assert read_test(own(path, test=other)) == [Row("mala", "0", "la fila 1")]


def test_letters_with_marks_of_their_own_are_made_one(tmp_path: Path) -> None:
    """As macOS writes them; the tokenizer would break the word."""
    path = written(tmp_path / "r.csv", "texto,etiqueta\nacci\u006f\u0301n,s\u0069\u0301\n")
    assert read_train(own(path)) == [Row("acci\u00f3n", "s\u00ed", "la fila 1")]


def test_a_label_is_the_same_word_in_all_formats() -> None:
    for label in (1, 1.0, "1", " 1\n"):
        assert label_word(label) == "1"
    for label in (True, "True", "TRUE", "true"):
        assert label_word(label) == "true"
    for label in (None, float("nan"), pd.NA, "", "  "):
        assert label_word(label) == ""
    assert [label_word(label) for label in (0.5, "1.0", "Sí", False)] == ["0.5", "1.0", "Sí", "false"]


# --- refusing ----------------------------------------------------------------------------

HEAD = "texto,etiqueta\n"
COMPLETE = "complétela o quítela."


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (
            HEAD + "buena,1\n,0\nmala,0\n",
            ": se esperaba un texto con alguna palabra en cada reseña, se encontró uno sin ninguna en la "
            f"fila 2; {COMPLETE}",
        ),
        (
            HEAD + "buena,1\n ... ,0\nmala,0\n👍,1\n,1\n",
            ": se esperaba un texto con alguna palabra en cada reseña, se encontró uno sin ninguna en la "
            "fila 2 y "
            f"en 2 más; {COMPLETE}",
        ),
        (
            HEAD + "buena,1\nmala,\n",
            f": se esperaba una etiqueta en cada reseña, se encontró una vacía en la fila 2; {COMPLETE}",
        ),
        (
            HEAD + "buena,1\nmala\n",
            f": se esperaba una etiqueta en cada reseña, se encontró una vacía en la fila 2; {COMPLETE}",
        ),
        (
            "texto;etiqueta\nbuena;1\n",
            ": se esperaba la columna «texto», se encontró «texto;etiqueta»; separe las columnas con comas.",
        ),
        (
            "texto,label\nbuena,1\n",
            ": se esperaba la columna «etiqueta», se encontró «texto», «label»; corrija el nombre.",
        ),
        (
            HEAD + "buena, sí,1\nmala,0\n",
            ": se esperaban reseñas legibles, se encontró «más campos en las filas que en la cabecera»; "
            "ponga entre comillas los textos con separadores.",
        ),
    ],
)
def test_what_a_csv_file_may_not_have(tmp_path: Path, content: str, complaint: str) -> None:
    assert refusal(written(tmp_path / "r.csv", content)) == complaint


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("", "No columns to parse"),
        (HEAD + "buena,1\nmala, muy,0\n", "line 3"),  # pandas counts the header
        (HEAD + 'buena,1\n"mala,0\n', "EOF inside string"),
    ],
)
def test_what_pandas_cannot_read(tmp_path: Path, content: str, part: str) -> None:
    message = refusal(written(tmp_path / "r.csv", content))
    assert message.startswith(": se esperaban reseñas legibles, se encontró «")
    assert part in message
    assert message.endswith("»; corríjalo.")


OBJECT = "ponga en cada línea un objeto JSON, con el texto y la etiqueta."


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (
            '["buena", 1]',
            f', la línea 2: se esperaban reseñas legibles, se encontró «["buena", 1]»; {OBJECT}',
        ),
        (
            '{"texto": "buena"}',
            ", la línea 2: se esperaba la columna «etiqueta», se encontró «texto»; corrija el nombre o "
            "complete la "
            "línea.",
        ),
        (
            '{"texto": null, "etiqueta": 1}',
            ": se esperaba un texto con alguna palabra en cada reseña, se encontró uno sin ninguna en la "
            f"línea 2; {COMPLETE}",
        ),
        (
            '{"texto": 17, "etiqueta": 1}',
            ": se esperaba un texto con alguna palabra en cada reseña, se encontró uno sin ninguna en la "
            f"línea 2; {COMPLETE}",
        ),
        (
            '{"texto": "buena", "etiqueta": null}',
            f": se esperaba una etiqueta en cada reseña, se encontró una vacía en la línea 2; {COMPLETE}",
        ),
        (
            '{"texto": "buena \\ud83d", "etiqueta": 1}',
            ": se esperaba un texto de caracteres enteros, se encontró la mitad de uno (un sustituto "
            "suelto) en la línea 2; "
            f"{COMPLETE}",
        ),
    ],
)
def test_what_json_lines_may_not_have(tmp_path: Path, line: str, complaint: str) -> None:
    content = '{"texto": "mala", "etiqueta": 0}\n' + line
    assert refusal(written(tmp_path / "r.jsonl", content)) == complaint


def test_what_is_no_json(tmp_path: Path) -> None:
    message = refusal(written(tmp_path / "r.jsonl", "{'texto': 'mala'}\n"))
    assert message.startswith(", la línea 1: se esperaban reseñas legibles, se encontró «Expecting property")
    assert message.endswith(f"»; {OBJECT}")


@pytest.mark.parametrize("name", ["r.csv", "r.tsv", "r.jsonl"])
def test_another_encoding_and_no_file(tmp_path: Path, name: str) -> None:
    assert "No such file" in refusal(tmp_path / name)
    assert refusal(tmp_path / name).endswith("; compruebe la ruta.")
    path = written(tmp_path / name, '{"texto": "pésima", "etiqueta": 1}', "latin-1")
    assert "«'utf-8' codec can't decode" in refusal(path)
    assert refusal(path).endswith("; guárdelo como UTF-8.")


def test_a_folder_of_another_layout(tmp_path: Path) -> None:
    (tmp_path / "pos").mkdir()
    message = refusal(tmp_path)
    assert message.startswith("/train: se esperaban reseñas legibles")
    assert message.endswith("; ordene la carpeta como aclImdb, con las reseñas en train/pos y train/neg.")


def test_a_text_in_another_encoding_is_named(tmp_path: Path) -> None:
    for label in ("neg", "pos"):
        (tmp_path / "train" / label).mkdir(parents=True)
    written(tmp_path / "train" / "pos" / "3.txt", "pésima", "latin-1")
    message = refusal(tmp_path)
    assert message.startswith("/train/pos/3.txt: se esperaban reseñas legibles")
    assert message.endswith("; guárdelo como UTF-8.")


def test_what_parquet_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(path: Path) -> None:
        raise ImportError

    monkeypatch.setattr(pd, "read_parquet", missing)
    assert refusal(tmp_path / "r.parquet") == (
        ": para leer Parquet se esperaba la biblioteca pyarrow, no se encontró; instálela con «pip install "
        "pyarrow» o guarde las reseñas como CSV."
    )
