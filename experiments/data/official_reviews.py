"""IMDb as Maas et al. (2011) publish it, in its archive or extracted.

Digests are taken over the content, so that an archive, a repacked archive and an extracted folder
are the same data: SHA-256 over, for each labelled file in order of ``test/neg``, ``test/pos``,
``train/neg``, ``train/pos`` (names sorted as strings), its UTF-8 path from ``aclImdb/`` on, a zero
byte, and the SHA-256 of its bytes. Reviews keep that order.
"""

import hashlib
import re
import tarfile
import zlib
from pathlib import Path, PurePosixPath

import numpy as np

from experiments.data.checking import (
    MAX_OFFICIAL_BYTES,
    expect,
    expect_at_most,
    official_remedy,
    unreadable,
)
from experiments.data.sets import DataError, ReviewData, Reviews
from experiments.data.source import REVIEWS_TABLE
from experiments.records.base import DataInfo, DataName

URL = "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz"
DIGEST = "7bf14c2d84905806f8d6e3029790c1018f3bcc7aa5a9f336c90232848c194f59"
PARTS = ("test/neg", "test/pos", "train/neg", "train/pos")

MAX_REVIEW_BYTES = 1_000_000  # the longest real one has 13,704

REVIEW_NAME = re.compile(r"(\d+)_(\d+)\.txt")
REVIEW_PATH = re.compile(rf"aclImdb/((?:test|train)/(?:neg|pos)/{REVIEW_NAME.pattern})")

REMEDY = official_remedy(URL, REVIEWS_TABLE)


def read_official(path: Path) -> ReviewData:
    """Read and verify the reviews in an archive or a folder.

    Raises:
        DataError: unreadable, unsafe or different data.
    """
    files = _read_folder(path) if path.is_dir() else _read_archive(path)
    digest = files_digest(files)
    expect(str(path), DIGEST, digest, REMEDY)
    return reviews_of(files, "imdb", digest, path)


def _read_folder(folder: Path) -> dict[str, bytes]:
    files = {}
    try:
        for part in PARTS:
            for path in (folder / part).iterdir():
                if REVIEW_NAME.fullmatch(path.name):
                    expect_at_most(str(path), path.stat().st_size, MAX_REVIEW_BYTES, REMEDY)
                    files[f"{part}/{path.name}"] = path.read_bytes()
    except OSError as error:
        raise unreadable(folder, error, REMEDY) from error
    return files


def _read_archive(path: Path) -> dict[str, bytes]:
    """The labelled files as ``{"test/neg/0_2.txt": bytes}``; nothing touches the disk."""
    files = {}
    total = 0
    try:
        # "replace": a name that is not UTF-8 must not break the error that shows it
        with tarfile.open(path, "r|gz", encoding="utf-8", errors="replace") as archive:
            for member in archive:
                name = _safe_name(path, member)
                if match := REVIEW_PATH.fullmatch(name):
                    expect_at_most(f"{path}: {name}", member.size, MAX_REVIEW_BYTES, REMEDY)
                    content = archive.extractfile(member)
                    if content is None:
                        raise unreadable(path, f"{name} no es un archivo", REMEDY)
                    files[match[1]] = content.read()
                    total += member.size
                    expect_at_most(str(path), total, MAX_OFFICIAL_BYTES, REMEDY)
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise unreadable(path, error, REMEDY) from error
    return files


def _safe_name(archive: Path, member: tarfile.TarInfo) -> str:
    name = PurePosixPath(member.name)
    if name.is_absolute() or ".." in name.parts:
        found = "una ruta fuera de la carpeta"
    elif not (member.isfile() or member.isdir()):
        found = "un enlace o un dispositivo"
    else:
        return str(name)
    raise DataError(
        f"{archive}: se esperaban solo archivos y carpetas dentro de «aclImdb», se encontró {found} "
        f"(«{member.name}»); {REMEDY}."
    )


def files_digest(files: dict[str, bytes]) -> str:
    """Of reviews by their paths from ``aclImdb/`` on."""
    digest = hashlib.sha256()
    for name in sorted(files):  # also the order of the parts: test before train, neg before pos
        digest.update(f"aclImdb/{name}\0".encode())
        digest.update(hashlib.sha256(files[name]).digest())
    return digest.hexdigest()


def reviews_of(files: dict[str, bytes], name: DataName, digest: str, place: Path) -> ReviewData:
    """The reviews in ``files``, whose digest it is."""
    train, test = (_part(files, split, place) for split in ("train", "test"))
    info = DataInfo(name=name, digest=digest, n_train=len(train.texts), n_test=len(test.texts))
    return ReviewData(train, test, info)


def _part(files: dict[str, bytes], split: str, place: Path) -> Reviews:
    names = sorted(name for name in files if name.startswith(f"{split}/"))
    numbers = [[int(number) for number in re.findall(r"\d+", name)] for name in names]
    try:
        texts = [files[name].decode() for name in names]
    except UnicodeDecodeError as error:
        raise unreadable(place, error, REMEDY) from error
    return Reviews(
        texts=texts,
        labels=np.array([name.startswith(f"{split}/pos/") for name in names], np.int8),
        stars=np.array([stars for _, stars in numbers], np.int8),
        ids=np.array([number for number, _ in numbers], np.int32),
        distances=np.full(len(names), -1, np.int32),
    )
