"""Files that somebody else gives: only regular ones are opened. A pipe would be waited for, a device may
have no end."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

NOT_REGULAR = "no es un fichero corriente"


def open_regular(path: Path) -> BufferedReader:
    """``path``, open for reading.

    Raises:
        OSError: as ``open``, and for whatever is no regular file; its ``strerror`` says so.
    """
    # looked at once it is open, so that it cannot become another file in between
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(number).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.ENXIO, NOT_REGULAR, str(path))
        return os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise


def read_regular(path: Path, limit: int) -> bytes:
    """All of ``path``.

    Raises:
        OSError: as ``open_regular``, and for more than ``limit`` bytes.
    """
    with open_regular(path) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, f"tiene más de {limit} bytes", str(path))
    return content
