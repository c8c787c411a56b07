"""Where a document is made: a folder, and two processes that get ready while the results are read."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from report.background import Channel, in_background
from report.freshness import data_digest
from report.pdf import typesetter


@dataclass(frozen=True)
class Workshop:
    """An empty folder; ``drawing`` leads to ``draughtsman``, ``press`` to ``typesetter``."""

    folder: Path
    drawing: Channel
    press: Channel


@contextmanager
def open_workshop(parent: Path | None = None) -> Iterator[Workshop]:
    """A workshop in ``parent``, or in the system's temporary folder; nothing of it is left at the
    end, nor of ``parent`` if it is empty."""
    if parent is not None:
        parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            tempfile.TemporaryDirectory(dir=parent, prefix=".obra-") as name,
            in_background(draughtsman, Path(name)) as drawing,
            in_background(typesetter, Path(name)) as press,
        ):
            yield Workshop(Path(name), drawing, press)
    finally:
        if parent is not None and not any(parent.iterdir()):
            parent.rmdir()


def draughtsman(channel: Channel, folder: Path) -> None:
    """Work for a process of its own. Receives what each file is drawn from, and the earlier files
    that can be used again; draws the others into ``folder / "figures"``, where each appears whole;
    sends their labels."""
    from report.figures.drawing import draw  # Matplotlib: only in this process

    figures, reusable = channel.receive()
    (folder / "figures").mkdir()
    labels = {}
    for file, arguments in figures.items():
        unfinished = folder / file
        if earlier := reusable.get((file, data_digest(arguments))):
            shutil.copyfile(earlier, unfinished)
        else:
            drawn = draw(file, arguments)
            unfinished.write_bytes(drawn.content)
            labels[file] = drawn.labels
        unfinished.rename(folder / "figures" / file)
    channel.send(labels)
