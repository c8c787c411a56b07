"""One run that is to be done, and whether it has been done."""

from pathlib import Path
from typing import Any

from pydantic import Field

from experiments.data.source import Source
from experiments.kinds.registry import KINDS
from experiments.records.base import WORK, Profile, RecordError, Run, Strict
from experiments.records.identity import Identity, differences
from experiments.records.storage import RECORD_FILE, read_run
from experiments.running import left

IDENTITY_FILE = "identity.json"
UNFINISHED = "unfinished"  # subfolder of a run that is not complete: all that it has written so far


class Task(Strict):
    """What it is, where its data are, where its record goes, and the names of the runs that it
    measures, by their kind. The identity lacks their digests until ``settle``. ``shorter`` is the name
    of a run from whose last state this one may go on; ``files`` are others that it reads, by their
    setting."""

    identity: Identity
    variant: str = ""
    profile: Profile
    source: Source
    root: Path
    name: str
    needs: dict[str, str] = Field(default={})
    shorter: str | None = None
    files: dict[str, Path] = Field(default={})

    @property
    def kind(self) -> str:
        return self.identity.kind

    @property
    def seed(self) -> int:
        return self.identity.seed

    @property
    def config(self) -> Any:
        return KINDS[self.kind].config.model_validate(self.identity.config)

    @property
    def folder(self) -> Path:
        return self.root / self.name

    @property
    def unfinished(self) -> Path:
        return self.folder / UNFINISHED

    @property
    def label(self) -> str:
        kind = KINDS[self.kind]
        title = f"{kind.title} «{self.variant}»" if self.variant else kind.title
        return title if kind.shared else f"{title}, semilla {self.seed}"

    @property
    def waits_for(self) -> set[str]:
        """Names of the runs that must be done before."""
        return {*self.needs.values(), *([self.shorter] if self.shorter else [])}


def needed_runs(task: Task) -> dict[str, Run]:
    """The finished runs that ``task`` measures, by their kind.

    Raises:
        RecordError: one that is missing or cannot be used.
    """
    return {kind: read_run(task.root / name, name) for kind, name in task.needs.items()}


def settle(task: Task) -> Task:
    """``task`` with the digests of what it measures.

    Raises:
        RecordError: as ``needed_runs``.
    """
    upstream = {run.name: run.record.arrays_digest for run in needed_runs(task).values()}
    return task.model_copy(update={"identity": task.identity.model_copy(update={"upstream": upstream})})


def reason_to_run(task: Task) -> str | None:
    """Why ``task``, whose needs are done, must be run, in Spanish; None if its record is complete
    and still valid."""
    task = settle(task)
    if not (task.folder / RECORD_FILE).exists():
        return "se reanuda" if resumable(task) else "no se ha ejecutado"
    try:
        record = read_run(task.folder).record
    except RecordError as error:
        return f"el registro no sirve: {str(error).removesuffix('.')}"
    changes = differences(Identity.of(record), task.identity)
    return "ha cambiado " + ", ".join(changes) if changes else None


def damage(task: Task) -> str | None:
    """What is wrong with what ``task``, whose record is complete and valid, left for those that measure it,
    in Spanish; None if nothing."""
    return left.damage(task.folder, read_run(task.folder).record)


def reason_to_do(task: Task) -> str | None:
    """Why ``task`` must be run, so that it can be measured; None if it need not."""
    return reason_to_run(task) or damage(task)


def resumable(task: Task) -> bool:
    """Whether an unfinished run of the very same identity was left behind."""
    try:
        stored = Identity.model_validate_json((task.unfinished / WORK / IDENTITY_FILE).read_bytes())
    except (OSError, ValueError):
        return False
    return not differences(stored, task.identity)
