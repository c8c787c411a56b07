"""Which phrases of the vocabulary may begin with a word."""

from functools import cache, lru_cache

from report.audit.vocabulary import LEXICON


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Without one of these a sentence that has no digit either claims nothing.
_JUDGING = word_set(
    "shape steady every times rises up down better worse stable degree bias common balance judgement praise"
    " remembering look stopping best part hedge cell"
)
Entry = tuple[tuple[str, ...], str, object]


@cache
def _entries() -> tuple[dict[str, list[Entry]], dict[str, list[Entry]]]:
    """Phrases by their first word: those that begin with a whole word, and with a stem."""
    whole: dict[str, list[Entry]] = {}
    stems: dict[str, list[Entry]] = {}
    for (kind, value), phrases in LEXICON.items():
        for phrase in phrases.split("|"):
            words = tuple(phrase.split())
            table = stems if words[0].endswith("*") else whole
            table.setdefault(words[0].rstrip("*"), []).append((words, kind, value))
    return whole, stems


@lru_cache(maxsize=20_000)
def phrases(word: str) -> tuple[Entry, ...]:
    """The phrases that may begin with ``word``: the longest first, then whole words before stems."""
    whole, stems = _entries()
    found = list(whole.get(word, ()))
    for size in range(len(word), 1, -1):
        found += stems.get(word[:size], ())
    return tuple(sorted(found, key=lambda entry: -len(entry[0])))


def matches(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@cache
def _judging() -> tuple[frozenset[str], frozenset[str]]:
    """The longest word of every judging phrase: whole words, and stems."""
    longest = {
        max(phrase.split(), key=len)
        for (kind, _), phrases in LEXICON.items()
        for phrase in phrases.split("|")
        if kind in _JUDGING
    }
    stems = frozenset(word[:-1] for word in longest if word.endswith("*"))
    return frozenset(word for word in longest if not word.endswith("*")), stems


@lru_cache(maxsize=20_000)
def judges(word: str) -> bool:
    """Whether ``word`` may belong to a phrase by which something could be claimed."""
    whole, stems = _judging()
    return word in whole or any(word[:size] in stems for size in range(2, len(word) + 1))
