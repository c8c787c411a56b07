"""Names are not divided at the end of a line: a mend of WeasyPrint, which divides them by the rules
of the language around them."""

from collections.abc import Iterator
from functools import cache

import pyphen


class Words(pyphen.Pyphen):
    """The dictionary that WeasyPrint asks, with names left whole."""

    def iterate(self, word: str) -> Iterator[tuple[str, str]]:
        """Where ``word`` may be divided: nowhere if it has a capital."""
        return iter(()) if word[:1].isupper() else super().iterate(word)


LANGUAGES = ("es", "en")  # that the text is written in, and quotes


@cache
def mend_words() -> None:
    """For this process. The dictionaries are read now, while there is no page to lay out yet."""
    pyphen.Pyphen = Words
    for language in LANGUAGES:
        Words(lang=language)
