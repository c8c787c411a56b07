import hashlib
import io
import os
import shutil
import tarfile
from pathlib import Path

import numpy as np
import pytest
from official_sets import FILES, check_tiny, write_archive, write_folder, write_mnist

from experiments.data import images, reviews
from experiments.data.sets import DataError
from experiments.data.source import OwnImages, OwnReviews, Source
from experiments.data.travel import pack, unpack, unpacked
from experiments.kinds.judge import JudgeConfig
from experiments.kinds.linear import LinearConfig


def write_table(path: Path, start: int, n: int) -> Path:
    rows = [f"reseña {start + i},{i % 2}" for i in range(n)]
    path.write_text("\n".join(["texto,etiqueta", *rows]))
    return path


def own_table(folder: Path) -> OwnReviews:
    folder.mkdir(exist_ok=True)
    train, test = write_table(folder / "mis reseñas.csv", 0, 160), write_table(folder / "otras.csv", 500, 40)
    return OwnReviews(csv=train, test=test, text="texto", label="etiqueta", language="es")


def own_folder(folder: Path, parts: tuple[str, ...]) -> OwnReviews:
    for part in parts:
        for i in range(200):
            path = folder / part / ("neg", "pos")[i % 2] / f"reseña {i}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{part} {i}")
    return OwnReviews(folder=folder, language="es")


def moved(source: Source, home: Path, away: Path) -> Source:
    """Packed at ``home``, of which nothing is left, and unpacked at ``away``."""
    content = pack(source).content
    shutil.rmtree(home)
    return unpack(content, away)


@pytest.mark.parametrize("kind", ["table", "folder", "folder with a test part"])
def test_own_reviews_are_the_same_there(tmp_path: Path, kind: str) -> None:
    home = tmp_path / "home"
    parts = ("train", "test") if kind.endswith("part") else ("train",)
    source = Source(own=own_table(home) if kind == "table" else own_folder(home / "críticas.v2", parts))
    before = reviews.load(source, LinearConfig())
    after = reviews.load(moved(source, home, tmp_path / "away"), LinearConfig())
    assert after.info == before.info  # the digest and the name of the file, which is the title
    assert after.train.texts == before.train.texts


def test_own_images_are_the_same_there(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    drawn = np.random.default_rng(0).integers(0, 100, (1_200, 28, 28))
    np.savez(tmp_path / "home" / "moda.npz", x=drawn, y=np.arange(1_200) % 3)
    source = Source(own=OwnImages(npz=tmp_path / "home" / "moda.npz", classes=("a", "b", "c")))
    before = images.load(source, JudgeConfig())
    after = images.load(moved(source, tmp_path / "home", tmp_path / "away"), JudgeConfig())
    assert after.info == before.info


@pytest.mark.usefixtures("tiny_digests")
@pytest.mark.parametrize("extracted", [False, True])
def test_the_official_reviews_are_the_same_there(tmp_path: Path, extracted: bool) -> None:
    home = tmp_path / "home"
    home.mkdir()
    place = write_folder(home) if extracted else write_archive(home / "aclImdb_v1.tar.gz", FILES)
    check_tiny(reviews.load(moved(Source(official=place), home, tmp_path / "away"), LinearConfig()))


@pytest.mark.usefixtures("tiny_digests")
def test_the_official_images_are_the_same_there(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    source = Source(official=write_mnist(tmp_path / "home" / "mnist.npz"))
    before = images.load(source, JudgeConfig())
    assert images.load(moved(source, tmp_path / "home", tmp_path / "away"), JudgeConfig()).info == before.info


def test_the_samples_need_nothing(tmp_path: Path) -> None:
    assert unpack(pack(Source()).content, tmp_path) == Source()


def test_the_parcel_depends_on_content_alone(tmp_path: Path) -> None:
    """Neither on where the files lie nor on their times, owners and rights."""
    first, second = own_table(tmp_path / "a"), own_table(tmp_path / "b")
    assert second.test is not None
    os.utime(second.path, (1, 1))
    second.test.chmod(0o600)
    parcel = pack(Source(own=first))
    assert pack(Source(own=second)) == parcel
    assert parcel.digest == hashlib.sha256(parcel.content).hexdigest()
    write_table(second.test, 501, 40)
    assert pack(Source(own=second)).digest != parcel.digest
    other = first.model_copy(update={"title": "Otro"})
    assert pack(Source(own=other)).digest != parcel.digest


def test_a_folder_leaves_at_home_what_nobody_reads(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)  # with a README and unlabelled reviews
    with tarfile.open(fileobj=io.BytesIO(pack(Source(official=folder)).content)) as archive:
        assert sorted(archive.getnames()) == sorted(["source.json", *(f"official/{name}" for name in FILES)])


def test_what_is_there_is_not_unpacked_again(tmp_path: Path) -> None:
    content, digest = pack(Source(own=own_table(tmp_path / "home")))
    away = tmp_path / "away"
    first = unpack(content, away)
    assert [path.name for path in away.iterdir()] == [digest]
    marked = away / digest / "marked"
    marked.touch()
    assert unpack(content, away) == first
    assert marked.exists()


@pytest.mark.parametrize("damage", ["changed", "lost", "description"])
def test_what_is_there_and_damaged_is_unpacked_again(tmp_path: Path, damage: str) -> None:
    content, digest = pack(Source(own=own_table(tmp_path / "home")))
    away = tmp_path / "away"
    first = unpack(content, away)
    assert unpacked(digest, away) == first
    assert first.own is not None
    match damage:
        case "changed":
            first.own.path.write_text("text,label\na,b\n")
        case "lost":
            first.own.path.unlink()
        case "description":
            (away / digest / "source.json").write_text("{")
    assert unpacked(digest, away) is None
    assert unpack(content, away) == first
    assert unpacked(digest, away) == first
    assert [path.name for path in away.iterdir()] == [digest]


def test_another_process_may_have_been_faster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, digest = pack(Source(own=own_table(tmp_path / "home")))
    away = tmp_path / "away"
    extract = tarfile.TarFile.extractall

    def slowly(archive: tarfile.TarFile, path: Path, **options: object) -> None:
        extract(archive, away / digest, **options)
        extract(archive, path, **options)

    monkeypatch.setattr(tarfile.TarFile, "extractall", slowly)
    assert reviews.load(unpack(content, away), LinearConfig()).info.n_train == 160
    assert [path.name for path in away.iterdir()] == [digest]


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        pack(Source(official=tmp_path / "mnist.npz"))
    assert str(error.value).startswith(f"{tmp_path}/mnist.npz: se esperaban datos legibles, se encontró «")
    assert str(error.value).endswith("»; compruebe la ruta.")
