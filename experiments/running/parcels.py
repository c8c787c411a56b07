"""A complete run packed so that it can be sent to another machine, and what of it must be there."""

import hashlib
import io
import tarfile
from pathlib import Path

from experiments.data.travel import Parcel
from experiments.errors import TrainError
from experiments.kinds.registry import KINDS
from experiments.records.base import WORK
from experiments.records.files import write_atomically
from experiments.records.identity import Identity, differences
from experiments.records.storage import ARRAYS_FILE, RECORD_FILE, read_run
from experiments.running.aside import remove
from experiments.running.left import LIST_FILE, write_list
from experiments.running.task import IDENTITY_FILE, Task
from experiments.running.unfinished import publish


def pack_run(folder: Path, kind: str) -> Parcel:
    """The record, the arrays and what later runs need, as an uncompressed tar archive."""
    kept = [path for pattern in (*KINDS[kind].keeps, LIST_FILE) for path in sorted(folder.glob(pattern))]
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for path in (*kept, folder / ARRAYS_FILE, folder / RECORD_FILE):
            archive.add(path, path.relative_to(folder))
    content = buffer.getvalue()
    return Parcel(content, hashlib.sha256(content).hexdigest())


def unpack_run(content: bytes, folder: Path) -> None:
    """Write what ``pack_run`` packed; the record comes last."""
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        for member in archive:
            safe = tarfile.data_filter(member, str(folder))
            file = archive.extractfile(safe)
            assert file is not None
            place = folder / safe.name
            place.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(place, file.read())


def receive(task: Task, parcel: Parcel) -> None:
    """Seal a run that was done elsewhere as if it had been done here; ``task`` is settled and its
    folder is held. Cut short, it is done again.

    Raises:
        TrainError: it is not the run that was asked for.
        RecordError: its record or its arrays cannot be used.
    """
    if hashlib.sha256(parcel.content).hexdigest() != parcel.digest:
        raise TrainError(
            f"{task.label}: se esperaba recibirla con la huella {parcel.digest[:12]}, se encontró otra; "
            "repita la orden."
        )
    remove(task.unfinished)
    unpack_run(parcel.content, task.unfinished)
    record = read_run(task.unfinished, task.name).record
    if changes := differences(task.identity, Identity.of(record)):
        raise TrainError(
            f"{task.label}: se esperaba recibir la ejecución que se pidió, se encontró que ha cambiado "
            f"{', '.join(changes)}; repita la orden."
        )
    write_list(task.unfinished, record)  # whoever did it may have an earlier version, without lists
    (task.unfinished / WORK).mkdir()
    write_atomically(task.unfinished / WORK / IDENTITY_FILE, task.identity.model_dump_json().encode())
    publish(task)
