"""What a killed training needs to go on: one file for each of the last epochs, whole or absent, which
is known to be as it was written."""

import hashlib
import io
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from experiments.records.files import file_digest, write_atomically

KEPT = 2  # epochs: should the last one's file be damaged, there is another
_DIGEST_BYTES = hashlib.sha256().digest_size


@dataclass
class State:
    """A training after some epochs: the ``logs`` of each, what each answered to the validation part
    (``probability``, float32[v] in [0, 1]), whether it is ``stopped`` early, all ``variables`` of the
    network and its optimiser, and the best weights so far: those of the epoch ``best`` (from 1),
    whose file has ``best_digest``. No epochs: nothing has been done yet."""

    logs: list[dict[str, float]] = field(default_factory=list)
    probability: list[np.ndarray] = field(default_factory=list)
    stopped: bool = False
    variables: list[np.ndarray] = field(default_factory=list)
    best: int = 0
    best_digest: str = ""

    @property
    def epochs(self) -> int:
        return len(self.logs)


def state_file(folder: Path, epoch: int) -> Path:
    """The training after ``epoch``."""
    return folder / f"epoch-{epoch}.state"


def best_file(folder: Path, epoch: int) -> Path:
    """The weights of ``epoch``, which was the best until then."""
    return folder / f"best-{epoch}.weights.h5"


def write_state(folder: Path, state: State) -> None:
    """Write ``state``, whose best weights are in place, and remove what only older ones need."""
    journal = {
        "logs": state.logs,
        "stopped": state.stopped,
        "best": state.best,
        "best_digest": state.best_digest,
    }
    buffer = io.BytesIO()
    np.savez(
        buffer,
        *state.variables,
        journal=np.frombuffer(json.dumps(journal, allow_nan=False).encode(), np.uint8),
        probability=np.stack(state.probability),
    )
    content = buffer.getvalue()
    write_atomically(state_file(folder, state.epochs), hashlib.sha256(content).digest() + content)
    losses = [logs["val_loss"] for logs in state.logs]
    kept = range(max(1, state.epochs - KEPT + 1), state.epochs + 1)
    bests = {losses.index(min(losses[:epoch])) + 1 for epoch in kept}
    _keep(
        folder, {state_file(folder, epoch) for epoch in kept} | {best_file(folder, epoch) for epoch in bests}
    )


def _keep(folder: Path, files: set[Path]) -> None:
    for pattern in ("epoch-*.state", "best-*.weights.h5"):
        for path in set(folder.glob(pattern)) - files:
            path.unlink()


def read_last_state(folder: Path) -> tuple[State, list[Path]]:
    """The last state that can be gone on from, and the files that had to be set aside because they
    or the best weights that they count on are damaged."""
    damaged: list[Path] = []
    for path in sorted(folder.glob("epoch-*.state"), key=_epoch, reverse=True):
        state = _read(path)
        if state is not None:
            best = best_file(folder, state.best)
            if best.exists() and file_digest(best) == state.best_digest:
                return state, damaged
            damaged += [_set_aside(best)] if best.exists() else []
        damaged.append(_set_aside(path))
    return State(), damaged


def _epoch(path: Path) -> int:
    return int(path.stem.removeprefix("epoch-"))


def _read(path: Path) -> State | None:
    """None if it is not as it was written."""
    content = path.read_bytes()
    digest, archive = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    if digest != hashlib.sha256(archive).digest():
        return None
    with np.load(io.BytesIO(archive), allow_pickle=False) as file:
        journal = json.loads(file["journal"].tobytes())
        n = len(file.files) - 2
        return State(
            **journal,
            probability=list(file["probability"]),
            variables=[file[f"arr_{index}"] for index in range(n)],
        )


def _set_aside(path: Path) -> Path:
    return path.replace(path.with_name(f"{path.name}.roto"))
