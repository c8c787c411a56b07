"""The contents of the document, as its Markdown has them: a list of links after the first section.

The page makes its own from the headings, and so does Word; hence they are no part of the text.
"""

import re

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown.extensions.toc import slugify, unique

from report.paths import TEMPLATES

_HEADING = re.compile(r'(?:^<a id="([\w-]+)"></a>\n\n)?^(##|###) (.+)\n', re.M)


def with_contents(markdown: str) -> str:
    """The whole text with its contents, each heading that they name with an anchor, by the name that it has
    in the page. A text of less than two sections needs none."""
    entries: list[tuple[str, str, str]] = []
    used = set(re.findall(r'^<a id="([\w-]+)"></a>$', markdown, re.M))

    def anchored(heading: re.Match[str]) -> str:
        anchor, level, name = heading[1] or unique(slugify(heading[3], "-"), used), heading[2], heading[3]
        entries.append((level, name, anchor))
        return f"{_anchor(anchor)}\n\n{level} {name}\n"

    text = _HEADING.sub(anchored, markdown)
    sections = [anchor for level, _, anchor in entries if level == "##"]
    if len(sections) < 2:
        return markdown
    before, place, after = text.partition(_anchor(sections[1]))
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, undefined=StrictUndefined, autoescape=False, trim_blocks=True)
    contents = environment.get_template("contents.j2").render(
        entries=[("" if level == "##" else "  ", name, anchor) for level, name, anchor in entries]
    )
    return f"{before}{contents}\n{place}{after}"


def _anchor(name: str) -> str:
    return f'<a id="{name}"></a>'
