"""``export``: the document as a Word file or as LaTeX, for those who go on writing it."""

import argparse
from pathlib import Path

from report.commands.exits import CLEAN
from report.commands.places import BUILD
from report.paths import SETTINGS
from report.study.folders import choose_results

HELP = "pasa el informe a Word o a LaTeX, para seguir escribiéndolo"
EXAMPLE = "docx"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("format", choices=["docx", "tex"], metavar="FORMATO", help="docx, Word; tex, LaTeX")
    parser.add_argument("--results", type=Path, help="carpeta de resultados; por omisión, local o referencia")
    parser.add_argument("--settings", type=Path, default=SETTINGS, help="datos del documento")
    parser.add_argument("--build", type=Path, default=BUILD, help="carpeta de salida")


def run(options: argparse.Namespace) -> int:
    from report.office.pandoc import find_pandoc
    from report.office.writing import write_docx, write_tex
    from report.settings import read_settings
    from report.study.study import find_study

    pandoc = find_pandoc()
    study = find_study(choose_results(options.results))
    write = {"docx": write_docx, "tex": write_tex}[options.format]
    path = write(study, read_settings(options.settings), options.build, pandoc)
    print(f"{path}: {path.stat().st_size // 1024} KiB. Solo el PDF se demuestra a sí mismo: esta copia, no.")
    return CLEAN
