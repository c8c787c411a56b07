"""Any document, by its file name: Markdown, HTML, PDF, notebook or Word, one module each.

Outside this package only ``read`` is imported.
"""

from pathlib import Path

from experiments.brought.texts import decoded
from experiments.causes import cause
from experiments.records.regular import open_regular
from report.audit.blocks import Block, Notice, UnreadableError
from report.audit.readers import markdown, notebook, pdf, source_code, web, word

MAX_BYTES = 50_000_000
SUFFIXES = (".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".ipynb", ".docx")


def read(path: Path) -> list[Block]:
    """The document's text and tables.

    Raises:
        UnreadableError: another kind of file, too large, damaged, or not there.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableError(
            f"{path}: se esperaba un archivo {', '.join(SUFFIXES[:-1])} o {SUFFIXES[-1]}, "
            f"se encontró «{suffix or 'ninguna extensión'}»; conviértalo a uno de ellos."
        )
    try:
        with open_regular(path) as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(
            f"{path}: se esperaba un documento legible, se encontró {cause(error)}; revise la ruta."
        ) from error
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            f"{path}: se esperaban como mucho {MAX_BYTES // 1_000_000} MB, hay más; quite las imágenes "
            "incrustadas."
        )
    try:
        if suffix == ".pdf":
            return pdf.read(data)
        if suffix == ".docx":
            return word.read(data)
        text, notices = _decode(data)
        if suffix == ".ipynb":
            return [*notices, *notebook.read(text)]
        blocks = web.read(text) if suffix in (".html", ".htm") else markdown.read(text)
        return [*notices, *source_code.shown(blocks)]
    except UnreadableError as error:
        raise UnreadableError(f"{path}: {error}; expórtelo de nuevo.") from error


def _decode(data: bytes) -> tuple[str, list[Block]]:
    """The text; what is not UTF-8, nor what its mark says, is taken for the other usual encoding,
    and said so."""
    try:
        return decoded(data), []
    except UnicodeDecodeError as error:
        text = data.decode("cp1252", errors="replace")
        return text, [Notice(f"no es UTF-8 (byte {error.start + 1}): se lee como Windows-1252.")]
