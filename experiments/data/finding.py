"""Where the official data are: the user's folder, Keras' cache, the official download or, failing all of
them, the built-in sample. What is found is verified when it is read."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.data import official_images, official_reviews
from experiments.data.official_reviews import PARTS
from experiments.data.sets import DataError
from experiments.data.source import IMAGES_TABLE, REVIEWS_TABLE, Source

if TYPE_CHECKING:
    import requests

CONNECT_TIMEOUT_S, READ_TIMEOUT_S = 5, 30  # without a network the sample must come soon

Say = Callable[[str], None]


@dataclass(frozen=True)
class Official:
    """Where an official set may be; ``candidates`` are paths inside the user's folder or the cache."""

    name: str
    candidates: tuple[str, ...]
    url: str
    table: str  # of the user's settings, where a set of their own is described
    sample: str  # what the built-in sample is, in words


IMDB = Official(
    name="IMDb",
    candidates=(
        "aclImdb_v1.tar.gz",
        "aclImdb_v1-labeled.tar.gz",
        "aclImdb",
        "aclImdb_v1_extracted/aclImdb",  # how Keras 3 extracts it
        "aclImdb_v1/aclImdb",
        ".",  # the folder is aclImdb itself
    ),
    url=official_reviews.URL,
    table=REVIEWS_TABLE,
    sample="5000 reseñas sintéticas de entrenamiento y 5000 de prueba",
)
MNIST = Official(
    name="MNIST",
    candidates=("mnist.npz",),
    url=official_images.URL,
    table=IMAGES_TABLE,
    sample="4000 dígitos de entrenamiento y 1000 de prueba",
)


def find_reviews(data_dir: Path | None, real_only: bool, say: Say) -> Source:
    """IMDb, in its archive or in the folder ``aclImdb``, or the built-in sample.

    Looks into ``data_dir`` alone if given, else into Keras' cache, else downloads into it.

    Raises:
        DataError: not in ``data_dir``, or not to be had and ``real_only``.
    """
    return Source(official=_find(IMDB, data_dir, real_only, say))


def find_images(data_dir: Path | None, real_only: bool, say: Say) -> Source:
    """MNIST, in ``mnist.npz``, or the built-in sample; otherwise as ``find_reviews``."""
    return Source(official=_find(MNIST, data_dir, real_only, say))


def keras_cache() -> Path:
    return Path(os.path.expanduser(os.environ.get("KERAS_HOME") or "~/.keras")) / "datasets"


def _find(wanted: Official, data_dir: Path | None, real_only: bool, say: Say) -> Path | None:
    if data_dir is not None:
        if found := _first_present(data_dir, wanted.candidates):
            return found.absolute()
        names = ", ".join(f"«{name}»" for name in wanted.candidates if name != ".")
        raise DataError(
            f"{wanted.name}: se esperaba en la carpeta «{data_dir}» alguno de estos nombres: {names}; "
            f"no se encontró ninguno; descargue {wanted.url} en ella o no indique ninguna carpeta; si el "
            f"conjunto es propio, descríbalo en [{wanted.table}]."
        )
    cache = keras_cache()
    if found := _first_present(cache, wanted.candidates):
        return found.absolute()
    target = cache / wanted.url.rpartition("/")[2]
    import urllib3  # here, because it comes with what trains alone

    say(f"{wanted.name}: se descarga {wanted.url} en «{cache}».")
    try:
        download(wanted.url, target)
    except (OSError, urllib3.exceptions.HTTPError) as error:  # requests' errors are OSErrors
        reason = f"no se encontraron en «{cache}» ni se pudieron descargar ({type(error).__name__})"
        remedy = f"descargue {wanted.url} e indique su carpeta con DATA_DIR"
        if real_only:
            raise DataError(
                f"{wanted.name}: se esperaban los datos reales, pero {reason}; {remedy}."
            ) from error
        say(
            f"{wanted.name}: los datos reales {reason}; se usa la muestra integrada ({wanted.sample}); "
            f"para usar los reales, {remedy}."
        )
        return None
    return target.absolute()


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
    import requests  # as above
    import urllib3
    from requests.adapters import HTTPAdapter

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


def _save(response: "requests.Response", part: Path, title: str) -> None:
    from rich.console import Console  # as above
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

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
