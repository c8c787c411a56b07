"""Where the document's fonts lie: two pip packages with Adobe's Source families (OFL 1.1)."""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from experiments.records.regular import open_regular
from report.errors import RenderError

SERIF = "Source Serif Pro"
SANS = "Source Sans Pro"
FAMILIES = (SERIF, SANS)
OTHER = "Otras letras"  # the family of what the user's own fonts add
ALLOWED = (*FAMILIES, OTHER)
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


# --- what the user's own fonts add ------------------------------------------------------------

Found = tuple[Path, int]  # a file of fonts and which of them


def find(name: str, folder: Path) -> Found | None:
    """The font in the file ``name``, as seen from ``folder``, or the plainest of the installed family of
    that name, those that Matplotlib brings included."""
    if os.path.isfile(folder / name):  # what is too long for a name is none
        return folder / name, 0
    import matplotlib
    from matplotlib.font_manager import findSystemFonts

    brought = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    files = sorted({*brought.glob("*.ttf"), *map(Path, findSystemFonts())})
    found = [
        (*_plainness(font), path, number)
        for path in files
        for number, font in _fonts_in(path)
        if name.casefold() in (str(font["name"].getDebugName(kind)).casefold() for kind in (1, 16))
    ]
    return min(found)[2:] if found else None


def letters_in(found: Found) -> frozenset[str]:
    """
    Raises:
        RenderError: it is no font.
    """
    for number, font in _fonts_in(found[0]):
        if number == found[1]:
            return frozenset(map(chr, font.getBestCmap() or ()))
    raise RenderError(f"{found[0]}: se esperaba un fichero de fuente, se encontró otra cosa; cámbielo.")


def reduced(found: Found, letters: str) -> bytes:
    """The font with nothing but ``letters`` and how they join, as the family ``OTHER``."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    subset.log.setLevel("ERROR")  # that it leaves out tables which nobody needs is no news
    options = subset.Options(hinting=False, layout_features=["*"], notdef_outline=True)
    buffer = io.BytesIO()
    with TTFont(found[0], fontNumber=found[1], recalcTimestamp=False, lazy=True) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=f"{letters} \u00a0")  # a space is set in the font of what is around it
        subsetter.subset(font)
        for record in font["name"].names:
            record.string = OTHER.replace(" ", "-") if record.nameID == 6 else OTHER
        font.save(buffer)
    return buffer.getvalue()


def _fonts_in(path: Path) -> Iterator[tuple[int, Any]]:
    """Those of a file, one or a collection; of what is no font, none."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        with open_regular(path) as stream:
            is_collection = path.suffix.lower() in (".ttc", ".otc")
            opened = TTCollection(stream, lazy=True) if is_collection else TTFont(stream, lazy=True)
            yield from enumerate(opened.fonts if is_collection else [opened])
    except (TTLibError, OSError, LookupError, ValueError):
        return


def _plainness(font: Any) -> tuple[int, int]:
    return abs(font["OS/2"].usWeightClass - 400), int(font["post"].italicAngle != 0)
