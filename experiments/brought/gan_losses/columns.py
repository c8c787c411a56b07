"""Files of numbers in columns: CSV or TSV, a JSON object of lists, or NPZ."""

import io
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from experiments.brought.npz import read_arrays
from experiments.brought.refusals import refusal
from experiments.brought.texts import decoded
from experiments.causes import cause
from experiments.errors import BroughtError
from experiments.validation import shown

MAX_BYTES = 100_000_000
SEPARATORS = (",", ";", "\t")

# What float() takes is more: «1_0», «infinity», digits of other scripts.
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")

_EXPECTED = "un fichero con las pérdidas de la GAN"
_AS_CSV = "guárdelo como CSV, con los nombres de las columnas en la primera fila"


class Columns(NamedTuple):
    """``values`` by the names in the file, as they stand in it; ``row``: what the place of one is called, in
    Spanish; ``comma``: whether it may be the decimal sign; ``others``: names of what is no column."""

    values: dict[str, Sequence[Any]]
    row: str
    comma: bool = False
    others: tuple[str, ...] = ()


def read_columns(path: Path) -> Columns:
    """By the ending of the name: .json, .npz, or a table for all others.

    Raises:
        BroughtError: missing, empty, too large or damaged; no columns of numbers; two of one name.
    """
    if path.suffix.lower() == ".npz":
        return _columns(read_arrays(path, lambda name: True, MAX_BYTES)[0], lambda array: array.ndim == 1)
    text = _text(path)
    if path.suffix.lower() == ".json":
        return _columns(_parsed(path, text), lambda value: isinstance(value, list))
    return _table(path, text)


def _columns(found: dict[str, Any], is_one: Callable[[Any], bool]) -> Columns:
    values = {name: value for name, value in found.items() if is_one(value)}
    return Columns(values, "valor", others=tuple(name for name in found if name not in values))


def _text(path: Path) -> str:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for
            raise refusal(path, _EXPECTED, "otra cosa", "revise la ruta")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            found = f"uno de más de {MAX_BYTES} bytes"
            raise refusal(path, _EXPECTED, found, "guarde solo las pérdidas, o una de cada cien iteraciones")
        text = decoded(content)
    except OSError as error:
        raise refusal(path, _EXPECTED, cause(error), "revise la ruta") from error
    except UnicodeDecodeError as error:
        raise refusal(path, _EXPECTED, "un texto que no es UTF-8", "guárdelo como UTF-8") from error
    if not text.strip():
        raise refusal(path, _EXPECTED, "uno vacío", _AS_CSV)
    return text


def _parsed(path: Path, text: str) -> dict[str, Any]:
    remedy = 'guárdelo como {"d_loss": […], "g_loss": […]}'

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        _expect_once(path, [name for name, _ in pairs])
        return dict(pairs)

    try:
        content = json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise refusal(path, "un objeto JSON con listas", f"«{shown(error)}»", remedy) from error
    if not isinstance(content, dict):
        raise refusal(path, "un objeto JSON con listas", "otra cosa", remedy)
    return content


def _table(path: Path, text: str) -> Columns:
    import pandas as pd  # here, because it comes with what trains alone

    header = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(SEPARATORS, key=header.count)
    try:
        # Without inference, each cell stays as it was written, and two columns of one name are two.
        frame = pd.read_csv(
            io.StringIO(text),
            sep=separator,
            header=None,
            dtype=str,
            keep_default_na=False,
            skipinitialspace=True,
        )
    except ValueError as error:  # what pandas says of syntax
        raise refusal(path, _EXPECTED, f"«{shown(str(error).strip())}»", _AS_CSV) from error
    names = [str(name).strip() for name in frame.iloc[0]]
    _expect_once(path, names)
    rows = frame.iloc[1:]
    return Columns({name: rows[i].tolist() for i, name in enumerate(names)}, "fila", separator != ",")


def _expect_once(path: Path, names: Sequence[str]) -> None:
    twice = [name for name, n in Counter(names).items() if n > 1 and name]
    if twice:
        raise refusal(path, "cada nombre una vez", f"«{twice[0]}» varias", "deje una sola columna con él")


def numbers(path: Path, name: str, columns: Columns) -> np.ndarray:
    """float64[t], finite, of the column ``name``.

    Raises:
        BroughtError: something else in it; the message says where.
    """
    cells = columns.values[name]
    values = np.array([_number(cell, columns.comma) for cell in cells], np.float64)
    wrong = ~(np.abs(values) <= np.finfo(np.float32).max)
    if wrong.any():
        remedy = "corríjalo o quite la fila"
        raise no_number(path, name, columns, int(np.argmax(wrong)), "un número finito", remedy)
    return values


def _number(cell: Any, comma: bool) -> float:
    """NaN for what is none."""
    if isinstance(cell, str):
        bare = cell.strip().replace(",", ".") if comma else cell.strip()
        return float(bare) if _NUMBER.fullmatch(bare) else math.nan
    if isinstance(cell, bool | np.bool_) or not isinstance(cell, int | float | np.integer | np.floating):
        return math.nan
    return math.inf if isinstance(cell, int) and abs(cell) > 10**300 else float(cell)


def no_number(path: Path, name: str, columns: Columns, i: int, expected: str, remedy: str) -> BroughtError:
    """What to raise of the value ``i`` of the column ``name``."""
    cell = columns.values[name][i]
    missing = cell is None or cell == "" or (columns.row == "fila" and not isinstance(cell, str))
    found = "nada" if missing else f"«{shown(cell)}»"
    return refusal(f"{path}: {columns.row} {i + 1}, columna «{name}»", expected, found, remedy)
