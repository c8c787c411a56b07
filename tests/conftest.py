"""Fixtures that several modules share."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments import runtime


@pytest.fixture(scope="session")
def trained(tmp_path_factory) -> Path:
    """Results of a tiny training run of both experiments on the built-in sample, done as a
    user on a machine without network or data would do it."""
    results = tmp_path_factory.mktemp("results")
    empty = tmp_path_factory.mktemp("keras")
    command = [sys.executable, "-m", "experiments", "train", "--profile", "test", "--results", str(results)]
    environment = os.environ | {"KERAS_HOME": str(empty), "HTTPS_PROXY": "http://127.0.0.1:9"}
    done = subprocess.run(
        command, cwd=runtime.ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (results / "train.out").write_text(done.stdout + done.stderr)
    return results
