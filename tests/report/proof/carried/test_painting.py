"""What is painted on a page is counted while it is painted."""

import io

import hostile
import pytest
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from report.proof.carried import painting
from report.proof.carried.opening import FileError
from report.proof.carried.painting import BoundedAnalyzer


def painted(data: bytes) -> int:
    """How much is painted on the pages."""
    manager = PDFResourceManager()
    analyzer = BoundedAnalyzer(manager)
    for page in PDFPage.get_pages(io.BytesIO(data)):
        PDFPageInterpreter(manager, analyzer).process_page(page)
    return analyzer.painted


def test_forms_count_with_what_they_draw():
    """One, two and four forms, and a path in each of the last four."""
    assert painted(hostile.changed(hostile.drawing_each_other(2))) == 1 + 2 + 4 + 4


def test_forms_that_draw_each_other_end(monkeypatch):
    """2 ** 40 of them."""
    monkeypatch.setattr(painting, "MAX_PAINTED", 1000)
    with pytest.raises(FileError, match=r"como mucho 1000 caracteres y trazos en una página"):
        painted(hostile.changed(hostile.drawing_each_other(40)))


@pytest.mark.parametrize(
    ("content", "most"),
    [(b"0 0 1 1 re f " * 11, 10), (b"BT /F 9 Tf (once letras) Tj ET", 10)],
    ids=["trazos", "letras"],
)
def test_paths_and_characters_count(monkeypatch, content, most):
    def paint(pdf):
        pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.pages[0].Resources = hostile.with_font()

    data = hostile.changed(paint)
    assert painted(data) == 11
    monkeypatch.setattr(painting, "MAX_PAINTED", most)
    with pytest.raises(FileError, match="se encontraron más"):
        painted(data)
