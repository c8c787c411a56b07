"""A link beside each heading, to point somebody else to it."""

import re

from jinja2.environment import TemplateModule
from markupsafe import Markup

_HEADING = re.compile(r'<h([2-4])\b[^>]*\bid="([^"]+)"[^>]*>(.*?)</h\1>', re.S)
_TAG = re.compile(r"<[^>]*>")


def with_anchors(text: str, parts: TemplateModule) -> str:
    """Beside it and not inside, so that it is no part of the heading's name."""

    def heading(match: re.Match[str]) -> str:
        name = Markup(_TAG.sub("", match[3]))
        return str(parts.heading(Markup(match[0]), match[2], name))  # type: ignore[attr-defined]

    return _HEADING.sub(heading, text)
