"""The tags of the whole sample: each thing is called what it is, once, and can be found."""

import io
import re

import pikepdf
import sample_document as sample
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from sample_document import small

from report.sheet import TEXT_BOX


def elements(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Object]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == tag]


def under(pdf: pikepdf.Pdf, tag: str, inside: str) -> list[pikepdf.Object]:
    """The elements of that tag that stand inside another."""

    def is_inside(item: pikepdf.Object) -> bool:
        return "/P" in item and (item.P.get("/S") == inside or is_inside(item.P))

    return [item for item in elements(pdf, tag) if is_inside(item)]


def test_no_heading_stands_inside_another(opened):
    assert len(elements(opened, "/H2")) == 6  # the contents too, and the summary, which is only heard
    assert [item for level in "123456" for item in under(opened, f"/H{level}", f"/H{level}")] == []


def test_the_contents_are_tagged_as_such(opened):
    entries = len(re.findall(r"^###? ", sample.markdown(), re.M)) - 1  # all headings but the summary
    assert len(elements(opened, "/TOC")) == 2
    assert len(under(opened, "/TOCI", "/TOC")) == len(elements(opened, "/TOCI")) == entries
    assert len(under(opened, "/Link", "/TOCI")) == entries


def test_a_note_has_its_number_and_its_call(opened):
    assert len(under(opened, "/Lbl", "/Note")) == 2
    assert len(under(opened, "/Reference", "/P")) == 2
    for around in (*under(opened, "/Lbl", "/Note"), *under(opened, "/Reference", "/P")):
        assert [str(kid.S) for kid in around.K] == ["/Link"]
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


def test_two_row_headers_side_by_side_hold_together(tmp_path):
    rows = ("| Semilla | Cosa | Valor |", "| ---: | --- | ---: |", "| 1 | dos | a |", "| 1 | tres | b |")
    table = "\n".join(rows)
    pdf = pikepdf.open(io.BytesIO(small(f'<a id="tab-a"></a>\n\n**Tabla 1.** Cosas.\n\n{table}', tmp_path)))
    names = ["Semilla", "Cosa", "Valor", "1", "dos", "1", "tres"]
    words = {str(item.ID): name for item, name in zip(elements(pdf, "/TH"), names, strict=True)}
    heard = [sorted(words[str(name)] for name in item.A.Headers) for item in elements(pdf, "/TD")]
    assert heard == [["1", "Valor", "dos"], ["1", "Valor", "tres"]]


def test_a_link_says_where_it_leads(opened):
    annotations = [item for page in opened.pages for item in page.obj.get("/Annots", [])]
    contents = {str(item.Dest): str(item.Contents) for item in annotations}
    assert contents["fig-germinacion"] == "Figura 1"
    assert contents["tab-sustratos"] == "Tabla 1"
    assert contents["apendice-1-procedencia-de-los-datos"] == "Apéndice 1. Procedencia de los datos"
    assert all(name.isascii() for name in contents)  # readers sort and look up names byte by byte


def test_headers_have_scope_and_notes_are_tagged(opened):
    scopes = [str(item.A.Scope) for item in elements(opened, "/TH")]
    assert scopes.count("/Column") == 5 + 6 + 10 + 2
    assert scopes.count("/Row") == 4 + 8 + 5 + 3
    assert [str(item.ID) for item in elements(opened, "/Note")] == ["note-1", "note-2"]


def test_figures_declare_where_they_stand(opened):
    left, bottom, right, top = TEXT_BOX
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
    entries = len(re.findall(r"^###? ", sample.markdown(), re.M)) - 1
    references, calls = sample.markdown().count("](#"), 2
    assert len(annotations) == len(links) == entries + references + 2 * calls  # there and back
    assert all(any("/Obj" in kid for kid in link.K if not isinstance(kid, int)) for link in links)


def test_running_heads_are_artifacts(opened, text):
    assert "Parte A · Germinación" not in text
    assert opened.pages[1].Contents.read_bytes().count(b"/Artifact\n<</Type /Pagination>>\nBDC") == 3


def test_a_text_in_another_language_says_so(tmp_path):
    text = 'Véase <span lang="en">Long short-term memory</span> y *<span lang="en">Neural</span>*.'
    pdf = pikepdf.open(io.BytesIO(small(text, tmp_path)))
    spoken = [str(item.Lang) for item in elements(pdf, "/Span") if "/Lang" in item]
    assert spoken == ["en", "en"]
    assert str(pdf.Root.Lang) == "es"
