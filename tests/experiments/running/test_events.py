"""What a run tells the process that started it."""

import json
import subprocess
import sys

import pytest

from experiments.paths import ROOT
from experiments.running.events import emit


def test_an_event_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    emit(epoch=2, loss=0.5, note="más\nde una línea")
    emit(error="No.")
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line) for line in lines] == [
        {"epoch": 2, "loss": 0.5, "note": "más\nde una línea"},
        {"error": "No."},
    ]


def test_a_run_that_nobody_listens_to_ends() -> None:
    long = "from experiments.running.events import emit\nfor i in range(100_000): emit(done=0.5)"
    command = [sys.executable, "-c", long]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        assert child.wait() == 2
        assert child.stderr.read() == b""
