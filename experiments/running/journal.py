"""What an unfinished run has written so far, and how it is brought back to that.

The journal names every file with its digest, and the time that they took. It is written after each epoch
or sampled step, and only once all that it names is on the disk: what it says is there, unless something
went wrong with the disk itself. What is not as it says is never gone on from."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from experiments.records.base import WORK, Sha256
from experiments.records.files import file_digest
from experiments.running.aside import ASIDE, set_aside
from experiments.running.clock import Elapsed
from experiments.running.sealed import Sealed
from experiments.running.task import IDENTITY_FILE

JOURNAL_FILE = "journal.json"


class Journal(Sealed):
    """``files``: their digests, by their paths in the folder of the run. ``elapsed``: what came after,
    before an interruption, is done again and does not count."""

    elapsed: Elapsed
    files: dict[str, Sha256]


class Keeper:
    """Keeps the journal of the run in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digests: dict[tuple[int, ...], Sha256] = {}  # what has been read needs not be read again

    def note(self, elapsed: Elapsed) -> None:
        files = {path.relative_to(self._folder).as_posix(): path for path in _files(self._folder)}
        digests = {name: self._digest(path) for name, path in files.items()}
        for folder in {path.parent for path in files.values()}:
            flush(folder)
        Journal(elapsed=elapsed, files=digests).write(self._folder / WORK / JOURNAL_FILE)

    def _digest(self, path: Path) -> Sha256:
        """What is new is flushed to the disk."""
        found = path.stat()
        key = (found.st_ino, found.st_size, found.st_mtime_ns)
        if key not in self._digests:
            flush(path)
            self._digests[key] = file_digest(path)
        return self._digests[key]


@dataclass(frozen=True)
class Restored:
    """The time that the run had taken, and what of it is not as it was noted any more."""

    elapsed: Elapsed
    damaged: tuple[str, ...]


class DamagedError(Exception):
    """A run that cannot be gone on with; the message is what was found damaged."""


def restore(folder: Path) -> Restored:
    """Bring ``folder`` back to what its journal says: what was being written when it was interrupted goes,
    and what is damaged is set aside, which is told. A state may be noted under one name and found under
    another: an experiment keeps the one before.

    Raises:
        DamagedError: the journal itself, all states, or some of what the run leaves for others.
    """
    journal = Journal.read(folder / WORK / JOURNAL_FILE)
    if journal is None:
        raise DamagedError(JOURNAL_FILE)
    left = {name: digest for name, digest in journal.files.items() if not _is_state(name)}
    if lost := [name for name, digest in left.items() if not _is(folder / name, {digest})]:
        raise DamagedError(", ".join(lost))
    states = {name: digest for name, digest in journal.files.items() if _is_state(name)}
    known = set(states.values())
    damaged, missing = [], []
    for name in states:
        path = folder / name
        if not os.path.lexists(path):
            missing.append(name)
        elif not _is(path, known):
            set_aside(path)
            damaged.append(name)
    unnoted = [
        path
        for path in _files(folder)
        if path.relative_to(folder).as_posix() not in journal.files
        and not (path.parent == folder / WORK and _is(path, known))
    ]
    for path in unnoted:
        path.unlink()
    _remove_empty(folder)
    whole = any(path.parent == folder / WORK for path in _files(folder))
    if states and not whole:
        raise DamagedError(", ".join(states))
    # An experiment removes its oldest state after it has written a new one, which is not noted yet.
    told = damaged if unnoted else [*damaged, *missing]
    return Restored(journal.elapsed, tuple(Path(name).name for name in told))


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _files(folder: Path) -> Iterator[Path]:
    """All that a run has written, whatever it is now, but for what is kept of it here."""
    own = {folder / WORK / IDENTITY_FILE, folder / WORK / JOURNAL_FILE}
    for path in sorted(folder.rglob("*")):
        was_set_aside = any(part.endswith(ASIDE) for part in path.relative_to(folder).parts)
        if path not in own and not was_set_aside and (path.is_symlink() or not path.is_dir()):
            yield path


def _is_state(name: str) -> bool:
    return Path(name).parts[0] == WORK


def _is(path: Path, digests: set[Sha256]) -> bool:
    """Whether it is a file with one of ``digests``."""
    return path.is_file() and not path.is_symlink() and file_digest(path) in digests


def _remove_empty(folder: Path) -> None:
    """A folder stands where a file is going to be written."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink() and path != folder / WORK and not any(path.iterdir()):
            path.rmdir()
