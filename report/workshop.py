"""Where a document is made."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from report.background import Channel, in_background
from report.pdf import typesetter


@dataclass(frozen=True)
class Workshop:
    """An empty folder, and a process that typesets what will lie in it (see ``typesetter``)."""

    folder: Path
    press: Channel


@contextmanager
def open_workshop(parent: Path | None = None) -> Iterator[Workshop]:
    """A workshop in ``parent``, or in the system's temporary folder; nothing of it is left at the
    end, nor of ``parent`` if it is empty. Open it early: the press gets ready while the results
    are read."""
    if parent is not None:
        parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            tempfile.TemporaryDirectory(dir=parent, prefix=".obra-") as name,
            in_background(typesetter, Path(name)) as press,
        ):
            yield Workshop(Path(name), press)
    finally:
        if parent is not None and not any(parent.iterdir()):
            parent.rmdir()
