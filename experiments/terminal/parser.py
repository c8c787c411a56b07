"""``argparse`` in Spanish, with errors of one sentence.

It asks ``gettext`` for its words, which looks for files that somebody would have to compile and install
for the language of the user's system; here they are given as they are.
"""

import argparse
from typing import NoReturn

SPANISH = {
    "usage: ": "uso: ",
    "positional arguments": "argumentos",
    "options": "opciones",
    "show this help message and exit": "muestra esta ayuda y termina",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "se esperaba una orden de entre %(choices)s, se encontró «%(parser_name)s»"
    ),
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "se esperaba uno de %(choices)s, se encontró «%(value)s»"
    ),
    "invalid %(type)s value: %(value)r": "se esperaba otro valor, se encontró «%(value)s»",
    "unrecognized arguments: %s": "se esperaban opciones conocidas, se encontró «%s»",
    "unexpected option string: %s": "se esperaba una opción conocida, se encontró «%s»",
    "ambiguous option: %(option)s could match %(matches)s": (
        "se esperaba una opción entera, se encontró «%(option)s», que puede ser %(matches)s"
    ),
    "ignored explicit argument %r": "se esperaba una opción sin valor, se encontró %r",
    "not allowed with argument %s": "se esperaba una sola de las dos, se encontró también %s",
    "the following arguments are required: %s": "se esperaba %s, no se encontró",
    "one of the arguments %s is required": "se esperaba alguno de %s, no se encontró",
    "expected one argument": "se esperaba un valor, no se encontró",
    "expected at most one argument": "se esperaba como mucho un valor, se encontraron más",
    "expected at least one argument": "se esperaba al menos un valor, no se encontró",
    "expected %s argument": "se esperaba %s valor",
    "expected %s arguments": "se esperaban %s valores",
}


class Parser(argparse.ArgumentParser):
    """Its subparsers are of the same class."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; vea «{self.prog} --help».\n")


def _spanish(text: str) -> str:
    return SPANISH.get(text, text)


def _counted(one: str, several: str, number: int) -> str:
    return _spanish(one if number == 1 else several)


argparse._ = _spanish  # type: ignore[attr-defined]
argparse.ngettext = _counted  # type: ignore[attr-defined]
