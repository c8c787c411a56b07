"""What a run reads, packed so that it can be sent to another machine."""

import hashlib
import io
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from experiments.data.official_reviews import PARTS
from experiments.data.sets import DataError
from experiments.data.source import OwnImages, OwnReviews, Source
from experiments.records.base import Sha256

SOURCE_FILE = "source.json"


class Parcel(NamedTuple):
    """``digest`` is SHA-256 over ``content``, which is the same for the same files and description."""

    content: bytes
    digest: Sha256


def pack(source: Source) -> Parcel:
    """``source`` and all files that it names, as an uncompressed tar archive; empty but for the source
    itself if the data are built in.

    Raises:
        DataError: a file that cannot be read.
    """
    moved, files = _layout(source)
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        _add(archive, SOURCE_FILE, moved.model_dump_json().encode())
        try:
            for name, path in sorted(files.items()):
                _add(archive, name, path.read_bytes())
        except OSError as error:
            raise DataError(
                f"{error.filename}: se esperaban datos legibles, se encontró «{error}»; compruebe la ruta."
            ) from error
    content = buffer.getvalue()
    return Parcel(content, hashlib.sha256(content).hexdigest())


def files_of(source: Source) -> list[Path]:
    """All files that ``source`` names; of folders, those that are read."""
    return list(_layout(source)[1].values())


def unpack(content: bytes, folder: Path) -> Source:
    """The source that was packed, with its files in a folder of ``folder`` that is named after the
    parcel's digest; what is there already stays, unless it is something else."""
    target = folder.absolute() / hashlib.sha256(content).hexdigest()
    if not unpacked(target.name, folder):
        folder.mkdir(parents=True, exist_ok=True)
        # Another process may unpack the same: each has a folder of its own until it is complete.
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            whole = Path(temporary) / target.name
            with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
                archive.extractall(whole, filter="data")
            with suppress(OSError):  # there is none
                target.rename(Path(temporary) / "damaged")
            try:
                whole.rename(target)
            except OSError:
                if not target.exists():
                    raise
    return _read(target)


def unpacked(digest: Sha256, folder: Path) -> Source | None:
    """What ``unpack`` has left in ``folder`` of the parcel with that digest; None if nothing, or if that
    is not any more what it was."""
    try:
        found = _read(folder.absolute() / digest)
        return found if pack(found).digest == digest else None
    except (OSError, ValueError, DataError):
        return None


def _read(unpacked: Path) -> Source:
    return _within(Source.model_validate_json((unpacked / SOURCE_FILE).read_bytes()), unpacked)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)  # without the time, the owner and the rights of the file
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def _within(source: Source, folder: Path) -> Source:
    return Source(
        official=source.official and folder / source.official, own=source.own and source.own.within(folder)
    )


def _layout(source: Source) -> tuple[Source, dict[str, Path]]:
    """``source`` with its paths in the archive, and all files by theirs."""
    match source.own:
        case OwnReviews() as own:
            places = {"train": own.path, "test": own.test}
            moved = Source(own=own.at(_moved("train", own.path), own.test and _moved("test", own.test)))
        case OwnImages() as own:
            places = {"train": own.npz}
            moved = Source(own=own.at(_moved("train", own.npz)))
        case None:
            places = {"official": source.official}
            moved = Source(official=source.official and _moved("official", source.official))
    files = {
        str(_moved(role, place) / name): path
        for role, place in places.items()
        if place
        for name, path in _files(place)
    }
    return moved, files


def _moved(role: str, place: Path) -> Path:
    """Names are kept: the user knows the file by its name, and it may tell how it is compressed."""
    return Path(role, place.absolute().name)


def _files(place: Path) -> Iterator[tuple[str, Path]]:
    """A file, or the labelled reviews of a folder that is laid out like aclImdb."""
    if not place.is_dir():
        yield "", place
    for part in PARTS:
        for path in (place / part).glob("*.txt"):
            yield f"{part}/{path.name}", path
