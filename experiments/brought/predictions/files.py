"""Files of predictions as named columns: NPZ, CSV or TSV, Parquet."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from re import search
from typing import Any

import numpy as np

from experiments.brought.npz import read_arrays
from experiments.brought.predictions.columns import as_words
from experiments.brought.refusals import refusal
from experiments.brought.texts import encoding_of
from experiments.causes import cause
from experiments.errors import BroughtError
from experiments.validation import shown

MAX_BYTES = 256_000_000  # of a file, or of the arrays in it once they are unpacked
MAX_ROWS = 10_000_000

Columns = dict[str, np.ndarray]  # numbers as the file has them; whatever is none as str objects

_ONLY_PREDICTIONS = "guarde solo las predicciones"
_EXPECTED, _SAVE_AGAIN = "un fichero de predicciones legible", "vuelva a guardarlo"
# ValueError: what pandas and pyarrow say of syntax; MemoryError, OverflowError: a header that lies
_BROKEN = (ValueError, EOFError, RuntimeError, MemoryError, OverflowError, KeyError, TypeError)
_SEPARATORS = (",", ";", "\t")


def column_names(path: Path) -> list[str]:
    """As they are written, in the order of the file.

    Raises:
        BroughtError: no such file, an unknown format, or one that cannot be read.
    """
    with _reading(path):
        return _format(path)[0](path)


def read_columns(path: Path, names: Sequence[str]) -> Columns:
    """Those of ``names``, which are in the file; no other is read.

    Raises:
        BroughtError: they cannot be read, are objects of Python, or are too large.
    """
    with _reading(path):
        return _format(path)[1](path, names)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        size = path.stat().st_size
        if not path.is_file() or size == 0:
            raise refusal(path, _EXPECTED, "uno vacío" if path.is_file() else "otra cosa", "revise la ruta")
        if size > MAX_BYTES:
            raise refusal(path, f"un fichero de hasta {MAX_BYTES} bytes", f"uno de {size}", _ONLY_PREDICTIONS)
        yield
    except UnicodeDecodeError as error:
        raise refusal(path, _EXPECTED, "un texto en otra codificación", "guárdelo como UTF-8") from error
    except OSError as error:
        raise refusal(path, _EXPECTED, cause(error), "revise la ruta") from error
    except _BROKEN as error:
        raise refusal(path, _EXPECTED, f"«{shown(error)}»", _SAVE_AGAIN) from error


# --- NPZ ---------------------------------------------------------------------------------


def _npz_names(path: Path) -> list[str]:
    return read_arrays(path, lambda name: False, MAX_BYTES)[1]


def _npz_columns(path: Path, names: Sequence[str]) -> Columns:
    found = read_arrays(path, lambda name: name in names, MAX_BYTES)[0]
    return {name: _numbers_or_words(path, name, array) for name, array in found.items()}


def _numbers_or_words(path: Path, name: str, array: np.ndarray) -> np.ndarray:
    if array.dtype.kind in "biuf":
        return array
    if array.size > MAX_ROWS:
        raise refusal(path, f"hasta {MAX_ROWS} valores en «{name}»", f"{array.size}", _ONLY_PREDICTIONS)
    return as_words(array)


# --- CSV and TSV -------------------------------------------------------------------------


def _separated_names(path: Path) -> list[str]:
    header = _read_separated(path, header=None, nrows=1)
    return [str(name).strip() for name in header.iloc[0]]


def _separated_columns(path: Path, names: Sequence[str]) -> Columns:
    import pandas as pd  # here, because it comes with what trains alone

    frame = _read_separated(path)
    if not isinstance(frame.index, pd.RangeIndex):
        # pandas takes what is too much for the names of the rows, and all columns would be displaced
        raise _displaced(path, "las filas")
    places = _separated_names(path)
    return {name: as_words(frame.iloc[:, places.index(name)].fillna("")) for name in names}


def _read_separated(path: Path, **options: Any) -> Any:
    import pandas as pd  # as above

    try:
        # Without inference, so that a number stays as it was written and is read exactly.
        return pd.read_csv(
            path,
            sep=_separator(path),
            dtype=str,
            keep_default_na=False,
            skipinitialspace=True,
            encoding=_encoding(path),
            **options,
        )
    except pd.errors.ParserError as error:
        if line := search(r"Expected \d+ fields in line (\d+)", str(error)):
            raise _displaced(path, f"la línea {line[1]}") from error
        raise


def _displaced(path: Path, place: str) -> BroughtError:
    found = f"más campos en {place} que en la cabecera"
    return refusal(path, _EXPECTED, found, "ponga entre comillas los textos con separadores")


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        return encoding_of(file.read(4))


def _separator(path: Path) -> str:
    """That of which the first line has most."""
    with path.open(encoding=_encoding(path)) as lines:
        header = next((line for line in lines if line.strip()), "")
    return max(_SEPARATORS, key=header.count)


# --- Parquet -----------------------------------------------------------------------------


def _parquet_names(path: Path) -> list[str]:
    with _arrow(path) as parquet, parquet.ParquetFile(path) as file:
        n_rows = int(file.metadata.num_rows)
        if n_rows > MAX_ROWS:
            raise refusal(path, f"hasta {MAX_ROWS} filas", f"{n_rows}", _ONLY_PREDICTIONS)
        return [str(name) for name in file.schema_arrow.names]


def _parquet_columns(path: Path, names: Sequence[str]) -> Columns:
    import pandas as pd  # as above

    with _arrow(path):
        frame = pd.read_parquet(path, columns=list(names), engine="pyarrow")
        return {name: _column(frame[name]) for name in names}


@contextmanager
def _arrow(path: Path) -> Iterator[Any]:
    """The library that reads Parquet, which is not everywhere."""
    try:
        parquet, broken = import_module("pyarrow.parquet"), import_module("pyarrow").ArrowException
    except ImportError as error:
        remedy = "instálela con «pip install informe[parquet]» o guarde las predicciones como CSV"
        raise BroughtError(
            f"{path}: para leer Parquet se esperaba la biblioteca pyarrow, no se encontró; {remedy}."
        ) from error
    try:
        yield parquet
    except broken as error:
        raise refusal(path, _EXPECTED, f"«{shown(error)}»", _SAVE_AGAIN) from error


def _column(series: Any) -> np.ndarray:
    from pandas.api import types  # as above

    if not (types.is_numeric_dtype(series.dtype) or types.is_bool_dtype(series.dtype)):
        return as_words(series.astype(object).where(series.notna(), ""))
    array: np.ndarray = series.to_numpy(dtype=float, na_value=np.nan) if series.hasnans else series.to_numpy()
    return array if array.dtype.kind in "biuf" else as_words(array)


# --- all ---------------------------------------------------------------------------------

_Format = tuple[Callable[[Path], list[str]], Callable[[Path, Sequence[str]], Columns]]
_SEPARATED: _Format = (_separated_names, _separated_columns)
_FORMATS: dict[str, _Format] = {
    ".npz": (_npz_names, _npz_columns),
    ".csv": _SEPARATED,
    ".tsv": _SEPARATED,
    ".parquet": (_parquet_names, _parquet_columns),
}


def _format(path: Path) -> _Format:
    suffix = path.suffix.lower()
    if suffix not in _FORMATS:
        found = f"«{shown(suffix)}»" if suffix else "un nombre sin extensión"
        expected = f"un fichero {', '.join(_FORMATS)}"
        raise refusal(path, expected, found, "guarde las predicciones en uno de ellos")
    return _FORMATS[suffix]
