"""Whatever PDF is handed in, ``verify``, ``check`` and ``audit`` answer with one sentence, soon."""

import json
import os

import hostile
import pytest

from report.__main__ import main
from report.proof.carried.opening import MAX_STREAM

VERBS = ("verify", "check", "audit")
PACKED = b"/F#69lter/FlateDecode"
FILES = {
    "bomba": hostile.written(hostile.stream(hostile.packed(MAX_STREAM + 1), PACKED)),
    "árbol sin fin": hostile.written(hostile.stream(b"", b"")).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
    "formas muy hondas": hostile.changed(hostile.drawing_each_other(400, times=1)),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("verb", VERBS)
def test_it_cannot_be_checked(verb, name, tmp_path, capsys):
    path = tmp_path / "informe.pdf"
    path.write_bytes(FILES[name])

    assert main([verb, str(path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{path}: se esperaba")
    assert told.err.count("\n") == 1


@pytest.mark.parametrize("verb", VERBS)
def test_a_pipe_is_not_waited_for(verb, tmp_path, capsys):
    os.mkfifo(tmp_path / "informe.pdf")
    assert main([verb, str(tmp_path / "informe.pdf")]) == 2
    assert "no es un fichero" in capsys.readouterr().err


def test_machines_are_told_so_too(tmp_path, capsys):
    os.mkfifo(tmp_path / "informe.pdf")
    assert main(["verify", "--format", "json", str(tmp_path / "informe.pdf")]) == 2
    assert json.loads(capsys.readouterr().out)["resultado"] == "no comprobado"


def test_nor_is_a_pipe_with_settings(tmp_path, capsys):
    os.mkfifo(tmp_path / "informe.toml")
    options = ["--settings", str(tmp_path / "informe.toml"), "--build", str(tmp_path / "build")]
    assert main(["build", "--results", "results/reference", *options]) == 2
    assert "no es un fichero" in capsys.readouterr().err
