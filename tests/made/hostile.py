"""Small PDFs, written by hand, that ask for more than they seem to."""

import io
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Dictionary, Name


def written(*objects: bytes, catalog: bytes = b"") -> bytes:
    """A PDF of one page; ``objects`` are numbered from 4 on."""
    body = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        *objects,
    ]
    content, places = b"%PDF-1.7\n", []
    for number, text in enumerate(body, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(body) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, len(content))
    )


def stream(content: bytes, entries: bytes, keyword: bytes = b"stream\n") -> bytes:
    return b"<</Length %d%s>>\n%s%s\nendstream" % (len(content), entries, keyword, content)


def packed(size: int) -> bytes:
    """Spaces, a thousandth of ``size``."""
    return zlib.compress(b" " * size, 9)


def drawing_each_other(depth: int, times: int = 2) -> Callable[[pikepdf.Pdf], None]:
    """A change to a PDF: forms that draw others, ``times`` to the power of ``depth`` in all."""

    def change(pdf: pikepdf.Pdf) -> None:
        form = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": [0, 0, 1, 1]}
        inner = pdf.make_stream(b"0 0 1 1 re f", **form)
        for _ in range(depth):
            resources = Dictionary(XObject=Dictionary(a=inner))
            inner = pdf.make_stream(b"/a Do " * times, Resources=resources, **form)
        page = pdf.pages[0]
        page.Resources = Dictionary(XObject=Dictionary(a=inner))
        page.Contents = pdf.make_stream(b"/a Do")

    return change


def changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """An empty page after a ``change``."""
    output = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(output)
    return output.getvalue()


def with_font() -> Dictionary:
    """Resources with a font that every reader knows, ``/F``."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    return Dictionary(Font=Dictionary(F=font))
