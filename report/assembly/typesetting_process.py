"""The process that lays out the pages and prints the PDF."""

import gc
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from report.assembly.messages import Attach, Available, LaidOut, Message, NoMoreDrawings, Printed, TypesetPage
from report.assembly.processes import Channel, wait_for_any
from report.pdf.layout import Attachment, lay_out, load_weasyprint
from report.proof.state.program import native_libraries


def typeset_pages(caller: Channel, drawing: Channel, fontconfig: Path) -> None:
    """Work for a process of its own, which is ready by the time that there is a page. Each figure is
    used as soon as the process that draws tells of it; ``fontconfig`` is as in ``lay_out``."""
    load_weasyprint(fontconfig)
    figures = ArrivingFigures(drawing)
    while True:
        if drawing in wait_for_any(caller, drawing):
            figures.hear()
        else:
            page = caller.receive(TypesetPage)
            _typeset(page, caller, figures, fontconfig)
            gc.enable()  # a second document may come


def _typeset(page: TypesetPage, caller: Channel, figures: "ArrivingFigures", fontconfig: Path) -> None:
    layout = lay_out(page.html, page.folder, partial(figures.wait_for, page.folder), fontconfig)
    caller.send(LaidOut(layout.pieces, native_libraries()))

    def attachments() -> Iterator[Attachment]:
        """Asked for when the pages are painted."""
        yield from caller.receive(Attach).files

    caller.send(Printed(layout.write(attachments(), page.created)))


class ArrivingFigures:
    """Which figures are there, as the process that draws tells of them."""

    def __init__(self, drawing: Channel) -> None:
        self._drawing = drawing
        self._there: set[Path] = set()
        self._complete: set[Path] = set()  # folders

    def wait_for(self, folder: Path, image: Path) -> None:
        """Until ``image`` is there, or it is certain that it will not be.

        Raises:
            RenderError: the process that draws is no more.
        """
        while image not in self._there and folder not in self._complete:
            self.hear()

    def hear(self) -> None:
        """Take the next notice."""
        match self._drawing.receive(Message):
            case Available(file):
                self._there.add(file)
            case NoMoreDrawings(folder):
                self._complete.add(folder)
            case other:
                raise TypeError(f"not for the process that typesets: {other!r:.80}")
