"""A figure as a lean SVG that looks the same in a PDF, inside a page and as a file of its own."""

import base64
import io
import re
import warnings
from xml.sax.saxutils import unescape

from matplotlib import rc_context, rcdefaults
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image

from report.errors import RenderError
from report.figures.images import TONES
from report.figures.style import INK, STYLE
from report.figures.tiles import as_attribute, tiles
from report.fonts import SANS
from report.ledger.verbatim import as_html, shield

rcdefaults()  # a document is the same for everybody, whatever a matplotlibrc of the user's says

_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}

_DEFAULT_STYLE = re.compile(r"\s*<defs>\s*<style.*?</style>\s*</defs>", re.S)
_ID = re.compile(r' id="([^"]*)"')
_REFERENCE = re.compile(r'(?:url\(|href=")#([^)"]+)')
_PATH_DATA = re.compile(r' d="[^"]*"')
_PNG = re.compile(r"(?<=data:image/png;base64,)[^\"]+")
_GROUP = re.compile(r"\s*<g\b[^>]*>|\s*</g>")
_NO_ROTATION = re.compile(r' transform="rotate\(-0 [^"]*\)"')
_TEXT = re.compile(r"(?<=>)[^<>]*\S[^<>]*(?=</text>)")
_LONG_DECIMALS = re.compile(r"(\.\d\d)\d+")


def svg_bytes(figure: Figure, name: str) -> bytes:
    """The figure as SVG: equal bytes for equal figures, in any process.

    Text stays text. Ink is ``currentColor``, dark unless a style sheet says otherwise, and a file
    shown on its own has white paper, since GitHub may be dark around it. In a page of one's own
    take both: ``figure svg { color: inherit; background: none !important }``. Ids depend on
    ``name``, so that figures with different names can stand in one page; no rule leaves the drawing.
    ``data-tiles`` on its root says where a narrow page may divide it.

    Raises:
        RenderError: Matplotlib warns, as it does for a glyph that the font lacks.
    """
    buffer = io.BytesIO()
    with rc_context(STYLE | {"svg.hashsalt": name, "svg.fonttype": "none"}), warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        try:
            FigureCanvasSVG(figure).print_svg(buffer, metadata=_NO_METADATA)  # type: ignore[no-untyped-call]
            parts = as_attribute(tiles(figure), figure.bbox.height)
        except UserWarning as warning:
            raise RenderError(
                f"Se esperaba dibujar la figura «{name}» sin avisos, se encontró «{warning}»; "
                "corrija sus datos."
            ) from warning
    svg = _TEXT.sub(_shielded, buffer.getvalue().decode())  # what is searched for below is markup
    svg = _DEFAULT_STYLE.sub("", svg[svg.index("<svg") :])  # it would apply to the whole page
    svg = svg.replace(f' id="{TONES}"', f' class="{TONES}"')  # of several pictures
    used = set(_REFERENCE.findall(svg))
    svg = _ID.sub(lambda match: match[0] if match[1] in used else "", svg)
    svg = _NO_ROTATION.sub("", _without_idle_groups(svg))
    svg = _PATH_DATA.sub(lambda match: _LONG_DECIMALS.sub(r"\1", match[0]), svg)
    svg = _PNG.sub(lambda match: _grey(match[0]), svg)
    svg = svg.replace(f" font-family: '{SANS}';", "").replace(f"; font-family: '{SANS}'", "")
    svg = svg.replace(INK, "currentColor")
    root = (
        f'<svg color="{INK}" font-family="\'{SANS}\', sans-serif" '
        'stroke-linejoin="round" stroke-linecap="butt" style="background: #fff"'
    ) + (f' data-tiles="{parts}"' if parts else "")
    return as_html(svg.replace("<svg", root, 1).strip() + "\n").encode()


def _shielded(text: re.Match[str]) -> str:
    return shield(unescape(text[0]))


def _without_idle_groups(svg: str) -> str:
    """The drawing without the groups that have no attribute: a page is sooner drawn without them."""
    kept: list[bool] = []

    def group(match: re.Match[str]) -> str:
        tag = match[0].strip()
        if tag.endswith("/>"):
            return ""
        if tag == "</g>":
            return match[0] if kept.pop() else ""
        kept.append(tag != "<g>")
        return match[0] if kept[-1] else ""

    return _GROUP.sub(group, svg)


def _grey(png: str) -> str:
    """The same PNG, base64, without the colours and the transparency that no picture here has:
    a third of the size, and no mask in the PDF."""
    buffer = io.BytesIO()
    Image.open(io.BytesIO(base64.b64decode(png))).convert("L").save(buffer, format="PNG")
    return base64.b64encode(buffer.getvalue()).decode()
