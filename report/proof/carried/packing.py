"""What travels inside the PDF, so that whoever has only the file can check it.

``resultados.json`` holds every record that the document used, whole, and its arrays reduced to
what the document needs of them; ``cifras.json`` the ledger with the pages of each number;
``hallazgos.json`` the findings; ``programa.json`` what wrote the document.
"""

import base64
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from experiments.records.base import Profile
from experiments.records.storage import MAX_RECORD, arrays_digest, record_to_json
from report.findings.base import to_json
from report.findings.ladder import start
from report.pdf.layout import Attachment
from report.proof.carried.placement import Pages
from report.proof.state import program
from report.settings import Settings
from report.study.folders import LOCAL, REFERENCE
from report.study.reduction import GRID_OF
from report.study.study import AnyRun, Study, shown_gan
from report.text.document import Document

RESULTS_FILE, PROGRAM_FILE = "resultados.json", "programa.json"
LEDGER_FILE, FINDINGS_FILE = "cifras.json", "hallazgos.json"
DESCRIPTIONS = {
    RESULTS_FILE: "Registros de las ejecuciones y vectores reducidos de los que sale el documento",
    LEDGER_FILE: "Cada cifra impresa, con su origen, su valor y sus páginas",
    FINDINGS_FILE: "Cada hallazgo, con su veredicto, sus valores y su regla",
    PROGRAM_FILE: "Plantillas, código y bibliotecas que compusieron el documento",
}

WrittenBy = dict[str, dict[str, str]]  # programa.json

GRID = "grid"
REVIEW = ("stars", "numbers")  # what each review is called after, the same for all seeds
SHOWN_ONLY = re.compile(rf"{'|'.join(REVIEW)}|{GRID}|{GRID_OF}\d+")

# A path would say where on its author's machine the document was made.
ORIGINS: dict[str, Path] = {"local": LOCAL, "referencia": REFERENCE, "otra": Path("otra")}


# Of a list without end, each entry that is wrong would be noted.
MOST = Field(max_length=1_000)


class EmbeddedArray(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    dtype: str
    shape: Annotated[tuple[int, ...], MOST]
    data: str  # base64 of the bytes, in C order


class EmbeddedRun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    # the text of record.json, which carries its own digest
    record: Annotated[str, Field(max_length=MAX_RECORD)]
    arrays: Annotated[dict[str, EmbeddedArray], MOST]
    digest: str  # of the reduced arrays


class EmbeddedResults(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[2] = 2
    origin: Literal["local", "referencia", "otra"]
    profile: Profile | None
    settings: Settings
    runs: Annotated[tuple[EmbeddedRun, ...], MOST]
    brought: Annotated[tuple[EmbeddedRun, ...], MOST] = ()


def pack(
    study: Study, settings: Settings, document: Document, pages: Pages, written_by: WrittenBy
) -> list[Attachment]:
    """The files to attach, in the order in which they are listed."""
    contents = {
        RESULTS_FILE: results_json(study, settings),
        LEDGER_FILE: as_json(ledger_json(document, pages)),
        FINDINGS_FILE: as_json(to_json(list(document.findings))),
        PROGRAM_FILE: as_json(written_by),
    }
    return [Attachment(name, content, DESCRIPTIONS[name]) for name, content in contents.items()]


def results_json(study: Study, settings: Settings) -> bytes:
    origin = next((label for label, root in ORIGINS.items() if root == study.root), "otra")
    shown = only_shown(study)
    results = EmbeddedResults(
        origin=origin,
        profile=study.profile,
        settings=settings,
        runs=tuple(_embed(run, shown.get(run.name, ())) for run in study.runs),
        brought=tuple(_embed(run, (GRID, "numbers")) for run in study.brought),
    )
    return (results.model_dump_json(indent=1) + "\n").encode()


def only_shown(study: Study) -> dict[str, tuple[str, ...]]:
    """By the name of a run, its arrays that the document shows of this run alone."""
    shown: dict[str, tuple[str, ...]] = {run.name: REVIEW for run in study.lstm[:1]}
    if study.gan:
        shown[shown_gan(study).name] = (GRID,)
    if study.judge and study.readability and (begins := start(study)):
        shown[begins[1].name] = (f"{GRID_OF}{begins[2]}",)
    return shown


def _embed(run: AnyRun, shown: Sequence[str]) -> EmbeddedRun:
    """The images that are not shown would be most of the file."""
    arrays = {
        name: array for name, array in run.arrays.items() if name in shown or not SHOWN_ONLY.fullmatch(name)
    }
    return EmbeddedRun(
        name=run.name,
        record=record_to_json(run.record),
        arrays={name: _pack_array(arrays[name]) for name in sorted(arrays)},
        digest=arrays_digest(arrays),
    )


def ledger_json(document: Document, pages: Pages) -> list[dict[str, Any]]:
    entries = document.ledger.to_json()
    return [{**entry, "páginas": sorted(pages.get(entry["id"], ()))} for entry in entries]


def program_json(system: dict[str, str]) -> WrittenBy:
    """``system`` are the versions of the native libraries."""
    return {
        "informe": program.release(),
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
