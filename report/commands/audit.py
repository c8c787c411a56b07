"""``audit``: find the contradictions in a report that somebody wrote by hand."""

import argparse
import sys
from pathlib import Path

from experiments.terminal.output import print_json
from report.commands import handins
from report.commands.exits import CLEAN, FAILED, FOUND

HELP = "busca las contradicciones de un informe escrito a mano"
EXAMPLE = "trabajo.pdf --results historial.csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    handins.add_arguments(parser, "documento, varios o carpetas: Markdown, HTML, PDF, cuaderno o Word")
    parser.add_argument(
        "--results",
        type=Path,
        nargs="+",
        default=[],
        metavar="RESULTADOS",
        help="carpetas de resultados, historiales o registros con los que comparar",
    )


def run(options: argparse.Namespace) -> int:
    if handins.are_many(options):
        return handins.run("audit", options, options.results)
    (file,) = options.files
    from report.audit.auditing import audit
    from report.audit.output import to_json, to_text, unchecked

    found = audit(file, *options.results)
    nothing = unchecked(found) if found.coverage.is_nothing and found.is_clean else ""
    if options.format == "json":
        print_json(to_json(found))
    else:
        print(to_text(found))
    if nothing:
        print(nothing, file=sys.stderr)
        return FAILED
    return CLEAN if found.is_clean else FOUND
