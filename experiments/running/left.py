"""What a run leaves beside its record for those that measure it or go on from it, and the list that
proves that it is still the same."""

from pathlib import Path

from experiments.kinds.registry import KINDS
from experiments.records.base import RunRecord, Sha256
from experiments.records.files import file_digest
from experiments.running.sealed import Sealed

LIST_FILE = "files.json"


class Left(Sealed):
    """``arrays_digest`` of the record beside which they were left; ``files``: their digests, by their
    paths in its folder."""

    arrays_digest: Sha256
    files: dict[str, Sha256]


def write_list(folder: Path, record: RunRecord) -> None:
    """List what the run of ``record`` has left in ``folder``; its kind may leave nothing."""
    if KINDS[record.kind].keeps:
        files = {name: file_digest(path) for name, path in _found(folder, record).items()}
        Left(arrays_digest=record.arrays_digest, files=files).write(folder / LIST_FILE)


def listed(folder: Path) -> list[str]:
    """The paths in ``folder`` of what its run left, which ``damage`` has found whole."""
    left = Left.read(folder / LIST_FILE)
    return list(left.files) if left else []


def damage(folder: Path, record: RunRecord) -> str | None:
    """Why what the run of ``record`` left in ``folder`` cannot be used, in Spanish; None if it can. A run
    without its list is of an earlier version, or came without what it had left: nothing proves what is
    there."""
    if not KINDS[record.kind].keeps:
        return None
    if not (folder / LIST_FILE).exists():
        return f"falta {LIST_FILE}, la lista de lo que dejó"
    left = Left.read(folder / LIST_FILE)
    if left is None or left.arrays_digest != record.arrays_digest:
        return f"{LIST_FILE}, la lista de lo que dejó, no es la suya"
    found = _found(folder, record)
    for name, digest in left.files.items():
        if name not in found:
            return f"falta {name}, que había dejado"
        if file_digest(found[name]) != digest:
            return f"{name} no es lo que había dejado"
    return None


def _found(folder: Path, record: RunRecord) -> dict[str, Path]:
    """By their paths in ``folder``, and never outside of it, whatever a list says."""
    paths = (path for pattern in KINDS[record.kind].keeps for path in sorted(folder.glob(pattern)))
    return {path.relative_to(folder).as_posix(): path for path in paths if path.is_file()}
