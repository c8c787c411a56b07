"""NPZ files that are none, broken, or more than they seem: one sentence, no waiting, and no pickle."""

import io
import os
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.brought.gan_losses.columns import read_columns
from experiments.brought.grids.pictures import read_picture
from experiments.brought.npz import read_arrays
from experiments.errors import BroughtError

LIMIT = 10_000
THREE = np.arange(3, dtype="<i8")


def read(path: Path) -> dict[str, np.ndarray]:
    return read_arrays(path, lambda name: True, LIMIT)[0]


def complaint(path: Path) -> str:
    with pytest.raises(BroughtError) as error:
        read(path)
    said = str(error.value)
    assert said.startswith(f"{path}: se esperaba un archivo NPZ de NumPy, se encontró ")
    assert "\n" not in said
    return said


def npy(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def packed(path: Path, compression: int = zipfile.ZIP_STORED, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
    return path


# --- what is read ------------------------------------------------------------------------


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_however_it_is_packed(tmp_path: Path, compression: int) -> None:
    path = packed(tmp_path / "a.npz", compression, x=npy(THREE))
    found, others = read_arrays(path, lambda name: name == "x", LIMIT)
    assert (found["x"].tolist(), others) == ([0, 1, 2], [])


@pytest.mark.parametrize("array", [np.array(3), np.zeros(0), np.array(["", ""]), np.zeros((0, 9)), THREE > 1])
def test_arrays_of_all_kinds(tmp_path: Path, array: np.ndarray) -> None:
    found = read(packed(tmp_path / "a.npz", x=npy(array)))["x"]
    assert (found.dtype, found.shape, found.tolist()) == (array.dtype, array.shape, array.tolist())


def test_what_is_not_wanted_may_be_anything(tmp_path: Path) -> None:
    """Objects, too large, broken: it is not looked at."""
    objects = np.array([{}], object)
    np.savez_compressed(tmp_path / "a.npz", x=THREE, model=objects, weights=np.zeros(LIMIT))
    with zipfile.ZipFile(tmp_path / "a.npz", "a") as archive:
        archive.writestr("notas.txt", b"no array")
        archive.writestr("y.npy", b"broken")
    found, others = read_arrays(tmp_path / "a.npz", lambda name: name == "x", LIMIT)
    assert (list(found), others) == (["x"], ["model", "weights", "notas.txt", "y"])


# --- pickles and bombs -------------------------------------------------------------------


def opened() -> None:
    pytest.fail("a pickle was opened")


class Trap:
    def __reduce__(self) -> tuple[Any, ...]:
        return (opened, ())


def test_no_pickle_is_opened(tmp_path: Path) -> None:
    for content in (pickle.dumps(Trap()), npy(THREE).replace(b"'<i8'", b"'|O' ") + pickle.dumps(Trap())):
        (tmp_path / "a.npz").write_bytes(content)
        complaint(tmp_path / "a.npz")
    np.savez(tmp_path / "a.npz", x=THREE, y=np.array([Trap()], object))
    assert complaint(tmp_path / "a.npz").endswith(
        "se encontró «y», un array de objetos; vuelva a guardarlo con numpy.savez, sin objetos."
    )


def test_no_more_is_unpacked_than_there_is_room_for(tmp_path: Path) -> None:
    """A header has 128 bytes: 128 + 8 · 1234 are 10,000, and one value more is too much."""
    path = packed(tmp_path / "a.npz", zipfile.ZIP_DEFLATED, x=npy(np.zeros(1_234)))
    assert len(read(path)["x"]) == 1_234
    packed(path, zipfile.ZIP_DEFLATED, x=npy(np.zeros(1_235)))
    with pytest.raises(BroughtError) as error:
        read(path)
    assert str(error.value) == (
        f"{path}: se esperaba un archivo de hasta 10000 bytes, se encontró uno de 10008; guarde menos."
    )


def test_all_arrays_count_whatever_they_are_called(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.npz", zipfile.ZIP_DEFLATED, x=npy(np.zeros(700)), y=npy(np.zeros(700)))
    with pytest.raises(BroughtError, match=r"se encontró uno de 11456; "):
        read(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.npy", npy(np.zeros(2_000)))
        archive.writestr("x", b"small")
    with pytest.raises(BroughtError, match=r"se encontró uno de 16133; "):
        read(path)


@pytest.mark.parametrize("kind", [b"'<U0'", b"'|S0'", b"'|V0'"])
def test_values_that_take_no_room_are_no_array(tmp_path: Path, kind: bytes) -> None:
    """A thousand million of them would be gone through one by one."""
    content = npy(THREE).replace(b"'<i8'", kind).replace(b"(3,), }         ", b"(1000000000,), }")
    assert "«x», que no es un array" in complaint(packed(tmp_path / "a.npz", x=content))


# --- what is broken ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"'shape': (3,)", b"'shape': (3, "),  # a header that never ends
        (b"'shape': (3,)", b"'shape': (3.)"),
        (b"'shape': (3,)", b"'shape': (9,)"),
        (b"(3,), }            ", b"(1000000000000,), }"),  # of terabytes
        (b"'descr'", b"'desce'"),
        (b"'descr':", b"b'esc':"),
        (b"'<i8'", b"'|O0'"),
        (b"}", b"\0"),
    ],
)
def test_a_broken_header(tmp_path: Path, before: bytes, after: bytes) -> None:
    content = npy(THREE)
    assert content.count(before) == 1
    complaint(packed(tmp_path / "a.npz", x=content.replace(before, after)))


@pytest.mark.parametrize("content", [b"", b"nothing", npy(THREE)[:-4], b"\x93NUMPY\x01\x00\x08\x00{'descr:"])
def test_a_broken_array(tmp_path: Path, content: bytes) -> None:
    complaint(packed(tmp_path / "a.npz", x=content))


def test_a_broken_archive(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.npz", zipfile.ZIP_DEFLATED, x=npy(THREE))
    whole = path.read_bytes()
    for content in (b"", b"x", npy(THREE), whole[: len(whole) // 2], whole[:-30], b"PK\x03\x04" + bytes(40)):
        path.write_bytes(content)
        complaint(path)


def test_an_encrypted_archive(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.npz", x=npy(THREE))
    content = bytearray(path.read_bytes())
    for place in (content.index(b"PK\x01\x02") + 8, 6):  # the flags of the member
        content[place] |= 1
    path.write_bytes(bytes(content))
    assert "encrypted" in complaint(path)


def test_broken_bytes_in_each_place(tmp_path: Path) -> None:
    """Whatever is the matter with them, it is one sentence or an array."""
    path = packed(tmp_path / "a.npz", zipfile.ZIP_LZMA, x=npy(np.arange(30)))
    whole = path.read_bytes()
    refused: list[str] = []
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            read(path)
        except BroughtError as error:
            refused.append(str(error))
    assert len(refused) > len(whole) // 2
    assert not any("\n" in said for said in refused)


def test_what_is_no_array(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("x\ny", b"1 2 3")
    assert "«x y», que no es un array" in complaint(tmp_path / "a.npz")


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe would be waited for."""
    pipe = tmp_path / "tubo.npz"
    os.mkfifo(pipe)
    assert complaint(pipe).endswith("se encontró otra cosa; revise la ruta.")
    assert complaint(tmp_path).endswith("se encontró una carpeta; revise la ruta.")
    assert "se encontró que no existe" in complaint(tmp_path / "no.npz")
    with pytest.raises(
        BroughtError, match="se esperaba un fichero con las pérdidas de la GAN, se encontró otra"
    ):
        read_columns(pipe.rename(tmp_path / "tubo.csv"))
    with pytest.raises(BroughtError, match="se esperaba una imagen, se encontró otra cosa; revise la ruta"):
        read_picture(tmp_path / "tubo.csv")
