"""What pdfminer paints of a page from anywhere, within bounds: a few forms that draw one another paint as
much as one likes."""

from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer

from report.proof.carried.opening import FileError

MAX_PAINTED = 100_000  # characters, paths, images and forms of a page; ours have 3,000 at most


class BoundedAnalyzer(PDFLayoutAnalyzer):
    """Counts what it paints.

    Raises:
        FileError: by any of its methods, if there is more on a page than on any of a document.
    """

    painted = 0

    def begin_page(self, page: Any, ctm: Any) -> None:
        self.painted = 0
        super().begin_page(page, ctm)

    def begin_figure(self, name: Any, bbox: Any, matrix: Any) -> None:
        self._count()
        super().begin_figure(name, bbox, matrix)

    def render_image(self, name: Any, stream: Any) -> None:
        self._count()
        super().render_image(name, stream)

    def render_char(self, *arguments: Any, **named: Any) -> float:
        self._count()
        return super().render_char(*arguments, **named)

    def paint_path(self, *arguments: Any, **named: Any) -> None:
        self._count()
        super().paint_path(*arguments, **named)

    def _count(self) -> None:
        self.painted += 1
        if self.painted > MAX_PAINTED:
            raise FileError(
                f"se esperaban como mucho {MAX_PAINTED} caracteres y trazos en una página, se encontraron más"
            )
