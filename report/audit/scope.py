"""What a statement is about besides the data and the moment: a model, a run, a phase of the training.

Two statements are compared only if all of that is the same for certain: what is unnamed is the only
one where the document names no two.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from report.audit.lexicon import normalize

Dimension = Literal["model", "run", "phase"]
DIMENSIONS: tuple[Dimension, ...] = ("model", "run", "phase")
MIXED = "?"  # several are named at once: of which one a number is, is not certain
PARTS = {"lstm": "lstm", "rnn": "lstm", "gan": "gan", "dcgan": "gan"}  # of the document, that tell them apart
_NAMES = {"model": "modelo", "run": "experimento", "phase": "fase"}
_WORD = re.compile(r"[a-z0-9]+")
_ORDINAL = r"(?:primer[ao]?|segund[ao]|tercer[ao]?|first|second|third)"
_MARK = rf"(?:\d{{1,3}}|[a-d]|i{{1,3}}|iv|v|uno|una|dos|tres|one|two|three|{_ORDINAL})"
_SECTION = re.compile(r"(?:\d{1,2}(?:[.)]\d{0,2})*|[a-z][.)]\d*|[ivx]{1,4}[.)])[.):]*\s+")  # «8.2. »
_MARKED = re.compile(r"\d{1,3}|[a-d]")
_REMARK = re.compile(r"\(([^()]*)\)")
_ORDINALS = {
    **dict.fromkeys(("primer", "primera", "primero", "first", "uno", "una", "one", "i"), "1"),
    **dict.fromkeys(("segunda", "segundo", "second", "dos", "two", "ii"), "2"),
    **dict.fromkeys(("tercer", "tercera", "tercero", "third", "tres", "three", "iii"), "3"),
}


@dataclass(frozen=True)
class Scope:
    """Names, empty where nothing is named; ``certain`` is False where they come from the sentence before.
    ``section``: number of the heading above; ``topic``: whether that heading has words of its own."""

    model: str = ""
    run: str = ""
    phase: str = ""
    certain: bool = True
    section: int = 0
    topic: bool = False
    path: tuple[int, ...] = ()  # the headings above, without the title of all

    @property
    def key(self) -> tuple[str, str, str]:
        return self.model, self.run, self.phase

    def under(self, outer: "Scope") -> "Scope":
        """This, with what the heading, row or caption ``outer`` names where it names nothing itself."""
        names = {name: getattr(self, name) or getattr(outer, name) for name in DIMENSIONS}
        return replace(self, section=outer.section, topic=outer.topic, path=outer.path, **names)

    def unsettled(self) -> list[Dimension]:
        return [name for name in DIMENSIONS if getattr(self, name) == MIXED]


NOWHERE = Scope()


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "scopes.toml").read_text(encoding="utf-8"))


@cache
def _generic() -> tuple[frozenset[str], tuple[str, ...]]:
    words = [*_data()["generic"]["es"], *_data()["generic"]["en"]]
    return frozenset(words), tuple(word[:-1] for word in words if word.endswith("*"))


@cache
def _qualifiers() -> frozenset[str]:
    return frozenset([*_data()["qualified"]["es"], *_data()["qualified"]["en"]])


@cache
def _numbered() -> list[tuple[Dimension, re.Pattern[str]]]:
    found: list[tuple[Dimension, re.Pattern[str]]] = []
    for dimension in DIMENSIONS:
        words = "|".join(_data()["numbered"].get(dimension, []))
        pattern = rf"\b(?:(?:{words}) (?:n )?({_MARK})|({_ORDINAL}) (?:{words}))\b"
        found.append((dimension, re.compile(pattern)))
    return found


@cache
def _vocabulary() -> dict[str, list[tuple[tuple[str, ...], Dimension]]]:
    found: dict[str, list[tuple[tuple[str, ...], Dimension]]] = {}
    for dimension in ("model", "phase"):
        for phrase in [*_data()[dimension]["es"], *_data()[dimension]["en"]]:
            words = tuple(phrase.split())
            found.setdefault(words[0].rstrip("*")[:3], []).append((words, dimension))
    return found


def plain(text: str) -> str:
    """Lower case, without accents and signs: one space between words."""
    return " ".join(_WORD.findall(normalize(text)))


def called(text: str) -> str:
    """What a row or column is called, without «(mejor modelo)»."""
    words = plain(_REMARK.sub(lambda remark: "" if is_generic(remark[1]) else remark[0], text))
    return str(_data()["same"].get(words, words))


def is_generic(text: str) -> bool:
    """Whether a heading or label has no word of its own."""
    whole, stems = _generic()
    return all(word in whole or word.isdigit() or word.startswith(stems) for word in plain(text).split())


class Names:
    """The names that a document uses: those of the vocabulary, and the labels of its tables."""

    def __init__(self, labels: Iterable[str] = ()) -> None:
        self.labels: dict[str, list[tuple[str, ...]]] = {}
        for label in labels:
            words = tuple(plain(label).split())
            if words and not is_generic(label) and len(words) <= 8:
                self.labels.setdefault(words[0], []).append(words)

    def has(self, name: str) -> bool:
        """Whether the document itself has a table row, heading or item called so."""
        words = tuple(name.split())
        return bool(words) and words in self.labels.get(words[0], [])

    def read(self, text: str) -> Scope:
        """What ``text`` names."""
        words = plain(text).split()
        found: dict[Dimension, set[str]] = {name: set() for name in DIMENSIONS}
        joined = plain(text.replace(":", " xx "))  # «Arquitectura: 2 capas» numbers nothing
        for dimension, pattern in _numbered():
            for match in pattern.finditer(joined):
                mark = match[1] or match[2]
                found[dimension].add(_ORDINALS.get(mark, mark))
        index = 0
        while index < len(words):
            name, dimension, size = self._at(words, index)
            if size:
                found[dimension].add(name)
            index += max(1, size)
        models = {_data()["same"].get(name, name) for name in found["model"]}
        if len(models) == 2:  # «Árboles: el tercer modelo»
            models = {name for name in models if not _MARKED.fullmatch(name)} or models
        return Scope(_one(models), _one(found["run"]), _one(found["phase"]))

    def _at(self, words: list[str], index: int) -> tuple[str, Dimension, int]:
        best: tuple[str, Dimension, int] = ("", "model", 0)
        for label in self.labels.get(words[index], []):
            if len(label) > best[2] and tuple(words[index : index + len(label)]) == label:
                best = (" ".join(label), "model", len(label))
        for phrase, dimension in _vocabulary().get(words[index][:3], []):
            spoken = words[index : index + len(phrase)]
            if best[2] < len(phrase) == len(spoken) and all(map(_matches, spoken, phrase)):
                best = (" ".join(spoken), dimension, len(phrase))
        return best

    def heading(self, text: str) -> Scope:
        """What a heading names: also «Con dropout», «Modelo tal»."""
        text = _SECTION.sub("", normalize(text).lstrip(), count=1)
        scope = self.read(text)
        words = plain(text).split()
        if len(words) > 1 and words[0] in ("prueba", "ensayo", "test") and words[1].isdigit():
            return replace(scope, run=words[1])  # «Prueba 3», but not «prueba (25 %)» in a sentence
        if scope.key == ("", "", "") and words[:1] and words[0] in _qualifiers() and 1 < len(words) <= 5:
            rest = " ".join(words[1:])
            if not is_generic(rest):
                scope = Scope(
                    model=" ".join(words) if words[0] in ("con", "sin", "with", "without") else rest
                )
        return scope


def _one(values: set[str]) -> str:
    return values.pop() if len(values) == 1 else MIXED if values else ""


def _matches(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


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
            if not names or (len(names) == 1 and names[0] in self.subjects):
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
    parts = [PARTS.get(name, "") for name in names["model"]]
    if all(parts) and len(parts) == len(set(parts)):
        names["model"] = ()
    return Roster(names, frozenset(subjects), unnamed)
