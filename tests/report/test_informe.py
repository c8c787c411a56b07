"""The one command: what it says of itself, and whom it hands each verb to."""

import io
import re
import tomllib

import argcomplete
import pytest

from report import informe
from report.paths import ROOT

VERBS = (*informe.WRITING, *informe.TRAINING)


def said(capsys, *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        informe.main(list(arguments))
    captured = capsys.readouterr()
    return ended.value.code, captured.out, captured.err


def test_it_knows_its_version(capsys):
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert said(capsys, "--version") == (0, f"informe {declared}\n", "")


def test_help_names_every_verb_and_no_other(capsys):
    code, out, _ = said(capsys, "--help")
    assert code == 0
    assert out.startswith("uso: informe [-h] [--version] ORDEN ...\n")
    assert re.findall(r"^    ([a-z]+) ?", out, re.M) == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_each_verb_ends_with_an_example_that_it_understands(verb, capsys):
    code, out, _ = said(capsys, verb, "--help")
    assert code == 0
    assert out.startswith(f"uso: informe {verb} ")
    name, example, *words = re.search(r"^ejemplo: (.+)$", out, re.M)[1].split()
    assert (name, example) == ("informe", verb)
    assert informe.parser().parse_args([verb, *words]).order == verb


@pytest.mark.parametrize("arguments", [[], ["vrify"], ["run"], ["--strict"]])
def test_what_is_no_verb_is_refused_in_one_sentence(arguments, capsys):
    code, out, err = said(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert re.fullmatch(r"informe: .*se esperab.*; mire «informe --help»\.\n", err)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_handed_to_the_package_that_has_it(verb, monkeypatch):
    package = "report" if verb in informe.WRITING else "experiments"
    calls = []
    for name in ("report", "experiments"):
        monkeypatch.setattr(
            f"{name}.__main__.run", lambda *given, name=name: calls.append((name, *given)) or 7
        )
    assert informe.main([verb, "a", "--b"]) == 7
    assert calls == [(package, [verb, "a", "--b"], "informe")]


def test_an_error_names_the_command_that_was_typed(capsys, monkeypatch):
    from report.__main__ import main

    monkeypatch.setattr("report.commands.status.run", lambda options: 1 // 0)
    assert main(["status"], "informe") == 2
    assert capsys.readouterr().err.startswith("informe status: se esperaba poder acabar")


def test_the_shell_is_told_what_could_stand_there(monkeypatch):
    for name, value in {"_ARGCOMPLETE": "1", "COMP_LINE": "informe ver", "COMP_POINT": "11"}.items():
        monkeypatch.setenv(name, value)
    answer, complete = io.StringIO(), argcomplete.autocomplete

    def end(code: int) -> None:
        raise SystemExit(code)

    monkeypatch.setattr(
        "argcomplete.autocomplete", lambda parser: complete(parser, output_stream=answer, exit_method=end)
    )
    with pytest.raises(SystemExit):
        informe.main([])
    assert answer.getvalue().split() == ["verify"]
