"""``check``: pass the quality gate over a finished PDF."""

import argparse
from pathlib import Path

from report.commands.exits import CLEAN, FOUND
from report.commands.places import PDF
from report.errors import RenderError

HELP = "comprueba la calidad de un PDF"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", default=PDF, metavar="FICHERO", help="el PDF")


def run(options: argparse.Namespace) -> int:
    import pikepdf

    from report.proof.checks.gate import check

    try:
        problems = check(options.file)
    except pikepdf.PdfError as error:
        raise RenderError(
            f"{options.file}: se esperaba un PDF, se encontró un fichero que no lo es o está incompleto; "
            "vuelva a crearlo con «make report»."
        ) from error
    for problem in problems:
        print(problem)
    print(f"{options.file}: {f'{len(problems)} defectos' if problems else 'sin defectos'}.")
    return FOUND if problems else CLEAN
