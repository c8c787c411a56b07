"""A limit to the time that work takes."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def deadline(own: float, whole: float) -> Iterator[None]:
    """Interrupt what goes on in the ``with`` once this process has worked for ``own`` seconds at it, or
    ``whole`` have gone by, during which others worked for it or for somebody else; where the system can,
    and if it is what the process does: signals reach its first thread.

    Raises:
        TimeoutError: it has.
    """
    is_first = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not is_first:
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"más de {own if number == signal.SIGPROF else whole} s")

    clocks = (
        (signal.SIGPROF, signal.ITIMER_PROF, own),
        (signal.SIGALRM, signal.ITIMER_REAL, whole),
    )
    before = {number: signal.signal(number, interrupt) for number, _, _ in clocks}
    try:
        for _, clock, seconds in clocks:
            signal.setitimer(clock, seconds)
        yield
    finally:
        for _, clock, _ in clocks:
            signal.setitimer(clock, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
