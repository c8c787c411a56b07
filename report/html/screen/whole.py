"""The page for the screen, put together from its parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2.environment import TemplateModule
from markupsafe import Markup

from report.html.aloud import aloud
from report.html.body import Body, TocEntry
from report.html.page import ENVIRONMENT, Meta, sheet, title_summary_rest
from report.html.screen.figures import with_figures
from report.html.screen.headings import with_anchors
from report.html.screen.notes import with_notes
from report.html.screen.tables import with_tables
from report.html.screen.typefaces import added_faces, font_faces

_TYPEFACES = Markup("<style>\n/* typefaces */")  # which depend on all the rest; no data hold a «<»


@dataclass(frozen=True)
class Companions:
    """The names of the files that lie beside the page: the same document as PDF, the ledger, the
    findings."""

    document: str
    ledger: str
    findings: str


def self_contained(body: Body, meta: Meta, base: Path, companions: Companions, decimal: str) -> str:
    """The document as one file: images, fonts, tables to download and script inside.

    ``base`` is the folder that the images' addresses are relative to, ``decimal`` the document's sign.
    Traced numbers keep their marks.

    Raises:
        RenderError: an image is missing or is not an image.
    """
    parts: TemplateModule = ENVIRONMENT.get_template("screen_parts.html.j2").module
    text = with_tables(body.html, decimal, parts)  # before there are words that no table prints
    text = with_figures(aloud(text, parts.said), base, parts)  # type: ignore[attr-defined]
    text = with_notes(with_anchors(text, parts), parts)
    header, summary, rest = title_summary_rest(Body(text, body.toc))
    page = ENVIRONMENT.get_template("screen.html.j2").render(
        meta=meta,
        companions=companions,
        contents=_nested(body.toc),
        header=header,
        summary=summary,
        rest=rest,
        style=sheet("screen.css"),
        script=sheet("screen.js"),
        typefaces=_TYPEFACES,
    )
    return page.replace(_TYPEFACES, f"<style>\n{font_faces(page)}{added_faces(meta.fonts)}", 1)


def _nested(toc: Sequence[TocEntry]) -> list[tuple[TocEntry, list[TocEntry]]]:
    """Each heading of the second level, with those below it."""
    nested: list[tuple[TocEntry, list[TocEntry]]] = []
    for entry in toc:
        if entry.level == 2 or not nested:
            nested.append((entry, []))
        else:
            nested[-1][1].append(entry)
    return nested
