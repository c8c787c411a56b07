"""Whether a document is up to date: digests of all that it is made from, and of what was made.

Reads bytes only, so that saying "nothing has changed" takes no time.
"""

import hashlib
import importlib.metadata
import json
import os
import pickle
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.brought.texts import read_toml
from experiments.errors import BroughtError
from experiments.records.regular import open_regular
from report.paths import MANIFEST_FILE, ROOT, place

STATE_FILE = "estado.json"

# What decides the bytes of a document besides this repository.
LIBRARIES = (
    *("babel", "cssselect2", "fonttools", "jinja2", "kiwisolver", "markdown", "markdown-it-py", "matplotlib"),
    *(
        "mdurl",
        "numpy",
        "pillow",
        "pydantic",
        "pydyf",
        "pyphen",
        "scipy",
        "tinycss2",
        "tinyhtml5",
        "weasyprint",
    ),
    *("font-source-sans-pro", "font-source-serif-pro"),
)

Digests = dict[str, str]  # name of an input or output -> SHA-256
Drawings = dict[tuple[str, str], Path]  # name of a figure and digest of its data -> its file


def inputs(results: Path, settings: Path) -> Digests:
    """Digest of each input, named as the user knows it."""
    return made_from(results, settings) | made_by()


def made_from(results: Path, settings: Path) -> Digests:
    """The files that the user changes."""
    files = [settings, *files_named_in(settings)] if settings.exists() else []
    files += sorted(path for path in results.rglob("*") if path.name in RESULT_FILES)
    return {_name(path): digest_of(path) for path in files}


def made_by() -> Digests:
    """The files of the program, and versions of libraries."""
    folders = ("templates", "report", "experiments")
    found = {name: digest_of(path) for folder in folders for name, path in named_sources(folder)}
    found |= {f"versión de {name}": importlib.metadata.version(name) for name in LIBRARIES}
    found["versión de Python"] = platform.python_version()
    return found


def files_named_in(settings: Path) -> list[Path]:
    """That of the author's own words and those of fonts, as far as they are there; who reads ``settings``
    refuses what is wrong."""
    try:
        said = read_toml(settings)
    except BroughtError:
        return []
    fonts = said.get("fonts", [])
    names = [said.get("reflection"), *(fonts if isinstance(fonts, list) else [])]
    paths = [settings.parent / name.strip() for name in names if isinstance(name, str) and name.strip()]
    return [path for path in paths if os.path.isfile(path)]  # what is too long for a name is none


RESULT_FILES = (MANIFEST_FILE, "record.json", "arrays.npz")


def sources_in(folder: Path) -> Iterator[Path]:
    """All that the program is made of in ``folder`` and below, in a fixed order: every file but notes
    for people, what is hidden and what Python compiles."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in ("__pycache__", "README.md"):
            continue
        if path.is_dir():
            yield from sources_in(path)
        else:
            yield path


def named_sources(folder: str, root: Path = ROOT) -> Iterator[tuple[str, Path]]:
    """The same of a ``folder`` of the program, each with the name that it has in a clone."""
    lies = place(folder, root)
    yield from ((f"{folder}/{path.relative_to(lies).as_posix()}", path) for path in sources_in(lies))


def outputs(contents: Mapping[str, bytes]) -> Digests:
    """Of what is written, whatever is found there afterwards."""
    return {name: hashlib.sha256(contents[name]).hexdigest() for name in sorted(contents)}


def digest_of(path: Path) -> str:
    with open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def data_digest(data: Any) -> str:
    """SHA-256 of what a figure is drawn from."""
    return hashlib.sha256(pickle.dumps(data)).hexdigest()


@dataclass(frozen=True)
class State:
    """What a document was made from and what was made: the file ``estado.json`` beside it.
    ``drawings`` holds, for each figure, the digest of the data that it was drawn from."""

    inputs: Digests
    outputs: Digests
    drawings: Digests

    def to_json(self) -> bytes:
        content = {"entradas": self.inputs, "salidas": self.outputs, "figuras": self.drawings}
        return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def read_state(folder: Path) -> State | None:
    """The state of the document in ``folder``; None if there is none, or it cannot be read."""
    try:
        content = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
        inputs, outputs, drawings = (dict(content[name]) for name in ("entradas", "salidas", "figuras"))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    digests = (*inputs.values(), *outputs.values(), *drawings.values())
    whole = all(isinstance(digest, str) for digest in digests)
    return State(inputs, outputs, drawings) if whole else None


def changes(folder: Path, now: Digests) -> list[str]:
    """Names of the inputs that differ from those of the document in ``folder``, and of the
    outputs that are missing or were changed by hand; empty if it is up to date."""
    state = read_state(folder)
    if state is None:
        return [f"{folder / STATE_FILE} (no hay un documento anterior)"]
    names = sorted(state.inputs.keys() | now.keys())
    changed = [name for name in names if state.inputs.get(name) != now.get(name)]
    return changed + [
        (folder / name).as_posix() for name in state.outputs if not is_made(folder, name, state)
    ]


def is_made(folder: Path, name: str, state: State) -> bool:
    """Whether the output ``name`` still is what was made."""
    path = folder / name
    return os.path.isfile(path) and digest_of(path) == state.outputs.get(name)


def reusable_drawings(folder: Path, now: Digests) -> Drawings:
    """The figures in ``folder`` that the same code and libraries drew."""
    state = read_state(folder)
    if state is None:
        return {}

    def drawing_code(entries: Digests) -> Digests:
        return {name: digest for name, digest in entries.items() if has_part_in_drawings(name)}

    if drawing_code(state.inputs) != drawing_code(now):
        return {}
    return {
        (name, digest): folder / "figures" / name
        for name, digest in state.drawings.items()
        if is_made(folder, f"figures/{name}", state)
    }


# The wings above the figures. What lies elsewhere in ``report``, also in a folder that is new, may
# decide how a figure looks; results and templates reach it only as data.
ABOVE_FIGURES = (
    *("report/__main__.py", "report/informe.py", "report/text/", "report/html/", "report/pdf/"),
    *("report/proof/", "report/assembly/", "report/office/", "report/audit/", "report/commands/"),
    "report/handins/",
)


def has_part_in_drawings(name: str) -> bool:
    """Whether the input ``name`` can change how a figure is drawn from the same data."""
    return name.startswith(("report/", "versión de")) and not name.startswith(ABOVE_FIGURES)


def _name(path: Path) -> str:
    """Relative to the project where it lies inside, so that a copy elsewhere is as fresh."""
    resolved = path.resolve()
    return resolved.relative_to(ROOT).as_posix() if resolved.is_relative_to(ROOT) else path.as_posix()
