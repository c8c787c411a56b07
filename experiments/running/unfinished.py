"""The folder of a run that is not complete. It stands apart from what an earlier one left, so that a
record never has files of another run beside it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from experiments.kinds.registry import KINDS
from experiments.records.base import WORK, RecordError
from experiments.records.files import write_atomically
from experiments.records.identity import Identity, differences
from experiments.records.storage import RECORD_FILE, read_run
from experiments.running.aside import aside, remove, set_aside
from experiments.running.clock import NOTHING, Elapsed
from experiments.running.journal import DamagedError, Keeper, flush, restore
from experiments.running.left import damage, listed
from experiments.running.task import IDENTITY_FILE, Task, reason_to_do, resumable

Progress = Callable[..., None]

EXPECTED = "Se esperaba lo guardado de un entrenamiento interrumpido tal como se escribió, se encontró dañado"


def begin(task: Task, progress: Progress) -> Elapsed:
    """Leave ``task.unfinished`` as the very same run noted it last, else new, with the last state of a
    shorter run where there is one. The time that it had taken."""
    if resumable(task):
        try:
            restored = restore(task.unfinished)
        except DamagedError as error:
            _set_aside(task, str(error), progress)
        else:
            if restored.damaged:
                names = ", ".join(restored.damaged)
                progress(notice=f"{EXPECTED} ({names}): queda aparte y sigue con lo último que está entero.")
            return restored.elapsed
    elif _is_nameless(task):
        _set_aside(task, IDENTITY_FILE, progress)
    remove(task.unfinished)
    work = task.unfinished / WORK
    work.mkdir(parents=True)
    elapsed = _go_on(task, task.root / task.shorter, progress) if task.shorter else NOTHING
    Keeper(task.unfinished).note(elapsed)
    write_atomically(work / IDENTITY_FILE, task.identity.model_dump_json().encode())
    return elapsed


def finish(task: Task, progress: Progress) -> bool:
    """Publish ``task`` if it was cut short while it was being published; whether it is done."""
    if not resumable(task) or not os.path.lexists(task.unfinished / RECORD_FILE):
        return False
    publish(task)
    found = reason_to_do(task)
    if found is not None:
        progress(notice=f"Se esperaba terminar de guardarla, se encontró que {found}: empieza de nuevo.")
    return found is None


def publish(task: Task) -> None:
    """Put the complete run in ``task.unfinished`` in its place. The old record goes first and the
    new one comes last; cut short, it can be done again."""
    remove(task.folder / RECORD_FILE)
    names = {path.name for path in task.unfinished.iterdir()} - {WORK, RECORD_FILE}
    for name in [*sorted(names), RECORD_FILE]:
        if name == RECORD_FILE:
            flush(task.folder)  # with what the record tells of
        remove(task.folder / name)
        (task.unfinished / name).replace(task.folder / name)
    shutil.rmtree(task.unfinished)
    remove(aside(task.unfinished))


def _is_nameless(task: Task) -> bool:
    """Whether something was left that does not say which run it is of."""
    if not task.unfinished.exists():
        return False
    try:
        Identity.model_validate_json((task.unfinished / WORK / IDENTITY_FILE).read_bytes())
    except (OSError, ValueError):
        return True
    return False


def _set_aside(task: Task, found: str, progress: Progress) -> None:
    set_aside(task.unfinished)
    where = aside(task.unfinished).name
    progress(notice=f"{EXPECTED} ({found}): queda aparte ({where}) y empieza de nuevo.")


def _go_on(task: Task, shorter: Path, progress: Progress) -> Elapsed:
    """Copy what ``shorter`` left, if it can be gone on from: its states for going on, the rest beside. The
    time that it took; none if it is not the same run but for its length, or something of it is missing or
    is not what it left."""
    kind, own = KINDS[task.kind], task.identity.config
    try:
        record = read_run(shorter).record
    except RecordError:
        return NOTHING
    its = Identity.of(record)
    length = {name: its.config.get(name, 0) for name in kind.continues}
    as_long = task.identity.model_copy(update={"config": own | length})
    if differences(its, as_long) or any(length[name] > own[name] for name in length):
        return NOTHING
    if (found := damage(shorter, record)) is not None:
        progress(notice=f"No continúa desde el final de {task.shorter}, porque {found}.")
        return NOTHING
    for name in listed(shorter):
        target = (task.unfinished if "/" in name else task.unfinished / WORK) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shorter / name, target)
    progress(notice=f"Continúa desde el final de {task.shorter}.")
    return Elapsed(duration_s=record.duration_s, processor_s=record.processor_s)
