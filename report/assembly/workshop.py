"""Where a document is made: a folder, and two processes that get ready while the results are read."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from report.assembly.drawing_process import draw_figures
from report.assembly.exchange import WORK
from report.assembly.messages import Attach, Draw, Drawn, LaidOut, NoMoreDrawings, Printed, TypesetPage
from report.assembly.processes import Channel, in_background, one_way
from report.assembly.typesetting_process import typeset_pages
from report.pdf.layout import Attachment


class Workshop:
    """The place of one document: a ``folder``, in it one for the ``figures``, both empty, and the lines
    to the two processes. Its methods are called in the order in which they stand here."""

    def __init__(self, folder: Path, drawing: Channel, typesetting: Channel) -> None:
        self.folder = folder
        self.figures = folder / "figures"
        self.figures.mkdir()
        self._drawing = drawing
        self._typesetting = typesetting
        self._n_drawings = self._n_answers = 0  # that are awaited from the one and from the other

    @property
    def is_at_rest(self) -> bool:
        """Whether the processes have nothing more to do for this document."""
        return self._n_drawings == self._n_answers == 0

    def draw(self, file: str, data: Any, earlier: Path | None = None) -> None:
        """Ask for ``figures / file``, drawn from ``data`` or copied from ``earlier``."""
        self._drawing.send(Draw(self.figures / file, data, earlier))
        self._n_drawings += 1

    def typeset(self, html: str, created: datetime) -> None:
        """Ask for the pages of ``html``, whose figures have all been asked for, and their PDF."""
        self._drawing.send(NoMoreDrawings(self.folder))
        self._typesetting.send(TypesetPage(html, self.folder, created))
        self._n_answers += 2

    def drawn(self) -> dict[str, list[str]]:
        """Wait for the figures; the texts inside each, of those that were copied none.

        Raises:
            RenderError: one cannot be drawn.
        """
        notices = [self._drawing.receive(Drawn) for _ in range(self._n_drawings)]
        self._n_drawings -= len(notices)
        return {notice.file.name: notice.labels for notice in notices}

    def laid_out(self) -> LaidOut:
        """Wait for the pages.

        Raises:
            RenderError: they cannot be laid out.
        """
        answer = self._typesetting.receive(LaidOut)
        self._n_answers -= 1
        return answer

    def attach(self, files: list[Attachment]) -> None:
        self._typesetting.send(Attach(files))

    def printed(self) -> bytes:
        """Wait for the PDF.

        Raises:
            RenderError: it cannot be written.
        """
        answer = self._typesetting.receive(Printed)
        self._n_answers -= 1
        return answer.pdf


class Crew:
    """The two processes, for as many documents as there are, one after another: they start at the
    beginning of the ``with`` and, after a document that was given up, anew for the next one. What they
    need to keep lies in ``folder``, or in the system's temporary folder, for as long as they live."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._processes = ExitStack()
        self._lines: tuple[Channel, Channel] | None = None  # to the one that draws, to the other

    def __enter__(self) -> "Crew":
        self._hire()
        return self

    def __exit__(self, *exception: object) -> None:
        self._dismiss()

    @contextmanager
    def serve(self, folder: Path) -> Iterator[Workshop]:
        """A workshop in ``folder``, which is empty."""
        drawing, typesetting = self._lines or self._hire()
        workshop = Workshop(folder, drawing, typesetting)
        try:
            yield workshop
        finally:
            if not workshop.is_at_rest:
                self._dismiss()

    def _hire(self) -> tuple[Channel, Channel]:
        told, heard = one_way()
        with ExitStack() as hired:
            kept = hired.enter_context(tempfile.TemporaryDirectory(dir=self._folder, prefix="informe-"))
            drawing = hired.enter_context(in_background(draw_figures, told, Path(kept)))
            typesetting = hired.enter_context(in_background(typeset_pages, heard, Path(kept)))
            told.close()
            heard.close()
            self._processes = hired.pop_all()
        self._lines = drawing, typesetting
        return self._lines

    def _dismiss(self) -> None:
        self._lines = None
        self._processes.close()


@contextmanager
def open_workshop(parent: Path | None = None, crew: Crew | None = None) -> Iterator[Workshop]:
    """A workshop in ``parent``, or in the system's temporary folder; nothing of it is left at the
    end. Without a ``crew`` it has one of its own."""
    with (
        tempfile.TemporaryDirectory(dir=parent, prefix=WORK) as name,
        nullcontext(crew) if crew else Crew(Path(name)) as its_crew,
        its_crew.serve(Path(name).resolve()) as workshop,
    ):
        yield workshop
