"""The ledger: a number reaches the text only as a traced value.

A ``Leaf`` is a value and where it comes from: a path into the records, or a named computation
over such paths. A ``Quantity`` states once how values of one kind are printed. A ``Number`` is
both; printing it in the document goes through ``Ledger.print``, which notes it and puts it
between marks (private-use characters), so that a digit without marks is one that nobody traced.
"""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from report.ledger import spanish
from report.ledger.spanish import Gender, Style
from report.ledger.verbatim import bare, one_line, refuse_unprintable, shield

MARK_OPEN, MARK_MIDDLE, MARK_CLOSE = "\ue000", "\ue001", "\ue002"  # open id middle printed close
MARKED = re.compile(f"{MARK_OPEN}([0-9]+){MARK_MIDDLE}([^{MARK_CLOSE}]*){MARK_CLOSE}")


@dataclass(frozen=True)
class Leaf:
    """A value and its origin."""

    value: Any
    origin: str


def derive(name: str, function: Callable[..., Any], *leaves: Leaf) -> Leaf:
    """``function`` of the leaves' values; the origin names the computation and its inputs."""
    value = function(*(leaf.value for leaf in leaves))
    return Leaf(value, f"{name}({', '.join(leaf.origin for leaf in leaves)})")


def gather(leaves: Iterable[Leaf]) -> Leaf:
    """A leaf that holds the list of the leaves' values."""
    listed = list(leaves)
    return Leaf([leaf.value for leaf in listed], "[" + ", ".join(leaf.origin for leaf in listed) + "]")


@dataclass(frozen=True)
class Quantity:
    """How values of one kind are printed, and their unit."""

    name: str
    style: Literal["number", "integer", "significant", "percent", "hundredths", "duration", "p", "text"]
    decimals: int = 0  # significant digits with the style "significant"
    unit: str = ""
    signed: bool = False

    def __call__(self, leaf: Leaf) -> "Number":
        return Number(self, leaf.value, leaf.origin)

    def format(self, value: Any, style: Style) -> str:
        """The printed string.

        Raises:
            ValueError: a missing or non-finite value, which must have been a verdict of its own.
        """
        if value is None:
            raise ValueError(f"{self.name}: se esperaba un valor, se encontró ninguno")
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{self.name}: se esperaba un número finito, se encontró {value}")
        match self.style:
            case "text":
                return one_line(str(value))
            case "integer":
                if value != int(value):
                    raise ValueError(f"{self.name}: se esperaba un entero, se encontró {value}")
                return spanish.number(int(value), 0, style, signed=self.signed)
            case "significant":
                return spanish.significant(value, self.decimals, style)
            case "percent":
                return spanish.percent(value, self.decimals, style)
            case "hundredths":  # percent, where the sign stands elsewhere or the unit is points
                return spanish.percent(value, self.decimals, style).removesuffix(f"{spanish.NBSP}%")
            case "duration":
                return spanish.duration(value, style)
            case "p":  # below the last decimal, the bound is printed
                smallest = 10**-self.decimals
                if value < smallest:
                    return "<" + spanish.NBSP + spanish.number(smallest, self.decimals, style)
                return spanish.number(value, self.decimals, style)
            case "number":
                return spanish.number(value, self.decimals, style, signed=self.signed)


@dataclass(frozen=True)
class Number:
    """A value that may be printed: what it is, how much it is, where it comes from."""

    quantity: Quantity
    value: Any
    origin: str

    @property
    def leaf(self) -> Leaf:
        return Leaf(self.value, self.origin)

    def __str__(self) -> str:
        raise TypeError(f"{self.origin}: un número solo se imprime a través del libro de cifras")


@dataclass
class Entry:
    """One traced value and the forms in which the document prints it."""

    id: int
    number: Number
    printed: list[str] = field(default_factory=list)


class Ledger:
    """All numbers that one document prints."""

    def __init__(self, style: Style, letters: str = "") -> None:
        self.style = style
        self._letters = letters  # that can be printed besides those of the document's own fonts
        self.entries: list[Entry] = []
        self._by_key: dict[tuple[str, str, str], Entry] = {}

    def print(self, number: Number, form: str | None = None) -> str:
        """The marked string; ``form`` replaces the figure where Spanish asks for a word. Without one a text
        is data and, whatever it holds, printed as it is; a ``form`` is Markdown.

        Raises:
            RenderError: a text that cannot be printed.
        """
        is_data = form is None and number.quantity.style == "text"
        if is_data:
            refuse_unprintable(str(number.value), number.origin, self._letters)
        text = form if form is not None else number.quantity.format(number.value, self.style)
        key = (number.quantity.name, number.origin, repr(number.value))
        entry = self._by_key.get(key)
        if entry is None:
            entry = self._by_key[key] = Entry(len(self.entries), number)
            self.entries.append(entry)
        if text not in entry.printed:
            entry.printed.append(text)
        shown = shield(text) if is_data else text
        return f"{MARK_OPEN}{entry.id}{MARK_MIDDLE}{shown}{MARK_CLOSE}"

    def counted(self, number: Number, singular: str, plural: str, gender: Gender) -> str:
        """«una subida», «5 subidas»: the number is traced also as a word."""
        form, noun = spanish.counted(number.value, singular, plural, gender, self.style)
        return f"{self.print(number, form)}{spanish.NBSP}{noun}"

    def cardinal(self, number: Number) -> str:
        """«dos», «tres»: of what has no noun beside it, from two on."""
        return self.print(number, spanish.cardinal(number.value, self.style))

    def ordinal(self, number: Number, gender: Gender, before_noun: bool = False) -> str:
        return self.print(number, spanish.ordinal(number.value, gender, before_noun=before_noun))

    def plain(self, number: Number) -> str:
        """The printed string without marks, for the inside of a figure; noted all the same."""
        return plain(self.print(number))

    def restart(self) -> None:
        """Forget everything: the document is written anew."""
        self.entries.clear()
        self._by_key.clear()

    def uses(self, number: Number) -> bool:
        """Whether it is printed anywhere, in whatever form."""
        return (number.origin, repr(number.value)) in {key[1:] for key in self._by_key}

    def count_figures(self) -> int:
        """How many of the entries are numbers; the others are names that hold digits."""
        return sum(entry.number.quantity.style != "text" for entry in self.entries)

    def to_json(self) -> list[dict[str, Any]]:
        return [
            {
                "id": entry.id,
                "cantidad": entry.number.quantity.name,
                "origen": entry.number.origin,
                "valor": entry.number.value,
                "impreso": entry.printed,
                "unidad": entry.number.quantity.unit,
            }
            for entry in self.entries
        ]


def unmark(text: str) -> str:
    """``text`` without marks; what is data in it stays shielded."""
    return MARKED.sub(lambda match: match[2], text)


def plain(text: str) -> str:
    """``text`` as the reader sees it, where nothing is markup."""
    return bare(unmark(text))
