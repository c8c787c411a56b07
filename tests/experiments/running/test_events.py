"""What a run tells the process that started it."""

import json
import subprocess
import sys
import time

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


def test_a_run_whose_starter_has_gone_before_it_looks_ends_although_it_has_nothing_to_tell() -> None:
    silent = """
import time
from experiments.running.events import end_with_parent
input()
end_with_parent()
time.sleep(10)
"""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", silent], cwd=ROOT, stdin=pipe, stdout=pipe) as child:
        assert child.stdout is not None
        child.stdout.close()
        child.communicate(b"\n")
        assert child.returncode == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that lets no thread run")
def test_a_run_ends_with_the_process_that_started_it_although_no_other_thread_of_it_can_run() -> None:
    # `ctypes.PyDLL` keeps the other threads from running.
    busy = """
import ctypes, os
from experiments.running.events import end_with_parent
end_with_parent()
print(os.getpid(), flush=True)
ctypes.PyDLL(None).sleep(60)
"""
    starter = f"""
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {busy!r}], stdout=subprocess.PIPE)
print(child.stdout.readline().decode(), end="", flush=True)
os._exit(0)
"""
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", starter], cwd=ROOT, stderr=subprocess.PIPE, check=True)
    assert time.monotonic() - begun < 50  # its errors go where ours are read to their end
