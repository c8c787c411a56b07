"""Numbers of figures, tables, sections and appendices, in the order in which they stand.

A reference may come before what it leads to, whose number is then not known: the text carries its name
between private-use characters until it is whole. So a digit in a text that is not whole yet is never
such a number.
"""

import re
from collections import Counter
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from typing import Literal

from report.errors import RenderError
from report.ledger.spanish import NBSP

Kind = Literal["Figura", "Tabla", "Apartado", "Apéndice"]
ANCHORS: dict[Kind, str] = {"Figura": "fig", "Tabla": "tab", "Apartado": "sec", "Apéndice": "ap"}
_MUST_BE_REFERRED: tuple[Kind, ...] = ("Figura", "Tabla")

OPEN, CLOSE = "\ue003", "\ue004"
_LABEL = re.compile(f"{OPEN}([^{CLOSE}]+){CLOSE}")
_SECTION_LINK = re.compile(rf" ?\[{OPEN}sec-([\w-]+){CLOSE}\]\(#sec-\1\)")
IF_THERE, END = "\ue005", "\ue006"
_UNMARKED = {ord(IF_THERE): None, ord(END): None}
_IF_THERE = re.compile(f" ?{IF_THERE}([^{END}]*){END}")


class Numbering:
    """Of one document."""

    def __init__(self) -> None:
        self.placed: list[tuple[Kind, str]] = []
        self.referred: dict[tuple[Kind, str], None] = {}
        self._part = ""
        self._parts: list[str] = []
        self._part_of: dict[str, str] = {}  # the part that each section stands in

    def open_part(self, letter: str) -> None:
        """The sections that follow are numbered under ``letter``; with none, by themselves."""
        self._part = letter
        self._parts.append(letter)

    def place(self, kind: Kind, name: str) -> str:
        """The label of a figure, table, section or appendix where it stands.

        Raises:
            RenderError: it already stands elsewhere.
        """
        if (kind, name) in self.placed:
            raise RenderError(f"Se esperaba una sola vez: {kind.lower()} «{name}»; revise las plantillas.")
        self.placed.append((kind, name))
        if kind == "Apartado":
            self._part_of[name] = self._part
        return _label(kind, name)

    def refer(self, kind: Kind, name: str) -> str:
        """A link to it, wherever it stands."""
        self.referred[kind, name] = None
        noun = f"{kind.lower()}{NBSP}" if kind == "Apéndice" else ""
        return f"[{noun}{_label(kind, name)}](#{ANCHORS[kind]}-{name})"

    def if_there(self, text: str) -> str:
        """``text``, if all that it refers to stands somewhere in the document."""
        return f"{IF_THERE}{text}{END}"

    def resolve(self, text: str, left_out: AbstractSet[str] = frozenset()) -> str:
        """The whole text with its numbers; what refers to a section that was ``left_out`` is dropped.

        Raises:
            RenderError: naming the first reference that leads nowhere, the first figure or table
                that nothing refers to, or the first part of which nothing was left.
        """
        labels = self._labels()
        text = _IF_THERE.sub(lambda match: _kept(match, labels.keys()), text)
        if left_out:
            self._refuse_empty_parts()
            text = _SECTION_LINK.sub(lambda match: "" if match[1] in left_out else match[0], text)
        cited = set(_LABEL.findall(text))
        for kind, name in self.referred:
            if f"{ANCHORS[kind]}-{name}" in cited - labels.keys():
                raise RenderError(
                    f"Se esperaba lo que el texto cita: {kind.lower()} «{name}»; no se encontró."
                )
        for kind, name in self.placed:
            if kind in _MUST_BE_REFERRED and (kind, name) not in self.referred:
                raise RenderError(
                    f"Se esperaba que el texto remitiera a la {kind.lower()} «{name}», no lo hace."
                )
        return _LABEL.sub(lambda match: labels[match[1]], text)

    def _refuse_empty_parts(self) -> None:
        for letter in self._parts:
            if letter not in self._part_of.values():
                part = f"la parte {letter}" if letter else "el informe"
                raise RenderError(
                    f"omit: se esperaba que en {part} quedara alguna sección, no queda ninguna; borre alguna "
                    "de «omit» en informe.toml."
                )

    def _labels(self) -> dict[str, str]:
        """What is printed, by anchor: «Figura 3», «A.2», and of an appendix, which is written with a
        capital in its heading only, the number."""
        labels, counts = dict[str, str](), Counter[str]()
        for kind, name in self.placed:
            part = self._part_of.get(name, "") if kind == "Apartado" else ""
            counts[f"{kind} {part}"] += 1
            number = counts[f"{kind} {part}"]
            before = f"{kind}{NBSP}" if kind in _MUST_BE_REFERRED else f"{part}." if part else ""
            labels[f"{ANCHORS[kind]}-{name}"] = f"{before}{number}"
        return labels


def _kept(match: re.Match[str], there: Collection[str]) -> str:
    """With the space before it, or nothing."""
    return match[0].translate(_UNMARKED) if all(a in there for a in _LABEL.findall(match[1])) else ""


def _label(kind: Kind, name: str) -> str:
    return f"{OPEN}{ANCHORS[kind]}-{name}{CLOSE}"


def without_labels(text: str) -> str:
    return _LABEL.sub("", text)
