"""The command line, in Spanish: argparse has its help and its complaints in English alone."""

import argparse
import re
import sys
from typing import Any, NoReturn

FAILED = 2

# What argparse complains of, and what of it was expected and found.
_COMPLAINTS = (
    (r"the following arguments are required: (.+)", "se esperaba {0}, no se encontró"),
    (r"unrecognized arguments: (.+)", "se esperaba solo lo que conoce, se encontró «{0}»"),
    (r"ambiguous option: (.+?) could match (.+)", "se esperaba una sola de {1}, se encontró «{0}»"),
    (r"argument (\S+): expected .+", "{0}: se esperaba un valor, no se encontró"),
    (r"argument (\S+): ignored explicit argument '(.*)'", "{0}: se esperaba sin valor, se encontró «{1}»"),
    (
        r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.+)\)",
        "{0}: se esperaba uno de {2}, se encontró «{1}»",
    ),
    (r"argument (\S+): invalid \S+ value: '(.*)'", "{0}: se esperaba otro valor, se encontró «{1}»"),
    (r"argument (\S+): not allowed with argument (\S+)", "se esperaba {0} o {1}, se encontraron los dos"),
)


class Parser(argparse.ArgumentParser):
    """What it refuses it says in one sentence; its subparsers are of the same class. ``example``: what may
    stand after the name of the command."""

    def __init__(self, example: str = "", **options: Any) -> None:
        super().__init__(**options, add_help=False)
        self.epilog = f"ejemplo: {self.prog} {example}" if example else None
        self._positionals.title, self._optionals.title = "argumentos", "opciones"
        self.add_argument("-h", "--help", action="help", help="muestra esta ayuda")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "uso: ", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "uso: ", 1)

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {said(message)}; mire «{self.prog} --help».", file=sys.stderr)
        sys.exit(FAILED)


def said(message: str) -> str:
    """A complaint of argparse's, in Spanish."""
    for pattern, spanish in _COMPLAINTS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return spanish.format(*(part.replace("'", "") for part in found.groups()))
    return f"se esperaban otros argumentos, se encontró «{message}»"
