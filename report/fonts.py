"""Where the document's fonts lie: two pip packages with Adobe's Source families (OFL 1.1)."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from report.errors import RenderError

SERIF = "Source Serif Pro"
SANS = "Source Sans Pro"
FAMILIES = (SERIF, SANS)
COMMON = re.compile("[ -~\u00a0-\u00ac\u00ae-\u00ff–—−…]*")  # what every face has: no need to look

_PACKAGES = {SERIF: "font_source_serif_pro", SANS: "font_source_sans_pro"}
_STYLES = {
    (400, False): "Regular",
    (400, True): "It",
    (600, False): "Semibold",
    (600, True): "SemiboldIt",
}


@dataclass(frozen=True)
class Face:
    """One font file. ``weight`` is CSS' 100-900."""

    family: str
    weight: int
    italic: bool
    path: Path


def faces() -> tuple[Face, ...]:
    """The faces that the documents and the figures may use, in a fixed order.

    Raises:
        RenderError: a package or one of its files is missing.
    """
    return tuple(
        Face(family, weight, italic, _path(family, style))
        for family in FAMILIES
        for (weight, italic), style in _STYLES.items()
    )


@cache
def characters() -> frozenset[int]:
    """The code points that can be printed: what one face lacks is taken from another."""
    from fontTools.ttLib import TTFont  # here, because few documents ask

    found = set[int]()
    for face in faces():
        with TTFont(face.path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def _path(family: str, style: str) -> Path:
    package = _PACKAGES[family]
    name = f"{family.replace(' ', '')}-{style}.ttf"
    try:
        path = Path(str(files(package))) / "files" / name
    except ModuleNotFoundError:
        path = Path(package) / name
    if not path.is_file():
        raise RenderError(
            f"Se esperaba la fuente {name} del paquete {package.replace('_', '-')}, no se encontró; "
            "borre .venv y repita la orden para instalarlo de nuevo."
        )
    return path
