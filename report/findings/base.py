"""What a finding is: a verdict, its numbers, the rule that gave it and how far it is from another."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, ClassVar, NoReturn, TypeVar

from report.findings import measures
from report.ledger.ledger import Leaf, Number, Quantity, derive, gather
from report.ledger.quantities import COUNT, SEED, THRESHOLD
from report.ledger.spanish import NBSP
from report.study.study import AnyRun, Need, at


class Code(StrEnum):
    """What a rule answers. Members are made with ``auto()`` and equal their own names, so that a
    template compares them with a name; the Spanish word for each stands in the templates."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return name

    def __str__(self) -> NoReturn:
        raise TypeError(f"{self.name}: a code is only printed as the word that the templates have for it")

    def __format__(self, spec: str) -> NoReturn:
        self.__str__()


Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")
Verdict = TypeVar("Verdict", bound=Code)

CONVENTION = "convention"


@dataclass(frozen=True)
class Rule:
    """How a verdict was reached. ``source`` is a key of the bibliography, or ``CONVENTION``
    where this report states a rule of its own."""

    name: str
    source: str


@dataclass(frozen=True)
class NoThresholds:
    """Of a rule that compares with nothing."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The base of all: each adds its own verdict and the values that the prose needs.

    ``needs`` names the groups of runs or variants without which there is no such finding,
    ``presupposes`` the premises that must hold for it to mean anything, ``headlines`` the fields that
    the text must give. ``margin`` is the distance of the deciding value to the nearest other verdict, in
    the unit of that value; None where no distance would mean anything.
    """

    needs: ClassVar[tuple[Need, ...]]
    presupposes: ClassVar[tuple[type["Premise"], ...]] = ()
    rule: ClassVar[Rule]
    thresholds: ClassVar[Any] = NoThresholds()
    headlines: ClassVar[tuple[str, ...]] = ()

    verdict: Code
    n_seeds: Number
    margin: Number | None = None

    @property
    def repeated(self) -> bool:
        """Whether more than one seed speaks."""
        return bool(self.n_seeds.value > 1)


class Premise(Finding, ABC):
    """What other findings presuppose: where it does not hold they would be about nothing, and are
    absent; its own sentence says why."""

    @property
    @abstractmethod
    def holds(self) -> bool: ...


def id_of(kind: type[Finding]) -> str:
    """Its wing and its module: ``lstm.overfitting``."""
    return kind.__module__.removeprefix("report.findings.")


@dataclass(frozen=True)
class Summary:
    """One quantity over the seeds; ``sd`` and ``interval`` are None for a single seed."""

    mean: Number
    sd: Number | None
    interval: tuple[Number, Number] | None
    each: tuple[Number, ...]

    def said(self, form: Callable[[Number], str], space: str = NBSP) -> str:
        """Mean ± standard deviation, each in its ``form``; the value alone for one seed."""
        if self.sd is None:
            return form(self.mean)
        return f"{form(self.mean)}{space}±{space}{form(self.sd)}"


@dataclass(frozen=True)
class Estimate:
    """A value and the ends of its interval."""

    value: Number
    low: Number
    high: Number


@dataclass(frozen=True)
class Named:
    """A value of something that has many, under its name."""

    name: Code
    value: Number | Code


# A cell of a table: None is printed as a dash, a code as its word, several side by side; a text is a
# proper name.
Cell = Number | Summary | Estimate | Named | Code | str | None | tuple[Any, ...]
Row = tuple[Cell, ...]


def summarize(quantity: Quantity, leaves: Sequence[Leaf]) -> Summary:
    if len(leaves) == 1:
        only = quantity(leaves[0])
        return Summary(only, None, None, (only,))
    listed = gather(leaves)
    low = derive("extremo inferior de t", lambda values: _t_interval(values)[0], listed)
    high = derive("extremo superior de t", lambda values: _t_interval(values)[1], listed)
    return Summary(
        quantity(derive("media", measures.mean, listed)),
        quantity(derive("desviación típica", measures.standard_deviation, listed)),
        (quantity(low), quantity(high)),
        tuple(quantity(leaf) for leaf in leaves),
    )


def _t_interval(values: Sequence[float]) -> tuple[float, float]:
    interval = measures.t_interval(values)
    assert interval is not None
    return interval


def threshold(rule: str, name: str, value: float, quantity: Quantity = THRESHOLD) -> Number:
    """A constant of a rule, traced to it."""
    return quantity(Leaf(value, f"regla:{rule}.{name}"))


def seeds(runs: Sequence[AnyRun]) -> Number:
    return COUNT(derive("recuento", len, Leaf(list(runs), f"[{', '.join(run.name for run in runs)}]")))


def seed(run: AnyRun) -> Number:
    """The number of its seed."""
    return SEED(at(run, "seed"))


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, tuple[Item, ...]]:
    """The items by what ``key`` says of them, in the order in which each answer first comes."""
    found: dict[Key, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return {name: tuple(members) for name, members in found.items()}


def shared(verdicts: Iterable[Verdict], mixed: Verdict) -> Verdict:
    """The verdict that all seeds share, or ``mixed``."""
    distinct = set(verdicts)
    return distinct.pop() if len(distinct) == 1 else mixed


# --- what it holds, for whoever does not know its kind ---------------------------------------


def values_of(finding: Finding) -> dict[str, Any]:
    """The fields that are its own, by name."""
    common = {field.name for field in fields(Finding)}
    return {field.name: getattr(finding, field.name) for field in fields(finding) if field.name not in common}


def numbers_in(value: Any) -> list[Number]:
    """All numbers in a finding's value, however nested."""
    if isinstance(value, Number):
        return [value]
    if isinstance(value, Mapping):
        return [number for item in value.values() for number in numbers_in(item)]
    if isinstance(value, tuple | list):
        return [number for item in value for number in numbers_in(item)]
    if is_dataclass(value):
        return [number for field in fields(value) for number in numbers_in(getattr(value, field.name))]
    return []


def to_json(value: Any) -> Any:
    """Findings and what they hold as plain JSON values."""
    if isinstance(value, Number):
        return {"valor": value.value, "cantidad": value.quantity.name, "origen": value.origin}
    if isinstance(value, Summary):
        return to_json(
            {"media": value.mean, "sd": value.sd, "intervalo": value.interval, "todas": value.each}
        )
    if isinstance(value, Estimate):
        return to_json({"estimación": value.value, "intervalo": (value.low, value.high)})
    if isinstance(value, Finding):
        return {
            "id": id_of(type(value)),
            "veredicto": value.verdict.name,
            "valores": to_json(values_of(value)),
            "regla": {
                "nombre": value.rule.name,
                "fuente": value.rule.source,
                "umbrales": to_json(value.thresholds),
            },
            "margen": to_json(value.margin),
            "semillas": to_json(value.n_seeds),
        }
    if isinstance(value, Code):
        return value.name
    if isinstance(value, Mapping):
        return {to_json(key): to_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    return value
