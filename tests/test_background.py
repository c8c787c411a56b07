"""Work for a second core: what it gives and raises, and that nothing of it is left."""

import os
import time
from collections.abc import Iterator
from pickle import PicklingError

import pytest

from report.background import in_background
from report.errors import RenderError


def test_items_come_from_another_process_in_their_order():
    def work() -> Iterator[int]:
        yield from (3, os.getpid(), 5)

    with in_background(work()) as made:
        first, process, last = made
    assert (first, last) == (3, 5)
    assert process != os.getpid()


def test_it_goes_on_while_the_caller_works(tmp_path):
    def work() -> Iterator[None]:
        while not (tmp_path / "go").exists():
            time.sleep(0.001)
        (tmp_path / "done").touch()
        yield

    with in_background(work()) as made:
        (tmp_path / "go").touch()
        while not (tmp_path / "done").exists():
            time.sleep(0.001)
        next(made)


def test_what_it_raises_is_raised_where_its_item_is_asked_for():
    def work() -> Iterator[int]:
        yield 1
        raise RenderError("Se esperaba un dibujo.")

    with in_background(work()) as made:
        assert next(made) == 1
        with pytest.raises(RenderError) as caught:
            next(made)
    assert str(caught.value) == "Se esperaba un dibujo."
    assert "in work" in caught.value.__notes__[0]


def test_what_cannot_travel_says_so_and_does_not_hang():
    with in_background(iter([lambda: 1])) as made, pytest.raises((AttributeError, PicklingError)):
        next(made)


def test_a_caller_that_fails_ends_it():
    def work() -> Iterator[int]:
        yield os.getpid()
        time.sleep(60)
        yield 0

    processes = []

    def fail() -> None:
        with in_background(work()) as made:
            processes.append(next(made))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with pytest.raises(ProcessLookupError):
        os.kill(processes[0], 0)


def test_one_that_is_killed_is_not_waited_for():
    def work() -> Iterator[int]:
        os.kill(os.getpid(), 9)
        yield 1

    with in_background(work()) as made, pytest.raises(RenderError, match="libere memoria"):
        next(made)


def test_on_macos_it_is_done_here(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    with in_background(iter([os.getpid])) as made:
        assert next(made)() == os.getpid()
