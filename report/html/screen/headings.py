"""Headings with a link to each, to point somebody else to it, and what leads to them."""

import re

from jinja2.environment import TemplateModule
from markupsafe import Markup

from report.ledger.ledger import unmark

_HEADING = re.compile(r'<h([2-4])\b([^>]*\bid="([^"]+)"[^>]*)>(.*?)</h\1>', re.S)
_LINK = re.compile(r'<a href="#(sec-[^"]+)">')
_TAG = re.compile(r"<[^>]*>")
_LABEL = re.compile(r'<span class="label">.*?</span>\s*', re.S)
_BEFORE_NAME = '</span> <span class="name">'
_FOR_PAPER = re.compile(r' data-\w+="[^"]*"')  # running heads and bookmarks


def with_anchors(text: str, parts: TemplateModule) -> str:
    pause = parts.pause  # type: ignore[attr-defined]

    def heading(match: re.Match[str]) -> str:
        level, attributes, anchor, words = match.groups()
        attributes, words = _FOR_PAPER.sub("", attributes), _FOR_PAPER.sub("", words)
        words = words.replace(_BEFORE_NAME, f"{pause}{_BEFORE_NAME}", 1)
        return str(parts.heading(level, Markup(attributes), anchor, Markup(words)))  # type: ignore[attr-defined]

    return _HEADING.sub(heading, with_titles(text))


def with_titles(text: str) -> str:
    """«A.3» says of what it is the number, to those who point at it or hear it; not the number once more."""
    names = {
        anchor: unmark(_TAG.sub("", _LABEL.sub("", words))) for _, _, anchor, words in _HEADING.findall(text)
    }

    def link(match: re.Match[str]) -> str:
        return f'<a href="#{match[1]}" title="{names[match[1]]}">' if match[1] in names else match[0]

    return _LINK.sub(link, text)
