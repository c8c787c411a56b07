"""A PDF from anywhere is opened, or refused before it takes room."""

import io
import os
import zlib

import hostile
import pikepdf
import pytest

from report.proof.carried import opening
from report.proof.carried.opening import FileError, attached_file, attached_files, open_pdf, read_pdf


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


def test_what_is_attached_is_read_by_name():
    assert attached_files(saved(), ("a.json", "b.json")) == {"a.json": b"[1, 2]"}


def test_a_list_of_files_that_leads_to_itself_has_none():
    data = hostile.written(
        hostile.stream(b"", b""), b"<</Kids[5 0 R]>>", catalog=b"/Names<</EmbeddedFiles 5 0 R>>"
    )
    assert attached_files(data, ("a.json",)) == {}


def test_a_large_file_is_refused_unread(monkeypatch, tmp_path):
    monkeypatch.setattr(opening, "MAX_FILE", 2**20)
    (tmp_path / "grande.pdf").write_bytes(b"%PDF-" + bytes(2 * 2**20))
    with pytest.raises(FileError, match="se esperaban como mucho 1 MiB, hay más"):
        open_pdf(b"%PDF-" + bytes(2 * 2**20))
    with pytest.raises(
        FileError,
        match="como mucho 1 MiB, se encontró que el fichero pasa del tamaño",
    ):
        read_pdf(tmp_path / "grande.pdf")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "tubería.pdf")
    with pytest.raises(FileError, match="se encontró algo que no es un fichero"):
        read_pdf(tmp_path / "tubería.pdf")


def test_streams_count_together(monkeypatch):
    def add(pdf):
        for name in "bcd":
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"0" * 2**20, filename=name)

    data = saved(add)
    monkeypatch.setattr(opening, "MAX_CONTENT", 4 * 2**20)
    open_pdf(data)
    monkeypatch.setattr(opening, "MAX_CONTENT", 2 * 2**20)
    with pytest.raises(FileError, match="como mucho 2 MiB de contenido descomprimido, hay más"):
        open_pdf(data)


SPACES = hostile.packed(2**21)


@pytest.mark.parametrize(
    "bomb",
    [
        hostile.stream(SPACES, b"/Filter/FlateDecode"),
        hostile.stream(SPACES, b"/F#69lter/FlateDecode"),
        hostile.stream(SPACES, b"/Filter/Flate#44ecode"),
        hostile.stream(SPACES, b"/Filter/FlateDecode/X( obj)"),
        hostile.stream(SPACES, b"/Filter/FlateDecode% obj\n"),
        hostile.stream(SPACES, b"/Filter[/FlateDecode]", b"stream \n"),
        hostile.stream(SPACES, b"/Filter/FlateDecode", b"stream\r"),
        hostile.stream(SPACES, b"/Filter/FlateDecode/X/end"),
    ],
    ids=lambda bomb: bomb[bomb.index(b"/F") :].split(b"x\xda")[0].decode(),
)
def test_however_it_is_written_what_it_becomes_is_counted(monkeypatch, bomb):
    monkeypatch.setattr(opening, "MAX_CONTENT", 2**20)
    with pytest.raises(FileError, match="de contenido descomprimido, hay más"):
        open_pdf(hostile.written(bomb))


@pytest.mark.parametrize("where", ["tabla", "objetos"])
def test_what_is_decompressed_while_it_is_opened_is_limited_too(monkeypatch, where):
    """The table of objects and the objects themselves may be streams; each is followed by spaces here."""
    monkeypatch.setattr(opening, "MAX_STREAM", 2**20)
    open_pdf(in_streams(2**10, where))
    with pytest.raises(FileError, match=r"^se esperaba un PDF completo|^se esperaban como mucho 1 MiB"):
        open_pdf(in_streams(2**21, where))


def in_streams(size, where):
    """A file whose fifth object lies in the fourth, which together with the table is packed."""
    start = hostile.written(hostile.stream(b"", b"")).partition(b"4 0 obj")[0]
    places = [start.index(b"%d 0 obj" % number) for number in (1, 2, 3)] + [len(start)]
    more = b" " * size
    objects = zlib.compress(b"5 0 <</A 1>> " + (more if where == "objetos" else b""))
    start += b"4 0 obj\n%s\nendobj\n" % hostile.stream(
        objects, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
    )
    rows = b"\0" * 7 + b"".join(b"\1" + place.to_bytes(4, "big") + b"\0\0" for place in places)
    rows += b"\2" + (4).to_bytes(4, "big") + b"\0\0" + b"\1" + len(start).to_bytes(4, "big") + b"\0\0"
    table = hostile.stream(
        zlib.compress(rows + (more if where == "tabla" else b"")),
        b"/Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Filter/FlateDecode",
    )
    return start + b"6 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(start))


def test_a_page_that_is_named_many_times_is_not_looked_at_as_often(monkeypatch):
    monkeypatch.setattr(pikepdf.Pdf, "pages", property(lambda pdf: pytest.fail("qpdf lists them")))
    many = hostile.written(hostile.stream(b"", b"")).replace(
        b"/Kids[3 0 R]", b"/Kids[%s]" % (b"3 0 R " * 1001)
    )
    with pytest.raises(FileError, match=r"como mucho 500 páginas|dañado"):
        open_pdf(many)


def test_many_objects_are_refused(monkeypatch):
    monkeypatch.setattr(opening, "MAX_OBJECTS", 10)
    with pytest.raises(FileError, match="se esperaban como mucho 10 objetos, se encontraron 14"):
        open_pdf(hostile.written(hostile.stream(b"", b""), *[b"1"] * 10))


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
    assert len(open_pdf(with_stream(b"esto no es deflate", FLATE)).pages) == 1
