"""Notes inside the paragraph that calls them, each after its call: from there a wide page lets them float
beside that line, and a narrow one opens them under it."""

import re

from jinja2.environment import TemplateModule
from markupsafe import Markup

_NOTED = re.compile(r'<div class="noted">(<p>.*?</p>)\s*<div class="notes">(.*?)</div></div>', re.S)
_NOTE = re.compile(r'<aside id="nota-([^"]+)"[^>]*><a class="back"[^>]*>(\d+)</a> (.*?)</aside>', re.S)
_CALL = re.compile(r'<a class="call" href="#nota-([^"]+)"[^>]*>\d+</a>(</span>)')


def with_notes(text: str, parts: TemplateModule) -> str:
    def paragraph(match: re.Match[str]) -> str:
        notes = {name: (number, words) for name, number, words in _NOTE.findall(match[2])}

        def call(found: re.Match[str]) -> str:
            name, end_of_its_word = found.groups()
            number, words = notes.pop(name)
            called = parts.call(name, number)  # type: ignore[attr-defined]
            return f"{called}{end_of_its_word}{parts.note(name, number, Markup(words))}"  # type: ignore[attr-defined]

        whole = _CALL.sub(call, match[1])
        assert not notes, notes
        return whole

    return _NOTED.sub(paragraph, text)
