"""Tiny sets in the files of the official ones, made by hand: five reviews whose order as strings is not
numeric, and five images."""

import hashlib
import io
import tarfile
from pathlib import Path

import numpy as np

from experiments.data.sets import ReviewData

FILES = {  # in archive order, which must not matter
    "aclImdb/train/pos/3_9.txt": b"train good",
    "aclImdb/train/neg/7_1.txt": b"train bad",
    "aclImdb/test/pos/0_10.txt": "test good caf\u00e9".encode(),
    "aclImdb/test/neg/2_1.txt": b"second as a string",
    "aclImdb/test/neg/10_4.txt": b"first as a string",
}
ORDER = [
    "aclImdb/test/neg/10_4.txt",
    "aclImdb/test/neg/2_1.txt",
    "aclImdb/test/pos/0_10.txt",
    "aclImdb/train/neg/7_1.txt",
    "aclImdb/train/pos/3_9.txt",
]
NOISE = {"aclImdb/README": b"read me", "aclImdb/train/unsup/0_0.txt": b"unlabelled"}


def digest_of(files: dict[str, bytes], order: list[str]) -> str:
    content = b"".join(name.encode() + b"\0" + hashlib.sha256(files[name]).digest() for name in order)
    return hashlib.sha256(content).hexdigest()


def member(name: str, size: int = 0, **fields: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = size
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def write_archive(path: Path, files: dict[str, bytes], *extra: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            archive.addfile(member(name, len(content)), io.BytesIO(content))
        for info in extra:
            archive.addfile(info, io.BytesIO(bytes(info.size)))
    return path


def write_folder(folder: Path) -> Path:
    for name, content in (FILES | NOISE).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "aclImdb"


def write_mnist(path: Path, **changes: np.ndarray) -> Path:
    arrays = {
        "x_train": np.arange(3 * 784, dtype=np.uint8).reshape(3, 28, 28),
        "y_train": np.array([5, 0, 4], np.uint8),
        "x_test": np.full((2, 28, 28), 9, np.uint8),
        "y_test": np.array([7, 2], np.uint8),
    }
    np.savez(path, **(arrays | changes))
    return path


TINY_MNIST = {
    "x_train": hashlib.sha256(bytes(i % 256 for i in range(3 * 784))).hexdigest(),
    "y_train": hashlib.sha256(bytes([5, 0, 4])).hexdigest(),
    "x_test": hashlib.sha256(bytes([9]) * 2 * 784).hexdigest(),
    "y_test": hashlib.sha256(bytes([7, 2])).hexdigest(),
}


def check_tiny(imdb: ReviewData) -> None:
    assert imdb.test.texts == ["first as a string", "second as a string", "test good café"]
    assert imdb.test.labels.tolist() == [0, 0, 1]
    assert imdb.test.stars.tolist() == [4, 1, 10]
    assert imdb.test.ids.tolist() == [10, 2, 0]
    assert imdb.test.distances.tolist() == [-1, -1, -1]
    assert imdb.train.texts == ["train bad", "train good"]
    assert imdb.train.labels.tolist() == [0, 1]
    assert imdb.train.stars.tolist() == [1, 9]
    assert imdb.train.ids.tolist() == [7, 3]
    assert [a.dtype for a in (imdb.test.labels, imdb.test.stars, imdb.test.ids, imdb.test.distances)] == [
        np.int8,
        np.int8,
        np.int32,
        np.int32,
    ]
    assert imdb.info.name == "imdb"
    assert imdb.info.digest == digest_of(FILES, ORDER)
    assert (imdb.info.n_train, imdb.info.n_test) == (2, 3)
