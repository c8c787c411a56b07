"""The process that draws the figures."""

import gc
import shutil
import tempfile
from importlib import import_module
from pathlib import Path

from report.assembly.messages import Available, Draw, Drawn, Message, NoMoreDrawings
from report.assembly.processes import Channel


def draw_figures(caller: Channel, typesetting: Channel, own: Path) -> None:
    """Work for a process of its own: draws what the caller asks for, in that order; tells of each
    file the process that waits for it to typeset, and the caller. What it keeps lies in ``own``."""
    tempfile.tempdir = str(own)  # for Matplotlib, which keeps something there where it cannot in the home

    from report.figures.drawing import draw  # Matplotlib: only in this process, and at once

    import_module("report.figures.collection")  # the classes of what is to come, while there is time
    while True:
        match caller.receive(Message):
            case Draw(file, data, earlier):
                unfinished = file.parent.with_name(file.name)
                labels: list[str] = []
                if earlier is None:
                    drawn = draw(file.stem, data)
                    unfinished.write_bytes(drawn.content)
                    labels = drawn.labels
                else:
                    shutil.copyfile(earlier, unfinished)
                unfinished.rename(file)
                typesetting.send(Available(file))
                caller.send(Drawn(file, labels))
            case NoMoreDrawings() as end:
                typesetting.send(end)
                gc.enable()  # a second document may come
            case other:
                raise TypeError(f"not for the process that draws: {other!r:.80}")
