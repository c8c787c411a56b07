"""A killed run goes on where it was left, and ends as if nothing had happened."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from experiments.data.source import Source
from experiments.paths import ROOT
from experiments.records.base import WORK, Run
from experiments.records.identity import Identity
from experiments.records.storage import read_run
from experiments.running.task import Task
from experiments.runtime import environment_variables

FOLDERS = {"lstm": "lstm-test-sample/seed-1", "gan": "gan-test-sample/seed-1"}


def task_of(kind: str, trained: Path, root: Path) -> Task:
    """What makes anew, under ``root``, what is in ``trained``."""
    record = read_run(trained / FOLDERS[kind]).record
    return Task(identity=Identity.of(record), profile="test", source=Source(), root=root, name=FOLDERS[kind])


def start(task: Task) -> subprocess.Popen:
    child = subprocess.Popen(
        [sys.executable, "-m", "experiments", "run"],
        cwd=ROOT,
        env=os.environ | environment_variables("cpu"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdin is not None
    with child.stdin as stdin:
        stdin.write(task.model_dump_json())
    return child


def kill_at_unit(child: subprocess.Popen, number: int) -> None:
    """Kill the run outright at the end of its ``number``-th epoch or sampled step."""
    assert child.stdout is not None
    with child:
        seen = 0
        for line in child.stdout:
            seen += bool(json.loads(line).get("unit_done"))
            if seen == number:
                child.send_signal(signal.SIGKILL)
                break
    assert child.returncode == -signal.SIGKILL


def without_clock(run: Run) -> dict:
    content = run.record.model_dump(exclude={"duration_s", "processor_s", "environment", "finished_on"})
    for epoch in content.get("epochs", ()):
        epoch.pop("duration_s")
    return content


# The same within one process: ``reviews/test_lstm_imdb`` and ``images/test_gan_mnist_runs``.
@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["lstm", "gan"])
def test_killed_run_ends_as_if_uninterrupted(kind: str, trained: Path, tmp_path: Path) -> None:
    uninterrupted = read_run(trained / FOLDERS[kind])
    task = task_of(kind, trained, tmp_path)
    kill_at_unit(start(task), 2)
    assert (task.unfinished / WORK).exists()
    assert not (task.folder / "record.json").exists()
    if kind == "lstm":  # as if it had been killed while it wrote the state of the next epoch
        (task.unfinished / WORK / "epoch-3.weights.h5").write_bytes(b"\x89HDF")

    child = start(task)
    assert child.stdout is not None
    with child:
        events = [json.loads(line) for line in child.stdout]
    assert child.returncode == 0
    # nothing before the second unit is done again: at most one epoch, or one sampled step, is lost
    done = [event.get("epoch", event.get("iteration")) for event in events if "done" in event]
    assert done[0] > (2 if kind == "lstm" else 40)
    assert not task.unfinished.exists()

    resumed = read_run(task.folder)
    assert without_clock(resumed) == without_clock(uninterrupted)
    for name, array in uninterrupted.arrays.items():
        np.testing.assert_array_equal(resumed.arrays[name], array, err_msg=name)
