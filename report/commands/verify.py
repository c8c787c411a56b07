"""``verify``: check a finished PDF against the data that it carries."""

import argparse
import json
from pathlib import Path

from experiments.terminal.output import print_json
from report.commands import handins
from report.commands.exits import CLEAN, FAILED, FOUND
from report.errors import RenderError

HELP = "comprueba un PDF con los datos que lleva dentro"
EXAMPLE = "informe.pdf"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    handins.add_arguments(parser, "el PDF, o varios ficheros o carpetas")
    parser.add_argument("--results", type=Path, help="compara también los datos con los de esta carpeta")
    parser.add_argument(
        "--strict", action="store_true", help="exige también resultados del código de esta versión"
    )


def run(options: argparse.Namespace) -> int:
    if handins.are_many(options):
        return handins.run("verify", options, [options.results] if options.results else [])
    (file,) = options.files
    from report.proof.carried.opening import FileError, read_pdf
    from report.proof.checks.outcome import as_lines, as_mapping
    from report.proof.checks.verification import verify

    try:
        outcome = verify(read_pdf(file), options.results)
    except FileError as error:
        raise RenderError(f"{file}: {error}; no se ha comprobado nada.") from error
    if options.format == "json":
        print_json(json.dumps(as_mapping(outcome), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        print(*as_lines(outcome), sep="\n")
    if outcome.differences or (outcome.proven and options.strict and outcome.other_code):
        return FOUND
    return CLEAN if outcome.proven else FAILED
