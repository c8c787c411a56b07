"""Records on disk: one folder per run, each file whole or absent, and nothing trusted when read."""

import hashlib
import io
import json
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import ValidationError

from experiments.causes import cause
from experiments.kinds.registry import KINDS
from experiments.records.base import SCHEMA_VERSION, Arrays, RecordError, Run, RunRecord
from experiments.records.brought import BROUGHT, Brought, BroughtRecord
from experiments.records.coherence import checking
from experiments.records.coherence.complaints import Complaint
from experiments.records.packed import unpack_arrays
from experiments.records.regular import open_regular, read_regular
from experiments.records.whole import write_whole
from experiments.validation import first_complaint, shown

RECORD_FILE = "record.json"
ARRAYS_FILE = "arrays.npz"
MAX_RECORD = 2**22  # bytes of a record's text; those of the reference have a hundredth of it

TRAIN_AGAIN, IMPORT_AGAIN = "ejecute «make train»", "vuelva a importarlo"

R = TypeVar("R", RunRecord, BroughtRecord)


def write_run(folder: Path, record: RunRecord, arrays: Arrays) -> None:
    """Write ``arrays.npz`` and then ``record.json``, each atomically: a folder with a record
    is complete. ``record.arrays_digest`` must be ``pack_arrays(arrays)[1]``, and the names those of
    its kind."""
    if set(arrays) != set(KINDS[record.kind].arrays):
        raise ValueError(f"arrays: expected {KINDS[record.kind].arrays}, found {tuple(arrays)}")
    _write(folder, record, arrays)


def write_brought(folder: Path, record: BroughtRecord, arrays: Arrays) -> None:
    """The same of what an author brings, which may be without any of its arrays."""
    if unknown := set(arrays) - set(record.ARRAYS):
        raise ValueError(f"arrays: expected some of {record.ARRAYS}, found {tuple(unknown)}")
    _write(folder, record, arrays)


def _write(folder: Path, record: RunRecord | BroughtRecord, arrays: Arrays) -> None:
    """
    Raises:
        RecordError: the record contradicts itself or the arrays.
    """
    data, digest = pack_arrays(arrays)
    if digest != record.arrays_digest:
        raise ValueError(f"arrays_digest: expected {digest}, found {record.arrays_digest}")
    complaint = checking.of_record(record) or checking.of_arrays(record, arrays)
    if complaint is not None:
        raise RecordError(
            f"{folder / RECORD_FILE}: {complaint}; no se guarda: corrija el código que lo mide y repita la "
            "orden."
        )
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / ARRAYS_FILE, data)
    write_whole(folder / RECORD_FILE, record_to_json(record).encode())


def pack_arrays(arrays: Arrays) -> tuple[bytes, str]:
    """NPZ bytes and the digest of the arrays' content (name, dtype, shape, bytes)."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **{name: arrays[name] for name in sorted(arrays)})  # type: ignore[arg-type]
    return buffer.getvalue(), arrays_digest(arrays)


def arrays_digest(arrays: Arrays) -> str:
    digest = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {array.dtype.str} {array.shape}\0".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def record_to_json(record: RunRecord | BroughtRecord) -> str:
    """Readable JSON that carries the digest of its own content, so that an edit shows."""
    content = record.model_dump(mode="json")
    return json.dumps(content | {"digest": _content_digest(content)}, indent=1, allow_nan=False) + "\n"


def parse_record(text: str, place: str, remedy: str = TRAIN_AGAIN) -> RunRecord:
    """The record in ``text``, which does not contradict itself; errors name ``place`` and the ``remedy``."""
    return _parse(text, place, {name: kind.record for name, kind in KINDS.items()}, remedy)


def parse_brought(text: str, place: str) -> BroughtRecord:
    return _parse(text, place, BROUGHT, IMPORT_AGAIN)


def is_sealed(text: str) -> bool:
    """Whether the record in ``text`` has the digest of its content, whatever this program makes of that."""
    try:
        content = json.loads(text)
        return content.pop("digest", None) == _content_digest(content)
    except (ValueError, AttributeError, RecursionError):
        return False


def _parse(text: str, place: str, kinds: Mapping[str, type[R]], remedy: str) -> R:
    try:
        content = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise RecordError(
            f"{place}: se esperaba un registro JSON completo y sin NaN, se encontró «{error}»; "
            f"bórrelo y {remedy}."
        ) from error
    if not isinstance(content, dict):
        raise RecordError(
            f"{place}: se esperaba un objeto JSON, se encontró «{type(content).__name__}»; "
            f"bórrelo y {remedy}."
        )
    version = content.get("schema_version")
    if version != SCHEMA_VERSION:
        raise RecordError(
            f"{place}: se esperaba la versión {SCHEMA_VERSION} del esquema, se encontró «{shown(version)}»; "
            f"{remedy} con esta versión del programa."
        )
    kind = content.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        raise RecordError(
            f"{place}: se esperaba un registro de tipo {', '.join(kinds)}, se encontró «{shown(kind)}»; "
            f"bórrelo y {remedy}."
        )
    stored = content.pop("digest", None)
    if stored != _content_digest(content):
        raise RecordError(
            f"{place}: se esperaba un registro sin modificar, se encontró un contenido que no "
            f"corresponde a su huella; restáurelo o bórrelo y {remedy}."
        )
    try:
        record = kinds[kind].model_validate(content)
    except ValidationError as error:
        name, wrong = first_complaint(error)
        where = f"en «{name}» " if name else ""
        raise RecordError(
            f"{place}: se esperaba un registro válido, pero {where}{wrong}; bórrelo y {remedy}."
        ) from error
    except UnicodeEncodeError as error:  # JSON can have half a letter, which nothing else can
        raise RecordError(
            f"{place}: se esperaba un registro válido, se encontró la mitad de una letra (un sustituto "
            f"suelto); bórrelo y {remedy}."
        ) from error
    _refuse(place, checking.of_record(record), remedy)
    return record


def read_run(folder: Path, name: str | None = None, remedy: str = TRAIN_AGAIN) -> Run:
    """Read and verify one run; ``remedy`` is what errors advise.

    Raises:
        RecordError: missing, truncated, edited or foreign files, or some that contradict one another.
    """
    record = parse_record(_read_text(folder / RECORD_FILE, remedy), str(folder / RECORD_FILE), remedy)
    arrays = _read_arrays(folder / ARRAYS_FILE, remedy)
    if set(arrays) != set(KINDS[record.kind].arrays):
        raise _other_arrays(folder / ARRAYS_FILE, record, arrays, remedy)
    arrays = _sealed(folder / ARRAYS_FILE, record, arrays, remedy)
    _refuse(str(folder / RECORD_FILE), checking.of_arrays(record, arrays), remedy)
    return Run(name or folder.name, record, arrays)


def read_brought(folder: Path, name: str | None = None) -> Brought:
    """As ``read_run``."""
    record = parse_brought(_read_text(folder / RECORD_FILE, IMPORT_AGAIN), str(folder / RECORD_FILE))
    arrays = _read_arrays(folder / ARRAYS_FILE, IMPORT_AGAIN)
    arrays = _sealed(folder / ARRAYS_FILE, record, arrays, IMPORT_AGAIN)
    _refuse(str(folder / RECORD_FILE), checking.of_arrays(record, arrays), IMPORT_AGAIN)
    return Brought(name or folder.name, record, arrays)


def _read_text(path: Path, remedy: str) -> str:
    try:
        return read_regular(path, MAX_RECORD).decode("utf-8")
    except OSError as error:
        raise RecordError(
            f"{path}: se esperaba un registro legible, se encontró {cause(error)}; {remedy}."
        ) from error
    except ValueError as error:  # no text, or a name that no file can have
        raise RecordError(
            f"{path}: se esperaba un registro legible, se encontró «{shown(error)}»; {remedy}."
        ) from error


def _read_arrays(path: Path, remedy: str) -> Arrays:
    try:
        with open_regular(path) as file:
            return unpack_arrays(file)
    # Whatever is stumbled over in bytes that nobody vouches for.
    except Exception as error:
        raise RecordError(
            f"{path}: se esperaban los datos de la ejecución, se encontró «{error}»; "
            f"restáurelos o borre la carpeta y {remedy}."
        ) from error


def _sealed(path: Path, record: RunRecord | BroughtRecord, arrays: Arrays, remedy: str) -> Arrays:
    """``arrays``, if they are those of ``record``."""
    if arrays_digest(arrays) != record.arrays_digest:
        raise _other_arrays(path, record, arrays, remedy)
    return arrays


def _other_arrays(path: Path, record: RunRecord | BroughtRecord, arrays: Arrays, remedy: str) -> RecordError:
    return RecordError(
        f"{path}: se esperaban los datos con huella {record.arrays_digest[:12]}, se encontró "
        f"{arrays_digest(arrays)[:12]}; restáurelos o borre la carpeta y {remedy}."
    )


def _refuse(place: str, complaint: Complaint | None, remedy: str) -> None:
    """
    Raises:
        RecordError: a record says what it cannot.
    """
    if complaint is not None:
        raise RecordError(f"{place}: {complaint}; restáurelo o bórrelo y {remedy}.")


def _content_digest(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} no es JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"{text} es demasiado grande")
    return value
