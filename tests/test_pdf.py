"""The PDF: complete, isolated, the same bytes every time, readable by a machine."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
import sample_document as sample
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from report import check_pdf, fonts
from report.errors import RenderError
from report.markdown_html import TRACED, to_html
from report.page import page
from report.pdf import Attachment, lay_out
from report.pdf_reading import painted, reading_text

DATA = b'{"exactitud": 0.864}'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15">{}</text></svg>'

BUILD = """
import sys
from pathlib import Path
import sample_document as sample
from report.markdown_html import to_html
from report.page import page
from report.pdf import Attachment, lay_out
base = Path(sys.argv[1])
html = sample.untraced(page(to_html(sample.markdown()), sample.META))
sample.draw(base / "figures")
data = Attachment("cifras.json", b'{"exactitud": 0.864}', "Las cifras del informe")
(base / "informe.pdf").write_bytes(lay_out(html, base).write([data], sample.META.created))
"""


def small(text: str, base: Path, css: str = "") -> bytes:
    html = page(to_html(f"# Título\n\n## Resumen\n\n{text}"), sample.META)
    return lay_out(html.replace("</style>", css + "</style>"), base).write([], sample.META.created)


def figure(name: str = "a.svg", alternative: str = "Una curva que sube despacio.") -> str:
    return f'<a id="fig-a"></a>\n\n![{alternative}]({name})\n\n**Figura 1.** Pie.'


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> bytes:
    folder = tmp_path_factory.mktemp("sample")
    sample.draw(folder / "figures")
    html = sample.untraced(page(to_html(sample.markdown()), sample.META))
    data = Attachment("cifras.json", DATA, "Las cifras del informe")
    return lay_out(html, folder).write([data], sample.META.created)


@pytest.fixture(scope="module")
def opened(built) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(built))


@pytest.fixture(scope="module")
def text(built) -> str:
    pages = "\n".join(reading_text(built))
    return re.sub(r"\s+", " ", re.sub(r"-\n", "", pages))


def elements(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Object]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == tag]


# --- the whole document ------------------------------------------------------------------


def test_sample_passes_the_gate(built):
    assert check_pdf.check(built) == []


def test_bytes_do_not_depend_on_folder_or_hash_seed(built, tmp_path):
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(("tests", "."))}
    command = [sys.executable, "-c", BUILD, str(tmp_path)]
    subprocess.run(command, cwd=Path(__file__).parents[1], env=environment, check=True)
    assert (tmp_path / "informe.pdf").read_bytes() == built


def test_summary_and_contents_share_the_first_page(built):
    first = reading_text(built)[0]
    marks = ["Encinas y caudales", "Clara Ibáñez", "Resumen", "¿Qué no se puede afirmar?", "Contenido"]
    positions = [first.index(mark) for mark in marks]
    assert positions == sorted(positions)
    assert re.search(r"B\.4\s+Secuencia del estiaje ?\d", first)


def test_text_reads_in_the_order_of_the_source(text):
    source = TRACED.sub(r"\2", sample.markdown()).replace("\u00a0", " ")
    paragraphs = [line for line in source.splitlines() if re.match(r"[A-ZÁÉÍÓÚ]", line) and "[" not in line]
    positions = [text.find(paragraph[:60]) for paragraph in paragraphs]
    assert len(paragraphs) == 13
    assert -1 not in positions
    assert positions == sorted(positions)


def test_text_keeps_every_number(text):
    body = re.sub(r"!\[.*?\]|\[\^\w+\]:.*", "", sample.markdown()).replace("\u00a0", " ")
    rest = text[text.index("La bellota de la encina") :]
    numbers = [printed for _, printed in TRACED.findall(body[body.index("### Introducción") :])]
    position = 0
    for number in numbers:  # in order: each is looked for after the one before
        position = rest.index(number, position) + len(number)
    assert len(numbers) > 100


def test_notes_stand_on_the_page_of_their_call(built):
    for words in reading_text(built):
        assert ("al azar entre las parcelas." in words) == ("Lote de la ribera norte." in words)


def test_references_name_the_page(built):
    pages = reading_text(built)
    table = next(number for number, words in enumerate(pages, 1) if "Tabla 2. El error reservado" in words)
    joined = re.sub(r"\s+", " ", " ".join(pages))
    assert f"La Tabla 2 (p. {table}) da el error" in joined


def test_images_may_come_after_the_page(tmp_path):
    calls = []

    def draw(path: Path) -> None:
        calls.append(path.name)
        path.write_text(DRAWING.format("x"))

    html = page(to_html(f"# Título\n\n## Resumen\n\n{figure()}"), sample.META)
    assert "" in [piece.text for piece in lay_out(html, tmp_path, draw).pieces]
    assert calls == ["a.svg"]


def test_attachment_is_the_data_itself(opened):
    assert opened.attachments["cifras.json"].get_file().read_bytes() == DATA
    assert [str(item.AFRelationship) for item in opened.Root.AF] == ["/Data"]


def test_bookmarks_follow_the_headings(opened):
    with opened.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "Resumen",
            "Parte A. Germinación de la encina en cuatro sustratos",
            "Parte B. Caudal del arroyo en siete secciones",
            "Límites del estudio",
            "Procedencia de los datos",
        ]
        assert outline.root[1].children[3].title == "A.4 Evolución por día del error de ajuste"


def under(pdf: pikepdf.Pdf, tag: str, inside: str) -> list[pikepdf.Object]:
    """The elements of that tag that stand inside another."""

    def is_inside(item: pikepdf.Object) -> bool:
        return "/P" in item and (item.P.get("/S") == inside or is_inside(item.P))

    return [item for item in elements(pdf, tag) if is_inside(item)]


def test_no_heading_stands_inside_another(opened):
    assert len(elements(opened, "/H2")) == 6  # the contents too
    assert [item for level in "123456" for item in under(opened, f"/H{level}", f"/H{level}")] == []


def test_the_contents_are_tagged_as_such(opened):
    entries = len(re.findall(r"^###? ", sample.markdown(), re.M)) - 1  # all headings but the summary
    assert len(elements(opened, "/TOC")) == 2
    assert len(under(opened, "/TOCI", "/TOC")) == len(elements(opened, "/TOCI")) == entries
    assert len(under(opened, "/Link", "/TOCI")) == entries


def test_a_note_has_its_number_and_its_call(opened):
    assert len(under(opened, "/Lbl", "/Note")) == 2
    assert len(under(opened, "/Reference", "/P")) == 2
    assert under(opened, "/Note", "/Note") == []


def test_every_name_of_an_element_is_listed(opened):
    names = pikepdf.NameTree(opened.Root.StructTreeRoot.IDTree, auto_repair=False)
    named = {
        str(item.ID): item
        for item in opened.objects
        if isinstance(item, pikepdf.Dictionary) and "/ID" in item
    }
    assert len(named) > 30
    assert all(names[name] == item for name, item in named.items())
    cells = [item for item in elements(opened, "/TD") if "/Headers" in item.A]
    assert len(cells) > 50
    assert {str(name) for cell in cells for name in cell.A.Headers} <= set(named)


def test_of_two_row_headers_the_nearest_holds(tmp_path):
    rows = (
        "| Ajuste | Valor | Ajuste | Valor |",
        "| --- | ---: | --- | ---: |",
        "| uno | a | dos | b |",
        "| tres | c | | |",
    )
    table = "\n".join(rows)
    pdf = pikepdf.open(io.BytesIO(small(f'<a id="tab-a"></a>\n\n**Tabla 1.** Ajustes.\n\n{table}', tmp_path)))
    names = ["Ajuste", "Valor", "Ajuste", "Valor", "uno", "dos", "tres"]
    words = {str(item.ID): name for item, name in zip(elements(pdf, "/TH"), names, strict=True)}
    heard = [[words[str(name)] for name in item.A.Headers] for item in elements(pdf, "/TD")]
    assert heard == [
        ["uno", "Valor"],
        ["dos", "Valor"],
        ["tres", "Valor"],
        ["tres", "Ajuste"],
        ["tres", "Valor"],
    ]


def test_a_link_says_where_it_leads(opened):
    annotations = [item for page in opened.pages for item in page.obj.get("/Annots", [])]
    contents = {str(item.Dest): str(item.Contents) for item in annotations}
    assert contents["fig-germinacion"] == "Figura 1"
    assert contents["tab-sustratos"] == "Tabla 1"
    assert contents["procedencia-de-los-datos"] == "Procedencia de los datos"
    assert all(name.isascii() for name in contents)  # readers sort and look up names byte by byte


def test_attachments_can_be_looked_up(tmp_path):
    files = [Attachment(name, name.encode(), name) for name in ("z.json", "a.json", "m.json")]
    layout = lay_out(page(to_html("# T\n\n## Resumen\n\nHola."), sample.META), tmp_path)
    pdf = pikepdf.open(io.BytesIO(layout.write(files, sample.META.created)))
    names = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles, auto_repair=False)
    assert list(names) == ["a.json", "m.json", "z.json"]
    assert all(name in names for name in ("a.json", "m.json", "z.json"))


def test_headers_have_scope_and_notes_are_tagged(opened):
    scopes = [str(item.A.Scope) for item in elements(opened, "/TH")]
    assert scopes.count("/Column") == 5 + 6 + 10 + 2
    assert scopes.count("/Row") == 4 + 8 + 5 + 3
    assert [str(item.ID) for item in elements(opened, "/Note")] == ["note-1", "note-2"]


def test_figures_declare_where_they_stand(opened):
    left, bottom, right, top = check_pdf.TEXT_BOX
    boxes = [[float(value) for value in item.A.BBox] for item in elements(opened, "/Figure")]
    assert len(boxes) == 4
    for x0, y0, x1, y1 in boxes:
        assert left - 1 < x0 < x1 < right + 1
        assert bottom - 1 < y0 < y1 < top + 1


def test_cross_references_lead_where_they_should(built, opened):
    # pikepdf finds a packed object by its number, pdfminer and Poppler by its place.
    document = PDFDocument(PDFParser(io.BytesIO(built)))
    by_place = {
        number: getattr(document.getobj(number).get("S"), "name", None)
        for number in range(1, len(opened.objects))
        if isinstance(document.getobj(number), dict)
    }
    by_number = {
        item.objgen[0]: str(item.S).lstrip("/")
        for item in opened.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
    }
    assert len(by_number) > 500
    assert {number: by_place[number] for number in by_number} == by_number


def test_a_link_is_one_annotation(opened):
    annotations = [item for page in opened.pages for item in page.obj.get("/Annots", [])]
    links = elements(opened, "/Link")
    assert len(annotations) == len(links) == 25 + 2  # two of them are divided between lines
    assert all(any("/Obj" in kid for kid in link.K if not isinstance(kid, int)) for link in links)


def test_running_heads_are_artifacts(opened, text):
    assert "Parte A · Germinación" not in text
    assert opened.pages[1].Contents.read_bytes().count(b"/Artifact\n<</Type /Pagination>>\nBDC") == 3


def test_the_running_head_names_the_section_at_the_top_of_its_page(tmp_path):
    long = "\n\n".join(["Una frase que se repite hasta llenar la página. " * 12] * 6)
    parts = f"## Parte A. Encinas\n\n{long}\n\n## Límites\n\n{long}"
    pdf = small(f"{long}\n\n{parts}", tmp_path, "h2.part { break-before: page }")
    pages = [page.items for page in painted(pdf)]
    heads = ["".join(item.text for item in page if item.artifact and item.bbox[1] > 760) for page in pages]
    texts = reading_text(pdf)
    assert heads == ["", "Resumen2", "Parte A · Encinas3", "Parte A · Encinas4", "Límites5"]
    assert texts[2].startswith("Parte A")
    assert not texts[3].startswith("Límites")  # they begin further down: not yet named
    assert "Límites" in texts[3]


def test_a_text_in_another_language_says_so(tmp_path):
    text = 'Véase <span lang="en">Long short-term memory</span> y *<span lang="en">Neural</span>*.'
    pdf = pikepdf.open(io.BytesIO(small(text, tmp_path)))
    spoken = [str(item.Lang) for item in elements(pdf, "/Span") if "/Lang" in item]
    assert spoken == ["en", "en"]
    assert str(pdf.Root.Lang) == "es"


def test_text_box_is_that_of_the_style_sheet():
    css = (Path(__file__).parents[1] / "templates" / "style.css").read_text(encoding="utf-8")
    top, side, bottom = (int(mm) for mm in re.search(r"margin: (\d+)mm (\d+)mm (\d+)mm;", css).groups())
    expected = [mm / 25.4 * 72 for mm in (side, bottom, 210 - side, 297 - top)]
    assert list(check_pdf.TEXT_BOX) == pytest.approx(expected, abs=0.01)


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
