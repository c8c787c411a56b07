"""The text of a page against the text that it should have: number by number, sentence by sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from report.ledger.spanish import NBSP

_NUMBER = re.compile(rf"[+−]?\d+(?:[.,]\d+|{NBSP}\d{{3}}(?!\d))*(?:{NBSP}%)?")
_UNREADABLE = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff]")
_HYPHEN = re.compile(r"(?<=[^\W\d])-\n(?=[^\W\d])")
_SENTENCE = re.compile(r"(?<=[.:!?»])\s+(?=[«¿¡A-ZÁÉÍÓÚÑ\d])")


@dataclass(frozen=True)
class Counts:
    """Numbers: ``read`` on the pages of the file, ``matched`` of them, ``missing`` those that
    should have been there, ``unreadable`` places where there are characters without a meaning."""

    read: int = 0
    matched: int = 0
    missing: int = 0
    unreadable: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.read + other.read,
            self.matched + other.matched,
            self.missing + other.missing,
            self.unreadable + other.unreadable,
        )


@dataclass(frozen=True)
class Change:
    """``expected`` or ``found`` is empty where something is missing or too much."""

    expected: str
    found: str


def numbers(text: str) -> list[str]:
    """«0.5400», «−1.2», «12 345», «95 %»: every figure with its sign and its percent sign."""
    return _NUMBER.findall(_UNREADABLE.sub("\ufffd", text))


def whole_words(text: str) -> str:
    """``text`` with the words that are divided at the end of a line made whole."""
    return _HYPHEN.sub("", text)


def sentences(text: str) -> list[str]:
    """Sentences, cells of tables and labels, words divided at the end of a line made whole."""
    flowing = re.sub(r"[ \t\n]+", " ", whole_words(text))
    return [sentence for sentence in _SENTENCE.split(flowing.strip()) if sentence]


def compare_numbers(expected: str, found: str) -> tuple[Counts, list[Change]]:
    ours, theirs = numbers(expected), numbers(found)
    changes = list(_changes(ours, theirs))
    missing = sum(bool(change.expected) for change in changes)
    unreadable = len(_UNREADABLE.findall(found))
    return Counts(len(theirs), len(ours) - missing, missing, unreadable), changes


def compare_sentences(expected: str, found: str) -> list[Change]:
    return list(_changes(sentences(expected), sentences(found)))


def _changes(expected: list[str], found: list[str]) -> Iterator[Change]:
    """What differs, one against one as far as they go."""
    for kind, a, b, c, d in SequenceMatcher(None, expected, found, autojunk=False).get_opcodes():
        if kind != "equal":
            for index in range(max(b - a, d - c)):
                yield Change(
                    expected[a + index] if a + index < b else "", found[c + index] if c + index < d else ""
                )
