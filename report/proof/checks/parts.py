"""A PDF taken apart for comparing: its pages, drawings, properties and attached files, and one
form of the whole that does not depend on who saved it."""

import hashlib
import io
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

from report.proof.carried.opening import open_pdf

_NAME = re.compile(rb"/([^\s/<>\[\]()]+)\s+(?:[\d.]+\s+)?(?:Do|Tf|gs|scn|SCN|sh)\b")
_LABELS = {
    "/XObject": "dibujo o imagen",
    "/Font": "letra",
    "/ExtGState": "trazo",
    "/Pattern": "trama",
    "/Shading": "degradado",
}
PAINTED = ("contenido", *_LABELS.values())  # the parts of a page that decide what it shows


# --- the whole ---------------------------------------------------------------------------


def canonical(data: bytes, opened: Callable[[bytes], pikepdf.Pdf] = open_pdf) -> bytes:
    """The content of a file in one form: objects that nothing refers to are gone, the others are
    numbered in the order in which they are reached, and no stream is compressed.

    Raises:
        FileError: as ``opened``, which opens it.
    """
    output = io.BytesIO()
    with opened(data) as pdf:  # one that nobody has looked at: pikepdf mends what it is asked for
        pdf.save(
            output,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            static_id=True,
            force_version="2.0",
            fix_metadata_version=False,
        )
    return output.getvalue()


# --- part by part ------------------------------------------------------------------------

Part = tuple[int | None, str]  # page from 1, None: the whole file; what it is
Parts = dict[Part, str]


def parts(pdf: pikepdf.Pdf) -> Parts:
    """Everything that a reader sees or hears, and what is attached: the text itself where it is
    short, digests elsewhere."""
    found: Parts = {}
    for name, content in pdf.docinfo.items():
        found[None, f"propiedad {name[1:]}"] = str(content)
    found[None, "idioma"] = str(pdf.Root.get("/Lang", ""))
    found[None, "metadatos XMP"] = _digest(pdf.Root.get("/Metadata"))
    found |= dict(_outline(pdf))
    found |= dict(_attachments(pdf))
    drawn: dict[tuple[int, int], str] = {}
    for number, page in enumerate(pdf.pages, start=1):
        for name, value in _page(page, drawn):
            found[number, name] = value
    found |= _structure(pdf)
    return found


def _outline(pdf: pikepdf.Pdf) -> Iterator[tuple[tuple[None, str], str]]:
    waiting = list(reversed(pdf.open_outline().root))  # as a context it would be written again
    for number in itertools.count(1):
        if not waiting:
            return
        item = waiting.pop()
        yield (None, f"marcador {number}"), str(item.title)
        waiting.extend(reversed(item.children))


def _attachments(pdf: pikepdf.Pdf) -> Iterator[tuple[tuple[None, str], str]]:
    for name, file in pdf.attachments.items():
        yield (None, f"fichero incrustado {name}"), hashlib.sha256(file.get_file().read_bytes()).hexdigest()
        yield (None, f"descripción de {name}"), file.description


def _page(page: pikepdf.Page, drawn: dict[tuple[int, int], str]) -> Iterator[tuple[str, str]]:
    content = _content(page)
    yield "contenido", hashlib.sha256(content).hexdigest()
    yield "tamaño", " × ".join(str(float(side)) for side in page.mediabox[2:])
    yield "enlaces", _digest(page.obj.get("/Annots"))
    yield from sorted(_used(content, page.resources, drawn, set()).items())


def _used(
    content: bytes, resources: Any, drawn: dict[tuple[int, int], str], seen: set[tuple[int, int]]
) -> dict[str, str]:
    """What ``content`` draws with, also inside the drawings that it draws. ``drawn`` keeps the
    digests of what several pages share."""
    found = {}
    for name in sorted(set(_NAME.findall(content))):
        key = "/" + name.decode("latin-1")
        for kind, label in _LABELS.items():
            item = resources.get(kind, {}).get(key)
            if item is None:
                continue
            if item.objgen == (0, 0) or item.objgen not in drawn:
                drawn[item.objgen] = _digest(item)
            found[f"{label} {key[1:]}"] = drawn[item.objgen]
            if (
                isinstance(item, pikepdf.Stream)
                and item.get("/Subtype") == "/Form"
                and item.objgen not in seen
            ):
                seen.add(item.objgen)
                found |= _used(item.read_bytes(), item.get("/Resources", resources), drawn, seen)
    return found


def _content(page: pikepdf.Page) -> bytes:
    contents = page.obj.get("/Contents")
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))


def _structure(pdf: pikepdf.Pdf) -> Parts:
    """The alternative text of each figure, by page, and a digest of the tags in their order."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    found: Parts = {}
    tags = hashlib.sha256()
    count: dict[int | None, int] = {}
    seen: set[tuple[int, int]] = set()
    root = pdf.Root.get("/StructTreeRoot")
    waiting: list[Any] = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or node.objgen in seen:
            continue
        if node.objgen != (0, 0):
            seen.add(node.objgen)
        tags.update(f"{node.get('/S', '')} ".encode())
        if "/Alt" in node:
            page = pages.get(node.Pg.objgen) if "/Pg" in node else None
            count[page] = count.get(page, 0) + 1
            found[page, f"texto alternativo {count[page]}"] = str(node.Alt)
        kids: Any = node.get("/K", [])
        waiting.extend(reversed(list(kids)) if isinstance(kids, pikepdf.Array) else [kids])
    return found | {(None, "etiquetas"): tags.hexdigest()}


def _digest(item: Any) -> str:
    """SHA-256 of an object and all that it holds, whatever its number in the file."""
    digest = hashlib.sha256()
    _feed(digest, item, set())
    return digest.hexdigest()


# What leads back or elsewhere in the document, and is compared there.
_LEADS_AWAY = {"/Parent", "/P", "/Pg", "/StructParent", "/StructParents", "/Dest", "/Resources", "/Length",
               "/Filter", "/DecodeParms"}  # fmt: skip


def _feed(digest: Any, item: Any, seen: set[tuple[int, int]]) -> None:
    if isinstance(item, pikepdf.Object) and item.is_indirect:
        if item.objgen in seen:
            digest.update(b"otra vez")
            return
        seen.add(item.objgen)
    if isinstance(item, pikepdf.Stream):
        digest.update(item.read_bytes() if _is_flate(item) else item.read_raw_bytes())
    if isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
        for name in sorted(item.keys()):
            if name not in _LEADS_AWAY:
                digest.update(name.encode())
                _feed(digest, item[name], seen)
    elif isinstance(item, pikepdf.Array):
        digest.update(b"[")
        for child in item:
            _feed(digest, child, seen)
    elif isinstance(item, pikepdf.Object):
        digest.update(item.unparse())
    else:
        digest.update(repr(item).encode())


def _is_flate(stream: pikepdf.Stream) -> bool:
    return str(stream.get("/Filter", "/FlateDecode")) in ("/FlateDecode", '[ "/FlateDecode" ]')
