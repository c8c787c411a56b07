"""A limit to the time that work takes."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Interrupt what goes on in the ``with`` once it has taken ``seconds``, where the system can, and
    if it is what the process does: signals reach its first thread.

    Raises:
        TimeoutError: it has.
    """
    is_first = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not is_first:
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"más de {seconds} s")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
