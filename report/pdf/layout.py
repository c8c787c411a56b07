"""HTML -> PDF/A-3a that also declares PDF/UA-1: strict, isolated, the same bytes every time.

Strict: whatever WeasyPrint would only log is an error. Isolated: no network, no file outside
the given folder, no font beside the project's own.
"""

import logging
import os
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from report import fonts
from report.errors import RenderError, without_pango
from report.pdf.mend.everything import mend_all

# WeasyPrint names images after their address: one that does not depend on where the folder is.
_ROOT = "file:///documento/"
_VARIANT = "pdf/a-3a"
_STYLED = re.compile(r'<style\b[^>]*>(.*?)</style>|\bstyle="([^"]*)"', re.S)
_FAMILY = re.compile(r"font(?:-family)?\s*:\s*([^;}]+)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_QUOTED = re.compile(r"""(["'])(.+?)\1""")


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF, such as the data behind the document."""

    name: str
    content: bytes
    description: str


@dataclass(frozen=True)
class Piece:
    """A stretch of text or an image (``text`` empty) where it was laid out: ``page`` counts from
    1, ``element`` is the place of the element that holds it in the order of the HTML, from 0."""

    page: int
    element: int
    text: str


class Layout:
    """A page laid out by WeasyPrint; its fonts and images lie where ``lay_out`` says."""

    def __init__(self, source: Any, document: Any) -> None:
        self._document = document
        self.pieces = _pieces(source, document)

    def write(self, attachments: Iterable[Attachment], created: datetime) -> bytes:
        """The PDF. ``attachments`` are asked for once the pages are painted; ``created`` is their
        date.

        Raises:
            RenderError: as ``lay_out``.
        """
        import weasyprint

        from report.pdf.mend.tags import finish

        def files() -> Iterator[weasyprint.Attachment]:
            for item in sorted(attachments, key=lambda item: item.name):  # as readers look them up
                yield weasyprint.Attachment(
                    string=item.content, name=item.name, description=item.description, relationship="Data",
                    created=created, modified=created,
                )  # fmt: skip

        with _strict():
            data: bytes = self._document.write_pdf(pdf_variant=_VARIANT, attachments=files(), finisher=finish)
        allowed = {family.replace(" ", "-") for family in fonts.ALLOWED}
        used = {font.name.decode() for font in self._document.fonts.values()}
        if strangers := sorted(name for name in used if not any(family in name for family in allowed)):
            raise RenderError(
                f"Se esperaban solo las fuentes {' y '.join(fonts.FAMILIES)}, se encontró «{strangers[0]}»; "
                "cambie el carácter o la fuente que la pide."
            )
        return data


def lay_out(
    html: str,
    base: Path,
    before_image: Callable[[Path], object] = lambda path: None,
    fontconfig: Path | None = None,
) -> Layout:
    """Divide ``html``, whose images lie under ``base``, into pages; ``before_image`` is called
    before each of them is read.

    Writes the font configuration and its cache into ``fontconfig`` or, without one, under ``base``;
    nothing else.

    Raises:
        RenderError: anything missing (image, glyph, font, anchor, alternative text), anything
            that WeasyPrint warns about, an address outside ``base`` or on the network.
    """
    load_weasyprint(fontconfig or base / "fontconfig")
    _refuse_foreign_families(html, "la página")
    import weasyprint

    from report.pdf.mend.words import tell_names

    tell_names(html)
    with _strict():
        source = weasyprint.HTML(string=html, base_url=_ROOT, url_fetcher=_fetcher(base, before_image))
        return Layout(source, source.render(pdf_variant=_VARIANT))


def load_weasyprint(fontconfig: Path) -> None:
    """Import it, mended, which takes half a second, with its fonts chosen: ``lay_out`` does so
    otherwise; ``fontconfig`` as there.

    Raises:
        RenderError: a font is missing, WeasyPrint is another one than its mends are for, the system lacks
            what it needs, or the name of the folder cannot be told to it.
    """
    _use_only_our_fonts(fontconfig)
    try:
        mend_all()
    except OSError as error:  # of cffi, which opens the libraries as WeasyPrint is imported
        raise without_pango(error) from error


def _pieces(source: Any, document: Any) -> list[Piece]:
    """What the pages of a laid-out ``document`` hold, in their order."""
    from report.pdf.mend.boxes import printed_boxes

    places = {element: place for place, element in enumerate(source.etree_element.iter())}
    return [
        Piece(page, places[element], text)
        for page, element, text in printed_boxes(document)
        if element in places
    ]


# --- fonts -------------------------------------------------------------------------------


def _use_only_our_fonts(folder: Path) -> None:
    """Let Fontconfig see the project's own faces and no other font of the system.

    Raises:
        RenderError: the name of ``folder`` cannot stand in its configuration.
    """
    if wrong := _NOT_XML.search(str(folder.resolve())):  # which no font configuration can name
        raise RenderError(
            f"Se esperaba una carpeta sin caracteres de control en su nombre, se encontró «{wrong[0]!a}» "
            f"en el de {folder}; cámbielo."
        )
    faces = fonts.faces()
    folders = sorted({str(face.path.parent) for face in faces})
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>",
        *(f"<dir>{escape(path)}</dir>" for path in folders),
        f"<cachedir>{escape(str(folder.resolve() / 'cache'))}</cachedir>",
        "<selectfont><rejectfont><glob>*</glob></rejectfont><acceptfont>",
        *(f"<glob>{escape(str(face.path))}</glob>" for face in faces),
        "</acceptfont></selectfont></fontconfig>",
    ]
    path = folder / "fonts.conf"
    path.write_bytes(os.fsencode("\n".join(lines)))  # folders as the system has them, whatever they say
    os.environ["FONTCONFIG_FILE"] = str(path.resolve())


def _refuse_foreign_families(source: str, place: str) -> None:
    """A family that does not exist is replaced in silence: look at the names themselves."""
    styles = " ; ".join("".join(style) for style in _STYLED.findall(source))  # a text may speak of any family
    for declaration in _FAMILY.findall(styles.replace("&quot;", '"')):
        for _, family in _QUOTED.findall(declaration):
            if family not in fonts.ALLOWED:
                raise RenderError(
                    f"Se esperaban solo {' y '.join(fonts.FAMILIES)}, {place} pide «{family}»; cámbiela."
                )


# --- strictness --------------------------------------------------------------------------


def _fetcher(base: Path, before_image: Callable[[Path], object]) -> Any:
    from urllib.request import url2pathname  # brings a client for HTTP along, as WeasyPrint does

    from weasyprint.urls import URLFetcher

    root = base.resolve()

    class Fetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("file:"):
                path = (root / url2pathname(url.split("?")[0].removeprefix(_ROOT))).resolve()
                if not (url.startswith(_ROOT) and path.is_relative_to(root)):
                    raise ValueError("está fuera de ella")
                before_image(path)
                if path.suffix == ".svg" and path.is_file():
                    _refuse_foreign_families(path.read_text(encoding="utf-8"), path.name)
                url = path.as_uri()
            return super().fetch(url, headers)

    return Fetcher(allowed_protocols={"file", "data"}, fail_on_errors=True)


@contextmanager
def _strict() -> Iterator[None]:
    """Turn everything that WeasyPrint logs from a warning up into a ``RenderError``."""
    from weasyprint.logger import LOGGER
    from weasyprint.urls import FatalURLFetchingError

    messages: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    handlers, propagate, level = LOGGER.handlers[:], LOGGER.propagate, LOGGER.level
    LOGGER.handlers[:], LOGGER.propagate = [Collector(logging.WARNING)], False
    LOGGER.setLevel(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
            yield
    except FatalURLFetchingError as error:  # a BaseException
        cause = error.__cause__ or error
        if isinstance(cause, RenderError):
            raise cause from None
        raise RenderError(
            f"Se esperaba un archivo de la carpeta del documento, se encontró «{error}» ({cause}); "
            "vuelva a generar las figuras."
        ) from error
    finally:
        LOGGER.handlers[:], LOGGER.propagate = handlers, propagate
        LOGGER.setLevel(level)
    if messages:
        raise RenderError(
            "Se esperaba componer el PDF sin avisos, WeasyPrint dice: "
            f"{' | '.join(dict.fromkeys(messages))}; corrija el texto, la figura o la hoja de estilo."
        )
