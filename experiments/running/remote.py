"""What a worker of a Dask cluster does with a run: it puts what the run needs in a folder of its own,
does the run there in a process of its own, as it would be done at home, and sends back what came out.

A worker calls ``do``; its arguments and what it returns are made of bytes and text alone."""

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from pydantic import Field

from experiments.causes import cause
from experiments.data import travel
from experiments.data.source import Source
from experiments.errors import SettingsError, TrainError
from experiments.records.base import Sha256, Strict
from experiments.records.closure import code_digest_of
from experiments.records.files import file_digest, write_atomically
from experiments.records.identity import differences
from experiments.running.devices import expect_device
from experiments.running.environment import library_versions
from experiments.running.execution import alone
from experiments.running.parcels import pack_run, unpack_run
from experiments.running.processes import Processes, supervise
from experiments.running.task import Task

FOLDER = "experiments"  # of a worker's own, within Dask's; it stays when the worker ends
DATA, FILES, RUNS = "data", "files", "runs"
INTERVAL_S = 0.5
FETCH_S = 600.0  # hundreds of megabytes through a slow network

# A worker with several threads brings the same data only once.
_fetching = Lock()


class LostError(Exception):
    """Data were lost with the worker that had them; they must be offered again."""


class Order(Strict):
    """A run, and the digests of what it reads: its packed data, the files that its settings name, by
    setting, and the packed runs that it measures or goes on from, by name. The paths of ``task`` are
    those of the machine that sent it, and its needs are settled."""

    task: Task
    source: Sha256
    files: dict[str, Sha256] = Field(default={})
    runs: dict[str, Sha256] = Field(default={})


def key_of(digest: Sha256) -> str:
    """The name under which Dask knows a content."""
    return f"parcel-{digest}"


def do(text: str, topic: str) -> travel.Parcel:
    """Do the run of an ``Order`` on the worker that calls this; each event is told under ``topic``,
    with the run's name.

    Raises:
        TrainError: the run ended badly, or this worker would do another one; it names the worker.
        LostError: what the run reads.
    """
    from distributed import get_worker

    order, worker = Order.model_validate_json(text), get_worker()
    home = Path(worker.local_directory).parent / FOLDER
    key, label = worker.get_current_task(), order.task.label

    def tell(**event: Any) -> None:
        worker.log_event(topic, {"run": order.task.name, **event})

    def is_wanted() -> bool:
        """Not once the client has cancelled it, or is gone."""
        state = worker.state.tasks.get(key)
        return state is not None and state.state == "executing"

    try:
        _expect_the_same(order.task, worker.address)
        expect_device(order.task.identity.device)
        task = _settle_in(order, home)
        _wait_until_free(task, is_wanted)
        tell(begun=worker.address)
        processes = Processes(start_new_session=True)  # Ctrl-C at the worker is no error of the run
        with _stopped_unless(is_wanted, processes):
            supervise(task, processes, lambda task, event: tell(event=event))
        parcel = pack_run(task.folder, task.kind)
        shutil.rmtree(task.root)
    except (TrainError, SettingsError) as error:
        raise TrainError(f"{worker.address}: {error}") from error
    except OSError as error:
        raise TrainError(
            f"{label}: se esperaba poder leer y escribir en {home}, en el trabajador {worker.address}, se "
            f"encontró {cause(error)}; libere espacio o revise los permisos y repita la orden."
        ) from error
    return parcel


def _expect_the_same(task: Task, address: str) -> None:
    present = task.identity.model_copy(
        update={"code_digest": code_digest_of(task.kind), "libraries": library_versions()}
    )
    if changes := differences(task.identity, present):
        raise TrainError(
            f"{task.label}: se esperaban en este trabajador el código y las versiones de quien da la orden, "
            f"se encontró que cambia {', '.join(changes)}; iguálelos o retire el trabajador y repita la "
            "orden."
        )


def _settle_in(order: Order, home: Path) -> Task:
    """The run's task, with all that it reads in places of this worker's own. Its folder is named after
    what it is, so that an interrupted run that comes back goes on."""
    task = order.task
    root = home / RUNS / hashlib.sha256(task.identity.model_dump_json().encode()).hexdigest()
    files = {
        setting: _file(order.files[setting], path.name, home / FILES) for setting, path in task.files.items()
    }
    for name, digest in order.runs.items():
        unpack_run(_fetch(digest), root / name)
    return task.model_copy(
        update={"root": root, "source": _source(order.source, home / DATA), "files": files}
    )


def _source(digest: Sha256, folder: Path) -> Source:
    with _fetching:
        return travel.unpacked(digest, folder) or travel.unpack(_fetch(digest), folder)


def _file(digest: Sha256, name: str, folder: Path) -> Path:
    path = folder / digest / name
    with _fetching:
        if not path.is_file() or file_digest(path) != digest:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, _fetch(digest))
    return path


def _fetch(digest: Sha256) -> bytes:
    """From whichever worker has it. It is no dependency that Dask knows of: runs would be sent where
    their data lie, and most workers would stand idle.

    Raises:
        LostError: no worker has it any more.
    """
    from distributed import CancelledError, Future, get_client

    # It is offered before the run is ordered; if it is there no more, Dask says so at once. The state is
    # the scheduler's word, whatever Dask's annotation says.
    future: Future[bytes] = Future(key_of(digest), get_client(), state="memory")  # type: ignore[arg-type]
    try:
        return future.result(FETCH_S)
    except (TimeoutError, CancelledError) as error:
        raise LostError(digest) from error


def _wait_until_free(task: Task, is_wanted: Callable[[], bool]) -> None:
    """For the process of a worker that has just been killed here."""
    task.folder.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            with alone(task):
                return
        except TrainError:
            if not is_wanted():
                raise
        time.sleep(INTERVAL_S)


@contextmanager
def _stopped_unless(is_wanted: Callable[[], bool], processes: Processes) -> Iterator[None]:
    """While it lasts, ``processes`` are stopped as soon as nobody wants them."""
    ended = Event()

    def watch() -> None:
        while not ended.wait(INTERVAL_S):
            if not is_wanted():
                processes.stop()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
