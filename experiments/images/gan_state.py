"""All that a GAN's training has come to, kept so that nothing is lost: the last state and the one
before it."""

import io
import json
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np

from experiments.kinds.gan import GAN_CURVES, GanConfig
from experiments.records.base import Arrays, DataInfo
from experiments.records.files import write_atomically

VARIABLE, ARRAY = "variable_", "array_"


@dataclass(frozen=True)
class State:
    """After ``iteration`` iterations of the run that ``origin`` identifies: the variables of networks,
    averages and optimisers, and the rows of the record's arrays so far."""

    iteration: int
    origin: str
    variables: tuple[np.ndarray, ...]
    arrays: Arrays


class StateError(Exception):
    """A state that cannot be gone on from; the message is what was found, in Spanish."""


def pack(state: State) -> bytes:
    """The same bytes for the same state."""
    buffer = io.BytesIO()
    variables = {f"{VARIABLE}{i}": variable for i, variable in enumerate(state.variables)}
    arrays = {f"{ARRAY}{name}": array for name, array in state.arrays.items()}
    np.savez(buffer, iteration=state.iteration, origin=state.origin, **variables, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def read(path: Path) -> State:
    """Raises StateError if it is not what ``pack`` gave, each array being checked by its CRC."""
    try:
        # opened here, because NumPy leaves a damaged file open
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            content = {name: file[name] for name in file.files}
        variables = [name for name in content if name.startswith(VARIABLE)]
        return State(
            iteration=int(content["iteration"]),
            origin=str(content["origin"]),
            variables=tuple(content[f"{VARIABLE}{i}"] for i in range(len(variables))),
            arrays={
                name.removeprefix(ARRAY): array for name, array in content.items() if name.startswith(ARRAY)
            },
        )
    except KeyError as error:
        raise StateError(f"un archivo sin {error}") from error
    # TypeError, AttributeError: a single array; RuntimeError: encrypted; MemoryError: a header that lies
    except (OSError, ValueError, EOFError, TypeError, AttributeError, RuntimeError, MemoryError) as error:
        raise StateError(f"«{error}»") from error
    except (zipfile.BadZipFile, zlib.error) as error:
        raise StateError(f"«{error}»") from error


def previous(path: Path) -> Path:
    """Where the state before that in ``path`` is."""
    return path.with_name(f"previous-{path.name}")


def keep(path: Path, state: State) -> None:
    """Write ``state``, with the one that was there as the previous one. Killed at any moment, this
    leaves at least one of them whole."""
    new = path.with_name(f"new-{path.name}")
    write_atomically(new, pack(state))
    if path.exists():
        path.replace(previous(path))
    new.replace(path)


def recover(path: Path, expect_fit: Callable[[State], None], say: Callable[[str], None]) -> State | None:
    """The state in ``path``, or else the previous one; None if there is none to go on from.

    One that cannot be read, or for which ``expect_fit`` raises StateError, is set aside with the
    ending ``.roto``, and ``say`` is given one Spanish sentence about it.
    """
    found, complaints = None, []
    for candidate in (path, previous(path)):
        if found is not None or not candidate.exists():
            continue
        try:
            state = read(candidate)
            expect_fit(state)
        except StateError as error:
            broken = candidate.with_name(f"{candidate.name}.roto")
            candidate.replace(broken)
            complaints.append(
                f"{candidate}: se esperaba el estado de esta ejecución, se encontró {error}; queda "
                f"apartado como {broken.name}"
            )
        else:
            found = state
    outcome = "empieza de nuevo" if found is None else f"sigue desde la iteración {found.iteration}"
    for complaint in complaints:
        say(f"{complaint} y el entrenamiento {outcome}.")
    return found


def origin_of(config: GanConfig, seed: int, data: DataInfo) -> str:
    """What a state must have in common with a run that goes on from it: all but the length."""
    settings = config.model_dump(mode="json", exclude={"iterations"})
    return json.dumps(
        {"config": settings, "seed": seed, "data": data.digest}, sort_keys=True, allow_nan=False
    )


def so_far(arrays: Arrays, config: GanConfig, iteration: int) -> Arrays:
    """Views of the rows that are done after ``iteration`` iterations."""
    samples = iteration // config.sample_every + 1
    return {name: array[: iteration if name in GAN_CURVES else samples] for name, array in arrays.items()}


def expect_fit(
    state: State, origin: str, config: GanConfig, variables: Sequence[keras.Variable], arrays: Arrays
) -> None:
    """Raises StateError unless ``state`` can be put into ``variables`` and the first rows of ``arrays``."""
    if state.origin != origin:
        raise StateError("el de otra configuración, otra semilla u otros datos")
    if not 0 < state.iteration <= config.iterations or state.iteration % config.sample_every:
        raise StateError(f"el de la iteración {state.iteration}")
    rows = so_far(arrays, config, state.iteration)
    if [tuple(variable.shape) for variable in variables] != [each.shape for each in state.variables]:
        raise StateError("el de otras redes")
    if {name: each.shape for name, each in rows.items()} != {
        name: each.shape for name, each in state.arrays.items()
    }:
        raise StateError("el de otras curvas o imágenes")
