"""Pandoc, which turns HTML into a Word file or into LaTeX.

It is a program of its own (GPL 2 or later), asked through its command line; the package that brings it is
an extra of this project.
"""

import os
import subprocess
from datetime import datetime
from pathlib import Path

from report.errors import RenderError

# A heading of the second level is one of the first in an office document, whose title stands apart.
_OPTIONS = ("--from=html", "--standalone", "--shift-heading-level-by=-1", "--fail-if-warnings", "--output=-")


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
            "Se esperaba pandoc para pasar el informe a Word o a LaTeX, no se encontró; instale el programa "
            "con el extra «office» o, en un clon, ejecute «make docx» o «make tex», que lo instalan."
        ) from error


def convert(pandoc: Path, html: str, to: str, folder: Path, created: datetime, *options: str) -> bytes:
    """The file that ``html`` is in the format ``to``, as of the date ``created``; its images lie in
    ``folder``. A warning, as of an image that is not found, is an error.

    Raises:
        RenderError: it fails.
    """
    done = subprocess.run(
        [str(pandoc), *_OPTIONS, f"--to={to}", f"--resource-path={folder}", *options],
        input=html.encode(),
        env=os.environ | {"SOURCE_DATE_EPOCH": str(int(created.timestamp()))},
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        said = " ".join(done.stderr.decode(errors="replace").split())
        raise RenderError(
            f"Se esperaba que pandoc convirtiera el informe sin avisos, se encontró «{said}»; "
            "corrija las plantillas o reinstale pandoc."
        )
    return done.stdout


def default_reference(pandoc: Path) -> bytes:
    """The Word file whose styles pandoc would use."""
    command = [str(pandoc), "--print-default-data-file=reference.docx"]
    return subprocess.run(command, capture_output=True, check=True).stdout
