"""Sentences as tokens: numbers, known words and phrases, and the rest."""

import itertools
import re
from dataclasses import dataclass, field, replace
from typing import Any

from report.audit import lexicon, numerals
from report.audit.blocks import Place, Text
from report.audit.lexicon import normalize
from report.audit.numerals import Numeral, Typo
from report.audit.scope import NOWHERE, Scope

MAX_SENTENCE = 1_000  # characters; a longer one is cut, because nobody means one statement by it

_WORD = re.compile(r"[a-z_][a-z_0-9]*|[():=+,;¿?/|&<>≥≤→⇒–—-]")
_NUMBER = "0"
_PART = re.compile(r"[a-z0-9]+")
_CITED = re.compile(r"\[\d{1,3}\]|\bet al\b|\b[A-ZÁÉÍÓÚÑ][\w-]+,? \((?:19|20)\d\d[a-z]?\)")
_CONDITIONAL = re.compile(r"\w{2,20}[aei]?rían?|\w{2,20}ríamos", re.IGNORECASE)
_NOT_CONDITIONAL = lexicon.word_set(
    "mayoria minoria categoria teoria bateria libreria auditoria ingenieria diriamos"
)
_DIGIT, _LETTERS = re.compile(r"[0-9]"), re.compile(r"[a-z_]+")
_END = re.compile(r"[.!?;…]+(?=\s|$)|\s[—·•|]\s")
_ABBREVIATIONS = lexicon.word_set(
    "fig figs aprox approx vs p pp ej ca etc al no num cf entr val e.g i.e pred acc eq sec vol dr sra sr n"
)
_KEPT = ("p", "limit", "metric", "split")  # also where they make a number a limit
_OWN_WORDS = ("val", "al", "no", "acc", "entr")  # abbreviations that also end sentences


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
    context: dict[str, Any] = field(default_factory=dict)  # from a lead-in line or a table's caption
    used: set[int] = field(default_factory=set)  # indices of the numbers whose meaning is known
    scope: Scope = NOWHERE  # what it is of

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)

    def first(self, kind: str) -> Token | None:
        return next((token for token in self.tokens if token.kind == kind), None)

    def denied(self, token: Token) -> bool:
        """Whether something before ``token`` denies it: «no oscila», but not «no hay duda: oscila»."""
        for other in reversed(self.tokens):
            if other.start >= token.start:
                continue
            if other.word in (":", ";"):
                return False
            if other.kind == "negation":
                return True
        return False

    def numbers(self) -> list[int]:
        """Indices of the numbers that nothing has claimed yet."""
        return [i for i, t in enumerate(self.tokens) if t.kind == "number" and i not in self.used]

    def counts(self, least: int = 0) -> list[int]:
        """Those among them that count something."""
        return [i for i in self.numbers() if is_count(self.tokens[i]) and self.tokens[i].value.whole >= least]

    def splits(self) -> set[str]:
        return {str(token.value) for token in self.tokens if token.kind == "split"}

    def is_about(self, metric: str, split: str) -> bool:
        """Whether the sentence is about this metric on this part of the data."""
        metrics = [token.value for token in self.tokens if token.kind == "metric"]
        return (metric, split) in metrics or (metric in metrics and self.splits() == {split})

    def quote(self, start: int, end: int) -> str:
        """A few words around ``start``…``end``."""
        low, high = max(0, start - 40), min(len(self.text), end + 25)
        while low > 0 and not self.text[low - 1].isspace() and start - low < 60:
            low -= 1
        while high < len(self.text) and not self.text[high].isspace() and high - end < 40:
            high += 1
        words = " ".join(self.text[low:high].split())
        return ("…" if low else "") + words + ("…" if high < len(self.text) else "")


def is_count(token: Token) -> bool:
    numeral: Numeral = token.value
    plain = not numeral.percent and numeral.upper is None and not numeral.spread
    return numeral.whole is not None and plain


def split(block: Text) -> list[tuple[str, int]]:
    """(sentence, offset) of a text; a point inside a number or after an abbreviation ends none."""
    text, sentences, start = block.text, [], 0
    for match in _END.finditer(text):
        if match[0] == ".":
            before = text[max(0, match.start() - 8) : match.start()].split()
            word = before[-1].lower().lstrip("(*_«") if before else ""
            following = text[match.end() : match.end() + 2].strip()
            if word in _ABBREVIATIONS and not (word in _OWN_WORDS and following[:1].isupper()):
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
    return not _DIGIT.search(text) and not any(map(lexicon.judges, _LETTERS.findall(normalize(text))))


def tokenize(text: str) -> tuple[list[Token], list[Typo]]:
    """The tokens of one sentence in order."""
    numbers, typos = numerals.find(text)
    tokens = [Token("number", n, n.start, n.end, n.text) for n in numbers]
    words = []
    spans = iter([*((n.start, n.end) for n in numbers), (len(text) + 1, len(text) + 1)])
    span = next(spans)
    for match in _WORD.finditer(normalize(text)):
        while span[1] <= match.start():
            words.append((_NUMBER, *span))  # no phrase runs over a number
            span = next(spans)
        if match.start() < span[0]:
            words.append((match[0], match.start(), match.end()))
    limits = [(n.said, n.start) for n in numbers if n.said >= 0]
    for token in _recognize(words, text):  # «no llega al 85 %» denies nothing, «mayor que» is no maximum
        told = token.kind not in _KEPT and any(a <= token.start < b for a, b in limits)
        tokens.append(replace(token, kind="w") if told else token)
    if _CITED.search(text):
        tokens.append(Token("others", None, len(text), len(text)))
    tokens.sort(key=lambda token: token.start)
    return _in_context(_name(tokens, text)), typos


def _recognize(words: list[tuple[str, int, int]], text: str) -> list[Token]:
    """Words as tokens of the lexicon: at each place the longest phrase that begins there.

    A conditional («subiría») supposes, whatever its stem.
    """
    tokens, index = [], 0
    while index < len(words):
        word, start, end = words[index]
        if word == _NUMBER:
            index += 1
            continue
        if _CONDITIONAL.fullmatch(text[start:end]) and word not in _NOT_CONDITIONAL:
            tokens.append(Token("hedge", None, start, end, word))
            index += 1
            continue
        for phrase, kind, value in lexicon.phrases(word):
            size = _length(words, index, phrase)
            if size:
                spoken = " ".join(w for w, _, _ in words[index : index + size])
                tokens.append(Token(kind, value, start, words[index + size - 1][2], spoken))
                index += size
                break
        else:
            if "_" in word.strip("_"):  # «precision_pos»
                words[index : index + 1] = [
                    (part[0], start + part.start(), start + part.end()) for part in _PART.finditer(word)
                ]
                continue
            if word in ("d", "g") and text[start:end].isupper() and not text[:start][-1:].isdigit():  # «1D»
                tokens.append(Token("split", word.upper(), start, end, word))
            else:
                tokens.append(
                    Token("w" if word[0].isalpha() or word[0] == "_" else "p", word, start, end, word)
                )
            index += 1
    return tokens


def _length(words: list[tuple[str, int, int]], start: int, phrase: tuple[str, ...]) -> int:
    """How many words ``phrase`` takes from ``start``, hyphens and slashes within it included; 0: none."""
    index = start
    for pattern in phrase:
        while index > start and index < len(words) and words[index][0] in "-–/":
            index += 1
        if index >= len(words) or not lexicon.matches(words[index][0], pattern):
            return 0
        index += 1
    return index - start


def _in_context(tokens: list[Token]) -> list[Token]:
    """Words that mean something else beside their neighbours."""
    changed = list(tokens)
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else None
        if token.kind == "split" and token.value == "train" and i > 1 and before and before.word in _ARTICLES:
            if tokens[i - 2].kind in (
                "final",
                "stopped",
                "initial",
            ):  # «terminó el entrenamiento»: the process
                changed[i] = Token("w", None, token.start, token.end, token.word)
        elif token.kind == "metric" and [t.word for t in tokens[i + 1 : i + 4 : 2]] == ["(", ")"]:
            if tokens[i + 2].kind == "metric":  # «precisión (accuracy)»
                changed[i] = Token("w", None, token.start, token.end, token.word)
        elif token.word == "lr" and before and before.word in "+&":  # «TF-IDF + LR»: logistic regression
            changed[i] = Token("w", None, token.start, token.end, token.word)
        elif token.word in ("cuando", "when") and before and before.kind == "at_epoch":
            changed[i] = Token("w", None, token.start, token.end, token.word)  # «es en la época 3 cuando…»
    return changed


_ARTICLES = ("el", "del", "the", "of")
_NUMBER_SIGNS = (":", "=", "numero", "number", "n", "no")
_MARKS = {*_NUMBER_SIGNS, "(", "en", "la", "was", "fue", "is", "es", "the"}
_ORDINAL = re.compile(r"(?:\.?\s?[ªa]|th|rd|nd|st)?\s*")
_LIST = ("y", "and", ",", "-", "–", "e", "a", "&")


def _name(tokens: list[Token], text: str) -> list[Token]:
    """Join a number with the word that makes it a name: «época 5», «Figura 3», «semilla 1»."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        named = (
            _ordinal_epoch(tokens, index, text)
            or _numbered(tokens, index, text, bool(joined) and joined[-1].kind == "best")
            or _reference(tokens, index)
        )
        token, index = named or (tokens[index], index + 1)
        joined.append(token)
    return _best_is(_title_epoch(joined))


def _title_epoch(tokens: list[Token]) -> list[Token]:
    """«Época con menor pérdida: 4»: what the title asks for stands after the colon."""
    opening = (
        tokens[1] if len(tokens) > 1 and tokens[0].word in ("la", "the") else tokens[0] if tokens else None
    )
    colon = next((i for i, token in enumerate(tokens) if token.word == ":"), len(tokens))
    if opening is None or opening.kind != "epoch" or colon + 1 >= len(tokens):
        return tokens
    number = tokens[colon + 1]
    if number.kind != "number" or not is_count(number):
        return tokens
    named = Token("at_epoch", number.value.whole, number.start, number.end, number.word)
    return [*tokens[: colon + 1], named, *tokens[colon + 2 :]]


def _ordinal_epoch(tokens: list[Token], index: int, text: str) -> tuple[Token, int] | None:
    """«tercera época», «3.ª época», «3rd epoch»."""
    token, following = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.kind != "epoch":
        return None
    number = lexicon.ORDINALS.get(token.word) if token.kind == "w" else None
    if token.kind == "number" and _ORDINAL.fullmatch(text[token.end : following.start]):
        number = token.value.whole
    if not number:
        return None
    return Token("at_epoch", number, token.start, following.end, text[token.start : following.end]), index + 2


def _numbered(tokens: list[Token], index: int, text: str, after_best: bool) -> tuple[Token, int] | None:
    """«época 5», «paso n.º 500», «mejor época: la 5»."""
    token = tokens[index]
    if token.kind not in ("epoch", "step", "seed"):
        return None
    ahead = index + 1
    while ahead < len(tokens) and tokens[ahead].word.lower() in _MARKS and ahead - index <= 2:
        ahead += 1
    if ahead >= len(tokens) or tokens[ahead].kind != "number" or tokens[ahead].value.whole is None:
        return None
    if not after_best and any(t.word not in _NUMBER_SIGNS for t in tokens[index + 1 : ahead]):
        return None
    number = tokens[ahead]
    name = f"at_{token.kind}"
    return Token(name, number.value.whole, token.start, number.end, text[token.start : number.end]), ahead + 1


def _best_is(tokens: list[Token]) -> list[Token]:
    """«La mejor época de la GRU en la fase 2 es la 5»: the number is an epoch."""
    for i, (best, epoch) in enumerate(itertools.pairwise(tokens), start=2):
        if (best.kind, epoch.kind) != ("best", "epoch"):
            continue
        rest = itertools.takewhile(lambda t: t.kind not in ("number", "metric", "p"), tokens[i:])
        said = [t.word.lower() for t in rest][-2:]
        at = next((k for k in range(i, len(tokens)) if tokens[k].kind == "number"), None)
        if at is not None and is_count(tokens[at]) and {"es", "is", "fue", "was"} & set(said):
            number = tokens[at]
            named = Token("at_epoch", number.value.whole, number.start, number.end, number.word)
            return [*tokens[:at], named, *tokens[at + 1 :]]
    return tokens


def _reference(tokens: list[Token], index: int) -> tuple[Token, int] | None:
    """«Figuras 5 y 6», «tabla 2», «sección 3.1»."""
    token = tokens[index]
    if token.kind not in ("figure", "tableref", "section"):
        return None
    listed: list[int] = []
    ahead = index + 1
    while ahead < len(tokens):
        if tokens[ahead].kind == "number":
            listed += _listed(tokens[ahead].value)
        elif not (
            listed
            and tokens[ahead].word in _LIST
            and (tokens[ahead].word != "," or token.kind == "figure")
            and ahead + 1 < len(tokens)
            and tokens[ahead + 1].kind == "number"
        ):
            break
        ahead += 1
    if not listed:
        return None
    return Token(token.kind + "_ref", tuple(listed), token.start, tokens[ahead - 1].end), ahead


def _listed(numeral: Numeral) -> list[int]:
    if numeral.upper is not None and numeral.upper - numeral.real < 50:
        return list(range(int(numeral.real), int(numeral.upper) + 1))
    return [numeral.whole if numeral.whole is not None else int(numeral.real)]
