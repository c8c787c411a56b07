"""A document on disk: built whole or not at all, and the same bytes every time."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

import pikepdf
import pytest
from stored import REPORT, write_results
from studies import gan_run

from report import settings
from report.__main__ import main
from report.assembly import alone, drawing_process, typesetting_process
from report.assembly.workshop import Workshop, open_workshop
from report.errors import RenderError
from report.paths import ROOT
from report.proof.state import freshness

MADE = ("informe.pdf", "informe.html", "informe.md", "hallazgos.json", "cifras.json")
SETTINGS = """
title = "Dos redes"
author = "Ana Peña"
course = "Redes neuronales"
institution = "UNIR"
date = 2026-03-05
decimal = ","
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    """One GAN: half of a document."""
    return write_results(tmp_path_factory.mktemp("results"), [gan_run(1)])


@pytest.fixture(scope="module")
def pair(results, tmp_path_factory) -> tuple[Path, Path]:
    """Two documents of the same results, each by a process and in a folder of its own."""
    folders = []
    for seed in ("1", "2"):
        folder = tmp_path_factory.mktemp(f"taller-{seed}")
        command = [sys.executable, "-c", REPORT, "build", "--results", str(results), "--build", "salida"]
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        folders.append(folder / "salida")
    return folders[0], folders[1]


@pytest.fixture
def previous(pair, tmp_path) -> Path:
    """A folder with an earlier document, out of date for ``SETTINGS``."""
    return Path(shutil.copytree(pair[0], tmp_path / "build"))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def at_hand(monkeypatch, crew) -> None:
    """The two processes are there already, as they are for other tests."""
    monkeypatch.setattr("report.assembly.workshop.open_workshop", partial(open_workshop, crew=crew))


def build(results: Path, folder: Path, said: str = SETTINGS) -> int:
    path = folder.parent / "mio.toml"
    path.write_text(said, encoding="utf-8")
    options = ["--results", str(results), "--settings", str(path), "--build", str(folder)]
    return main(["build", *options])


# --- what is made ------------------------------------------------------------------------


def test_two_builds_are_the_same_bytes(pair):
    first, second = (contents(folder) for folder in pair)
    assert first.keys() == second.keys()
    compared = [name for name in first if name in MADE or name.startswith("figures/")]
    assert len(compared) >= len(MADE) + 6
    assert [name for name in compared if first[name] != second[name]] == []


def test_nothing_but_the_document_is_left(pair):
    folder = pair[0]
    assert {path.name for path in folder.iterdir()} == {*MADE, "figures", "estado.json"}
    assert (folder / "informe.pdf").read_bytes().startswith(b"%PDF-")
    assert not re.search(b"[\xee][\x80][\x80-\x82]", (folder / "informe.html").read_bytes())  # the marks


def test_the_page_on_the_screen_carries_origins_in_texts_only(pair):
    page = (pair[0] / "informe.html").read_text(encoding="utf-8")
    assert 'data-origen="gan/seed-1:config.iterations" data-valor="300">300</span>' in page

    class Attributes(HTMLParser):
        values: ClassVar[list[str]] = []

        def handle_starttag(self, tag, attrs):
            self.values += [value for _, value in attrs if value]

    Attributes().feed(page)
    assert len(Attributes.values) > 500
    assert [value for value in Attributes.values if re.search("</?[a-z]|data-origen", value)] == []


def test_a_title_that_the_settings_leave_open_is_that_of_the_text(pair):
    heading = (pair[0] / "informe.md").read_text(encoding="utf-8").splitlines()[0]
    with pikepdf.open(pair[0] / "informe.pdf") as pdf:
        assert heading == f"# {pdf.docinfo['/Title']}"
    assert f"<title>{heading[2:]}</title>" in (pair[0] / "informe.html").read_text(encoding="utf-8")


def test_ledger_and_findings_are_json_that_agrees_with_the_page(pair):
    folder = pair[0]

    def refuse(name: str):
        raise AssertionError(name)

    ledger = json.loads((folder / "cifras.json").read_text(encoding="utf-8"), parse_constant=refuse)
    findings = json.loads((folder / "hallazgos.json").read_text(encoding="utf-8"), parse_constant=refuse)
    assert [entry["id"] for entry in ledger] == list(range(len(ledger)))
    steps = next(entry for entry in ledger if entry["origen"] == "gan/seed-1:config.iterations")
    assert (steps["valor"], steps["impreso"], steps["cantidad"]) == (300, ["300"], "iteración")
    verdicts = {finding["id"]: finding["veredicto"] for finding in findings}
    assert verdicts["study.extent"] == "FULL"
    assert all(finding["regla"]["fuente"] for finding in findings)


def test_a_new_document_takes_the_place_of_the_old(results, previous, at_hand):
    (previous / "figures" / "vieja.svg").write_text("<svg/>")
    before = contents(previous)
    assert build(results, previous) == 0
    after = contents(previous)
    assert after.keys() == before.keys() - {"figures/vieja.svg"}
    assert all(after[name] != before[name] for name in ("informe.pdf", "informe.html", "informe.md"))
    assert {path.name for path in previous.iterdir()} == {*MADE, "figures", "estado.json"}

    with pikepdf.open(io.BytesIO(after["informe.pdf"])) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Dos redes"
        assert str(pdf.docinfo["/Author"]) == "Ana Peña"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260305")
    page = after["informe.html"].decode()
    header = page[page.index("<header") : page.index("</header>")]
    for text in ("Ana Peña", "Redes neuronales", "UNIR", "5 de marzo de 2026"):
        assert text in header
    numbers = re.findall(r'<span class="n" data-origen="(?:lstm|gan)/[^"]*" data-valor="[^"]*">([^<]*)', page)
    assert any("," in text for text in numbers)
    assert [text for text in numbers if re.search(r"^\d+\.\d+$", text)] == []


WORDS = """
author = ["Ana Peña", "Luis Gil"]
course = "RN"
omit = ["objetivos"]
reflection = "mia.md"
"""


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """The files of the figures that are drawn, not copied, as they are asked for."""
    found, ask = [], Workshop.draw

    def draw(self, file, data, earlier=None):
        if earlier is None:
            found.append(file)
        ask(self, file, data, earlier)

    monkeypatch.setattr(Workshop, "draw", draw)
    return found


def test_other_settings_alone_redraw_no_figure(results, previous, at_hand, drawn):
    (previous.parent / "mia.md").write_text("# Yo\n\nSon 77 <3 horas.\n", encoding="utf-8")
    assert build(results, previous, WORDS) == 0
    assert drawn == []
    after = contents(previous)
    with pikepdf.open(io.BytesIO(after["informe.pdf"])) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:creator"] == ["Ana Peña", "Luis Gil"]
    page = after["informe.html"].decode()
    assert '<meta name="author" content="Ana Peña">\n<meta name="author" content="Luis Gil">' in page
    words = re.search(r'<div class="author">\s*<h4[^>]*>Yo</h4>\s*<p>Son 77 (.*)3 horas.</p>\s*</div>', page)
    assert words is not None
    assert words[1].startswith('<span aria-hidden="true">&lt;</span>')
    assert "\n\n#### Yo\n\nSon 77 <3 horas.\n\n" in after["informe.md"].decode()


def test_what_shows_in_a_figure_redraws_it(results, previous, at_hand, drawn):
    assert build(results, previous, 'decimal = ","') == 0
    assert "perdidas.svg" in drawn


def test_words_that_the_results_deny_leave_the_previous_document_as_it_was(
    results, previous, at_hand, capsys
):
    before = contents(previous)
    (previous.parent / "mia.md").write_text("Hola.\n\nLa GAN se entrenó 123456 iteraciones.\n")
    assert build(results, previous, WORDS) == 2
    assert contents(previous) == before
    error = capsys.readouterr().err
    assert error.startswith("mia.md, línea 3: se esperaba lo que dicen los resultados, ")
    assert error.count("\n") == 1


# --- what is not -------------------------------------------------------------------------


def fail(*arguments, **names):
    raise RenderError("Se esperaba componer el PDF, se encontró un defecto; corríjalo.")


def interrupt(*arguments, **names):
    raise KeyboardInterrupt


# What stands in for the work of a process: in that process, it breaks something first.


def typeset_with_a_defect(*arguments) -> None:
    typesetting_process.lay_out = fail
    typesetting_process.typeset_pages(*arguments)


def typeset_until_interrupted(*arguments) -> None:
    typesetting_process.lay_out = interrupt
    typesetting_process.typeset_pages(*arguments)


def draw_no_svg(*arguments) -> None:
    from report.figures import drawing

    drawing.svg_bytes = lambda figure, name: b"no es un dibujo"
    drawing_process.draw_figures(*arguments)


def draw_another_label(*arguments) -> None:
    from report.figures import drawing

    drawing.texts = lambda figure: ["Época 77"]
    drawing_process.draw_figures(*arguments)


WORKS = (typeset_with_a_defect, draw_no_svg, draw_another_label)
BREAKS = {
    "typesetting": ("report.assembly.workshop.typeset_pages", typeset_with_a_defect),
    "page": ("report.assembly.making.self_contained", fail),
    "drawing": ("report.assembly.workshop.draw_figures", draw_no_svg),
    "label": ("report.assembly.workshop.draw_figures", draw_another_label),
    "text": ("report.text.document.refuse_untraced", fail),
    "stale": ("report.study.consistency.code_digest_of", lambda kind: "f" * 64),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_build_that_fails_leaves_the_previous_document_as_it_was(
    results, previous, request, monkeypatch, capsys, name
):
    if BREAKS[name][1] not in WORKS:
        request.getfixturevalue("at_hand")
    before = contents(previous)
    monkeypatch.setattr(*BREAKS[name])
    assert build(results, previous) == 2
    assert contents(previous) == before
    assert not [path for path in previous.iterdir() if path.name.startswith(".")]
    assert capsys.readouterr().err.count("\n") == 1


def test_a_first_build_that_fails_leaves_nothing(results, tmp_path, monkeypatch):
    monkeypatch.setattr("report.assembly.workshop.typeset_pages", typeset_with_a_defect)
    assert build(results, tmp_path / "build") == 2
    assert not (tmp_path / "build").exists()


def test_an_interrupted_build_leaves_the_previous_document_as_it_was(results, previous, monkeypatch, capsys):
    before = contents(previous)
    monkeypatch.setattr("report.assembly.workshop.typeset_pages", typeset_until_interrupted)
    assert build(results, previous) == 2
    assert contents(previous) == before
    assert capsys.readouterr().err == "Interrumpido.\n"
    assert not [path for path in previous.iterdir() if path.name.startswith(".")]


def test_a_file_that_cannot_be_put_in_its_place_leaves_the_previous_document_as_it_was(
    results, previous, at_hand, monkeypatch
):
    before, in_use = contents(previous), [previous / "informe.pdf"]

    def refuse_once(move):
        def refuse(self: Path, target: Path) -> Path:
            if Path(target) in in_use:
                raise PermissionError(13, "in use", str(in_use.pop()))
            return move(self, target)

        return refuse

    for way in ("rename", "replace"):
        monkeypatch.setattr(Path, way, refuse_once(getattr(Path, way)))
    assert build(results, previous) == 2
    assert contents(previous) == before
    assert {path.name for path in previous.iterdir()} == {*MADE, "figures", "estado.json"}


def test_a_second_build_in_the_same_folder_writes_nothing(results, previous, monkeypatch, capsys):
    monkeypatch.setattr(alone, "PATIENCE_S", 0)
    with alone.alone_in(previous):
        before = contents(previous)
        assert build(results, previous) == 2
        assert contents(previous) == before
    assert capsys.readouterr().err.startswith(
        f"{previous}: se esperaba que ningún otro proceso escribiera ahí"
    )


def test_settings_that_change_while_they_are_read_leave_a_document_that_is_not_up_to_date(
    results, previous, at_hand, monkeypatch
):
    """Even if they are then as they were: they are not what was read."""
    path, read = previous.parent / "mio.toml", settings.read_settings

    def read_others(given: Path) -> settings.Settings:
        given.write_text('title = "Otro"', encoding="utf-8")
        return read(given)

    monkeypatch.setattr("report.settings.read_settings", read_others)
    assert build(results, previous) == 0
    assert (previous / "informe.md").read_text().startswith("# Otro")
    path.write_text(SETTINGS, encoding="utf-8")
    assert freshness.changes(previous, freshness.inputs(results, path)) == [path.as_posix()]
