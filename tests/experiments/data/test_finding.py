import dataclasses
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from official_sets import FILES, NOISE, check_tiny, write_archive, write_folder, write_mnist

from experiments.data import finding
from experiments.data.finding import find_images, find_reviews
from experiments.data.official_reviews import read_official
from experiments.data.sets import DataError
from experiments.data.source import Source


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty Keras cache, on a machine without a network."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    use_server(monkeypatch, 1)  # nobody listens on port 1
    return tmp_path / "keras" / "datasets"


def use_server(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name, file in (("IMDB", "aclImdb_v1.tar.gz"), ("MNIST", "mnist.npz")):
        source = dataclasses.replace(getattr(finding, name), url=f"http://127.0.0.1:{port}/{file}")
        monkeypatch.setattr(finding, name, source)


def silent(message: str) -> None:
    raise AssertionError(f"nothing to announce, but: {message}")


@pytest.mark.parametrize("name", ["aclImdb_v1.tar.gz", "aclImdb_v1-labeled.tar.gz"])
def test_the_users_folder_comes_before_the_cache(tmp_path: Path, cache: Path, name: str) -> None:
    cache.mkdir(parents=True)
    for folder in (tmp_path, cache):
        write_archive(folder / name, FILES)
        write_mnist(folder / "mnist.npz")
    assert find_reviews(tmp_path, False, silent) == Source(official=tmp_path / name)
    assert find_images(tmp_path, False, silent) == Source(official=tmp_path / "mnist.npz")
    assert find_reviews(None, True, silent) == Source(official=cache / name)
    assert find_images(None, True, silent) == Source(official=cache / "mnist.npz")


def test_the_official_archive_comes_first(tmp_path: Path) -> None:
    write_folder(tmp_path)
    assert find_reviews(tmp_path, False, silent) == Source(official=tmp_path / "aclImdb")
    write_archive(tmp_path / "aclImdb_v1-labeled.tar.gz", FILES)
    assert find_reviews(tmp_path, False, silent) == Source(official=tmp_path / "aclImdb_v1-labeled.tar.gz")
    write_archive(tmp_path / "aclImdb_v1.tar.gz", FILES)
    assert find_reviews(tmp_path, False, silent) == Source(official=tmp_path / "aclImdb_v1.tar.gz")


@pytest.mark.usefixtures("tiny_digests")
def test_the_users_folder_may_be_the_extracted_one(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    found = find_reviews(folder, False, silent).official
    assert found is not None
    check_tiny(read_official(found))


@pytest.mark.parametrize("parent", ["", "aclImdb_v1_extracted", "aclImdb_v1"])
def test_the_cache_may_be_extracted(cache: Path, parent: str) -> None:
    folder = write_folder(cache / parent)
    assert find_reviews(None, True, silent) == Source(official=folder)


def test_without_keras_home_the_cache_is_in_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KERAS_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert finding.keras_cache() == tmp_path / ".keras" / "datasets"


def test_a_folder_without_the_dataset_is_an_error_for_that_dataset(tmp_path: Path, cache: Path) -> None:
    cache.mkdir(parents=True)
    write_archive(cache / "aclImdb_v1.tar.gz", FILES)  # not what the user asked for
    write_mnist(tmp_path / "mnist.npz")
    (tmp_path / "aclImdb").mkdir()  # empty
    assert find_images(tmp_path, False, silent) == Source(official=tmp_path / "mnist.npz")
    with pytest.raises(DataError) as error:
        find_reviews(tmp_path, False, silent)
    for part in (str(tmp_path), "«aclImdb_v1.tar.gz»", "«aclImdb_v1-labeled.tar.gz»", "«aclImdb»"):
        assert part in str(error.value)
    with pytest.raises(DataError, match=r"MNIST: se esperaba .*absent.*«mnist\.npz»; no se encontró"):
        find_images(tmp_path / "absent", False, silent)


def test_offline_the_sample_is_announced(cache: Path) -> None:
    said: list[str] = []
    assert find_reviews(None, False, said.append) == Source()
    assert find_images(None, False, said.append) == Source()
    assert [message.partition(":")[0] for message in said] == ["IMDb", "IMDb", "MNIST", "MNIST"]
    assert (
        "se usa la muestra integrada (5000 reseñas sintéticas de entrenamiento y 5000 de prueba)" in said[1]
    )
    assert "se usa la muestra integrada (4000 dígitos de entrenamiento y 1000 de prueba)" in said[3]
    assert "DATA_DIR" in said[1]
    assert list(cache.iterdir()) == []


def test_offline_real_data_only_is_an_error(cache: Path) -> None:
    with pytest.raises(DataError) as error:
        find_reviews(None, True, lambda message: None)
    assert str(error.value) == (
        f"IMDb: se esperaban los datos reales, pero no se encontraron en «{cache}» ni se pudieron "
        "descargar (ConnectionError); descargue http://127.0.0.1:1/aclImdb_v1.tar.gz e indique su "
        "carpeta con DATA_DIR."
    )


def test_a_cache_that_cannot_be_written_falls_back_too(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "keras").write_text("a file where the folder should be")
    said: list[str] = []
    assert find_images(None, False, said.append) == Source()
    assert "muestra integrada" in said[-1]


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
        source = find_reviews(None, True, said.append)
    assert source == Source(official=cache / "aclImdb_v1.tar.gz")
    assert requested == ["/aclImdb_v1.tar.gz"] * 2
    assert said == [f"IMDb: se descarga http://127.0.0.1:{port}/aclImdb_v1.tar.gz en «{cache}»."]
    assert [file.name for file in cache.iterdir()] == ["aclImdb_v1.tar.gz"]
    check_tiny(read_official(cache / "aclImdb_v1.tar.gz"))
    assert find_reviews(None, True, silent) == source  # from the cache: the server is gone


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
        assert find_images(None, False, said.append) == Source()
    assert len(requested) == 1
    assert reason in said[-1]
    assert list(cache.iterdir()) == []


def test_the_retries_end(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with server([503] * 3, b"") as (port, requested):
        use_server(monkeypatch, port)
        with pytest.raises(DataError, match="RetryError"):
            find_images(None, True, lambda message: None)
    assert len(requested) == 3


def test_the_official_addresses() -> None:
    assert finding.IMDB.url == "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz"
    assert finding.MNIST.url == "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"


def test_who_has_a_set_of_their_own_is_told_where_to_describe_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"si el conjunto es propio, descríbalo en \[datos\.resenas\]\."):
        find_reviews(tmp_path, False, silent)
    with pytest.raises(DataError, match=r"si el conjunto es propio, descríbalo en \[datos\.imagenes\]\."):
        find_images(tmp_path, False, silent)


def test_a_source_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run that reads it is another process."""
    write_mnist(tmp_path / "mnist.npz")
    monkeypatch.chdir(tmp_path)
    assert find_images(Path("."), False, silent) == Source(official=tmp_path / "mnist.npz")
