import hashlib
from pathlib import Path

import numpy as np
import pytest
from official_sets import TINY_MNIST, write_mnist

from experiments.data import official_images
from experiments.data.official_images import read_official
from experiments.data.sets import DataError

# Whoever keeps their own images under this name must not be told to delete them.
REMEDY = (
    "si es un conjunto propio, descríbalo en [datos.imagenes]; si quiere el oficial, descargue "
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz en otra carpeta e indíquela con "
    "DATA_DIR"
)


@pytest.mark.usefixtures("tiny_digests")
def test_mnist_is_read_and_its_digest_combines_four(tmp_path: Path) -> None:
    digits = read_official(write_mnist(tmp_path / "mnist.npz"))
    assert digits.x_train.shape == (3, 28, 28)
    assert digits.x_train.dtype == np.uint8
    assert digits.x_train[0, 1, 0] == 28
    assert digits.y_train.tolist() == [5, 0, 4]
    assert digits.x_test.shape == (2, 28, 28)
    assert digits.y_test.tolist() == [7, 2]
    combined = b"".join(bytes.fromhex(digest) for digest in TINY_MNIST.values())
    assert digits.info.digest == hashlib.sha256(combined).hexdigest()
    assert digits.info.name == "mnist"
    assert (digits.info.n_train, digits.info.n_test) == (3, 2)


@pytest.mark.usefixtures("tiny_digests")
def test_memory_order_does_not_change_mnist(tmp_path: Path) -> None:
    images = np.asfortranarray(np.arange(3 * 784, dtype=np.uint8).reshape(3, 28, 28))
    assert read_official(write_mnist(tmp_path / "mnist.npz", x_train=images)).x_train[0, 1, 0] == 28


@pytest.mark.usefixtures("tiny_digests")
def test_other_digits_are_refused(tmp_path: Path) -> None:
    path = write_mnist(tmp_path / "mnist.npz", y_test=np.array([2, 7], np.uint8))
    with pytest.raises(DataError) as error:
        read_official(path)
    found = hashlib.sha256(bytes([2, 7])).hexdigest()
    assert str(error.value) == (
        f"{path}: y_test: se esperaba {TINY_MNIST['y_test']}, se encontró {found}; {REMEDY}."
    )


@pytest.mark.usefixtures("tiny_digests")
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"x_test": np.full((2, 784), 9, np.uint8)},
            r"x_test: se esperaba uint8 \(28, 28\), se encontró uint8 \(784,\)",
        ),
        ({"y_test": np.array([7, 2], np.int8)}, r"y_test: se esperaba uint8 \(\), se encontró int8 \(\)"),
        ({"y_test": np.uint8(7)}, "y_test: se esperaba"),
    ],
)
def test_other_shapes_and_types_are_refused(
    tmp_path: Path, changes: dict[str, np.ndarray], message: str
) -> None:
    with pytest.raises(DataError, match=message):
        read_official(write_mnist(tmp_path / "mnist.npz", **changes))


@pytest.mark.usefixtures("tiny_digests")
def test_damaged_npz_are_data_errors(tmp_path: Path) -> None:
    whole = write_mnist(tmp_path / "whole.npz").read_bytes()
    write_mnist(tmp_path / "pickled.npz", x_train=np.array([{}], object))
    np.savez(tmp_path / "incomplete.npz", x_train=np.zeros(3, np.uint8))
    (tmp_path / "truncated.npz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "corrupt.npz").write_bytes(whole[:500] + bytes([255]) * 100 + whole[600:])
    (tmp_path / "empty.npz").write_bytes(b"")
    (tmp_path / "page.npz").write_bytes(b"<html></html>")
    for name in ("pickled", "incomplete", "truncated", "corrupt", "empty", "page", "absent"):
        with pytest.raises(DataError, match=rf"{name}\.npz: se esperaban datos legibles"):
            read_official(tmp_path / f"{name}.npz")


def test_an_npz_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(official_images, "MAX_OFFICIAL_BYTES", 1_000)
    with pytest.raises(DataError, match="se esperaban como mucho 1000 bytes"):
        read_official(write_mnist(tmp_path / "mnist.npz"))
