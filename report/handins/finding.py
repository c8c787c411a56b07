"""The documents in folders."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from report.audit.readers import SUFFIXES


def find(given: Sequence[Path]) -> list[Path]:
    """The documents that are ``given`` and, in their order, those in the folders that are, whatever lies in
    which; what is hidden is left out, and no link to a folder is followed."""
    found = [path for each in given for path in (_within(each) if each.is_dir() else (each,))]
    return list(dict.fromkeys(found))


def _within(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in SUFFIXES:
                yield Path(place) / name
