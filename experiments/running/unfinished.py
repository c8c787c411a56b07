"""The folder of a run that is not complete. It stands apart from what an earlier one left, so that a
record never has files of another run beside it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from experiments.kinds.registry import KINDS
from experiments.records.base import WORK, RecordError
from experiments.records.files import write_atomically
from experiments.records.identity import Identity, differences
from experiments.records.storage import RECORD_FILE, read_run
from experiments.running.clock import Elapsed
from experiments.running.task import IDENTITY_FILE, Task, resumable

CLOCK_FILE = "clock.json"


def begin(task: Task, progress: Callable[..., None]) -> None:
    """Leave ``task.unfinished`` as the very same run left it, else new, with the last state of a
    shorter run where there is one."""
    if resumable(task):
        return
    remove(task.unfinished)
    work = task.unfinished / WORK
    work.mkdir(parents=True)
    if task.shorter and _go_on(task, task.root / task.shorter):
        progress(notice=f"Continúa desde el final de {task.shorter}.")
    write_atomically(work / IDENTITY_FILE, task.identity.model_dump_json().encode())


def is_to_be_published(task: Task) -> bool:
    """Whether it was cut short while it was being published."""
    return resumable(task) and (task.unfinished / RECORD_FILE).exists()


def publish(task: Task) -> None:
    """Put the complete run in ``task.unfinished`` in its place. The old record goes first and the
    new one comes last; cut short, it can be done again."""
    remove(task.folder / RECORD_FILE)
    names = {path.name for path in task.unfinished.iterdir()} - {WORK, RECORD_FILE}
    for name in [*sorted(names), RECORD_FILE]:
        remove(task.folder / name)
        (task.unfinished / name).replace(task.folder / name)
    shutil.rmtree(task.unfinished)


def _go_on(task: Task, shorter: Path) -> bool:
    """Copy what ``shorter`` left: its states for going on, the rest beside, and the time that it
    took. Whether it can be gone on from: it is the same run but for its length, and nothing is
    missing."""
    kind, own = KINDS[task.kind], task.identity.config
    try:
        record = read_run(shorter).record
    except RecordError:
        return False
    its = Identity.of(record)
    length = {name: its.config.get(name, 0) for name in kind.continues}
    as_long = task.identity.model_copy(update={"config": own | length})
    kept = {pattern: sorted(shorter.glob(pattern)) for pattern in kind.keeps}
    if (
        differences(its, as_long)
        or any(length[name] > own[name] for name in length)
        or not all(kept.values())
    ):
        return False
    work = task.unfinished / WORK
    for path in (path for paths in kept.values() for path in paths):
        target = (work if path.parent == shorter else task.unfinished) / path.relative_to(shorter)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    Elapsed(duration_s=record.duration_s, processor_s=record.processor_s).write(work / CLOCK_FILE)
    return True


def remove(path: Path) -> None:
    """Whatever it is, or nothing."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
