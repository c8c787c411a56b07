"""Names for the links between a text and its notes, which only show a number."""

import re

from jinja2.environment import TemplateModule

_LINK = re.compile(r'<a class="(call|back)"(?=[^>]*>(\d+)</a>)')


def with_names(text: str, parts: TemplateModule) -> str:
    def link(match: re.Match[str]) -> str:
        name = getattr(parts, match[1])(match[2])
        return f'{match[0]} aria-label="{name}"'

    return _LINK.sub(link, text)
