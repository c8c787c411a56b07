"""``audit``: find the contradictions in a report that somebody wrote by hand."""

import argparse
from pathlib import Path

from experiments.terminal.output import print_json
from report.commands.exits import CLEAN, FOUND
from report.commands.places import PDF

HELP = "busca las contradicciones de un informe escrito a mano"
EXAMPLE = "trabajo.pdf --results historial.csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        default=PDF,
        metavar="FICHERO",
        help="documento: Markdown, HTML, PDF, cuaderno o Word",
    )
    parser.add_argument("--results", type=Path, help="carpeta de resultados o historial de Keras")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="texto o JSON")


def run(options: argparse.Namespace) -> int:
    from report.audit.auditing import audit
    from report.audit.output import to_json, to_text

    found = audit(options.file, options.results)
    if options.format == "json":
        print_json(to_json(found))
    else:
        print(to_text(found))
    return CLEAN if found.is_clean else FOUND
