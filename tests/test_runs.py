"""Which runs must be done, and what happens to one that ends badly. Nothing is trained here:
a short shell script stands where Python would run the experiment."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import studies

from experiments import runs, runtime
from experiments.records import (
    ARRAYS_FILE,
    RECORD_FILE,
    WORK,
    DataInfo,
    GanConfig,
    Identity,
    LstmConfig,
    Manifest,
    code_digest,
    read_run,
    write_run,
)
from experiments.runs import (
    IDENTITY_FILE,
    Kind,
    Task,
    TrainError,
    execute,
    finish,
    plan,
    reason_to_run,
    run_all,
)

REAL = DataInfo(name="mnist", digest="e" * 64, n_train=60_000, n_test=10_000)
SAMPLE = DataInfo(name="sample_digits", digest="f" * 64, n_train=4_000, n_test=1_000)
LSTM = studies.lstm_run(1)


@pytest.fixture
def task(tmp_path: Path) -> Task:
    """A run whose record would be that of ``LSTM``."""
    return Task(
        kind="lstm",
        profile="full",
        config=LSTM.record.config,
        data=None,
        root=tmp_path,
        name="lstm/seed-1",
        identity=Identity.of(LSTM.record),
    )


def changed(task: Task, **change: object) -> Task:
    return replace(task, identity=task.identity.model_copy(update=change))


# --- planning ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "profile", "architecture", "info", "name"),
    [
        ("lstm", "full", None, REAL, "lstm/seed-7"),
        ("lstm", "quick", None, REAL, "lstm-quick/seed-7"),
        ("lstm", "test", None, SAMPLE, "lstm-test-sample/seed-7"),
        ("lstm", "full", "dense", REAL, "lstm/seed-7"),  # the LSTM has no architectures
        ("gan", "full", None, REAL, "gan/seed-7"),
        ("gan", "full", "convolutional", REAL, "gan/seed-7"),
        ("gan", "full", "dense", REAL, "gan-dense/seed-7"),
        ("gan", "full", None, SAMPLE, "gan-sample/seed-7"),
        ("gan", "quick", None, REAL, "gan-dense-quick/seed-7"),
        ("gan", "quick", "convolutional", REAL, "gan-quick/seed-7"),
        ("gan", "quick", None, SAMPLE, "gan-dense-quick-sample/seed-7"),
        ("gan", "test", "dense", SAMPLE, "gan-dense-test-sample/seed-7"),
    ],
)
def test_folders_tell_sets_of_results_apart(
    tmp_path: Path, kind: Kind, profile: Any, architecture: str | None, info: DataInfo, name: str
) -> None:
    task = plan(kind, 7, profile, architecture, None, info, tmp_path)
    assert task.name == name
    assert task.folder == tmp_path / name
    assert task.label == f"{kind.upper()}, semilla 7"


def test_a_task_knows_all_that_decides_its_result(tmp_path: Path) -> None:
    task = plan("gan", 7, "full", "dense", Path("mnist.npz"), REAL, tmp_path)
    assert task.data == Path("mnist.npz")
    assert task.config == GanConfig(architecture="dense")
    assert task.identity == Identity(
        kind="gan",
        seed=7,
        config=GanConfig(architecture="dense"),
        data_digest="e" * 64,
        code_digest=code_digest("gan"),
        libraries=runtime.library_versions(),
    )


def test_the_quick_profile_is_what_the_documentation_says(tmp_path: Path) -> None:
    lstm = plan("lstm", 1, "quick", None, None, REAL, tmp_path).config
    assert lstm == LstmConfig(max_reviews=5_000, max_epochs=3)
    gan = plan("gan", 1, "quick", None, None, REAL, tmp_path).config
    assert gan == GanConfig(architecture="dense", iterations=1_000)


# --- whether to run ----------------------------------------------------------------------


def test_what_was_never_run_must_be(task: Task) -> None:
    assert reason_to_run(task) == "no se ha ejecutado"


def test_a_complete_and_valid_run_is_not_repeated(task: Task) -> None:
    write_run(task.folder, LSTM.record, LSTM.arrays)
    assert reason_to_run(task) is None


def test_a_run_that_was_cut_short_goes_on(task: Task) -> None:
    (task.folder / WORK).mkdir(parents=True)
    (task.folder / WORK / IDENTITY_FILE).write_text(task.identity.model_dump_json())
    assert reason_to_run(task) == "se reanuda"
    assert reason_to_run(changed(task, data_digest="0" * 64)) == "no se ha ejecutado"
    (task.folder / WORK / IDENTITY_FILE).write_text("{")
    assert reason_to_run(task) == "no se ha ejecutado"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"config": LSTM.record.config.model_copy(update={"units": 32})},
            "la configuración (units: 64 → 32)",
        ),
        ({"data_digest": "0" * 64}, "los datos (huella dddddddddddd → 000000000000)"),
        ({"code_digest": "0" * 64}, "el código del experimento (huella aaaaaaaaaaaa → 000000000000)"),
        (
            {"libraries": {"tensorflow": "2.22.0", "numpy": "2.3.5"}},
            "la versión de tensorflow (2.21.0 → 2.22.0)",
        ),
        (
            {"seed": 2, "data_digest": "0" * 64},
            "la semilla (lstm 1 → lstm 2), los datos (huella dddddddddddd → 000000000000)",
        ),
    ],
)
def test_a_run_of_something_else_is_repeated_and_the_reason_is_given(
    task: Task, change: dict, reason: str
) -> None:
    write_run(task.folder, LSTM.record, LSTM.arrays)
    assert reason_to_run(changed(task, **change)) == f"ha cambiado {reason}"


def test_an_edited_record_is_repeated_and_the_reason_is_given(task: Task) -> None:
    write_run(task.folder, LSTM.record, LSTM.arrays)
    path = task.folder / RECORD_FILE
    path.write_text(path.read_text().replace('"seed": 1', '"seed": 4'))
    reason = reason_to_run(task)
    assert reason is not None
    assert reason.startswith(f"el registro no sirve: {path}: se esperaba un registro sin modificar")


def test_a_record_without_its_arrays_is_repeated(task: Task) -> None:
    write_run(task.folder, LSTM.record, LSTM.arrays)
    (task.folder / ARRAYS_FILE).unlink()
    assert str(reason_to_run(task)).startswith(f"el registro no sirve: {task.folder / ARRAYS_FILE}: ")


# --- one run -----------------------------------------------------------------------------


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training that ends at once with the results of ``LSTM``."""
    monkeypatch.setattr(runtime, "limit_threads", lambda: None)
    monkeypatch.setattr(runs, "_measure", lambda task, progress: (LSTM.record, LSTM.arrays))


@pytest.mark.usefixtures("measured")
def test_a_finished_run_leaves_its_record_and_no_work(task: Task) -> None:
    execute(task, lambda **event: None)
    assert read_run(task.folder).record == LSTM.record
    assert not (task.folder / WORK).exists()


def test_an_unfinished_run_says_what_it_is(
    task: Task, measured: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(task: Task, progress: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(runs, "_measure", killed)
    with pytest.raises(KeyboardInterrupt):
        execute(task, lambda **event: None)
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

    def look(task: Task, progress: object) -> tuple:
        seen.extend(path.name for path in (task.folder / WORK).iterdir())
        return LSTM.record, LSTM.arrays

    monkeypatch.setattr(runs, "_measure", look)
    execute(task, lambda **event: None)
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
        execute(task, lambda **event: None)
    assert str(error.value) == (
        f"LSTM, semilla 1: se esperaba ser el único proceso en {task.folder}, se encontró otro entrenando; "
        "espere a que acabe o deténgalo."
    )
    assert not (task.folder / RECORD_FILE).exists()
    assert (task.folder / WORK / "backup").exists()

    holder.kill()
    holder.wait()
    execute(task, lambda **event: None)
    assert (task.folder / RECORD_FILE).exists()


# --- all runs ----------------------------------------------------------------------------


def use_program(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Start ``script`` where an experiment would be started."""
    program = folder / "program"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))


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
    started = tmp_path / "started"
    os.mkfifo(started)
    # the second seed waits until the first has started, and dies; the first would take its time
    use_program(
        monkeypatch,
        tmp_path,
        f'case "$*" in *"--seed 1"*) echo $$ > {started}; exec sleep 20;; esac\n'
        f'read pid < {started}; echo "{{\\"other\\": $pid}}"; exit 3',
    )
    other = replace(changed(task, seed=2), name="lstm/seed-2")
    events: list[dict] = []
    begun = time.monotonic()
    with pytest.raises(TrainError, match=r"LSTM, semilla 2: .* el código de salida 3"):
        run_all([task, other], 2, lambda task, event: events.append(event))
    with pytest.raises(ProcessLookupError):
        os.kill(events[0]["other"], signal.SIGCONT)
    assert time.monotonic() - begun < 10


def test_no_more_runs_at_once_than_asked_for(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    busy = tmp_path / "busy"
    use_program(monkeypatch, tmp_path, f"mkdir {busy} || exit 5; sleep 0.05; rmdir {busy}")
    tasks = [replace(changed(task, seed=seed), name=f"lstm/seed-{seed}") for seed in (1, 2, 3)]
    run_all(tasks, 1, lambda task, event: None)  # two at once would collide


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
