"""``audit``: find the contradictions in a report that somebody wrote by hand."""

import argparse
import sys
from pathlib import Path

from report.commands.exits import CLEAN, FAILED, FOUND
from report.commands.places import PDF

HELP = "busca las contradicciones de un informe escrito a mano"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, nargs="?", default=PDF, help="documento: Markdown, HTML, PDF o cuaderno"
    )
    parser.add_argument("--results", type=Path, help="carpeta de resultados o historial de Keras")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="texto o JSON")


def run(options: argparse.Namespace) -> int:
    from report.audit.auditing import audit
    from report.audit.blocks import UnreadableError
    from report.audit.output import to_json, to_text

    try:
        found = audit(options.file, options.results)
    except UnreadableError as error:
        print(error, file=sys.stderr)
        return FAILED
    print(to_json(found) if options.format == "json" else to_text(found))
    return CLEAN if found.is_clean else FOUND
