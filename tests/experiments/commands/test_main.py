"""The command line itself, and one run, which its starter listens to."""

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import toys
from planned import toy_task

from experiments.__main__ import main
from experiments.commands import run
from experiments.paths import ROOT
from experiments.running.task import Task

HDF5 = "(file write failed: time = Fri Nov 27\n, errno = 28, error message = 'No space left on device')"


def give(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """``content`` on the standard input."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))


@pytest.fixture
def task(tmp_path: Path, only_toys: None, monkeypatch: pytest.MonkeyPatch) -> Task:
    """A run that is given to this process to do."""
    task = toy_task(tmp_path)
    give(monkeypatch, task.model_dump_json().encode())
    return task


def told(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    printed = capsys.readouterr()
    assert printed.err == ""
    return [json.loads(line) for line in printed.out.splitlines()]


def test_a_run_is_the_same_task_that_train_plans(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    executed: list[Task] = []
    monkeypatch.setattr(run, "execute", lambda task, progress: executed.append(task))
    assert main(["run"]) == 0
    assert executed == [task]


def test_what_the_user_must_be_told_is_an_event(
    task: Task, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        run, "execute", lambda task, progress: progress(notice="Se quedó a medias: empieza de nuevo.")
    )
    assert main(["run"]) == 0
    assert told(capsys) == [{"notice": "Se quedó a medias: empieza de nuevo."}]


def test_a_measurement_without_what_it_measures_is_one_sentence(
    tmp_path: Path, only_toys: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measure = toy_task(tmp_path, config=toys.MeasureConfig(), needs={"toy": "toy/seed-1", "rule": "rule"})
    give(monkeypatch, measure.model_dump_json().encode())
    assert main(["run"]) == 2
    (event,) = told(capsys)
    assert event["error"].startswith(f"{tmp_path}/toy/seed-1/record.json: se esperaba un registro legible")


@pytest.mark.usefixtures("task")
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
            "El disco: se esperaba poder leer y escribir, se encontró que no queda sitio en el disco; "
            "libere espacio",
        ),
        (
            PermissionError(errno.EACCES, os.strerror(errno.EACCES), "results/lstm"),
            "results/lstm: se esperaba poder leer y escribir, se encontró que no hay permiso; libere",
        ),
        (
            OSError(errno.ENOSPC, f"Can't write data {HDF5}"),
            "El disco: se esperaba poder leer y escribir, se encontró que no queda sitio en el disco; "
            "libere espacio",
        ),
        (KeyboardInterrupt(), "Interrumpido: la próxima vez seguirá donde quedó."),
    ],
)
def test_a_run_tells_its_starter_what_went_wrong(
    error: BaseException, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(task: Task, progress: Any) -> None:
        raise error

    monkeypatch.setattr(run, "execute", fail)
    assert main(["run"]) == 2
    (event,) = told(capsys)
    assert event["error"].startswith(said)


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"\xff"])
def test_a_run_of_nothing_is_one_sentence(
    content: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, content)
    assert main(["run"]) == 2
    assert told(capsys) == [
        {"error": "run: se esperaba una ejecución por la entrada estándar, se encontró otra cosa; use train."}
    ]


def test_a_reader_who_leaves_is_not_told() -> None:
    program = (
        "import sys; from experiments import __main__ as command_line\n"
        "command_line.VERBS['train'].run = lambda options: print('entrena') or 0\n"
        "sys.exit(command_line.main(['train']))"
    )
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (2, b"")


def test_the_command_line_starts_without_tensorflow() -> None:
    """Every run starts a process, and most wait for none of the others' libraries."""
    program = (
        "import sys; from experiments.__main__ import main\n"
        "print({'tensorflow', 'keras', 'sklearn'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
