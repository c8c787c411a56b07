"""``status``: say whether results and document are up to date and, if not, why."""

import argparse
from pathlib import Path

from experiments.terminal.orders import as_typed
from report.commands.exits import CLEAN, FOUND
from report.commands.places import BUILD
from report.paths import SETTINGS

HELP = "di si resultados y documento están al día"
EXAMPLE = "--results results/mio"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--results", type=Path, help="carpeta de resultados; por omisión, local o referencia")
    parser.add_argument("--settings", type=Path, default=SETTINGS, help="datos del documento")
    parser.add_argument("--build", type=Path, default=BUILD, help="carpeta del documento")


def run(options: argparse.Namespace) -> int:
    from report.proof.checks.status import status

    found = status(options.results, options.settings, options.build)
    print(*map(as_typed, found.lines), sep="\n")
    return CLEAN if found.fresh else FOUND
