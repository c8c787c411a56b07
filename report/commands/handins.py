"""What ``verify`` and ``audit`` do with folders and with several documents."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.terminal.output import print_json
from report.commands.places import PDF
from report.errors import RenderError

if TYPE_CHECKING:
    from report.handins.row import Row

FORMATS = ("text", "json", "csv", "html", "gradescope")
FOR_ONE = ("text", "json")


def add_arguments(parser: argparse.ArgumentParser, told: str) -> None:
    parser.add_argument("files", type=Path, nargs="*", default=[PDF], metavar="FICHERO", help=told)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="ficheros a la vez")
    parser.add_argument("--format", choices=FORMATS, default="text", help="para leer, o para máquinas")


def are_many(options: argparse.Namespace) -> bool:
    """Or in a form that is for many."""
    (first, *rest) = options.files
    return bool(rest) or first.is_dir() or options.format not in FOR_ONE


def run(verb: str, options: argparse.Namespace, results: Sequence[Path]) -> int:
    """The worst of what the command would answer for each.

    Raises:
        RenderError: there is none, or less than one is to be examined at once.
    """
    from report.handins.finding import find
    from report.handins.many import examine_all
    from report.handins.output import written

    if options.jobs < 1:
        raise RenderError(f"--jobs: se esperaba un entero positivo, se encontró «{options.jobs}»; corríjalo.")
    files = find(options.files)
    if not files:
        raise RenderError(
            f"{options.files[0]}: se esperaba algún documento (PDF, HTML, Markdown, cuaderno o Word), no se "
            "encontró ninguno; revise la carpeta."
        )
    rows = examine_all(verb, files, results, options.jobs, Progress(len(files)))
    show = print_json if options.format in ("json", "gradescope") else print
    show(written(rows, options.format))
    return max(row.state.code for row in rows)


class Progress:
    """A line on a terminal that says how far it has got; nothing elsewhere."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._shown = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, done: int, last: "Row") -> None:
        if self._shown:
            end = "" if done < self._total else "\r\x1b[K"
            print(f"\r\x1b[K{done} de {self._total}: {Path(last.file).name!a:.60}", end=end, file=sys.stderr)
            sys.stderr.flush()
