"""Names are not divided at the end of a line: a mend of WeasyPrint, which divides them by the rules
of the language around them."""

import re
from collections.abc import Iterator
from functools import cache

import pyphen

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"«([^\s«»]+)»")  # one word: what something is called


class Words(pyphen.Pyphen):
    """The dictionary that WeasyPrint asks, with names left whole."""

    common: frozenset[str] = frozenset()  # what the text has with a small letter too
    quoted: frozenset[str] = frozenset()

    def iterate(self, word: str) -> Iterator[tuple[str, str]]:
        """Where ``word`` may be divided: nowhere if it is quoted, or has a capital that is not just that of
        a sentence which it begins."""
        is_name = word in self.quoted or (word[:1].isupper() and word.lower() not in self.common)
        return iter(()) if is_name else super().iterate(word)


LANGUAGES = ("es", "en")  # that the text is written in, and quotes


@cache
def mend_words() -> None:
    """For this process. The dictionaries are read now, while there is no page to lay out yet."""
    pyphen.Pyphen = Words
    for language in LANGUAGES:
        Words(lang=language)


def tell_names(html: str) -> None:
    """Which words of the page that is laid out next are names."""
    text = _TAG.sub("", html.partition("</head>")[2])
    Words.common = frozenset(filter(str.islower, _WORD.findall(text)))
    Words.quoted = frozenset(word for name in _QUOTED.findall(text) for word in _WORD.findall(name))
