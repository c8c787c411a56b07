"""Runs on other machines, that Dask brings together. What a run needs travels with it as bytes, and so
does what comes out of it: the machines have no disk in common."""

import asyncio
import hashlib
import logging
import re
import signal
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from experiments.data import travel
from experiments.data.sets import DataError
from experiments.data.source import Source
from experiments.errors import SettingsError, TrainError
from experiments.records.base import RecordError, Sha256
from experiments.records.storage import RECORD_FILE
from experiments.running.execution import alone
from experiments.running.parcels import pack_run, receive
from experiments.running.plan import VALID
from experiments.running.processes import Show
from experiments.running.remote import LostError, Order, key_of
from experiments.running.runner import run_all
from experiments.running.task import Task, reason_to_do, settle
from experiments.running.unfinished import finish

if TYPE_CHECKING:
    from distributed import Client, Future

TIMEOUT_S = 5  # for the scheduler to answer and for a worker to be there
# Workers that may be lost while they do a run, until it is taken for the cause.
MOST_LOST = 3

LOCAL = re.compile(r"local:([1-9]\d{0,2})")
ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:\d{1,5}")


@contextmanager
def connected(cluster: str) -> Iterator["Client"]:
    """A client of the scheduler at ``tcp://host:port``, which has workers; or, for ``local:4``, of one
    that lasts as long with four workers on this machine.

    Raises:
        SettingsError: it is neither, the library is missing, nobody answers or there are no workers.
    """
    local = LOCAL.fullmatch(cluster)
    if not local and not ADDRESS.fullmatch(cluster):
        raise SettingsError(
            "CLUSTER: se esperaba la dirección de un planificador de Dask, como tcp://maquina:8786, o "
            f"cuántos procesos de esta, como local:4, se encontró «{cluster}»; escriba una de las dos."
        )
    try:
        import distributed
    except ImportError as error:
        raise SettingsError(
            "CLUSTER: se esperaba la biblioteca distributed, no se encontró; instálela con "
            "«.venv/bin/python -m pip install -c constraints.txt distributed» o quite CLUSTER."
        ) from error
    for name in ("distributed", "distributed.client"):  # what goes wrong is said in one sentence
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        place: Any = cluster
        try:
            if local:
                with _uninterrupted():
                    workers = {"n_workers": int(local[1]), "threads_per_worker": 1}
                    place = distributed.LocalCluster(
                        **workers, dashboard_address=None, silence_logs=logging.CRITICAL
                    )
                stack.enter_context(place)
            else:
                asyncio.run(_expect_answer(cluster))
            client = stack.enter_context(distributed.Client(place, timeout=TIMEOUT_S, set_as_default=False))
        except OSError as error:
            raise SettingsError(
                f"CLUSTER: se esperaba un planificador de Dask en {cluster}, no se encontró; arránquelo o "
                "revise la dirección."
            ) from error
        try:
            client.wait_for_workers(1, timeout=TIMEOUT_S)
        except TimeoutError as error:
            raise SettingsError(
                f"CLUSTER: se esperaban trabajadores en {cluster}, no se encontró ninguno; arranque en cada "
                f"máquina, en la carpeta del proyecto, «dask worker {cluster}»."
            ) from error
        yield client


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C goes to all processes of a terminal. Those that are started meanwhile never hear of it: they
    end when this one ends them."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


async def _expect_answer(address: str) -> None:
    """A client would wait for ever for whoever takes the call and then says nothing.

    Raises:
        OSError, TimeoutError: none within the time.
    """
    from distributed.comm.core import connect
    from distributed.security import Security

    options = Security().get_connection_args("client")
    comm = await asyncio.wait_for(connect(address, timeout=TIMEOUT_S, **options), TIMEOUT_S)
    await comm.close()


def at_once(client: "Client") -> int:
    """How many runs the workers do at once, at present."""
    return sum(client.nthreads().values())


def run_there(tasks: Sequence[Task], client: "Client", show: Show) -> None:
    """Run ``tasks`` on the workers of ``client``, which decide how many at once; otherwise as
    ``run_all``. ``show`` gets each event."""
    # A thread for each run: it only waits, and whose turn it is the scheduler decides.
    with ThreadPoolExecutor(max(1, len(tasks))) as pool:
        run_all(tasks, pool, There(client, show))


class There:
    """The workers of a Dask cluster, as a place where runs are done."""

    def __init__(self, client: "Client", show: Show) -> None:
        self._client, self._show = client, show
        self._tasks: dict[str, Task] = {}
        self._begun: Counter[str] = Counter()
        self._places = count()  # in line
        # What no run in line needs any more, the workers need not keep.
        self._offered: WeakValueDictionary[Sha256, Future[bytes]] = WeakValueDictionary()
        self._waited_for: set[Future[Any]] = set()
        self._stopped = False
        self._lock = Lock()
        self._sending = Lock()
        self._packed = cache(travel.pack)
        self._topic = f"experiments-{uuid.uuid4().hex}"
        client.subscribe_topic(self._topic, self._hear)

    def do(self, task: Task) -> None:
        place, task = next(self._places), settle(task)
        if reason_to_do(task) is None:
            self._show(task, {"done": 1.0, "state": VALID})
            return
        self._tasks[task.name] = task
        task.folder.mkdir(parents=True, exist_ok=True)
        with alone(task):
            if not finish(task, lambda **event: self._show(task, event)):
                receive(task, self._done_there(task, place))

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            waited_for = list(self._waited_for)
        self._client.cancel(waited_for)

    def _done_there(self, task: Task, place: int) -> travel.Parcel:
        """What came out of the run. If its worker is lost, it is done again by another.

        Dask gives a run up when some workers were lost that had it, but it counts those too where it
        only stood in line: a worker that dies would spend the retries of all. So how often one had
        begun is counted here, and Dask's verdict only ends a try.
        """
        from distributed.scheduler import KilledWorker

        while True:
            order, offered = self._order(task)
            future = self._submit(order, place)
            try:
                return travel.Parcel(*future.result())
            except LostError:
                continue
            except KilledWorker as error:
                if self._begun[task.name] > MOST_LOST:
                    raise TrainError(
                        f"{task.label}: se esperaba que terminara, se encontró que se perdió "
                        f"{self._begun[task.name]} veces el trabajador que la hacía; mire si les falta "
                        "memoria y repita la orden: seguirá con lo que falte."
                    ) from error
            except CancelledError as error:
                if self._stopped:
                    raise
                raise TrainError(
                    f"{task.label}: se esperaba que terminara, se perdió el planificador de Dask; arránquelo "
                    "y repita la orden: seguirá con lo que falte."
                ) from error
            except (TrainError, DataError, RecordError):
                raise
            except Exception as error:
                found = f"{type(error).__name__}: {error}"
                raise TrainError(
                    f"{task.label}: se esperaba que un trabajador la hiciera, se encontró «{found}»; "
                    "arranque los trabajadores en la carpeta del proyecto y con el mismo Python, y repita "
                    "la orden."
                ) from error
            finally:
                del offered  # held until now
                with self._lock:
                    self._waited_for.discard(future)

    def _submit(self, order: Order, place: int) -> "Future[Any]":
        with self._lock:
            if self._stopped:
                raise CancelledError
            key = f"{order.task.name}-{uuid.uuid4().hex}"
            future = self._client.submit(
                _by_value(), order.model_dump_json(), self._topic, key=key, priority=-place
            )
            self._waited_for.add(future)
        return future

    def _order(self, task: Task) -> tuple[Order, list["Future[bytes]"]]:
        """The order to do ``task``, and what it needs, which is with the workers as long as it is held."""
        offered: list[Future[bytes]] = []

        def offer(parcel: travel.Parcel) -> Sha256:
            offered.append(self._offer(parcel))
            return parcel.digest

        kinds = {name: kind for kind, name in task.needs.items()}
        if task.shorter and (task.root / task.shorter / RECORD_FILE).exists():
            kinds[task.shorter] = task.kind
        order = Order(
            task=task,
            source=offer(self._pack(task.source)),
            files={setting: offer(_read(path)) for setting, path in task.files.items()},
            runs={name: offer(pack_run(task.root / name, kind)) for name, kind in kinds.items()},
        )
        return order, offered

    def _pack(self, source: Source) -> travel.Parcel:
        with self._sending:  # once, although many ask
            return self._packed(source)

    def _offer(self, parcel: travel.Parcel) -> "Future[bytes]":
        """One worker gets it, the others bring it from there; again, if that one has been lost."""
        with self._sending:
            future = self._offered.get(parcel.digest)
            if future is None or future.status != "finished":
                key = key_of(parcel.digest)
                future = self._client.scatter({key: parcel.content})[key]
                self._offered[parcel.digest] = future
        return future

    def _hear(self, told: tuple[float, dict[str, Any]]) -> None:
        """Dask calls it in order, in a thread of its own."""
        message = told[1]
        task = self._tasks[message["run"]]
        if "event" in message:
            self._show(task, message["event"])
            return
        self._begun[task.name] += 1
        if self._begun[task.name] > 1:
            self._show(task, {"notice": f"Se ha perdido; la hace otra vez {message['begun']}."})


def _read(path: Path) -> travel.Parcel:
    content = path.read_bytes()
    return travel.Parcel(content, hashlib.sha256(content).hexdigest())


def _by_value() -> Callable[[str, str], Any]:
    """What a worker calls. It is a function within a function, which travels whole and not by its name:
    the scheduler need not have the project, and a worker need only have been started in its folder."""

    def do(order: str, topic: str) -> Any:
        import os
        import sys
        from importlib import import_module

        from distributed import get_worker

        if os.getcwd() not in sys.path:
            sys.path.insert(0, os.getcwd())
        try:
            remote = import_module("experiments.running.remote")
        except ImportError as error:
            raise ImportError(f"{get_worker().address}: {error}") from error
        return tuple(remote.do(order, topic))

    return do
