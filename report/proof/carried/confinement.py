"""Work on what may come from anybody, in a process of its own: it takes no more memory and time than it is
given, and if it breaks it breaks alone.

The process is a bare one, with nothing of this one in it, so that what it needs can be foretold: memory
is counted in addresses, of which libraries such as NumPy reserve as many as there are cores.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from report.paths import ROOT
from report.proof.carried.opening import FileError

MEMORY = 2**30  # bytes of addresses
SECONDS = 60  # of the processor
PATIENCE = 3 * SECONDS  # by the clock: others may be at work on the same machine
MAX_ANSWER = 2**27  # bytes

Value = TypeVar("Value")


def too_much() -> FileError:
    return FileError(
        f"se esperaba un PDF que se lea con {MEMORY >> 20} MiB de memoria y en {SECONDS} s, se encontró uno "
        "que pide más o que rompe a quien lo lee"
    )


@contextmanager
def confined(work: Callable[..., Value], *arguments: Any) -> Iterator[Callable[[], Value]]:
    """Begin ``work(*arguments)``; what one gets waits for its value and gives it. At the end of the ``with``
    the process is no more, finished or not; nor does it outlive this one.

    ``work`` and ``arguments`` must be such as can be pickled.

    Raises:
        FileError: by the call, if ``work`` did, or failed in any other way.
    """
    with subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,  # Ctrl-C is for this one, which then ends the other
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        given, answers = process.stdin, process.stdout
        request = pickle.dumps((work, arguments))
        # by another thread, because a pipe holds less and the other process is still starting
        postman = threading.Thread(target=_post, args=(given, request), daemon=True)
        postman.start()

        def value() -> Value:
            clock = threading.Timer(PATIENCE, process.kill)
            clock.daemon = True
            clock.start()
            try:
                return _opened(answers.read(MAX_ANSWER))
            finally:
                clock.cancel()

        try:
            yield value
        finally:
            process.kill()
            postman.join()
            with suppress(OSError):  # of what was not taken
                given.close()


def _post(given: Any, request: bytes) -> None:
    """What is given stays open: its end tells the other process that there is nobody any more."""
    with suppress(OSError):
        given.write(request)
        given.flush()


def _opened(answer: bytes) -> Any:
    try:
        is_value, found = pickle.loads(answer)
    except (EOFError, pickle.UnpicklingError):  # the process ended before it could tell
        raise too_much() from None
    if is_value:
        return found
    raise found


# --- the other process -------------------------------------------------------------------


def _work() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    _limit_itself()
    with open(0, "rb", closefd=False) as given:
        work, arguments = pickle.load(given)
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    try:
        answer = pickle.dumps((True, work(*arguments)))
    except FileError as error:
        answer = pickle.dumps((False, error))
    except (MemoryError, RecursionError):
        answer = pickle.dumps((False, too_much()))
    except Exception as error:
        name = type(error).__name__
        reason = FileError(f"se esperaba un PDF que pueda leerse, se encontró uno que no ({name})")
        answer = pickle.dumps((False, reason))
    answers.write(answer)
    answers.close()
    os._exit(0)


def _limit_itself() -> None:
    """Where the system can."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource
    except ImportError:
        return
    limits = {resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_CORE: 0}
    for what, most in limits.items():
        soft, hard = resource.getrlimit(what)
        allowed = [limit for limit in (soft, hard, most) if limit != resource.RLIM_INFINITY]
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (min(allowed), hard))


def _end_with_the_caller() -> None:
    """Even in the middle of work."""
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    _work()
