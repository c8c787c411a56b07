"""What TensorBoard keeps of a training: event files, read without TensorFlow."""

import importlib
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from experiments.brought.history.names import meaning
from experiments.brought.history.written import AS_JSON, HISTORY, MAX_BYTES, Written, listed
from experiments.brought.refusals import refusal
from experiments.causes import cause

MARK = "tfevents"
_PARTS = ("train", "validation")  # folders of Keras within that of a training
# What Keras writes once more by batch, or by the number of batches so far.
_BY_BATCH = re.compile(r"(?:.*/)?(?:batch_\w+|evaluation_\w+_vs_iterations)")
_REWRITE = "vuelva a copiarla entera"

Scalars = dict[str, dict[int, float]]  # by name and step


def read_events(path: Path) -> Written:
    """The scalars of an event file, or of the folder of one training with ``train`` and ``validation``.

    A tag is named with the folder that says of which part it is: ``validation/epoch_loss``. Values are
    float32 as they were stored, widened.

    Raises:
        BroughtError: no event file, several trainings, a damaged or very large file, or TensorBoard
            is not installed.
    """
    scalars = _scalars(path, _files(path))
    known = [name for name in scalars if meaning(name)]
    if not known:
        found = listed(list(scalars)) or "ningún escalar"
        raise refusal(path, f"{HISTORY} (epoch_loss…)", found, "indique la carpeta de un entrenamiento")
    steps = sorted(scalars[known[0]])
    for name in known[1:]:
        if sorted(scalars[name]) != steps:
            raise refusal(
                path,
                "un valor de cada métrica por época",
                f"{len(steps)} de «{known[0]}» y {len(scalars[name])} de «{name}» en otros pasos",
                "indique la carpeta de un solo entrenamiento completo",
            )
    return Written(
        {name: [values[step] for step in sorted(values)] for name, values in scalars.items()},
        lambda i: f"el paso {steps[i]}",
        steps,
    )


def _files(path: Path) -> list[Path]:
    """The event files of one training."""
    files = [path] if not path.is_dir() else sorted(f for f in path.rglob(f"*{MARK}*") if f.is_file())
    if not files:
        raise refusal(path, "una carpeta de TensorBoard", f"una sin archivos {MARK}", "revise la ruta")
    trainings = sorted({_training(file, path) for file in files if not file.name.endswith(".profile-empty")})
    if len(trainings) > 1:
        found = f"{len(trainings)} ({listed(trainings)})"
        raise refusal(path, "un solo entrenamiento", found, "indique la carpeta de uno de ellos")
    return files


def _training(file: Path, path: Path) -> str:
    """The folder within ``path`` of the training that a file belongs to."""
    folder = file.parent
    if folder.name in _PARTS and path not in (file, folder):
        folder = folder.parent
    return folder.relative_to(path).as_posix() if path.is_dir() else "."


def _scalars(path: Path, files: list[Path]) -> Scalars:
    try:
        size = sum(file.stat().st_size for file in files)
    except OSError as error:
        raise refusal(path, HISTORY, cause(error), "revise la ruta") from error
    if size > MAX_BYTES:
        found = f"una carpeta de {size // 1_000_000} MB"
        raise refusal(path, f"como mucho {MAX_BYTES // 1_000_000} MB", found, AS_JSON)
    scalars: Scalars = {}
    for file in files:
        part = f"{file.parent.name}/" if file.parent.name in _PARTS else ""
        for tag, step, value in _events(file):
            if _BY_BATCH.fullmatch(tag):
                continue
            before = scalars.setdefault(part + tag, {}).setdefault(step, value)
            if before != value and not (math.isnan(before) and math.isnan(value)):
                raise refusal(
                    path,
                    f"un valor de «{part}{tag}» en el paso {step}",
                    f"{before:g} y {value:g}, como deja un entrenamiento repetido en la misma carpeta",
                    "deje solo los archivos de uno",
                )
    return scalars


def _events(file: Path) -> Iterator[tuple[str, int, float]]:
    """Tag, step and value of every scalar."""
    try:
        # Its usual loader imports TensorFlow where that is installed; these parts are plain Python.
        records = importlib.import_module("tensorboard.compat.tensorflow_stub.pywrap_tensorflow")
        errors = importlib.import_module("tensorboard.compat.tensorflow_stub.errors")
        protos = importlib.import_module("tensorboard.compat.proto.event_pb2")
        tensors = importlib.import_module("tensorboard.util.tensor_util")
        messages = importlib.import_module("google.protobuf.message")
    except ImportError as error:
        raise refusal(
            file, "la biblioteca tensorboard", "que falta", "instálela con «pip install informe[tensorboard]»"
        ) from error
    # OverflowError, MemoryError: a length that lies
    broken = (errors.DataLossError, messages.DecodeError, OverflowError, MemoryError, OSError)
    try:
        reader = records.PyRecordReader_New(str(file))
        while True:
            reader.GetNext()
            event = protos.Event.FromString(reader.record())
            for value in event.summary.value:
                number = _scalar(value, tensors)
                if number is not None:
                    yield value.tag, event.step, number
    except errors.OutOfRangeError:  # the end
        return
    except broken as error:
        found = f"uno dañado o a medias ({type(error).__name__})"
        raise refusal(file, "un archivo de eventos entero", found, _REWRITE) from error


def _scalar(value: Any, tensors: Any) -> float | None:
    kind = value.WhichOneof("value")
    if kind == "simple_value":
        return float(value.simple_value)
    if kind != "tensor" or value.tensor.tensor_shape.dim:
        return None
    try:
        array = tensors.make_ndarray(value.tensor)
    except (TypeError, ValueError):
        return None
    return float(array) if array.dtype.kind == "f" and array.shape == () else None
