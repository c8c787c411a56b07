"""Which runs make a set of results, what each needs, and which of them must be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from experiments import datasets, runtime
from experiments.datasets import Digits, Imdb
from experiments.probe_reviews import ProbeReviews, make_probe
from experiments.profiles import config_of
from experiments.records import (
    RECORD_FILE,
    WORK,
    Config,
    DataInfo,
    GanConfig,
    Identity,
    Kind,
    ProbeConfig,
    Profile,
    RecordError,
    Run,
    code_digest,
    differences,
    read_run,
)

Architecture = Literal["convolutional", "dense"]
ARCHITECTURES: tuple[Architecture, ...] = ("convolutional", "dense")
DEFAULT_ARCHITECTURE = GanConfig().architecture

ON_REVIEWS: tuple[Kind, ...] = ("lstm", "linear", "memory")
ON_DIGITS: tuple[Kind, ...] = ("gan", "judge", "readability")
NEEDS: dict[Kind, tuple[Kind, ...]] = {"memory": ("lstm", "linear"), "readability": ("gan", "judge")}
SHARED = ("linear", "judge")  # one serves all seeds
SHARED_SEED = 0

IDENTITY_FILE = "identity.json"
VALID = "completa y válida, no se repite"
NAMES: dict[Kind, str] = {
    "lstm": "LSTM",
    "gan": "GAN",
    "linear": "Modelo lineal",
    "memory": "Memoria",
    "probe": "Sonda de memoria",
    "judge": "Juez",
    "readability": "Legibilidad",
}

Data = Imdb | Digits | ProbeReviews
Source = tuple[Path | None, DataInfo]  # where the data are and which they are


@dataclass(frozen=True)
class Task:
    """One run: what it is, where its data are (None: built in), where its record goes, and the
    names of the runs that it measures. The identity lacks their digests until ``settle``."""

    kind: Kind
    profile: Profile
    config: Config
    data: Path | None
    root: Path
    name: str
    identity: Identity
    architecture: Architecture | None = None  # of the GAN trained or measured
    needs: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        return self.root / self.name

    @property
    def label(self) -> str:
        name = NAMES[self.kind]
        if self.architecture == "dense":
            name += " densa" if self.kind == "gan" else " de la GAN densa"
        return name if self.kind in SHARED else f"{name}, semilla {self.identity.seed}"


def load_data(kind: Kind, profile: Profile, path: Path | None) -> Data:
    """What a run of ``kind`` reads; the probe makes its own reviews."""
    config = config_of(kind, profile)
    if isinstance(config, ProbeConfig):
        return make_probe(config)
    return datasets.load_imdb(path) if kind in ON_REVIEWS else datasets.load_mnist(path)


def plan(
    kind: Kind,
    seed: int,
    profile: Profile,
    architecture: Architecture | None,
    data: Path | None,
    info: DataInfo,
    root: Path,
) -> Task:
    """The task of one seed; without an ``architecture``, the GAN is the profile's."""
    config = config_of(kind, profile, architecture)
    gan = config_of("gan", profile, architecture)
    assert isinstance(gan, GanConfig)

    def name(kind: Kind) -> str:
        """Folders are named after all that tells one set of results from another, so that a
        quick look or a run on the sample leaves the full results alone."""
        parts: list[str] = [kind]
        if kind in ("gan", "readability") and gan.architecture != DEFAULT_ARCHITECTURE:
            parts.append(gan.architecture)
        if profile != "full":
            parts.append(profile)
        if info.is_sample:
            parts.append("sample")
        return "-".join(parts) + ("" if kind in SHARED else f"/seed-{seed}")

    identity = Identity(
        kind=kind,
        seed=seed,
        config=config,
        data_digest=info.digest,
        code_digest=code_digest(kind),
        libraries=runtime.library_versions(),
    )
    return Task(
        kind,
        profile,
        config,
        data,
        root,
        name(kind),
        identity,
        architecture=gan.architecture if kind in ("gan", "readability") else None,
        needs=tuple(name(needed) for needed in NEEDS.get(kind, ())),
    )


def plan_all(
    profile: Profile,
    seeds: list[int],
    architecture: Architecture | None,
    sources: Mapping[Kind, Source],
    root: Path,
) -> list[Task]:
    """All runs of a set of results: those that others need before those others, and of each sort
    the longest first, so that the cores are busy until the end. ``sources`` has the data of
    each kind. A convolutional GAN is compared with the dense one."""
    gan = config_of("gan", profile, architecture)
    assert isinstance(gan, GanConfig)
    gans = ARCHITECTURES if gan.architecture == "convolutional" else (gan.architecture,)

    def all_seeds(kind: Kind, architecture: Architecture | None = None) -> list[Task]:
        chosen = [SHARED_SEED] if kind in SHARED else seeds
        return [plan(kind, seed, profile, architecture, *sources[kind], root) for seed in chosen]

    return [
        *all_seeds("gan", gans[0]),
        *all_seeds("judge"),
        *all_seeds("lstm"),
        *all_seeds("probe"),
        *(task for other in gans[1:] for task in all_seeds("gan", other)),
        *all_seeds("linear"),
        *(task for each in gans for task in all_seeds("readability", each)),
        *all_seeds("memory"),
    ]


# --- what must be done -------------------------------------------------------------------


def needed_runs(task: Task) -> list[Run]:
    """The finished runs that ``task`` measures.

    Raises:
        RecordError: one that is missing or cannot be used.
    """
    return [read_run(task.root / name, name) for name in task.needs]


def settle(task: Task) -> Task:
    """``task`` with the digests of what it measures.

    Raises:
        RecordError: as ``needed_runs``.
    """
    upstream = {run.name: run.record.arrays_digest for run in needed_runs(task)}
    return replace(task, identity=task.identity.model_copy(update={"upstream": upstream}))


def reason_to_run(task: Task) -> str | None:
    """Why ``task``, whose needs are done, must be run, in Spanish; None if its record is complete
    and still valid."""
    task = settle(task)
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


def select_pending(tasks: list[Task], say: Callable[[str], None]) -> list[Task]:
    """Those of ``tasks`` that must be done, or may have to be once what they need has been."""
    pending: list[Task] = []
    for task in tasks:
        waiting = [other.label for other in pending if other.name in task.needs]
        if waiting:
            state: str | None = f"depende de {' y '.join(waiting)}"
        else:
            state = reason_to_run(task)
        say(f"{task.label}: {state or VALID}.")
        if state is not None:
            pending.append(task)
    return pending
