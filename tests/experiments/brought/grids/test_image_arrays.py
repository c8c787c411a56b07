"""NPZ files that are none, or broken: one sentence, and no waiting."""

import io
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from experiments.brought.gan_losses.columns import read_columns
from experiments.brought.grids.image_arrays import read_arrays, size_notice
from experiments.brought.grids.pictures import read_picture
from experiments.errors import BroughtError


def complaint(path: Path) -> str:
    with pytest.raises(BroughtError) as error:
        read_arrays(path, lambda name: True)
    said = str(error.value)
    assert said.startswith(f"{path}: se esperaba un archivo NPZ de NumPy, se encontró ")
    assert "\n" not in said
    return said


def npy(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def packed(path: Path, content: bytes, compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("x.npy", content)
    return path


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_however_it_is_packed(tmp_path: Path, compression: int) -> None:
    path = packed(tmp_path / "a.npz", npy(np.arange(3)), compression)
    found, others = read_arrays(path, lambda name: name == "x")
    assert (found["x"].tolist(), others) == ([0, 1, 2], [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"'shape': (3,)", b"'shape': (3, "),  # a header that never ends
        (b"'shape': (3,)", b"'shape': (3.)"),
        (b"'descr'", b"'desce'"),
        (b"'descr':", b"b'esc':"),
        (b"'<i8'", b"'|O0'"),
        (b"}", b"\0"),
    ],
)
def test_a_broken_header(tmp_path: Path, before: bytes, after: bytes) -> None:
    content = npy(np.arange(3, dtype="<i8"))
    assert content.count(before) == 1
    complaint(packed(tmp_path / "a.npz", content.replace(before, after)))


def test_broken_bytes_in_each_place(tmp_path: Path) -> None:
    """Whatever is the matter with them, it is one sentence or an array."""
    path = packed(tmp_path / "a.npz", npy(np.arange(30)), zipfile.ZIP_LZMA)
    whole = path.read_bytes()
    refused: list[str] = []
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            read_arrays(path, lambda name: True)
        except BroughtError as error:
            refused.append(str(error))
    assert len(refused) > len(whole) // 2
    assert not any("\n" in said for said in refused)


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe would be waited for."""
    pipe = tmp_path / "tubo.npz"
    os.mkfifo(pipe)
    assert complaint(pipe).endswith("se encontró otra cosa; revise la ruta.")
    assert complaint(tmp_path).endswith("se encontró una carpeta; revise la ruta.")
    with pytest.raises(
        BroughtError, match="se esperaba un fichero con las pérdidas de la GAN, se encontró otra"
    ):
        read_columns(pipe.rename(tmp_path / "tubo.csv"))
    with pytest.raises(BroughtError, match="se esperaba una imagen, se encontró otra cosa; revise la ruta"):
        read_picture(tmp_path / "tubo.csv")


def test_names_with_line_breaks_are_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x\ny", b"no array")
    assert "«x y»" in complaint(path)


def test_another_size_is_told() -> None:
    assert size_notice(Path("a.npz"), 28, 28) == ()
    assert size_notice(Path("b/a.npz"), 32, 64) == (
        "Las imágenes de «a.npz», de 32 × 64 píxeles, se llevan a 28 × 28.",
    )
