"""Work for a second core: what it gives and raises, and that nothing of it is left."""

import os
import time
from pathlib import Path
from pickle import PicklingError

import pytest

from report.background import Channel, in_background
from report.errors import RenderError


@pytest.fixture(params=["linux", "darwin"], autouse=True)
def platform(request, monkeypatch):
    """A copy of the process, and a new one."""
    monkeypatch.setattr("sys.platform", request.param)


def greet(channel: Channel, greeting: str) -> None:
    channel.send(os.getpid())
    channel.send(f"{greeting}, {channel.receive()}")


def test_messages_go_both_ways_in_their_order():
    with in_background(greet, "Hola") as other:
        other.send("Ana")
        assert other.receive() not in (None, os.getpid())
        assert other.receive() == "Hola, Ana"


def test_one_can_see_whether_a_message_has_to_be_waited_for():
    with in_background(greet, "Hola") as other:
        other.receive()
        assert not other.has_arrived()
        other.send("Ana")
        while not other.has_arrived():
            time.sleep(0.001)
        assert other.receive() == "Hola, Ana"


def wait_for(channel: Channel, folder: Path) -> None:
    while not (folder / "go").exists():
        time.sleep(0.001)
    (folder / "done").touch()
    channel.receive()


def test_it_goes_on_while_the_caller_works(tmp_path):
    with in_background(wait_for, tmp_path):
        (tmp_path / "go").touch()
        while not (tmp_path / "done").exists():
            time.sleep(0.001)


def fail(channel: Channel) -> None:
    channel.send(1)
    raise RenderError("Se esperaba un dibujo.")


def test_what_it_raises_is_raised_where_its_message_is_waited_for():
    with in_background(fail) as other:
        assert other.receive() == 1
        with pytest.raises(RenderError) as caught:
            other.receive()
    assert str(caught.value) == "Se esperaba un dibujo."
    assert "in fail" in caught.value.__notes__[0]


def test_what_ended_it_is_told_even_to_a_caller_who_sends():
    message = b"0" * 2**22  # more than a pipe holds
    with in_background(fail) as other:
        other.send(message)
        other.send(message)
        assert other.receive() == 1
        with pytest.raises(RenderError, match="un dibujo"):
            other.receive()


def send_a_function(channel: Channel) -> None:
    channel.send(lambda: 1)


def test_what_cannot_travel_says_so_and_does_not_hang():
    with in_background(send_a_function) as other, pytest.raises((AttributeError, PicklingError)):
        other.receive()


def sleep(channel: Channel) -> None:
    channel.send(os.getpid())
    time.sleep(60)


def test_a_caller_that_fails_ends_it():
    processes = []

    def interrupted() -> None:
        with in_background(sleep) as other:
            processes.append(other.receive())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with pytest.raises(ProcessLookupError):
        os.kill(processes[0], 0)


def end(channel: Channel, signal: int) -> None:
    os.kill(os.getpid(), signal)
    channel.send("vivo")


def test_one_that_is_killed_is_not_waited_for():
    with in_background(end, 9) as other, pytest.raises(RenderError, match="libere memoria"):
        other.receive()


def test_an_interruption_of_the_keyboard_is_left_to_the_caller():
    with in_background(end, 2) as other:
        assert other.receive() == "vivo"
