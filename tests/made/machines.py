"""A Dask scheduler and workers, each a process with a folder of its own, as if on other machines."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from experiments.paths import ROOT

# What a worker runs at its start: it knows no kinds but the toys, and its runs neither.
WITH_TOYS = """
import os, sys, toys
installed = toys.installed()
def dask_setup(worker):
    installed.__enter__()
    sys.executable = os.environ[toys.PROGRAM]
"""


@dataclass
class Machines:
    """A scheduler at ``address``, which has not got the project, and workers by name."""

    folder: Path
    address: str = ""
    scheduler: subprocess.Popen[bytes] | None = None
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start_scheduler(self, **environment: str) -> None:
        file = self.folder / "scheduler.json"
        command = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)]
        self.scheduler = self._process(
            *command, "--no-dashboard", "--dashboard-address", "127.0.0.1:0", cwd=self.folder, **environment
        )
        while not file.exists() or not file.read_text().endswith("}"):
            assert self.scheduler.poll() is None, (self.folder / "dask.log").read_text()
            time.sleep(0.02)
        self.address = json.loads(file.read_text())["address"]

    def start(self, name: str, *options: str, threads: int = 1, **environment: str) -> None:
        """A worker; one of the same name has the same folder again."""
        command = ["worker", self.address, "--name", name, "--nthreads", str(threads), "--no-nanny"]
        folder = self.folder / name
        self.workers[name] = self._process(
            *command, "--no-dashboard", "--local-directory", str(folder), *options, cwd=ROOT, **environment
        )

    def start_with_toys(self, name: str, program: Path, **environment: str) -> None:
        preload = self.folder / "with_toys.py"
        preload.write_text(WITH_TOYS)
        path = os.pathsep.join(str(place) for place in (Path(__file__).parent, ROOT))
        variables = {"PYTHONPATH": path, "TOYS_PROGRAM": str(program)} | environment
        self.start(name, "--preload", str(preload), **variables)

    def kill(self, name: str) -> None:
        """As if the power failed, but that its processes are left to themselves."""
        self.workers[name].kill()
        self.workers.pop(name).wait()

    def kill_scheduler(self) -> None:
        assert self.scheduler is not None
        self.scheduler.kill()
        self.scheduler.wait()

    def runs(self, name: str) -> list[psutil.Process]:
        """The processes that do a worker's runs."""
        return psutil.Process(self.workers[name].pid).children(recursive=True)

    def store(self, name: str) -> Path:
        """A worker's own folder."""
        return next((self.folder / name).glob("dask-scratch-space*")) / "experiments"

    def _process(self, *arguments: str, cwd: Path, **environment: str) -> subprocess.Popen[bytes]:
        with (self.folder / "dask.log").open("a") as log:
            command = [sys.executable, "-m", "dask", *arguments]
            return subprocess.Popen(command, cwd=cwd, env=os.environ | environment, stdout=log, stderr=log)


@contextmanager
def machines(folder: Path, **environment: str) -> Iterator[Machines]:
    """A scheduler with ``environment``, and no workers yet."""
    own = Machines(folder)
    try:
        own.start_scheduler(**environment)
        yield own
    finally:
        for name in list(own.workers):
            own.kill(name)
        own.kill_scheduler()
