"""Arrays are taken out of an archive only as it says that they are."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from experiments.records import packed
from experiments.records.base import RecordError
from experiments.records.packed import unpack_arrays
from experiments.records.storage import ARRAYS_FILE, RECORD_FILE, pack_arrays, read_run


def archive(**members: bytes) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(f"{name}.npy", content)
    buffer.seek(0)
    return buffer


def header(shape: str, dtype: str = "|u1") -> bytes:
    text = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}"
    return b"\x93NUMPY\1\0\x76\0" + text.ljust(117).encode() + b"\n"


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6, dtype=np.float32).reshape(2, 3),
        np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.array(7),
        np.zeros((0, 4), bool),
    ],
    ids=["de dos ejes", "por columnas", "suelto", "vacío"],
)
def test_they_come_back_as_they_were(array: np.ndarray) -> None:
    (found,) = unpack_arrays(io.BytesIO(pack_arrays({"a": array})[0])).values()
    assert (found.dtype, found.shape) == (array.dtype, array.shape)
    np.testing.assert_array_equal(found, array)


def test_what_becomes_too_large_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    large = archive(a=bytes(2**21))
    monkeypatch.setattr(packed, "MAX_BYTES", 2**20)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_, **__: pytest.fail("unpacked"))
    with pytest.raises(ValueError, match="1 vectores con 2097152 bytes"):
        unpack_arrays(large)


@pytest.mark.parametrize("shape", ["(4294967296,)", "(4,)", "(2, 2, 0)", "(65536, 65536, 65536, 65536)"])
def test_a_shape_that_its_bytes_do_not_have_is_refused(shape: str) -> None:
    with pytest.raises(ValueError, match="133 bytes para un vector de"):
        unpack_arrays(archive(a=header(shape) + b"12345"))


@pytest.mark.parametrize("dtype", ["|O", "|V0", "<U0"])
def test_what_is_no_number_is_refused(dtype: str) -> None:
    with pytest.raises(ValueError, match="algo que no son números"):
        unpack_arrays(archive(a=header("(1000000000000,)", dtype)))


def test_a_run_that_has_it_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = Path("results/reference/memory/seed-1")
    (tmp_path / RECORD_FILE).write_bytes((reference / RECORD_FILE).read_bytes())
    (tmp_path / ARRAYS_FILE).write_bytes(archive(a=bytes(2**21)).getvalue())
    monkeypatch.setattr(packed, "MAX_BYTES", 2**20)
    with pytest.raises(RecordError, match=r"se esperaban los datos de la ejecución, .*más de los que caben"):
        read_run(tmp_path)
