"""The architecture in a file of Keras, as the configuration that it was saved with. Nothing is built."""

import json
import zipfile
import zlib
from lzma import LZMAError
from pathlib import Path
from typing import Any

from experiments.brought.refusals import refusal
from experiments.brought.texts import decoded
from experiments.causes import cause
from experiments.errors import BroughtError
from experiments.validation import shown

MAX_BYTES = 16_000_000  # of a configuration; weights are not read

CONFIG_FILE = "config.json"
SAVE_KERAS = 'guárdelo con model.save("modelo.keras")'

_EXPECTED = "la arquitectura de un modelo de Keras, .json o .keras"
_JSON = "lo que da model.to_json()"
_WITHOUT = "vuelva a guardar el modelo con Keras, o importe lo demás sin él"
# How files begin that are none, and what they are.
_HDF5, _ZIP, _PICKLE = b"\x89HDF\r\n\x1a\n", b"PK\x03\x04", b"\x80"
_PICKLED = (".pt", ".pth", ".pkl", ".pickle", ".joblib")


def read_config(path: Path) -> dict[str, Any]:
    """As ``model.to_json()`` writes it: the class of the model under ``class_name`` and its settings under
    ``config``; of a .keras file what it has of the same, without its weights.

    Raises:
        BroughtError: no such file; weights or pickled objects, which are not opened; too large; anything
            else.
    """
    try:
        if path.is_dir():
            raise refusal(path, _EXPECTED, "una carpeta", SAVE_KERAS)
        if not path.is_file() and path.exists():
            raise refusal(path, _EXPECTED, "otra cosa", "revise la ruta")
        with path.open("rb") as file:
            start = file.read(len(_HDF5))
        content = _zipped(path) if start.startswith(_ZIP) else _plain(path, start)
    except OSError as error:
        raise refusal(path, _EXPECTED, cause(error), "revise la ruta") from error
    return _parsed(path, content)


def _plain(path: Path, start: bytes) -> bytes:
    if start == _HDF5:
        raise refusal(path, _EXPECTED, "un fichero HDF5", SAVE_KERAS)
    if start.startswith(_PICKLE) or path.suffix.lower() in _PICKLED:
        raise _pickled(path)
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise refusal(path, f"hasta {MAX_BYTES} bytes", f"{path.stat().st_size}", f"guarde solo {_JSON}")
    return content


def _zipped(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {member.filename: member.file_size for member in archive.infolist()}
            if any(name.endswith("data.pkl") for name in sizes):  # what torch.save writes
                raise _pickled(path)
            if CONFIG_FILE not in sizes:
                raise refusal(path, _EXPECTED, f"un zip sin {CONFIG_FILE}", SAVE_KERAS)
            if sizes[CONFIG_FILE] > MAX_BYTES:
                expected = f"en {CONFIG_FILE} hasta {MAX_BYTES} bytes"
                raise refusal(path, expected, f"{sizes[CONFIG_FILE]}", _WITHOUT)
            return archive.read(CONFIG_FILE)
    # RuntimeError: encrypted, or packed in an unknown way
    except (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, RuntimeError, ValueError) as error:
        raise refusal(path, _EXPECTED, f"«{shown(error)}»", SAVE_KERAS) from error


def _pickled(path: Path) -> BroughtError:
    found = "un fichero de PyTorch o de pickle, que no se abre porque podría ejecutar código"
    return refusal(path, _EXPECTED, found, "importe lo demás sin el modelo")


def _parsed(path: Path, content: bytes) -> dict[str, Any]:
    try:
        config = json.loads(decoded(content))
        if isinstance(config, str):  # json.dump(model.to_json(), file) writes a text within a text
            config = json.loads(config)
    # UnicodeDecodeError is a ValueError; RecursionError: nested without end
    except (ValueError, RecursionError) as error:
        raise refusal(path, _EXPECTED, "otra cosa que JSON", f"guarde {_JSON}, o el modelo .keras") from error
    if not (isinstance(config, dict) and isinstance(config.get("class_name"), str) and _has_settings(config)):
        names = shown(", ".join(config)) if isinstance(config, dict) and config else type(config).__name__
        raise refusal(path, f"{_JSON}, con class_name y config", names, "guárdelo así en el fichero")
    return config


def _has_settings(config: dict[str, Any]) -> bool:
    return isinstance(config.get("config"), dict)
