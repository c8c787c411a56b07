"""One process at a time in a folder."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from report.assembly.exchange import put_in_order
from report.errors import RenderError

# What counts is the system's lock on it, which goes with its process whatever ends that: a file that is
# left behind holds nobody up.
LOCK_FILE = ".obra.lock"
PATIENCE_S = 10.0  # about twice as long as a document takes
INTERVAL_S = 0.1


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold ``folder`` against every other process that would write a document there, once what a killed
    one left is in order. It is made if it is not there, and is no more at the end if nothing is in it.

    Raises:
        RenderError: another one has held it for longer than ``PATIENCE_S``.
    """
    lock = _hold(folder)
    try:
        put_in_order(folder)
        yield
    finally:
        if lock is not None:
            with suppress(OSError):  # not everywhere while it is open
                (folder / LOCK_FILE).unlink()
            lock.release()
        with suppress(OSError):  # something is in it
            folder.rmdir()


def _hold(folder: Path) -> FileLock | None:
    """Nothing where nobody can write, and so nobody needs to be kept away."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        lock = FileLock(folder / LOCK_FILE)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=max(0, deadline - time.monotonic()), poll_interval=INTERVAL_S)
            return lock
        except Timeout as error:
            raise RenderError(
                f"{folder}: se esperaba que ningún otro proceso escribiera ahí un documento, se encontró uno "
                f"que no ha acabado en {PATIENCE_S:.0f} segundos; espere a que acabe y repita la orden."
            ) from error
        except (FileNotFoundError, FileExistsError):
            if os.path.lexists(folder) and not folder.is_dir():
                raise  # it is something else
            # else whoever held the folder has just taken it away
        except OSError:
            if os.access(folder, os.W_OK) or not folder.exists():
                raise
            return None
