"""Doing the runs side by side, and what happens to one that ends badly. Nothing is trained here:
a short shell script stands where Python would run the experiment, or a toy is run."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pytest
import toys
from planned import renamed, toy_task

from experiments.errors import TrainError
from experiments.records.storage import read_run
from experiments.running import processes
from experiments.running.processes import LOG_FILE, Processes, run_here
from experiments.running.task import Task

pytestmark = pytest.mark.usefixtures("only_toys")

READ = "task=$(cat); "  # all programs are given one


@pytest.fixture
def task(tmp_path: Path) -> Task:
    return toy_task(tmp_path)


def use_program(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Start ``script`` where an experiment would be started."""
    program = folder / "program"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))


def of_seed(seed: int, then: str) -> str:
    """Shell commands: ``then`` if the task is of ``seed``."""
    return f'{READ}case "$task" in *\'"seed":{seed},\'*) {then};; esac'


def take_time(finished: Path) -> str:
    """Shell commands that take their time and then create ``finished``."""
    return f"sleep 20 > {os.devnull}; echo > {finished}; exit"  # a stopped shell leaves `sleep` behind


def run_one(task: Task) -> list[dict]:
    """The events that ``task`` sends."""
    events: list[dict] = []
    run_here([task], 1, lambda task, event: events.append(event))
    return events


# --- the task and what it tells ----------------------------------------------------------


def test_a_run_is_started_with_all_that_it_needs(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    """The task by the standard input, whatever letters are in it."""
    given = tmp_path / "given"
    echo = """printf '{"arguments": "%s", "threads": %s, "gpus": "%s"}\\n' """
    use_program(
        monkeypatch,
        tmp_path,
        f'cat > {given}; {echo} "$*" "$OMP_NUM_THREADS" "$CUDA_VISIBLE_DEVICES"',
    )
    task = task.model_copy(update={"files": {"words": tmp_path / "añadidas €.txt"}})
    expected = {"arguments": "-m experiments run", "threads": 1, "gpus": "-1"}
    assert run_one(task) == [expected]
    assert Task.model_validate_json(given.read_bytes()) == task

    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "3")  # the one that the user wants
    gpu = renamed(task, "toy-gpu/seed-1", device="gpu")
    assert run_one(gpu) == [expected | {"gpus": "3"}]
    assert Task.model_validate_json(given.read_bytes()) == gpu


def test_events_arrive_and_noise_goes_to_the_log(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    script = """echo '{"epoch": 1}'; echo noise >&2; sleep 0.1; echo 'a library says'; echo 3; sleep 0.1"""
    use_program(monkeypatch, tmp_path, f"""{READ}{script}; echo '{{"epoch": 2}}'""")
    assert run_one(task) == [{"epoch": 1}, {"epoch": 2}]
    assert (task.folder / LOG_FILE).read_text() == "noise\na library says\n3\n"


@pytest.mark.parametrize(
    ("script", "code", "last"),
    [
        (f"{READ}echo first >&2; echo 'Killed by hand' >&2; exit 7", "7", "Killed by hand"),
        (f"{READ}exit 1", "1", "sin mensaje"),
        (f"{READ}kill -9 $$", "-9", "sin mensaje"),
        ("exec 0<&-; exit 5", "5", "sin mensaje"),  # before it reads what it must do
    ],
)
def test_a_dead_run_is_named_with_its_exit_code_and_its_log(
    task: Task, tmp_path: Path, monkeypatch: Any, script: str, code: str, last: str
) -> None:
    use_program(monkeypatch, tmp_path, script)
    # more than a pipe holds: it cannot be written whole unless it is read
    task = task.model_copy(update={"files": {"words": Path("a" * 200_000)}})
    (task.folder).mkdir(parents=True)
    (task.folder / LOG_FILE).write_text("of an earlier attempt\n")
    with pytest.raises(TrainError) as error:
        run_one(task)
    assert str(error.value) == (
        f"Juguete, semilla 1: se esperaba que terminara, se encontró el código de salida {code} («{last}»); "
        f"mire {task.folder}/train.log y repita la orden: seguirá donde quedó."
    )


def test_a_run_that_explains_itself_is_quoted(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    use_program(monkeypatch, tmp_path, READ + """echo '{"error": "No queda sitio."}'; exit 2""")
    with pytest.raises(TrainError, match=r"^No queda sitio\.$"):
        run_one(task)


def test_what_another_process_prints_there_is_not_lost(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    """It may hold the run: its log is the same file."""
    task.folder.mkdir(parents=True)
    with (task.folder / LOG_FILE).open("a") as others:
        print("the other's first line", file=others, flush=True)
        use_program(monkeypatch, tmp_path, READ + """echo '{"error": "Ocupada."}'; echo mine >&2; exit 2""")
        with pytest.raises(TrainError, match=r"^Ocupada\.$"):
            run_one(task)
        print("the other's second line", file=others, flush=True)
    assert (task.folder / LOG_FILE).read_text() == "the other's first line\nmine\nthe other's second line\n"


def test_a_real_run_reads_its_task_and_leaves_its_record(
    task: Task, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sys, "executable", str(toys.write_program(tmp_path)))
    rule = toy_task(tmp_path, seed=0, config=toys.RuleConfig(width=1))
    needs = {"toy": task.name, "rule": rule.name}
    measure = toy_task(tmp_path, config=toys.MeasureConfig(), needs=needs)
    events: list[tuple[str, dict]] = []
    run_here([measure, task, rule], 2, lambda task, event: events.append((task.kind, event)))
    assert read_run(measure.folder).record.ratio == 6 / 10
    assert [event["epoch"] for kind, event in events if kind == "toy"] == [1, 2, 3]
    assert events[-1] == ("measure", {"phase": "medida", "done": 1.0})
    assert (task.folder / LOG_FILE).read_text() == ""


# --- several -----------------------------------------------------------------------------


def test_one_dead_run_stops_the_others(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    started, finished = tmp_path / "started", tmp_path / "finished"
    os.mkfifo(started)
    # the second seed waits until the first has started, and dies; the first would take its time
    use_program(
        monkeypatch,
        tmp_path,
        of_seed(1, f"echo $$ > {started}; {take_time(finished)}")
        + f'\nread pid < {started}; echo "{{\\"other\\": $pid}}"; exit 3',
    )
    other = renamed(task, "toy/seed-2", seed=2)
    events: list[dict] = []
    with pytest.raises(TrainError, match=r"Juguete, semilla 2: .* el código de salida 3"):
        run_here([task, other], 2, lambda task, event: events.append(event))
    with pytest.raises(ProcessLookupError):
        os.kill(events[0]["other"], signal.SIGCONT)
    assert not finished.exists()


def test_a_run_that_is_being_started_is_stopped_too(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    finished = tmp_path / "finished"
    use_program(monkeypatch, tmp_path, of_seed(1, take_time(finished)) + "; exit 3")
    start = subprocess.Popen

    def slow_start(command: list[str], **options: Any) -> subprocess.Popen:
        process = start(command, **options)
        if options["stderr"].name.endswith("seed-1/train.log"):
            time.sleep(0.5)  # the second seed dies meanwhile
        return process

    monkeypatch.setattr(subprocess, "Popen", slow_start)
    other = renamed(task, "toy/seed-2", seed=2)
    with pytest.raises(TrainError, match="Juguete, semilla 2"):
        run_here([other, task], 2, lambda task, event: None)
    assert not finished.exists()


def test_nothing_is_started_once_all_is_stopped(tmp_path: Path) -> None:
    processes = Processes()
    processes.stop()
    with pytest.raises(CancelledError):
        processes.start(["touch", str(tmp_path / "started")])
    assert not list(tmp_path.iterdir())


def test_no_more_runs_at_once_than_asked_for(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    busy = tmp_path / "busy"
    use_program(monkeypatch, tmp_path, f"{READ}mkdir {busy} || exit 5; sleep 0.05; rmdir {busy}")
    tasks = [renamed(task, f"toy/seed-{seed}", seed=seed) for seed in (1, 2, 3)]
    run_here(tasks, 1, lambda task, event: None)  # two at once would collide


@pytest.mark.parametrize("wish", ["needs", "shorter"])
def test_a_run_starts_when_those_that_it_needs_are_done(
    task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wish: str
) -> None:
    monkeypatch.setattr(processes, "reason_to_do", lambda task: "no se ha ejecutado")
    order = tmp_path / "order"
    # the first seed is there until the second has gone by
    wait = of_seed(1, f"until [ -s {order} ]; do sleep 0.01; done")
    note = f"""echo "$task" | sed 's/.*"seed":\\([0-9]*\\).*/\\1/' >> {order}"""
    use_program(monkeypatch, tmp_path, f"{wait}; {note}")
    tasks = [renamed(task, f"toy/seed-{seed}", seed=seed) for seed in (1, 2)]
    update = {"needs": {"toy": "toy/seed-1"}} if wish == "needs" else {"shorter": "toy/seed-1"}
    measuring = renamed(task, "measure/seed-3", seed=3).model_copy(update=update)
    run_here([*tasks, measuring], 3, lambda task, event: None)
    assert order.read_text().split() == ["2", "1", "3"]


def test_what_needs_no_new_measurement_is_not_started(
    task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def valid(task: Task) -> str | None:
        asked.append((task.name, (tmp_path / "done").exists()))
        return "no se ha ejecutado" if task.name == "toy/seed-1" else None

    monkeypatch.setattr(processes, "reason_to_do", valid)
    use_program(monkeypatch, tmp_path, f"{READ}mkdir {tmp_path}/done")  # a second start would fail
    measuring = renamed(task, "measure/seed-1").model_copy(update={"needs": {"toy": "toy/seed-1"}})
    events: list[tuple[str, dict]] = []
    run_here([measuring, task], 2, lambda task, event: events.append((task.name, event)))
    assert asked == [("toy/seed-1", False), ("measure/seed-1", True)]  # once what it needs was done
    assert events == [("measure/seed-1", {"done": 1.0, "state": "completa y válida, no se repite"})]


def test_what_another_process_has_done_since_the_plan_is_not_done_again(
    task: Task, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sys, "executable", str(toys.write_program(tmp_path)))
    run_one(task)
    use_program(monkeypatch, tmp_path, "exit 5")
    assert run_one(task) == [{"done": 1.0, "state": "completa y válida, no se repite"}]
    (task.folder / toys.WEIGHTS / "0.txt").unlink()  # which somebody is going to measure
    with pytest.raises(TrainError, match="se encontró el código de salida 5"):
        run_one(task)


def test_nothing_is_measured_of_a_dead_run(task: Task, tmp_path: Path, monkeypatch: Any) -> None:
    use_program(monkeypatch, tmp_path, f"{READ}echo . >> {tmp_path}/started; exit 3")
    measuring = renamed(task, "measure/seed-1").model_copy(update={"needs": {"toy": "toy/seed-1"}})
    with pytest.raises(TrainError):
        run_here([task, measuring], 2, lambda task, event: None)
    assert (tmp_path / "started").read_text() == ".\n"


# --- two commands at once ----------------------------------------------------------------


def test_a_second_command_is_told_which_run_is_held_and_the_first_goes_on(tmp_path: Path) -> None:
    go_on, program = tmp_path / "go-on", str(toys.write_program(tmp_path))
    results = tmp_path / "results"
    command = [program, "-m", "experiments", "train", "--seeds=1", "--jobs=1", f"--results={results}"]

    def start(**environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, cwd=tmp_path, env=os.environ | environment, stdout=-1, stderr=-1, text=True
        )

    def held(name: str) -> bool:
        return (results / name / "unfinished" / toys.WEIGHTS / "0.txt").exists()

    with start(**{toys.WAIT: str(go_on)}) as first:
        # the rule takes no time; the toy waits at its first step
        while not held("toy/seed-1"):
            assert first.poll() is None
            time.sleep(0.02)
        log = results / "toy/seed-1" / LOG_FILE
        log.write_text("of the first\n")
        with start() as second:
            out, err = second.communicate(timeout=20)
        assert second.returncode == 2
        assert err == (
            f"Juguete, semilla 1: se esperaba ser el único proceso en {results}/toy/seed-1, se encontró otro "
            "entrenando; espere a que acabe o deténgalo.\n"
        )
        assert "Regla: completa y válida, no se repite." in out
        assert log.read_text() == "of the first\n"
        assert not (results / "manifest.json").exists()
        go_on.touch()
        out, err = first.communicate(timeout=20)
        assert (first.returncode, err) == (0, "")
    assert json.loads((results / "manifest.json").read_text())["runs"] == [
        *("measure/seed-1", "rule", "toy/seed-1")
    ]
    assert read_run(results / "toy/seed-1").record.total == 6
