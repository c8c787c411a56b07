"""Word files: paragraphs, tables, captions and notes, and what Word keeps around them."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from report.audit import readers
from report.audit.blocks import Place, Table, Text, UnreadableError
from report.audit.readers import word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document) -> list:
    return word.read(saved(document))


def of_xml(*nodes: str) -> list:
    """The blocks of a body of these nodes."""
    document = Document()
    for node in reversed(nodes):
        document.element.body.insert(0, parse_xml(re.sub(r"^<w:(\w+)", rf"<w:\1 {W}", node)))
    return read(document)


def texts(blocks) -> list[str]:
    return [block.text for block in blocks]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_are_counted_in_their_order():
    document = Document()
    document.add_heading("Métricas", 1)
    document.add_paragraph("")
    document.add_paragraph("La exactitud es 0.86.")
    document.add_paragraph("Mejor época: 3", style="List Bullet")
    document.add_paragraph("Tabla de la red", style="Caption")
    assert read(document) == [
        Text("Métricas", ((0, Place("parrafo", 1)),), "heading", 2),
        Text("La exactitud es 0.86.", ((0, Place("parrafo", 2)),), "paragraph"),
        Text("Mejor época: 3", ((0, Place("parrafo", 3)),), "item"),
        Text("Tabla de la red", ((0, Place("parrafo", 4)),), "caption"),
    ]
    assert str(Place("parrafo", 4)) == "párrafo 4"


def test_what_is_named_below_a_heading_knows_how_deep_it_stands():
    document = Document()
    for level in range(4):
        document.add_heading("Métricas", level)
    assert [block.level for block in read(document)] == [1, 2, 3, 4]


def test_preformatted_paragraphs_are_what_a_program_printed():
    document = Document()
    document.add_paragraph("Antes.")
    for text in ("Epoch 1/2 - loss: 0.5", "Epoch 2/2 - loss: 0.4\nfin"):
        document.add_paragraph(text, style="macro")
    document.add_paragraph("Después.")
    _, found, after = read(document)
    assert found.lines == ("Epoch 1/2 - loss: 0.5", "Epoch 2/2 - loss: 0.4", "fin")
    assert [place.number for place in found.places] == [2, 3, 4]
    assert after.place(0) == Place("parrafo", 5)


def test_what_begins_as_a_caption_is_one_in_any_style():
    document = Document()
    document.add_paragraph("Figura 2. Curvas de pérdida.")
    document.add_paragraph("Figura 2 y figura 3 muestran lo mismo.")
    assert [block.kind for block in read(document)] == ["caption", "paragraph"]


def test_a_table_has_a_place_for_each_row():
    document = Document()
    document.add_paragraph("Antes.")
    table = document.add_table(2, 2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), "abcd", strict=True):
        cell.text = text
    document.add_paragraph("Después.")
    _, found, after = read(document)
    assert found == Table((("a", "b"), ("c", "d")), (Place("parrafo", 2), Place("parrafo", 3)))
    assert after.place(0) == Place("parrafo", 4)


def test_merged_cells_keep_their_columns():
    document = Document()
    table = document.add_table(3, 3)
    for row, values in zip(table.rows, (("a", "", "b"), ("c", "d", "e"), ("", "f", "g")), strict=True):
        for cell, text in zip(row.cells, values, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).merge(table.cell(2, 0))
    (found,) = read(document)
    assert found.rows == (("a", "", "b"), ("c", "d", "e"), ("c", "f", "g"))


def test_a_frame_of_one_column_is_no_table():
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "La exactitud es 0.86."
    assert texts(read(document)) == ["La exactitud es 0.86."]


def test_what_was_inserted_in_review_stands_and_what_was_deleted_does_not():
    (block,) = of_xml(
        f"<w:p>{run('La exactitud es ')}<w:del><w:r><w:delText>0.80</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('0.70')}</w:moveFrom><w:ins>{run('0.86')}</w:ins></w:p>"
    )
    assert block.text == "La exactitud es 0.86"


def test_controls_are_read_and_contents_are_not():
    control = f"<w:sdt><w:sdtContent><w:p>{run('uno')}</w:p></w:sdtContent></w:sdt>"
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = control.replace("<w:sdt>", f"<w:sdt>{gallery}").replace("uno", "Índice … 7")
    assert texts(of_xml(contents, control)) == ["uno"]


def test_a_power_is_no_mark_of_a_note():
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
    (block,) = of_xml(f"<w:p>{run('tasa 10')}{raised.format('−3')}{run(' fija')}{raised.format('4')}</w:p>")
    assert block.text == "tasa 10^−3 fija"


def test_notes_at_the_foot_are_read_at_the_end():
    document = Document()
    document.add_paragraph("uno")
    notes = f"<w:footnotes {W}><w:footnote><w:p>{run('una nota')}</w:p></w:footnote></w:footnotes>".encode()
    name = PackURI("/word/footnotes.xml")
    part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, notes, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert texts(read(document)) == ["uno", "una nota"]


def test_a_box_is_read_once_after_the_paragraph_that_holds_it():
    box = f"<w:txbxContent><w:p>{run('0.86')}</w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(of_xml(f"<w:p>{run('La exactitud')}<w:r>{both}</w:r></w:p>")) == ["La exactitud", "0.86"]


def test_the_suffix_leads_here_and_a_failure_names_the_file(tmp_path):
    document = Document()
    document.add_paragraph("uno")
    path = tmp_path / "Informe.DOCX"
    path.write_bytes(saved(document))
    assert texts(readers.read(path)) == ["uno"]
    path.write_bytes(b"PK")
    with pytest.raises(
        UnreadableError, match=r"Informe\.DOCX: se esperaba un documento de Word.*; expórtelo"
    ):
        readers.read(path)


def packed(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("data", [b"", b"texto", saved(Document())[:-400], packed(a=b"b")])
def test_what_is_no_word_file_is_refused(data):
    with pytest.raises(UnreadableError, match="se esperaba un documento de Word"):
        word.read(data)


def test_a_bomb_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(word, "MAX_CONTENT", 2**20)
    with pytest.raises(UnreadableError, match="como mucho 1 MiB de contenido descomprimido"):
        word.read(packed(bomb=bytes(2**21)))


def test_entities_are_not_expanded():
    """Each would stand for ten of the one before."""
    levels = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(8))
    declared = f'<!DOCTYPE d [<!ENTITY e0 "x">{levels}]>'.encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(Document()))) as old, zipfile.ZipFile(buffer, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "word/document.xml":
                body = b"<w:body><w:p><w:r><w:t>&e8;</w:t></w:r></w:p>"
                content = declared + content.partition(b"?>")[2].replace(b"<w:body>", body)
            new.writestr(item, content)
    with pytest.raises(UnreadableError, match="se esperaba un documento de Word"):
        word.read(buffer.getvalue())
