"""Work for a second core."""

import multiprocessing
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from report.errors import RenderError


@contextmanager
def in_background(work: Iterator[Any]) -> Iterator[Iterator[Any]]:
    """What ``work`` yields or raises, made by a copy of this process while it goes on with its
    own. At the end of the ``with`` the copy is no more, finished or not.

    On macOS, whose libraries do not bear to be copied at work, it is made here when asked for.

    Raises:
        RenderError: something from outside ended the copy.
    """
    if sys.platform == "darwin":
        yield work
        return
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, sender))
    with warnings.catch_warnings():
        # Python warns of other threads: here those of NumPy's algebra, which wait for work.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sender.close()  # so that a copy that was killed is not waited for
    try:
        yield _receive(receiver, process)
    finally:
        process.kill()
        process.join()
        receiver.close()


def _send(work: Iterator[Any], sender: Connection) -> None:
    try:
        for item in work:
            sender.send((item, None))
    except BaseException as error:
        error.add_note(traceback.format_exc())  # a traceback does not travel
        sender.send((None, error))


def _receive(receiver: Connection, process: BaseProcess) -> Iterator[Any]:
    while True:
        try:
            item, error = receiver.recv()
        except EOFError:
            process.join()
            if process.exitcode:
                raise RenderError(
                    "Se esperaba que un segundo proceso dibujara las figuras, se encontró que el sistema "
                    "lo ha cerrado; libere memoria y repita la orden."
                ) from None
            return
        if error is not None:
            raise error
        yield item
