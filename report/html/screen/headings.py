"""Headings that are links to themselves, to point somebody else to one of them."""

import re

from jinja2.environment import TemplateModule
from markupsafe import Markup

_HEADING = re.compile(r'<h([2-4])\b([^>]*\bid="([^"]+)"[^>]*)>(.*?)</h\1>', re.S)
_FOR_PAPER = re.compile(r' data-\w+="[^"]*"')  # running heads and bookmarks


def with_anchors(text: str, parts: TemplateModule) -> str:
    def heading(match: re.Match[str]) -> str:
        level, attributes, anchor, words = match.groups()
        attributes, words = _FOR_PAPER.sub("", attributes), _FOR_PAPER.sub("", words)
        return str(parts.heading(level, Markup(attributes), anchor, Markup(words)))  # type: ignore[attr-defined]

    return _HEADING.sub(heading, text)
