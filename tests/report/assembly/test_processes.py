"""Work for a second core: what it gives and raises, and that nothing of it is left."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from pickle import PicklingError
from typing import Any

import pytest

from report.assembly.messages import Message
from report.assembly.processes import Channel, in_background, one_way, wait_for_any
from report.errors import RenderError
from report.paths import ROOT


@dataclass(frozen=True)
class Said(Message):
    what: Any


@dataclass(frozen=True)
class Asked(Message):
    what: Any


def greet(channel: Channel, greeting: str) -> None:
    channel.send(Said(os.getpid()))
    channel.send(Said(f"{greeting}, {channel.receive(Asked).what}"))


def test_messages_go_both_ways_in_their_order():
    with in_background(greet, "Hola") as other:
        other.send(Asked("Ana"))
        assert other.receive(Said).what not in (None, os.getpid())
        assert other.receive(Said) == Said("Hola, Ana")


def test_another_message_than_the_protocol_has_here_is_an_error():
    with in_background(greet, "Hola") as other:
        other.send(Said("Ana"))
        other.receive(Message)
        with pytest.raises(TypeError, match=r"expected Asked, received Said\(what='Ana'\)"):
            other.receive(Said)


def test_a_process_is_new_and_no_copy(monkeypatch):
    monkeypatch.setattr(sys, "platform", "nowhere")
    with in_background(send_platform) as other:
        assert other.receive(Said) != Said("nowhere")


def send_platform(channel: Channel) -> None:
    channel.send(Said(sys.platform))


def wait_for(channel: Channel, folder: Path) -> None:
    channel.receive(Asked)
    (folder / "done").touch()
    channel.send(Said("done"))
    channel.receive(Message)


def test_it_goes_on_while_the_caller_works(tmp_path):
    with in_background(wait_for, tmp_path) as other:
        other.send(Asked("go"))
        while not (tmp_path / "done").exists():
            time.sleep(0.001)


MUCH = b"0" * 2**22  # more than a line holds


def test_the_caller_never_waits_to_send():
    with in_background(sleep) as other:
        for _ in range(3):
            other.send(Asked(MUCH))


def echo(channel: Channel) -> None:
    while True:
        channel.send(Said(channel.receive(Asked).what))


def test_much_can_be_sent_both_ways_at_once():
    with in_background(echo) as other:
        for _ in range(3):
            other.send(Asked(MUCH))
        assert [other.receive(Said).what == MUCH for _ in range(3)] == [True] * 3


def fail(channel: Channel) -> None:
    channel.send(Said(1))
    raise RenderError("Se esperaba un dibujo.")


def test_what_it_raises_is_raised_where_its_message_is_waited_for():
    with in_background(fail) as other:
        assert other.receive(Said) == Said(1)
        with pytest.raises(RenderError) as caught:
            other.receive(Said)
    assert str(caught.value) == "Se esperaba un dibujo."
    assert "in fail" in caught.value.__notes__[0]


def test_what_ended_it_is_told_even_to_a_caller_who_sends():
    with in_background(fail) as other:
        other.send(Asked(MUCH))
        other.send(Asked(MUCH))
        assert other.receive(Said) == Said(1)
        with pytest.raises(RenderError, match="un dibujo"):
            other.receive(Said)


def send_a_function(channel: Channel) -> None:
    channel.send(Said(lambda: 1))


def test_what_cannot_travel_says_so_and_does_not_hang():
    with in_background(send_a_function) as other, pytest.raises((AttributeError, PicklingError)):
        other.receive(Said)


def test_nor_does_what_the_caller_cannot_send():
    with in_background(echo) as other, pytest.raises((AttributeError, PicklingError)):
        other.send(Asked(lambda: 1))


# --- a line between two others -----------------------------------------------------------


def pass_on(channel: Channel, onwards: Channel) -> None:
    while True:
        onwards.send(channel.receive(Asked))


def hear(channel: Channel, from_other: Channel) -> None:
    while True:
        first = wait_for_any(channel, from_other)[0]
        channel.send(Said((first is from_other, first.receive(Asked).what)))


def test_a_process_hears_the_caller_and_the_other_process():
    told, heard = one_way()
    with in_background(pass_on, told) as speaker, in_background(hear, heard) as listener:
        told.close()
        heard.close()
        speaker.send(Asked("uno"))
        assert listener.receive(Said) == Said((True, "uno"))
        listener.send(Asked("dos"))
        assert listener.receive(Said) == Said((False, "dos"))


def test_it_hears_that_the_other_process_is_no_more():
    told, heard = one_way()
    with in_background(hear, heard) as listener:
        with in_background(pass_on, told):
            told.close()
            heard.close()
        with pytest.raises(
            RenderError, match=r"Se esperaba el trabajo de un segundo proceso, .*libere memoria"
        ):
            listener.receive(Said)


# --- the end -----------------------------------------------------------------------------


def sleep(channel: Channel) -> None:
    channel.send(Said(os.getpid()))
    time.sleep(60)


def test_a_caller_that_fails_ends_it():
    processes = []

    def interrupted() -> None:
        with in_background(sleep) as other:
            processes.append(other.receive(Said).what)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with pytest.raises(ProcessLookupError):
        os.kill(processes[0], 0)


def test_nothing_of_the_caller_is_left_either():
    before = set(threading.enumerate())
    with in_background(sleep) as other:
        other.send(Asked(MUCH))
    assert set(threading.enumerate()) == before


def end(channel: Channel, number: int) -> None:
    os.kill(os.getpid(), number)
    channel.send(Said("vivo"))


def test_one_that_is_killed_is_not_waited_for():
    with in_background(end, signal.SIGKILL) as other, pytest.raises(RenderError, match="libere memoria"):
        other.receive(Said)


def test_an_interruption_of_the_keyboard_is_left_to_the_caller():
    with in_background(end, signal.SIGINT) as other:
        assert other.receive(Said) == Said("vivo")


def interruptions(channel: Channel) -> None:
    channel.send(Said({signal.SIGINT, signal.SIGTERM} <= signal.pthread_sigmask(signal.SIG_BLOCK, set())))


def test_not_even_one_that_is_starting_hears_it():
    with in_background(interruptions) as other:
        assert other.receive(Said) == Said(True)
    assert not {signal.SIGINT, signal.SIGTERM} & signal.pthread_sigmask(signal.SIG_BLOCK, set())


def where_it_prints(channel: Channel) -> None:
    nothing = os.stat(os.devnull)
    channel.send(Said([os.path.samestat(os.fstat(stream), nothing) for stream in (1, 2)]))


def test_it_does_not_hold_the_output_of_the_caller_open():
    with in_background(where_it_prints) as other:
        assert other.receive(Said).what == [True, True]


CALLER = """
import sys
from tests.report.assembly.test_processes import *
with in_background({work}) as other:
    print(other.receive(Said).what, flush=True)
    {then}
"""


def spin(channel: Channel) -> None:
    """At work, with nothing to say and nothing to hear."""
    channel.send(Said(os.getpid()))
    while True:
        pass


@pytest.mark.parametrize("work", [sleep, spin], ids=["asleep", "at work"])
def test_it_does_not_outlive_a_caller_that_is_killed(work: Callable[..., None]):
    program = CALLER.format(work=work.__name__, then="os.kill(os.getpid(), signal.SIGKILL)")
    # Until the end of its output, which each of them would hold open.
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=30, check=False
    )
    assert done.returncode == -signal.SIGKILL
    for _ in range(1000):
        try:
            os.kill(int(done.stdout), 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise AssertionError("it is still there")
