"""What a run tells the process that started it, and that it does not outlive that one."""

import ctypes
import json
import os
import select
import signal
import sys
import threading

STDOUT = 1
PR_SET_PDEATHSIG = 1  # of Linux: the signal that comes when the parent dies


def emit(**event: object) -> None:
    """One JSON line on standard output. If nobody reads it any more, the process that
    started this run is gone, and so ends the run."""
    try:
        print(json.dumps(event), flush=True)
    except BrokenPipeError:
        os._exit(2)


def end_with_parent() -> None:
    """From now on, end this process with the one that started it, even if it has nothing to tell for
    hours: only that one can read what is told, and the system says when nobody can any more. That it was
    gone before is told as well. Linux also ends it within a library that lets no other thread run for
    seconds, as TensorFlow does while it is imported."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    line = select.poll()
    line.register(STDOUT, 0)  # what goes wrong is always told

    def watch() -> None:
        line.poll()
        os._exit(2)

    threading.Thread(target=watch, daemon=True).start()
