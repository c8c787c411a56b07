"""What is compared of a file that may come from anybody: plain values, made in a process of its own."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass

import pikepdf

from report.proof.carried.confinement import confined
from report.proof.carried.opening import FileError, attached_file, open_pdf
from report.proof.checks.parts import PAINTED, Part, Parts, canonical, parts
from report.proof.checks.reading import Reader

MAX_PAGE = 2**23  # bytes of one page's content; ours have less than a hundredth of it


@dataclass(frozen=True)
class Examined:
    """``whole`` is the digest of its canonical form; ``texts`` are those of the pages that are painted in
    another way than ours, without those that are not there or cannot be read; ``files`` the attached
    ones that were asked for."""

    parts: Parts
    whole: str
    texts: dict[int, str]
    files: dict[str, bytes]


@dataclass(frozen=True)
class Broken:
    """It can be opened, but not read; ``reason`` is what a library says."""

    reason: str


def examine_apart(data: bytes, ours: Parts, names: tuple[str, ...]) -> Examined | Broken:
    """As ``examine``, which is confined."""
    with confined(examine, data, ours, names) as examined:
        return examined()


def examine(data: bytes, ours: Parts, names: tuple[str, ...]) -> Examined | Broken:
    """``data`` beside our own parts; of the attached files ``names``, those that differ from ours.

    Raises:
        FileError: it cannot be opened.
    """
    with open_pdf(data) as pdf:
        try:
            found = parts(pdf)
            whole = canonical(data)
        except MemoryError:
            raise
        except Exception as error:  # a file from anywhere may break any library
            return Broken(str(error))
        changed = differing(ours, found)
        repainted = {number for number, what in changed if number is not None and what.startswith(PAINTED)}
        files = {}
        for name in names:
            if (None, f"fichero incrustado {name}") in changed:
                with suppress(FileError):
                    files[name] = attached_file(pdf, name)
        texts = _read_pages(pdf, whole, repainted) if repainted else {}
        return Examined(found, hashlib.sha256(whole).hexdigest(), texts, files)


def differing(expected: Parts, found: Parts) -> set[Part]:
    """The parts that are not the same in both; of each, ``compare`` gives at least one difference."""
    return {key for key in expected.keys() | found.keys() if expected.get(key) != found.get(key)}


def _read_pages(pdf: pikepdf.Pdf, whole: bytes, wanted: set[int]) -> dict[int, str]:
    """The texts of the pages ``wanted``, without those that are not there or cannot be read."""
    found: dict[int, str] = {}
    with suppress(Exception):  # a file from anywhere may break any library
        reader = Reader(whole)
        for number in wanted:
            with suppress(Exception):  # and so may each page
                if _content_size(pdf.pages[number - 1]) <= MAX_PAGE:
                    found[number] = reader.text(number)
    return found


def _content_size(page: pikepdf.Page) -> int:
    contents = page.obj.Contents
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return sum(len(stream.read_bytes()) for stream in streams)
