"""What is told of a study: each statement true, with the ways in which it is made false."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random

from scoped_facts import Study, Unit
from scoped_hand import Hand
from scoped_names import capital, of, to

Fields = Mapping[str, str]


@dataclass(frozen=True)
class Lie:
    """The same with other fields, or under another key; ``borrowed``: what is true of another unit."""

    fields: Fields
    key: str = ""
    borrowed: bool = False


@dataclass(frozen=True)
class Told:
    key: str
    fields: Fields
    lies: tuple[Lie, ...]
    unit: int | None = None  # None: of several, and named in the fields


@dataclass(frozen=True)
class Teller:
    """``decimals``: as many as the proof shows. ``first``: the number of the first epoch."""

    study: Study
    hand: Hand
    random: Random
    decimals: int = 4
    first: int = 1
    taken: list[float] = field(default_factory=list)  # rates that stand somewhere in the document

    @property
    def units(self) -> tuple[Unit, ...]:
        return self.study.units

    def rate(self, value: float) -> str:
        return self.hand.rate(value, self.decimals)

    def loss(self, value: float) -> str:
        return self.hand.loss(value, self.decimals)

    def other(self, value: float, nearest: float, farthest: float, taken: Iterable[float] = ()) -> float:
        """A rate that stands nowhere, or if need be one that only is not this."""
        known = [*self.taken, *taken]
        margin = 1.2 * 10.0 ** -min(self.decimals, self.hand.decimals)
        found = value
        for _ in range(200):
            drawn = value + self.random.choice([-1, 1]) * self.random.uniform(nearest, farthest)
            found = drawn if 0.01 < drawn < 0.99 else found
            if found == drawn and all(abs(found - each) > margin for each in known):
                break
        return found

    def names(self, index: int) -> dict[str, str]:
        return names_of(self.units[index], self.hand.language)


def names_of(unit: Unit, language: str) -> dict[str, str]:
    subject = unit.name.subject
    return {
        "m": subject,
        "M": capital(subject),
        "de": of(subject, language),
        "a_m": to(subject, language),
        "b": unit.name.title,
    }


def others_of(unit: Unit, language: str) -> dict[str, str]:
    subject = unit.name.subject
    return {"o": subject, "de_o": of(subject, language), "a_o": to(subject, language)}


def limits(text: str, language: str) -> dict[str, str]:
    """«el 85 %», «del 85 %», but «0.85», «de 0.85»."""
    percent = "%" in text and language == "es"
    return {
        "t": text,
        "el": "el" if percent else "",
        "del": "del" if percent else "de",
        "al": "al" if percent else "a",
    }


def first_different(written: list[str], index: int) -> int | None:
    """Another unit whose value is written otherwise."""
    return next((i for i, text in enumerate(written) if i != index and text != written[index]), None)


def lies(*each: Lie | None) -> tuple[Lie, ...]:
    return tuple(lie for lie in each if lie is not None)
