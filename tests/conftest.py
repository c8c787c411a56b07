"""Fixtures that several modules share."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments import runtime

# The longest files, so that the processes that share the tests out by file end together.
LONGEST = (
    *("test_verify.py", "test_end_to_end.py", "test_substitution.py", "test_perturbation.py"),
    *("test_reproduce.py", "test_resume.py", "test_digit_judge.py", "test_phrases.py"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, in the order in which they are named; the others as they come."""
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Results of a tiny training run of all experiments on the built-in sample, done as a user on
    a machine without network or data would do it; once for all of pytest's processes."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    results = shared / "trained"
    with (shared / "trained.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (results / "train.out").exists():
            train(results, tmp_path_factory.mktemp("keras"))
    return results


def train(results: Path, empty: Path) -> None:
    command = [sys.executable, "-m", "experiments", "train", "--profile", "test", "--results", str(results)]
    environment = os.environ | {"KERAS_HOME": str(empty), "HTTPS_PROXY": "http://127.0.0.1:9"}
    done = subprocess.run(
        command, cwd=runtime.ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (results / "train.out").write_text(done.stdout + done.stderr)
