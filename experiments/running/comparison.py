"""A repeated run beside the stored one.

On the same machine with the same versions a run repeats bit for bit. Elsewhere the last digits
of a sum differ and training amplifies them: two such runs are as far apart as two seeds. The
tolerances are therefore those of another seed, not those of rounding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from experiments.kinds.base import Tolerance
from experiments.kinds.registry import KINDS
from experiments.records.base import Run, RunRecord
from experiments.records.identity import Identity, differences
from experiments.records.storage import arrays_digest

# What a repetition may differ in without meaning anything.
_UNLIKE = {"duration_s", "processor_s", "environment", "finished_on", "arrays_digest", "upstream"}


@dataclass(frozen=True)
class Row:
    """One quantity of both runs."""

    tolerance: Tolerance[Any]
    stored: float
    repeated: float

    @property
    def within(self) -> bool:
        return abs(self.repeated - self.stored) <= self.tolerance.limit

    def __str__(self) -> str:
        places, limit = self.tolerance.decimals, self.tolerance.limit
        verdict = "dentro" if self.within else "fuera"
        return (
            f"{self.tolerance.name}: {self.stored:.{places}f} → {self.repeated:.{places}f}, "
            f"diferencia {abs(self.repeated - self.stored):.{places}f}, {verdict} de {limit:g}"
        )


def is_identical(stored: Run, repeated: Run) -> bool:
    """Bit for bit: every array, and every field that the clock or the machine does not decide."""
    same_fields = _lasting(stored.record) == _lasting(repeated.record)
    return same_fields and arrays_digest(stored.arrays) == arrays_digest(repeated.arrays)


def rows(stored: Run, repeated: Run) -> list[Row]:
    """Each quantity of both runs, with its tolerance."""
    return [
        Row(
            tolerance,
            tolerance.quantity(stored.record, stored.arrays),
            tolerance.quantity(repeated.record, repeated.arrays),
        )
        for tolerance in KINDS[stored.record.kind].tolerances
    ]


def causes(stored: RunRecord, repeated: RunRecord) -> Iterator[str]:
    """Where differences between both runs may come from."""
    before, after = stored.environment, repeated.environment
    for name in sorted(before.libraries.keys() | after.libraries.keys()):
        if before.libraries.get(name) != after.libraries.get(name):
            yield f"otra versión de {name} ({before.libraries.get(name)} → {after.libraries.get(name)})"
    if before.python != after.python:
        yield f"otro Python ({before.python} → {after.python})"
    if before.processor != after.processor:
        yield f"otro procesador ({before.processor} → {after.processor})"
    if before.gpu != after.gpu:
        yield f"otra GPU ({before.gpu} → {after.gpu})"
    if before.platform != after.platform:
        yield f"otro sistema ({before.platform} → {after.platform})"
    if before.threads != after.threads:
        yield f"otro número de hilos ({before.threads} → {after.threads})"


def compare(stored: Run, repeated: Run) -> tuple[bool, list[str]]:
    """Whether the repetition confirms the stored run, and what to say about it."""
    if is_identical(stored, repeated):
        return True, [f"{stored.name}: se repite bit a bit."]
    compared = rows(stored, repeated)
    found = list(causes(stored.record, repeated.record))
    source = (
        f"Las diferencias pueden venir de {'; '.join(found)}."
        if found
        else "Son la misma máquina y las mismas versiones: las diferencias vienen de que el cálculo no es "
        "determinista."
    )
    confirmed = bool(compared) and all(row.within for row in compared)
    verdict = "se repite dentro de la tolerancia" if confirmed else "no se repite"
    return confirmed, [f"{stored.name}: {verdict}.", *(f"  {row}." for row in compared), f"  {source}"]


def obstacles(stored: Identity, present: Identity) -> list[str]:
    """What makes the repetition another experiment; other libraries do not, nor do runs to
    measure that are yet to be repeated."""
    same = {"libraries": stored.libraries, "upstream": stored.upstream}
    return differences(stored, present.model_copy(update=same))


def _lasting(record: RunRecord) -> dict[str, Any]:
    content = record.model_dump(exclude=_UNLIKE)
    for epoch in content.get("epochs", ()):
        epoch.pop("duration_s", None)
    return content
