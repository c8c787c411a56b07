"""NPZ files that nobody vouches for: no pickle is opened, and no more unpacked than there is room for."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from lzma import LZMAError
from pathlib import Path
from tokenize import TokenError

import numpy as np

from experiments.brought.refusals import refusal
from experiments.causes import cause
from experiments.errors import BroughtError
from experiments.records.base import Arrays
from experiments.validation import shown

EXPECTED = "un archivo NPZ de NumPy"

# What NumPy stumbles over. RuntimeError: encrypted; NotImplementedError, one of these: another compression;
# MemoryError, OverflowError: a lie; the last ones: what a broken header raises
BROKEN = (
    *(ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, LZMAError),
    *(MemoryError, OverflowError, KeyError, TypeError, SyntaxError, struct.error, TokenError),
)


def read_arrays(path: Path, wanted: Callable[[str], bool], limit: int) -> tuple[Arrays, list[str]]:
    """The arrays of a file whose names are ``wanted``, ``limit`` bytes of them at most once they are
    unpacked, and the names of the others, which may be anything.

    Raises:
        BroughtError: no NPZ file, damaged, encrypted, with objects, or larger.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            found = "una carpeta" if path.is_dir() else "otra cosa"
            raise refusal(path, EXPECTED, found, "revise la ruta")
        with zipfile.ZipFile(path) as archive:
            sizes = [(info.filename.removesuffix(".npy"), info.file_size) for info in archive.infolist()]
        size = sum(size for name, size in sizes if wanted(name))
        if size > limit:
            raise refusal(path, f"un archivo de hasta {limit} bytes", f"uno de {size}", "guarde menos")
        with np.load(path, allow_pickle=False) as file:
            others = [name for name in file.files if not wanted(name)]
            return {name: _array(path, file, name) for name in file.files if wanted(name)}, others
    except OSError as error:
        raise _unreadable(path, cause(error)) from error
    except BROKEN as error:
        raise _unreadable(path, f"«{shown(error)}»") from error


def _array(path: Path, file: Mapping[str, object], name: str) -> np.ndarray:
    """What else a ZIP file may have is none, nor are values that take no room, of which there may be any
    number."""
    try:
        found = file[name]
    except ValueError as error:
        if not str(error).startswith("Object arrays"):
            raise
        raise _unreadable(path, f"«{shown(name)}», un array de objetos") from error
    if not isinstance(found, np.ndarray) or found.size > found.nbytes:
        raise _unreadable(path, f"«{shown(name)}», que no es un array")
    return found


def _unreadable(path: Path, found: str) -> BroughtError:
    return refusal(path, EXPECTED, found, "vuelva a guardarlo con numpy.savez, sin objetos")
