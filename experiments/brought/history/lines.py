"""One line of what a training prints: which epoch it begins, and the metrics in it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from experiments.brought.history.names import meaning, split_of

MAX_LENGTH = 5_000  # characters; metrics stand in shorter lines

_ANSI = re.compile(
    r"\x1b\][^\x07\x1b]*\x07|\x1b\[[0-?]*[ -/]*[@-~]|\[[0-9;]*m"
)  # the last where ESC was lost
_REDRAWN = re.compile(r"\x08*\r|\x08+")  # what follows is written over what was there

_WORD = r"(?!(?:nan|inf)\b)[^\W\d_][\w./]*+"
_VALUE = r"[-+]?(?:\d+,\d+|\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|nan\b|inf(?:inity)?\b)"
_METRIC = re.compile(
    rf"(?<![\w./])(?P<name>{_WORD}(?: {_WORD}){{0,5}}+)(?P<sign>[\"']?\s*[:=]\s*|\s+)(?:tensor\()?"
    rf"(?P<value>{_VALUE}(?![\w/:]|[.]\d)(?:\s?%(?![|\d]))?)",
    re.I,
)
_EPOCH = re.compile(
    r"(?<!\w)(?:epoch|época|epoca)[\"'\s:#=\[(-]*+(?P<number>\d{1,6})(?![\d%]|[.]\d)"
    r"(?:\s*(?:/|of\b|de\b)\s*(?P<stated>\d{1,6})(?!\d))?[\])]*",
    re.I,
)
# What may stand before: time, level and logger, but not «best epoch: 3», «(epoch 2)».
_BEFORE = re.compile(
    r"(?:^|[\]\[:|=>*#{\"',\d-])\s*(?:(?:start|end|beginning|inicio|fin) (?:of|de(?: la)?) |starting "
    r"|train(?:ing)? |info |debug )?$",
    re.I,
)
_NOT_BEFORE = re.compile(r"best|mejor|stop|restor|sav|load|improv", re.I)
_BRACKETS = re.compile(r"\W{0,3}\[\s*(?P<number>\d{1,6})\s*/\s*(?P<stated>\d{1,6})\s*\]")
_ALONE = re.compile(r"\s*Epoch \d+/\d+\s*")  # as Keras begins an epoch
_KERAS = re.compile(
    r"\s*(?:(?P<done>\d+)/(?P<total>\d+|Unknown|None)\s*(?:\[[=>.]*\]|━+|(?:-\s*)?\d+\w?\w?s\b)"
    r"|-\s\d+m?s\b|\d+m?s\s-\s)"
)
_BAR = re.compile(r"\d%\s*\||\|\s*\d+/\d+ \[")  # of tqdm
_OF_BAR = re.compile(r"(?P<done>\d+)/(?P<total>\d+) \[")
_BATCH = re.compile(
    r"(?<![\w/])(?:mini-?batch|batch|step|iter|iteration|iteración|lote|paso)[\s:=#\[(]*\d|\[\s*\d+\s*/\s*\d+",
    re.I,
)
_SPLIT = re.compile(
    r"(?<![\w/])(?:train(?:ing)?|val|valid|validation|dev|test|entrenamiento|validaci[oó]n|prueba)(?![\w/])",
    re.I,
)
_HEADING = re.compile(r"\W*(?P<words>[^\W\d][\w ]{2,30}):\W*")


@dataclass(frozen=True)
class Line:
    """``kind``: a line of Keras, a bar of tqdm, of a batch (without values), or any other.

    ``epoch`` and ``stated``: the numbers in «Epoch 3/10»; ``begins``: it is one as Keras begins an epoch.
    ``done`` and ``total``: how far a line of Keras or a bar has come. ``values``: names and numbers.
    """

    place: str
    kind: Literal["keras", "bar", "batch", "plain"]
    epoch: int | None = None
    stated: int | None = None
    begins: bool = False
    done: int | None = None
    total: int | None = None
    values: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.values}


def visible(line: str) -> str:
    """The last thing that a terminal showed in its place, without colours."""
    states = _REDRAWN.split(_ANSI.sub("", line))
    last = next((state for state in reversed(states) if state.strip()), "")
    return unicodedata.normalize("NFC", last[:MAX_LENGTH])


def read_line(text: str, place: str, part: str) -> Line:
    """``text`` as ``visible`` gives it; ``part``: what a heading above says of which data it speaks."""
    if keras := _KERAS.match(text):
        done, total = keras["done"], keras["total"]
        values = tuple(_metrics(text[keras.end() :], None))
        return Line(
            place,
            "keras",
            done=int(done) if done else 1,
            total=1 if done is None else int(total) if total.isdecimal() else None,
            values=values,
        )
    found = _epoch(text)
    number, stated, rest = found if found else (None, None, text)
    if _BAR.search(rest):
        extent = _OF_BAR.search(rest)
        done, total = (int(extent["done"]), int(extent["total"])) if extent else (None, None)
        return Line(place, "bar", number, stated, False, done, total, tuple(_metrics(rest, part)))
    if _BATCH.search(rest):
        return Line(place, "batch", number, stated)
    begins = bool(_ALONE.fullmatch(text))
    return Line(place, "plain", number, stated, begins, values=tuple(_metrics(rest, part)))


def read_bracketed(text: str, place: str) -> Line | None:
    """The line if it is «[3/10] loss=0.35 …», where that counts epochs."""
    found = _BRACKETS.match(text)
    rest = text[found.end() :] if found else ""
    values = tuple(_metrics(rest, ""))
    if found is None or _BATCH.search(rest) or not values:
        return None
    return Line(place, "plain", int(found["number"]), int(found["stated"]), values=values)


def heading(text: str) -> str | None:
    """The part of the data that a line like «Validation:» announces; None if it announces nothing."""
    found = _HEADING.fullmatch(text)
    return split_of(found["words"]) if found else None


def _epoch(text: str) -> tuple[int, int | None, str] | None:
    """Number, stated number of epochs and what else the line says."""
    found = _EPOCH.search(text)
    if found is None or not _BEFORE.search(before := text[: found.start()]) or _NOT_BEFORE.search(before):
        return None
    return int(found["number"]), int(found["stated"]) if found["stated"] else None, text[found.end() :]


def _metrics(text: str, part: str | None) -> Iterator[tuple[str, str]]:
    """Names and numbers; a name without a part of the data has that which was last named in the line, or
    ``part``; None: names are whole, as those of Keras."""
    end = 0
    for found in _METRIC.finditer(text):
        name, value = found["name"], found["value"]
        known = meaning(name)
        if part is not None:
            part = ([part] + [word[0] for word in _SPLIT.finditer(text, end, found.end("name"))])[-1]
        end = found.end()
        if not found["sign"].strip() and not known:
            continue  # «improved from inf to 0.35»
        if part and known and known != "learning_rate" and split_of(name) is None:
            name = f"{part} {name}"
        yield name, value
