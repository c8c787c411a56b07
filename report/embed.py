"""What travels inside the PDF, so that whoever has only the file can check it.

``resultados.json`` holds every record that the document used, whole, and its arrays reduced to
what the document needs of them; ``cifras.json`` the ledger with the pages of each number;
``hallazgos.json`` the findings; ``programa.json`` what wrote the document.

Reading them back trusts nothing: any PDF may be handed in.
"""

import base64
import binascii
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pikepdf
from pydantic import BaseModel, ConfigDict, ValidationError

from experiments.records import (
    Manifest,
    Profile,
    RecordError,
    Run,
    arrays_digest,
    parse_record,
    record_to_json,
)
from report import figures_data, program
from report.document import Document
from report.findings.base import to_json
from report.folders import LOCAL, REFERENCE
from report.pdf import Attachment
from report.pdf_parts import FileError, attached_file
from report.placement import Pages
from report.results import Study, make_study
from report.settings import Settings

MAX_ARRAY_BYTES = 2**24
DTYPES = {"<f4", "<i8", "|i1", "|u1", "|b1"}

RESULTS, LEDGER, FINDINGS, PROGRAM = "resultados.json", "cifras.json", "hallazgos.json", "programa.json"
DESCRIPTIONS = {
    RESULTS: "Registros de las ejecuciones y vectores reducidos de los que sale el documento",
    LEDGER: "Cada cifra impresa, con su origen, su valor y sus páginas",
    FINDINGS: "Cada hallazgo, con su veredicto, sus valores y su regla",
    PROGRAM: "Plantillas, código y bibliotecas que compusieron el documento",
}

# A path would say where on its author's machine the document was made.
ORIGINS: dict[str, Path] = {"local": LOCAL, "referencia": REFERENCE, "otra": Path("otra")}


class AlteredError(Exception):
    """The embedded data contradict their own digests; the message is one Spanish sentence."""


class EmbeddedArray(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    dtype: str
    shape: tuple[int, ...]
    data: str  # base64 of the bytes, in C order


class EmbeddedRun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    record: str  # the text of record.json, which carries its own digest
    arrays: dict[str, EmbeddedArray]
    digest: str  # of the reduced arrays


class EmbeddedResults(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    origin: Literal["local", "referencia", "otra"]
    profile: Profile
    settings: Settings
    runs: tuple[EmbeddedRun, ...]


@dataclass(frozen=True)
class Embedded:
    """What a PDF says that it was made from and by."""

    study: Study
    settings: Settings
    ledger: list[Any]
    findings: list[Any]
    program: dict[str, dict[str, str]]


# --- writing -----------------------------------------------------------------------------


def pack(
    study: Study, settings: Settings, document: Document, pages: Pages, system: dict[str, str]
) -> list[Attachment]:
    """The files to attach, in the order in which they are listed. ``system`` are the versions of
    the native libraries to be noted."""
    contents = {
        RESULTS: results_json(study, settings),
        LEDGER: as_json(ledger_json(document, pages)),
        FINDINGS: as_json(to_json(list(document.findings.values()))),
        PROGRAM: as_json(program_json(system)),
    }
    return [Attachment(name, content, DESCRIPTIONS[name]) for name, content in contents.items()]


def results_json(study: Study, settings: Settings) -> bytes:
    origin = next((label for label, root in ORIGINS.items() if root == study.root), "otra")
    shown = figures_data.shown_gan(study)
    results = EmbeddedResults(
        origin=origin,
        profile=study.profile,
        settings=settings,
        runs=tuple(_embed(run, run is shown) for run in study.runs),
    )
    return (results.model_dump_json(indent=1) + "\n").encode()


def _embed(run: Run, shown: bool) -> EmbeddedRun:
    """The images of the seeds that are not shown would be half of the file."""
    arrays = {name: array for name, array in run.arrays.items() if name != "grid" or shown}
    return EmbeddedRun(
        name=run.name,
        record=record_to_json(run.record),
        arrays={name: _pack_array(arrays[name]) for name in sorted(arrays)},
        digest=arrays_digest(arrays),
    )


def ledger_json(document: Document, pages: Pages) -> list[dict[str, Any]]:
    entries = document.ledger.to_json()
    return [{**entry, "páginas": sorted(pages.get(entry["id"], ()))} for entry in entries]


def program_json(system: dict[str, str]) -> dict[str, dict[str, str]]:
    return {
        "ficheros": program.sources(),
        "bibliotecas": program.libraries(),
        "sistema": system,
    }


def as_json(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False, default=str) + "\n").encode()


def _pack_array(array: np.ndarray) -> EmbeddedArray:
    """Not compressed: the PDF compresses the whole file."""
    little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    data = base64.b64encode(little.tobytes()).decode()
    return EmbeddedArray(dtype=little.dtype.str, shape=array.shape, data=data)


# --- reading -----------------------------------------------------------------------------


def unpack(pdf: pikepdf.Pdf) -> Embedded:
    """The data inside a PDF.

    Raises:
        FileError: it carries none, or they cannot be read.
        AlteredError: they can be read, and contradict their own digests.
    """
    try:
        results = EmbeddedResults.model_validate_json(attached_file(pdf, RESULTS))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "el comienzo"
        raise FileError(
            f"se esperaba en {RESULTS} lo que escribe este programa, se encontró otra cosa en «{where}»"
        ) from error
    return Embedded(
        unpack_study(results),
        results.settings,
        _read_list(pdf, LEDGER),
        _read_list(pdf, FINDINGS),
        read_program(pdf),
    )


def unpack_study(results: EmbeddedResults) -> Study:
    """The study as the document's program had it.

    Raises:
        FileError, AlteredError: as ``unpack``.
    """
    runs = []
    for embedded in results.runs:
        place = f"{RESULTS}, {embedded.name}"
        arrays = {name: _unpack_array(array, f"{place}, {name}") for name, array in embedded.arrays.items()}
        if arrays_digest(arrays) != embedded.digest:
            raise AlteredError(f"{place}: los vectores no corresponden a su huella")
        try:
            runs.append(Run(embedded.name, parse_record(embedded.record, place), arrays))
        except RecordError as error:
            raise AlteredError(f"{place}: el registro no corresponde a su huella o no es válido") from error
        except RecursionError as error:
            raise FileError(f"se esperaba un registro en {place}, se encontró otra cosa") from error
    manifest = Manifest(profile=results.profile, runs=tuple(run.name for run in runs) or ("ninguna",))
    try:
        return make_study(ORIGINS[results.origin], manifest, runs)
    except RecordError as error:
        raise AlteredError(f"{RESULTS}: las ejecuciones no forman un conjunto de resultados") from error


def read_program(pdf: pikepdf.Pdf) -> dict[str, dict[str, str]]:
    """``programa.json``.

    Raises:
        FileError: as ``unpack``.
    """
    content = _read_json(pdf, PROGRAM)
    groups = ("ficheros", "bibliotecas", "sistema")
    if not isinstance(content, dict) or not all(isinstance(content.get(name), dict) for name in groups):
        raise FileError(f"se esperaba en {PROGRAM} lo que escribe este programa, se encontró otra cosa")
    return content


def _read_list(pdf: pikepdf.Pdf, name: str) -> list[Any]:
    content = _read_json(pdf, name)
    if not isinstance(content, list):
        raise FileError(f"se esperaba una lista en {name}, se encontró otra cosa")
    return content


def _read_json(pdf: pikepdf.Pdf, name: str) -> Any:
    try:
        return json.loads(attached_file(pdf, name))
    except (ValueError, RecursionError) as error:
        raise FileError(f"se esperaba un fichero JSON completo en {name}, se encontró otra cosa") from error


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
    except (ValueError, binascii.Error) as error:
        raise wrong from error
