"""What a finding is: a verdict, its numbers, the rule that gave it and how far it is from another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from report import statistics
from report.numbers import Leaf, Number, Quantity, derive, gather
from report.quantities import COUNT, THRESHOLD


@dataclass(frozen=True)
class Rule:
    """How a verdict was reached. ``source`` is a key of the bibliography, or ``convention``
    where this report states a rule of its own."""

    name: str
    source: str
    thresholds: Mapping[str, Number] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """``values`` holds numbers, tuples of them, nested mappings and other verdicts: all that the
    prose needs. ``margin`` is the distance of the deciding value to the nearest other verdict."""

    id: str
    verdict: StrEnum
    values: Mapping[str, Any]
    rule: Rule
    n_seeds: Number
    margin: Number | None = None
    headlines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Summary:
    """One quantity over the seeds; ``sd`` and ``interval`` are None for a single seed."""

    mean: Number
    sd: Number | None
    interval: tuple[Number, Number] | None
    each: tuple[Number, ...]


@dataclass(frozen=True)
class Estimate:
    """A value and the ends of its interval."""

    value: Number
    low: Number
    high: Number


def summarize(quantity: Quantity, leaves: Sequence[Leaf]) -> Summary:
    if len(leaves) == 1:
        only = quantity(leaves[0])
        return Summary(only, None, None, (only,))
    listed = gather(leaves)
    low = derive("extremo inferior de t", lambda values: _low(values), listed)
    high = derive("extremo superior de t", lambda values: _high(values), listed)
    return Summary(
        quantity(derive("media", statistics.mean, listed)),
        quantity(derive("desviación típica", statistics.standard_deviation, listed)),
        (quantity(low), quantity(high)),
        tuple(quantity(leaf) for leaf in leaves),
    )


def threshold(rule: str, name: str, value: float, quantity: Quantity = THRESHOLD) -> Number:
    """A constant of a rule, traced to it."""
    return quantity(Leaf(value, f"regla:{rule}.{name}"))


def seeds(runs: Sequence[Any]) -> Number:
    return COUNT(derive("recuento", len, Leaf(list(runs), f"[{', '.join(run.name for run in runs)}]")))


def numbers_in(value: Any) -> list[Number]:
    """All numbers in a finding's value, however nested."""
    if isinstance(value, Number):
        return [value]
    if isinstance(value, Summary):
        return numbers_in((value.mean, value.sd, value.interval, value.each))
    if isinstance(value, Estimate):
        return [value.value, value.low, value.high]
    if isinstance(value, Mapping):
        return [number for item in value.values() for number in numbers_in(item)]
    if isinstance(value, tuple | list):
        return [number for item in value for number in numbers_in(item)]
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
    if isinstance(value, Rule):
        return {"nombre": value.name, "fuente": value.source, "umbrales": to_json(value.thresholds)}
    if isinstance(value, Finding):
        return {
            "id": value.id,
            "veredicto": str(value.verdict),
            "valores": to_json(value.values),
            "regla": to_json(value.rule),
            "margen": to_json(value.margin),
            "semillas": to_json(value.n_seeds),
        }
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def _low(values: Sequence[float]) -> float:
    interval = statistics.t_interval(values)
    assert interval is not None
    return interval[0]


def _high(values: Sequence[float]) -> float:
    interval = statistics.t_interval(values)
    assert interval is not None
    return interval[1]
