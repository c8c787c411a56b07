"""Doing the runs side by side, and what happens to one that ends badly. Nothing is trained here:
a short shell script stands where Python would run the experiment."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import studies
from planned import changed, task_of

from experiments import runs, runtime
from experiments.datasets import Imdb, Reviews
from experiments.records import RECORD_FILE, WORK, DataInfo, Manifest, read_run
from experiments.runs import Processes, TrainError, execute, finish, run_all
from experiments.tasks import IDENTITY_FILE, Task, plan, reason_to_run

REAL = DataInfo(name="mnist", digest="e" * 64, n_train=60_000, n_test=10_000)
NOTHING = Reviews([], *[np.zeros(0, int)] * 4)
DATA = Imdb(NOTHING, NOTHING, DataInfo(name="imdb", digest="d" * 64, n_train=1_000, n_test=1_000))
LSTM = studies.lstm_run(1)


@pytest.fixture
def task(tmp_path: Path) -> Task:
    return task_of(LSTM, tmp_path)


# --- one run -----------------------------------------------------------------------------


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training that ends at once with the results of ``LSTM``."""
    monkeypatch.setattr(runtime, "limit_threads", lambda: None)
    monkeypatch.setattr(runs, "_measure", lambda task, data, progress: (LSTM.record, LSTM.arrays))


@pytest.mark.usefixtures("measured")
def test_a_finished_run_leaves_its_record_and_no_work(task: Task) -> None:
    execute(task, DATA, lambda **event: None)
    assert read_run(task.folder).record == LSTM.record
    assert not (task.folder / WORK).exists()


def test_an_unfinished_run_says_what_it_is(
    task: Task, measured: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(task: Task, data: object, progress: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(runs, "_measure", killed)
    with pytest.raises(KeyboardInterrupt):
        execute(task, DATA, lambda **event: None)
    assert reason_to_run(task) == "se reanuda"


@pytest.mark.usefixtures("measured")
def test_the_work_of_another_configuration_is_thrown_away(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    (task.folder / WORK).mkdir(parents=True)
    (task.folder / WORK / "backup").write_text("of other units")
    other = changed(task, seed=9)
    (task.folder / WORK / IDENTITY_FILE).write_text(other.identity.model_dump_json())
    seen = []

    def look(task: Task, data: object, progress: object) -> tuple:
        seen.extend(path.name for path in (task.folder / WORK).iterdir())
        return LSTM.record, LSTM.arrays

    monkeypatch.setattr(runs, "_measure", look)
    execute(task, DATA, lambda **event: None)
    assert seen == [IDENTITY_FILE]


# A shared lock, which only a request for the folder alone collides with.
HOLD = """import fcntl, sys
with open(sys.argv[1], "w") as file:
    fcntl.flock(file, fcntl.LOCK_SH)
    print(flush=True)
    input()
"""


@pytest.fixture
def holder(task: Task) -> Iterator[subprocess.Popen]:
    """Another process that is at the same run."""
    (task.folder / WORK).mkdir(parents=True)
    (task.folder / WORK / "backup").write_text("of the other process")
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(task.folder / ".lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


@pytest.mark.usefixtures("measured")
def test_a_second_process_on_the_same_run_is_refused(task: Task, holder: subprocess.Popen) -> None:
    with pytest.raises(TrainError) as error:
        execute(task, DATA, lambda **event: None)
    assert str(error.value) == (
        f"LSTM, semilla 1: se esperaba ser el único proceso en {task.folder}, se encontró otro entrenando; "
        "espere a que acabe o deténgalo."
    )
    assert not (task.folder / RECORD_FILE).exists()
    assert (task.folder / WORK / "backup").exists()

    holder.kill()
    holder.wait()
    execute(task, DATA, lambda **event: None)
    assert (task.folder / RECORD_FILE).exists()


# --- all runs ----------------------------------------------------------------------------


def use_program(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Start ``script`` where an experiment would be started."""
    program = folder / "program"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))


def take_time(finished: Path) -> str:
    """Shell commands that take their time and then create ``finished``."""
    return f"sleep 20 > {os.devnull}; echo > {finished}; exit"  # a stopped shell leaves `sleep` behind


def run_one(task: Task) -> list[dict]:
    """The events that ``task`` sends."""
    events: list[dict] = []
    run_all([task], 1, lambda task, event: events.append(event))
    return events


def test_a_run_is_started_with_all_that_it_needs(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    echo = """printf '{"arguments": "%s", "threads": %s}\\n' "$*" "$OMP_NUM_THREADS\""""
    use_program(monkeypatch, tmp_path, echo)
    arguments = "-m experiments run lstm --seed 1 --profile full"
    assert run_one(task) == [{"arguments": f"{arguments} --results {tmp_path} --data ", "threads": 1}]
    gan = plan("gan", 3, "test", "convolutional", tmp_path / "mnist.npz", REAL, tmp_path)
    assert [event["arguments"] for event in run_one(gan)] == [
        f"-m experiments run gan --seed 3 --profile test --results {tmp_path} "
        f"--data {tmp_path}/mnist.npz --architecture convolutional"
    ]


def test_events_arrive_and_noise_goes_to_the_log(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    use_program(monkeypatch, tmp_path, """echo '{"epoch": 1}'; echo noise >&2; echo '{"epoch": 2}'""")
    assert run_one(task) == [{"epoch": 1}, {"epoch": 2}]
    assert (task.folder / "train.log").read_text() == "noise\n"


@pytest.mark.parametrize(
    ("script", "code", "last"),
    [
        ("echo first >&2; echo 'Killed by hand' >&2; exit 7", "7", "Killed by hand"),
        ("exit 1", "1", "sin mensaje"),
        ("kill -9 $$", "-9", "sin mensaje"),
    ],
)
def test_a_dead_run_is_named_with_its_exit_code_and_its_log(
    task: Task, tmp_path: Path, monkeypatch: Any, script: str, code: str, last: str
) -> None:
    use_program(monkeypatch, tmp_path, script)
    with pytest.raises(TrainError) as error:
        run_one(task)
    assert str(error.value) == (
        f"LSTM, semilla 1: se esperaba que terminara, se encontró el código de salida {code} («{last}»); "
        f"mire {task.folder}/train.log y repita la orden: seguirá donde quedó."
    )


def test_a_run_that_explains_itself_is_quoted(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    use_program(monkeypatch, tmp_path, """echo '{"error": "No queda sitio."}'; exit 2""")
    with pytest.raises(TrainError, match=r"^No queda sitio\.$"):
        run_one(task)


def test_one_dead_run_stops_the_others(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    started, finished = tmp_path / "started", tmp_path / "finished"
    os.mkfifo(started)
    # the second seed waits until the first has started, and dies; the first would take its time
    use_program(
        monkeypatch,
        tmp_path,
        f'case "$*" in *"--seed 1"*) echo $$ > {started}; {take_time(finished)};; esac\n'
        f'read pid < {started}; echo "{{\\"other\\": $pid}}"; exit 3',
    )
    other = replace(changed(task, seed=2), name="lstm/seed-2")
    events: list[dict] = []
    with pytest.raises(TrainError, match=r"LSTM, semilla 2: .* el código de salida 3"):
        run_all([task, other], 2, lambda task, event: events.append(event))
    with pytest.raises(ProcessLookupError):
        os.kill(events[0]["other"], signal.SIGCONT)
    assert not finished.exists()


def test_a_run_that_is_being_started_is_stopped_too(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    finished = tmp_path / "finished"
    use_program(monkeypatch, tmp_path, f'case "$*" in *"--seed 1"*) {take_time(finished)};; esac; exit 3')
    start = subprocess.Popen

    def slow_start(command: list[str], **options: Any) -> subprocess.Popen:
        process = start(command, **options)
        if "1" in command:
            time.sleep(0.5)  # the second seed dies meanwhile
        return process

    monkeypatch.setattr(subprocess, "Popen", slow_start)
    other = replace(changed(task, seed=2), name="lstm/seed-2")
    with pytest.raises(TrainError, match="LSTM, semilla 2"):
        run_all([other, task], 2, lambda task, event: None)
    assert not finished.exists()


def test_nothing_is_started_once_all_is_stopped(tmp_path: Path) -> None:
    processes = Processes()
    processes.stop()
    with pytest.raises(CancelledError):
        processes.start(["touch", str(tmp_path / "started")])
    assert not list(tmp_path.iterdir())


def test_no_more_runs_at_once_than_asked_for(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    busy = tmp_path / "busy"
    use_program(monkeypatch, tmp_path, f"mkdir {busy} || exit 5; sleep 0.05; rmdir {busy}")
    tasks = [replace(changed(task, seed=seed), name=f"lstm/seed-{seed}") for seed in (1, 2, 3)]
    run_all(tasks, 1, lambda task, event: None)  # two at once would collide


def test_a_run_starts_when_those_that_it_needs_are_done(
    task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "reason_to_run", lambda task: "no se ha ejecutado")
    order = tmp_path / "order"
    # the first seed is there until the second has gone by
    wait = f'case "$*" in *"--seed 1"*) until [ -s {order} ]; do sleep 0.01; done;; esac'
    use_program(monkeypatch, tmp_path, f'{wait}; echo "$4 $6" >> {order}')
    tasks = [replace(changed(task, seed=seed), name=f"lstm/seed-{seed}") for seed in (1, 2)]
    measuring = replace(changed(task, seed=3), name="memory/seed-3", needs=("lstm/seed-1",))
    run_all([*tasks, measuring], 3, lambda task, event: None)
    assert order.read_text().split("\n")[:3] == ["lstm 2", "lstm 1", "lstm 3"]


def test_what_needs_no_new_measurement_is_not_started(
    task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def valid(task: Task) -> None:
        asked.append((task.name, (tmp_path / "done").exists()))

    monkeypatch.setattr(runs, "reason_to_run", valid)
    use_program(monkeypatch, tmp_path, f"mkdir {tmp_path}/done")  # a second start would fail
    measuring = replace(task, name="memory/seed-1", needs=("lstm/seed-1",))
    events: list[tuple[str, dict]] = []
    run_all([measuring, task], 2, lambda task, event: events.append((task.name, event)))
    assert asked == [("memory/seed-1", True)]  # once what it needs was done
    assert events == [("memory/seed-1", {"done": 1.0, "state": "completa y válida, no se repite"})]


def test_nothing_is_measured_of_a_dead_run(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    use_program(monkeypatch, tmp_path, f"echo . >> {tmp_path}/started; exit 3")
    measuring = replace(task, name="memory/seed-1", needs=("lstm/seed-1",))
    with pytest.raises(TrainError):
        run_all([task, measuring], 2, lambda task, event: None)
    assert (tmp_path / "started").read_text() == ".\n"


def test_finish_declares_the_set_complete(task: Task, tmp_path: Path) -> None:
    gan = replace(task, name="gan-dense/seed-1")
    finish(tmp_path, "quick", [task, gan])
    content = json.loads((tmp_path / "manifest.json").read_text())
    assert content == {
        "schema_version": 1,
        "profile": "quick",
        "runs": ["gan-dense/seed-1", "lstm/seed-1"],
    }
    Manifest.model_validate(content)
