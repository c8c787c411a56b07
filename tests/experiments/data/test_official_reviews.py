import gzip
import tarfile
from pathlib import Path

import numpy as np
import pytest
from official_sets import FILES, NOISE, ORDER, check_tiny, digest_of, member, write_archive, write_folder

from experiments.data import official_reviews
from experiments.data.official_reviews import read_official
from experiments.data.sets import DataError

# Whoever keeps their own reviews under this name must not be told to delete them.
REMEDY = (
    "si es un conjunto propio, descríbalo en [datos.resenas]; si quiere el oficial, descargue "
    "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz en otra carpeta e indíquela con "
    "DATA_DIR"
)


@pytest.mark.usefixtures("tiny_digests")
def test_an_archive_is_read_in_digest_order(tmp_path: Path) -> None:
    check_tiny(read_official(write_archive(tmp_path / "a.tar.gz", FILES | NOISE)))
    assert [path.name for path in tmp_path.iterdir()] == ["a.tar.gz"]


@pytest.mark.usefixtures("tiny_digests")
def test_a_member_may_start_with_a_dot(tmp_path: Path) -> None:
    dotted = {f"./{name}": content for name, content in FILES.items()}
    check_tiny(read_official(write_archive(tmp_path / "a.tar.gz", dotted)))


@pytest.mark.usefixtures("tiny_digests")
def test_a_folder_is_read_like_its_archive(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    check_tiny(read_official(folder))
    check_tiny(read_official(folder.rename(tmp_path / "another_name")))


def test_a_wrong_digest_names_file_expected_found_and_remedy(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "aclImdb_v1.tar.gz", FILES)
    with pytest.raises(DataError) as error:
        read_official(path)
    expected, found = official_reviews.DIGEST, digest_of(FILES, ORDER)
    assert str(error.value) == (f"{path}: se esperaba {expected}, se encontró {found}; {REMEDY}.")


@pytest.mark.usefixtures("tiny_digests")
def test_one_changed_byte_is_found(tmp_path: Path) -> None:
    changed = FILES | {"aclImdb/train/neg/7_1.txt": b"train bat"}
    with pytest.raises(DataError, match=f"se esperaba {digest_of(FILES, ORDER)}"):
        read_official(write_archive(tmp_path / "a.tar.gz", changed))


@pytest.mark.usefixtures("tiny_digests")
@pytest.mark.parametrize(
    ("intruder", "found"),
    [
        (member("../x"), "una ruta fuera de la carpeta («../x»)"),
        (member("aclImdb/test/neg/../../../x"), "una ruta fuera de la carpeta"),
        (member("/etc/x"), "una ruta fuera de la carpeta («/etc/x»)"),
        (
            member("aclImdb/x", type=tarfile.SYMTYPE, linkname="README"),
            "un enlace o un dispositivo («aclImdb/x»)",
        ),
        (
            member("aclImdb/test/neg/5_1.txt", type=tarfile.LNKTYPE, linkname="y"),
            "un enlace o un dispositivo",
        ),
        (member("aclImdb/x", type=tarfile.CHRTYPE), "un enlace o un dispositivo"),
        (member("aclImdb/x", type=tarfile.FIFOTYPE), "un enlace o un dispositivo"),
    ],
)
def test_unsafe_members_are_refused(tmp_path: Path, intruder: tarfile.TarInfo, found: str) -> None:
    path = write_archive(tmp_path / "a.tar.gz", FILES, intruder)
    with pytest.raises(DataError) as error:
        read_official(path)
    assert f"se encontró {found}" in str(error.value)
    assert str(path) in str(error.value)


@pytest.mark.usefixtures("tiny_digests")
def test_a_huge_member_is_not_a_review(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.tar.gz", FILES, member("aclImdb/test/neg/5_1.txt", 1_000_001))
    with pytest.raises(
        DataError, match=r"5_1\.txt: se esperaban como mucho 1000000 bytes, se encontraron 1000001"
    ):
        read_official(path)


@pytest.mark.usefixtures("tiny_digests")
def test_too_many_reviews_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(official_reviews, "MAX_OFFICIAL_BYTES", 40)
    with pytest.raises(DataError, match="se esperaban como mucho 40 bytes, se encontraron 52"):
        read_official(write_archive(tmp_path / "a.tar.gz", FILES))  # 10 + 9 + 15 + 18 = 52 after four


@pytest.mark.usefixtures("tiny_digests")
def test_damaged_archives_are_data_errors(tmp_path: Path) -> None:
    incompressible = {
        f"aclImdb/train/neg/{i}_1.txt": np.random.default_rng(i).bytes(5_000) for i in range(40)
    }
    whole = write_archive(tmp_path / "whole.tar.gz", FILES | incompressible).read_bytes()
    damaged = {
        "truncated": whole[: len(whole) // 2],
        "empty": b"",
        "header only": whole[:10],
        "not gzip": b"<html>404</html>" * 100,
        "not tar": gzip.compress(b"no archive" * 100),
        "corrupt": whole[:40] + b"\xff" * 40 + whole[80:],
    }
    for name, content in damaged.items():
        path = tmp_path / f"{name}.tar.gz"
        path.write_bytes(content)
        with pytest.raises(DataError, match="se esperaban datos legibles") as error:
            read_official(path)
        assert str(path) in str(error.value), name
    with pytest.raises(DataError, match=r"absent\.tar\.gz: se esperaban datos legibles"):
        read_official(tmp_path / "absent.tar.gz")


def test_a_folder_with_a_missing_part_is_a_data_error(tmp_path: Path) -> None:
    (tmp_path / "test" / "neg").mkdir(parents=True)
    with pytest.raises(DataError, match="se esperaban datos legibles"):
        read_official(tmp_path)


def test_utf8_is_decoded_strictly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    latin = FILES | {"aclImdb/train/pos/3_9.txt": b"caf\xe9"}
    monkeypatch.setattr(official_reviews, "DIGEST", digest_of(latin, ORDER))
    with pytest.raises(DataError, match="utf-8"):
        read_official(write_archive(tmp_path / "a.tar.gz", latin))
