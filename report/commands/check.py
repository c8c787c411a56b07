"""``check``: pass the quality gate over a finished PDF."""

import argparse
from pathlib import Path

from report.commands.exits import CLEAN, FOUND
from report.commands.places import PDF
from report.errors import RenderError

HELP = "comprueba la calidad de un PDF"
EXAMPLE = "build/informe.pdf"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", default=PDF, metavar="FICHERO", help="el PDF")


def run(options: argparse.Namespace) -> int:
    from report.proof.carried.opening import FileError, read_pdf
    from report.proof.checks.gate import check_apart

    try:
        problems = check_apart(read_pdf(options.file))
    except FileError as error:
        raise RenderError(f"{options.file}: {error}; vuelva a crearlo con «make report».") from error
    for problem in problems:
        print(problem)
    print(f"{options.file}: {f'{len(problems)} defectos' if problems else 'sin defectos'}.")
    return FOUND if problems else CLEAN
