"""The HTML page around a converted document, as it is laid out on paper."""

from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from report.fonts import OTHER
from report.html.body import Body, TocEntry
from report.paths import TEMPLATES
from report.settings import Typeface

ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip
PAPER = "paper.css"


@dataclass(frozen=True)
class Meta:
    """What the PDF's properties say."""

    title: str
    authors: tuple[str, ...]
    created: datetime
    fonts: tuple[Typeface, ...] = ()  # beside the document's own


def page(body: Body, meta: Meta, *, is_brief: bool = False) -> str:
    """The complete page: title block, first section (the summary), contents, the rest; a brief one
    has no contents.

    Images stay files relative to the page; this is what ``lay_out`` takes.
    """
    header, summary, rest = title_summary_rest(body)
    return ENVIRONMENT.get_template("page.html.j2").render(
        meta=meta,
        is_brief=is_brief,
        style=sheet(PAPER) + Markup("").join(map(_face, meta.fonts)),
        header=header,
        summary=summary,
        contents=[] if is_brief else _columns(body.toc[1:]),
        rest=rest,
    )


def _face(font: Typeface) -> Markup:
    """It is used for what other fonts lack."""
    return Markup(f'@font-face{{font-family:"{OTHER}";src:url("data:font/ttf;base64,{font.data}")}}\n')


def title_summary_rest(body: Body) -> tuple[Markup, Markup, Markup]:
    """The title block, the first section, all others."""
    header, end, sections = body.html.partition("</header>")
    summary, end_of_first, rest = sections.partition("</section>")
    return Markup(header + end), Markup(summary + end_of_first), Markup(rest)


def sheet(name: str) -> Markup:
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


def _columns(toc: list[TocEntry]) -> list[list[TocEntry]]:
    """The contents in two columns, divided before the main heading nearest to the middle."""
    starts = [index for index, entry in enumerate(toc) if entry.level == 2 and index > 0]
    if not starts:
        return [toc]
    cut = min(starts, key=lambda index: abs(2 * index - len(toc)))
    return [toc[:cut], toc[cut:]]
