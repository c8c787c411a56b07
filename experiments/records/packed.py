"""Arrays as ``arrays.npz`` has them, taken out with distrust: no more than was said, and nothing is believed
of it that the file does not bear out."""

import math
import zipfile
from typing import BinaryIO

import numpy as np
from numpy.lib import format as npy

from experiments.records.base import Arrays

MAX_BYTES = 2**29  # of all arrays of a run; those of the reference have a hundredth of it
MAX_ARRAYS = 1_000
_SUFFIX = ".npy"
_HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def unpack_arrays(file: BinaryIO) -> Arrays:
    """
    Raises:
        ValueError: something else than arrays of numbers, or more than they may have, or than they
            have room for; its message is Spanish.
        Exception: whatever ``zipfile`` and NumPy stumble over in bytes that nobody vouches for.
    """
    refuse_large(file)
    with zipfile.ZipFile(file) as archive:
        return {
            member.filename.removesuffix(_SUFFIX): _unpack(archive, member) for member in archive.infolist()
        }


def refuse_large(file: BinaryIO) -> None:
    """
    Raises:
        ValueError: as ``unpack_arrays``, by what the archive says of itself.
    """
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
    size = sum(member.file_size for member in members)
    if len(members) > MAX_ARRAYS or size > MAX_BYTES:
        raise ValueError(f"{len(members)} vectores con {size} bytes, más de los que caben")
    file.seek(0)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> np.ndarray:
    """Its header is compared with its size before there is room for it."""
    with archive.open(member) as packed:
        header = _HEADERS.get(npy.read_magic(packed))
        if header is None:
            raise ValueError(f"{member.filename}: otra versión del formato")
        shape, is_fortran, dtype = header(packed)
        expected = math.prod(shape) * dtype.itemsize
        if dtype.hasobject or dtype.itemsize == 0:
            raise ValueError(f"{member.filename}: algo que no son números")
        if packed.tell() + expected != member.file_size:
            raise ValueError(f"{member.filename}: {member.file_size} bytes para un vector de {expected}")
        content = packed.read()  # zipfile gives no more than was declared
    flat = np.frombuffer(bytearray(content), dtype)
    return flat.reshape(shape[::-1]).T if is_fortran else flat.reshape(shape)
