"""What is said of what was typed."""

import argparse
import ast
import inspect

import pytest

from experiments.terminal.parser import SPANISH, Parser

# What only who writes a parser wrongly can see, or a kind of argument that this program has none of.
NOT_SHOWN = {
    *("conflicting subparser: %s", "conflicting subparser alias: %s", 'argument "-" with mode %r'),
    *("can't open '%(filename)s': %(error)s", "cannot merge actions - two groups are named %r"),
    *("'required' is an invalid argument for positionals", "dest= is required for options like %r"),
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    *("invalid conflict_resolution value: %r", "mutually exclusive arguments must be optional"),
    *("conflicting option string: %s", "conflicting option strings: %s", "%r is not callable"),
    *("cannot have multiple subparser arguments", "subcommands", "%(prog)s: error: %(message)s\n"),
    *("'nargs' is an invalid argument for positionals", "%(prog)s: warning: %(message)s\n"),
    *("command '%(parser_name)s' is deprecated", "option '%(option)s' is deprecated"),
    *("argument '%(argument_name)s' is deprecated", "show program's version number and exit"),
    *(".__call__() not defined", " (default: %(default)s)", "%(heading)s:"),
}


def test_all_that_argparse_says_has_its_spanish():
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(argparse))) if isinstance(node, ast.Call)]
    asked = [call for call in calls if getattr(call.func, "id", "") in ("_", "ngettext")]
    said = {
        argument.value
        for call in asked
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    assert {"usage: ", "expected one argument"} <= said
    assert said - NOT_SHOWN - SPANISH.keys() == set()


@pytest.fixture
def parser() -> Parser:
    parser = Parser(prog="python -m algo", description="Hace algo.")
    parser.add_argument("--format", choices=["text", "json"])
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--stress", action="store_true")
    parser.add_argument("file", metavar="FICHERO")
    return parser


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ([], "se esperaba FICHERO, no se encontró"),
        (["a", "b"], "se esperaban opciones conocidas, se encontró «b»"),
        (["a", "--format"], "--format: se esperaba un valor, no se encontró"),
        (["a", "--strict=1"], "--strict: se esperaba una opción sin valor, se encontró '1'"),
        (["--format", "xml"], "--format: se esperaba uno de 'text', 'json', se encontró «xml»"),
        (["--str"], "se esperaba una opción entera, se encontró «--str», que puede ser --strict, --stress"),
    ],
)
def test_an_error_is_one_spanish_sentence(parser, typed, told, capsys):
    with pytest.raises(SystemExit) as caught:
        parser.parse_args(typed)
    assert caught.value.code == 2
    assert capsys.readouterr() == ("", f"python -m algo: {told}; vea «python -m algo --help».\n")


def test_the_help_is_spanish(parser):
    lines = parser.format_help().splitlines()
    assert lines[0].startswith("uso: python -m algo")
    assert {"argumentos:", "opciones:", "  -h, --help            muestra esta ayuda y termina"} <= set(lines)
