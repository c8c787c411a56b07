"""Runs that the workers of a Dask cluster do: a real scheduler and real workers on this machine, with
kinds of runs that take no time."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import toys
from machines import Machines, machines
from planned import changed, toy_task

from experiments.__main__ import main
from experiments.errors import TrainError
from experiments.records.files import file_digest
from experiments.records.storage import read_run
from experiments.running import cluster
from experiments.running.cluster import at_once, connected, run_there
from experiments.running.comparison import is_identical
from experiments.running.processes import LOG_FILE, run_here
from experiments.running.task import Task

pytestmark = pytest.mark.usefixtures("only_toys")

Events = list[tuple[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return toys.write_program(tmp_path_factory.mktemp("program"))


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler that gives a run up at the first worker that is lost with it."""
    folder = tmp_path_factory.mktemp("machines")
    with machines(folder, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as started:
        yield started


@pytest.fixture
def start(network: Machines, program: Path) -> Iterator[Callable[..., None]]:
    """Start a worker that knows the toys; afterwards there is none any more."""
    yield lambda name, **environment: network.start_with_toys(name, program, **environment)
    for name in list(network.workers):
        network.kill(name)


@pytest.fixture(autouse=True)
def with_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker takes its time to start while many tests are run at once."""
    monkeypatch.setattr(cluster, "TIMEOUT_S", 30)


@pytest.fixture(autouse=True)
def as_loud_as_before() -> Iterator[None]:
    """A client makes Dask silent."""
    names = ("distributed", "distributed.client")
    levels = {name: logging.getLogger(name).level for name in names}
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def go_on(tmp_path: Path) -> Path:
    """Toys of a worker with ``TOYS_WAIT`` wait at their first step until it exists."""
    return tmp_path / "go-on"


def until(condition: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def all_kinds(root: Path, words: Path) -> list[Task]:
    """A toy that reads a file, one that goes on from it for longer, the rule, and the measure."""
    config = {"words": words.name, "words_digest": file_digest(words)}
    files = {"words": words}
    toy = toy_task(root, config=toys.ToyConfig(**config), files=files)
    longer = toy_task(
        root,
        name="toy@longer/seed-1",
        config=toys.ToyConfig(steps=5, **config),
        files=files,
        variant="longer",
        shorter=toy.name,
    )
    rule = toy_task(root, seed=0, config=toys.RuleConfig(width=1))
    needs = {"toy": toy.name, "rule": rule.name}
    return [toy_task(root, config=toys.MeasureConfig(), needs=needs), longer, rule, toy]


def written(folder: Path) -> dict[str, bytes]:
    """What lies there but for record, arrays and log."""
    ignored = {"record.json", "arrays.npz", LOG_FILE, ".lock"}
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ignored
    }


def test_runs_are_those_of_this_machine(
    network: Machines, start: Callable, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "words.vec"
    words.write_text("one two")
    for name in ("a", "b"):
        start(name)
    told: dict[str, Events] = {"here": [], "there": []}
    with connected(network.address) as client:
        until(lambda: at_once(client) == 2)
        tasks = all_kinds(tmp_path / "there", words)
        run_there(tasks, client, lambda task, event: told["there"].append((task.name, event)))
        # what is done is not done again
        run_there(tasks[:1], client, lambda task, event: told["there"].append((task.name, event)))
    assert told["there"].pop() == (
        "measure/seed-1",
        {"done": 1.0, "state": "completa y válida, no se repite"},
    )

    monkeypatch.setattr(sys, "executable", str(program))
    run_here(
        all_kinds(tmp_path / "here", words), 2, lambda task, event: told["here"].append((task.name, event))
    )
    for name in ("measure/seed-1", "toy@longer/seed-1", "rule", "toy/seed-1"):
        here, there = (read_run(tmp_path / place / name, name) for place in ("here", "there"))
        assert is_identical(here, there)
        assert written(tmp_path / "here" / name) == written(tmp_path / "there" / name)
    assert read_run(tmp_path / "there/toy/seed-1").record.total == 1 + 2 + 3 + 3 * len("one two")
    for told_there in told.values():
        told_there.sort(key=lambda event: event[0])
    assert told["there"] == told["here"]
    assert ("toy@longer/seed-1", {"notice": "Continúa desde el final de toy/seed-1."}) in told["there"]

    stores = [network.store(name) for name in ("a", "b")]
    assert all([folder.name for folder in (store / "data").iterdir()] for store in stores)
    assert [list((store / "runs").iterdir()) for store in stores] == [[], []]


def test_a_run_goes_on_without_its_worker_and_ends_with_its_client(
    network: Machines, start: Callable, tmp_path: Path, go_on: Path
) -> None:
    """``a`` is killed while it has a run at its first step and another in line; ``b`` begins without
    any data; nothing is lost, and the run of ``a`` has not outlived it."""
    start("a", TOYS_WAIT=str(go_on))
    tasks = [toy_task(tmp_path, seed=seed) for seed in (1, 2)]
    events: Events = []

    def replace() -> None:
        until(lambda: events)
        orphans.extend(network.runs("a"))
        network.kill("a")
        start("b")

    orphans: list[Any] = []
    replacing = threading.Thread(target=replace)
    with connected(network.address) as client:
        replacing.start()
        run_there(tasks, client, lambda task, event: events.append((task.name, event)))
        replacing.join()
        (worker,) = client.nthreads()
    assert [read_run(task.folder).record.total for task in tasks] == [6, 9]
    first, second = events[0][0], ({"toy/seed-1", "toy/seed-2"} - {events[0][0]}).pop()
    shown = {name: [event for of, event in events if of == name] for name in (first, second)}
    notice = {"notice": f"Se ha perdido; la hace otra vez {worker}."}
    assert [event.get("epoch", event) for event in shown[first]] == [1, notice, 1, 2, 3]
    assert [event.get("epoch") for event in shown[second]] == [1, 2, 3]
    assert len(orphans) == 1
    assert not orphans[0].is_running()


@pytest.mark.thorough
def test_a_run_that_comes_back_to_its_worker_goes_on(
    network: Machines, start: Callable, tmp_path: Path, go_on: Path
) -> None:
    start("c", TOYS_WAIT=str(go_on))
    events: Events = []

    def restart() -> None:
        until(lambda: events)
        network.kill("c")
        start("c")

    restarting = threading.Thread(target=restart)
    with connected(network.address) as client:
        restarting.start()
        run_there([toy_task(tmp_path)], client, lambda task, event: events.append((task.name, event)))
        restarting.join()
    assert [event["epoch"] for _, event in events if "epoch" in event] == [1, 2, 3]


@pytest.mark.thorough
def test_a_run_that_takes_its_workers_along_is_given_up(
    network: Machines, start: Callable, tmp_path: Path, go_on: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "MOST_LOST", 0)
    start("d", TOYS_WAIT=str(go_on))

    def show(task: Task, event: dict[str, Any]) -> None:
        network.kill("d")

    with connected(network.address) as client, pytest.raises(TrainError) as error:
        run_there([toy_task(tmp_path)], client, show)
    assert str(error.value) == (
        "Juguete, semilla 1: se esperaba que terminara, se encontró que se perdió 1 veces el trabajador "
        "que la hacía; mire si les falta memoria y repita la orden: seguirá con lo que falte."
    )


@pytest.mark.thorough
def test_one_dead_run_stops_the_others_and_names_its_worker(
    network: Machines, start: Callable, tmp_path: Path, go_on: Path
) -> None:
    for name in ("e", "f"):
        start(name, TOYS_WAIT=str(go_on))
    killed = threading.Event()

    def show(task: Task, event: dict[str, Any]) -> None:
        names.add(task.name)
        if len(names) == 2 and not killed.is_set():
            killed.set()
            network.runs("e")[0].kill()

    names: set[str] = set()
    with connected(network.address) as client:
        until(lambda: at_once(client) == 2)
        addresses = {each["name"]: at for at, each in client.scheduler_info()["workers"].items()}
        with pytest.raises(TrainError) as error:
            run_there([toy_task(tmp_path, seed=seed) for seed in (1, 2)], client, show)
    assert str(error.value).startswith(f"{addresses['e']}: Juguete, semilla ")
    assert "se encontró el código de salida -9 («sin mensaje»)" in str(error.value)
    until(lambda: not network.runs("f"))


def test_another_code_and_other_versions_are_refused(
    network: Machines, start: Callable, tmp_path: Path
) -> None:
    others = tmp_path / "others"
    (others / "scipy-0.0.1.dist-info").mkdir(parents=True)
    (others / "scipy-0.0.1.dist-info/METADATA").write_text("Name: scipy\nVersion: 0.0.1\n")
    source = Path(toys.__file__).read_text()
    (others / "toys.py").write_text(f"{source}\nCHANGED = 1\n")
    path = os.pathsep.join(
        map(str, (others, Path(toys.__file__).parent, cluster.__file__.split("/exper")[0]))
    )
    start("g", PYTHONPATH=path)
    task = toy_task(tmp_path)
    with connected(network.address) as client:
        (address,) = client.nthreads()
        with pytest.raises(TrainError) as error:
            run_there([task], client, lambda task, event: None)
    message, ours = str(error.value), task.identity
    assert message.startswith(
        f"{address}: Juguete, semilla 1: se esperaban en este trabajador el código y las versiones de quien "
        f"da la orden, se encontró que cambia el código del experimento (huella {ours.code_digest[:12]} → "
    )
    assert message.endswith(
        f"), la versión de scipy ({ours.libraries['scipy']} → 0.0.1); iguálelos o retire el trabajador y "
        "repita la orden."
    )
    assert [path.name for path in task.folder.iterdir()] == [".lock"]


def test_a_lost_scheduler_is_one_sentence(program: Path, tmp_path: Path, go_on: Path) -> None:
    with machines(tmp_path) as network:
        network.start_with_toys("i", program, TOYS_WAIT=str(go_on))
        with connected(network.address) as client, pytest.raises(TrainError) as error:
            run_there([toy_task(tmp_path)], client, lambda task, event: network.kill_scheduler())
    assert str(error.value) == (
        "Juguete, semilla 1: se esperaba que terminara, se perdió el planificador de Dask; arránquelo y "
        "repita la orden: seguirá con lo que falte."
    )


@pytest.mark.thorough
def test_what_comes_back_must_be_what_was_asked_for(
    network: Machines, start: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that sent something else would be believed otherwise."""
    start("h")
    monkeypatch.setattr(
        cluster.There,
        "_order",
        lambda self, task, order=cluster.There._order: order(self, changed(task, seed=2)),
    )
    task = toy_task(tmp_path)
    with (
        connected(network.address) as client,
        pytest.raises(TrainError, match=r"la semilla \(toy 1 → toy 2\)"),
    ):
        run_there([task], client, lambda task, event: None)
    assert not (task.folder / "record.json").exists()


# --- the command -------------------------------------------------------------------------


def train(program: Path, address: str, results: Path) -> subprocess.Popen[str]:
    """As from a terminal: what ignores Ctrl-C, as tests in the background do, hands that down."""
    options = ["--seeds=1", f"--cluster={address}", f"--results={results}"]
    return subprocess.Popen(
        [program, "-m", "experiments", "train", *options],
        cwd=results.parent, stdout=-1, stderr=-1, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip


def test_an_interrupted_command_leaves_nothing_behind_and_goes_on_when_repeated(
    network: Machines, start: Callable, program: Path, tmp_path: Path, go_on: Path
) -> None:
    start("i", TOYS_WAIT=str(go_on))
    for end, code, epoch in ((signal.SIGINT, 2, 1), (signal.SIGKILL, -9, 2)):
        with train(program, network.address, tmp_path / "results") as client:
            assert client.stdout is not None
            shown = next(line for line in client.stdout if "época" in line)
            client.send_signal(end)
            _, err = client.communicate(timeout=20)
        assert shown.startswith(f"Juguete, semilla 1: época {epoch} · ")
        assert client.returncode == code
        assert err == ("Interrumpido: la próxima vez seguirá donde quedó.\n" if code == 2 else "")
        until(lambda: not network.runs("i"))
    go_on.touch()
    with train(program, network.address, tmp_path / "results") as client:
        out, err = client.communicate(timeout=40)
    assert (client.returncode, err) == (0, "")
    assert "Juguete, semilla 1: época 3 · " in out
    assert "época 2" not in out  # it had been done
    assert read_run(tmp_path / "results/measure/seed-1").record.ratio == 0.6


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of somebody who answers nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Callable[..., str]:
    """What the command says, which must be one sentence before any data are looked for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cluster, "TIMEOUT_S", 0.5)

    def say(*options: str) -> str:
        assert main(["train", *options]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert not list(tmp_path.iterdir())
        return str(err).removesuffix("\n")

    return say


def test_a_scheduler_that_does_not_answer(silent: str, refused: Callable[..., str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    for address in (silent, closed, "tcp://no-such-host.invalid:8786"):
        assert refused(f"--cluster={address}") == (
            f"CLUSTER: se esperaba un planificador de Dask en {address}, no se encontró; arránquelo o revise "
            "la dirección."
        )


def test_a_scheduler_without_workers(network: Machines, refused: Callable[..., str]) -> None:
    assert refused(f"--cluster={network.address}") == (
        f"CLUSTER: se esperaban trabajadores en {network.address}, no se encontró ninguno; arranque en cada "
        f"máquina, en la carpeta del proyecto, «dask worker {network.address}»."
    )


def test_without_the_library(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert refused("--cluster=local:2") == (
        "CLUSTER: se esperaba la biblioteca distributed, no se encontró; instálela con «.venv/bin/python -m "
        "pip install -c constraints.txt distributed» o quite CLUSTER."
    )


@pytest.mark.parametrize(
    "value", ["", "local", "local:0", "local:x", "host:8786", "tcp://host", "http://a:1"]
)
def test_a_cluster_that_is_none(value: str, refused: Callable[..., str]) -> None:
    assert refused(f"--cluster={value}").startswith(
        "CLUSTER: se esperaba la dirección de un planificador de Dask, como tcp://maquina:8786, o "
    )
    assert f"se encontró «{value}»; " in refused(f"--cluster={value}")


def test_how_many_at_once_is_not_asked_twice(refused: Callable[..., str]) -> None:
    assert refused("--cluster=local:2", "--jobs=3").startswith("JOBS: se esperaba sin CLUSTER, ")
    assert "se encontró «3»" in refused("--cluster=local:2", "--jobs=3")
