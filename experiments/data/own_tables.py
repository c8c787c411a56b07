"""Labelled reviews as users keep them: tables with a column of texts and one of labels, or folders of
text files."""

import json
import math
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from experiments.data.sets import DataError
from experiments.data.source import OwnReviews

SEPARATORS = {"csv": ",", "tsv": "\t"}
FOLDER_LABELS = ("neg", "pos")

SAVE_AS_UTF8 = "guárdelo como UTF-8"
ONE_OBJECT = "ponga en cada línea un objeto JSON, con el texto y la etiqueta"


class Row(NamedTuple):
    """``place``: where it stands, in Spanish."""

    text: str
    label: str
    place: str


Read = Iterator[tuple[object, object, str]]  # text, label and place, as they are in the file


def read_train(own: OwnReviews) -> list[Row]:
    """The reviews of the part described first, in the order of the file.

    Raises:
        DataError: unreadable, without one of the columns, or with empty texts or labels.
    """
    if own.format == "folder":
        return _rows(own.path, _folder(own.path / "train"))
    return _rows(own.path, _table(own, own.path))


def read_test(own: OwnReviews) -> list[Row] | None:
    """Those of the test part, or None if there is none; otherwise as ``read_train``."""
    if own.format == "folder":
        folder = own.path / "test"
        return _rows(own.path, _folder(folder)) if folder.is_dir() else None
    return _rows(own.test, _table(own, own.test)) if own.test else None


def label_word(label: object) -> str:
    """A label as a word, the same for all formats: 1, "1" and " 1" are one, and so are True,
    "True" and "true"; empty if there is none."""
    if label is None or label is pd.NA or (isinstance(label, float) and math.isnan(label)):
        return ""
    if isinstance(label, float) and label.is_integer():  # integers beside missing values
        return str(int(label))
    word = _normal(str(label))
    return word.lower() if word.lower() in ("true", "false") else word


def refuse(path: Path, expected: str, found: str, places: Sequence[str], remedy: str) -> None:
    """
    Raises:
        DataError: ``places`` has one or more.
    """
    if places:
        others = f" y en {len(places) - 1} más" if len(places) > 1 else ""
        raise DataError(
            f"{path}: se esperaba {expected}, se encontró {found} en {places[0]}{others}; {remedy}."
        )


def _unreadable(place: object, found: object, remedy: str) -> DataError:
    return DataError(f"{place}: se esperaban reseñas legibles, se encontró «{found}»; {remedy}.")


def _rows(path: Path, read: Read) -> list[Row]:
    rows, wordless, unlabelled, broken = [], [], [], []
    for text, label, place in read:
        row = Row(_normal(text) if isinstance(text, str) else "", label_word(label), place)
        if not any(map(str.isalnum, row.text)):
            wordless.append(place)
        if not row.label:
            unlabelled.append(place)
        if not _is_whole(row.text + row.label):
            broken.append(place)
        rows.append(row)
    remedy = "complétela o quítela"
    refuse(path, "un texto con alguna palabra en cada reseña", "uno sin ninguna", wordless, remedy)
    refuse(path, "una etiqueta en cada reseña", "una vacía", unlabelled, remedy)
    refuse(path, "un texto de caracteres enteros", "la mitad de uno (un sustituto suelto)", broken, remedy)
    return rows


def _normal(text: str) -> str:
    """Formats differ in line ends, systems in how they write «á», which the tokenizer would break."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _is_whole(text: str) -> bool:
    """JSON can have one half of an emoji, which no file of text can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _folder(part: Path) -> Read:
    try:
        for label in FOLDER_LABELS:
            for path in sorted((part / label).iterdir()):
                if path.suffix == ".txt":
                    yield _text(path), label, f"«{path}»"
    except OSError as error:
        remedy = "ordene la carpeta como aclImdb, con las reseñas en train/pos y train/neg"
        raise _unreadable(part, error, remedy) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(path, error, SAVE_AS_UTF8) from error


def _table(own: OwnReviews, path: Path) -> Read:
    try:
        yield from _json_lines(own, path) if own.format == "jsonl" else _frame(own, path)
    except UnicodeDecodeError as error:
        raise _unreadable(path, error, SAVE_AS_UTF8) from error
    except OSError as error:
        raise _unreadable(path, error, "compruebe la ruta") from error
    except ValueError as error:  # what pandas says of syntax
        raise _unreadable(path, str(error).strip(), "corríjalo") from error


def _json_lines(own: OwnReviews, path: Path) -> Read:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            place = f"la línea {number}"
            try:
                entry = json.loads(line)
            except json.JSONDecodeError as error:
                raise _unreadable(f"{path}, {place}", error, ONE_OBJECT) from error
            if not isinstance(entry, dict):
                raise _unreadable(f"{path}, {place}", line.strip(), ONE_OBJECT)
            _expect_columns(own, f"{path}, {place}", list(entry), "corrija el nombre o complete la línea")
            yield entry[own.text], entry[own.label], place


def _frame(own: OwnReviews, path: Path) -> Read:
    frame = _parquet(path) if own.format == "parquet" else _separated(path, SEPARATORS[own.format])
    frame.columns = [str(name) for name in frame.columns]
    only = frame.columns[0] if len(frame.columns) == 1 else ""
    remedy = "separe las columnas con comas" if own.format == "csv" and ";" in only else "corrija el nombre"
    _expect_columns(own, path, list(frame.columns), remedy)
    texts, labels = frame[own.text].tolist(), frame[own.label].tolist()
    for number, (text, label) in enumerate(zip(texts, labels, strict=True), start=1):
        yield text, label, f"la fila {number}"


def _separated(path: Path, separator: str) -> Any:
    # Without inference, "NA" is a text like others and 1 stays as it was written.
    frame = pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    if not isinstance(frame.index, pd.RangeIndex):
        # pandas takes what is too much for the names of the rows, and all columns would be displaced
        raise _unreadable(
            path,
            "más campos en las filas que en la cabecera",
            "ponga entre comillas los textos con separadores",
        )
    return frame


def _parquet(path: Path) -> Any:
    try:
        return pd.read_parquet(path)
    except ImportError as error:
        raise DataError(
            f"{path}: para leer Parquet se esperaba la biblioteca pyarrow, no se encontró; instálela con "
            "«pip install pyarrow» o guarde las reseñas como CSV."
        ) from error


def _expect_columns(own: OwnReviews, place: object, columns: list[str], remedy: str) -> None:
    for wanted in (own.text, own.label):
        if wanted not in columns:
            found = ", ".join(f"«{name}»" for name in columns) or "ninguna"
            raise DataError(f"{place}: se esperaba la columna «{wanted}», se encontró {found}; {remedy}.")
