"""Data from anywhere, looked at before they are read: only regular files, and archives that do not become
more than there is room for. What is in them is for their readers to judge."""

import gzip
import lzma
import re
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from experiments.data.checking import expect_at_most, unreadable
from experiments.data.source import OwnReviews, Source
from experiments.data.travel import files_of
from experiments.data.weighing import pieces
from experiments.records.regular import open_regular

MAX_TAR_BYTES = 2**30  # uncompressed; the whole official archive has half of it
MAX_NPZ_BYTES = 2**32  # of own images, uncompressed: a million and more of them, as decimal numbers
MAX_TEXT_BYTES = 2**29  # of own reviews; those of IMDb have a tenth of it
MAX_MEMBERS = 250_000  # the whole official archive has 100,000
MAX_NAME_BYTES = 2**16  # a name may stand in a member of its own, which is read whole
_BLOCK, _CHUNK = 512, 2**16  # no name is longer than a chunk
_NAMES = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)
# A size that stands there counts in place of that of the header, and so where the next header stands.
_OTHER_SIZE = re.compile(rb"(?:^|\n)\d+ size=")
_BROKEN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)

FEWER = "deje menos reseñas"
REMEDY = "compruebe de dónde viene y obténgalo de nuevo"


def inspect(source: Source) -> None:
    """
    Raises:
        DataError: a file that is none, or that nobody would want to read.
    """
    total = 0
    for path in files_of(source):
        try:
            with open_regular(path) as file:
                if isinstance(source.own, OwnReviews):
                    for size in pieces(path, file, source.own.format):
                        total += size
                        expect_at_most(str(source.own.path), total, MAX_TEXT_BYTES, FEWER)
                elif path.name.endswith((".tar.gz", ".tgz")):
                    _inspect_tar(path, file)
                elif path.suffix == ".npz":
                    _inspect_zip(path, file)
        except (*_BROKEN, EOFError, OSError) as error:
            raise unreadable(path, getattr(error, "strerror", None) or error, REMEDY) from error


def _inspect_tar(path: Path, file: BinaryIO) -> None:
    """From header to header; no more than a little is kept."""
    total = members = 0
    with gzip.open(file) as content:
        while len(header := content.read(_BLOCK)) == _BLOCK and any(header):
            member = tarfile.TarInfo.frombuf(header, "utf-8", "replace")
            if member.size < 0 or member.type == tarfile.GNUTYPE_SPARSE:  # what follows stands elsewhere
                raise unreadable(path, "un miembro sin tamaño cierto", REMEDY)
            if member.type in _NAMES:
                expect_at_most(f"{path}: un nombre", member.size, MAX_NAME_BYTES, REMEDY)
            members += 1
            if members > MAX_MEMBERS:
                raise unreadable(path, f"más de {MAX_MEMBERS} ficheros", REMEDY)
            rest = -(-member.size // _BLOCK) * _BLOCK
            total += _BLOCK + rest
            expect_at_most(str(path), total, MAX_TAR_BYTES, REMEDY)
            while rest > 0 and (read := content.read(min(rest, _CHUNK))):
                if member.type in _NAMES and _OTHER_SIZE.search(read):  # whole: it is a name
                    raise unreadable(path, "un miembro de dos tamaños", REMEDY)
                rest -= len(read)


def _inspect_zip(path: Path, file: BinaryIO) -> None:
    with zipfile.ZipFile(file) as archive:
        size = sum(member.file_size for member in archive.infolist())
    expect_at_most(str(path), size, MAX_NPZ_BYTES, REMEDY)
