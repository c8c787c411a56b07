"""How much text there is in a table, without keeping it: of compressed files, of what they become."""

import bz2
import gzip
import lzma
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from experiments.data.source import Format

# As pandas tells them by their names.
COMPRESSED: dict[str, Callable[[BinaryIO], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_CHUNK = 2**20
_ROWS = 64  # of a Parquet file at once: a text may stand in it once and be meant a million times


def pieces(path: Path, file: BinaryIO, kind: Format) -> Iterator[int]:
    """Bytes of ``file``, one part after another; none of one that its reader will refuse."""
    if kind == "parquet":
        yield from _batches(file)
    elif path.suffix == ".zip":
        with zipfile.ZipFile(file) as archive:
            yield sum(member.file_size for member in archive.infolist())
    elif path.suffix in COMPRESSED:
        with COMPRESSED[path.suffix](file) as content:
            while read := len(content.read(_CHUNK)):
                yield read
    else:
        yield path.stat().st_size


def _batches(file: BinaryIO) -> Iterator[int]:
    try:
        parquet, broken = import_module("pyarrow.parquet"), import_module("pyarrow").ArrowException
    except ImportError:  # which its reader will say
        return
    try:
        with parquet.ParquetFile(file) as table:
            for batch in table.iter_batches(batch_size=_ROWS):
                yield batch.nbytes
    except (broken, ValueError):
        return
