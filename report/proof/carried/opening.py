"""A PDF from anywhere, opened with care: nothing is decompressed before it is known how large it
becomes."""

import io
import re
import zlib

import pikepdf

MAX_FILE = 32 * 2**20  # bytes; a document has less than one hundredth of it
MAX_CONTENT = 96 * 2**20  # bytes of all streams, decompressed

_STREAM = re.compile(rb"stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*(?:/(\w+)|\[\s*/(\w+)\s*\])(?=[/>\s])")  # one, never a chain
_PACKED, _PICTURE = b"FlateDecode", b"DCTDecode"
_DICTIONARY = 2**16  # bytes; no stream's dictionary is longer
_CHUNK = 2**16


class FileError(Exception):
    """A file that cannot be checked; the message says what was expected and what was found."""


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """Open a PDF that may come from anywhere.

    Raises:
        FileError: it is no PDF, is damaged or encrypted, or would not fit in memory.
    """
    if not data:
        raise FileError("se esperaba un PDF, se encontró un fichero vacío")
    if len(data) > MAX_FILE:
        raise FileError(f"se esperaban como mucho {MAX_FILE >> 20} MiB, hay más")
    if not data.startswith(b"%PDF-"):
        raise FileError("se esperaba un PDF, se encontró otra clase de fichero")
    refuse_bombs(data)
    try:
        pdf = pikepdf.open(io.BytesIO(data), attempt_recovery=False)
        len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise FileError("se esperaba un PDF sin contraseña, se encontró uno cifrado") from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError) as error:
        raise FileError("se esperaba un PDF completo, se encontró uno dañado o cortado") from error
    if pdf.is_encrypted:
        raise FileError("se esperaba un PDF sin contraseña, se encontró uno cifrado")
    return pdf


def refuse_bombs(data: bytes) -> None:
    """Decompress every stream a little at a time, keeping nothing, before any library does.

    Raises:
        FileError: together they are larger than any document, or are packed in another way,
            whose size cannot be told.
    """
    total = 0
    for match in _STREAM.finditer(data):
        if data[match.start() - 3 : match.start()] == b"end":
            continue
        head = data[max(0, match.start() - _DICTIONARY) : match.start()]
        start = head.rfind(b" obj")
        dictionary = head[start:]
        declared = {first or second for first, second in _FILTER.findall(dictionary)}
        hidden = start < 0 or b"#46" in dictionary or dictionary.count(b"/Filter") > len(declared)
        if hidden or declared - {_PACKED, _PICTURE}:
            raise FileError("se esperaba un PDF hecho por este programa, se encontró otra forma de comprimir")
        if _PACKED in declared:
            total += _inflated_size(memoryview(data)[match.end() :], MAX_CONTENT - total)


def _inflated_size(data: memoryview, limit: int) -> int:
    """How many bytes ``data`` starts to inflate to; damaged data end where they are damaged."""
    inflater, size = zlib.decompressobj(), 0
    position, rest = 0, b""
    while not inflater.eof:
        block = rest or bytes(data[position : position + _CHUNK])
        position += 0 if rest else _CHUNK
        if not block:
            break
        try:
            size += len(inflater.decompress(block, _CHUNK * 16))
        except zlib.error:
            break
        rest = inflater.unconsumed_tail
        if size > limit:
            raise FileError(
                f"se esperaban como mucho {MAX_CONTENT >> 20} MiB de contenido descomprimido, hay más"
            )
    return size


def attached_file(pdf: pikepdf.Pdf, name: str) -> bytes:
    """The content of the associated file ``name``.

    Raises:
        FileError: there is none, or it cannot be read.
    """
    try:
        if name not in pdf.attachments:
            raise FileError(f"se esperaba el fichero incrustado {name}, no se encontró")
        return pdf.attachments[name].get_file().read_bytes()
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise FileError(f"se esperaba leer el fichero incrustado {name}, no se pudo") from error
