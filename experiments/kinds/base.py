"""What a kind of run is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from experiments.records.base import Arrays, Profile, Run, RunRecord, Strict

C = TypeVar("C", bound=Strict)
R = TypeVar("R", bound=RunRecord)
Progress = Callable[..., None]


@dataclass(frozen=True)
class Needed:
    """A finished run that another one measures, and the folder with what it left beside its record."""

    run: Run
    folder: Path


@dataclass(frozen=True)
class Job:
    """What ``run`` gets beside settings, seed and data. ``folder``: what a resumed run needs is kept
    in it under ``WORK``, what later runs need right in it. ``needs`` by kind; ``files`` that the user
    gave, by the setting that names them."""

    folder: Path
    progress: Progress
    needs: Mapping[str, Needed] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Tolerance(Generic[R]):
    """A quantity of a run, and by how much it may differ when the run is repeated elsewhere: as
    much as another seed's, because training amplifies the rounding of another machine."""

    name: str  # in Spanish
    quantity: Callable[[R, Arrays], float]
    limit: float
    decimals: int


@dataclass(frozen=True)
class Kind(Generic[C, R]):
    """``experiment`` is the module whose ``run(config, seed, data, job)`` does it and returns the
    fields of the record that are results, and the arrays; ``data`` the module whose ``load`` reads
    what it is given.

    ``profiles`` has the settings of each profile. ``needs`` are the kinds that it measures, of the
    same seed and, where they have it, the same variant. A ``shared`` run serves all seeds.
    ``keeps`` are patterns of the files that it leaves for those that measure it. A run may go on
    from the last state of one that differs in ``continues`` alone.
    """

    name: str
    title: str  # in Spanish
    config: type[C]
    record: type[R]
    arrays: tuple[str, ...]
    experiment: str
    data: str
    profiles: Mapping[Profile, C]
    tolerances: tuple[Tolerance[R], ...]
    needs: tuple[str, ...] = ()
    shared: bool = False
    # Kinds whose variants it measures too.
    follows: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    continues: tuple[str, ...] = ()
    # The seeds of its runs, from its settings and those that the user asked for.
    seeds: Callable[[C, Sequence[int]], Sequence[int]] = lambda config, asked: asked
    # Settings left to be those of other kinds, filled in; the others' by kind.
    complete: Callable[[C, Mapping[str, Any]], C] = lambda config, others: config
    # Names of the files that it reads, by the setting that names them; ``<setting>_digest`` identifies each.
    reads: Callable[[C], Mapping[str, str]] = lambda config: {}
    # In proportion to the processor time of a run; None where nobody knows how it depends on the settings.
    work: Callable[[C], float] | None = None
    # Names of settings that have no effect beside the others, which a user must not give.
    idle: Callable[[C], frozenset[str]] = lambda config: frozenset()
