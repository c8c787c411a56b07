"""Sentences as tokens: numbers, known words and phrases, and the rest."""

import re
from dataclasses import dataclass, field
from typing import Any

from report.audit import lexicon, numerals
from report.audit.blocks import Place, Text
from report.audit.numerals import Numeral, Typo

MAX_SENTENCE = 1_000  # characters; a longer one is cut, because nobody means one statement by it

_ACCENTS = str.maketrans(
    "áéíóúüñàèìòùâêîôûäëïöçÁÉÍÓÚÜÑÀÈÌÒÙÂÊÎÔÛÄËÏÖÇ\u00a0\u202f\u2009\u2007\t",
    "aeiouunaeiouaeiouaeiocAEIOUUNAEIOUAEIOUAEIOC     ",
)
_WORD = re.compile(r"[a-z_][a-z_0-9]*|[():=,;¿?/|&<>≥≤–—-]")
_DIGIT, _LETTERS = re.compile(r"[0-9]"), re.compile(r"[a-z_]+")
_END = re.compile(r"[.!?;…]+(?=\s|$)|\s[—·•|]\s")
_ABBREVIATIONS = {
    "fig",
    "figs",
    "aprox",
    "approx",
    "vs",
    "p",
    "pp",
    "ej",
    "ca",
    "etc",
    "al",
    "no",
    "num",
    "cf",
    "entr",
    "val",
    "e.g",
    "i.e",
}
_ABBREVIATIONS |= {"pred", "acc", "eq", "sec", "vol", "dr", "sra", "sr", "n"}


@dataclass(frozen=True)
class Token:
    kind: str  # of the lexicon; "number", "p" (punctuation) or "w" (any other word)
    value: Any
    start: int
    end: int
    word: str = ""


@dataclass
class Sentence:
    """One sentence, its place and the part of the document in which it stands."""

    text: str
    place: Place
    kind: str
    part: str = ""  # "lstm", "gan" or ""
    tokens: list[Token] = field(default_factory=list)
    typos: list[Typo] = field(default_factory=list)
    context: dict[str, Any] = field(default_factory=dict)  # from a lead-in line or a table's caption

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)

    def all(self, *kinds: str) -> list[Token]:
        return [token for token in self.tokens if token.kind in kinds]

    def quote(self, start: int, end: int) -> str:
        """A few words around ``start``…``end``."""
        low, high = max(0, start - 40), min(len(self.text), end + 25)
        while low > 0 and not self.text[low - 1].isspace() and start - low < 60:
            low -= 1
        while high < len(self.text) and not self.text[high].isspace() and high - end < 40:
            high += 1
        words = " ".join(self.text[low:high].split())
        return ("…" if low else "") + words + ("…" if high < len(self.text) else "")


def normalize(text: str) -> str:
    """Lower case without accents, every character where it was."""
    plain = text.translate(_ACCENTS).lower()
    return (
        plain if len(plain) == len(text) else "".join(c.lower()[:1] or " " for c in text.translate(_ACCENTS))
    )


def split(block: Text) -> list[tuple[str, int]]:
    """(sentence, offset) of a text; a point inside a number or after an abbreviation ends none."""
    text, sentences, start = block.text, [], 0
    for match in _END.finditer(text):
        if match[0] == ".":
            before = text[max(0, match.start() - 8) : match.start()].split()
            word = before[-1].lower().lstrip("(*_«") if before else ""
            following = text[match.end() : match.end() + 2].strip()
            if word in _ABBREVIATIONS and not (
                word in ("val", "al", "no", "acc", "entr") and following[:1].isupper()
            ):
                continue
        sentences.append((text[start : match.start() + (match[0][:1] in "?")], start))
        start = match.end()
    sentences.append((text[start:], start))
    pieces = []
    for sentence, offset in sentences:
        for cut in range(0, max(1, len(sentence)), MAX_SENTENCE):
            piece = sentence[cut : cut + MAX_SENTENCE]
            if piece.strip():
                pieces.append((piece, offset + cut))
    return pieces


def says_nothing(text: str) -> bool:
    """Whether a text has neither a digit nor a word by which something could be claimed."""
    return not _DIGIT.search(text) and lexicon.judging_words().isdisjoint(_LETTERS.findall(normalize(text)))


def tokenize(text: str) -> tuple[list[Token], list[Typo]]:
    """The tokens of one sentence in order."""
    numbers, typos = numerals.find(text)
    plain = normalize(text)
    tokens = [Token("number", n, n.start, n.end, n.text) for n in numbers]
    words = []
    spans = iter([*((n.start, n.end) for n in numbers), (len(text) + 1, len(text) + 1)])
    span = next(spans)
    for match in _WORD.finditer(plain):
        while span[1] <= match.start():
            span = next(spans)
        if match.start() < span[0]:
            words.append((match[0], match.start(), match.end()))
    tokens += _recognize(words, text)
    tokens.sort(key=lambda token: token.start)
    return _structure(tokens, text), typos


def _recognize(words: list[tuple[str, int, int]], text: str) -> list[Token]:
    table, tokens, index = lexicon.entries(), [], 0
    while index < len(words):
        word, start, end = words[index]
        for phrase, kind, value in table.get(word, ()):
            size = len(phrase)
            if size > 1:
                found = [w for w, _, _ in words[index : index + 2 * size] if w not in "-–/"][:size]
                if tuple(found) != phrase:
                    continue
                while [w for w, _, _ in words[index : index + size] if w not in "-–/"] != list(phrase):
                    size += 1
            end = words[index + size - 1][2]
            spoken = " ".join(w for w, _, _ in words[index : index + size])
            if kind == "metric+split":
                tokens.append(Token("metric", value, start, end, spoken))
            else:
                tokens.append(Token(kind, value, start, end, spoken))
            index += size
            break
        else:
            if word in ("d", "g") and text[start:end].isupper():
                tokens.append(Token("split", word.upper(), start, end, word))
            elif word[0].isalpha() or word[0] == "_":
                tokens.append(Token("w", word, start, end, word))
            else:
                tokens.append(Token("p", word, start, end, word))
            index += 1
    return tokens


_MARKS = {":", "=", "(", "numero", "number", "n", "no", "en", "la", "was", "fue", "is", "es", "the"}


def _structure(tokens: list[Token], text: str) -> list[Token]:
    """Join a number with the word that makes it a name: «época 5», «Figura 3», «semilla 1»."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        ordinal = lexicon.ORDINALS.get(token.word) if token.kind == "w" else None
        if ordinal and following and following.kind == "epoch":
            joined.append(
                Token("at_epoch", ordinal, token.start, following.end, text[token.start : following.end])
            )
            index += 2
            continue
        if (
            token.kind == "number"
            and following
            and following.kind == "epoch"
            and re.fullmatch(r"(?:\.?\s?[ªa]|th|rd|nd|st)?\s*", text[token.end : following.start])
            and token.value.whole
        ):
            joined.append(Token("at_epoch", token.value.whole, token.start, following.end))
            index += 2
            continue
        if token.kind in ("epoch", "step", "seed"):
            ahead = index + 1
            while ahead < len(tokens) and tokens[ahead].word.lower() in _MARKS and ahead - index <= 2:
                ahead += 1
            number = tokens[ahead] if ahead < len(tokens) else None
            simple = ahead == index + 1 or all(
                t.word in (":", "=", "numero", "number", "n", "no") for t in tokens[index + 1 : ahead]
            )
            after_best = bool(joined) and joined[-1].kind == "best"
            if (
                number
                and number.kind == "number"
                and number.value.whole is not None
                and (simple or after_best)
            ):
                joined.append(
                    Token(
                        f"at_{token.kind}",
                        number.value.whole,
                        token.start,
                        number.end,
                        text[token.start : number.end],
                    )
                )
                index = ahead + 1
                continue
        if token.kind in ("figure", "tableref", "section"):
            listed: list[int] = []
            ahead = index + 1
            while ahead < len(tokens) and (
                tokens[ahead].kind == "number"
                or (listed and tokens[ahead].word in ("y", "and", ",", "-", "–", "e", "a", "&"))
            ):
                if tokens[ahead].kind == "number":
                    listed += _listed(tokens[ahead].value)
                elif ahead + 1 >= len(tokens) or tokens[ahead + 1].kind != "number":
                    break
                if tokens[ahead].word == "," and token.kind != "figure":
                    break
                ahead += 1
            if listed:
                joined.append(Token(token.kind + "_ref", tuple(listed), token.start, tokens[ahead - 1].end))
                index = ahead
                continue
        joined.append(token)
        index += 1
    return joined


def _listed(numeral: Numeral) -> list[int]:
    if numeral.upper is not None and numeral.upper - numeral.real < 50:
        return list(range(int(numeral.real), int(numeral.upper) + 1))
    return [numeral.whole if numeral.whole is not None else int(numeral.real)]
