"""The command line in Spanish."""

from pathlib import Path

import pytest

from experiments.arguments import Parser, said


@pytest.fixture
def parser() -> Parser:
    parser = Parser(prog="programa", description="Hace algo.")
    verbs = parser.add_subparsers(required=True, metavar="ORDEN")
    train = verbs.add_parser("entrena", help="entrena")
    train.add_argument("file", type=Path, metavar="FICHERO", help="lo que lee")
    train.add_argument("--times", type=int, help="veces")
    train.add_argument("--timed", action="store_true", help="con reloj")
    either = train.add_mutually_exclusive_group()
    either.add_argument("--one", action="store_true", help="uno")
    either.add_argument("--two", action="store_true", help="dos")
    return parser


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "programa: se esperaba ORDEN, no se encontró; mire «programa --help»."),
        (["x"], "programa: ORDEN: se esperaba uno de entrena, se encontró «x»; mire «programa --help»."),
        (
            ["entrena"],
            "programa entrena: se esperaba FICHERO, no se encontró; mire «programa entrena --help».",
        ),
        (
            ["entrena", "f", "--foo"],
            "programa: se esperaba solo lo que conoce, se encontró «--foo»; mire «programa --help».",
        ),
        (["entrena", "f", "--times"], "programa entrena: --times: se esperaba un valor, no se encontró;"),
        (["entrena", "f", "--times=a"], "--times: se esperaba otro valor, se encontró «a»;"),
        (["entrena", "f", "--timed=3"], "--timed: se esperaba sin valor, se encontró «3»;"),
        (["entrena", "f", "--tim", "3"], "se esperaba una sola de --times, --timed, se encontró «--tim»;"),
        (["entrena", "f", "--one", "--two"], "se esperaba --two o --one, se encontraron los dos;"),
    ],
)
def test_what_is_refused_is_one_spanish_sentence(
    parser: Parser, arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(arguments)
    printed = capsys.readouterr()
    assert (ended.value.code, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert complaint in printed.err


def test_help_is_in_spanish(parser: Parser, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["entrena", "-h"]):
        with pytest.raises(SystemExit) as ended:
            parser.parse_args(arguments)
        assert ended.value.code == 0
        printed = capsys.readouterr().out
        assert printed.startswith("uso: programa")
        assert "muestra esta ayuda" in printed
        for english in ("usage", "positional", "options", "show this", "exit"):
            assert english not in printed


def test_what_nobody_has_foreseen_is_quoted() -> None:
    assert said("something new") == "se esperaban otros argumentos, se encontró «something new»"
