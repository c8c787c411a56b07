"""Which reader a file gets, and what is refused."""

import pytest

from report.audit import readers
from report.audit.blocks import Notice, UnreadableError


def test_the_suffix_decides(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<p>uno</p>")
    assert [block.text for block in readers.read(path)] == ["uno"]
    path = tmp_path / "a.MD"
    path.write_text("<b>uno</b> dos")
    assert [block.text for block in readers.read(path)] == ["uno  dos"]


def test_another_encoding_is_read_and_announced(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes("La época".encode("cp1252"))
    notice, text = readers.read(path)

    assert notice == Notice("no es UTF-8 (byte 4): se lee como Windows-1252.")
    assert text.text == "La época"


def test_utf8_with_a_mark_is_nothing_special(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes("La época".encode("utf-8-sig"))

    assert [block.text for block in readers.read(path)] == ["La época"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.odt", "conviértalo a uno de ellos"), ("a", "ninguna extensión"), ("no.md", "revise la ruta")],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path, name, said):
    if name != "no.md":
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UnreadableError, match=said):
        readers.read(tmp_path / name)


def test_too_large_a_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "MAX_BYTES", 10)
    path = tmp_path / "a.md"
    path.write_text("x" * 11)
    with pytest.raises(UnreadableError, match="se esperaban como mucho"):
        readers.read(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_the_mark_of_a_document_says_its_encoding(tmp_path, encoding):
    path = tmp_path / "informe.md"
    path.write_bytes("La pérdida es 0.4.".encode(encoding))
    (block,) = readers.read(path)
    assert block.text == "La pérdida es 0.4."
