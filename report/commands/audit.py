"""``audit``: find the contradictions in a report that somebody wrote by hand."""

import argparse
import sys
from pathlib import Path

from experiments.terminal.output import print_json
from report.commands.exits import CLEAN, FAILED, FOUND
from report.commands.places import PDF

HELP = "busca las contradicciones de un informe escrito a mano"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        default=PDF,
        metavar="FICHERO",
        help="documento: Markdown, HTML, PDF o cuaderno",
    )
    parser.add_argument(
        "--results",
        type=Path,
        nargs="+",
        default=[],
        metavar="RESULTADOS",
        help="carpetas de resultados, historiales o registros con los que comparar",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text", help="texto o JSON")


def run(options: argparse.Namespace) -> int:
    from report.audit.auditing import audit
    from report.audit.output import to_json, to_text, unchecked

    found = audit(options.file, *options.results)
    nothing = unchecked(found) if found.coverage.is_nothing and found.is_clean else ""
    if options.format == "json":
        print_json(to_json(found))
    else:
        print(to_text(found))
    if nothing:
        print(nothing, file=sys.stderr)
        return FAILED
    return CLEAN if found.is_clean else FOUND
