"""Files of predictions of NumPy."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.brought.predictions.columns import as_words
from experiments.brought.refusals import refusal

MAX_BYTES = 256_000_000  # of a file, or of an array once it is unpacked
MAX_ROWS = 10_000_000

ONLY_PREDICTIONS = "guarde solo las predicciones"
_SAVE_NPZ = "guárdelo con numpy.savez, sin objetos"

Columns = dict[str, np.ndarray]  # numbers as the file has them; whatever is none as str objects


def npz_names(path: Path) -> list[str]:
    if not zipfile.is_zipfile(path):
        raise refusal(path, "un fichero NPZ de NumPy", "otra cosa", _SAVE_NPZ)
    with zipfile.ZipFile(path) as archive:
        return [name.removesuffix(".npy") for name in archive.namelist()]


def npz_columns(path: Path, names: Sequence[str]) -> Columns:
    with zipfile.ZipFile(path) as archive:
        size = {member.filename.removesuffix(".npy"): member.file_size for member in archive.infolist()}
    for name in names:
        if size[name] > MAX_BYTES:
            expected = f"un array «{name}» de hasta {MAX_BYTES} bytes"
            raise refusal(path, expected, f"uno de {size[name]}", ONLY_PREDICTIONS)
    with np.load(path, allow_pickle=False) as file:
        return {name: _npz_column(path, file, name) for name in names}


def _npz_column(path: Path, file: Any, name: str) -> np.ndarray:
    try:
        array = file[name]
    except ValueError as error:
        if not str(error).startswith("Object arrays"):
            raise
        raise refusal(path, f"un array de números en «{name}»", "uno de objetos", _SAVE_NPZ) from error
    if not isinstance(array, np.ndarray):
        raise refusal(path, f"un array en «{name}»", "otra cosa", _SAVE_NPZ)
    if array.dtype.kind in "biuf":
        return array
    if array.size > MAX_ROWS:  # empty texts take no room in the file
        raise refusal(path, f"hasta {MAX_ROWS} valores en «{name}»", f"{array.size}", ONLY_PREDICTIONS)
    return as_words(array)
