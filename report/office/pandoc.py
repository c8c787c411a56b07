"""Pandoc, which reads Markdown into its tree of a document and writes that tree as a file.

It is a program of its own (GPL 2 or later), asked through its command line; the package that brings it
is an extra of this project.
"""

import json
import os
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

from report.errors import RenderError

# GitHub's Markdown, for which the document is written, and nothing else of pandoc's.
MARKDOWN = "commonmark+pipe_tables+footnotes"


def find_pandoc() -> Path:
    """Where the program lies.

    Raises:
        RenderError: it is not installed.
    """
    try:
        import pypandoc

        return Path(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as error:
        raise RenderError(
            "Se esperaba pandoc para pasar el informe a Word o a LaTeX, no se encontró; instálelo con "
            "«.venv/bin/python -m pip install -c constraints.txt pypandoc_binary»."
        ) from error


def read_markdown(pandoc: Path, text: str) -> dict[str, Any]:
    """The tree of ``text``."""
    tree: dict[str, Any] = json.loads(_run([str(pandoc), "-f", MARKDOWN, "-t", "json"], text.encode()))
    return tree


def write(
    pandoc: Path, tree: dict[str, Any], format_: str, folder: Path, created: datetime, *options: str
) -> bytes:
    """The file that ``tree`` is in ``format_``, as of the date ``created``; its images lie in ``folder``."""
    command = [str(pandoc), "-f", "json", "-t", format_, "-s", "-o", "-", "--resource-path", str(folder)]
    source = json.dumps(tree, ensure_ascii=False, allow_nan=False).encode()
    return _run([*command, *options], source, SOURCE_DATE_EPOCH=str(int(created.timestamp())))


def _run(command: list[str], source: bytes, **variables: str) -> bytes:
    """What it prints. A warning, as of an image that it does not find, is an error.

    Raises:
        RenderError: it fails.
    """
    done = subprocess.run(
        [*command, "--fail-if-warnings"],
        input=source,
        env=os.environ | variables,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        said = " ".join(done.stderr.decode(errors="replace").split())
        raise RenderError(
            f"Se esperaba que pandoc convirtiera el informe sin avisos, se encontró «{said}»; "
            "actualice pandoc o corrija las plantillas."
        )
    return done.stdout
