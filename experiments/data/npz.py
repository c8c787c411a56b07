"""Files of NumPy arrays, and digests of what is in them."""

import hashlib
import zipfile
import zlib
from pathlib import Path

import numpy as np

from experiments.data.checking import expect_at_most, unreadable
from experiments.records.base import Arrays

ARRAYS = ("x_train", "y_train", "x_test", "y_test")


def read_npz(path: Path, remedy: str, limit: int | None = None) -> Arrays:
    """All arrays of a file.

    Raises:
        DataError: unreadable, or more than ``limit`` bytes.
    """
    try:
        if limit is not None:
            with zipfile.ZipFile(path) as archive:
                size = sum(member.file_size for member in archive.infolist())
            expect_at_most(str(path), size, limit, remedy)
        loaded = np.load(path, allow_pickle=False)
        if isinstance(loaded, np.ndarray):
            raise unreadable(path, "un solo array en vez de un archivo npz", remedy)
        with loaded as file:
            return {name: file[name] for name in file.files}
    # RuntimeError: encrypted or of an unknown compression; MemoryError: a header that lies
    except (OSError, ValueError, EOFError, RuntimeError, MemoryError) as error:
        raise unreadable(path, error, remedy) from error
    except (zipfile.BadZipFile, zlib.error) as error:
        raise unreadable(path, error, remedy) from error


def array_digest(array: np.ndarray) -> bytes:
    """SHA-256 over the bytes in C order."""
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).digest()


def digest_of(arrays: Arrays) -> str:
    """SHA-256 over the digests of ``ARRAYS``, in this order."""
    return hashlib.sha256(b"".join(array_digest(arrays[name]) for name in ARRAYS)).hexdigest()
