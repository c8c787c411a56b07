"""Runs that are to be done, for the tests of what plans and does them."""

from dataclasses import replace
from pathlib import Path

from experiments.records.base import Run
from experiments.records.identity import Identity
from experiments.tasks import Task


def task_of(run: Run, root: Path) -> Task:
    """What would leave the record of ``run`` under ``root``."""
    record = run.record
    return Task(
        kind=record.kind,
        profile=record.profile,
        config=record.config,
        data=None,
        root=root,
        name=run.name,
        identity=Identity.of(record),
    )


def changed(task: Task, **change: object) -> Task:
    return replace(task, identity=task.identity.model_copy(update=change))
