"""Folders and several files: which forms there are, the worst answer, and what is said meanwhile."""

import io
import sys

import pytest

from report.__main__ import main
from report.commands.handins import Progress
from report.handins import many
from report.handins.row import Row, State

STATES = {"bien.md": State.CLEAN, "mal.md": State.CONTRADICTED, "roto.md": State.UNKNOWN}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(
        many,
        "examine_apart",
        lambda verb, path, results, running: Row(path.name, STATES[path.name], told=(verb,)),
    )
    for name in STATES:
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("names", "code"), [(["bien.md", "bien.md"], 0), (["bien.md", "mal.md"], 1), (["roto.md", "mal.md"], 2)]
)
@pytest.mark.parametrize("verb", ["verify", "audit"])
def test_the_worst_answers_for_all(folder, verb, names, code, capsys):
    assert main([verb, *(str(folder / name) for name in names), "--format", "json"]) == code
    assert f'"{verb}"' in capsys.readouterr().out


def test_a_folder_is_all_that_is_in_it(folder, capsys):
    assert main(["audit", str(folder), "--jobs", "1"]) == 2
    assert capsys.readouterr().out.splitlines() == [
        "bien.md: sin contradicciones.",
        "mal.md: con contradicciones.",
        "roto.md: no comprobado.",
        "Ficheros: 3 (sin contradicciones, 1; con contradicciones, 1; no comprobado, 1).",
    ]


def test_one_alone_has_a_row_where_the_form_asks_for_it(folder, capsys):
    assert main(["verify", str(folder / "bien.md"), "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("fichero,estado,")


@pytest.mark.parametrize(
    ("arguments", "said"), [([], "algún documento"), (["--jobs", "0"], "--jobs: se esperaba")]
)
def test_what_cannot_be_done_is_one_sentence(tmp_path, arguments, said, capsys):
    assert main(["audit", str(tmp_path), *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert captured.err.count("\n") == 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_how_far_it_has_got(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    tell = Progress(2)
    tell(1, Row("x/uno\n.pdf", State.CLEAN))
    tell(2, Row("dos.pdf", State.CLEAN))
    assert sys.stderr.getvalue() == "\r\x1b[K1 de 2: 'uno\\n.pdf'\r\x1b[K2 de 2: 'dos.pdf'\r\x1b[K"


def test_elsewhere_nothing_is_said_meanwhile(capsys):
    Progress(1)(1, Row("uno.pdf", State.CLEAN))
    assert capsys.readouterr().err == ""
