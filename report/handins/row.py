"""What is told of one document among many."""

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any


class State(StrEnum):
    PROVEN = "demostrado"
    DIFFERENT = "no concuerda con sus datos"
    CLEAN = "sin contradicciones"
    CONTRADICTED = "con contradicciones"
    UNKNOWN = "no comprobado"

    @property
    def code(self) -> int:
        """As the command would answer for it alone."""
        return {State.PROVEN: 0, State.CLEAN: 0, State.UNKNOWN: 2}.get(self, 1)


@dataclass(frozen=True)
class Row:
    """``checked`` of the numbers ``read`` were held against something. ``origin``, ``seeds`` and ``digest``
    are of the results that it carries, if it does; ``same_as`` names those that carry the same ones.
    ``told`` are the lines that the command would print; ``reason`` is why nothing was checked."""

    file: str
    state: State
    read: int = 0
    checked: int = 0
    contradictions: int = 0
    unsupported: int = 0
    origin: str = ""
    seeds: tuple[int, ...] = ()
    digest: str = ""
    same_as: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    reason: str = ""
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"state": self.state.name}


def read_row(text: str) -> Row:
    """A row that another process wrote.

    Raises:
        ValueError, TypeError, KeyError: it did not.
    """
    content = json.loads(text)
    lists = {name: tuple(content[name]) for name in ("seeds", "same_as", "told")}
    return Row(**content | lists | {"state": State[content["state"]]})


def compared(rows: list[Row]) -> list[Row]:
    """``rows``, each with the names of the others that carry the same results."""
    carrying: dict[str, list[str]] = {}
    for row in rows:
        carrying.setdefault(row.digest, []).append(row.file)
    return [
        replace(row, same_as=tuple(name for name in carrying[row.digest] if row.digest and name != row.file))
        for row in rows
    ]
