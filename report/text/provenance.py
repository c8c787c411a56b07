"""Where a document comes from: the runs, their data, the programs and the machine."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import Any

from experiments.records.base import Environment, Run
from experiments.records.storage import record_to_json
from report.findings.base import Cell, Code, Row, grouped
from report.findings.lstm.network import Classifier, classifier_of
from report.findings.networks import network_of
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import DURATION, SEED, TEXT
from report.proof.state import program
from report.study.folders import LOCAL, REFERENCE
from report.study.study import Study, at, group_of, lstm_record

DIGEST_LENGTH = 12


class Source(Code):
    LOCAL = auto()
    REFERENCE = auto()
    OTHER = auto()


class Experiment(Code):
    """A group of runs, in capitals; those of the classifier go by the kind of their network."""

    LINEAR = auto()
    MEMORY = auto()
    PROBE = auto()
    GAN = auto()
    JUDGE = auto()
    READABILITY = auto()


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
    GPU = auto()  # where any run used one
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
    """One row for each experiment, and for each variant of it; its seeds and durations in the same
    order."""
    return [
        (
            named(runs[0]),
            tuple(SEED(at(run, "seed")) for run in runs),
            tuple(DURATION(at(run, "duration_s")) for run in runs),
            distinct(runs, "finished_on", str),
            distinct(runs, "code_digest", short),
        )
        for runs in grouped(study.runs, lambda run: (run.record.variant, group_of(run))).values()
    ]


def named(run: Run) -> Cell:
    """The experiment that a run is of and, where it is one, the variant."""
    experiment = classifier(run) if group_of(run) == "lstm" else Experiment[group_of(run).upper()]
    return (experiment, TEXT(at(run, "variant"))) if run.record.variant else experiment


def classifier(run: Run) -> Classifier:
    return classifier_of(network_of(run, "model", lstm_record(run).model))


def machine_rows(runs: Sequence[Run]) -> list[Row]:
    """Programs and machine; where runs differ, each different value is given once."""
    libraries = [
        (name, distinct(runs, f"environment.libraries.{name}", str))
        for name in runs[0].record.environment.libraries
    ]
    machine = (
        (Item.SYSTEM, "platform"),
        (Item.PROCESSOR, "processor"),
        (Item.GPU, "gpu"),
        (Item.CORES, "cores"),
        (Item.THREADS, "threads"),
    )
    return [
        (Item.PYTHON, distinct(runs, "environment.python", str)),
        *libraries,
        *(
            (item, values)
            for item, field in machine
            if (values := distinct(runs, f"environment.{field}", str))
        ),
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
    """Each different value once, in its ``form``; runs that have none give none."""
    found: dict[str, Number] = {}
    for leaf in (at(run, path) for run in runs):
        if leaf.value is not None:
            found.setdefault(form(leaf.value), TEXT(derive("texto", form, leaf)))
    return tuple(found.values())


def short_commit(environment: Environment) -> str:
    return short(environment.commit or "")


def short(digest: str) -> str:
    return digest[:DIGEST_LENGTH]


def short_digest(texts: list[str]) -> str:
    return short(hashlib.sha256("".join(texts).encode()).hexdigest())
