"""``build``: make the document, unless nothing has changed, and say what it is made of."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from report.assembly.alone import alone_in
from report.commands.exits import CLEAN
from report.commands.places import BUILD
from report.paths import SETTINGS
from report.proof.state import freshness
from report.study.folders import ACCOMPANYING, LOCAL, REFERENCE, choose_results

if TYPE_CHECKING:
    from experiments.records.base import Profile
    from report.settings import Settings
    from report.text.document import Document

HELP = "crea el PDF, el HTML y el Markdown"
EXAMPLE = "--results results/mio"

SOURCES = {
    LOCAL: "los resultados entrenados aquí",
    REFERENCE: "los resultados de referencia",
    ACCOMPANYING: "los resultados de referencia",
}
PROFILE_WORDS: dict["Profile", str] = {"full": "completo", "quick": "rápido", "test": "de prueba"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--results", type=Path, help="carpeta de resultados; por omisión, local o referencia")
    parser.add_argument("--settings", type=Path, default=SETTINGS, help="datos del documento")
    parser.add_argument("--build", type=Path, default=BUILD, help="carpeta de salida")
    parser.add_argument("--timings", action="store_true", help="di cuánto tarda cada fase")


def run(options: argparse.Namespace) -> int:
    with alone_in(options.build):
        return _build(options)


def _build(options: argparse.Namespace) -> int:
    root = choose_results(options.results)
    source = SOURCES.get(root, f"los resultados de {root}")
    made_from, made_by = freshness.made_from(root, options.settings), freshness.made_by()
    if not freshness.changes(options.build, made_from | made_by):
        print(f"{options.build}: el informe ya está al día con {source}; no se rehace.")
        return CLEAN

    from report.assembly.workshop import open_workshop

    with open_workshop(options.build) as workshop:
        # Only here, so that the other processes get ready meanwhile.
        from report.assembly.making import write_document
        from report.settings import read_settings
        from report.study.study import find_study

        settings = read_settings(options.settings)
        study = find_study(root)
        # What somebody changes while it is being read is left out: the document is then not up to date.
        read = made_from.items() & freshness.made_from(root, options.settings).items()
        written = write_document(study, settings, options.build, dict(sorted(read)) | made_by, workshop)
    profile = f" (perfil {PROFILE_WORDS[study.profile]})" if study.profile and not study.brought else ""
    print(f"Se usan {source}{profile}.")
    for path in written.paths:
        print(f"{path}: {path.stat().st_size // 1024} KiB")
    document = written.document
    print(f"Cifras trazadas: {document.ledger.count_figures()}; hallazgos usados: {len(document.findings)}.")
    if options.timings:
        phases = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in written.phases.items())
        print(f"Fases: {phases}.")
    for line in headlines(document, settings):
        print(line)
    return CLEAN


def headlines(document: "Document", settings: "Settings") -> Iterator[str]:
    """One line for each experiment that there is."""
    from report.findings.gan.losses import Losses
    from report.findings.lstm.test_accuracy import Accuracy
    from report.ledger.ledger import Ledger

    plain = Ledger(settings.style).plain
    if tested := document.findings.get(Accuracy):
        value, low, high = map(plain, (tested.estimate.value, tested.estimate.low, tested.estimate.high))
        yield f"LSTM: exactitud en la prueba {value} [{low}; {high}], n = {len(tested.accuracy.each)}."
    if losses := document.findings.get(Losses):
        of_d, of_g = (side.said(plain, " ") for side in (losses.discriminator, losses.generator))
        yield (
            f"GAN: {document.word(losses.verdict)}; pérdida final de D {of_d} y de G {of_g}, "
            f"n = {len(losses.generator.each)}."
        )
