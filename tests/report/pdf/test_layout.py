"""The PDF: complete, isolated, the same bytes every time, readable by a machine."""

import base64
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import matplotlib
import pikepdf
import pytest
import sample_document as sample
from sample_document import small

from report import fonts
from report.errors import RenderError
from report.html.body import to_html
from report.html.page import page
from report.ledger.ledger import MARKED
from report.paths import ROOT
from report.pdf import layout
from report.pdf.layout import Attachment, lay_out
from report.proof.checks import gate
from report.proof.checks.reading import Structure, by_place, joined, painted, reading_text
from report.settings import Typeface

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15">{}</text></svg>'

BUILD = """
import sys
from pathlib import Path
import sample_document as sample
base = Path(sys.argv[1])
(base / "informe.pdf").write_bytes(sample.pdf(base))
"""


def figure(name: str = "a.svg", alternative: str = "Una curva que sube despacio.") -> str:
    return f'<a id="fig-a"></a>\n\n![{alternative}]({name})\n\n**Figura 1.** Pie.'


# --- the whole document ------------------------------------------------------------------


def test_sample_passes_the_gate(built):
    assert gate.check(built) == []


def test_bytes_do_not_depend_on_folder_or_hash_seed(built, tmp_path):
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(("tests/made", "."))}
    command = [sys.executable, "-c", BUILD, str(tmp_path)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    assert (tmp_path / "informe.pdf").read_bytes() == built


def test_the_summary_has_the_first_page_and_the_contents_the_second(built):
    first, second, *others = reading_text(built)
    marks = ["Encinas y caudales", "Clara Ibáñez", "Se presentan dos ensayos", "¿Qué no se puede afirmar?"]
    assert [first.count(mark) for mark in marks] == [1] * 4
    positions = [first.index(mark) for mark in marks]
    assert positions == sorted(positions)
    assert second.startswith("Contenido\n")
    assert re.search(r"B\.4\s+Secuencia del estiaje ?\d", second)
    assert "La bellota de la encina" in second  # the first part begins below
    assert not any("Contenido" in page for page in (first, *others))


def test_text_reads_in_the_order_of_the_source(text):
    source = MARKED.sub(r"\2", sample.markdown()).replace("\u00a0", " ")
    paragraphs = [line for line in source.splitlines() if re.match(r"[A-ZÁÉÍÓÚ]", line) and "[" not in line]
    positions = [text.find(paragraph[:60]) for paragraph in paragraphs]
    assert len(paragraphs) == 14
    assert -1 not in positions
    assert positions == sorted(positions)


def test_text_keeps_every_number(text):
    body = re.sub(r"!\[.*?\]|\[\^\w+\]:.*", "", sample.markdown()).replace("\u00a0", " ")
    rest = text[text.index("La bellota de la encina") :]
    numbers = [printed for _, printed in MARKED.findall(body[body.index("### A.1 Introducción") :])]
    position = 0
    for number in numbers:  # in order: each is looked for after the one before
        position = rest.index(number, position) + len(number)
    assert len(numbers) > 100


def test_notes_stand_on_the_page_of_their_call(built):
    pages = [" ".join(words.split()) for words in reading_text(built)]
    called = ["al azar entre las parcelas." in words for words in pages]
    assert called == ["Lote de la ribera norte." in words for words in pages]
    assert sum(called) == 1


@pytest.mark.parametrize("lines", range(24, 44, 2))
def test_a_note_begins_on_the_page_of_its_call_wherever_that_ends(tmp_path, lines):
    """With 32 lines the paragraph, if it could be divided, would end overleaf, with its call."""
    filler = "\n\n".join(["Una línea."] * lines)
    note = "[^a]: La nota, que ocupa unas líneas. " + "Sigue la nota. " * 8
    text = f"{filler}\n\n{'Un párrafo que llega a su fin. ' * 30}Aquí la llamada.[^a]\n\n{note}"
    pages = [" ".join(words.split()) for words in reading_text(small(text, tmp_path))]
    called = ["Aquí la llamada." in words for words in pages]
    assert called == ["La nota, que ocupa unas líneas." in words for words in pages]
    assert sum(called) == 1


def test_the_contents_name_the_page(built):
    with pikepdf.open(io.BytesIO(built)) as pdf:
        links = [link for link in Structure(pdf).links if link.in_contents]
    pages = list(painted(built))
    items = by_place(pages)
    texts = [" ".join(words.split()) for words in reading_text(built)]
    said = [
        " ".join(joined(item for place in link.places for item in items[place]).split()) for link in links
    ]
    assert len(said) == len(re.findall(r"^###? ", sample.markdown(), re.M)) - 1  # all but the summary
    for link, words in zip(links, said, strict=True):
        heading, _, number = words.rpartition(" ")
        assert int(number) == link.page
        assert heading in texts[int(number) - 1]


def test_images_may_come_after_the_page(tmp_path):
    calls = []

    def draw(path: Path) -> None:
        calls.append(path.name)
        path.write_text(DRAWING.format("x"))

    html = page(to_html(f"# Título\n\n## Resumen\n\n{figure()}"), sample.META)
    assert "" in [piece.text for piece in lay_out(html, tmp_path, draw).pieces]
    assert calls == ["a.svg"]


def test_attachment_is_the_data_itself(opened):
    assert opened.attachments["cifras.json"].get_file().read_bytes() == sample.DATA.content
    assert [str(item.AFRelationship) for item in opened.Root.AF] == ["/Data"]


def test_bookmarks_follow_the_headings(opened):
    with opened.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "Resumen",
            "Parte A. Germinación de la encina en cuatro sustratos",
            "Parte B. Caudal del arroyo en siete secciones",
            "Límites del estudio",
            "Apéndice 1. Procedencia de los datos",
        ]
        assert outline.root[1].children[3].title == "A.4 Evolución por día del error de ajuste"


def test_attachments_can_be_looked_up(tmp_path):
    files = [Attachment(name, name.encode(), name) for name in ("z.json", "a.json", "m.json")]
    layout = lay_out(page(to_html("# T\n\n## Resumen\n\nHola."), sample.META), tmp_path)
    pdf = pikepdf.open(io.BytesIO(layout.write(files, sample.META.created)))
    names = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles, auto_repair=False)
    assert list(names) == ["a.json", "m.json", "z.json"]
    assert all(name in names for name in ("a.json", "m.json", "z.json"))


def test_the_running_head_names_the_section_at_the_top_of_its_page(tmp_path):
    long = "\n\n".join(["Una frase que se repite hasta llenar la página. " * 12] * 8)
    text = f"Hola.\n\n## Parte A. Encinas\n\n{long}\n\n## Límites\n\n{long}\n\n## Apéndice 1. Más\n\n{long}"
    pdf = small(f"{text}\n\n## Apéndice 2. Menos\n\n{long}", tmp_path)
    pages = [page.items for page in painted(pdf)]
    heads = ["".join(item.text for item in page if item.artifact and item.bbox[1] > 760) for page in pages]
    texts = reading_text(pdf)
    assert heads == [
        "",
        "Contenido2",
        "Parte A · Encinas3",
        "Límites4",
        "Apéndice 1 · Más5",
        "Apéndice 1 · Más6",
        "Apéndice 2 · Menos7",
    ]
    assert "Parte A" in texts[1]  # they begin further down: not yet named
    assert "Límites" in texts[2]
    assert "Apéndice 2" in texts[5]


# --- what must stop the build ------------------------------------------------------------


def test_missing_image(tmp_path):
    with pytest.raises(RenderError, match=r"archivo de la carpeta del documento.*a\.svg"):
        small(figure(), tmp_path)


@pytest.mark.parametrize(("name", "content"), [("a.svg", b"<svg"), ("a.png", b"\x89PNG\r\n"), ("a.svg", b"")])
def test_corrupt_image(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RenderError, match="sin avisos, WeasyPrint dice: .*" + name):
        small(figure(name), tmp_path)


def test_missing_alternative_text(tmp_path):
    (tmp_path / "a.svg").write_text(DRAWING.format("x"))
    with pytest.raises(RenderError, match="no required alt description"):
        small(figure(alternative=""), tmp_path)


def test_missing_glyph_in_the_text(tmp_path):
    with pytest.raises(RenderError, match=r"sin avisos, WeasyPrint dice: .*glyph"):
        small("Un ideograma: 漢.", tmp_path)


def test_private_use_character_left_in_the_text(tmp_path):
    with pytest.raises(RenderError, match="glyph"):
        small("Vale \ue0001\ue0010.86\ue002.", tmp_path)


def test_missing_glyph_in_a_figure(tmp_path):
    (tmp_path / "a.svg").write_text(DRAWING.format("漢"))
    with pytest.raises(RenderError, match="glyph"):
        small(figure(), tmp_path)


def test_dead_anchor(tmp_path):
    html = page(to_html("# Título\n\n## Resumen\n\nHola."), sample.META).replace(
        "Hola", '<a href="#nada">x</a>'
    )
    with pytest.raises(RenderError, match="WeasyPrint dice: No anchor #nada"):
        lay_out(html, tmp_path).write([], sample.META.created)


def test_foreign_family_in_the_style_sheet(tmp_path):
    with pytest.raises(RenderError, match="la página pide «DejaVu Sans»"):
        small("Hola.", tmp_path, "p{font-family:'DejaVu Sans'}")


def test_foreign_family_in_a_figure(tmp_path):
    (tmp_path / "a.svg").write_text(DRAWING.format("x").replace("<text", "<text style=\"font: 9px 'Arial'\""))
    with pytest.raises(RenderError, match=r"a\.svg pide «Arial»"):
        small(figure(), tmp_path)


def test_a_text_may_speak_of_any_family(tmp_path):
    (tmp_path / "a.svg").write_text(DRAWING.format("font: &#39;Arial&#39;"))
    small(f"font-family: &quot;Arial&quot;, font: 'Arial'.\n\n{figure()}", tmp_path)


def test_what_the_fonts_lack_is_set_in_one_that_was_brought(tmp_path):
    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    data = base64.b64encode(fonts.reduced((path, 0), "אבג")).decode()
    meta = replace(sample.META, fonts=(Typeface(name="mia.ttf", letters="אבג", data=data),))
    source = to_html("# Dos אב ג\n\n**Ana א**\n\n## Resumen\n\nHola.")
    pdf = lay_out(page(source, meta), tmp_path).write([], meta.created)
    assert {"א", "ב", "ג"} <= set(reading_text(pdf)[0])
    with pytest.raises(RenderError, match="U\\+05D0"):
        lay_out(page(source, sample.META), tmp_path).write([], meta.created)


def test_a_folder_that_no_font_configuration_can_name_is_refused(tmp_path):
    with pytest.raises(RenderError, match=r"carpeta sin caracteres de control.*se encontró «'\\x1b'»"):
        layout.load_weasyprint(tmp_path / "con\x1bescape")


def test_missing_font_file(tmp_path, monkeypatch):
    monkeypatch.setitem(fonts._STYLES, (400, False), "Falta")
    with pytest.raises(
        RenderError, match=r"la fuente SourceSerifPro-Falta\.ttf del paquete font-source-serif-pro"
    ):
        small("Hola.", tmp_path)


def test_missing_font_package(monkeypatch):
    monkeypatch.setitem(fonts._PACKAGES, fonts.SANS, "font_que_no_existe")
    with pytest.raises(RenderError, match="del paquete font-que-no-existe, no se encontró"):
        fonts.faces()


def test_a_system_without_pango_is_told_what_to_install(tmp_path, monkeypatch):
    def fail() -> None:
        raise OSError("cannot load library 'libpango-1.0-0': not there.  Additionally, what nobody asked for")

    monkeypatch.setattr(layout, "mend_all", fail)
    with pytest.raises(
        RenderError, match=r"\(cannot load library 'libpango-1\.0-0': not there\); instale Pango"
    ):
        layout.load_weasyprint(tmp_path)


def test_unknown_style_rule(tmp_path):
    with pytest.raises(RenderError, match="WeasyPrint dice: Ignored"):
        small("Hola.", tmp_path, "p{colour:red}")


def test_network_is_never_used(tmp_path):
    with pytest.raises(RenderError, match="disallowed protocol"):
        small(figure("http://127.0.0.1:9/a.png"), tmp_path)


def test_files_outside_the_folder_are_never_read(tmp_path):
    (tmp_path / "build").mkdir()
    (tmp_path / "secreto.svg").write_text(DRAWING.format("x"))
    with pytest.raises(RenderError, match=r"secreto\.svg.*está fuera de ella"):
        small(figure("../secreto.svg"), tmp_path / "build")
