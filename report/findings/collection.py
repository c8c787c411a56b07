"""All findings together: found by the folder in which they lie, read by their class."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import TypeVar, get_type_hints

from report.findings import gan, lstm, study
from report.findings.base import Finding, Premise, id_of
from report.study.study import Study

F = TypeVar("F", bound=Finding)

WINGS: dict[str, ModuleType] = {"study": study, "lstm": lstm, "gan": gan}  # in the order of the document


class Wing:
    """The findings of one wing by the names of their files; what was not found is None."""

    def __init__(self, found: dict[str, Finding | None]) -> None:
        self.__dict__.update(found)


class Findings:
    """All that the results say. ``findings[Kind]`` is the finding of that class."""

    def __init__(self, found: Iterable[Finding]) -> None:
        self._by_kind = {type(finding): finding for finding in found}

    def __getitem__(self, kind: type[F]) -> F:
        found = self._by_kind[kind]
        assert isinstance(found, kind)
        return found

    def get(self, kind: type[F]) -> F | None:
        return self[kind] if kind in self._by_kind else None

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._by_kind.values())

    def __len__(self) -> int:
        return len(self._by_kind)

    def wing(self, name: str) -> Wing:
        """For the templates, which write ``lstm.overfitting``."""
        kinds = [kind for kind in KINDS if id_of(kind).startswith(f"{name}.")]
        return Wing({id_of(kind).removeprefix(f"{name}."): self.get(kind) for kind in kinds})


def find_all(results: Study) -> Findings:
    """All findings whose runs are there and whose premises hold."""
    found: dict[type[Finding], Finding | None] = {}

    def look(kind: type[Finding]) -> Finding | None:
        if kind not in found:
            there = all(getattr(results, group) for group in kind.needs) and all(map(holds, kind.presupposes))
            found[kind] = KINDS[kind](results) if there else None
        return found[kind]

    def holds(kind: type[Premise]) -> bool:
        """A premise that cannot be looked at holds nothing up."""
        premise = look(kind)
        return isinstance(premise, Premise) and premise.holds

    return Findings(finding for kind in KINDS if (finding := look(kind)) is not None)


def _kinds() -> Iterator[tuple[type[Finding], Callable[[Study], Finding]]]:
    """The class of each finding and what finds it: every file of a wing has a ``find``."""
    for wing in WINGS.values():
        for found in pkgutil.iter_modules(wing.__path__):
            find = importlib.import_module(f"{wing.__name__}.{found.name}").find
            yield get_type_hints(find)["return"], find


KINDS: dict[type[Finding], Callable[[Study], Finding]] = dict(_kinds())
