"""Runs that are to be done, for the tests of what plans and does them."""

import datetime
from pathlib import Path
from typing import Any

import numpy as np
import toys

from experiments.data.source import Source
from experiments.kinds.registry import KINDS
from experiments.records.base import Arrays, DataInfo, Environment, Run, RunRecord, Strict
from experiments.records.closure import code_digest_of
from experiments.records.identity import Identity
from experiments.records.storage import pack_arrays
from experiments.running.environment import library_versions
from experiments.running.task import Task

ENVIRONMENT = Environment(
    python="3.11.2",
    platform="Linux 6.1",
    processor="x86_64",
    cores=4,
    threads=1,
    device="cpu",
    gpu=None,
    libraries={"tensorflow": "2.21.0", "numpy": "2.3.5"},
    commit=None,
    dirty=False,
)
DATA = DataInfo(name="probe_reviews", digest="d" * 64, n_train=10, n_test=5)


def toy_run(
    seed: int = 1,
    values: tuple[float, ...] = (1, 2, 3),
    config: toys.ToyConfig | None = None,
    **fields: Any,
) -> Run:
    """A finished toy; ``fields`` of its record."""
    config = config or toys.ToyConfig(steps=len(values))
    results = toys.ToyResults(model=toys.built(config.width), total=sum(values))
    arrays = {"values": np.array(values, np.float32)}
    return finished(f"toy/seed-{seed}", toys.ToyRecord, config, results, arrays, seed=seed, **fields)


def rule_run(**fields: Any) -> Run:
    config = toys.RuleConfig(width=1)
    arrays = {"marks": np.arange(10)}
    return finished("rule", toys.RuleRecord, config, toys.RuleResults(length=10), arrays, seed=0, **fields)


def finished(
    name: str, record: type[RunRecord], config: Strict, results: Strict, arrays: Arrays, **fields: Any
) -> Run:
    common: dict[str, Any] = {
        "profile": "full",
        "data": DATA,
        "environment": ENVIRONMENT,
        "code_digest": "a" * 64,
        "finished_on": datetime.date(2026, 1, 15),
        "duration_s": 60.0,
        "processor_s": 50.0,
        "arrays_digest": pack_arrays(arrays)[1],
    }
    found = {field: getattr(results, field) for field in type(results).model_fields}
    return Run(name, record(**common | {"config": config} | found | fields), arrays)


def task_of(run: Run, root: Path) -> Task:
    """What would leave the record of ``run`` under ``root``."""
    record = run.record
    return Task(
        identity=Identity.of(record),
        variant=record.variant,
        profile=record.profile,
        source=Source(),
        root=root,
        name=run.name,
    )


def toy_task(root: Path, seed: int = 1, name: str = "", config: Strict | None = None, **fields: Any) -> Task:
    """A toy, or what ``config`` is of, as it is planned now."""
    config = config or toys.ToyConfig()
    kind = next(kind for kind in KINDS.values() if kind.config is type(config))
    identity = Identity(
        kind=kind.name,
        seed=seed,
        config=config.model_dump(mode="json"),
        data_digest=toys.load(Source(), config).info.digest,
        code_digest=code_digest_of(kind.name),
        libraries=library_versions(),
    )
    shared = kind.name if kind.shared else f"{kind.name}/seed-{seed}"
    return Task(identity=identity, profile="full", source=Source(), root=root, name=name or shared, **fields)


def changed(task: Task, **change: object) -> Task:
    return task.model_copy(update={"identity": task.identity.model_copy(update=change)})


def renamed(task: Task, name: str, **change: object) -> Task:
    """Another run, which differs in ``change`` too."""
    return changed(task, **change).model_copy(update={"name": name})
