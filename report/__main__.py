"""Command line: ``python -m report build``, ``check``, ``verify``, ``status`` and ``audit``."""

import argparse
import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.records import Profile, RecordError
from report import freshness
from report.errors import RenderError
from report.folders import choose_results
from report.settings import FILE, read_settings
from report.workshop import open_workshop

if TYPE_CHECKING:
    from report.findings.base import Summary
    from report.numbers import Ledger

EXIT_CLEAN, EXIT_FOUND, EXIT_FAILED = 0, 1, 2
BUILD = Path("build")

SOURCES = {
    "results/local": "los resultados entrenados aquí",
    "results/reference": "los resultados de referencia",
}
PROFILES: dict[Profile, str] = {"full": "completo", "quick": "rápido", "test": "de prueba"}


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        code = options.command(options)
        sys.stdout.flush()
        return code
    except (RecordError, RenderError) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:  # nobody reads on, as with «| head»: there is nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nor at the last flush
    except OSError as error:
        print(
            f"{error.filename or 'El disco'}: se esperaba poder leer y escribir, se encontró "
            f"«{error.strerror or error}»; libere espacio o revise los permisos y repita la orden.",
            file=sys.stderr,
        )
    return EXIT_FAILED


def build(options: argparse.Namespace) -> int:
    """Build the document, unless nothing has changed, and say what it is made of."""
    root = choose_results(options.results)
    source = SOURCES.get(root.as_posix(), f"los resultados de {root}")
    inputs = freshness.inputs(root, options.settings)
    if not freshness.changes(options.build, inputs):
        print(f"{options.build}: el informe ya está al día con {source}; no se rehace.")
        return EXIT_CLEAN

    settings = read_settings(options.settings)
    with open_workshop(options.build) as workshop:
        # Only here, so that the press starts at once and a document that is up to date takes no time.
        from report.build import build as make
        from report.numbers import Ledger
        from report.results import find_study

        study = find_study(options.results)
        built = make(study, settings, options.build, inputs, workshop)
    print(f"Se usan {source} (perfil {PROFILES[study.profile]}).")
    for path in built.paths:
        print(f"{path}: {path.stat().st_size // 1024} KiB")
    document = built.document
    print(f"Cifras trazadas: {document.ledger.count_figures()}; hallazgos usados: {len(document.findings)}.")
    if options.timings:
        phases = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in built.phases.items())
        print(f"Fases: {phases}.")
    ledger = Ledger(settings.style)
    accuracy = document.findings["lstm.test_accuracy"].values["accuracy"]
    losses = document.findings["gan.losses"]
    print(f"LSTM: exactitud en la prueba {_mean(accuracy, ledger)}, n = {len(accuracy.each)}.")
    print(
        f"GAN: {losses.verdict}; pérdida final de D {_mean(losses.values['discriminator'], ledger)} "
        f"y de G {_mean(losses.values['generator'], ledger)}, n = {len(losses.values['rows'])}."
    )
    return EXIT_CLEAN


def check(options: argparse.Namespace) -> int:
    """Pass the quality gate over a finished PDF."""
    import pikepdf

    from report.check_pdf import check as find_problems

    try:
        problems = find_problems(options.file)
    except pikepdf.PdfError as error:
        raise RenderError(
            f"{options.file}: se esperaba un PDF, se encontró un fichero que no lo es o está incompleto; "
            "vuelva a crearlo con «make report»."
        ) from error
    for problem in problems:
        print(problem)
    print(f"{options.file}: {f'{len(problems)} defectos' if problems else 'sin defectos'}.")
    return EXIT_FOUND if problems else EXIT_CLEAN


def verify(options: argparse.Namespace) -> int:
    """Check a finished PDF against the data that it carries."""
    from report.outcome import as_lines, as_mapping
    from report.pdf_parts import MAX_FILE, FileError
    from report.verify import verify as prove

    try:
        with options.file.open("rb") as file:
            data = file.read(MAX_FILE + 1)
        outcome = prove(data, options.results)
    except FileError as error:
        message = f"{options.file}: {error}; no se ha comprobado nada."
        if options.format == "json":
            print(
                json.dumps(
                    {"resultado": "no comprobado", "motivo": message},
                    ensure_ascii=False,
                    indent=1,
                    allow_nan=False,
                )
            )
        else:
            print(message, file=sys.stderr)
        return EXIT_FAILED
    if options.format == "json":
        print(json.dumps(as_mapping(outcome), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        print(*as_lines(outcome), sep="\n")
    return EXIT_CLEAN if outcome.proven else EXIT_FOUND


def status(options: argparse.Namespace) -> int:
    """Say whether results and document are up to date and, if not, why."""
    from report.status import status as find_out

    found = find_out(options.results, options.settings, options.build)
    print(*found.lines, sep="\n")
    return EXIT_CLEAN if found.fresh else EXIT_FOUND


def audit(options: argparse.Namespace) -> int:
    """Find the contradictions in a report that somebody wrote by hand."""
    from report.audit.auditing import audit as examine
    from report.audit.blocks import UnreadableError
    from report.audit.output import to_json, to_text

    try:
        found = examine(options.file, options.results)
    except UnreadableError as error:
        print(error, file=sys.stderr)
        return EXIT_FAILED
    print(to_json(found) if options.format == "json" else to_text(found))
    return EXIT_CLEAN if found.is_clean else EXIT_FOUND


def _mean(summary: "Summary", ledger: "Ledger") -> str:
    mean = ledger.plain(summary.mean)
    return mean if summary.sd is None else f"{mean} ± {ledger.plain(summary.sd)}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m report", description="Escribe el informe.")
    commands = parser.add_subparsers(required=True, metavar="ORDEN")

    building = commands.add_parser("build", help="crea el PDF, el HTML y el Markdown")
    building.set_defaults(command=build)
    building.add_argument(
        "--results", type=Path, help="carpeta de resultados; por omisión, local o referencia"
    )
    building.add_argument("--settings", type=Path, default=FILE, help="datos del documento")
    building.add_argument("--build", type=Path, default=BUILD, help="carpeta de salida")
    building.add_argument("--timings", action="store_true", help="di cuánto tarda cada fase")

    checking = commands.add_parser("check", help="comprueba la calidad de un PDF")
    checking.set_defaults(command=check)
    checking.add_argument("file", type=Path, nargs="?", default=BUILD / "informe.pdf")

    verifying = commands.add_parser("verify", help="comprueba un PDF con los datos que lleva dentro")
    verifying.set_defaults(command=verify)
    verifying.add_argument("file", type=Path, nargs="?", default=BUILD / "informe.pdf")
    verifying.add_argument("--results", type=Path, help="compara también los datos con los de esta carpeta")
    verifying.add_argument(
        "--format", choices=["text", "json"], default="text", help="para leer o para máquinas"
    )

    asking = commands.add_parser("status", help="di si resultados y documento están al día")
    asking.set_defaults(command=status)
    asking.add_argument("--results", type=Path, help="carpeta de resultados; por omisión, local o referencia")
    asking.add_argument("--settings", type=Path, default=FILE, help="datos del documento")
    asking.add_argument("--build", type=Path, default=BUILD, help="carpeta del documento")

    auditing = commands.add_parser("audit", help="busca las contradicciones de un informe escrito a mano")
    auditing.set_defaults(command=audit)
    auditing.add_argument(
        "file",
        type=Path,
        nargs="?",
        default=BUILD / "informe.pdf",
        help="documento: Markdown, HTML, PDF o cuaderno",
    )
    auditing.add_argument("--results", type=Path, help="carpeta de resultados o historial de Keras")
    auditing.add_argument("--format", choices=["text", "json"], default="text", help="texto o JSON")
    return parser


if __name__ == "__main__":
    gc.disable()  # a short life: looking for cycles of references would take a sixth of it
    code = main()
    gc.freeze()  # and so would it on the way out
    sys.exit(code)
