"""One run, in a process of its own: what it needs is read, it is done from where it was left, and its
record is sealed."""

import datetime
import fcntl
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from experiments import runtime
from experiments.errors import TrainError
from experiments.kinds.base import Job, Needed
from experiments.kinds.registry import KINDS
from experiments.records.base import WORK, Arrays, DataInfo, RecordError, RunRecord, Strict
from experiments.records.files import write_atomically
from experiments.records.storage import pack_arrays, read_run, write_run
from experiments.running.environment import environment
from experiments.running.task import IDENTITY_FILE, Task, needed_runs, resumable, settle
from experiments.validation import first_complaint

CLOCK_FILE = "clock.json"

Progress = Callable[..., None]


def execute(task: Task, progress: Progress) -> None:
    """Do ``task`` from where it was left, and write its record.

    Raises:
        TrainError: another process is at the same run.
        DataError, RecordError: what it reads or measures cannot be used.
    """
    kind, task = KINDS[task.kind], settle(task)
    data = import_module(kind.data).load(task.source, task.config)
    _expect_data(task, data.info)
    task.folder.mkdir(parents=True, exist_ok=True)
    with _alone(task):
        work = _work_of(task, progress)
        clock = Clock(work / CLOCK_FILE)

        def tell(**event: object) -> None:
            if event.get("unit_done"):
                clock.note()
            progress(**event)

        experiment = import_module(kind.experiment)
        if "tensorflow" in sys.modules:
            runtime.prepare(task.identity.device)
        needs = {need: Needed(run, task.root / run.name) for need, run in needed_runs(task).items()}
        job = Job(task.folder, tell, needs, task.files)
        results, arrays = experiment.run(task.config, task.seed, data, job)
        record = _record(task, data.info, results, arrays, clock)
        write_run(task.folder, record, arrays)
        shutil.rmtree(work)


class Clock:
    """Time that a run has taken, by the clock and of the processor, over all its parts; what came
    after the last note before an interruption is done again and does not count."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._before = (0.0, 0.0)
        with suppress(OSError, ValueError, KeyError):
            content = json.loads(path.read_text())
            self._before = (float(content["duration_s"]), float(content["processor_s"]))
        self._started = (time.monotonic(), time.process_time())

    def read(self) -> tuple[float, float]:
        """Seconds by the clock, and of the processor in all threads."""
        now = (time.monotonic(), time.process_time())
        duration, processor = (
            before + end - start for before, end, start in zip(self._before, now, self._started, strict=True)
        )
        return duration, processor

    def note(self) -> None:
        duration, processor = self.read()
        content = json.dumps({"duration_s": duration, "processor_s": processor})
        write_atomically(self._path, content.encode())


def _record(task: Task, info: DataInfo, results: Strict, arrays: Arrays, clock: Clock) -> RunRecord:
    duration, processor = clock.read()
    common: dict[str, Any] = {
        "variant": task.variant,
        "seed": task.seed,
        "profile": task.profile,
        "config": task.config,
        "data": info,
        "environment": environment(task.identity.device),
        "code_digest": task.identity.code_digest,
        "finished_on": datetime.datetime.now(datetime.UTC).date(),
        "duration_s": duration,
        "processor_s": processor,
        "arrays_digest": pack_arrays(arrays)[1],
    }
    if task.needs:
        common["upstream"] = task.identity.upstream
    found = {name: getattr(results, name) for name in type(results).model_fields}
    try:
        return KINDS[task.kind].record(**common, **found)
    except ValidationError as error:
        raise RecordError(
            f"{task.label}: se esperaban unos resultados acordes con su configuración, se encontró que "
            f"no lo son ({first_complaint(error)[1]}); corrija el código del experimento y repita la orden."
        ) from error


def _expect_data(task: Task, info: DataInfo) -> None:
    if info.digest != task.identity.data_digest:
        raise TrainError(
            f"{task.label}: se esperaban los datos con huella {task.identity.data_digest[:12]}, se "
            f"encontró {info.digest[:12]}: han cambiado desde que empezó la orden; repítala."
        )


def _work_of(task: Task, progress: Progress) -> Path:
    """Its folder for what a resumed run needs: as it was left by the very same run, else new, with the
    last state of a shorter run where there is one."""
    work = task.folder / WORK
    if resumable(task):
        return work
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    if task.shorter and _go_on(task, task.root / task.shorter, work):
        progress(notice=f"{task.label}: continúa desde el final de {task.shorter}.")
    write_atomically(work / IDENTITY_FILE, task.identity.model_dump_json().encode())
    return work


def _go_on(task: Task, shorter: Path, work: Path) -> bool:
    """Copy what ``shorter`` left: its states into ``work``, the rest beside. Whether it can be gone on
    from: the record says that it is the same run but for its length, and nothing is missing."""
    kind = KINDS[task.kind]
    try:
        record = read_run(shorter).record
    except RecordError:
        return False
    own, its = task.config.model_dump(), record.config.model_dump()
    same = all(own[name] == its[name] for name in own if name not in kind.continues)
    kept = {pattern: sorted(shorter.glob(pattern)) for pattern in kind.keeps}
    if not same or record.code_digest != task.identity.code_digest or not all(kept.values()):
        return False
    for path in (path for paths in kept.values() for path in paths):
        target = (task.folder if path.parent != shorter else work) / path.relative_to(shorter)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return True


@contextmanager
def _alone(task: Task) -> Iterator[None]:
    """Hold the run's folder against a second process; the system frees it if this one dies."""
    with (task.folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TrainError(
                f"{task.label}: se esperaba ser el único proceso en {task.folder}, se encontró otro "
                "entrenando; espere a que acabe o deténgalo."
            ) from error
        yield
