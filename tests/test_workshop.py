"""The workshop: a folder of which nothing is left, and a press that waits for the figures."""

import datetime
from pathlib import Path

import numpy as np
import pytest
import sample_document as sample

from report.document import Figures
from report.errors import RenderError
from report.figures.data import GanStrip
from report.figures.drawing import draw
from report.freshness import Drawings, data_digest
from report.markdown_html import to_html
from report.page import page
from report.pdf import Attachment, lay_out
from report.program import native_libraries
from report.workshop import Workshop, open_workshop

CREATED = datetime.datetime(2026, 1, 15, tzinfo=datetime.UTC)
DATA = [Attachment("cifras.json", b"{}", "Las cifras del informe")]
TEXT = '# Título\n\n## Resumen\n\n<a id="fig-a"></a>\n\n![Una línea que sube.](a.svg)\n\n**Figura 1.** Pie.'
STRIP = GanStrip(np.zeros((2, 4, 28, 28), np.uint8), ("«a»", "«b»"))
PAGE = page(to_html(TEXT), sample.META)


@pytest.fixture(params=["linux", "darwin"])
def platform(request, monkeypatch):
    """With copies of this process, and with new ones."""
    monkeypatch.setattr("sys.platform", request.param)


def drawn(workshop: Workshop, figures: Figures, reusable: Drawings) -> dict[str, list[str]]:
    workshop.drawing.send((figures, reusable))
    return workshop.drawing.receive()


@pytest.mark.usefixtures("platform")
def test_figures_are_drawn_and_their_labels_told(tmp_path):
    figures = {"tira.svg": (STRIP,), "paso-a.png": (STRIP.grids[0],)}
    with open_workshop(tmp_path) as workshop:
        assert drawn(workshop, figures, {}) == {"tira.svg": ["«a»", "«b»", "Iteración"], "paso-a.png": []}
        for file, arguments in figures.items():
            assert (workshop.folder / "figures" / file).read_bytes() == draw(file, arguments).content


def test_a_figure_of_the_same_data_is_copied(tmp_path):
    (tmp_path / "antes.svg").write_text("<svg/>")
    same, other = data_digest((STRIP,)), data_digest(("otra",))
    with open_workshop(tmp_path) as workshop:
        reusable = {("tira.svg", same): tmp_path / "antes.svg", ("paso-a.png", other): tmp_path / "antes.svg"}
        figures = {"tira.svg": (STRIP,), "paso-a.png": (STRIP.grids[0],)}
        assert drawn(workshop, figures, reusable) == {"paso-a.png": []}
        assert (workshop.folder / "figures" / "tira.svg").read_text() == "<svg/>"
        assert (workshop.folder / "figures" / "paso-a.png").read_bytes().startswith(b"\x89PNG")


def put_image(folder: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15">sube</text></svg>'
    (folder / "a.svg").write_text(svg)


@pytest.mark.usefixtures("platform")
def test_the_press_gives_what_would_be_typeset_here(tmp_path):
    put_image(tmp_path)
    layout = lay_out(PAGE, tmp_path)
    with open_workshop(tmp_path) as workshop:
        workshop.press.send((PAGE, CREATED))
        put_image(workshop.folder)
        workshop.press.send("figuras")
        assert workshop.press.receive() == (layout.pieces, native_libraries())
        workshop.press.send(DATA)
        assert workshop.press.receive() == layout.write(DATA, CREATED)


def test_a_page_without_images_waits_all_the_same(tmp_path):
    with open_workshop(tmp_path) as workshop:
        workshop.press.send((page(to_html("# Título\n\n## Resumen\n\nHola."), sample.META), CREATED))
        workshop.press.send("figuras")
        pieces, _ = workshop.press.receive()
        assert "Hola." in [piece.text for piece in pieces]
        workshop.press.send([])
        assert workshop.press.receive().startswith(b"%PDF-")


def test_a_missing_image_is_told(tmp_path):
    with open_workshop(tmp_path) as workshop:
        workshop.press.send((PAGE, CREATED))
        workshop.press.send("figuras")
        with pytest.raises(RenderError, match="vuelva a generar las figuras"):
            workshop.press.receive()


@pytest.mark.parametrize("made", [[], ["informe.pdf"]])
def test_nothing_is_left_of_it(tmp_path, made):
    parent = tmp_path / "build"
    with open_workshop(parent) as workshop:
        assert workshop.folder.parent == parent
        workshop.press.send((PAGE, CREATED))
        for name in made:
            (parent / name).touch()
    assert [path.name for path in parent.parent.rglob("*")] == (["build", *made] if made else [])
