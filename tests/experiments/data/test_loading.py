"""Reading data that somebody else saved."""

import zipfile
from pathlib import Path

import pytest

from experiments.data.loading import load
from experiments.data.sets import DataError
from experiments.data.source import Source
from experiments.records.base import Strict

IMAGES = "experiments.data.images"


def npz(path: Path, shape: str, packed: int = zipfile.ZIP_STORED) -> Path:
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({shape},)}}".encode().ljust(117) + b"\n"
    with zipfile.ZipFile(path, "w", packed) as archive:
        for name in ("x_train", "y_train", "x_test", "y_test"):
            archive.writestr(f"{name}.npy", b"\x93NUMPY\x01\x00\x76\x00" + header + bytes(4))
    return path


def test_a_shape_beyond_all_numbers_is_refused(tmp_path):
    path = npz(tmp_path / "mnist.npz", "0, 99999999999999999999")
    with pytest.raises(DataError, match=r"mnist\.npz: se esperaban datos legibles, se encontró «.*»; vuelva"):
        load(IMAGES, Source(official=path), Strict())


def test_damage_that_only_the_packer_notices_is_refused(tmp_path):
    path = npz(tmp_path / "mnist.npz", "4", zipfile.ZIP_LZMA)
    content = bytearray(path.read_bytes())
    start = content.find(b"x_train.npy") + len(b"x_train.npy")
    content[start + 12 : start + 30] = b"\xff" * 18
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"mnist\.npz: se esperaban datos legibles"):
        load(IMAGES, Source(official=path), Strict())
