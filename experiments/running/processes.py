"""Doing runs side by side, each in a process of its own with one thread. Its standard input brings the
task, its standard output carries JSON events; whatever else it prints goes to ``train.log`` in its
folder."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from threading import Lock
from typing import Any

from experiments.errors import TrainError
from experiments.paths import ROOT
from experiments.running.plan import VALID
from experiments.running.task import Task, reason_to_run
from experiments.runtime import environment_variables

LOG_FILE = "train.log"

Show = Callable[[Task, dict[str, Any]], None]


class Processes:
    """The runs' processes, of all threads, which can be stopped together."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen[str]] = []
        self._stopped = False
        # Starting and noting what was started are one step: a process between the two would
        # escape `stop` and train on for hours.
        self._lock = Lock()

    def start(self, command: list[str], **options: Any) -> subprocess.Popen[str]:
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


def run_all(tasks: Sequence[Task], jobs: int, show: Show) -> None:
    """Run ``tasks``, ``jobs`` at once, each in a process of its own and as soon as those that it
    needs are done; ``show`` gets each event.

    Raises:
        TrainError: a run ended badly; the others are stopped and can be resumed.
    """
    processes = Processes()
    waiting = list(tasks)
    running: dict[Future[None], Task] = {}
    with ThreadPoolExecutor(jobs) as pool:
        try:
            while waiting or running:
                unfinished = {task.name for task in (*waiting, *running.values())}
                for task in [task for task in waiting if not unfinished & task.waits_for]:
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


def _supervise(task: Task, processes: Processes, show: Show) -> None:
    # What it measures came out the same, or another process has done it since the plan was made.
    if reason_to_run(task) is None:
        show(task, {"done": 1.0, "state": VALID})
        return
    task.folder.mkdir(parents=True, exist_ok=True)
    log = task.folder / LOG_FILE
    before = log.stat().st_size if log.exists() else 0  # it has what earlier attempts printed
    complaint = None
    with (
        log.open("a", encoding="utf-8") as printed,  # another process may be writing there
        processes.start(
            [sys.executable, "-m", "experiments", "run"],
            cwd=ROOT,
            env=os.environ | environment_variables(task.identity.device),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=printed,
            encoding="utf-8",
        ) as child,
    ):
        assert child.stdin is not None
        assert child.stdout is not None
        with suppress(BrokenPipeError), child.stdin as stdin:  # its exit code tells why
            stdin.write(task.model_dump_json())
        for line in child.stdout:
            event = _event(line)
            if event is None:
                print(line, end="", file=printed, flush=True)
                continue
            complaint = event.get("error", complaint)
            show(task, event)
        code = child.wait()
    if code != 0:
        text = log.read_bytes()[before:].decode(errors="replace")
        last = (text.strip().splitlines() or ["sin mensaje"])[-1]
        raise TrainError(
            complaint
            or f"{task.label}: se esperaba que terminara, se encontró el código de salida {code} («{last}»); "
            f"mire {log} y repita la orden: seguirá donde quedó."
        )


def _event(line: str) -> dict[str, Any] | None:
    """None if it is no event, but something that a library prints."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None
