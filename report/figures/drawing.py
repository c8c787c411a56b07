"""A figure, drawn: by the file that its data are of."""

import sys
from dataclasses import dataclass
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from report.figures.labels import texts
from report.figures.style import STYLE
from report.figures.svg import svg_bytes


@dataclass(frozen=True)
class Drawn:
    """A file and the texts inside it, those on its scales apart."""

    content: bytes
    labels: list[str]


def draw(name: str, data: Any) -> Drawn:
    """``name`` is that of the file without suffix. A ``Figure`` becomes SVG; what is a picture
    already stays so."""
    with rc_context(STYLE):
        drawing = sys.modules[type(data).__module__].draw(data)
        if isinstance(drawing, Figure):
            return Drawn(svg_bytes(drawing, name), texts(drawing))
    return Drawn(drawing, [])
