"""What ``packing`` put into a PDF, read back. Nothing is trusted: any PDF may be handed in."""

import base64
import binascii
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from pydantic import ValidationError

from experiments.records.base import Arrays, RecordError, Run
from experiments.records.brought import Brought
from experiments.records.results import Manifest, refuse_contradicting
from experiments.records.storage import arrays_digest, is_sealed, parse_brought, parse_record
from report.errors import RenderError
from report.ledger.quantities import TEXT
from report.proof.carried.opening import FileError
from report.proof.carried.packing import (
    FINDINGS_FILE,
    LEDGER_FILE,
    ORIGINS,
    PROGRAM_FILE,
    RESULTS_FILE,
    EmbeddedArray,
    EmbeddedResults,
    EmbeddedRun,
)
from report.settings import Settings
from report.study.study import Study, make_study
from report.text.reflection import words_of

MAX_ARRAY_BYTES = 2**24
DTYPES = {"<f4", "<f8", "<i4", "<i8", "|i1", "|u1", "|b1"}


Files = Mapping[str, bytes]  # attached, by name


class NothingCarriedError(FileError):
    """It has none of what this program attaches: another one made it."""


class AlteredError(Exception):
    """The embedded data contradict their own digests; the message is one Spanish sentence."""


class UnknownRecordError(AlteredError):
    """A record is as it was sealed, and this version takes it for none, as one that another wrote."""


@dataclass(frozen=True)
class Embedded:
    """What a PDF says that it was made from, and says of it."""

    study: Study
    settings: Settings
    ledger: list[Any]
    findings: list[Any]


def unpack(files: Files) -> Embedded:
    """The data inside a PDF, which carries ``files``.

    Raises:
        FileError: it carries none, or they cannot be read.
        AlteredError: they can be read, and contradict their own digests.
    """
    try:
        results = EmbeddedResults.model_validate_json(_file(files, RESULTS_FILE))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "el comienzo"
        raise FileError(
            f"se esperaba en {RESULTS_FILE} lo que escribe este programa, se encontró otra cosa en «{where}»"
        ) from error
    return Embedded(
        unpack_study(results),
        results.settings,
        _read_list(files, LEDGER_FILE),
        _read_list(files, FINDINGS_FILE),
    )


def own_words(files: Files) -> str:
    """What its author wrote into a PDF of ours, and what their data are called in it, as it reads; nothing
    if that cannot be known."""
    try:
        content = json.loads(_file(files, RESULTS_FILE))
        settings = Settings.model_validate(content["settings"])
        names = [
            printed
            for entry in _read_list(files, LEDGER_FILE)
            if entry["cantidad"] == TEXT.name
            for printed in entry["impreso"]
        ]
        reflection = [words_of(settings.reflection).plain] if settings.reflection else []
        return "\n".join([*reflection, *names])
    except (FileError, RenderError, ValueError, LookupError, TypeError, RecursionError):
        return ""


def unpack_study(results: EmbeddedResults) -> Study:
    """The study as the document's program had it.

    Raises:
        FileError, AlteredError: as ``unpack``.
    """
    runs = [Run(*_unpack_run(embedded, parse_record)) for embedded in results.runs]
    brought = [Brought(*_unpack_run(embedded, parse_brought)) for embedded in results.brought]
    try:
        manifest = Manifest(
            profile=results.profile,
            runs=tuple(run.name for run in runs),
            brought=tuple(run.name for run in brought),
        )
        refuse_contradicting(runs)
        return make_study(ORIGINS[results.origin], manifest, runs, brought)
    except (RecordError, ValidationError) as error:
        raise AlteredError(f"{RESULTS_FILE}: las ejecuciones no forman un conjunto de resultados") from error


Record = TypeVar("Record")


def _unpack_run(embedded: EmbeddedRun, parse: Callable[[str, str], Record]) -> tuple[str, Record, Arrays]:
    place = f"{RESULTS_FILE}, {embedded.name}"
    arrays = {name: _unpack_array(array, f"{place}, {name}") for name, array in embedded.arrays.items()}
    if arrays_digest(arrays) != embedded.digest:
        raise AlteredError(f"{place}: los vectores no corresponden a su huella")
    try:
        return embedded.name, parse(embedded.record, place), arrays
    except RecordError as error:
        kind = UnknownRecordError if is_sealed(embedded.record) else AlteredError
        raise kind(f"{place}: el registro no corresponde a su huella o no es válido") from error
    except RecursionError as error:
        raise FileError(f"se esperaba un registro en {place}, se encontró otra cosa") from error


def read_program(files: Files) -> dict[str, dict[str, str]]:
    """``programa.json``.

    Raises:
        FileError: as ``unpack``.
    """
    content = _read_json(files, PROGRAM_FILE)
    asked = ("ficheros", "bibliotecas", "sistema")
    if not isinstance(content, dict) or not all(isinstance(content.get(name), dict) for name in asked):
        raise FileError(f"se esperaba en {PROGRAM_FILE} lo que escribe este programa, se encontró otra cosa")
    groups = [name for name in ("informe", *asked) if isinstance(content.get(name), dict)]
    return {name: {str(key): str(value) for key, value in content[name].items()} for name in groups}


def _read_list(files: Files, name: str) -> list[Any]:
    content = _read_json(files, name)
    if not isinstance(content, list):
        raise FileError(f"se esperaba una lista en {name}, se encontró otra cosa")
    return content


def _read_json(files: Files, name: str) -> Any:
    try:
        return json.loads(_file(files, name))
    except (ValueError, RecursionError) as error:
        raise FileError(f"se esperaba un fichero JSON completo en {name}, se encontró otra cosa") from error


def _file(files: Files, name: str) -> bytes:
    if name not in files:
        kind = FileError if files else NothingCarriedError
        raise kind(f"se esperaba el fichero incrustado {name}, no se encontró")
    return files[name]


def _unpack_array(packed: EmbeddedArray, place: str) -> np.ndarray:
    wrong = FileError(f"se esperaba un vector en {place}, se encontró otra cosa")
    if packed.dtype not in DTYPES or len(packed.shape) > 4 or any(size < 0 for size in packed.shape):
        raise wrong
    dtype = np.dtype(packed.dtype)
    if math.prod(packed.shape) * dtype.itemsize > MAX_ARRAY_BYTES:
        raise wrong
    try:
        data = base64.b64decode(packed.data, validate=True)
        return np.frombuffer(data, dtype).reshape(packed.shape)
    except (ValueError, OverflowError, binascii.Error) as error:  # a size of many digits beside one of none
        raise wrong from error
