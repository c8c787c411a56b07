"""What a statement is about besides the data and the moment: a model, a run, a phase of the training.

Two statements are compared only if all of that is the same for certain: what is unnamed is the only
one where the document names no two.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from report.audit import lexicon
from report.audit.lexicon import normalize

Dimension = Literal["model", "run", "phase", "data"]
DIMENSIONS: tuple[Dimension, ...] = ("model", "run", "phase", "data")
MIXED = "?"  # several are named at once: of which one a number is, is not certain
# Of the document, that tell them apart.
PARTS = {"lstm": "lstm", "rnn": "lstm", "imdb": "lstm", "gan": "gan", "dcgan": "gan", "mnist": "gan"}
_NAMES = {"model": "modelo", "run": "experimento", "phase": "fase", "data": "conjunto de datos"}
_WORD = re.compile(r"[a-z0-9]+")
# «8.2. »
_SECTION = re.compile(r"\A\s*(?:\d{1,2}(?:[.)]\d{0,2})*|[a-z][.)]\d*|[ivx]{1,4}[.)])[.):]*\s+", re.I)
_REMARK = re.compile(r"\(([^()]*)\)")
_GAP = re.compile(r"[\s_#*«\"'-]*(?:n[.º°ª]{0,2}\s?)?[«\"'*]*")  # between «fase» and its number
_BESIDE = re.compile(r"[\s-]{1,3}")
_LISTED = re.compile(r"\s*(?:,|/|&|-|–|\by\b|\be\b|\band\b)\s*(?:(?:el|la|the)\s+)?")  # «fases 1 y 2»
_MEASURE = re.compile(r"[.,]?\d|\s?%")  # behind digits that are no name: «red 0.85»
_DIGITS = re.compile(r"\d{1,3}")
_ORDINALS = {
    **dict.fromkeys(("primer", "primera", "primero", "first"), "1"),
    **dict.fromkeys(("segunda", "segundo", "second"), "2"),
    **dict.fromkeys(("tercer", "tercera", "tercero", "third"), "3"),
}
_MARKS = {
    **_ORDINALS,
    **dict.fromkeys(("uno", "una", "one", "i"), "1"),
    **dict.fromkeys(("dos", "two", "ii"), "2"),
    **dict.fromkeys(("tres", "three", "iii"), "3"),
    **{"iv": "4", "v": "5", "a": "a", "b": "b", "c": "c", "d": "d"},
}
_SEED = "semilla "
_COUNTED = ("epochs", "steps", "times")  # «we run 3 epochs»


@dataclass(frozen=True)
class Scope:
    """Names, empty where nothing is named; ``certain`` is False where they come from the sentence before.
    ``section``: number of the heading above; ``topic``: whether that heading has words of its own."""

    model: str = ""
    run: str = ""
    phase: str = ""
    data: str = ""
    certain: bool = True
    section: int = 0
    topic: bool = False
    path: tuple[int, ...] = ()  # the headings above, without the title of all

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(getattr(self, name) for name in DIMENSIONS)

    def under(self, outer: "Scope") -> "Scope":
        """This, with what the heading, row or caption ``outer`` names where it names nothing itself."""
        names = {name: getattr(self, name) or getattr(outer, name) for name in DIMENSIONS}
        return replace(self, section=outer.section, topic=outer.topic, path=outer.path, **names)

    def unsettled(self) -> list[Dimension]:
        return [name for name in DIMENSIONS if getattr(self, name) == MIXED]


NOWHERE = Scope()


@dataclass(frozen=True)
class Mention:
    """A name and where it stands; ``marked``: only a number, an ordinal or a letter makes it one."""

    dimension: Dimension | Literal["other"]  # «clase 1» is a name too, of nothing that is told apart
    name: str
    start: int
    end: int
    marked: bool = False


def _data() -> dict[str, Any]:
    return lexicon.data("scopes.toml")


@cache
def _generic() -> tuple[frozenset[str], tuple[str, ...]]:
    words = [*_data()["generic"]["es"], *_data()["generic"]["en"]]
    return frozenset(words), tuple(word[:-1] for word in words if word.endswith("*"))


@cache
def _qualifiers() -> frozenset[str]:
    return frozenset([*_data()["qualified"]["es"], *_data()["qualified"]["en"]])


@cache
def _numbered() -> dict[str, Any]:
    """What a number behind a word names; also of several («fases 1 y 2»)."""
    words = {word: dimension for dimension, words in _data()["numbered"].items() for word in words}
    return {word + ending: words[word] for word in words for ending in ("", "s", "es")}


@cache
def _vocabulary() -> dict[str, list[tuple[tuple[str, ...], Dimension]]]:
    found: dict[str, list[tuple[tuple[str, ...], Dimension]]] = {}
    for dimension in ("model", "phase", "data"):
        for phrase in [*_data()[dimension]["es"], *_data()[dimension]["en"]]:
            words = tuple(phrase.split())
            found.setdefault(words[0].rstrip("*")[:3], []).append((words, dimension))
    return found


def plain(text: str) -> str:
    """Lower case, without accents and signs: one space between words."""
    return " ".join(_WORD.findall(normalize(text)))


def without_remarks(label: str) -> str:
    """What a row or column is called, without «(mejor modelo)»."""
    return _REMARK.sub(lambda remark: "" if is_generic(remark[1]) else remark[0], label)


def called(label: str) -> str:
    words = plain(without_remarks(label))
    return str(_data()["same"].get(words, words))


def is_generic(text: str) -> bool:
    """Whether a heading or label has no word of its own."""
    whole, stems = _generic()
    return all(word in whole or word.isdigit() or word.startswith(stems) for word in plain(text).split())


def goes_on(text: str) -> bool:
    """Whether a sentence says itself that it is about what the one before names: «Su pérdida», «It ends»."""
    openings = "|".join([*_data()["anaphora"]["es"], *_data()["anaphora"]["en"]])
    return re.match(rf"(?:{openings})\b", plain(text)) is not None


class Names:
    """The names that a document uses: those of the vocabulary, of its headings and items, and the labels of
    its tables. A seed names a run where a heading has one."""

    def __init__(
        self, labels: Iterable[str] = (), headings: Iterable[str] = (), items: Iterable[str] = ()
    ) -> None:
        self.labels: dict[str, list[tuple[str, ...]]] = {}
        self.same: dict[tuple[str, str], str] = {}  # two names of one thing, by its dimension
        headings, labels = list(headings), list(labels)
        self.seeded = True
        self.seeded = any(m.name.startswith(_SEED) for heading in headings for m in self.mentions(heading))
        self._learn(headings)
        read = [self.heading(each) for each in (*headings, *items)]
        self.subjects = {name for scope in read for name in scope.key} - {"", MIXED}
        self.own = {*map(called, labels), *self.subjects, *(self.read(each).model for each in labels)}
        spoken = [scope.model for scope in read if len(scope.model) > 1]
        for label in (*map(without_remarks, labels), *spoken):
            words = tuple(plain(label).split())
            covered = sum(len(plain(label[m.start : m.end]).split()) for m in self.mentions(label))
            if covered < len(words) <= 8 and not is_generic(label):
                self.labels.setdefault(words[0], []).append(words)

    def _learn(self, headings: list[str]) -> None:
        """«Fase 1: ajuste fino»: two names of one thing, unless another heading has one of them too."""
        pairs: set[tuple[str, str, str]] = set()
        for heading in headings:
            mentions = self.mentions(heading)
            for named in mentions:
                marks = [m.name for m in mentions if m.marked and m.dimension == named.dimension]
                if not named.marked and len(set(marks)) == 1:
                    pairs.add((named.dimension, named.name, marks[0]))
        for dimension, word, mark in pairs:
            if sum(pair[:2] == (dimension, word) for pair in pairs) > 1:
                self.same[dimension, word] = MIXED
            elif sum((pair[0], pair[2]) == (dimension, mark) for pair in pairs) == 1:
                self.same[dimension, mark] = word

    def has(self, name: str) -> bool:
        """Whether the document itself has a table row, heading or item called so."""
        return name in self.own

    def read(self, text: str) -> Scope:
        """What ``text`` names."""
        return self.scope(self.mentions(text))

    def scope(self, mentions: list[Mention]) -> Scope:
        found: dict[str, str] = {}
        for dimension in DIMENSIONS:
            here = [m for m in mentions if m.dimension == dimension]
            named = {m: self.same.get((dimension, m.name), m.name) for m in here}
            names = set(named.values()) - {MIXED} or set(named.values())
            if len(names) == 2:  # «Árboles: el tercer modelo», «Fase 2: ajuste fino»
                names = {named[m] for m in here if m.marked == (dimension != "model")} or names
            found[dimension] = _one(names)
        return Scope(**found)  # type: ignore[arg-type]

    def masked(self, text: str, mentions: list[Mention]) -> str:
        """``text`` without the digits of names, which are no numbers."""
        for m in mentions:
            text = text[: m.start] + re.sub(r"\d", "x", text[m.start : m.end]) + text[m.end :]
        return text

    def mentions(self, text: str) -> list[Mention]:
        """The names in ``text``, in order; of those that begin with one word the longest."""
        said = normalize(text)
        words = [(m[0], m.start(), m.end()) for m in _WORD.finditer(said)]
        found: list[Mention] = []
        index = 0
        while index < len(words):
            marked = list(self._numbered(text, said, words, index))
            named, size = self._at(said, words, index)
            last = found[-1] if found else None
            if marked:
                found += marked
            elif named and last and last.dimension == named.dimension == "model" and not last.marked:
                if _BESIDE.fullmatch(said[last.end : named.start]):  # «GAN densa» is one
                    found[-1] = replace(last, name=f"{last.name} {named.name}", end=named.end)
                else:
                    found.append(named)
            elif named:
                found.append(named)
            end = max([0, *(m.end for m in found)])
            index += max(1, size)
            while index < len(words) and words[index][1] < end:
                index += 1
        return found

    def _numbered(
        self, text: str, said: str, words: list[tuple[str, int, int]], index: int
    ) -> Iterator[Mention]:
        """«fase 2», «segunda fase», «modelos A y B»."""
        word, start, end = words[index]
        if word in _ORDINALS and index + 1 < len(words):
            following, _, last = words[index + 1]
            if _numbered().get(following, "seed") != "seed":
                yield Mention(_numbered()[following], _ORDINALS[word], start, last, marked=True)
            return
        dimension, gap = _numbered().get(word), _GAP
        seed = _SEED if dimension == "seed" else ""
        for at in range(index + 1, len(words)) if dimension and (self.seeded or not seed) else ():
            mark, first, last = words[at]
            if mark == "n" and gap is _GAP:
                continue  # «n.º 2»
            if not gap.fullmatch(said[end:first]):
                if gap is _LISTED and mark in ("y", "e", "and", "el", "la", "the"):
                    continue
                return
            name = mark if _DIGITS.fullmatch(mark) else _MARKS.get(mark, "")
            counts = at + 1 < len(words) and any(
                kind in _COUNTED or (kind == "param" and dimension == "other")
                for _, kind, _ in lexicon.phrases(words[at + 1][0])
            )
            # «red 0.85», «run 3 epochs» and «el modelo a comparar» name nothing.
            if not name or counts or _MEASURE.match(said, last) or text[first:last] == "a":
                return
            yield Mention("run" if seed else dimension, seed + name, start, last, marked=True)  # type: ignore[arg-type]
            end, gap = last, _LISTED

    def _at(self, said: str, words: list[tuple[str, int, int]], index: int) -> tuple[Mention | None, int]:
        """The longest label or phrase of the vocabulary that begins there, and of how many words it is."""
        first, start, _ = words[index]
        named, size = None, 0
        for label in self.labels.get(first, []):
            if len(label) > size and tuple(word for word, _, _ in words[index : index + len(label)]) == label:
                size = len(label)
                named = Mention("model", " ".join(label), start, words[index + size - 1][2])
        for phrase, dimension in _vocabulary().get(first[:3], []):
            spoken = [word for word, _, _ in words[index : index + len(phrase)]]
            if size < len(phrase) == len(spoken) and all(map(lexicon.matches, spoken, phrase)):
                size, name = len(phrase), " ".join(spoken)
                end = words[index + size - 1][2]
                number = words[index + size] if index + size < len(words) else None
                if number and phrase[-1].endswith("*") and _DIGITS.fullmatch(number[0]):  # «VGG 16»
                    beside = _BESIDE.fullmatch(said[end : number[1]])
                    if beside and not _MEASURE.match(said, number[2]) and not name[-1].isdigit():
                        size, name, end = size + 1, name + number[0], number[2]
                named = Mention(dimension, name, start, end)
        return named and replace(named, name=str(_data()["same"].get(named.name, named.name))), size

    def heading(self, text: str) -> Scope:
        """What a heading names: also «Con dropout», «Modelo tal», «Deep model»."""
        text = _SECTION.sub("", text, count=1)
        scope = self.read(text)
        words = plain(text).split()
        if len(words) > 1 and words[0] in ("prueba", "ensayo", "test") and words[1].isdigit():
            return replace(scope, run=words[1])  # «Prueba 3», but not «prueba (25 %)» in a sentence
        if not (scope.model or scope.run or scope.phase) and 1 < len(words) <= 5:
            first, last = words[0] in _qualifiers(), words[-1] == "model"
            rest = " ".join(words[first : len(words) - last])
            if (first or last) and not is_generic(rest):
                keeps = last or words[0] in ("con", "sin", "with", "without")
                return replace(scope, model=" ".join(words) if keeps else rest)
        return scope


def _one(values: set[str]) -> str:
    return values.pop() if len(values) == 1 else MIXED if values else ""


@dataclass(frozen=True)
class Roster:
    """The names of each dimension that statements of a document have."""

    names: dict[Dimension, tuple[str, ...]]
    subjects: frozenset[str] = frozenset()  # names that a heading has
    unnamed: bool = False  # all that programs printed is of no name: of the model that the document is about

    def settle(self, scope: Scope) -> Scope:
        """With the only name where nothing is named, and none for certain where there are several."""
        if not any(scope.key) and not any(self.names.values()):
            return scope
        known = {d: self.names[d] for d in DIMENSIONS}
        changed: dict[str, Any] = {}
        for dimension, names in known.items():
            value = getattr(scope, dimension)
            if not names or (len(names) == 1 and (names[0] in self.subjects or dimension == "data")):
                changed[dimension] = ""
            elif len(names) == 1:
                changed[dimension] = value  # mentioned beside the one that the document is about
            elif not value and not (self.unnamed and dimension != "run"):
                changed[dimension] = MIXED
        settled = replace(scope, **changed)
        return settled if any(settled.key) else replace(settled, certain=True)

    def question(self, scope: Scope) -> str:
        """What would settle of which model, run or phase a statement is."""
        for dimension in scope.unsettled() or [d for d in DIMENSIONS if getattr(scope, d)]:
            names = self.names[dimension]
            listed = ", ".join(f"«{name}»" for name in names[:4]) + ("…" if len(names) > 4 else "")
            return f"¿de qué {_NAMES[dimension]}? El documento habla de {listed}" if names else ""
        return "¿es del mismo modelo y de la misma ejecución?"


def roster(scopes: Iterable[Scope], subjects: Iterable[str] = (), unnamed: bool = False) -> Roster:
    """``subjects``: what headings name."""
    found: dict[Dimension, dict[str, None]] = {name: {} for name in DIMENSIONS}
    for scope in scopes:
        for dimension in DIMENSIONS:
            name = getattr(scope, dimension)
            if name and name != MIXED:
                found[dimension][name] = None
    names = {dimension: tuple(found[dimension]) for dimension in DIMENSIONS}
    for dimension in ("model", "data"):
        parts = [PARTS.get(name, "") for name in names[dimension]]
        if all(parts) and len(parts) == len(set(parts)):
            names[dimension] = ()
    return Roster(names, frozenset(subjects), unnamed)
