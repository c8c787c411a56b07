"""Figures: the images inside the page, drawings in its colours and, where they have several panels,
divided so that a narrow screen can stack them."""

import base64
import html
import mimetypes
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from jinja2.environment import TemplateModule
from markupsafe import Markup

from report.errors import RenderError
from report.html.images import image_file
from report.html.screen.labels import label_of

_NARROW = 350.0  # a drawing that is no wider, in points, is read on a phone as it is
_STEEP = 2.0  # times as high as wide: one of several columns, which belong side by side
_LINE = 20.0  # a part that is no higher holds one line of type, which explains a mark
_ROW = 250.0  # and that is as wide: a row of a panel, or its scale, all on one scale

_FIGURE = re.compile(r"<figure\b([^>]*)>(.*?)<figcaption>(.*?)</figcaption>\s*</figure>", re.S)
_IMAGE = re.compile(r"<img\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(src|alt)="([^"]*)"')
_DRAWING = re.compile(r"<svg\b([^>]*)>(.*)</svg>", re.S)
_SVG_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_SVG_ID = re.compile(r'(\bid="|url\(#|href="#)(?=[^<>]*>)')  # never in a text
_TYPE = re.compile(r'(<text style="(?:[^"]*;)? ?)font-size:')  # which the style sheet then decides
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.S)


@dataclass(frozen=True)
class _Tile:
    """``box`` is the value of ``viewBox``."""

    box: str

    @property
    def width(self) -> float:
        return float(self.box.split()[2])

    @property
    def height(self) -> float:
        return float(self.box.split()[3])

    @property
    def top(self) -> float:
        return float(self.box.split()[1])

    @property
    def kind(self) -> str:
        if self.height <= _LINE:
            return "row" if self.width > _ROW else "key"
        return "column" if self.height > _STEEP * self.width else ""


def with_figures(text: str, base: Path, parts: TemplateModule) -> str:
    """
    Raises:
        RenderError: an image is missing or is not an image.
    """

    def figure(match: re.Match[str]) -> str:
        attributes, images, caption = match.groups()
        name = label_of(caption)
        plates = [_plate(tag, base, parts) for tag in _IMAGE.findall(images)]
        return str(parts.figure(Markup(attributes), plates, Markup(caption), name))  # type: ignore[attr-defined]

    return _FIGURE.sub(figure, text)


def _plate(tag: str, base: Path, parts: TemplateModule) -> Markup:
    attributes = dict(_ATTRIBUTE.findall(tag))
    alternative, path = Markup(attributes["alt"]), image_file(base, html.unescape(attributes["src"]))
    data = path.read_bytes()
    if path.suffix == ".svg":
        return _drawing(data.decode(), path.stem, alternative, parts)
    kind = mimetypes.guess_type(path.name)[0]
    address = f"data:{kind};base64,{base64.b64encode(data).decode()}"
    return parts.picture(alternative, address)  # type: ignore[attr-defined]


def _drawing(svg: str, prefix: str, alternative: Markup, parts: TemplateModule) -> Markup:
    """It uses the page's fonts and colours; its ids must not collide with another's."""
    found = _DRAWING.search(svg)
    if not found:
        raise RenderError(f"Se esperaba un dibujo SVG en {prefix}.svg, no se encontró; vuelva a dibujarlo.")
    attributes = dict(_SVG_ATTRIBUTE.findall(found[1]))
    whole = _Tile(attributes["viewBox"])
    tiles = [_Tile(box.strip()) for box in attributes.get("data-tiles", "").split(",") if box]
    begins = [_begins_line(before, tile) for before, tile in pairwise(tiles)]
    content = _SVG_ID.sub(rf"\g<1>{prefix}-", _METADATA.sub("", found[2]).strip())
    content = _TYPE.sub(r"\1--size:", content)
    return parts.drawing(  # type: ignore[attr-defined]
        id=f"{prefix}-dibujo",
        whole=whole,
        tiles=list(zip(tiles, [False, *begins], strict=True)) if tiles and whole.width > _NARROW else [],
        content=Markup(content),
        alternative=alternative,
    )


def _begins_line(before: _Tile, tile: _Tile) -> bool:
    """Words under a panel, or under others; those under a row do so anyway, since it is a line."""
    is_under = tile.top >= before.top + before.height if before.kind == "key" else before.kind != "row"
    return tile.kind == "key" and is_under
