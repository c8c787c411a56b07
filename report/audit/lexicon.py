"""Which phrases of the vocabulary, ``lexicon.toml``, may begin with a word."""

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from report.findings.gap import Grade

_ACCENTS = str.maketrans(
    "áéíóúüñàèìòùâêîôûäëïöçÁÉÍÓÚÜÑÀÈÌÒÙÂÊÎÔÛÄËÏÖÇ\u00a0\u202f\u2009\u2007\t",
    "aeiouunaeiouaeiouaeiocAEIOUUNAEIOUAEIOUAEIOC     ",
)
Entry = tuple[tuple[str, ...], str, object]


def normalize(text: str) -> str:
    """Lower case without accents, every character where it was: text as the vocabulary has it."""
    text = text.translate(_ACCENTS)
    plain = text.lower()
    return plain if len(plain) == len(text) else "".join(c.lower()[:1] or " " for c in text)


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


@cache
def data(name: str) -> dict[str, Any]:
    """A file of words beside this one."""
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _read() -> dict[tuple[str, object], tuple[str, ...]]:
    """Phrases by their kind and what they mean: a name, a metric with its part of the data, or nothing."""
    found: dict[tuple[str, object], tuple[str, ...]] = {}
    for kind, body in data("lexicon.toml").items():
        for name, languages in body.items() if not {"es", "en"} & body.keys() else [("", body)]:
            phrases = "|".join(languages.values()).replace("\n", "").split("|")
            found[kind, tuple(name.split()) if " " in name else name or None] = tuple(phrases)
    return found


LEXICON = _read()
_cardinals, _ordinals = LEXICON.pop(("cardinals", None)), LEXICON.pop(("ordinals", None))
NUMBER_WORDS = {word: i % 16 for i, word in enumerate(_cardinals)}
NUMBER_WORDS |= {"un": 1, "veinte": 20, "twenty": 20, "twice": 2, "ninguna": 0}
ORDINALS = {word: i % 12 + 1 for i, word in enumerate(_ordinals)} | {"primer": 1, "tercer": 3}


@cache
def numbered() -> frozenset[str]:
    """The words that a number makes a name: «fase», «run»."""
    return frozenset(word for words in data("scopes.toml")["numbered"].values() for word in words)


# What the audit itself says of a degree of overfitting, by the name of the code of its rule.
DEGREES = dict(zip((grade.name for grade in Grade), ("nulo", "leve", "moderado", "severo"), strict=True))

# Without one of these a sentence that has no digit either claims nothing.
_JUDGING = word_set(
    "shape steady every times rises up down better worse stable degree bias common balance judgement praise"
    " remembering look stopping best part hedge cell"
)


@cache
def _entries() -> tuple[dict[str, list[Entry]], dict[str, list[Entry]]]:
    """Phrases by their first word: those that begin with a whole word, and with a stem."""
    whole: dict[str, list[Entry]] = {}
    stems: dict[str, list[Entry]] = {}
    for (kind, value), said in LEXICON.items():
        for words in map(tuple, map(str.split, said)):
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
        for (kind, _), said in LEXICON.items()
        if kind in _JUDGING
        for phrase in said
    }
    stems = frozenset(word[:-1] for word in longest if word.endswith("*"))
    return frozenset(word for word in longest if not word.endswith("*")), stems


@lru_cache(maxsize=20_000)
def judges(word: str) -> bool:
    """Whether ``word`` may belong to a phrase by which something could be claimed."""
    whole, stems = _judging()
    return word in whole or any(word[:size] in stems for size in range(2, len(word) + 1))
