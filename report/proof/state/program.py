"""Which program writes a document: the digests of its code and templates, and the versions of the
libraries that decide the bytes. Reads bytes only."""

import hashlib
import importlib.metadata
import io
import platform
import subprocess
import tomllib
import zlib
from collections.abc import Mapping
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path, PurePosixPath

from report.errors import without_pango
from report.paths import ROOT
from report.proof.state.freshness import LIBRARIES, Digests, digest_of, named_sources

FOLDERS = ("report", "templates", "experiments/records")  # all that lies in them has a part in it
# But for what only looks at a finished document, or at the command line: it may change, and a
# document written before can still be verified.
LOOKING = (
    "report/__main__.py",
    "report/audit",
    "report/commands",
    "report/handins",
    "report/informe.py",
    "report/proof/checks",
    "report/proof/state",
    "templates/es/entregas.html.j2",
)


def sources(root: Path = ROOT) -> Digests:
    """Digest of each template and of each file of code below ``root`` that has a part in the
    document."""
    named = dict(each for folder in FOLDERS for each in named_sources(folder, root))
    return {
        name: digest_of(named[name])
        for name in sorted(named, key=PurePosixPath)
        if not any(PurePosixPath(name).is_relative_to(looking) for looking in LOOKING)
    }


def sources_digest(root: Path = ROOT) -> str:
    """SHA-256 of all of them."""
    return digest_of_sources(sources(root))


def digest_of_sources(found: Mapping[str, str]) -> str:
    listed = "\n".join(f"{name} {digest}" for name, digest in found.items())
    return hashlib.sha256(listed.encode()).hexdigest()


def version() -> str:
    """Of the program itself, which a clone does not install."""
    declared = ROOT / "pyproject.toml"
    if declared.is_file():
        return str(tomllib.loads(declared.read_text(encoding="utf-8"))["project"]["version"])
    return importlib.metadata.version("informe")


@cache
def release() -> dict[str, str]:
    """The version and, in a clone whose program is that of its commit, the commit: what to ask for to have
    this program again."""
    if not (ROOT / ".git").exists():
        return {"versión": version()}
    try:
        commit, changes = _git("rev-parse", "HEAD"), _git("status", "--porcelain", "--", *FOLDERS)
    except (OSError, subprocess.CalledProcessError):
        return {"versión": version()}
    return {"versión": version()} | ({} if changes else {"commit": commit})


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def libraries() -> dict[str, str]:
    found = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return found | {"Python": platform.python_version()}


def native_libraries() -> dict[str, str]:
    """Versions of what the system brings, as WeasyPrint finds it.

    Raises:
        RenderError: the system brings nothing.
    """
    try:
        with redirect_stdout(io.StringIO()):  # where it says so itself, in English
            from weasyprint.text.ffi import harfbuzz, pango
    except OSError as error:
        raise without_pango(error) from error

    number = pango.pango_version()
    return {
        "Pango": f"{number // 10_000}.{number // 100 % 100}.{number % 100}",
        "HarfBuzz": _harfbuzz_version(harfbuzz.hb_version_atleast),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def _harfbuzz_version(at_least: object) -> str:
    """WeasyPrint only gives access to the question whether it is at least some version."""
    assert callable(at_least)
    version = [0, 0, 0]
    for place in range(len(version)):
        following = version.copy()
        following[place] += 1
        while at_least(*following):
            version[place] += 1
            following[place] += 1
    return ".".join(map(str, version))
