"""Archives and files that nobody would want to read are refused before anybody does."""

import gzip
import io
import os
import tarfile
from pathlib import Path

import numpy as np
import pytest

from experiments.data import inspection
from experiments.data.inspection import inspect
from experiments.data.sets import DataError
from experiments.data.source import OwnImages, OwnReviews, Source


def archive(folder: Path, *members: tuple[bytes, str, int]) -> Source:
    """Zeros of some size in each member of a kind and a name."""
    path = folder / "aclImdb_v1.tar.gz"
    with tarfile.open(path, "w:gz") as file:
        for kind, name, size in members:
            member = tarfile.TarInfo(name)
            member.type, member.size = kind, size
            file.addfile(member, io.BytesIO(bytes(size)))
    return Source(official=path)


FILE = (tarfile.REGTYPE, "aclImdb/train/pos/0_7.txt", 5)


def test_an_ordinary_archive_is_let_through(tmp_path: Path) -> None:
    inspect(archive(tmp_path, FILE, (tarfile.REGTYPE, "a/" * 99 + "b", 2000)))  # with a long name


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE])
def test_a_name_without_end_is_refused(tmp_path: Path, kind: bytes) -> None:
    with pytest.raises(DataError, match="un nombre: se esperaban como mucho 65536 bytes"):
        inspect(archive(tmp_path, (kind, "x", 2**17), FILE))


def test_what_becomes_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "MAX_TAR_BYTES", 2**20)
    with pytest.raises(DataError, match="se esperaban como mucho 1048576 bytes"):
        inspect(archive(tmp_path, FILE, (tarfile.REGTYPE, "otro", 2**21)))


def test_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "MAX_MEMBERS", 3)
    with pytest.raises(DataError, match="más de 3 ficheros"):
        inspect(archive(tmp_path, *[FILE] * 4))


def test_an_archive_that_was_cut_is_refused(tmp_path: Path) -> None:
    source = archive(tmp_path, FILE)
    path = tmp_path / "aclImdb_v1.tar.gz"
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(DataError, match="se esperaban datos legibles"):
        inspect(source)


def test_a_header_that_cannot_be_read_does_not_hide_what_follows(tmp_path: Path) -> None:
    source = archive(tmp_path, FILE)
    path = tmp_path / "aclImdb_v1.tar.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())[:1024] + b"x" * 512))
    with pytest.raises(DataError, match="se esperaban datos legibles"):
        inspect(source)


def test_images_that_become_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez_compressed(tmp_path / "a.npz", x=np.zeros(2**21, np.uint8))
    monkeypatch.setattr(inspection, "MAX_NPZ_BYTES", 2**20)
    with pytest.raises(DataError, match="se esperaban como mucho 1048576 bytes"):
        inspect(Source(own=OwnImages(npz=tmp_path / "a.npz")))


def test_a_pipe_among_reviews_is_not_waited_for(tmp_path: Path) -> None:
    for part in ("train/pos", "train/neg"):
        (tmp_path / part).mkdir(parents=True)
    os.mkfifo(tmp_path / "train/pos/1_7.txt")
    for source in (
        Source(official=tmp_path),
        Source(own=OwnReviews(folder=tmp_path, language="es")),
        Source(own=OwnReviews(csv=tmp_path / "train/pos/1_7.txt", text="a", label="b", language="es")),
    ):
        with pytest.raises(DataError, match="no es un fichero corriente"):
            inspect(source)
