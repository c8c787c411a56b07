"""Archives and files that nobody would want to read are refused before anybody does."""

import gzip
import io
import os
import tarfile
from pathlib import Path

import numpy as np
import pandas
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


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE])
def test_a_size_beside_that_of_the_header_hides_nothing(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "aclImdb_v1.tar.gz"
    with tarfile.open(path, "w:gz") as file:
        other = tarfile.TarInfo("x")
        other.type, other.size = kind, 21
        file.addfile(other, io.BytesIO(b"12 path=a/b\n9 size=0\n"))
    with pytest.raises(DataError, match="un miembro de dos tamaños"):
        inspect(Source(official=path))


@pytest.mark.parametrize("how", ["negative", "sparse"])
def test_a_member_whose_end_is_not_certain_is_refused(tmp_path: Path, how: str) -> None:
    member = tarfile.TarInfo("aclImdb/x")
    member.type = tarfile.GNUTYPE_SPARSE if how == "sparse" else tarfile.REGTYPE
    header = bytearray(member.tobuf(tarfile.GNU_FORMAT))
    if how == "negative":
        header[124:136] = b"\xff" * 10 + b"\xfe\x00"  # -512
        header[148:156] = b"%06o\0 " % (sum(header[:148]) + sum(header[156:]) + 8 * 32)
    path = tmp_path / "aclImdb_v1.tar.gz"
    path.write_bytes(gzip.compress(bytes(header) + bytes(1024)))
    with pytest.raises(DataError, match="un miembro sin tamaño cierto"):
        inspect(Source(official=path))


def test_images_that_become_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez_compressed(tmp_path / "a.npz", x=np.zeros(2**21, np.uint8))
    monkeypatch.setattr(inspection, "MAX_NPZ_BYTES", 2**20)
    with pytest.raises(DataError, match="se esperaban como mucho 1048576 bytes"):
        inspect(Source(own=OwnImages(npz=tmp_path / "a.npz")))


def test_reviews_that_become_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "MAX_TEXT_BYTES", 2**20)
    texts = pandas.DataFrame({"a": ["x" * 2**14] * 65, "b": [0] * 65})  # one text, 65 times
    texts.to_parquet(tmp_path / "r.parquet")
    texts.to_csv(tmp_path / "r.csv.gz")
    texts.to_csv(tmp_path / "r.zip")
    (tmp_path / "r.csv").touch()
    os.truncate(tmp_path / "r.csv", 2**36)  # which has no room on the disk
    assert (tmp_path / "r.parquet").stat().st_size < 2**17
    for kind, name in (("parquet", "r.parquet"), ("csv", "r.csv.gz"), ("tsv", "r.zip"), ("jsonl", "r.csv")):
        own = OwnReviews.model_validate({kind: tmp_path / name, "text": "a", "label": "b", "language": "es"})
        with pytest.raises(DataError, match=rf"{name}: se esperaban como mucho 1048576 bytes.*menos reseñas"):
            inspect(Source(own=own))


def test_all_reviews_of_a_folder_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "train/pos").mkdir(parents=True)
    for number in range(3):
        (tmp_path / f"train/pos/{number}.txt").write_text("x" * 10)
    source = Source(own=OwnReviews(folder=tmp_path, language="es"))
    monkeypatch.setattr(inspection, "MAX_TEXT_BYTES", 30)
    inspect(source)
    monkeypatch.setattr(inspection, "MAX_TEXT_BYTES", 29)
    with pytest.raises(DataError, match="como mucho 29 bytes, se encontraron 30"):
        inspect(source)


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
