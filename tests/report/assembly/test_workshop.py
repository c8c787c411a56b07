"""The workshop: a folder of which nothing is left, pages that wait for their figures, and a crew for
many documents."""

import datetime
import os
from pathlib import Path

import pytest
import sample_document as sample
from drawings import End, Line, Nothing, Picture

from report.assembly.messages import LaidOut
from report.assembly.workshop import Crew, Workshop, open_workshop
from report.errors import RenderError
from report.figures.drawing import draw
from report.html.body import to_html
from report.html.page import page
from report.pdf.layout import Attachment, lay_out
from report.proof.state.program import native_libraries

CREATED = datetime.datetime(2026, 1, 15, tzinfo=datetime.UTC)
DATA = [Attachment("cifras.json", b"{}", "Las cifras del informe")]
TEXT = """# Título

## Resumen

<a id="fig-a"></a>

![Una línea que sube.](figures/a.svg)

**Figura 1.** Pie.
"""
PAGE = page(to_html(TEXT), sample.META)
LINE = Line("sube")


@pytest.fixture
def workshop(tmp_path, crew):
    with open_workshop(tmp_path, crew) as workshop:
        yield workshop


def test_figures_are_drawn_and_their_labels_told(workshop):
    data = {"linea.svg": LINE, "punto.png": Picture(b"punto")}
    for file, given in data.items():
        workshop.draw(file, given)
    assert workshop.drawn() == {"linea.svg": ["sube"], "punto.png": []}
    for file, given in data.items():
        assert (workshop.figures / file).read_bytes() == draw(Path(file).stem, given).content


def test_a_figure_that_is_there_already_is_copied(workshop, tmp_path):
    (tmp_path / "antes.svg").write_text("<svg/>")
    workshop.draw("linea.svg", LINE, tmp_path / "antes.svg")
    workshop.draw("otra.svg", LINE)
    assert workshop.drawn() == {"linea.svg": [], "otra.svg": ["sube"]}
    assert (workshop.figures / "linea.svg").read_text() == "<svg/>"
    assert "sube" in (workshop.figures / "otra.svg").read_text()


def test_without_figures_nothing_is_waited_for(workshop):
    assert workshop.drawn() == {}
    assert list(workshop.figures.iterdir()) == []


def finish(workshop: Workshop) -> tuple[LaidOut, bytes]:
    laid_out = workshop.laid_out()
    workshop.attach(DATA)
    return laid_out, workshop.printed()


def test_the_pages_are_those_that_would_be_laid_out_here(workshop, tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.svg").write_bytes(draw("a", LINE).content)
    layout = lay_out(PAGE, tmp_path)
    workshop.draw("a.svg", LINE)
    workshop.typeset(PAGE, CREATED)
    workshop.drawn()
    assert finish(workshop) == (LaidOut(layout.pieces, native_libraries()), layout.write(DATA, CREATED))


def test_a_page_without_images_waits_for_none(workshop):
    workshop.typeset(page(to_html("# Título\n\n## Resumen\n\nHola."), sample.META), CREATED)
    laid_out, pdf = finish(workshop)
    assert "Hola." in [piece.text for piece in laid_out.pieces]
    assert pdf.startswith(b"%PDF-")


def test_a_missing_image_is_told(workshop):
    workshop.draw("otra.svg", LINE)
    workshop.typeset(PAGE, CREATED)
    with pytest.raises(RenderError, match="vuelva a generar las figuras"):
        workshop.laid_out()


def test_an_image_that_is_there_before_its_page_is_used_too(workshop):
    workshop.draw("a.svg", LINE)
    workshop.drawn()
    workshop.typeset(PAGE, CREATED)
    assert "" in [piece.text for piece in finish(workshop)[0].pieces]


# --- what goes wrong ---------------------------------------------------------------------


def test_a_figure_that_cannot_be_drawn_is_told(workshop):
    workshop.draw("a.svg", Nothing())
    workshop.typeset(PAGE, CREATED)
    with pytest.raises(ValueError, match="nada que dibujar"):
        workshop.drawn()
    assert [path.name for path in workshop.figures.iterdir()] == []


def test_the_page_does_not_wait_for_a_figure_that_will_never_be(workshop):
    workshop.draw("a.svg", Nothing())
    workshop.typeset(PAGE, CREATED)
    with pytest.raises(RenderError, match="Se esperaba el trabajo de un segundo proceso"):
        workshop.laid_out()


@pytest.mark.parametrize("waiting", [Workshop.drawn, Workshop.laid_out])
def test_a_process_that_the_system_ends_is_told(workshop, waiting):
    workshop.draw("a.svg", End())
    workshop.typeset(PAGE, CREATED)
    with pytest.raises(RenderError, match="Se esperaba el trabajo de un segundo proceso"):
        waiting(workshop)


# --- many documents ----------------------------------------------------------------------


def test_a_crew_serves_many_documents_each_in_its_folder(tmp_path, crew):
    made = []
    for name in ("uno", "dos", "tres"):
        with open_workshop(tmp_path, crew) as workshop:
            workshop.draw("a.svg", Line(name))
            workshop.typeset(PAGE, CREATED)
            workshop.drawn()
            assert f">{name}<" in (workshop.figures / "a.svg").read_text()
            made.append(finish(workshop)[1])
    assert len(set(made)) == 3


def test_a_document_that_is_given_up_does_not_reach_the_next(tmp_path, crew):
    for then in (Workshop.drawn, Workshop.laid_out, lambda workshop: None):
        with open_workshop(tmp_path, crew) as workshop:
            workshop.draw("a.svg", Line("vieja"))
            workshop.typeset(PAGE, CREATED)
            then(workshop)
        with open_workshop(tmp_path, crew) as workshop:
            workshop.draw("a.svg", LINE)
            workshop.typeset(PAGE, CREATED)
            assert workshop.drawn() == {"a.svg": ["sube"]}
            assert finish(workshop)[1].startswith(b"%PDF-")


def test_the_processes_are_kept_only_after_what_was_finished(tmp_path):
    served = []
    with Crew() as crew:
        for draw_one, wait in ((False, True), (True, True), (True, False), (True, True)):
            with open_workshop(tmp_path, crew) as workshop:
                served.append(workshop._drawing)
                if draw_one:
                    workshop.draw("a.svg", LINE)
                if wait:
                    workshop.drawn()
    assert served[0] is served[1] is served[2] is not served[3]


# --- what is left ------------------------------------------------------------------------


@pytest.mark.parametrize("made", [[], ["informe.pdf"]])
def test_nothing_is_left_of_it(tmp_path, made):
    parent = tmp_path / "build"
    parent.mkdir()
    with open_workshop(parent) as workshop:
        assert workshop.folder.parent == parent
        workshop.draw("a.svg", LINE)
        workshop.typeset(PAGE, CREATED)
        for name in made:
            (parent / name).touch()
    assert [path.name for path in parent.iterdir()] == made


def test_nothing_is_left_where_the_home_cannot_be_written(tmp_path, monkeypatch):
    """There Matplotlib makes a folder of its own."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("MPLCONFIGDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", os.devnull)
    monkeypatch.setenv("TMPDIR", str(temporary))
    with Crew(tmp_path) as crew, open_workshop(tmp_path, crew) as workshop:
        workshop.draw("a.svg", LINE)
        workshop.drawn()
    assert list(tmp_path.rglob("*")) == [temporary]


def test_nothing_is_left_of_a_crew(tmp_path):
    with Crew(tmp_path) as crew, open_workshop(tmp_path, crew) as workshop:
        workshop.typeset(page(to_html("# Título\n\n## Resumen\n\nHola."), sample.META), CREATED)
        finish(workshop)
        assert [path.name.partition("-")[0] for path in tmp_path.iterdir()].count("informe") == 1
    assert list(tmp_path.iterdir()) == []
