"""Doing the runs side by side, each in its own process.

A run is a process of its own with one thread. Its standard output carries JSON events,
its standard error goes to ``train.log`` in its folder.
"""

import datetime
import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from experiments import runtime
from experiments.datasets import Digits, Imdb
from experiments.probe_reviews import ProbeReviews
from experiments.records import (
    KINDS,
    WORK,
    GanConfig,
    JudgeConfig,
    LinearConfig,
    LstmConfig,
    Manifest,
    MemoryConfig,
    ProbeConfig,
    Profile,
    ReadabilityConfig,
    Record,
    pack_arrays,
    write_atomically,
    write_manifest,
    write_run,
)
from experiments.tasks import IDENTITY_FILE, VALID, Data, Task, needed_runs, reason_to_run, resumable

LOG_FILE = "train.log"


class TrainError(Exception):
    """Training could not be done; the message is one Spanish sentence for the user."""


# --- in the run's own process ------------------------------------------------------------


def execute(task: Task, data: Data, progress: Callable[..., None]) -> None:
    """Run ``task``, settled, from where it was left, and write its record.

    Raises:
        TrainError: another process is at the same run.
        RecordError: what it measures cannot be used.
    """
    work = task.folder / WORK
    task.folder.mkdir(parents=True, exist_ok=True)
    with _alone(task):
        if not resumable(task):
            shutil.rmtree(work, ignore_errors=True)
        work.mkdir(exist_ok=True)
        write_atomically(work / IDENTITY_FILE, task.identity.model_dump_json().encode())
        if task.kind != "linear":  # the only one that does without TensorFlow
            runtime.limit_threads()
        record, arrays = _measure(task, data, progress)
        write_run(task.folder, record, arrays)
        shutil.rmtree(work)


def _measure(task: Task, data: Data, progress: Callable[..., None]) -> tuple[Record, dict]:
    """Each experiment is imported only where it runs: TensorFlow takes seconds."""
    seed = task.identity.seed
    match task.config, data:
        case LstmConfig() as config, Imdb():
            from experiments import lstm_imdb

            results, arrays = lstm_imdb.run(config, seed, data, task.folder, progress)
        case GanConfig() as config, Digits():
            from experiments import gan_mnist

            (task.folder / "weights").mkdir(exist_ok=True)
            results, arrays = gan_mnist.run(config, seed, data, task.folder, progress)
        case LinearConfig() as config, Imdb():
            from experiments import linear_imdb

            results, arrays = linear_imdb.run(config, seed, data, progress)
        case ProbeConfig() as config, ProbeReviews():
            from experiments import memory_probe

            results, arrays = memory_probe.run(config, seed, data, progress)
        case JudgeConfig() as config, Digits():
            from experiments import digit_judge

            results, arrays = digit_judge.run(config, seed, data, task.folder, progress)
        case MemoryConfig() as config, Imdb():
            from experiments import lstm_imdb, lstm_memory

            lstm, linear = needed_runs(task)
            weights = task.root / lstm.name / lstm_imdb.WEIGHTS_FILE
            results, arrays = lstm_memory.run(config, seed, data, lstm, weights, linear, progress)
        case ReadabilityConfig() as config, Digits():
            from experiments import gan_readability

            gan, judge = needed_runs(task)
            results, arrays = gan_readability.run(
                config, seed, data, gan, task.root / gan.name, judge, progress
            )
        case _:
            raise TypeError(f"{task.name}: expected data of another kind, found {type(data).__name__}")
    common: dict[str, Any] = {
        "seed": seed,
        "profile": task.profile,
        "config": task.config,
        "data": data.info,
        "environment": runtime.environment(),
        "code_digest": task.identity.code_digest,
        "arrays_digest": pack_arrays(arrays)[1],
        "finished_on": datetime.datetime.now(datetime.UTC).date(),
    }
    if task.needs:
        common["upstream"] = task.identity.upstream
    return KINDS[task.kind](**common, **results), arrays


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


# --- in the process that the user started ------------------------------------------------


class Processes:
    """The runs' processes, of all threads, which can be stopped together."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen] = []
        self._stopped = False
        # Starting and noting what was started are one step: a process between the two would
        # escape `stop` and train on for hours.
        self._lock = Lock()

    def start(self, command: list[str], **options: Any) -> subprocess.Popen:
        """``subprocess.Popen(command, **options)``.

        Raises:
            CancelledError: they have been stopped.
        """
        with self._lock:
            if self._stopped:
                raise CancelledError
            process = subprocess.Popen(command, **options)
            self._started.append(process)
        return process

    def stop(self) -> None:
        """Ask all to end, and start none from now on."""
        with self._lock:
            self._stopped = True
            for process in self._started:
                process.terminate()


def run_all(tasks: list[Task], jobs: int, show: Callable[[Task, dict], None]) -> None:
    """Run ``tasks``, ``jobs`` at once, each in a process of its own and as soon as those that it
    needs are done; ``show`` gets each event.

    Raises:
        TrainError: a run ended badly; the others are stopped and can be resumed.
    """
    processes = Processes()
    waiting = list(tasks)
    running: dict[Future, Task] = {}
    with ThreadPoolExecutor(jobs) as pool:
        try:
            while waiting or running:
                unfinished = {task.name for task in (*waiting, *running.values())}
                for task in [task for task in waiting if not unfinished & set(task.needs)]:
                    waiting.remove(task)
                    running[pool.submit(_supervise, task, processes, show)] = task
                wait(running, return_when=FIRST_COMPLETED)
                for future in [future for future in running if future.done()]:  # in order: the first error
                    del running[future]
                    future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            processes.stop()
            raise


def _supervise(task: Task, processes: Processes, show: Callable[[Task, dict], None]) -> None:
    if task.needs and reason_to_run(task) is None:  # what it measures came out the same
        show(task, {"done": 1.0, "state": VALID})
        return
    task.folder.mkdir(parents=True, exist_ok=True)
    command = [
        *(sys.executable, "-m", "experiments", "run", task.kind),
        *("--seed", str(task.identity.seed), "--profile", task.profile),
        *("--results", str(task.root), "--data", str(task.data or "")),
    ]
    if task.architecture is not None:
        command += ["--architecture", task.architecture]
    log = task.folder / LOG_FILE
    complaint = None
    with (
        log.open("w") as stderr,
        processes.start(
            command,
            cwd=runtime.ROOT,
            env=os.environ | runtime.ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as child,
    ):
        assert child.stdout is not None
        for line in child.stdout:
            event = json.loads(line)
            complaint = event.get("error", complaint)
            show(task, event)
        code = child.wait()
    if code != 0:
        last = (log.read_text(errors="replace").strip().splitlines() or ["sin mensaje"])[-1]
        raise TrainError(
            complaint
            or f"{task.label}: se esperaba que terminara, se encontró el código de salida {code} («{last}»); "
            f"mire {log} y repita la orden: seguirá donde quedó."
        )


def finish(root: Path, profile: Profile, tasks: list[Task]) -> None:
    """Declare ``tasks`` the complete set of results under ``root``."""
    write_manifest(root, Manifest(profile=profile, runs=tuple(sorted(task.name for task in tasks))))
