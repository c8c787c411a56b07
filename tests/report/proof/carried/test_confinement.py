"""What is confined gives its value or one sentence, whatever it does, and ends with whoever asked for it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from report.paths import ROOT
from report.proof.carried import confinement
from report.proof.carried.confinement import MEMORY, confined
from report.proof.carried.opening import FileError


def of(work, *arguments):
    with confined(work, *arguments) as value:
        return value()


def test_it_gives_what_the_work_gives():
    data = bytes(2**20)  # more than a pipe holds
    assert of(len, data) == len(data)


def test_nothing_that_the_work_prints_is_taken_for_its_value():
    assert of(eval, "print('hola', flush=True)") is None


@pytest.mark.parametrize(
    ("work", "says"),
    [
        (f"bytearray({MEMORY})", "1024 MiB de memoria"),
        ("__import__('os').abort()", "1024 MiB de memoria"),  # as C++ does when nothing is left
        ("(lambda again: again(again))(lambda again: again(again))", "1024 MiB de memoria"),
        ("1 / 0", "que pueda leerse, se encontró uno que no (ZeroDivisionError)"),
    ],
    ids=["memoria", "aborto", "pila", "error"],
)
def test_whatever_breaks_is_told_in_one_sentence(work, says):
    with pytest.raises(FileError) as raised:
        of(eval, work)
    assert says in str(raised.value)


def test_a_sentence_of_the_work_is_its_own():
    expression = "(_ for _ in ()).throw(__import__('report.proof.carried.opening').proof.carried.opening"
    with pytest.raises(FileError, match=r"^así no$"):
        of(eval, f"{expression}.FileError('así no'))")


def test_work_without_end_is_ended(monkeypatch):
    monkeypatch.setattr(confinement, "PATIENCE", 0.5)
    with pytest.raises(FileError, match="se encontró uno que pide más"):
        of(time.sleep, 60)


def test_it_is_no_more_once_nobody_wants_its_value():
    before = children()
    with confined(time.sleep, 60):
        assert len(children() - before) == 1
    assert children() <= before


def children():
    """The processes that this one started; those of other tests in it too."""
    return set(Path("/proc/self/task", str(os.getpid()), "children").read_text().split())


def test_it_does_not_outlive_whoever_is_killed(tmp_path):
    """A caller that is killed while the work goes on."""
    place = tmp_path / "número"
    script = (
        "from report.proof.carried.confinement import confined\n"
        "work = \"open({!r}, 'w').write(str(__import__('os').getpid())), __import__('time').sleep(60)\"\n"
        "with confined(eval, work.format({!r})) as value: value()\n"
    )
    script = script.replace("{!r}", repr(str(place)), 1).replace(".format({!r})", "")
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT) as caller:
        wait_until(lambda: place.exists() and place.read_text())
        caller.kill()
    wait_until(lambda: not is_there(int(place.read_text())))


def is_there(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{number}/stat") as status:  # dead, and nobody has asked for its end
        return status.read().rpartition(")")[2].split()[0] != "Z"


def wait_until(condition):
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_ctrl_c_is_for_the_caller_alone():
    assert of(eval, "__import__('signal').getsignal(2)") == signal.SIG_IGN
    assert of(os.getpgrp) != os.getpgrp()
