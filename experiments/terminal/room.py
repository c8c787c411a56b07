"""Memory for what the libraries take as they are loaded."""

import mmap
import os
import sys

MIB = 2**20
FOR_ALL = 640 * MIB  # of addresses, as measured where a report is made
FOR_A_CORE = 64 * MIB  # twice what each thread of both copies of OpenBLAS, NumPy's and SciPy's, sets aside
MOST_THREADS = 64  # that OpenBLAS starts


def expect_room() -> None:
    """Addresses alone: nothing is taken. OpenBLAS, where it finds none, waits for them for ever, or ends
    the process as if differences had been found.

    Raises:
        MemoryError: there are not enough of them, as under a limit of the shell.
    """
    if sys.platform == "win32":  # where addresses are not counted, and are asked for in another way
        return
    cores = min(os.cpu_count() or 1, MOST_THREADS)
    try:
        mmap.mmap(-1, FOR_ALL + cores * FOR_A_CORE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 0).close()
    except OSError as error:
        raise MemoryError(f"{error}") from error
