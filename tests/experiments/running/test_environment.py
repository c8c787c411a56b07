"""The environment that a record states."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import sklearn

from experiments.running import environment as module
from experiments.running.environment import environment


def test_the_environment_says_where_a_run_takes_place() -> None:
    where = environment("cpu")
    assert where.python == platform.python_version()
    assert where.cores == os.cpu_count()
    assert where.threads == 1
    assert where.processor != ""
    assert (where.device, where.gpu) == ("cpu", None)
    assert set(where.libraries) == {*("tensorflow", "keras", "numpy", "scipy", "scikit-learn", "statsmodels")}
    assert where.libraries["numpy"] == np.__version__
    assert where.libraries["scikit-learn"] == sklearn.__version__


@pytest.mark.parametrize(
    ("gpus", "details", "name"),
    [
        (["GPU:0", "GPU:1"], {"device_name": "Acelerador 9"}, "Acelerador 9"),
        (["GPU:0"], {}, "GPU"),
        ([], {}, None),
    ],
)
def test_a_gpu_is_named(
    gpus: list[str], details: dict[str, str], name: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = SimpleNamespace(
        list_physical_devices=lambda kind: gpus,
        experimental=SimpleNamespace(get_device_details=lambda gpu: details),
    )
    monkeypatch.setitem(sys.modules, "tensorflow", SimpleNamespace(config=config))
    where = environment("gpu")
    assert (where.device, where.gpu) == ("gpu", name)


def test_a_system_that_does_not_tell_its_processor_tells_its_architecture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read_text(self: Path, *arguments: Any, read_text: Any = Path.read_text, **options: Any) -> str:
        if self == Path("/proc/cpuinfo"):
            raise FileNotFoundError
        return read_text(self, *arguments, **options)

    monkeypatch.setattr(Path, "read_text", read_text)
    monkeypatch.setattr(platform, "processor", lambda: "")
    assert environment("cpu").processor == platform.machine()


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
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return tmp_path


def test_the_commit_and_whether_the_code_is_that_of_the_commit(checkout: Path) -> None:
    head = (checkout / ".git" / (checkout / ".git" / "HEAD").read_text().split()[1]).read_text().strip()
    (checkout / "results.json").write_text("{}")  # what git does not track is not code
    where = environment("cpu")
    assert (where.commit, where.dirty) == (head, False)
    (checkout / "code.py").write_text("x = 2\n")
    where = environment("cpu")
    assert (where.commit, where.dirty) == (head, True)


def test_the_commit_of_a_project_in_which_the_program_is_installed_is_not_its_own(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "site-packages").mkdir()
    monkeypatch.setattr(module, "ROOT", checkout / "site-packages")
    assert environment("cpu").commit is None


@pytest.mark.parametrize("with_git", [True, False])
def test_outside_a_checkout_there_is_no_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_git: bool
) -> None:
    monkeypatch.setattr(module, "ROOT", tmp_path)
    if with_git:
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    else:
        monkeypatch.setenv("PATH", str(tmp_path))
    where = environment("cpu")
    assert (where.commit, where.dirty) == (None, False)
