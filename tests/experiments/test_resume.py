"""A killed run goes on where it was left, and ends as if nothing had happened."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from experiments import runtime
from experiments.records import WORK, Run, read_run

FOLDERS = {"lstm": "lstm-test-sample/seed-1", "gan": "gan-dense-test-sample/seed-1"}


def start(kind: str, results: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "experiments", "run", kind, "--seed", "1", "--profile", "test"]
    return subprocess.Popen(
        [*command, "--architecture", "dense", "--results", str(results)],
        cwd=runtime.ROOT,
        env=os.environ | runtime.ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def kill_at_unit(child: subprocess.Popen, number: int) -> None:
    """Kill the run outright at the end of its ``number``-th epoch or sampled step."""
    assert child.stdout is not None
    seen = 0
    for line in child.stdout:
        seen += bool(json.loads(line).get("unit_done"))
        if seen == number:
            child.send_signal(signal.SIGKILL)
            break
    child.communicate()
    assert child.returncode == -signal.SIGKILL


def without_clock(run: Run) -> dict:
    content = run.record.model_dump(exclude={"duration_s", "environment", "finished_on"})
    for epoch in content.get("epochs", ()):
        epoch.pop("duration_s")
    return content


@pytest.mark.parametrize("kind", ["lstm", "gan"])
def test_killed_run_ends_as_if_uninterrupted(kind, trained, tmp_path):
    uninterrupted = read_run(trained / FOLDERS[kind])
    kill_at_unit(start(kind, tmp_path), 2)
    folder = tmp_path / FOLDERS[kind]
    assert (folder / WORK).exists()
    assert not (folder / "record.json").exists()
    if kind == "lstm":  # as if it had been killed while it wrote the state of the next epoch
        (folder / WORK / "epoch-3.weights.h5").write_bytes(b"\x89HDF")

    child = start(kind, tmp_path)
    events = [json.loads(line) for line in child.communicate()[0].splitlines()]
    assert child.returncode == 0
    # nothing before the second unit is done again: at most one epoch, or one sampled step, is lost
    assert events[0].get("epoch", events[0].get("iteration")) > (2 if kind == "lstm" else 40)
    assert not (folder / WORK).exists()

    resumed = read_run(folder)
    assert without_clock(resumed) == without_clock(uninterrupted)
    for name, array in uninterrupted.arrays.items():
        np.testing.assert_array_equal(resumed.arrays[name], array, err_msg=name)
