"""What a sentence says of a confusion matrix: hits, mistakes, one class taken for another, and how many."""

import re
from collections.abc import Iterable
from functools import cache

from report.audit.claims import CellClaim, Claim
from report.audit.lexicon import data, normalize, numbered
from report.audit.matrices import BINARY
from report.audit.numerals import Numeral
from report.audit.scope import plain
from report.audit.sentences import Sentence, is_count

_ARTICLES = r"(?:(?:el|la|los|las|lo|un|una|unos|unas|the|a|an)\s+)?"
_NAME = r"[\"'«“`*]*([a-z_][\w-]*|\d{1,2}\b(?![.,]\d|\s*%))"
_BOUNDS = re.compile(r"[,;:()]")
_CALLED = re.compile(r"(?:matri\w+ de confusion|confusion matri\w+)")  # its name is no mistake
LEAST = 20  # examples of a test: fewer are something else


def _one_of(phrases: Iterable[str]) -> str:
    longest = sorted(phrases, key=len, reverse=True)
    return r"\b(?:" + "|".join(phrase.replace("*", r"\w*") for phrase in longest) + r")\b"


def _both(languages: dict[str, list[str]]) -> list[str]:
    return [phrase for phrases in languages.values() for phrase in phrases]


@cache
def _said() -> dict[str, re.Pattern[str]]:
    known = dict(data("confusions.toml"))
    taken = [verb for languages in known.pop("taken").values() for verb in _both(languages)]
    words = {name: _one_of(_both(languages)) for name, languages in known.items()}
    return {name: re.compile(pattern) for name, pattern in (words | {"taken": _one_of(taken)}).items()}


@cache
def _links() -> list[re.Pattern[str]]:
    """A verb, some words, and «como», «por»… with the class behind it."""
    named = rf"{_ARTICLES}({_said()['class'].pattern}\s+)?{_ARTICLES}{_NAME}"
    links = data("confusions.toml")["taken"].items()
    return [
        re.compile(rf"{_one_of(_both(verbs))}[^.;]{{0,80}}?(?<!\w){link}\s+{named}") for link, verbs in links
    ]


@cache
def _of_class() -> re.Pattern[str]:
    return re.compile(rf"{_said()['class'].pattern}\s+{_NAME}")


@cache
def _of() -> re.Pattern[str]:
    return re.compile(rf"\b(?:de|del|of|en|in|for|para)\s+{_ARTICLES}{_NAME}")


def confusions(s: Sentence) -> list[Claim]:
    """At most one: of two counts in one sentence nobody can tell which is whose."""
    told_of_others = s.has("others") and not any(s.scope.key)
    if s.kind in ("heading", "caption", "cell") or told_of_others or s.has("hedge", "negation", "metric"):
        return []
    text = _CALLED.sub(lambda found: "matrix".ljust(len(found[0])), normalize(s.text))
    said = {name for name, pattern in _said().items() if pattern.search(text)}
    taken = _taken(s, text)
    named = {start for _, start in taken or ()}
    numbers = [i for i in s.numbers() if s.tokens[i].start not in named]
    number = numbers[0] if len(numbers) == 1 and is_count(s.tokens[numbers[0]]) else None
    if taken is not None:
        (real, _), (predicted, _) = taken
        if "most" in said and not numbers[1:]:
            known = {real, predicted} <= set(BINARY) and s.has("common")  # a judgement already
            return [] if known else _claim(s, "common", number, real, predicted)
        return _claim(s, "cell", number, real, predicted) if number is not None else []
    if number is None or not said & {"taken", "right", "errors", "there", "tested", "whole"}:
        return []
    name, is_sure = _class(s, text, s.tokens[number].start)
    counted = re.match(rf"[*_`]*\s+(?:\w+\s+)?{_said()['items'].pattern}", text[s.tokens[number].end :])
    if "right" in said and "errors" not in said:
        return _claim(s, "hits", number, name, sure=is_sure) if name else []
    if "errors" in said:
        if name and is_sure and "right" not in said:
            return _claim(s, "errors", number, name)
        return _claim(s, "errors", number) if "whole" in said and not name else []
    if (
        not counted
        or "each" in said
        or "taken" in said
        or s.splits() - {"test"}
        or s.tokens[number].value.whole < LEAST
    ):
        return []
    if name and is_sure and "there" in said:
        return _claim(s, "support", number, name)
    if s.splits() and s.has("examples"):
        return []  # the size of a part of the data
    is_test = bool(said & {"matrix", "tested"}) or (bool(s.splits()) and "there" in said)
    return _claim(s, "total", number) if is_test and not name and not s.has("class") else []


def _taken(s: Sentence, text: str) -> tuple[tuple[str, int], tuple[str, int]] | None:
    """The real and the predicted class, each with where it stands, of «confunde gatos con perros»."""
    for pattern in _links():
        for match in pattern.finditer(text):
            predicted, at = match[match.lastindex or 1], match.start(match.lastindex or 1)
            marked = match[1] is not None
            before = text[: match.start() + match[0].rindex(predicted)]
            found = _real(s, before)
            if found is None or _is_other(s, predicted):
                continue
            if predicted.isdigit() and not (marked or found[0].isdigit()):
                continue
            real = _polar(s, found[1], found[0])
            other = _polar(s, at, predicted)
            if real != other:
                return (real, found[1]), (other, at)
    return None


def _real(s: Sentence, before: str) -> tuple[str, int] | None:
    """The class right before the link, or else the last one that «de» or «clase» announces."""
    opening = re.sub(rf"(?:{_ARTICLES}(?:{_said()['class'].pattern}\s+)?[\"'«“`*]*)$", "", before)
    opening = re.sub(r"(?<!\w)(?:como|con|por|as|with|for)\s+$", "", opening).rstrip()
    verbs = r"(?:\s+(?:se|es|son|is|are|que|that|being))*\s+\w+$"
    for each in (opening, re.sub(verbs, "", opening)):
        last = re.search(rf"(\d+\s+)?{_NAME}[\"'»”`*]*$", each)
        if last and not last[1] and not _is_other(s, last[2]) and not _said()["taken"].fullmatch(last[2]):
            return last[2], last.start(2)
    named = [*_of_class().finditer(opening), *_of().finditer(opening)]
    named = [each for each in named if not _is_other(s, each[1]) and not _is_class_word(each[1])]
    return (named[-1][1], named[-1].start(1)) if named else None


def _is_class_word(word: str) -> bool:
    return bool(_said()["class"].fullmatch(word))


def _is_other(s: Sentence, word: str) -> bool:
    """Whether it is no class, but a word of the language or the name of what the sentence is about."""
    scope = {each for name in s.scope.key for each in name.split()}
    return word in numbered() or bool(_said()["others"].fullmatch(word)) or set(plain(word).split()) <= scope


def _class(s: Sentence, text: str, number: int) -> tuple[str, bool]:
    """The class of which a count is, and whether a word says that it is one."""
    for pattern, is_sure in ((_of_class(), True), (_of(), False)):
        for match in reversed(list(pattern.finditer(text))):
            if not _is_other(s, match[1]) and match.start(1) != number and not _is_class_word(match[1]):
                return _polar(s, match.start(1), match[1]), is_sure
    return "", False


def _polar(s: Sentence, start: int, word: str) -> str:
    """«negative» for «negativas»."""
    kinds = [str(t.value) for t in s.tokens if t.kind == "class" and t.start == start]
    return kinds[0] if kinds else word


def _claim(
    s: Sentence, what: str, index: int | None, real: str = "", predicted: str = "", *, sure: bool = True
) -> list[Claim]:
    value: Numeral | None = None
    start, end = 0, len(s.text)
    if index is not None:
        s.used.add(index)
        value, start, end = s.tokens[index].value, s.tokens[index].start, s.tokens[index].end
    return [CellClaim(s.place, s.quote(start, end), s.part, what, value, real, predicted, sure)]  # type: ignore[arg-type]
