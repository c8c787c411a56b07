"""Work for a second core: another process, with which one exchanges messages."""

import multiprocessing
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, SpawnContext
from typing import Any

from report.errors import RenderError


class Channel:
    """One end of a line between two processes."""

    def __init__(self, incoming: Connection, outgoing: Connection) -> None:
        self._incoming = incoming
        self._outgoing = outgoing

    def send(self, message: Any) -> None:
        with suppress(BrokenPipeError):  # ``receive`` tells why nobody listens
            self._outgoing.send((message, None))

    def receive(self) -> Any:
        """The next message; waits for it.

        Raises:
            EOFError: there is nobody at the other end.
            Exception: what ended the work at the other end.
        """
        message, error = self._incoming.recv()
        if error is not None:
            raise error
        return message

    def has_arrived(self) -> bool:
        """Whether ``receive`` need not wait."""
        return self._incoming.poll()

    def fail(self, error: BaseException) -> None:
        self._outgoing.send((None, error))

    def close(self) -> None:
        self._incoming.close()
        self._outgoing.close()


class _Caller(Channel):
    """The end of the process that waits for the work."""

    def receive(self) -> Any:
        try:
            return super().receive()
        except EOFError:
            raise RenderError(
                "Se esperaba el trabajo de un segundo proceso, se encontró que el sistema lo ha cerrado; "
                "libere memoria y repita la orden."
            ) from None


@contextmanager
def in_background(work: Callable[..., None], *arguments: Any) -> Iterator[Channel]:
    """Run ``work(channel, *arguments)`` in a process of its own while this one goes on. What it
    raises is raised by ``receive``. At the end of the ``with`` it is no more, finished or not.

    The process is a copy of this one, which has its modules and its data; on macOS, whose
    libraries do not bear to be copied at work, a new one: ``work`` and ``arguments`` must be such
    as can be pickled.

    Raises:
        RenderError: by ``receive``, if something from outside ended the process.
    """
    context: ForkContext | SpawnContext = multiprocessing.get_context("fork")
    if sys.platform == "darwin":
        context = multiprocessing.get_context("spawn")
    here_in, there_out = context.Pipe(duplex=False)
    there_in, here_out = context.Pipe(duplex=False)
    here, there = _Caller(here_in, here_out), Channel(there_in, there_out)
    process = context.Process(target=_run, args=(work, there, arguments))
    with warnings.catch_warnings():
        # Python warns of other threads: here those of NumPy's algebra, which wait for work.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    there.close()  # so that a process that was killed is not waited for
    try:
        yield here
    finally:
        process.kill()
        process.join()
        here.close()


def _run(work: Callable[..., None], channel: Channel, arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the caller, who ends this one
    try:
        work(channel, *arguments)
    except BaseException as error:
        error.add_note(traceback.format_exc())  # a traceback does not travel
        with suppress(BrokenPipeError):
            channel.fail(error)
