"""The figures of a document, drawn anew from the same data as pictures that Word and LaTeX take."""

import io
import logging
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Literal

from report.sheet import MM_PER_INCH

DPI = 300
GRID_WIDTH_MM = 54.0  # of what is a picture already, as in the style sheet

Suffix = Literal[".png", ".pdf"]


@dataclass(frozen=True)
class Picture:
    """A file, by its place beside the document, and how wide it is shown."""

    place: str
    width_mm: float


def draw_all(drawings: Mapping[str, Any], folder: Path, suffix: Suffix) -> dict[str, Picture]:
    """Draw each of ``drawings`` into ``folder``, which is to lie beside the document; by the name that each
    has there."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # of a home that cannot be written it warns
    from matplotlib import rc_context

    from report.figures.style import STYLE

    found: dict[str, Picture] = {}
    with rc_context(STYLE | {"pdf.fonttype": 42}):
        for file, data in drawings.items():
            drawing = sys.modules[type(data).__module__].draw(data)
            if isinstance(drawing, bytes):
                name, width_mm, content = file, GRID_WIDTH_MM, drawing
            else:
                name = PurePath(file).with_suffix(suffix).name
                width_mm, content = drawing.get_size_inches()[0] * MM_PER_INCH, _saved(drawing, suffix)
            (folder / name).write_bytes(content)
            found[file] = Picture(f"{folder.name}/{name}", width_mm)
    return found


def _saved(figure: Any, suffix: Suffix) -> bytes:
    """Equal bytes for equal figures; on white paper, since a page may be dark."""
    nameless = {".png": {"Software": None}, ".pdf": {"Creator": None, "Producer": None, "CreationDate": None}}
    buffer = io.BytesIO()
    figure.set_frameon(True)
    figure.savefig(buffer, format=suffix[1:], dpi=DPI, facecolor="white", metadata=nameless[suffix])
    return buffer.getvalue()
