"""Where a document comes from: the runs, their data, the programs and the machine."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import Any

from experiments.records import Environment, Run, record_to_json
from report.findings.base import Code, Row, grouped
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import DURATION, SEED, TEXT
from report.proof.state import program
from report.study.folders import LOCAL, REFERENCE
from report.study.study import Study, at, group_of

DIGEST_LENGTH = 12


class Source(Code):
    LOCAL = auto()
    REFERENCE = auto()
    OTHER = auto()


class Experiment(Code):
    """A group of runs, in capitals."""

    LSTM = auto()
    LINEAR = auto()
    MEMORY = auto()
    PROBE = auto()
    GAN = auto()
    DENSE = auto()
    JUDGE = auto()
    READABILITY = auto()
    DENSE_READABILITY = auto()


class Item(Code):
    """What the second table tells."""

    DATA = auto()  # where there is a single part
    DATA_A = auto()
    DATA_PROBE = auto()
    DATA_B = auto()
    RECORDS = auto()
    SOURCES = auto()
    PYTHON = auto()
    SYSTEM = auto()
    PROCESSOR = auto()
    CORES = auto()
    THREADS = auto()


@dataclass(frozen=True)
class Commit:
    """A version of the program; ``number`` is None outside a git checkout, ``dirty`` if there were
    changes that no commit holds."""

    number: Number | None
    dirty: bool


@dataclass(frozen=True)
class Provenance:
    """The rows of both tables; ``commits`` stand between ``before`` and ``after``."""

    source: Source
    runs: tuple[Row, ...]
    before: tuple[Row, ...]
    commits: tuple[Commit, ...]
    after: tuple[Row, ...]


def provenance(study: Study) -> Provenance:
    records = Leaf([record_to_json(run.record) for run in study.runs], "registros de las ejecuciones")
    sources = Leaf(program.sources_digest(), "programa: plantillas y código que componen")
    both = study.part_a and study.part_b
    data = (
        (Item.DATA_A if both else Item.DATA, study.lstm or study.linear),
        (Item.DATA_PROBE, study.probe),
        (Item.DATA_B if both else Item.DATA, study.gan or study.judge),
    )
    return Provenance(
        source={LOCAL: Source.LOCAL, REFERENCE: Source.REFERENCE}.get(study.root, Source.OTHER),
        runs=tuple(run_rows(study)),
        before=(
            *((item, distinct(runs, "data.digest", short)) for item, runs in data if runs),
            (Item.RECORDS, TEXT(derive("huella", short_digest, records))),
            (Item.SOURCES, TEXT(derive("primeros caracteres", short, sources))),
        ),
        commits=commits(study.runs),
        after=tuple(machine_rows(study.runs)),
    )


def run_rows(study: Study) -> list[Row]:
    """One row for each experiment; its seeds and durations in the same order."""
    return [
        (
            Experiment[name.upper()],
            tuple(SEED(at(run, "seed")) for run in runs),
            tuple(DURATION(at(run, "duration_s")) for run in runs),
            distinct(runs, "finished_on", str),
            distinct(runs, "code_digest", short),
        )
        for name, runs in grouped(study.runs, group_of).items()
    ]


def machine_rows(runs: Sequence[Run]) -> list[Row]:
    """Programs and machine; where runs differ, each different value is given once."""
    libraries = [
        (name, distinct(runs, f"environment.libraries.{name}", str))
        for name in runs[0].record.environment.libraries
    ]
    machine = (
        (Item.SYSTEM, "platform"),
        (Item.PROCESSOR, "processor"),
        (Item.CORES, "cores"),
        (Item.THREADS, "threads"),
    )
    return [
        (Item.PYTHON, distinct(runs, "environment.python", str)),
        *libraries,
        *((item, distinct(runs, f"environment.{field}", str)) for item, field in machine),
    ]


def commits(runs: Sequence[Run]) -> tuple[Commit, ...]:
    """Each different one, once."""
    found: dict[tuple[str | None, bool], Commit] = {}
    for run in runs:
        environment = run.record.environment
        number = TEXT(derive("texto", short_commit, at(run, "environment"))) if environment.commit else None
        found.setdefault((environment.commit, environment.dirty), Commit(number, environment.dirty))
    return tuple(found.values())


def distinct(runs: Sequence[Run], path: str, form: Callable[[Any], str]) -> tuple[Number, ...]:
    found: dict[str, Number] = {}
    for run in runs:
        found.setdefault(form(at(run, path).value), TEXT(derive("texto", form, at(run, path))))
    return tuple(found.values())


def short_commit(environment: Environment) -> str:
    return short(environment.commit or "")


def short(digest: str) -> str:
    return digest[:DIGEST_LENGTH]


def short_digest(texts: list[str]) -> str:
    return short(hashlib.sha256("".join(texts).encode()).hexdigest())
