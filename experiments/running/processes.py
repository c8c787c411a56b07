"""Runs on this machine, each in a process of its own with one thread. Its standard input brings the
task, its standard output carries JSON events; whatever else it prints goes to ``train.log`` in its
folder."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from threading import Lock
from typing import Any

from experiments.errors import TrainError
from experiments.paths import ROOT
from experiments.running.plan import VALID
from experiments.running.runner import run_all
from experiments.running.task import Task, reason_to_do
from experiments.runtime import environment_variables

LOG_FILE = "train.log"

Show = Callable[[Task, dict[str, Any]], None]


class Processes:
    """The runs' processes, of all threads, which can be stopped together; ``options`` of
    ``subprocess.Popen`` for all of them."""

    def __init__(self, **options: Any) -> None:
        self._options = options
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
            process = subprocess.Popen(command, **self._options, **options)
            self._started.append(process)
        return process

    def stop(self) -> None:
        """Ask all to end, and start none from now on."""
        with self._lock:
            self._stopped = True
            for process in self._started:
                process.terminate()


class Here:
    """This machine, as a place where runs are done."""

    def __init__(self, show: Show) -> None:
        self._processes, self._show = Processes(), show

    def do(self, task: Task) -> None:
        supervise(task, self._processes, self._show)

    def stop(self) -> None:
        self._processes.stop()


def run_here(tasks: Sequence[Task], jobs: int, show: Show) -> None:
    """Run ``tasks`` on this machine, ``jobs`` at once; otherwise as ``run_all``. ``show`` gets each
    event."""
    with ThreadPoolExecutor(jobs) as pool:
        run_all(tasks, pool, Here(show))


def supervise(task: Task, processes: Processes, show: Show) -> None:
    """Run ``task`` in a process of its own, unless its record is valid by now.

    Raises:
        TrainError: it ended badly, and can be resumed.
        CancelledError: ``processes`` have been stopped.
    """
    # What it measures came out the same, or another process has done it since the plan was made.
    if reason_to_do(task) is None:
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
