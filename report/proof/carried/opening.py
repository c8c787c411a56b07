"""A PDF from anywhere, opened with care: qpdf is told how much it may make of it, and nothing is
decompressed before it is known how large it becomes. Who opens one does so in a process of its own
(``confinement``)."""

import io
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import settings

from experiments.causes import cause
from experiments.records.regular import read_regular

MAX_FILE = 32 * 2**20  # bytes; a document has less than one hundredth of it
MAX_STREAM = 32 * 2**20  # bytes of one stream, decompressed
MAX_CONTENT = 96 * 2**20  # bytes of all streams, decompressed
MAX_OBJECTS = 200_000  # a document has some thousands
MAX_NESTING = 100  # arrays and dictionaries in one another
MAX_PAGES = 500

PACKED, PICTURE = "/FlateDecode", "/DCTDecode"
_CHUNK = 2**16
_BROKEN = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError)  # what pikepdf may raise


class FileError(Exception):
    """A file that cannot be checked; the message says what was expected and what was found."""


def read_pdf(path: Path) -> bytes:
    """
    Raises:
        FileError: there is no such file, it cannot be read or is larger than any document.
    """
    try:
        return read_regular(path, MAX_FILE)
    except OSError as error:
        raise FileError(
            f"se esperaba poder leer un fichero de como mucho {MAX_FILE >> 20} MiB, se encontró "
            f"{cause(error)}"
        ) from error


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """Open a PDF that may come from anywhere.

    Raises:
        FileError: it is no PDF, is damaged or encrypted, or is larger than any document.
    """
    if not data:
        raise FileError("se esperaba un PDF, se encontró un fichero vacío")
    if len(data) > MAX_FILE:
        raise FileError(f"se esperaban como mucho {MAX_FILE >> 20} MiB, hay más")
    if not data.startswith(b"%PDF-"):
        raise FileError("se esperaba un PDF, se encontró otra clase de fichero")
    limit_qpdf()
    try:
        # qpdf looks at all pages, each time that it is told of one, where these inherit anything
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, inherit_page_attributes=False) as pdf:
            if pdf.is_encrypted:
                raise FileError("se esperaba un PDF sin contraseña, se encontró uno cifrado")
            refuse_many(pdf)
            refuse_large(pdf)
        pdf = open_own(data)
        len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise FileError("se esperaba un PDF sin contraseña, se encontró uno cifrado") from error
    except _BROKEN as error:
        raise FileError("se esperaba un PDF completo, se encontró uno dañado o cortado") from error
    return pdf


def open_own(data: bytes) -> pikepdf.Pdf:
    """Open what this program has just made, which needs no looking at."""
    return pikepdf.open(io.BytesIO(data), attempt_recovery=False)


def limit_qpdf() -> None:
    """For all files that this process opens from now on, also for what is decompressed while they are
    opened: tables and objects may be streams."""
    settings.set_qpdf_limits(
        parser_max_nesting=MAX_NESTING,
        flate_max_memory=MAX_STREAM,
        png_max_memory=MAX_STREAM,
        tiff_max_memory=MAX_STREAM,
        run_length_max_memory=MAX_STREAM,
    )


def refuse_large(pdf: pikepdf.Pdf) -> None:
    """
    Raises:
        FileError: it has more content than any document, or is packed in another way than ours, whose
            size cannot be told.
    """
    total = 0
    for stream in streams(pdf):
        packed = filters(stream)
        if packed not in ([], [PACKED], [PICTURE]):
            raise FileError("se esperaba un PDF hecho por este programa, se encontró otra forma de comprimir")
        if packed == [PACKED]:
            size = inflated_size(stream.read_raw_bytes(), MAX_STREAM)
            if size > MAX_STREAM:
                raise too_large(MAX_STREAM)
            total += size
            if total > MAX_CONTENT:
                raise too_large(MAX_CONTENT)


def refuse_many(pdf: pikepdf.Pdf, most: int = MAX_PAGES) -> None:
    """Before qpdf makes a list of the pages, which a tree of few objects may name any number of times.

    Raises:
        FileError: it has more objects than any document, or more than ``most`` pages.
    """
    if len(pdf.objects) > MAX_OBJECTS:
        raise FileError(f"se esperaban como mucho {MAX_OBJECTS} objetos, se encontraron {len(pdf.objects)}")
    count, waiting = 0, [pdf.Root.Pages]
    while waiting:
        kids: Any = waiting.pop().get("/Kids", [])
        count += len(kids)
        if count > 2 * most:  # branches are counted too
            raise FileError(f"se esperaban como mucho {most} páginas, se encontraron más")
        waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]


def streams(pdf: pikepdf.Pdf) -> Iterable[pikepdf.Stream]:
    return (item for item in pdf.objects if isinstance(item, pikepdf.Stream))


def filters(stream: pikepdf.Stream) -> list[str]:
    """The names of the ways in which it is packed, the outermost first."""
    named: Any = stream.get("/Filter", [])
    return [str(name) for name in named] if isinstance(named, pikepdf.Array | list) else [str(named)]


def inflated_size(data: bytes, limit: int) -> int:
    """How many bytes ``data`` starts to inflate to, of which none is kept; damaged data end where they are
    damaged, and beyond ``limit`` nothing is looked at."""
    inflater, size = zlib.decompressobj(), 0
    position, rest = 0, b""
    while not inflater.eof and size <= limit:
        block = rest or data[position : position + _CHUNK]
        position += 0 if rest else _CHUNK
        if not block:
            break
        try:
            size += len(inflater.decompress(block, _CHUNK * 16))
        except zlib.error:
            break
        rest = inflater.unconsumed_tail
    return size


def too_large(limit: int) -> FileError:
    return FileError(f"se esperaban como mucho {limit >> 20} MiB de contenido descomprimido, hay más")


def attached_files(data: bytes, names: tuple[str, ...]) -> dict[str, bytes]:
    """Those of ``names`` that a PDF from anywhere carries.

    Raises:
        FileError: it cannot be opened, or one of them cannot be read.
    """
    with open_pdf(data) as pdf:
        return {name: attached_file(pdf, name) for name in names if name in pdf.attachments}


def attached_file(pdf: pikepdf.Pdf, name: str) -> bytes:
    """The content of the associated file ``name``.

    Raises:
        FileError: there is none, or it cannot be read.
    """
    try:
        if name not in pdf.attachments:
            raise FileError(f"se esperaba el fichero incrustado {name}, no se encontró")
        return pdf.attachments[name].get_file().read_bytes()
    except (*_BROKEN, KeyError) as error:
        raise FileError(f"se esperaba leer el fichero incrustado {name}, no se pudo") from error
