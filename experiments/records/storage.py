"""Records on disk: one folder per run, each file whole or absent, and nothing trusted when read."""

import hashlib
import io
import json
import os
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from experiments.records.base import Arrays, RecordError
from experiments.records.kinds import ARRAYS, KINDS, Manifest, Record, Run

SCHEMA_VERSION = 1

MANIFEST_FILE = "manifest.json"
RECORD_FILE = "record.json"
ARRAYS_FILE = "arrays.npz"
WORK = "work"  # subfolder of an unfinished run: what it needs to go on


def write_run(folder: Path, record: Record, arrays: Arrays) -> None:
    """Write ``arrays.npz`` and then ``record.json``, each atomically: a folder with a record
    is complete. ``record.arrays_digest`` must be ``pack_arrays(arrays)[1]``."""
    data, digest = pack_arrays(arrays)
    if digest != record.arrays_digest:
        raise ValueError(f"arrays_digest: expected {digest}, found {record.arrays_digest}")
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / ARRAYS_FILE, data)
    write_atomically(folder / RECORD_FILE, record_to_json(record).encode())


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


def record_to_json(record: Record) -> str:
    """Readable JSON that carries the digest of its own content, so that an edit shows."""
    content = record.model_dump(mode="json")
    return json.dumps(content | {"digest": _content_digest(content)}, indent=1, allow_nan=False) + "\n"


def parse_record(text: str, place: str) -> Record:
    """The record in ``text``; ``place`` names it in errors."""
    try:
        content = json.loads(text, parse_constant=_refuse_constant)
    except ValueError as error:
        raise RecordError(
            f"{place}: se esperaba un registro JSON completo y sin NaN, se encontró «{error}»; "
            "bórrelo y ejecute «make train»."
        ) from error
    if not isinstance(content, dict):
        raise RecordError(
            f"{place}: se esperaba un objeto JSON, se encontró «{type(content).__name__}»; "
            "bórrelo y ejecute «make train»."
        )
    version = content.get("schema_version")
    if version != SCHEMA_VERSION:
        raise RecordError(
            f"{place}: se esperaba la versión {SCHEMA_VERSION} del esquema, se encontró «{version}»; "
            "ejecute «make train» con esta versión del programa."
        )
    kind = content.get("kind")
    if kind not in KINDS:
        raise RecordError(
            f"{place}: se esperaba un registro de tipo {', '.join(KINDS)}, se encontró «{kind}»; "
            "bórrelo y ejecute «make train»."
        )
    stored = content.pop("digest", None)
    if stored != _content_digest(content):
        raise RecordError(
            f"{place}: se esperaba un registro sin modificar, se encontró un contenido que no "
            "corresponde a su huella; restáurelo o bórrelo y ejecute «make train»."
        )
    try:
        return KINDS[kind].model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RecordError(
            f"{place}: se esperaba un valor válido en «{where}», se encontró «{first['input']!r}» "
            f"({first['msg']}); bórrelo y ejecute «make train»."
        ) from error


def read_run(folder: Path, name: str | None = None) -> Run:
    """Read and verify one run.

    Raises:
        RecordError: missing, truncated, edited or foreign files.
    """
    try:
        text = (folder / RECORD_FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(
            f"{folder / RECORD_FILE}: se esperaba un registro legible, se encontró «{error}»; "
            "ejecute «make train»."
        ) from error
    record = parse_record(text, str(folder / RECORD_FILE))
    return Run(name or folder.name, record, _read_arrays(folder / ARRAYS_FILE, record))


def write_manifest(root: Path, manifest: Manifest) -> None:
    write_atomically(root / MANIFEST_FILE, (manifest.model_dump_json(indent=1) + "\n").encode())


def read_results(root: Path) -> tuple[Manifest, list[Run]]:
    """A complete set of results.

    Raises:
        RecordError: no manifest, or a run that it names cannot be used.
    """
    path = root / MANIFEST_FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["schema_version"] != SCHEMA_VERSION:
            raise RecordError(
                f"{path}: se esperaba la versión {SCHEMA_VERSION} del esquema, se encontró "
                f"«{content['schema_version']}»; ejecute «make train» con esta versión del programa."
            )
        manifest = Manifest.model_validate(content)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(
            f"{path}: se esperaba la lista de ejecuciones, se encontró «{str(error).splitlines()[0]}»; "
            "ejecute «make train»."
        ) from error
    return manifest, [read_run(root / name, name) for name in manifest.runs]


def _read_arrays(path: Path, record: Record) -> Arrays:
    try:
        # opened here, because NumPy leaves a damaged file open
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    # TypeError: a single array; RuntimeError: a compression or an encryption unknown here
    except (OSError, ValueError, EOFError, TypeError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise RecordError(
            f"{path}: se esperaban los datos de la ejecución, se encontró «{error}»; "
            "restáurelos o borre la carpeta y ejecute «make train»."
        ) from error
    if set(arrays) != set(ARRAYS[record.kind]) or arrays_digest(arrays) != record.arrays_digest:
        raise RecordError(
            f"{path}: se esperaban los datos con huella {record.arrays_digest[:12]}, se encontró "
            f"{arrays_digest(arrays)[:12]}; restáurelos o borre la carpeta y ejecute «make train»."
        )
    return arrays


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file that is either whole or absent; an existing one stays until then."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)  # mkstemp makes it private
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _content_digest(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} no es JSON")
