"""Which runs make a set of results, which of them must be done, and doing them side by side.

A run is a process of its own with one thread. Its standard output carries JSON events,
its standard error goes to ``train.log`` in its folder.
"""

import datetime
import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from experiments import datasets, runtime
from experiments.records import (
    RECORD_FILE,
    WORK,
    DataInfo,
    GanConfig,
    GanRecord,
    Identity,
    LstmConfig,
    LstmRecord,
    Manifest,
    Profile,
    Record,
    RecordError,
    code_digest,
    differences,
    pack_arrays,
    read_run,
    write_atomically,
    write_manifest,
    write_run,
)

Kind = Literal["gan", "lstm"]
KINDS: tuple[Kind, ...] = ("gan", "lstm")  # the longest first: the cores are busy until the end

LOG_FILE = "train.log"
IDENTITY_FILE = "identity.json"

LSTM_PROFILES: dict[Profile, LstmConfig] = {
    "full": LstmConfig(),
    "quick": LstmConfig(max_reviews=5_000, max_epochs=3),
    "test": LstmConfig(  # seconds, for the tests
        vocabulary_size=500,
        sequence_length=30,
        embedding_dim=8,
        units=8,
        learning_rate=1e-2,
        max_epochs=3,
        train_eval_size=100,
        max_reviews=500,
    ),
}
GAN_PROFILES: dict[Profile, GanConfig] = {
    "full": GanConfig(),
    "quick": GanConfig(architecture="dense", iterations=1_000),
    "test": GanConfig(
        architecture="dense",
        iterations=120,
        sample_every=40,
        samples_kept=40,
        weights_every=40,
        batch_size=32,
    ),
}


class TrainError(Exception):
    """Training could not be done; the message is one Spanish sentence for the user."""


@dataclass(frozen=True)
class Task:
    """One run: what it is, where its data are (None: built-in sample), where its record goes."""

    kind: Kind
    profile: Profile
    config: LstmConfig | GanConfig
    data: Path | None
    root: Path
    name: str
    identity: Identity

    @property
    def folder(self) -> Path:
        return self.root / self.name

    @property
    def label(self) -> str:
        return f"{self.kind.upper()}, semilla {self.identity.seed}"


def plan(
    kind: Kind,
    seed: int,
    profile: Profile,
    architecture: str | None,
    data: Path | None,
    info: DataInfo,
    root: Path,
) -> Task:
    """The task of one seed. Folders are named after all that tells one set of results from
    another, so that a quick look or a run on the sample leaves the full results alone."""
    config: LstmConfig | GanConfig = LSTM_PROFILES[profile] if kind == "lstm" else GAN_PROFILES[profile]
    if kind == "gan" and architecture is not None:
        config = GanConfig.model_validate(config.model_dump() | {"architecture": architecture})
    name: list[str] = [kind]
    if isinstance(config, GanConfig) and config.architecture != GanConfig().architecture:
        name.append(config.architecture)
    if profile != "full":
        name.append(profile)
    if info.is_sample:
        name.append("sample")
    identity = Identity(
        kind=kind,
        seed=seed,
        config=config,
        data_digest=info.digest,
        code_digest=code_digest(kind),
        libraries=runtime.library_versions(),
    )
    return Task(kind, profile, config, data, root, f"{'-'.join(name)}/seed-{seed}", identity)


def reason_to_run(task: Task) -> str | None:
    """Why ``task`` must be run, in Spanish; None if its record is complete and still valid."""
    if not (task.folder / RECORD_FILE).exists():
        return "se reanuda" if resumable(task) else "no se ha ejecutado"
    try:
        record = read_run(task.folder).record
    except RecordError as error:
        return f"el registro no sirve: {error}"
    changes = differences(Identity.of(record), task.identity)
    return "ha cambiado " + ", ".join(changes) if changes else None


def resumable(task: Task) -> bool:
    """Whether an unfinished run of the very same identity was left behind."""
    try:
        stored = Identity.model_validate_json((task.folder / WORK / IDENTITY_FILE).read_text())
    except (OSError, ValidationError):
        return False
    return not differences(stored, task.identity)


# --- in the run's own process ------------------------------------------------------------


def execute(task: Task, progress: Callable[..., None]) -> None:
    """Run ``task`` from where it was left, and write its record.

    Raises:
        TrainError: another process is at the same run.
    """
    work = task.folder / WORK
    (task.folder / "weights").mkdir(parents=True, exist_ok=True)
    with _alone(task):
        if not resumable(task):
            shutil.rmtree(work, ignore_errors=True)
        work.mkdir(exist_ok=True)
        write_atomically(work / IDENTITY_FILE, task.identity.model_dump_json().encode())
        runtime.limit_threads()
        record, arrays = _measure(task, progress)
        write_run(task.folder, record, arrays)
        shutil.rmtree(work)


def _measure(task: Task, progress: Callable[..., None]) -> tuple[Record, dict]:
    seed = task.identity.seed
    if isinstance(task.config, LstmConfig):
        from experiments import lstm_imdb

        reviews = datasets.load_imdb(task.data)
        info = reviews.info
        results, arrays = lstm_imdb.run(task.config, seed, reviews, task.folder, progress)
    else:
        from experiments import gan_mnist

        digits = datasets.load_mnist(task.data)
        info = digits.info
        results, arrays = gan_mnist.run(task.config, seed, digits, task.folder, progress)
    common = {
        "seed": seed,
        "profile": task.profile,
        "config": task.config,
        "data": info,
        "environment": runtime.environment(),
        "code_digest": task.identity.code_digest,
        "arrays_digest": pack_arrays(arrays)[1],
        "finished_on": datetime.datetime.now(datetime.UTC).date(),
    }
    kind = LstmRecord if task.kind == "lstm" else GanRecord
    return kind(**common, **results), arrays


@contextmanager
def _alone(task: Task) -> Iterator[None]:
    """Hold the run's folder against a second process; the system frees it if this one dies."""
    with (task.folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TrainError(
                f"{task.label}: se esperaba ser el único proceso en {task.folder}, se encontró otro "
                "entrenando; espere a que acabe o deténgalo."
            ) from error
        yield


# --- in the process that the user started ------------------------------------------------


def run_all(tasks: list[Task], jobs: int, show: Callable[[Task, dict], None]) -> None:
    """Run ``tasks``, ``jobs`` at once, each in a process of its own; ``show`` gets each event.

    Raises:
        TrainError: a run ended badly; the others are stopped and can be resumed.
    """
    children: list[subprocess.Popen] = []
    with ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(_supervise, task, children, show) for task in tasks]
        try:
            for future in as_completed(futures):
                future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in children:
                child.terminate()
            raise


def _supervise(task: Task, children: list[subprocess.Popen], show: Callable[[Task, dict], None]) -> None:
    task.folder.mkdir(parents=True, exist_ok=True)
    command = [
        *(sys.executable, "-m", "experiments", "run", task.kind),
        *("--seed", str(task.identity.seed), "--profile", task.profile),
        *("--results", str(task.root), "--data", str(task.data or "")),
    ]
    if isinstance(task.config, GanConfig):
        command += ["--architecture", task.config.architecture]
    log = task.folder / LOG_FILE
    complaint = None
    with (
        log.open("w") as stderr,
        subprocess.Popen(
            command,
            cwd=runtime.ROOT,
            env=os.environ | runtime.ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as child,
    ):
        children.append(child)
        assert child.stdout is not None
        for line in child.stdout:
            event = json.loads(line)
            complaint = event.get("error", complaint)
            show(task, event)
        code = child.wait()
    if code != 0:
        last = (log.read_text(errors="replace").strip().splitlines() or ["sin mensaje"])[-1]
        raise TrainError(
            complaint
            or f"{task.label}: se esperaba que terminara, se encontró el código de salida {code} («{last}»); "
            f"mire {log} y repita la orden: seguirá donde quedó."
        )


def finish(root: Path, profile: Profile, tasks: list[Task]) -> None:
    """Declare ``tasks`` the complete set of results under ``root``."""
    write_manifest(root, Manifest(profile=profile, runs=tuple(sorted(task.name for task in tasks))))
