"""A PDF from anywhere is opened, or refused before it takes room."""

import io

import pikepdf
import pytest

from report.proof.carried import opening
from report.proof.carried.opening import FileError, attached_file, open_pdf, refuse_bombs


def saved(change=lambda pdf: None, **options):
    """An ordinary file of one page with one attached file, after a change."""
    output = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["a.json"] = pikepdf.AttachedFileSpec(pdf, b"[1, 2]", filename="a.json")
        change(pdf)
        pdf.save(output, **options)
    return output.getvalue()


def with_stream(content, filters):
    """A page whose content says that it is packed as ``filters``."""

    def change(pdf):
        stream = pdf.make_stream(b"")
        stream.write(content, filter=filters)
        pdf.pages[0].Contents = stream

    return saved(change, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def test_an_ordinary_file_is_opened():
    pdf = open_pdf(saved())
    assert len(pdf.pages) == 1
    assert attached_file(pdf, "a.json") == b"[1, 2]"


def test_a_file_that_is_not_attached_is_named():
    with pytest.raises(FileError, match=r"^se esperaba el fichero incrustado b\.json, no se encontró$"):
        attached_file(open_pdf(saved()), "b.json")


def test_an_attached_file_that_is_none_is_named():
    def empty(pdf):
        pdf.Root.Names.EmbeddedFiles.Names[1].EF = pikepdf.Dictionary()

    with pytest.raises(FileError, match=r"a\.json"):
        attached_file(open_pdf(saved(empty)), "a.json")


def test_a_large_file_is_refused_unread(monkeypatch):
    monkeypatch.setattr(opening, "MAX_FILE", 2**20)
    with pytest.raises(FileError, match="se esperaban como mucho 1 MiB, hay más"):
        open_pdf(b"%PDF-" + bytes(2 * 2**20))


def test_streams_count_together(monkeypatch):
    def add(pdf):
        for name in "bcd":
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"0" * 2**20, filename=name)

    data = saved(add)
    monkeypatch.setattr(opening, "MAX_CONTENT", 4 * 2**20)
    refuse_bombs(data)
    monkeypatch.setattr(opening, "MAX_CONTENT", 2 * 2**20)
    with pytest.raises(FileError, match="como mucho 2 MiB de contenido descomprimido, hay más"):
        refuse_bombs(data)


FLATE = pikepdf.Name.FlateDecode


@pytest.mark.parametrize(
    "filters",
    [pikepdf.Name.LZWDecode, pikepdf.Name.ASCIIHexDecode, pikepdf.Array([FLATE, FLATE]),
     pikepdf.Array([pikepdf.Name.ASCII85Decode, FLATE])],
    ids=str,
)  # fmt: skip
def test_what_may_become_any_size_is_refused(filters):
    with pytest.raises(FileError, match="se encontró otra forma de comprimir"):
        open_pdf(with_stream(b"00", filters))


def test_pictures_are_left_packed():
    assert len(open_pdf(with_stream(b"\xff\xd8", pikepdf.Name.DCTDecode)).pages) == 1


def test_a_damaged_stream_ends_where_it_is_damaged():
    refuse_bombs(with_stream(b"esto no es deflate", FLATE))
