"""A complete set of results: the list of its runs beside them."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from experiments.causes import cause
from experiments.records.base import SCHEMA_VERSION, Profile, RecordError, Run, Strict
from experiments.records.brought import Brought
from experiments.records.coherence.sets import of_set
from experiments.records.regular import read_regular
from experiments.records.storage import IMPORT_AGAIN, MAX_RECORD, TRAIN_AGAIN, read_brought, read_run
from experiments.records.whole import write_whole
from experiments.validation import first_complaint, shown

MANIFEST_FILE = "manifest.json"
_INSIDE = re.compile(r"\w[\w@. -]{0,99}(/\w[\w@. -]{0,99}){0,9}")


def _inside(name: str) -> str:
    if not _INSIDE.fullmatch(name):
        raise ValueError(
            "se esperaba el nombre de una carpeta dentro de la de los resultados, se encontró "
            f"«{shown(name)}»"
        )
    return name


# What is read is never elsewhere, whoever wrote the list.
RunName = Annotated[str, AfterValidator(_inside)]


class Manifest(Strict):
    """The runs that make one complete set of results, as folders relative to the manifest, what sets
    each variant apart: settings by ``kind.name``, and what an author ``brought`` of their own. There is
    no profile where nothing was run here."""

    schema_version: Literal[2] = 2
    profile: Profile | None
    runs: tuple[RunName, ...]
    variants: dict[str, dict[str, Any]] = Field(default={})
    brought: tuple[RunName, ...] = ()

    @property
    def again(self) -> str:
        """What helps if something is wrong with a run: one beside what was brought came with it."""
        return _again({"brought": self.brought})

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if not self.runs and not self.brought:
            raise ValueError("se esperaba al menos una ejecución, no se encontró ninguna")
        if self.runs and self.profile is None:
            raise ValueError("se esperaba el perfil de las ejecuciones, no se encontró")
        return self


def write_manifest(root: Path, manifest: Manifest) -> None:
    write_whole(root / MANIFEST_FILE, (manifest.model_dump_json(indent=1) + "\n").encode())


def read_results(root: Path) -> tuple[Manifest, list[Run]]:
    """A complete set of results.

    Raises:
        RecordError: no manifest, a run that it names cannot be used, or one contradicts another.
    """
    path = root / MANIFEST_FILE
    try:
        content = json.loads(read_regular(path, MAX_RECORD).decode("utf-8"))
        if content["schema_version"] != SCHEMA_VERSION:
            raise RecordError(
                f"{path}: se esperaba la versión {SCHEMA_VERSION} del esquema, se encontró "
                f"«{shown(content['schema_version'])}»; {_again(content)} con esta versión del programa."
            )
        manifest = Manifest.model_validate(content)
    except ValidationError as error:
        name, complaint = first_complaint(error)
        where = f"en «{name}» " if name else ""
        raise RecordError(
            f"{path}: se esperaba la lista de ejecuciones, pero {where}{complaint}; {_again(content)}."
        ) from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        found = cause(error) if isinstance(error, OSError) else f"«{shown(error)}»"
        raise RecordError(
            f"{path}: se esperaba la lista de ejecuciones, se encontró {found}; {TRAIN_AGAIN} o, si son "
            "aportadas, vuelva a importarlas."
        ) from error
    runs = [read_run(root / name, name, manifest.again) for name in manifest.runs]
    refuse_contradicting(runs, f"{root}/", manifest.again)
    return manifest, runs


def refuse_contradicting(runs: Sequence[Run], place: str = "", again: str = TRAIN_AGAIN) -> None:
    """Errors name the run after ``place``, and what helps.

    Raises:
        RecordError: one says of another what that one does not.
    """
    if found := of_set(runs):
        raise RecordError(f"{place}{found.run}: {found.complaint}; borre la carpeta y {again}.")


def _again(content: Mapping[str, Any]) -> str:
    return IMPORT_AGAIN if content.get("brought") else TRAIN_AGAIN


def read_all_brought(root: Path, manifest: Manifest) -> list[Brought]:
    """What ``manifest`` says that an author brought.

    Raises:
        RecordError: some of it cannot be used.
    """
    return [read_brought(root / name, name) for name in manifest.brought]
