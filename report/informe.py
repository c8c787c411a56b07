"""The one command, ``informe``: each verb is handed to the package that has it.

Each process that ``build`` starts imports this file again, and neither package imports the other: what a verb
needs is imported once it is known.
"""

import argparse
import os
import sys
from typing import Any

PROGRAM = "informe"
TRAINING = ("train", "reproduce", "judge", "import")
WRITING = ("build", "export", "check", "verify", "status", "audit")


def main(arguments: list[str] | None = None) -> int:
    given = sys.argv[1:] if arguments is None else arguments
    verb = given[0] if given else ""
    if "_ARGCOMPLETE" in os.environ:  # the shell asks what could stand here
        import argcomplete

        argcomplete.autocomplete(parser())
    if verb in WRITING:
        from report.__main__ import run

        return run(given, PROGRAM)
    if verb in TRAINING:
        from experiments.__main__ import run

        return run(given, PROGRAM)
    parser().parse_args(given)  # help, the version or a complaint: it does not come back
    return 2


def parser() -> argparse.ArgumentParser:
    """All verbs, to tell of them."""
    from experiments import __main__ as training
    from experiments.terminal.arguments import Parser
    from report import __main__ as writing

    whole = Parser(
        prog=PROGRAM,
        description="Entrena una LSTM y una GAN, escribe su informe y comprueba el de cualquiera.",
    )
    whole.add_argument("--version", action=Version, nargs=0, help="di qué versión es")
    subparsers = whole.add_subparsers(required=True, metavar="ORDEN", dest="order")
    writing.add_verbs(subparsers)
    training.add_verbs(subparsers)
    return whole


class Version(argparse.Action):
    """As argparse's own, but asked for only when it is wanted."""

    def __call__(self, parser: argparse.ArgumentParser, *typed: Any) -> None:
        from report.proof.state.program import version

        print(PROGRAM, version())
        parser.exit()


if __name__ == "__main__":
    sys.exit(main())
