"""Threads, the environment that a record states, and events to whoever started the run."""

import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import sklearn

from experiments import runtime


def test_the_environment_says_where_a_run_takes_place() -> None:
    environment = runtime.environment()
    assert environment.python == platform.python_version()
    assert environment.cores == os.cpu_count()
    assert environment.threads == 1
    assert environment.processor != ""
    assert set(environment.libraries) == {"tensorflow", "keras", "numpy", "scikit-learn"}
    assert environment.libraries["numpy"] == np.__version__
    assert environment.libraries["scikit-learn"] == sklearn.__version__


def test_a_run_is_silent_and_uses_the_processor_alone() -> None:
    assert runtime.ENVIRONMENT["TF_CPP_MIN_LOG_LEVEL"] == "3"
    assert runtime.ENVIRONMENT["CUDA_VISIBLE_DEVICES"] == "-1"
    assert runtime.ENVIRONMENT["OMP_NUM_THREADS"] == "1"


def test_a_run_keeps_to_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, int] = {}
    threading = SimpleNamespace(
        set_intra_op_parallelism_threads=lambda n: asked.update(intra=n),
        set_inter_op_parallelism_threads=lambda n: asked.update(inter=n),
    )
    fake = SimpleNamespace(config=SimpleNamespace(threading=threading))
    monkeypatch.setitem(sys.modules, "tensorflow", fake)
    runtime.limit_threads()
    assert asked == {"intra": 1, "inter": 1}


# --- the commit --------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git checkout with one commit, in the place of the project."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    (tmp_path / "code.py").write_text("x = 1\n")
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "First"]):
        subprocess.run([*git, *arguments], cwd=tmp_path, check=True, capture_output=True)
    monkeypatch.setattr(runtime, "ROOT", tmp_path)
    return tmp_path


def test_the_commit_and_whether_the_code_is_that_of_the_commit(checkout: Path) -> None:
    head = (checkout / ".git" / (checkout / ".git" / "HEAD").read_text().split()[1]).read_text().strip()
    (checkout / "results.json").write_text("{}")  # what git does not track is not code
    environment = runtime.environment()
    assert (environment.commit, environment.dirty) == (head, False)
    (checkout / "code.py").write_text("x = 2\n")
    environment = runtime.environment()
    assert (environment.commit, environment.dirty) == (head, True)


@pytest.mark.parametrize("with_git", [True, False])
def test_outside_a_checkout_there_is_no_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_git: bool
) -> None:
    monkeypatch.setattr(runtime, "ROOT", tmp_path)
    if with_git:
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    else:
        monkeypatch.setenv("PATH", str(tmp_path))
    environment = runtime.environment()
    assert (environment.commit, environment.dirty) == (None, False)


# --- events ------------------------------------------------------------------------------


def test_an_event_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    runtime.emit(epoch=2, loss=0.5, note="más\nde una línea")
    runtime.emit(error="No.")
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line) for line in lines] == [
        {"epoch": 2, "loss": 0.5, "note": "más\nde una línea"},
        {"error": "No."},
    ]


def test_a_run_that_nobody_listens_to_ends() -> None:
    long = "from experiments import runtime\nfor i in range(100_000): runtime.emit(done=0.5)"
    command = [sys.executable, "-c", long]
    with subprocess.Popen(command, cwd=runtime.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        assert child.wait() == 2
        assert child.stderr.read() == b""
