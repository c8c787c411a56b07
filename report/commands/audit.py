"""``audit``: find the contradictions in a report that somebody wrote by hand."""

import argparse
from pathlib import Path

from experiments.terminal.output import print_json
from report.commands import handins
from report.commands.exits import CLEAN, FOUND

HELP = "busca las contradicciones de un informe escrito a mano"
EXAMPLE = "trabajo.pdf --results historial.csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    handins.add_arguments(parser, "documento, varios o carpetas: Markdown, HTML, PDF, cuaderno o Word")
    parser.add_argument("--results", type=Path, help="carpeta de resultados o historial de Keras")


def run(options: argparse.Namespace) -> int:
    if handins.are_many(options):
        return handins.run("audit", options, [options.results] if options.results else [])
    (file,) = options.files
    from report.audit.auditing import audit
    from report.audit.output import to_json, to_text

    found = audit(file, options.results)
    if options.format == "json":
        print_json(to_json(found))
    else:
        print(to_text(found))
    return CLEAN if found.is_clean else FOUND
