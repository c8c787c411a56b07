"""The HTML page around a converted document, and the same page as one self-contained file."""

import base64
import html
import io
import mimetypes
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from report.errors import RenderError
from report.fonts import Face, faces
from report.html.body import Body, TocEntry
from report.paths import TEMPLATES

SHEETS = ("paper.css", "screen.css")
_NOTE = re.compile(r'<foot-note id="([^"]+)">(.*?)</foot-note>', re.S)
_IMAGE = re.compile(r"<img\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(src|alt)="([^"]*)"')
_SVG_ID = re.compile(r'(\bid="|url\(#|href="#)')


@dataclass(frozen=True)
class Meta:
    """What the PDF's properties say."""

    title: str
    authors: tuple[str, ...]
    created: datetime


def page(body: Body, meta: Meta, *, is_brief: bool = False) -> str:
    """The complete page: title block, first section (the summary), contents, the rest; a brief one
    has no contents.

    Images stay files relative to the page; this is what ``lay_out`` takes.
    """
    header, _, sections = body.html.partition("</header>")
    summary, _, rest = sections.partition("</section>")
    return _template("page.html.j2").render(
        meta=meta,
        is_brief=is_brief,
        style=Markup("".join((TEMPLATES / sheet).read_text(encoding="utf-8") for sheet in SHEETS)),
        header=Markup(header),
        summary=Markup(summary),
        contents=[] if is_brief else _columns(body.toc[1:]),
        rest=Markup(rest),
    )


def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(name)


def _columns(toc: list[TocEntry]) -> list[list[TocEntry]]:
    """The contents in two columns, divided before the main heading nearest to the middle."""
    starts = [index for index, entry in enumerate(toc) if entry.level == 2 and index > 0]
    if not starts:
        return [toc]
    cut = min(starts, key=lambda index: abs(2 * index - len(toc)))
    return [toc[:cut], toc[cut:]]


def self_contained(page_html: str, base: Path) -> str:
    """The page as one file for the screen: notes at the end, images and fonts inside.

    ``base`` is the folder that the images' addresses are relative to.

    Raises:
        RenderError: an image is missing or is not an image.
    """
    labels: dict[str, str] = vars(_template("screen.html.j2").module)["labels"]
    text = _end_notes(page_html, labels)
    text = _IMAGE.sub(lambda match: _inline_image(match[0], base, labels), text)
    # A wide table scrolls in a box of its own, as drawings do, so that the page does not.
    box = f'<div class="scroll" tabindex="0" role="region" aria-label="{labels["table"]}">'
    text = text.replace("<table", f"{box}<table").replace("</table>", "</table></div>")
    return text.replace("</head>", f"<style>{_font_faces(_printed_characters(text))}</style>\n</head>", 1)


# --- notes -------------------------------------------------------------------------------


def _end_notes(page_html: str, labels: dict[str, str]) -> str:
    """Browsers have no notes at the foot of a page: list them at the end."""
    notes: list[str] = []

    def call(match: re.Match[str]) -> str:
        name, text = match[1], match[2]
        back = f'<a href="#llamada-{name}" role="doc-backlink" aria-label="{labels["back"]}">↑</a>'
        notes.append(f'<li id="{name}">{text}\u00a0{back}</li>')
        return f'<sup><a id="llamada-{name}" href="#{name}" role="doc-noteref">{len(notes)}</a></sup>'

    text = _NOTE.sub(call, page_html)
    if not notes:
        return text
    section = f'<section class="notes" role="doc-endnotes" aria-label="{labels["notes"]}">'
    return text.replace("</main>", f"{section}<ol>{''.join(notes)}</ol></section></main>", 1)


# --- images ------------------------------------------------------------------------------


def _inline_image(tag: str, base: Path, labels: dict[str, str]) -> str:
    attributes = dict(_ATTRIBUTE.findall(tag))
    path = base / html.unescape(attributes["src"])
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RenderError(
            f"Se esperaba la imagen {attributes['src']}, no se leyó ({error.strerror}); vuelva a dibujarla."
        ) from error
    if path.suffix == ".svg":
        svg = _inline_svg(data.decode(), attributes["alt"], path.stem)
        return f'<div class="scroll" tabindex="0" role="group" aria-label="{labels["drawing"]}">{svg}</div>'
    kind = mimetypes.guess_type(path.name)[0]
    encoded = base64.b64encode(data).decode()
    return f'<img alt="{attributes["alt"]}" src="data:{kind};base64,{encoded}">'


def _inline_svg(svg: str, alt: str, prefix: str) -> str:
    """An inline drawing uses the page's fonts; its ids must not collide with another's."""
    start = svg.find("<svg")
    if start < 0:
        raise RenderError(f"Se esperaba un dibujo SVG en {prefix}.svg, no se encontró; vuelva a dibujarlo.")
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[start:], flags=re.S)
    svg = _SVG_ID.sub(rf"\g<1>{prefix}-", svg)
    return svg.replace("<svg", f'<svg role="img" aria-label="{alt}"', 1).strip()


# --- fonts -------------------------------------------------------------------------------


def _printed_characters(page_html: str) -> str:
    without_data = re.sub(r'"data:[^"]*"', "", page_html)
    return "".join(sorted(set(html.unescape(without_data)) - {"\n"}))


def _font_faces(characters: str) -> str:
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{'italic' if face.italic else 'normal'};font-display:swap;"
        f'src:url("data:font/woff2;base64,{_subset(face, characters)}") format("woff2")}}'
        for face in faces()
    )


def _subset(face: Face, characters: str) -> str:
    """Base64 of the face reduced to ``characters``, as WOFF2. Kerning and small capitals are
    left out: they would take four times as long as all else in this file."""
    from fontTools import subset  # here, because only the page for the screen needs it
    from fontTools.ttLib import TTFont

    options = subset.Options(flavor="woff2", hinting=False, layout_features=[], name_IDs=["*"])
    buffer = io.BytesIO()
    with TTFont(face.path, recalcTimestamp=False, lazy=True) as font:
        for table in ("GSUB", "GPOS"):
            del font[table]
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(buffer)
    return base64.b64encode(buffer.getvalue()).decode()
