"""Files of results that are whole or absent, and that those may read whom the user lets.

Training writes its own with ``files.write_atomically``, which everybody may read where the folder lets them
in: that one is part of the code that results were trained with, and stays as it is.
"""

import os
import secrets
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is either whole or absent; an existing one stays until then."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
