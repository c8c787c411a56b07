"""``make bench-cluster``: how long the same runs take on this machine without Dask and with it: those of
the test profile on the built-in sample that measure no other. Two rounds of each, one after another; the
fastest of each counts. The start of Dask's workers is timed apart."""

import os
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from experiments.data.source import Source
from experiments.kinds.registry import KINDS
from experiments.records.base import Strict
from experiments.running.cluster import connected, run_there
from experiments.running.found import FIND, Found
from experiments.running.plan import plan_all
from experiments.running.processes import run_here
from experiments.running.task import Task
from experiments.settings import read_experiment

ROUNDS = 2
JOBS = os.cpu_count() or 1


def planned(root: Path) -> list[Task]:
    """Of the settings as they come, whatever the user's are."""
    sample = {name: Found(Source(), import_module(name).load(Source(), Strict()).info) for name in FIND}
    tasks = plan_all(read_experiment(root / "none.toml", [], "test"), [], [1], sample, root)
    return [task for task in tasks if not KINDS[task.kind].needs]


def seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def main() -> None:
    starts, without, with_dask = [], [], []
    with tempfile.TemporaryDirectory() as name:
        for number in range(ROUNDS):
            here, there = (planned(Path(name) / f"{place}-{number}") for place in ("here", "there"))
            without.append(seconds(lambda tasks=here: run_here(tasks, JOBS, lambda *event: None)))
            started = time.perf_counter()
            with connected(f"local:{JOBS}") as client:
                starts.append(time.perf_counter() - started)
                with_dask.append(
                    seconds(lambda tasks=there, to=client: run_there(tasks, to, lambda *event: None))
                )
    print(f"{len(here)} ejecuciones, {JOBS} a la vez (mejor de {ROUNDS} rondas de cada una).")
    print(f"Sin Dask: {min(without):.1f} s.")
    print(f"Con Dask: {min(with_dask):.1f} s, y {min(starts):.1f} s para arrancar los trabajadores.")
    more = (min(with_dask) - min(without)) / len(here)
    print(f"Razón: {min(with_dask) / min(without):.2f}; por ejecución, {more:+.2f} s.")


if __name__ == "__main__":
    main()
