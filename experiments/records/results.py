"""A complete set of results: the list of its runs beside them."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from experiments.records.base import SCHEMA_VERSION, Profile, RecordError, Run, Strict
from experiments.records.files import write_atomically
from experiments.records.storage import read_run
from experiments.validation import first_complaint

MANIFEST_FILE = "manifest.json"


class Manifest(Strict):
    """The runs that make one complete set of results, as folders relative to the manifest, and
    what sets each variant apart: settings by ``kind.name``."""

    schema_version: Literal[2] = 2
    profile: Profile
    runs: Annotated[tuple[str, ...], Field(min_length=1)]
    variants: dict[str, dict[str, Any]] = Field(default={})


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
    except ValidationError as error:
        name, complaint = first_complaint(error)
        raise RecordError(
            f"{path}: se esperaba la lista de ejecuciones, pero en «{name}» {complaint}; "
            "ejecute «make train»."
        ) from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RecordError(
            f"{path}: se esperaba la lista de ejecuciones, se encontró «{error}»; ejecute «make train»."
        ) from error
    return manifest, [read_run(root / name, name) for name in manifest.runs]
