"""Work for a second core: another process, with which one exchanges messages."""

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import connection, resource_tracker
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, TypeVar

from report.assembly.messages import Failed, Message
from report.errors import RenderError

Expected = TypeVar("Expected", bound=Message)


class NobodyThereError(Exception):
    """The process at the other end is no more."""


class Channel:
    """One end of a line between two processes."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    def send(self, message: Message) -> None:
        """Waits while the line is full."""
        self._deliver(pickle.dumps(message))

    def receive(self, expected: type[Expected]) -> Expected:
        """The next message; waits for it.

        Raises:
            NobodyThereError: there will be none.
            TypeError: it is no ``expected``.
            BaseException: what ended the work at the other end.
        """
        try:
            content = self._line.recv_bytes()
        except (EOFError, ConnectionError):
            raise NobodyThereError from None
        message = pickle.loads(content)
        if isinstance(message, Failed):
            raise message.error
        if not isinstance(message, expected):
            raise TypeError(f"expected {expected.__name__}, received {message!r:.80}")
        return message

    def close(self) -> None:
        self._line.close()

    def _deliver(self, content: bytes) -> None:
        with suppress(ConnectionError):  # ``receive`` tells why nobody listens
            self._line.send_bytes(content)


class WaitingChannel(Channel):
    """The end of a process that waits for the other's work."""

    def receive(self, expected: type[Expected]) -> Expected:
        try:
            return super().receive(expected)
        except NobodyThereError:
            raise RenderError(
                "Se esperaba el trabajo de un segundo proceso, se encontró que el sistema lo ha cerrado; "
                "libere memoria y repita la orden."
            ) from None


class CallerChannel(WaitingChannel):
    """The end of the caller, who never waits to send: the other process may still be starting, or at
    work, and a line holds less than one figure's data."""

    def __init__(self, line: Connection) -> None:
        super().__init__(line)
        self._outbox: SimpleQueue[bytes | None] = SimpleQueue()
        self._postman = threading.Thread(target=self._deliver_all, daemon=True)
        self._postman.start()

    def send(self, message: Message) -> None:
        self._outbox.put(pickle.dumps(message))

    def close(self) -> None:
        """Only once the other process is no more: what it has not received is lost."""
        self._outbox.put(None)
        self._postman.join()
        super().close()

    def _deliver_all(self) -> None:
        for content in iter(self._outbox.get, None):
            self._deliver(content)


def one_way() -> tuple[Channel, Channel]:
    """The two ends of a line from one process to another, which waits for its work: give each away,
    then close both here, so that either process hears when the other is no more."""
    here, there = connection.Pipe()
    return Channel(here), WaitingChannel(there)


def wait_for_any(*channels: Channel) -> list[Channel]:
    """Those from which ``receive`` has something to give, at least one; waits for it."""
    ready = connection.wait([channel._line for channel in channels])
    return [channel for channel in channels if channel._line in ready]


@contextmanager
def in_background(work: Callable[..., None], *arguments: Any) -> Iterator[CallerChannel]:
    """Run ``work(channel, *arguments)`` in a process of its own while this one goes on. What it
    raises is raised by ``receive``. At the end of the ``with`` it is no more, finished or not; nor
    does it outlive this process, whatever ends it.

    The process is a new one: copies do not exist everywhere, and threads, such as those of NumPy's
    algebra, do not survive them. Two of them are ready after 0.1 s, of which the caller waits for 0.02;
    a server that forks them would be no sooner (0.09 s), and the caller would wait for all of it.
    ``work`` and ``arguments`` must be such as can be pickled.

    Raises:
        RenderError: by ``receive``, if something from outside ended the process.
    """
    here, there = connection.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_run, args=(work, Channel(there), arguments), daemon=True
    )
    with _interruptions_held_back():
        process.start()
    there.close()  # so that a process that was killed is not waited for
    caller = CallerChannel(here)
    try:
        yield caller
    finally:
        process.kill()
        process.join()
        caller.close()


@contextmanager
def _interruptions_held_back() -> Iterator[None]:
    """Ctrl-C, and being asked to end, is for the caller, who ends the process that is started meanwhile:
    it must not hear of either, not even before its first line."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # which ``start`` would do, and listen again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _run(work: Callable[..., None], channel: Channel, arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where the above does nothing
    _let_go_of_the_output()
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    gc.disable()  # as in ``report.__main__``; who serves more than one document enables it
    try:
        work(channel, *arguments)
    except NobodyThereError:
        pass  # the caller has gone: that is the end of the work
    except BaseException as error:
        error.add_note(traceback.format_exc())  # a traceback does not travel
        channel.send(Failed(error))


def _let_go_of_the_output() -> None:
    """It is the caller's: whoever reads it to its end must not wait for this process, and what libraries
    print here is for nobody. What there is to say goes through the channel."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)


def _end_with_the_caller() -> None:
    """Even in the middle of work, with nothing to send or to receive."""
    caller = multiprocessing.parent_process()
    assert caller is not None
    connection.wait([caller.sentinel])
    os._exit(1)
