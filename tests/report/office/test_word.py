"""The looks of the Word file."""

import io
import zipfile
from xml.etree import ElementTree

import pytest

from report.office.pandoc import default_reference, find_pandoc
from report.office.word import STYLES, reference

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def parts():
    pytest.importorskip("pypandoc", reason="pandoc is not installed: «make test» does it")
    with zipfile.ZipFile(io.BytesIO(reference(default_reference(find_pandoc())))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def styles(parts):
    root = ElementTree.fromstring(parts["word/styles.xml"])
    return {style.find(f"{W}name").get(f"{W}val").lower(): style for style in root.iter(f"{W}style")}


def value(style, path, name="val"):
    found = style.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{name}")


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_each_style_is_there_as_it_is_asked_for(styles, style):
    made = styles[style.name.lower()]
    assert float(value(made, "rPr/sz")) == 2 * style.size
    assert int(value(made, "pPr/spacing", "after")) == 20 * style.after
    assert value(made, "rPr/rFonts", "ascii") == style.font
    assert (made.find(f"{W}rPr/{W}b") is not None) == style.bold
    assert (value(made, "pPr/keepNext") == "1") == style.kept
    assert [child.tag for child in made][-2:] == [f"{W}pPr", f"{W}rPr"]  # the order of the standard


def test_no_two_styles_have_the_same_id(parts):
    ids = [
        style.get(f"{W}styleId")
        for style in ElementTree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")
    ]
    assert len(ids) == len(set(ids))


def test_the_page_is_a4_with_the_margins_of_the_sheet_and_numbered(parts):
    section = ElementTree.fromstring(parts["word/document.xml"]).find(f"{W}body/{W}sectPr")
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    # 23 and 21 mm in twentieths of a point: 23 · 72 / 25.4 · 20 = 1303.9 and 1190.6
    assert (margins.get(f"{W}left"), margins.get(f"{W}right")) == ("1304", "1191")
    assert section[0].tag == f"{W}footerReference"
    assert b" PAGE " in parts["word/foot.xml"]
    assert b'Target="foot.xml"' in parts["word/_rels/document.xml.rels"]
    assert b'PartName="/word/foot.xml"' in parts["[Content_Types].xml"]
