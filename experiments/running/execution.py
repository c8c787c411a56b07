"""One run, in a process of its own: what it needs is read, it is done from where it was left, and its
record is sealed."""

import datetime
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from filelock import FileLock, Timeout
from pydantic import ValidationError

from experiments import runtime
from experiments.causes import number_of
from experiments.data.loading import load
from experiments.errors import TrainError
from experiments.kinds.base import Job, Needed
from experiments.kinds.registry import KINDS
from experiments.records.base import Arrays, DataInfo, Environment, RecordError, RunRecord, Strict
from experiments.records.closure import code_digest_of
from experiments.records.files import file_digest
from experiments.records.identity import differences
from experiments.records.storage import pack_arrays, write_run
from experiments.running.clock import Clock, Elapsed
from experiments.running.environment import environment, library_versions
from experiments.running.journal import Keeper
from experiments.running.left import damage, write_list
from experiments.running.task import Task, needed_runs, settle
from experiments.running.unfinished import begin, finish, publish
from experiments.validation import first_complaint

LOCK_FILE = ".lock"

Progress = Callable[..., None]


def execute(task: Task, progress: Progress) -> None:
    """Do ``task`` from where it was left, and write its record.

    Raises:
        TrainError: another process is at the same run, or it is not what was planned any more.
        DataError, RecordError: what it reads or measures cannot be used.
    """
    kind, task = KINDS[task.kind], settle(task)
    task.folder.mkdir(parents=True, exist_ok=True)
    with alone(task):
        data = load(kind.data, task.source, task.config)
        _expect_as_planned(task, data.info)
        if not finish(task, progress):
            _do(task, data, progress)
            publish(task)


def _do(task: Task, data: Any, progress: Progress) -> None:
    needs = _needs(task)
    clock, keeper = Clock(begin(task, progress)), Keeper(task.unfinished)

    def tell(**event: object) -> None:
        if event.get("unit_done"):
            keeper.note(clock.read())
        progress(**event)

    experiment = import_module(KINDS[task.kind].experiment)
    if "tensorflow" in sys.modules:
        runtime.prepare(task.identity.device)
    where = environment(task.identity.device)  # now, because the code may change while it goes on
    job = Job(task.unfinished, tell, needs, task.files)
    try:
        results, arrays = experiment.run(task.config, task.seed, data, job)
    except Exception as error:
        # a library may have its own for a full disk
        if isinstance(error, OSError) or (number := number_of(error)) is None:
            raise
        raise OSError(number, os.strerror(number)) from error
    record = _record(task, data.info, where, results, arrays, clock.read())
    write_list(task.unfinished, record)
    write_run(task.unfinished, record, arrays)


def _needs(task: Task) -> dict[str, Needed]:
    """What ``task`` measures, as it was left.

    Raises:
        TrainError: some of it is not there any more, or is something else.
    """
    needs = {need: Needed(run, task.root / run.name) for need, run in needed_runs(task).items()}
    for needed in needs.values():
        if (found := damage(needed.folder, needed.run.record)) is not None:
            raise TrainError(
                f"{task.label}: se esperaba medir lo que dejó {needed.run.name}, se encontró que {found}; "
                "repita la orden: se hará otra vez."
            )
    return needs


def _record(
    task: Task, info: DataInfo, where: Environment, results: Strict, arrays: Arrays, elapsed: Elapsed
) -> RunRecord:
    common: dict[str, Any] = {
        "variant": task.variant,
        "seed": task.seed,
        "profile": task.profile,
        "config": task.config,
        "data": info,
        "environment": where,
        "code_digest": task.identity.code_digest,
        "finished_on": datetime.datetime.now(datetime.UTC).date(),
        "duration_s": elapsed.duration_s,
        "processor_s": elapsed.processor_s,
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
            f"no lo son ({': '.join(filter(None, first_complaint(error)))}); corrija el código del "
            "experimento y repita la orden."
        ) from error


def _expect_as_planned(task: Task, info: DataInfo) -> None:
    """Between the plan and this moment hours may have gone by, in which others were done."""
    files = {f"{setting}_digest": file_digest(path) for setting, path in task.files.items()}
    present = task.identity.model_copy(
        update={
            "config": task.identity.config | files,
            "data_digest": info.digest,
            "code_digest": code_digest_of(task.kind),
            "libraries": library_versions(),
        }
    )
    if changes := differences(task.identity, present):
        raise TrainError(
            f"{task.label}: se esperaba todo como al empezar la orden, se encontró que ha cambiado "
            f"{', '.join(changes)}; repítala."
        )


@contextmanager
def alone(task: Task) -> Iterator[None]:
    """Hold the run's folder against a second process; the system frees it if this one dies."""
    try:
        held = FileLock(task.folder / LOCK_FILE).acquire(timeout=0)
    except Timeout as error:
        raise TrainError(
            f"{task.label}: se esperaba ser el único proceso en {task.folder}, se encontró otro "
            "entrenando; espere a que acabe o deténgalo."
        ) from error
    with held:
        yield
